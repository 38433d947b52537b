"""A note: one sentence about what is being read, its citation filled in."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.models import Story, User
from tests.wiki.views.writing import EDIT, WIKI, fields, keeper_story, reader_at, text_of

NOTE = f"{WIKI}-/note/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


@pytest.fixture
def lamp(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    return keeper_story(import_text, tmp_path)


def test_note_fills_in_the_citation(lamp: Story, member: User) -> None:
    visitor = reader_at(member, "2")
    page = text_of(visitor.get(f"{NOTE}?at=2:5"))

    assert 'name="at" value="2:5"' in page
    assert "c2 p5 word" in page
    assert '<option value="The Keeper">' in page
    assert "The Pilot" not in page


def test_note_of_what_lies_ahead_is_as_of_what_is_not_there(lamp: Story, member: User) -> None:
    visitor = reader_at(member, "2")
    answers = [(point, visitor.get(f"{NOTE}?at={point}")) for point in ("4:2", "9:9")]
    pages = {TOKEN.sub("", text_of(answer)).replace(point, "…") for point, answer in answers}

    assert len(pages) == 1
    assert "c4 p2" not in pages.pop()


def test_note_is_put_at_the_end_of_the_entry(lamp: Story, member: User) -> None:
    visitor = reader_at(member, "2")
    answer = visitor.post(NOTE, {"at": "2:5", "entry": "the keeper", "sentence": "He whistles."})
    page = text_of(visitor.get(answer["Location"]))

    assert (answer.status_code, answer["Location"]) == (303, f"{WIKI}the-keeper/")
    assert "He whistles." in page
    assert "Your note is in." in page
    assert fields(text_of(visitor.get(EDIT)))["body"] == "He trims the lamp. {1:3}\n\nHe whistles. {2:5}\n"
    assert "Nobody knows where." in text_of(reader_at(member, "5").get(f"{WIKI}the-keeper/"))


@pytest.mark.parametrize("name", ["The Pilot", "The Baker"])
def test_note_about_a_name_that_is_not_met_begins_an_entry(lamp: Story, member: User, name: str) -> None:
    visitor = reader_at(member, "2")
    answer = visitor.post(NOTE, {"at": "2:5", "entry": name, "sentence": "Seen once.", "kind": "character"})

    assert answer.status_code == 303
    assert "Seen once." in text_of(visitor.get(answer["Location"]))


def test_note_without_a_sentence_keeps_what_was_typed(lamp: Story, member: User) -> None:
    answer = reader_at(member, "2").post(NOTE, {"at": "2:5", "entry": "A & B", "sentence": " "})

    assert answer.status_code == 422
    assert 'value="A &amp; B"' in text_of(answer)
    assert "Say which entry it is about, and one sentence." in text_of(answer)


def test_note_stands_in_the_menu_of_a_paragraph(lamp: Story, member: User) -> None:
    assert f'href="{NOTE}"' in text_of(reader_at(member, "2").get("/read/the-lamp/1/"))


def test_bookmark_list_leads_to_a_note_without_scripts(lamp: Story, member: User) -> None:
    visitor = reader_at(member, "2")
    page = text_of(visitor.get("/read/the-lamp/bookmarks/?at=2:5"))

    assert f'href="{NOTE}?at=2:5"' in page
    assert "?at=9:9" not in text_of(visitor.get("/read/the-lamp/bookmarks/?at=9:9"))
    assert 'name="at" value="2:5"' in text_of(visitor.get(f"{NOTE}?at=2:5"))
