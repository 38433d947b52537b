"""`/read/<story>/<chapter>/p/<number>/`: the lasting address of a paragraph."""

from collections.abc import Callable

import pytest

from reader.models import Paragraph, Story
from tests.conftest import NOW, Visitor, manuscript_of, words
from tests.reader.visits import schedule

URL = "/read/the-lamp/"


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("1/p/1/", "1/1/#p1"),
        ("2/p/15/", "2/2/#p15"),
        ("5/p/30/", "5/3/#p30"),
        ("2/p/15/?from=x&y=1", "2/2/?from=x&y=1#p15"),
    ],
)
def test_paragraph_detail_leads_to_the_page_that_holds_it(
    story: Story, newcomer: Visitor, path: str, target: str
) -> None:
    response = newcomer.get(URL + path)

    assert (response.status_code, response["Location"]) == (302, URL + target)


@pytest.mark.parametrize(
    "path",
    ["2/p/0/", "2/p/31/", "2/p/1-128/", "2/p/x/", "2/p/01/", "2/p/1:2/", "2/p/99999999999999999999/", "6/p/1/",
     "0/p/1/", "99999999999999999999/p/1/", "2/p/1%0A/", "2/p/%F0%9F%8E%AC/", "2/p/" + "9" * 5000 + "/"],
)  # fmt: skip
def test_paragraph_detail_of_no_paragraph_is_not_found(story: Story, newcomer: Visitor, path: str) -> None:
    assert newcomer.get(URL + path).status_code == 404


def test_paragraph_detail_of_an_unknown_story_is_not_found(story: Story, newcomer: Visitor) -> None:
    assert newcomer.get("/read/nowhere/1/p/1/").status_code == 404


def test_paragraph_detail_spells_a_sub_number_with_a_hyphen_or_a_point(
    story: Story, newcomer: Visitor, import_text: Callable[..., Story]
) -> None:
    import_text(_with(after="c2 p15", added="It had not rained since noon, and it would not rain."))

    found = [newcomer.get(f"{URL}2/p/{number}/")["Location"] for number in ("15-128", "15.128")]

    assert found == [f"{URL}2/2/#p15-128"] * 2


def test_paragraph_detail_of_a_removed_paragraph_leads_to_where_it_stood(
    story: Story, newcomer: Visitor, import_text: Callable[..., Story]
) -> None:
    import_text(_without("c2 p15", "c3 p1"))

    assert newcomer.get(f"{URL}2/p/15/")["Location"] == f"{URL}2/2/#p14"
    assert newcomer.get(f"{URL}3/p/1/")["Location"] == f"{URL}3/1/#p2"


def test_paragraph_detail_of_a_moved_paragraph_follows_it(
    story: Story, newcomer: Visitor, import_text: Callable[..., Story]
) -> None:
    before = _paragraph("c2 p15")
    import_text(_with(after="c4 p9", added=before, source=_without("c2 p15")))

    assert newcomer.get(f"{URL}2/p/15/")["Location"] == f"{URL}4/1/#p9-128"

    schedule(story, 4, 5)
    assert newcomer.get(f"{URL}2/p/15/")["Location"] == f"{URL}2/2/#p14"


def test_paragraph_detail_survives_moves_in_a_circle(story: Story, newcomer: Visitor) -> None:
    rows = list(Paragraph.objects.filter(chapter__story=story, chapter__number=2, number__in=(15, 16)).in_order())
    for row, other in zip(rows, rows[::-1], strict=True):
        row.is_retired, row.moved_to, row.page = True, other, 0
        row.save()

    assert newcomer.get(f"{URL}2/p/15/")["Location"] == f"{URL}2/2/#p14"


def test_paragraph_detail_of_a_revived_paragraph_leads_to_itself_again(
    story: Story, newcomer: Visitor, import_text: Callable[..., Story]
) -> None:
    import_text(_without("c2 p15"))
    import_text(manuscript_of(5), now=NOW)

    assert newcomer.get(f"{URL}2/p/15/")["Location"] == f"{URL}2/2/#p15"


def _paragraph(opening: str) -> str:
    return f"{opening} {words(98)}"


def _without(*openings: str) -> str:
    gone = {_paragraph(opening) for opening in openings}
    return "\n\n".join(block for block in manuscript_of(5).split("\n\n") if block not in gone)


def _with(*, after: str, added: str, source: str = "") -> str:
    place = _paragraph(after)
    return (source or manuscript_of(5)).replace(place, f"{place}\n\n{added}")
