"""The tags that templates draw with."""

from xml.etree import ElementTree as ET

from reader.templatetags.look import PALETTES, cover_art, icon

GROUNDS = {ground for ground, _near, _far in PALETTES}
COVERS = [cover_art(f"story-{number}") for number in range(200)]


def ground_of(cover: str) -> str:
    return ET.fromstring(cover)[0].get("fill", "")


def test_icon_is_hidden_from_screen_readers() -> None:
    assert icon("list") == '<svg class="icon" aria-hidden="true"><use href="/static/img/icons.svg#list"/></svg>'


def test_icon_of_an_arrow_turns_with_the_script() -> None:
    assert icon("arrow-right").startswith('<svg class="icon icon-turns"')


def test_icon_escapes_its_name() -> None:
    assert "<b>" not in icon('"><b>')


def test_cover_art_is_the_same_for_the_same_slug() -> None:
    assert cover_art("story-7") == COVERS[7]


def test_cover_art_rarely_looks_alike() -> None:
    assert len(set(COVERS)) > 190


def test_cover_art_is_two_by_three_and_carries_no_words() -> None:
    roots = [ET.fromstring(cover) for cover in COVERS]
    assert {(root.tag, root.get("viewBox")) for root in roots} == {("svg", "0 0 200 300")}
    assert [element for root in roots for element in root.iter() if element.text or element.tail] == []


def test_cover_art_uses_every_ground() -> None:
    assert {ground_of(cover) for cover in COVERS} == GROUNDS


def test_cover_art_asks_for_light_words_on_dark_grounds() -> None:
    light = {ground_of(cover) for cover in COVERS if "cover-words-light" in cover}
    assert light == {"#143a45", "#37345a", "#8c4528", "#2c4030"}
