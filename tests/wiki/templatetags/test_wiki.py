"""What the templates of the wiki ask of their tags: addresses with a way back, hues as classes, citations kept."""

from types import SimpleNamespace

import pytest
from django.utils.safestring import SafeString, mark_safe

from reader.models import Story
from reader.text.points import chapter_end, point
from wiki.gate import KindRef
from wiki.templatetags.wiki import cites_kept, hue, point_url

STORY = Story(slug="the-lamp")


@pytest.mark.parametrize(
    ("at", "back", "address"),
    [
        (0, "ines", "/read/the-lamp/"),
        (chapter_end(6), "", "/read/the-lamp/6/"),
        (chapter_end(6), "ines", "/read/the-lamp/6/?back=ines"),
        (point(6, 19), "", "/read/the-lamp/6/p/19/"),
        (point(6, 19, 128), "ines", "/read/the-lamp/6/p/19-128/?back=ines"),
    ],
)
def test_point_url_leads_to_the_text_and_says_whence(at: int, back: str, address: str) -> None:
    assert point_url(STORY, at, back) == address


@pytest.mark.parametrize(("degrees", "name"), [(0, "hue-0"), (152, "hue-150"), (303, "hue-305"), (359, "hue-0")])
def test_hue_is_the_nearest_class_that_the_style_sheet_has(degrees: int, name: str) -> None:
    assert hue(KindRef("spell", "Spell", "Spells", "feather", degrees)) == name


def test_hue_always_has_a_rule(settings: SimpleNamespace) -> None:
    sheet = (settings.BASE_DIR / "static" / "css" / "components" / "hues.css").read_text("utf-8")
    kinds = (KindRef("spell", "Spell", "Spells", "feather", degrees) for degrees in range(360))

    assert [kind.hue for kind in kinds if f".{hue(kind)} {{" not in sheet] == []


def test_cites_kept_binds_the_first_citation_to_its_word() -> None:
    body = mark_safe(
        '<p>At sea. <a class="cite" href="/a">1:2</a> <a class="cite" href="/b">1:3</a> So <a href="/c">on</a></p>'
    )
    kept = cites_kept(body)

    assert kept == body.replace('sea. <a class="cite"', 'sea.\u00a0<a class="cite"')
    assert isinstance(kept, SafeString)
