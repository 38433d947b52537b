"""Pages put together from rendered blocks."""

import re
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.wiki.text.parts import Part, page_of, simple_bodies
from tests.wiki.text.test_blocks import WHOLE
from wiki.text.anchors import Section
from wiki.text.assembling import assemble
from wiki.text.blocks import cut
from wiki.text.markup import render
from wiki.text.plain import plain
from wiki.text.showing import keep


def balanced(html: str) -> bool:
    """Whether what blocks stand in is closed as often as opened."""
    tags = ("ul", "ol", "li", "blockquote", "table", "thead", "tbody", "div", "section")
    return all(html.count(f"<{tag}>") + html.count(f"<{tag} ") == html.count(f"</{tag}>") for tag in tags)


@given(simple_bodies, st.randoms(use_true_random=False))
def test_page_of_some_blocks_is_the_page_of_a_body_of_them(body: str, random: Random) -> None:
    blocks = cut(body).blocks
    kept = keep(blocks, [random.random() < 0.6 for _ in blocks])
    page = page_of(kept)
    assert balanced(page.html)
    assert plain(page.html) == " ".join(" ".join(render(block).text for block in kept).split())


@given(simple_bodies)
def test_page_is_built_as_markdown_builds_it(body: str) -> None:
    assume(not re.search(r"(- |1\. )(> )*(- |1\. )", body))  # an item of nothing but a list gives its place to it
    ours = page_of(cut(body).blocks).html
    whole = WHOLE.render(body)
    for tag in ("ul", "ol", "blockquote", "table", "pre", "hr"):
        assert ours.count(f"<{tag}>") == whole.count(f"<{tag}>") + whole.count(f"<{tag} />")


def test_block_without_html_leaves_no_item() -> None:
    parts = [Part("paragraph", "-", "<p>a</p>"), Part("image", "-", ""), Part("paragraph", ".- -", "<p>b</p>")]
    assert assemble(parts).html == "<ul><li>a</li><li>b</li></ul>"


def test_lists_of_other_marks_are_other_lists() -> None:
    parts = [Part("paragraph", mark, "<p>a</p>") for mark in ("-", "*", "3.", "3.", "3)")]
    lists = '<ul><li>a</li></ul><ul><li>a</li></ul><ol start="3"><li>a</li><li>a</li></ol><ol start="3"><li>a</li></ol>'
    assert assemble(parts).html == lists


def test_headings_get_ids_once_each() -> None:
    page = page_of(cut("# Ann *Lee*\n\n### Ann lee!\n\n# ?\n\n- # Ann Lee").blocks)
    assert page.contents == (
        Section(2, "h-ann-lee", "Ann Lee"),
        Section(3, "h-ann-lee-2", "Ann lee!"),
        Section(2, "h-section", "?"),
    )
    assert page.html.count("id=") == 3


def test_notes_are_counted_by_what_shows() -> None:
    blocks = cut("a^[one]\n\nb^[two *[[Ann]]*]").blocks
    html = page_of(blocks[1:]).html
    assert html == (
        '<p>b<sup class="note"><a id="note-back-1" href="#note-1">1</a></sup></p>'
        '<section class="notes" aria-label="Notes"><ol><li id="note-1">two <em><a data-link="0">Ann</a></em> '
        '<a href="#note-back-1" aria-label="Back to the text">↩</a></li></ol></section>'
    )
