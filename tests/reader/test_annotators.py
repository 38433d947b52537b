"""The seam: with nobody in it the reader works; what is in it shows."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from reader.annotators import Annotator, PageList, Registry
from reader.models import Paragraph, Story
from reader.text import points
from reader.text.annotate import Span
from tests.conftest import Visitor


def spans_of(*spans: Span) -> Annotator:
    return Annotator(
        "-".join(span.href for span in spans), spans=lambda story, rows: {row.pk: list(spans) for row in rows}
    )


def test_registry_that_is_empty_leaves_the_reader_as_it_is(
    story: Story, newcomer: Visitor, empty_registry: Registry
) -> None:
    pages = [newcomer.get(path) for path in ("/", "/read/the-lamp/", "/read/the-lamp/2/", "/read/the-lamp/2/all/")]

    assert [page.status_code for page in pages] == [200] * 4
    assert b"c2 p1 word" in pages[2].content
    assert b"margin-list" not in pages[2].content
    assert pages[1].context["panels"] == []


def test_registry_sets_spans_lists_and_panels(story: Story, newcomer: Visitor, empty_registry: Registry) -> None:
    def page_list(of: Story, rows: object, spans: Mapping[int, Sequence[Span]]) -> PageList:
        said = f"{of.slug}, {len(list(rows))} rows, {len(spans)} of them with spans"  # type: ignore[call-overload]
        return PageList(html=mark_safe(f"<p>{said}</p>"), opener=mark_safe("<button>Who is here</button>"))

    def panel(request: HttpRequest, of: Story, horizon: int) -> SafeString:
        return mark_safe(f"<p>{of.slug} as of {points.format_point(horizon)}</p>")

    def spans(of: Story, rows: object) -> dict[int, list[Span]]:
        first: Paragraph = next(iter(rows))  # type: ignore[call-overload]
        return {first.pk: [Span(0, 2, "/wiki/the-lamp/c2/", {"data-entry": "x<y"})]}

    empty_registry.register(Annotator("wiki", spans=spans, page_list=page_list, panel=panel))
    newcomer.post("/read/the-lamp/reached/", {"point": "3:4"})

    page = newcomer.get("/read/the-lamp/2/").content.decode()
    assert '<a href="/wiki/the-lamp/c2/" data-entry="x&lt;y">c2</a> p1 word' in page
    assert '<div class="margin-list"><p>the-lamp, 10 rows, 1 of them with spans</p></div>' in page
    assert page.index("<button>Who is here</button>") > page.index('class="foot-bar"')
    assert "<p>the-lamp as of 3:4</p>" in newcomer.get("/read/the-lamp/").content.decode()
    assert "<p>the-lamp as of 2</p>" in newcomer.get("/read/the-lamp/?as=2").content.decode()


def test_registry_leaves_out_a_list_that_is_not_there(
    story: Story, newcomer: Visitor, empty_registry: Registry
) -> None:
    empty_registry.register(Annotator("none", page_list=lambda story, rows, spans: None))
    bare = newcomer.get("/read/the-lamp/2/").content
    empty_registry.register(Annotator("one", page_list=lambda story, rows, spans: PageList(mark_safe("<p>One</p>"))))

    assert b"margin-list" not in bare
    assert b'<div class="margin-list"><p>One</p></div>' in newcomer.get("/read/the-lamp/2/").content


def test_registry_replaces_an_annotator_of_the_same_name() -> None:
    registry, first, second = Registry(), Annotator("wiki"), Annotator("wiki")

    for one in (first, Annotator("other"), second):
        registry.register(one)

    assert [one.name for one in registry.annotators] == ["other", "wiki"]
    assert registry.annotators[1] is second


def test_registry_keeps_the_earlier_of_two_spans_that_overlap(story: Story) -> None:
    registry, rows = Registry(), list(Paragraph.objects.in_order()[:1])
    registry.register(spans_of(Span(3, 5, "/a/"), Span(4, 9, "/b/")))
    registry.register(spans_of(Span(0, 4, "/c/"), Span(5, 7, "/d/"), Span(0, 3, "/e/")))

    found = registry.spans(story, rows)

    assert found == {rows[0].pk: [Span(3, 5, "/a/"), Span(5, 7, "/d/"), Span(0, 3, "/e/")]}
