"""Lists about the wiki itself: recent changes, who wrote it, what links here, what is wanted, what nothing links to."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wiki import gate
from wiki.views.asking import answer, asking, moved_to


@require_safe
def recent_changes(request: HttpRequest, story: str) -> HttpResponse:
    """The latest saves of which something shows."""
    who = asking(request, story)
    saves = gate.recent_changes(who.story, who.horizon, page=request.GET.get("page", ""))
    return answer(request, who, "wiki/recent_changes.html", {"saves": saves})


@require_safe
def contributors(request: HttpRequest, story: str) -> HttpResponse:
    """Everybody who saved something that shows."""
    who = asking(request, story)
    return answer(request, who, "wiki/contributors.html", {"people": gate.contributors(who.story, who.horizon)})


@require_safe
def contributor(request: HttpRequest, story: str, name: str) -> HttpResponse:
    """What one account saved; one of whom nothing shows is as unknown as one that does not exist."""
    who = asking(request, story)
    saves = gate.recent_changes(who.story, who.horizon, page=request.GET.get("page", ""), who=name)
    if not saves.rows:
        raise Http404
    return answer(request, who, "wiki/contributor.html", {"saves": saves, "name": name})


@require_safe
def entry_links(request: HttpRequest, story: str, slug: str) -> HttpResponse:
    """The met entries that link to this one."""
    who = asking(request, story)
    found = gate.links_here(who.story, slug, who.horizon)
    if found is None:
        raise Http404
    if moved := moved_to(request, "wiki:entry-links", story, slug, found.entry):
        return moved
    return answer(request, who, "wiki/entry_links.html", {"found": found, "entry": found.entry})


@require_safe
def wanted(request: HttpRequest, story: str) -> HttpResponse:
    """Names that links print and that lead to nothing met."""
    who = asking(request, story)
    return answer(request, who, "wiki/wanted.html", {"names": gate.wanted(who.story, who.horizon)})


@require_safe
def orphans(request: HttpRequest, story: str) -> HttpResponse:
    """The met entries to which nothing that shows links."""
    who = asking(request, story)
    return answer(request, who, "wiki/orphans.html", {"entries": gate.orphans(who.story, who.horizon)})
