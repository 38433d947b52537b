"""The stories in which an account and this browser stand at different places, told so that one can choose."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from reader import paging, places
from reader.models import Story, User
from reader.text import points
from reader.text.standing import Standing
from reader.views.visitor import spoken_point


@dataclass(frozen=True, slots=True)
class Question:
    """One story with two places: the account's, which holds, and this browser's."""

    story: Story
    account_label: str
    browser_label: str


@dataclass(frozen=True, slots=True)
class BrowserPlace:
    """Where this browser stands in one story."""

    title: str
    label: str


SHOWN = 3  # stories named beside the door


def browser_places(request: HttpRequest) -> list[BrowserPlace]:
    """Where a browser without an account stands, the most recent first."""
    if places.account_of(request) is not None:
        return []
    begun = {key: value for key, value in places.all_current(request).items() if value.has_begun}
    newest = sorted(begun, key=lambda key: begun[key].at, reverse=True)[:SHOWN]
    stories = {story.public_id: story for story in Story.objects.filter(public_id__in=newest)}
    return [BrowserPlace(stories[key].title, label(stories[key], begun[key])) for key in newest if key in stories]


def open_questions(request: HttpRequest, user: User) -> list[Question]:
    """By the story's title; empty when nothing differs."""
    found = []
    for story in places.undecided(request, user):
        account, browser = places.of_account(user, story), places.from_cookie(request, story.public_id)
        if account is not None and browser is not None:
            found.append(Question(story, label(story, account), label(story, browser)))
    return found


def label(story: Story, standing: Standing) -> str:
    """“at chapter 3, page 2, read to chapter 2, paragraph 40”."""
    if standing.shows_all:
        return _("everything is shown")
    if not standing.reached:
        return _("at %(place)s, nothing marked as read") % {"place": _place(story, standing.place)}
    if standing.place == standing.reached == points.chapter_end(points.split(standing.place)[0]):
        return _("at %(place)s") % {"place": _place(story, standing.place)}
    words = {"place": _place(story, standing.place), "point": spoken_point(standing.reached)}
    if not standing.place:
        return _("read to %(point)s") % words
    return _("at %(place)s, read to %(point)s") % words


def _place(story: Story, point: int) -> str:
    number = points.split(point)[0]
    if point == points.chapter_end(number):
        return _("the end of chapter %(chapter)d") % {"chapter": number}
    chapter = story.chapters.filter(number=number).first()
    page = paging.page_of_point(chapter=chapter, point=point) if chapter else 1
    return _("chapter %(chapter)d, page %(page)d") % {"chapter": number, "page": page}
