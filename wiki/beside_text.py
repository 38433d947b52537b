"""What the wiki adds to the reader's pages, through the reader's seam: the cast of a story, and the way back."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from reader import places
from reader.annotators import Annotator
from reader.models import Story
from wiki import gate
from wiki.editing import overseeing
from wiki.tagging import ordering


def cast_panel(request: HttpRequest, story: Story, horizon: int) -> SafeString:
    """The characters met so far; nothing at all while there are none."""
    cast = gate.cast(story, horizon)
    if not cast:
        return mark_safe("")
    return render_to_string("wiki/cast_panel.html", {"story": story, "cast": cast}, request)


def back_bar(request: HttpRequest, story: Story, horizon: int) -> SafeString:
    """After a citation (`?back=<entry>`): the way back to that entry, if the reader has met it."""
    entry = gate.exists(story, request.GET.get("back", "")[:120], horizon)
    if entry is None:
        return mark_safe("")
    return render_to_string("wiki/back_bar.html", {"story": story, "entry": entry}, request)


def opened(request: HttpRequest, story: Story) -> None:
    """“Show everything” was switched on; of those who moderate the story this is logged."""
    user = places.account_of(request)
    if user is not None:
        overseeing.log_switch(story, user)


def text_changed(story: Story) -> None:
    """The text was changed: what is new in it is read for names once the import is stored."""
    ordering.text_changed(story.pk)


annotator = Annotator(name="wiki", panel=cast_panel, bar=back_bar, opened=opened, text_changed=text_changed)
