"""Reading pages. The same bytes for everybody, but for the holes that visitor.py fills."""

import re
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reader import outline, paging, places
from reader.annotators import registry
from reader.errors import PointError
from reader.models import Chapter, Paragraph, Story
from reader.pagecache import CachedPage, cache
from reader.text import points, standing
from reader.views import visitor

HOLE = re.compile(r"\0([a-z_]+)\0")


@require_safe
def chapter_page(request: HttpRequest, slug: str, chapter: int, page: int = 1) -> HttpResponse:
    """One page of a chapter; a page beyond the end redirects to the last, page 0 to the first."""
    if page < 1:
        return HttpResponsePermanentRedirect(reverse("reader:chapter-page", args=[slug, chapter]))
    found = _page(request, slug, chapter, page)
    if isinstance(found, HttpResponse):
        return found
    if visitor.look_of(request).get("turn") == "scroll":
        address = reverse("reader:chapter-all", args=[slug, chapter])
        return HttpResponseRedirect(address + _query(request) + (f"#{found.first_anchor}" if page > 1 else ""))
    return _answer(request, found)


@require_safe
def chapter_all(request: HttpRequest, slug: str, chapter: int) -> HttpResponse:
    """The whole chapter as one page, for scrolling."""
    found = _page(request, slug, chapter, paging.WHOLE)
    return found if isinstance(found, HttpResponse) else _answer(request, found)


@require_safe
def paragraph_detail(request: HttpRequest, slug: str, chapter: int, number: str) -> HttpResponse:
    """The lasting address of a paragraph: leads to the page that holds it, in the reader's own mode.

    A retired paragraph leads to where its text went, or to the place where it stood.
    """
    story = get_object_or_404(Story, slug=slug)
    is_owner = places.is_owner(request, story)
    visible = story.chapters.visible(at=timezone.now(), is_owner=is_owner)
    home = get_object_or_404(visible, number=chapter)
    try:
        point = points.parse_point(f"{chapter}:{number}")
    except PointError as error:
        raise Http404(str(error)) from error
    row = get_object_or_404(home.paragraphs.select_related("chapter", "moved_to__chapter"), point=point)
    seen: set[int] = set()
    while row.is_retired and row.moved_to is not None and row.pk not in seen:
        seen.add(row.pk)
        row = row.moved_to
    target: Paragraph | None = row
    if row.is_retired or not visible.filter(pk=row.chapter_id).exists():
        before = home.paragraphs.live().filter(point__lt=point).order_by("-point").first()
        target = before or home.paragraphs.live().in_order().first()
    if target is None:
        raise Http404
    anchor = points.format_number(target.number, target.sub)
    if visitor.look_of(request).get("turn") == "scroll":
        address = reverse("reader:chapter-all", args=[slug, target.chapter.number])
    else:
        address = reverse("reader:chapter-page", args=[slug, target.chapter.number, target.page])
    return HttpResponseRedirect(f"{address}{_query(request)}#p{anchor}")


def _query(request: HttpRequest) -> str:
    """What a redirect carries on, such as the way back to where a citation was followed."""
    query = request.META.get("QUERY_STRING", "")
    return f"?{query}" if query else ""


def _page(request: HttpRequest, slug: str, chapter: int, page: int) -> CachedPage | HttpResponse:
    """The page, kept or made; or the answer to give instead."""
    now = timezone.now()
    # The canonical address on the page names the host, so each host keeps its own.
    key = (slug, chapter, page, get_language() or "", f"{request.scheme}://{request.get_host()}")
    user = places.account_of(request)
    owner = user is not None and user.memberships.filter(story__slug=slug, role="owner").exists()
    # Who comes back from changing something gets it made anew: another process may not have heard of it yet.
    is_told = "back" in request.GET and "messages" in request.COOKIES
    kept = None if owner or is_told else cache.get(key, now=now)
    if isinstance(kept, CachedPage):
        return kept
    epoch = cache.epoch
    content = paging.load_page(slug=slug, number=chapter, page=page, at=now, is_owner=owner)
    if content is None:
        raise Http404
    if content.page != page:
        return HttpResponseRedirect(reverse("reader:chapter-page", args=[slug, chapter, content.page]))
    made = _cut(request, content)
    if not owner:
        cache.put(key, made, epoch=epoch)
    return made


def _cut(request: HttpRequest, content: paging.PageContent) -> CachedPage:
    """Render the page with tokens for holes, and cut it there."""
    html = render_to_string("reader/chapter_page.html", _context(request, content))
    pieces = HOLE.split(html)
    return CachedPage(
        parts=tuple(piece.encode() for piece in pieces[0::2]),
        holes=tuple(pieces[1::2]),
        story_id=content.story.pk,
        public_id=content.story.public_id,
        slug=content.story.slug,
        title=content.story.title,
        first=content.first,
        last=content.last,
        previous_first=content.previous_first,
        first_anchor=content.groups[0].paragraphs[0].anchor if content.groups else "",
        until=content.changes_at,
    )


