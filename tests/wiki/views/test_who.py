"""“Who was that?”: who is met so far, those seen last first, never beyond what was read."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.models import Story
from tests.wiki.views.lodge import lodge, reader_at
from wiki.views import cards

WHO = "/wiki/the-lodge/-/who/"
ROW = re.compile(
    r'data-names="([^"]*)".*?class="who-name"[^>]*>([^<]*)<.*?class="who-seen" href="([^"]*)">.*?</span>([^<]*)<',
    re.DOTALL,
)
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture(autouse=True)
def told(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    return lodge(import_text, tmp_path / "pack")


def rows(query: str = "", *, reader: str = "3") -> list[tuple[str, str]]:
    """Titles with where they were last seen; the page and the sheet hold the same."""
    visitor = reader_at(reader)
    page, sheet = (visitor.get(WHO + query, headers=headers) for headers in ({}, FETCH))
    assert (page.status_code, sheet.status_code) == (200, 200)
    found = [ROW.findall(one.content.decode()) for one in (page, sheet)]
    assert found[0] == found[1]
    return [(title, label) for _names, title, _url, label in found[0]]


@pytest.mark.parametrize(
    ("query", "reader", "expected"),
    [
        ("", "1:2", [("Wilf", "1:1")]),
        ("", "1", [("Wilf", "1:4")]),
        ("", "2:1", [("Ada", "2:1"), ("Wilf", "2:1")]),
        ("", "3", [("Ada", "3:1"), ("Wilf Oakshott", "2:3")]),
        ("?at=2:2", "3", [("Wilf Oakshott", "2:2"), ("Ada", "2:1")]),
        ("?at=1:4", "3", [("Wilf", "1:4")]),
        ("?at=3", "1:3", [("Wilf", "1:3")]),
        ("?as=1:3", "3", [("Wilf", "1:3")]),
    ],
)
def test_who_lists_those_met_up_to_here(query: str, reader: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(rows(query, reader=reader)) == sorted(expected)
    assert [label for _title, label in rows(query, reader=reader)] == [label for _title, label in expected]


@pytest.mark.parametrize(
    ("said", "reader", "expected"),
    [
        ("ADÀ", "3", ["Ada"]),
        ("oak", "3", ["Wilf Oakshott"]),
        ("oak", "2:1", []),
        ("wilf", "2:1", ["Wilf"]),
        ("nobody", "3", []),
    ],
)
def test_who_finds_a_name_as_far_as_it_is_known(said: str, reader: str, expected: list[str]) -> None:
    assert [title for title, _label in rows(f"?q={said}", reader=reader)] == expected


def test_who_gives_the_filter_the_names_that_are_known() -> None:
    def names(reader: str) -> list[str]:
        page = reader_at(reader).get(WHO, headers=FETCH).content.decode()
        return [found[0] for found in ROW.findall(page)]

    assert (names("1"), sorted(names("2:2"))) == (["wilf"], ["ada", "wilf|wilf oakshott"])


def test_who_leads_to_pages_and_paragraphs() -> None:
    page = reader_at("1").get(WHO).content.decode()

    assert 'href="/wiki/the-lodge/wilf/"' in page
    assert 'href="/read/the-lodge/1/p/4/"' in page


def test_who_is_a_sheet_for_scripts_alone() -> None:
    visitor = reader_at("1")
    page, sheet = (visitor.get(WHO, headers=headers).content.decode() for headers in ({}, FETCH))

    assert [("<html" in one, "<who-sheet" in one) for one in (page, sheet)] == [(True, False), (False, True)]


def test_who_says_when_there_is_nobody() -> None:
    said = [reader_at(point).get(f"{WHO}{query}").content.decode() for point, query in (("0", ""), ("1", "?q=zz"))]

    assert ["Nobody yet." in one for one in said] == [True, False]
    assert ["No name like that as far as you have read.</p>" in one for one in said] == [False, True]


def test_who_says_when_there_are_more(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = reader_at("3").get(WHO).content.decode()
    monkeypatch.setattr(cards, "WHO_AT_MOST", 1)
    cut = reader_at("3").get(WHO).content.decode()

    assert [("data-cut" in one, one.count("who-line")) for one in (whole, cut)] == [(False, 2), (True, 1)]


@pytest.mark.parametrize(("path", "status"), [(f"{WHO}?at=x", 404), (f"{WHO}?at=1:1", 200), ("/wiki/none/-/who/", 404)])
def test_who_wants_a_point_and_a_story(path: str, status: int) -> None:
    assert reader_at("3").get(path).status_code == status


def test_the_way_to_who_stands_on_every_reading_page() -> None:
    for page, end in (("/read/the-lodge/1/", "1"), ("/read/the-lodge/2/all/", "2")):
        assert f'href="{WHO}?at={end}"' in reader_at("0").get(page).content.decode()
