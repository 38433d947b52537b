"""Which stories a search looks into: all that a visitor has begun, those read last first."""

from typing import Final

from django.http import HttpRequest

from reader import places
from reader.models import Story
from wiki.search.shapes import Scope

FOR_NAMES: Final = 10
"""Stories in which names are looked for while one types."""
FOR_RESULTS: Final = places.COOKIE_LIMIT
"""Stories that a page of results looks into."""


def scopes_of(request: HttpRequest, *, most: int) -> tuple[Scope, ...]:
    """All stories in which this visitor has a place, at most `most`; each up to where was read."""
    stands = sorted(places.all_current(request).items(), key=lambda one: (-one[1].at, one[0]))
    begun = {public_id: one for public_id, one in stands if one.has_begun}
    wanted = list(begun)[:most]
    stories = Story.objects.filter(public_id__in=wanted).in_bulk(field_name="public_id") if wanted else {}
    return tuple(Scope(stories[one], begun[one].horizon) for one in wanted if one in stories)


def lowered_to(scopes: tuple[Scope, ...], wanted: str | None) -> tuple[Scope, ...]:
    """The same stories, none of them shown further than up to the point that `?as=` spells."""
    return tuple(Scope(one.story, places.lowered(one.horizon, wanted)) for one in scopes)
