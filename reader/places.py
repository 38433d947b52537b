"""Reads and moves the place of a visitor: a signed cookie for a browser, a row for an account.

The rules themselves are in text/standing.py; this module only knows where they are kept. While the site is read-only
a browser's place still moves, and an account's row stays as it is.
"""

import re
from dataclasses import replace
from datetime import datetime
from typing import Literal

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import base36_to_int, int_to_base36

from reader import switching
from reader.errors import PointError
from reader.models import Membership, Place, Story, User
from reader.text import points, standing
from reader.text.standing import Standing

COOKIE_PREFIX = "at_"
COOKIE_NAME = re.compile(r"at_[A-Za-z0-9_-]{1,16}")  # only names like ours are read, and only they can be deleted
COOKIE_LIMIT = 60  # browsers keep about 180 cookies for a site, and a request header has 8 kB


def minutes(moment: datetime) -> int:
    """Whole minutes since 1970."""
    return int(moment.timestamp()) // 60


def account_of(request: HttpRequest) -> User | None:
    """The signed-in user; no query for a visitor without a session."""
    return request.user if isinstance(request.user, User) else None


def is_owner(request: HttpRequest, story: Story) -> bool:
    """Whether the visitor owns the story and so sees what is scheduled."""
    user = account_of(request)
    return user is not None and user.memberships.filter(story=story, role=Membership.Role.OWNER).exists()


def current(request: HttpRequest, story: Story) -> Standing:
    """Where this visitor stands in the story; nowhere yet is an empty Standing."""
    user = account_of(request)
    if user is None:
        return from_cookie(request, story.public_id) or Standing()
    return of_account(user, story) or Standing()


def of_account(user: User, story: Story) -> Standing | None:
    """The account's row."""
    row = Place.objects.filter(user=user, story=story).first()
    return from_row(row) if row else None


def from_row(row: Place) -> Standing:
    """The row as a value."""
    return Standing(row.place, row.reached, row.shows_all, row.is_looking, minutes(row.updated_at))


def horizon(request: HttpRequest, story: Story) -> int:
    """What this request may see, as a point: `reached`, which `?as=` lowers and nothing in an address raises."""
    return lowered(current(request, story).horizon, request.GET.get("as"))


def lowered(seen: int, wanted: str | None) -> int:
    """`seen`, or the point that `?as=` asks for if that is lower; a spelling that is no point shows nothing."""
    if wanted is None:
        return seen
    try:
        return min(seen, points.parse_point(wanted))
    except PointError:
        return points.NOTHING


def move(
    request: HttpRequest, response: HttpResponse, story: Story, *, point: int, place: int, previous_first: int
) -> Standing:
    """Record what was read; reading only raises `reached`, whatever else happens at the same time."""
    now = timezone.now()
    before = current(request, story)
    after = standing.passed(before, point=point, place=place, previous_first=previous_first, at=minutes(now))
    user = account_of(request)
    if user is None:
        _write_cookie(request, response, story.public_id, after)
    elif switching.read_only_for(request) is None:
        row, is_new = Place.objects.get_or_create(user=user, story=story, defaults=_as_row(after, now))
        if not is_new:
            Place.objects.filter(pk=row.pk).update(
                place=after.place,
                reached=Greatest(F("reached"), after.reached),
                is_looking=after.is_looking,
                updated_at=now,
            )
    return after


def choose(request: HttpRequest, response: HttpResponse, story: Story, *, point: int) -> Standing:
    """The picker's answer: exactly there, lower too."""
    after = standing.chosen(current(request, story), point=point, at=minutes(timezone.now()))
    return _set(request, response, story, after)


def show_everything(request: HttpRequest, response: HttpResponse, story: Story) -> Standing:
    """Open the whole wiki of this story, also what is published later; `reached` stays what it was."""
    after = replace(current(request, story), shows_all=True, at=minutes(timezone.now()))
    return _set(request, response, story, after)


def look_around(request: HttpRequest, response: HttpResponse, story: Story) -> Standing:
    """“Just looking”: do not ask again until the reader is back where the reading goes on."""
    after = replace(current(request, story), is_looking=True, at=minutes(timezone.now()))
    return _set(request, response, story, after)


def forget(request: HttpRequest, response: HttpResponse, story: Story) -> None:
    """Drop place and reached of this story, in the browser and in the account."""
    user = account_of(request)
    if user is not None and switching.read_only_for(request) is None:
        Place.objects.filter(user=user, story=story).delete()
    response.delete_cookie(COOKIE_PREFIX + story.public_id)


def forget_all(request: HttpRequest, response: HttpResponse) -> None:
    """Drop place and reached of every story, in the browser (also what can no longer be read) and in the account."""
    user = account_of(request)
    if user is not None:
        Place.objects.filter(user=user).delete()
    for public_id in _from_cookies(request):
        response.delete_cookie(COOKIE_PREFIX + public_id)


