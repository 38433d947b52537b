"""Bookmarks of an account, or of a browser until its owner signs in."""

import uuid
from contextlib import suppress

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse

from reader import places
from reader.errors import BookmarkError
from reader.models import Bookmark, Story, User
from reader.models.bookmark import BookmarkQuerySet

COOKIE = "browser"
SIGNER = signing.Signer(salt="reader.bookmarks")
LIMIT = 500  # for one reader in one story
NOTE_LENGTH = 500


def browser_of(request: HttpRequest) -> uuid.UUID | None:
    """The browser's random id, if it has bookmarked anything yet."""
    try:
        return uuid.UUID(SIGNER.unsign(request.COOKIES.get(COOKIE, "")))
    except (signing.BadSignature, ValueError):
        return None


def of_visitor(request: HttpRequest) -> BookmarkQuerySet:
    """All bookmarks of this visitor, over all stories."""
    user = places.account_of(request)
    if user is not None:
        return Bookmark.objects.filter(user=user)
    browser = browser_of(request)
    return Bookmark.objects.filter(browser=browser) if browser else Bookmark.objects.none()


def counts(request: HttpRequest) -> dict[int, int]:
    """How many bookmarks this visitor has, by the story's id."""
    return dict(of_visitor(request).values_list("story_id").annotate(count=Count("id")))


def add(request: HttpRequest, response: HttpResponse, story: Story, *, point: int, note: str) -> Bookmark:
    """Keep a point with a note; a point that is kept already gets the new note.

    Raises BookmarkError when the note is too long or there are too many.
    """
    note = " ".join(note.replace("\0", " ").split())
    if len(note) > NOTE_LENGTH:
        raise BookmarkError(f"A note has room for {NOTE_LENGTH} characters; this one has {len(note)}.")
    user = places.account_of(request)
    browser = None if user else browser_of(request) or uuid.uuid4()
    mine = Bookmark.objects.filter(user=user, browser=browser, story=story)
    if mine.count() >= LIMIT and not mine.filter(point=point).exists():
        raise BookmarkError(f"There is room for {LIMIT} bookmarks in one story; take one out first.")
    if browser is not None:
        response.set_cookie(
            COOKIE,
            SIGNER.sign(browser.hex),
            max_age=settings.PLACE_COOKIE_SECONDS,
            secure=settings.PLACE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    with suppress(IntegrityError), transaction.atomic():
        return Bookmark.objects.create(user=user, browser=browser, story=story, point=point, note=note)
    mine.filter(point=point).update(note=note)
    return mine.get(point=point)


def join_on_sign_in(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """The browser's bookmarks become the account's; where both have one, the account's note stays."""
    browser = browser_of(request)
    if browser is None:
        return
    with transaction.atomic():
        taken = set(Bookmark.objects.filter(user=user).values_list("story_id", "point"))
        for mark in Bookmark.objects.select_for_update().filter(browser=browser):
            if (mark.story_id, mark.point) in taken:
                mark.delete()
            else:
                Bookmark.objects.filter(pk=mark.pk).update(user=user, browser=None)
    response.delete_cookie(COOKIE)
