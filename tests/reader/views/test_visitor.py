"""What differs from visitor to visitor on a page: look, ribbon, bar, footer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.models import Story
from reader.text import points
from reader.text.standing import Standing
from reader.views import visitor
from tests.conftest import Visitor

HOSTILE = [
    'theme:dark"onload="x', "theme:<b>", "theme:dark\0", "\0html_attrs\0", "theme:" + "x" * 5000, "x" * 5000, "theme",
    "theme:dark;size:99", "'\"<>&", "size:15.size:29", "theme:", ":dark", ".", "é.ü:ö", "theme:DARK",
]  # fmt: skip


@pytest.mark.parametrize(
    ("cookie", "expected"),
    [
        ("", {}),
        ("theme:dark", {"theme": "dark"}),
        ("theme:dark.face:serif.size:22.leading:open.width:wide.turn:scroll",
         {"theme": "dark", "face": "serif", "size": "22", "leading": "open", "width": "wide", "turn": "scroll"}),
        ("theme:system.face:literata.size:auto.leading:book.width:book.turn:pages", {}),
        ("theme:pink.size:22", {"size": "22"}),
        ("size:15", {}),
        ("size:016", {}),
        ("theme:dark.theme:sepia", {"theme": "sepia"}),
        ("names:on.theme:black", {"theme": "black"}),
        ("names:plain", {"names": "plain"}),
        ("names:lines", {}),
    ],
)  # fmt: skip
def test_parse_look_takes_what_it_knows(cookie: str, expected: dict[str, str]) -> None:
    assert visitor.parse_look(cookie) == expected


@given(st.text() | st.sampled_from(HOSTILE))
def test_html_attrs_hold_known_values_alone(cookie: str) -> None:
    known = {f' data-{name}="{value}"' for name, values in visitor.LOOK_CHOICES.items() for value in values}
    attrs = visitor.html_attrs(cookie)

    assert set(attrs.replace(" data-", "\n data-").split("\n")) <= known | {""}


@pytest.mark.parametrize("cookie", HOSTILE)
def test_html_attrs_of_a_hostile_cookie_hurt_no_page(story: Story, newcomer: Visitor, cookie: str) -> None:
    newcomer.cookies["look"] = cookie

    for path in ("/", "/read/the-lamp/", "/read/the-lamp/2/", "/read/the-lamp/9/", "/look/"):
        response = newcomer.get(path)
        opening = response.content.decode().partition("<html")[2].partition(">")[0]
        assert response.status_code in {200, 404}
        assert opening.replace(' data-theme="dark"', "") == ' lang="en" dir="ltr"'


def test_html_attrs_stand_on_every_page(story: Story, newcomer: Visitor) -> None:
    newcomer.cookies["look"] = "theme:sepia.size:26"

    for path in ("/", "/read/the-lamp/", "/read/the-lamp/2/", "/read/the-lamp/9/", "/look/", "/about/", "/nowhere/"):
        assert '<html lang="en" dir="ltr" data-theme="sepia" data-size="26">' in newcomer.get(path).content.decode()


@pytest.mark.parametrize(
    ("standing", "label", "state"),
    [
        (Standing(reached=points.parse_point("3:4")), "3", "filled"),
        (Standing(reached=points.parse_point("1284")), "1284", "filled"),
        (Standing(shows_all=True), "all", "all"),
        (Standing(reached=points.parse_point("3"), shows_all=True), "all", "all"),
    ],
)
def test_ribbon_tells_the_chapter_reached(standing: Standing, label: str, state: str) -> None:
    html = visitor.ribbon("the-lamp", standing.reached, standing.shows_all, "en")

    assert f'class="ribbon ribbon-{state}" href="/read/the-lamp/reached/"' in html
    assert f">{label}</span>" in html


def test_ribbon_is_not_there_for_a_newcomer() -> None:
    assert visitor.ribbon("the-lamp", points.NOTHING, False, "en") == ""


@pytest.mark.parametrize(
    ("reached", "shows_all", "expected"),
    [
        ("0", False, "You have not begun Tom &amp; {0}."),
        ("6:19", False, "This site has shown you Tom &amp; {0} as far as chapter 6, paragraph 19."),
        ("6:19.128", False, "This site has shown you Tom &amp; {0} as far as chapter 6, paragraph 19.128."),
        ("6", False, "This site has shown you Tom &amp; {0} as far as chapter 6."),
        ("6", True, "This site shows you everything about Tom &amp; {0}."),
    ],
)
def test_foot_says_how_far_the_site_has_shown(reached: str, expected: str, *, shows_all: bool) -> None:
    assert visitor.foot("Tom & {0}", points.parse_point(reached), shows_all, "en") == expected


@pytest.mark.parametrize(
    ("reached", "path", "has_bar"),
    [
        ("0", "1/", False),
        ("0", "1/2/", True),
        ("0", "1/all/", False),
        ("1:5", "1/2/", False),
        ("1:5", "1/3/", True),
        ("1", "2/", False),
        ("1:20", "2/", True),
        ("1", "2/2/", True),
        ("1", "2/all/", False),
        ("1", "3/all/", True),
        ("5", "1/", False),
        ("all", "5/3/", False),
    ],
)
def test_jump_bar_stands_on_pages_that_do_not_follow(
    story: Story, newcomer: Visitor, reached: str, path: str, *, has_bar: bool
) -> None:
    newcomer.post("/read/the-lamp/reached/", {"point": reached})

    assert ('name="looking"' in newcomer.get(f"/read/the-lamp/{path}").content.decode()) is has_bar


@pytest.mark.parametrize(
    ("reached", "back"),
    [("0", "/read/the-lamp/"), ("2:5", "/read/the-lamp/2/p/5/"), ("2", "/read/the-lamp/3/")],
)
def test_jump_bar_leads_back_to_where_one_was(story: Story, newcomer: Visitor, reached: str, back: str) -> None:
    newcomer.post("/read/the-lamp/reached/", {"point": reached})

    page = newcomer.get("/read/the-lamp/5/2/").content.decode()
    bar = page.partition('<section class="bar"')[2].partition("</section>")[0]

    assert (f'href="{back}"' in bar, 'name="point" value="5:20"' in bar) == (True, True)
    assert 'name="next" value="/read/the-lamp/5/2/"' in bar
