"""Who has a part in a story: a page for its owners alone."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reader import places, roles
from reader.errors import RoleError
from reader.models import Membership, Story
from reader.views.guards import same_origin_writes
from reader.views.visitor import visitor_in_story


@never_cache
@same_origin_writes
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """GET: the list. POST: give `name` a `role`, or take it away with an empty one. 404 for all but owners."""
    story = get_object_or_404(Story, slug=slug)
    if not places.is_owner(request, story):
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            roles.grant(story, roles.person_called(request.POST.get("name", "")), request.POST.get("role", ""))
        except RoleError as error:
            problem = str(error)
        else:
            # Whoever has given ownership up does not see this page any more.
            still = places.is_owner(request, story)
            return HttpResponseRedirect(reverse("reader:people", args=[slug]) if still else story.get_absolute_url())
    context = {
        "visitor": visitor_in_story(request, slug=slug, title=story.title, standing=places.current(request, story)),
        "story": story,
        "section": "",
        "members": roles.members(story),
        "choices": Membership.Role.choices,
        "form_error": problem,
        "name": request.POST.get("name", "")[:40],
    }
    return render(request, "reader/people.html", context, status=400 if problem else 200)
