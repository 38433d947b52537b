"""A page as it stood at an earlier point of the story: what its slider offers, and the ribbon that says so.

Nothing here raises a horizon; `?as=` is read in entries.py, through reader.places.
"""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from reader.models import Story
from reader.text import points
from reader.text.standing import Standing
from reader.views.visitor import spoken_point

CHOICES_AT_MOST = 60  # a story read further than that gets a number field


@dataclass(frozen=True, slots=True)
class AsOf:
    """The slider: it goes from chapter 1 to `top`, the chapter reached, and stands at `now`.

    `chapters` are the choices of the form without scripts, none where a number field stands instead.
    """

    top: int
    now: int
    chapters: tuple[int, ...]
    label: str
    is_lowered: bool
    is_everything: bool


def as_of(*, horizon: int, standing: Standing, published: int) -> AsOf:
    """What the slider says at this horizon; `published` chapters are there for who shows everything."""
    top = published if standing.shows_all else points.split(standing.horizon)[0]
    is_lowered = horizon < standing.horizon
    return AsOf(
        top=top,
        now=min(points.split(horizon)[0], top) if is_lowered else top,
        chapters=tuple(range(1, top + 1)) if top <= CHOICES_AT_MOST else (),
        label=label_of(horizon),
        is_lowered=is_lowered,
        is_everything=standing.shows_all and not is_lowered,
    )


def label_of(horizon: int) -> str:
    """“chapter 6” and so on; nothing for the beginning and for everything."""
    return spoken_point(horizon) if points.NOTHING < horizon < points.EVERYTHING else ""


def ribbon(story: Story, horizon: int) -> SafeString:
    """The outlined ribbon: the page stands at an earlier chapter than the reader."""
    label = str(points.split(horizon)[0])
    context = {"url": reverse("reader:reached", args=[story.slug]), "label": label, "state": "outlined"}
    return mark_safe(render_to_string("components/ribbon.html", context).strip())  # noqa: S308