def all_current(request: HttpRequest) -> dict[str, Standing]:
    """Every story's standing by the story's public id, for the library."""
    user = account_of(request)
    if user is not None:
        rows = Place.objects.filter(user=user).select_related("story")
        return {row.story.public_id: from_row(row) for row in rows}
    return {public_id: value for public_id, value in _from_cookies(request).items() if value is not None}


def join_on_sign_in(request: HttpRequest, response: HttpResponse, user: User) -> list[Story]:
    """Take the browser's places into the account; returns the stories about which the reader must be asked.

    A cookie that was taken over, or says the same, is dropped; one that differs stays until `settle`.
    """
    browser = _from_cookies(request)
    questions = []
    for story in Story.objects.filter(public_id__in=browser).on_shelf():
        with transaction.atomic():
            row = Place.objects.select_for_update().filter(user=user, story=story).first()
            account = from_row(row) if row else None
            result, is_question = standing.joined(account, browser[story.public_id])
            if is_question:
                questions.append(story)
                continue
            if result is not None and result != account:
                Place.objects.update_or_create(user=user, story=story, defaults=_as_row(result, timezone.now()))
        response.delete_cookie(COOKIE_PREFIX + story.public_id)
    return questions


def undecided(request: HttpRequest, user: User) -> list[Story]:
    """The stories about which `join_on_sign_in` asked and nobody has answered: the cookie is still there."""
    browser = {key: value for key, value in _from_cookies(request).items() if value is not None and value.has_begun}
    if not browser:
        return []
    rows = Place.objects.filter(user=user, story__public_id__in=browser).select_related("story")
    asked = [row.story for row in rows if standing.joined(from_row(row), browser[row.story.public_id])[1]]
    return sorted(asked, key=lambda story: (story.sort_title, story.slug))


def settle(
    request: HttpRequest, response: HttpResponse, story: Story, *, keep: Literal["account", "browser"]
) -> Standing:
    """Answer the question of `join_on_sign_in`: the kept place is the account's, the cookie goes."""
    user = account_of(request)
    browser = from_cookie(request, story.public_id)
    if user is None or browser is None:
        return current(request, story)
    account = of_account(user, story) or Standing()
    after = standing.settled(account, browser, keep=keep, at=minutes(timezone.now()))
    Place.objects.update_or_create(user=user, story=story, defaults=_as_row(after, timezone.now()))
    response.delete_cookie(COOKIE_PREFIX + story.public_id)
    return after


def from_cookie(request: HttpRequest, public_id: str) -> Standing | None:
    """The browser's cookie for the story; one of another story, or a forged one, counts as none."""
    value = request.COOKIES.get(COOKIE_PREFIX + public_id)
    if value is None:
        return None
    try:
        place, reached, flags, at = _signer(public_id).unsign(value).split(".")
        return Standing(base36_to_int(place), base36_to_int(reached), "a" in flags, "l" in flags, base36_to_int(at))
    except (signing.BadSignature, ValueError):
        return None


def _from_cookies(request: HttpRequest) -> dict[str, Standing | None]:
    """All place cookies of the browser by public id; None for one that says nothing."""
    names = [name for name in request.COOKIES if COOKIE_NAME.fullmatch(name)]
    public_ids = [name.removeprefix(COOKIE_PREFIX) for name in names]
    return {public_id: from_cookie(request, public_id) for public_id in public_ids}


def _signer(public_id: str) -> signing.Signer:
    # The story is part of the salt, so that the cookie of one story says nothing about another.
    return signing.Signer(salt=f"reader.place:{public_id}")


def _write_cookie(request: HttpRequest, response: HttpResponse, public_id: str, value: Standing) -> None:
    flags = ("a" if value.shows_all else "") + ("l" if value.is_looking else "")
    fields = (int_to_base36(value.place), int_to_base36(value.reached), flags, int_to_base36(value.at))
    response.set_cookie(
        COOKIE_PREFIX + public_id,
        _signer(public_id).sign(".".join(fields)),
        max_age=settings.PLACE_COOKIE_SECONDS,
        secure=settings.PLACE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    others = {other: found for other, found in _from_cookies(request).items() if other != public_id}
    if len(others) >= COOKIE_LIMIT:
        oldest = sorted(others, key=lambda other: found.at if (found := others[other]) else -1)
        for other in oldest[: len(others) - COOKIE_LIMIT + 1]:
            response.delete_cookie(COOKIE_PREFIX + other)


def _set(request: HttpRequest, response: HttpResponse, story: Story, value: Standing) -> Standing:
    user = account_of(request)
    if user is None:
        _write_cookie(request, response, story.public_id, value)
    elif switching.read_only_for(request) is None:
        Place.objects.update_or_create(user=user, story=story, defaults=_as_row(value, timezone.now()))
    return value


def _as_row(value: Standing, now: datetime) -> dict[str, object]:
    return {
        "place": value.place,
        "reached": value.reached,
        "shows_all": value.shows_all,
        "is_looking": value.is_looking,
        "updated_at": now,
    }
