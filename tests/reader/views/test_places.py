"""`/read/<story>/reached/`: reports of reading, the picker, “just looking”, “forget”."""

import pytest

from reader.models import Place, Story, User
from reader.text.standing import Standing
from tests.conftest import Visitor
from tests.reader.visits import at, schedule, standing_of

URL = "/read/the-lamp/reached/"


def report(visitor: Visitor, point: str, *, start: str = "", place: str = "") -> int:
    fields = {"by": "reading", "point": point, "start": start, "place": place}
    return visitor.post(URL, {name: value for name, value in fields.items() if value}).status_code


def test_reached_report_raises_reached_page_by_page(story: Story, newcomer: Visitor) -> None:
    for point, start, place in (("1:4", "1:1", "1:3"), ("1:10", "1:4", "1:9"), ("1:20", "1:11", "1:15")):
        assert report(newcomer, point, start=start, place=place) == 204
        assert standing_of(newcomer, story) == at(place, point)


def test_reached_report_of_a_run_over_several_pages_counts_when_its_start_follows(
    story: Story, newcomer: Visitor
) -> None:
    report(newcomer, "1:28", start="1:1", place="1:27")

    assert standing_of(newcomer, story) == at("1:27", "1:28")


def test_reached_report_of_a_page_that_does_not_follow_moves_the_place_alone(story: Story, newcomer: Visitor) -> None:
    report(newcomer, "1:10", start="1:1")

    assert report(newcomer, "3:12", start="3:11", place="3:12") == 204
    assert standing_of(newcomer, story) == at("3:12", "1:10")


def test_reached_report_of_an_earlier_page_never_lowers(story: Story, halfway: Visitor) -> None:
    report(halfway, "1:10", start="1:1", place="1:2")

    assert standing_of(halfway, story) == at("1:2", "3")


@pytest.mark.parametrize("point", ["1:30", "1:31", "1"])
def test_reached_report_of_a_chapters_last_paragraph_stores_its_end(
    story: Story, newcomer: Visitor, point: str
) -> None:
    report(newcomer, "1:20", start="1:1")

    report(newcomer, point, start="1:21", place="1:30")

    assert standing_of(newcomer, story) == at("1:30", "1")


def test_reached_report_from_the_end_of_a_chapter_goes_on_into_the_next(story: Story, halfway: Visitor) -> None:
    report(halfway, "4:10", start="4:1", place="4:9")

    assert standing_of(halfway, story) == at("4:9", "4:10")


def test_reached_report_is_kept_in_the_row_of_an_account(story: Story, signed_in: Visitor, member: User) -> None:
    report(signed_in, "1:10", start="1:1", place="1:9")

    assert list(Place.objects.values_list("user", "reached")) == [(member.pk, at("1:9", "1:10").reached)]
    assert list(signed_in.cookies) == ["sessionid"]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 400),
        ({"point": ""}, 400),
        ({"point": "all"}, 400),
        ({"point": "x" * 5000}, 400),
        ({"point": "1:2\0"}, 400),
        ({"point": "1:2", "start": "?"}, 400),
        ({"point": "1:2", "place": "-1"}, 400),
        ({"point": "0"}, 404),
        ({"point": "9:1"}, 404),
        ({"point": "2147483646"}, 404),
        ({"point": "2:5", "start": "1:1"}, 404),  # a run lies in one chapter
        ({"point": "1:5", "place": "2:5"}, 404),
    ],
)
def test_reached_report_that_makes_no_sense_changes_nothing(
    story: Story, newcomer: Visitor, fields: dict[str, str], status: int
) -> None:
    response = newcomer.post(URL, {"by": "reading", **fields})

    assert (response.status_code, standing_of(newcomer, story)) == (status, Standing())
    assert "error" in response.json()


def test_reached_report_of_bytes_that_are_no_text_changes_nothing(story: Story, newcomer: Visitor) -> None:
    form = "application/x-www-form-urlencoded"

    response = newcomer.post(URL, b"by=reading&point=%ED%B3%BF&place=\xff\xfe", content_type=form)

    assert (response.status_code, standing_of(newcomer, story)) == (400, Standing())


def test_reached_report_of_a_scheduled_chapter_is_its_owners_alone(story: Story, halfway: Visitor, owner: User) -> None:
    schedule(story, 4, 5)
    author = Visitor()
    author.force_login(owner)
    author.post(URL, {"point": "3"})

    assert [report(visitor, "4:5", start="4:1") for visitor in (halfway, author)] == [404, 204]
    assert standing_of(halfway, story) == at("3", "3")
    assert Place.objects.get(user=owner).reached == at("4:5", "4:5").reached


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2", at("2", "2")),
        ("5", at("5", "5")),
        (" 4 ", at("4", "4")),
        ("4:7", at("4:7", "4:7")),
        ("4:30", at("4", "4")),
        ("4:999", at("4", "4")),
        ("0", at("0", "0")),
        ("all", at("3", "3", shows_all=True)),
        ("forget", Standing()),
    ],
)
def test_reached_picker_sets_it_anywhere(story: Story, halfway: Visitor, value: str, expected: Standing) -> None:
    response = halfway.post(URL, {"point": value})

    assert (response.status_code, response["Location"]) == (302, "/read/the-lamp/")
    assert standing_of(halfway, story) == expected


@pytest.mark.parametrize(
    "value", ["", "6", "-1", "four", "1:0", "1:5.7", "99999999999999999999", "1\0", "1:", "ALL", "٣"]
)
def test_reached_picker_refuses_what_is_not_in_the_story(story: Story, halfway: Visitor, value: str) -> None:
    response = halfway.post(URL, {"point": value})

    assert response.status_code == 400
    assert 'class="field-error"' in response.content.decode()
    assert standing_of(halfway, story) == at("3", "3")


def test_reached_post_without_a_point_is_refused(story: Story, halfway: Visitor) -> None:
    assert halfway.post(URL).status_code == 400
    assert standing_of(halfway, story) == at("3", "3")
