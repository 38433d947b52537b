"""All the passages of the text that name an entry, a chapter at a time."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wiki import gate
from wiki.views.appearing import appearing, lines
from wiki.views.asking import answer, asking, moved_to

PAGE: Final = 200  # passages


@require_safe
def entry_mentions(request: HttpRequest, story: str, slug: str) -> HttpResponse:
    """The chapters in which an entry appears; the passages of `?chapter=`, or of the latest, stand open."""
    who = asking(request, story)
    where = gate.appearances(who.story, slug, who.horizon)
    if where is None:
        raise Http404
    if moved := moved_to(request, "wiki:entry-mentions", story, slug, where.entry):
        return moved
    context = {"entry": where.entry, "where": where}
    if where.chapters:
        counts = {str(one.number): one for one in where.chapters}
        chosen = counts.get(request.GET.get("chapter", ""), where.chapters[-1])
        pages = -(-chosen.count // PAGE)
        page = min(max(_number(request.GET.get("page", "")), 1), pages)
        window = {"chapter": chosen.number, "first": (page - 1) * PAGE, "limit": PAGE}
        passages = gate.passages(who.story, slug, who.horizon, **window)
        context |= {"appears": appearing(who.story, where, who.horizon), "lines": lines(passages)}
        context |= {"open": chosen.number, "page": page, "pages": pages}
        context["is_everything"] = who.standing.shows_all and not who.is_lowered
    return answer(request, who, "wiki/entry_mentions.html", context)


def _number(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 7 else 1
