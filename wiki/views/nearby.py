"""Names near to an address that leads nowhere: of what this visitor has met, and of nothing else.

They follow from the words of the address and from what is met alone, so an unmet entry and one that was never written
have the same.
"""

from typing import Final

from django.conf import settings
from django.http import HttpRequest

from reader import places
from reader.models import Story
from reader.text import points
from reader.text.standing import Standing
from reader.throttling import allowed, who_asks
from wiki import search as finder
from wiki.errors import SearchTooSlowError
from wiki.search.limits import within
from wiki.search.shapes import Scope, Suggestion
from wiki.views.search_query import LONGEST

NEAR_AT_MOST: Final = 3
MILLISECONDS: Final = 300


def near_names(request: HttpRequest, story: Story, standing: Standing) -> tuple[Suggestion, ...]:
    """At most three, where the address is that of an entry; none for who searches too often, or when it takes long."""
    words = _words(request)
    if not words or not hasattr(request, "user"):  # an error may be answered before anybody has looked
        return ()
    most, seconds = settings.THROTTLES["search"]
    if not allowed(what="search", who=who_asks(request), limit=most, seconds=seconds):
        return ()
    scope = Scope(story, places.lowered(standing.horizon, request.GET.get("as")))
    try:
        with within(MILLISECONDS):
            found = finder.suggest(words, scopes=(scope,))
    except SearchTooSlowError:
        return ()
    return tuple(one for one in found if one.marks)[:NEAR_AT_MOST]


def as_asked(request: HttpRequest, standing: Standing) -> dict[str, object]:
    """What a page that is not there keeps of the `?as=` by which it was asked for; none where that lowers nothing."""
    horizon = places.lowered(standing.horizon, request.GET.get("as"))
    if horizon >= standing.horizon:
        return {}
    point = points.format_point(horizon)
    return {"is_lowered": True, "as_point": point, "as_query": f"?as={point}"}


def _words(request: HttpRequest) -> str:
    """What the address calls an entry; "" for any other address."""
    parts = request.path_info.strip("/").split("/")
    is_entry = request.method in {"GET", "HEAD"} and len(parts) == 3 and parts[0] == "wiki"
    return parts[2][:LONGEST].replace("\0", " ").replace("-", " ").strip() if is_entry else ""
