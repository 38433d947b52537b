"""What was asked of a search, as its address says it, and the addresses of the same search changed a little.

An address says only what narrows the search, always in the same order, so that it can be kept and sent.
"""

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from wiki import gate
from wiki.search.shapes import Filters

LONGEST: Final = 200
"""Characters of what is typed that are read."""
LONGEST_SLUG: Final = 120
TOGETHER_AT_MOST: Final = 4
CHAPTERS_AT_MOST: Final = 99_999
PAGES_AT_MOST: Final = 999


@dataclass(frozen=True, slots=True)
class Question:
    """A search: words, the story it keeps to (a slug, or all), what narrows it, and the point it is lowered to."""

    text: str = ""
    story: str = ""
    filters: Filters = field(default_factory=Filters)
    page: int = 1
    lowered: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked yet."""
        return not self.text and not self.filters.together

    def address(self, **changes: object) -> str:
        """Where this search is found with some of its fields changed; from its first page, unless `page` says another.

        >>> Question("grey coat", "electra", Filters(kind="film"), page=3).address(kind="", together=("ines",))
        '/search/?q=grey+coat&story=electra&with=ines'
        """
        filters = self.filters
        now: dict[str, object] = {
            "q": self.text,
            "kind": filters.kind,
            "story": self.story,
            "from": filters.first or "",
            "to": filters.last or "",
            "with": filters.together,
            "role": filters.role,
            "page": "",
            "as": self.lowered or "",
        }
        now |= {"with" if name == "together" else name: value for name, value in changes.items()}
        now["page"] = now["page"] if now["page"] != 1 else ""
        if not now["with"]:
            now["role"] = ""
        said = urlencode({name: value for name, value in now.items() if value}, doseq=True)
        return reverse("search") + (f"?{said}" if said else "")


def question_of(request: HttpRequest) -> Question:
    """What this request asks; whatever makes no sense counts as not said."""
    role = _said(request, "role", LONGEST_SLUG)
    together = dict.fromkeys(_cleaned(one, LONGEST_SLUG) for one in request.GET.getlist("with")[:20])
    filters = Filters(
        kind=_said(request, "kind", LONGEST_SLUG),
        first=_number(request, "from", CHAPTERS_AT_MOST),
        last=_number(request, "to", CHAPTERS_AT_MOST),
        together=tuple(one for one in together if one)[:TOGETHER_AT_MOST],
        role=role if role in gate.ROLES else "",
    )
    return Question(
        text=_said(request, "q", LONGEST),
        story=_said(request, "story", LONGEST_SLUG),
        filters=filters,
        page=_number(request, "page", PAGES_AT_MOST) or 1,
        lowered=request.GET.get("as"),
    )


def added(request: HttpRequest) -> str:
    """The name of somebody who shall stand in the scenes too."""
    return _said(request, "add", LONGEST)


def _said(request: HttpRequest, name: str, most: int) -> str:
    return _cleaned(request.GET.get(name, ""), most)


def _cleaned(text: str, most: int) -> str:
    """Without NUL and without blanks around, and no longer than anybody types."""
    return text[: 2 * most].replace("\0", " ").strip()[:most].strip()


def _number(request: HttpRequest, name: str, most: int) -> int:
    """A number from 1 to `most`; 0 for anything else."""
    said = _said(request, name, 8)
    return min(int(said), most) if said.isascii() and said.isdigit() else 0
