"""The feed: Atom, as of the beginning of the story, the same for everybody."""

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from reader.models import Story, User
from tests.conftest import Visitor, manuscript_of
from tests.wiki.gate.desk import edit, more, tell
from tests.wiki.packs import entry
from tests.wiki.views.test_history import reader_at

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def told(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    known = entry("A lamp on a rock. {since 0}", kind="location", The_Lamp="0")
    later = entry("He trims it. {1:3}", The_Keeper="1:2")
    return tell(import_text(manuscript_of(5)), tmp_path, lamp=known, keeper=later)


def read(visitor: Visitor) -> ET.Element:
    answer = visitor.get("/wiki/the-lamp/-/feed/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ET.fromstring(answer.content.decode())


def titles(feed: ET.Element) -> list[str | None]:
    return [one.findtext(f"{ATOM}title") for one in feed.findall(f"{ATOM}entry")]


def test_feed_tells_what_is_known_before_anything_is_read(told: Story, newcomer: Visitor) -> None:
    assert titles(read(newcomer)) == ["The Lamp: taken in"]
    assert reader_at("5").get("/wiki/the-lamp/-/feed/").content == newcomer.get("/wiki/the-lamp/-/feed/").content


def test_feed_does_not_change_with_later_saves(told: Story, member: User, newcomer: Visitor) -> None:
    before = newcomer.get("/wiki/the-lamp/-/feed/").content
    edit(told, member, "5", more("It burns. {1:1}"), slug="the-lamp", summary="Seen at the end")
    edit(told, member, "5", more("Rain. {2:1}"))

    assert newcomer.get("/wiki/the-lamp/-/feed/").content == before
    edit(told, member, "5", more("It is old. {since 0}"), slug="the-lamp", summary="Seen at the end")
    assert titles(read(newcomer)) == ["The Lamp: edited", "The Lamp: taken in"]
    assert b"Seen at the end" not in newcomer.get("/wiki/the-lamp/-/feed/").content


def test_feed_keeps_its_ids(told: Story, member: User, newcomer: Visitor) -> None:
    def ids() -> list[str | None]:
        return [one.findtext(f"{ATOM}id") for one in read(newcomer).findall(f"{ATOM}entry")]

    before = ids()
    edit(told, member, "5", more("It is old. {since 0}"), slug="the-lamp")
    assert ids()[1:] == before
    assert len(set(ids())) == 2


def test_feed_names_people_without_their_addresses(told: Story, member: User, newcomer: Visitor) -> None:
    edit(told, member, "5", more("It is old. {since 0}"), slug="the-lamp")
    source = newcomer.get("/wiki/the-lamp/-/feed/").content.decode()

    assert "<name>mo_farrow</name>" in source
    assert ("@" in source, "email" in source) == (False, False)


def test_feed_of_a_wiki_without_saves_is_the_same_twice(
    db: None, import_text: Callable[..., Story], newcomer: Visitor
) -> None:
    import_text(manuscript_of(1))
    answers = [newcomer.get("/wiki/the-lamp/-/feed/") for _ in range(2)]

    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].content == answers[1].content
    assert titles(read(newcomer)) == []


def test_feed_escapes_what_people_write(told: Story, member: User, newcomer: Visitor) -> None:
    User.objects.filter(pk=member.pk).update(username="<b>&\x0b\x1f")
    edit(told, member, "5", more("<i>It</i> is old. {since 0}"), slug="the-lamp")
    author = read(newcomer).find(f"{ATOM}entry/{ATOM}author/{ATOM}name")

    assert author is not None
    assert author.text == "<b>&  "
