"""Blocks rendered from their own source; the single shapes are golden cases."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given

from tests.wiki.text.parts import bodies
from wiki.text.blocks import Block, cut
from wiki.text.markup import Rendered, WikiLink, render

ALLOWED = {
    "p": set(),
    "h2": set(),
    "h3": set(),
    "h4": set(),
    "h5": set(),
    "h6": set(),
    "hr": set(),
    "br": set(),
    "tr": set(),
    "td": {"class"},
    "th": {"class", "scope"},
    "a": {"class", "href", "rel", "data-link", "data-cite"},
    "em": set(),
    "strong": set(),
    "s": set(),
    "code": set(),
    "pre": set(),
    "figure": {"class"},
    "figcaption": set(),
    "img": {"alt", "data-image"},
    "small": {"class"},
}


class Strip(HTMLParser):
    """Reads HTML as a browser would: the words, the tags, whether all are closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.open: list[str] = []
        self.is_cite = 0
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        assert set(names) <= ALLOWED[tag]
        assert re.fullmatch(r"https?://.*|(?![a-zA-Z][a-zA-Z0-9+.-]*:).*", names.get("href") or "", re.DOTALL)
        if tag in ("img", "br", "hr"):
            self.words.append(f" {names.get('alt') or ''} ")
            return
        self.open.append(tag)
        if tag == "a" and names.get("class") == "cite":
            self.is_cite = len(self.open)
        if tag not in ("a", "em", "strong", "s", "code"):
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self.is_cite == len(self.open):
            self.is_cite = 0
        assert self.open.pop() == tag
        if tag not in ("a", "em", "strong", "s", "code"):
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        self.words.append(" " if self.is_cite else data)


@given(bodies)
def test_text_is_the_html_without_its_tags_and_citations(body: str) -> None:
    for block in cut(body).blocks:
        rendered = render(block)
        assert rendered.text == " ".join("".join(Strip(rendered.html).words).split())


@given(bodies)
def test_links_and_pictures_stand_in_the_html_or_in_the_words_for_a_picture(body: str) -> None:
    for block in cut(body).blocks:
        rendered = render(block)
        numbers = [int(number) for number in re.findall(r'data-link="(\d+)"', rendered.html)]
        assert numbers == list(range(len(rendered.links)))
        assert re.findall(r'data-image="(\w+)"', rendered.html) == list(rendered.images)


def test_link_knows_whether_it_prints_the_name() -> None:
    assert render(Block("paragraph", "[[Ann]] [[Ann|her *own*]] [[Ann|Ann]]")).links == (
        WikiLink("Ann", "Ann", prints_name=True),
        WikiLink("Ann", "her own", prints_name=False),
        WikiLink("Ann", "Ann", prints_name=False),
    )


def test_words_for_a_picture_are_printed_words() -> None:
    rendered = render(Block("image", '![Ann & [[Ben]] {7:1}](image:a1 "At the *weir*") {6:1}'))
    assert rendered.text == "Ann & Ben At the *weir*"
    assert rendered.links == (WikiLink("Ben", "Ben", prints_name=True),)
    assert rendered.citations == (7 << 32 | 1 << 8, 6 << 32 | 1 << 8)


def test_names_are_whole_in_the_text_across_emphasis_but_not_across_notes() -> None:
    assert render(Block("paragraph", "The *Lan*tern\nReel")).text == "The Lantern Reel"
    assert render(Block("paragraph", "Ann^[old]Lee{6:1}Reel")).text == "Ann old Lee Reel"
    assert render(Block("row", "| Ann | Lee |", "|nn")).text == "Ann Lee"


def test_rule_is_a_line() -> None:
    assert render(Block("rule", "___")) == Rendered("<hr>", "")


def test_hidden_block_says_why() -> None:
    assert render(Block("paragraph", "a", hidden="Because.")).problems == ("Because.",)


@pytest.mark.parametrize(("level", "tag"), [(1, "h2"), (2, "h2"), (3, "h3"), (6, "h6")])
def test_heading_leaves_the_first_level_to_the_page(level: int, tag: str) -> None:
    assert render(Block("heading", f"{'#' * level} Ann")).html == f"<{tag}>Ann</{tag}>"
