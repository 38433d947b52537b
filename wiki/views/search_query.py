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
from wiki.text.asked import parse

LONGEST: Final = 200
"""Characters of what is typed that are read."""
LONGEST_SLUG: Final = 120
TOGETHER_AT_MOST: Final = 4
CHAPTERS_AT_MOST: Final = 99_999
PAGES_AT_MOST: Final = 999
# The fields of a search as they are called in its address, in their order there.
_SAID: Final = {
    "text": "q",
    "kind": "kind",
    "story": "story",
    "first": "from",
    "last": "to",
    "together": "with",
    "role": "role",
    "page": "page",
    "lowered": "as",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A search: words, the story it keeps to (a slug, or all), what narrows it, and the point it is lowered to.

    Who asks for scenes asks for no kind: scenes hold passages, and a passage is of no kind.
    """

    text: str = ""
    story: str = ""
    filters: Filters = field(default_factory=Filters)
    page: int = 1
    lowered: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked yet."""
        return not self.text and not self.filters.together

    @property
    def has_words(self) -> bool:
        """Whether there is a word in it to look for: not only signs, and words that are not wanted."""
        return bool(parse(self.text).plain)

    @property
    def is_narrowed(self) -> bool:
        """Whether it keeps to chapters, or to scenes."""
        return self.filters != Filters(kind=self.filters.kind)

    @property
    def is_full(self) -> bool:
        """Whether nobody more can be asked for in the same scene."""
        return len(self.filters.together) >= TOGETHER_AT_MOST

    def address(self, **changes: object) -> str:
        """Where this search is found with some of its fields changed; from its first page, unless `page` says another.

        Raises TypeError for a field that a search does not have.

        >>> Question("grey coat", "electra", Filters(kind="film"), page=3).address(together=("ines",))
        '/search/?q=grey+coat&story=electra&with=ines'
        """
        if unknown := changes.keys() - _SAID.keys():
            raise TypeError(f"A search has no {', '.join(sorted(unknown))}.")
        filters = self.filters
        now: dict[str, object] = {
            "text": self.text,
            "kind": filters.kind,
            "story": self.story,
            "first": filters.first,
            "last": filters.last,
            "together": filters.together,
            "role": filters.role,
            "page": 1,
            "lowered": self.lowered,
            **changes,
        }
        for idle in ["kind"] if now["together"] else ["role"]:
            now[idle] = ""
        if now["page"] == 1:
            now["page"] = ""
        said = urlencode({said: now[name] for name, said in _SAID.items() if now[name]}, doseq=True)
        return reverse("search") + (f"?{said}" if said else "")


def question_of(request: HttpRequest) -> Question:
    """What this request asks; whatever makes no sense counts as not said."""
    role = _said(request, "role", LONGEST_SLUG)
    asked = dict.fromkeys(_cleaned(one, LONGEST_SLUG) for one in request.GET.getlist("with")[:20])
    together = tuple(one for one in asked if one)[:TOGETHER_AT_MOST]
    filters = Filters(
        kind="" if together else _said(request, "kind", LONGEST_SLUG),
        first=_number(request, "from", CHAPTERS_AT_MOST),
        last=_number(request, "to", CHAPTERS_AT_MOST),
        together=together,
        role=role if together and role in gate.ROLES else "",
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