def _answer(request: HttpRequest, page: CachedPage) -> HttpResponse:
    """The page for this visitor."""
    story = Story(pk=page.story_id, public_id=page.public_id, slug=page.slug, title=page.title)
    where = places.current(request, story)
    bar = ""
    if _has_jumped(where, page):
        path = request.path
        bar = visitor.jump_bar(page.slug, where.reached, page.last, path, get_language())
    elif "back" in request.GET:
        bar = registry.bar(request, story, where.horizon)
    pieces = visitor.visitor_in_story(request, slug=page.slug, title=page.title, standing=where, bar=bar)
    body = page.filled(pieces.as_bytes())
    if page.first <= where.reached <= page.last:
        body = _mark_reached(body, where.reached, page)
    response = HttpResponse(body)
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Cookie"
    return response


def _has_jumped(where: standing.Standing, page: CachedPage) -> bool:
    if where.shows_all or where.is_looking:
        return False
    return not standing.follows(reached=where.reached, previous_first=page.previous_first)


def _mark_reached(body: bytes, reached: int, page: CachedPage) -> bytes:
    """Hang the small ribbon beside the paragraph last reached."""
    _chapter, number, sub = points.split(reached)
    if reached == points.chapter_end(points.split(page.first)[0]):
        return body
    # Text is escaped, so only a tag of our own begins with “<”.
    here = rb'(<(?:p|div|h2)(?: class="[^"]*")? id="p%s")' % points.format_number(number, sub).encode()
    return re.sub(here, rb"\1 data-reached", body, count=1)


def _context(request: HttpRequest, content: paging.PageContent) -> dict[str, object]:
    story, chapter, page = content.story, content.chapter, content.page
    url = _urls(story.slug)
    last_page = chapter.page_count if page else 1
    number = page or 1
    previous = following = None
    if page > 1:
        previous = {"url": url(chapter.number, page - 1), "label": _("Page %(page)d") % {"page": page - 1}}
    elif content.previous is not None:
        target = url(content.previous.number, content.previous.page_count if page else 1)
        previous = {"url": target, "label": _chapter_label(story, content.previous)}
    if number < last_page:
        following = {"url": url(chapter.number, page + 1), "label": _("Page %(page)d") % {"page": page + 1}}
    elif content.following is not None:
        following = {"url": url(content.following.number, 1), "label": _chapter_label(story, content.following)}
    left = round(chapter.seconds * (last_page - number + 1) / last_page)
    is_last = number == last_page
    story_url = story.get_absolute_url()
    return {
        "visitor": visitor.TOKENS,
        "story": story,
        "chapter": chapter,
        "page": {"number": number, "count": last_page},
        "is_whole": page == paging.WHOLE,
        "is_first": number == 1,
        "is_last": is_last,
        "is_story_end": is_last and content.following is None,
        "groups": content.groups,
        "previous": previous,
        "next": following,
        "pages": [
            {"number": one, "url": url(chapter.number, one), "is_current": one == number}
            for one in _near_pages(number, last_page)
        ],
        "chapter_left_label": _("%(time)s to the end of the chapter") % {"time": outline.duration(left)},
        "margin_list": content.margin,
        "tools": registry.tools(story, content.last),
        "finished": {
            "post_url": reverse("reader:reached", args=[story.slug]),
            "point": points.format_point(content.last),
            "next_url": story_url,
        },
        "seen_url": f"{reverse('reader:seen', args=[story.slug])}?page={chapter.number}/{page or 'all'}",
        "reached_url": reverse("reader:reached", args=[story.slug]),
        "whole_url": reverse("reader:chapter-all", args=[story.slug, chapter.number]),
        "canonical_url": request.build_absolute_uri(url(chapter.number, number)) if page else "",
        "start": points.format_point(content.first),
        "end": points.format_point(content.last),
    }


def _urls(slug: str) -> Callable[[int, int], str]:
    def url(chapter: int, page: int) -> str:
        if page == 1:
            return reverse("reader:chapter-page", args=[slug, chapter])
        return reverse("reader:chapter-page", args=[slug, chapter, page])

    return url


def _chapter_label(story: Story, chapter: Chapter) -> str:
    """A neighbour's title is never on the page (it may not be known yet), unless the owner shows all titles."""
    if story.show_titles and chapter.title:
        return f"{chapter.number}. {chapter.title}"
    return _("Chapter %(number)d") % {"number": chapter.number}


def _near_pages(number: int, count: int) -> list[int]:
    """All page numbers of a short chapter; of a long one the ends and those around."""
    if count <= 12:
        return list(range(1, count + 1))
    return sorted({1, count, *range(max(1, number - 4), min(count, number + 4) + 1)})
