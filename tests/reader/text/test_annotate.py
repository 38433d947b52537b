"""Links in a paragraph: the same text, well-formed, at the right place."""

import re
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.annotate import Span, annotate, plain

texts = st.text(max_size=8).map(lambda text: escape(text.replace("\r", "")))
inner = st.recursive(
    texts | st.just("<br>"),
    lambda parts: (
        st.lists(parts, max_size=4).map("".join)
        | st.tuples(st.sampled_from(["em", "strong", "code", "span"]), st.lists(parts, max_size=3)).map(
            lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
        )
    ),
    max_leaves=12,
)
messages = st.tuples(inner, inner).map(
    lambda parts: f'<dt>{parts[0]}<span class="colon">: </span></dt><dd>{parts[1]}</dd>'
)
paragraphs = inner | messages


class Outline(HTMLParser):
    """Reads HTML strictly: what is linked, and whether every element is closed in its turn."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.links: list[tuple[str, int, int]] = []  # href, from, to
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.text += "\n"
            return
        assert not ("a" in self.open and tag in {"a", "dt", "dd"})
        self.open.append(tag)
        if tag == "a":
            self.links.append((dict(attrs)["href"] or "", len(self.text), -1))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag == "a":
            href, start, _ = self.links.pop()
            self.links.append((href, start, len(self.text)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def linked(self) -> list[str]:
        """The href of each character, or nothing."""
        marks = [""] * len(self.text)
        for href, start, end in self.links:
            assert start < end, "a link holds something"
            marks[start:end] = [href] * (end - start)
        return marks


@st.composite
def annotated(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """A paragraph and spans of it that do not overlap, in any order."""
    html = draw(paragraphs)
    size = len(plain(html))
    cuts = sorted(draw(st.sets(st.integers(0, size), max_size=8)))
    spans = [Span(cuts[at], cuts[at + 1], f"/e/{at}/") for at in range(0, len(cuts) - 1, draw(st.sampled_from([1, 2])))]
    return html, draw(st.permutations(spans))


@given(annotated())
def test_text_stays_and_each_character_is_linked_as_said(case: tuple[str, list[Span]]) -> None:
    html, spans = case
    made = annotate(html, spans)
    assert plain(made) == plain(html)
    wanted = [""] * len(plain(html))
    for span in spans:
        wanted[span.start : span.end] = [span.href] * (span.end - span.start)
    assert Outline(made).linked() == wanted


@given(annotated())
def test_only_links_are_added(case: tuple[str, list[Span]]) -> None:
    html, spans = case
    assert re.sub("</?a(?: [^>]*)?>", "", annotate(html, spans)) == html


@given(paragraphs)
def test_without_spans_nothing_changes(html: str) -> None:
    assert annotate(html, []) == html


@given(st.text())
def test_plain_gives_back_what_was_escaped(text: str) -> None:
    assert plain(escape(text)) == text


def mark(html: str, start: int, end: int) -> str:
    """The paragraph with one link."""
    return annotate(html, [Span(start, end, "/x/")])


@pytest.mark.parametrize(
    ("html", "start", "end", "made"),
    [
        ("Ada Lane", 0, 3, '<a href="/x/">Ada</a> Lane'),
        ("<em>Ada</em> Lane", 0, 3, '<a href="/x/"><em>Ada</em></a> Lane'),
        ("<em>Ada</em> Lane", 0, 8, '<a href="/x/"><em>Ada</em> Lane</a>'),
        ("<em>Ada Lane</em>", 0, 3, '<em><a href="/x/">Ada</a> Lane</em>'),
        ("<em>Ada Lane</em>", 4, 8, '<em>Ada <a href="/x/">Lane</a></em>'),
        ("<em>Oh, Ada</em> Lane", 4, 12, '<em>Oh, <a href="/x/">Ada</a></em><a href="/x/"> Lane</a>'),
        ("Ada <em>Lane</em>!", 0, 8, '<a href="/x/">Ada <em>Lane</em></a>!'),
        ("Ada <em>Lane came</em>", 0, 8, '<a href="/x/">Ada </a><em><a href="/x/">Lane</a> came</em>'),
        ("Tom &amp; Ada", 4, 5, 'Tom <a href="/x/">&amp;</a> Ada'),
        ("Tom &amp; Ada", 6, 9, 'Tom &amp; <a href="/x/">Ada</a>'),
        ("Ada<br>Lane", 0, 8, '<a href="/x/">Ada<br>Lane</a>'),
        (
            '<dt>Ada<span class="colon">: </span></dt><dd>here</dd>',
            0,
            9,
            '<dt><a href="/x/">Ada<span class="colon">: </span></a></dt><dd><a href="/x/">here</a></dd>',
        ),
    ],
)
def test_link_stands_around_what_it_can_hold_whole(html: str, start: int, end: int, made: str) -> None:
    assert mark(html, start, end) == made


def test_attributes_are_escaped_and_an_id_stands_once() -> None:
    span = Span(0, 6, '/x/?a=1&b="2"', {"id": "t1", "data-title": "<b>'\"&"})
    parts = annotate("<em>abc</em><dd>def</dd>", [span])
    attributes = 'href="/x/?a=1&amp;b=&quot;2&quot;"'
    title = 'data-title="&lt;b&gt;&#x27;&quot;&amp;"'
    assert parts == (f'<a {attributes} id="t1" {title}><em>abc</em></a><dd><a {attributes} {title}>def</a></dd>')


@pytest.mark.parametrize(
    "spans",
    [
        [Span(0, 3, "/x/"), Span(2, 4, "/y/")],
        [Span(2, 4, "/y/"), Span(0, 3, "/x/")],
        [Span(1, 1, "/x/")],
        [Span(3, 2, "/x/")],
        [Span(-1, 2, "/x/")],
        [Span(0, 9, "/x/")],
        [Span(0, 2, "/x/", {"href": "/y/"})],
        [Span(0, 2, "/x/", {"on click": "y"})],
        [Span(0, 2, "/x/", {"a=b><i": "y"})],
    ],
)
def test_spans_that_cannot_be_are_refused(spans: list[Span]) -> None:
    with pytest.raises(ValueError, match=r"^The span "):
        annotate("Ada Lane", spans)


def test_spans_that_touch_are_two_links() -> None:
    assert annotate("ab", [Span(1, 2, "/y/"), Span(0, 1, "/x/")]) == '<a href="/x/">a</a><a href="/y/">b</a>'
