"""Recent changes as an Atom feed: as of the beginning of the story, the same for everybody."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reader.models import Story
from reader.text.points import NOTHING
from wiki import gate
from wiki.templatetags.history import changes_said
from wiki.views import kept


class _Feed(Atom1Feed):
    """Says when its story came, where nothing was saved yet: a feed that says "now" would never be the same twice."""

    def latest_post_date(self) -> datetime:
        """Of the latest save."""
        dates = [item["updateddate"] for item in self.items if item["updateddate"]]
        began: datetime = self.feed["began"]
        return max(dates, default=began)


@require_safe
def feed(request: HttpRequest, story: str) -> HttpResponse:
    """The latest saves of what is known before anything is read. A save's id stays the same whatever else is saved."""
    row = kept.story_called(story)
    if row is None:
        raise Http404
    made = _Feed(
        title=_("%(title)s: recent changes") % {"title": row.title},
        link=request.build_absolute_uri(reverse("wiki:recent-changes", args=[row.slug])),
        description=_("What was changed in the wiki, as far as it is known before anything is read."),
        feed_url=request.build_absolute_uri(request.path),
        feed_guid=_guid(request, row, "recent"),
        began=row.created_at,
    )
    for one in gate.recent_changes(row, NOTHING).rows:
        _add(made, request, row, one)
    response = HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


def _add(made: _Feed, request: HttpRequest, story: Story, one: gate.Saved) -> None:
    title = one.entry.title if one.entry else one.title
    path = reverse("wiki:recent-changes", args=[story.slug])
    if one.entry is not None:
        path = reverse("wiki:entry-diff", args=[story.slug, one.entry.slug]) + f"?to={one.public_id}"
    editor = one.editor or (_("from a pack") if one.is_pack else _("a former editor"))
    made.add_item(
        title=_plain(f"{title}: {one.label}"),
        link=request.build_absolute_uri(path),
        # Django says of a description that it is HTML, so what people wrote is escaped for whoever reads it so.
        description=escape(_plain(" · ".join(filter(None, (one.summary, changes_said(one)))))),
        author_name=_plain(editor),
        pubdate=one.when,
        updateddate=one.when,
        unique_id=_guid(request, story, f"save/{one.public_id}"),
    )


def _guid(request: HttpRequest, story: Story, what: str) -> str:
    """A tag URI (RFC 4151): the same for as long as the site has its name."""
    host = request.get_host().partition(":")[0]
    return f"tag:{host},{story.created_at:%Y-%m-%d}:{story.public_id}/{what}"


def _plain(text: str) -> str:
    """Without the signs that XML cannot hold."""
    return "".join(char if char.isprintable() else " " for char in text)
