"""The preview: what a text would look like, from when each part would show and why, from what its writer has met."""

from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from reader.models import Story, User
from tests.conftest import Visitor
from tests.wiki.packs import entry, write_pack
from tests.wiki.views.writing import EDIT, WIKI, fields, form_of, keeper_story, reader_at, text_of
from wiki.models import Revision
from wiki.packing import import_pack

PREVIEW = f"{WIKI}the-keeper/preview/"
SCRIPT = {"X-Requested-With": "fetch"}


@pytest.fixture
def lamp(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    return keeper_story(import_text, tmp_path)


def previewed(visitor: Visitor, body: str, **changes: str) -> str:
    sent = form_of(visitor, **changes)
    sent["content"] = body
    del sent["body"]
    answer = visitor.post(PREVIEW, sent, headers=SCRIPT)
    assert (answer.status_code, answer["X-Fragment"], answer["Cache-Control"]) == (200, "preview", "private, no-store")
    return unescape(text_of(answer))


def test_entry_preview_says_from_when_and_why(lamp: Story, member: User) -> None:
    page = previewed(reader_at(member, "3"), "He leaves. {1:9} {2}\n\nSilas Brand trims it. {1:4}\n\nIt burns.")

    assert "</span>2</b><span>cites 2</span>" in page
    assert "</span>3:1</b><span>prints “Silas Brand”, known from 3:1</span>" in page
    assert "</span>3</b><span>stamped 3</span>" in page
    assert page.count("1 part says nothing of its time and shows from 3; cite to show it earlier.") == 1
    assert 'data-looks="1"' in page


def test_entry_preview_offers_a_citation_to_what_nothing_dates(lamp: Story, member: User) -> None:
    page = previewed(reader_at(member, "2:3"), "He leaves. {1:9}\n\nIt burns.")

    assert page.count("<cite-mend") == 1
    assert 'data-line="3" data-words="It burns." data-point="2:3" data-label="Cite {point}"' in page


def test_entry_preview_knows_no_name_of_its_own_entry_that_is_not_met(lamp: Story, member: User) -> None:
    body = "[[Silas Brand]] trims it. {1:3}"
    early, late = (previewed(reader_at(member, point), body) for point in ("2", "3"))

    assert "“Silas Brand” leads to no page yet." in early
    assert "“Silas Brand” leads" not in late


def test_entry_preview_links_what_is_met(lamp: Story, member: User) -> None:
    body = "[[The Pilot]] and [[Nobody at all]]. {1:3}"
    early, late = (previewed(reader_at(member, point), body) for point in ("2", "4"))

    assert "“The Pilot” leads to no page yet." in early
    assert "“Nobody at all” leads to no page yet." in early
    assert f'href="{WIKI}the-pilot/"' not in early
    assert f'href="{WIKI}the-pilot/"' in late
    assert "“The Pilot” leads" not in late


def test_entry_preview_checks_citations_as_far_as_was_read(lamp: Story, member: User) -> None:
    body = "One. {1:99}\n\nTwo. {4:2}\n\nThree. {9:9}\n\nFour. {1:3}"
    page = previewed(reader_at(member, "2"), body)

    assert "1:99 is not there: no such paragraph." in page
    assert "4:2 lies further on than you have read: this shows to those who have come there." in page
    assert "9:9 lies further on than you have read: this shows to those who have come there." in page
    assert page.count("preview-warn") == 3


def test_entry_preview_of_an_unclosed_container_says_its_line(lamp: Story, member: User) -> None:
    page = previewed(reader_at(member, "2"), "One. {1:3}\n\n::: since 1:4\nTwo.")

    assert "Line 3:" in page
    assert "preview-block" not in page


def test_entry_preview_gates_by_names_as_the_form_has_them(lamp: Story, member: User) -> None:
    visitor = reader_at(member, "3")
    page = previewed(visitor, "The Old Salt rows. {1:3}", names_2_text="The Old Salt", names_2_since="2:7")

    assert "</span>2:7</b><span>prints “The Old Salt”, known from 2:7</span>" in page


def test_entry_preview_proposes_where_a_name_first_stands(lamp: Story, member: User) -> None:
    page = previewed(reader_at(member, "3"), "x {1:3}", names_2_text="c2 p4")

    assert 'data-proposals=",,2:4"' in page or 'data-proposals=",,2:4,' in page


def test_entry_preview_keeps_the_words_of_those_who_have_read_less(lamp: Story, member: User) -> None:
    page = previewed(reader_at(member, "3"), "He trims the lamp of Silas Brand. {1:3}\n\n## Later\n\nHe leaves. {3:2}")

    assert "until 3:1" in page
    assert "the words as they were stay for those who have read less" in page


def test_entry_preview_stores_nothing(lamp: Story, member: User) -> None:
    visitor = reader_at(member, "3")
    previewed(visitor, "Gone. {1:3}")

    assert Revision.objects.whole(because="a test counts all").count() == 2
    assert fields(text_of(visitor.get(EDIT)))["body"].startswith("He trims the lamp.")


def test_entry_preview_runs_nothing(lamp: Story, member: User) -> None:
    page = text_of(
        reader_at(member, "3").post(
            PREVIEW,
            form_of(reader_at(member, "3")) | {"body": "<script>a</script> [x](javascript:a) [[<b>|<i>]] {1:3}"},
            headers=SCRIPT,
        )
    )

    assert "<script" not in page
    assert "javascript:" not in page.replace("(javascript:a)", "")
    assert "&lt;script&gt;a&lt;/script&gt;" in page


def test_entry_preview_without_scripts_is_the_page_with_the_form(lamp: Story, member: User) -> None:
    visitor = reader_at(member, "3")
    sent = form_of(visitor, body="It burns.", summary="Why")
    page = text_of(visitor.post(PREVIEW, sent))

    assert (fields(page)["body"], fields(page)["summary"], fields(page)["token"]) == ("It burns.", "Why", sent["token"])
    assert "stamped 3" in page


def test_entry_preview_signed_out_is_a_sentence_for_scripts(lamp: Story, member: User, halfway: Visitor) -> None:
    sent = form_of(reader_at(member, "3"))
    answer = halfway.post(PREVIEW, sent, headers=SCRIPT)

    assert answer.status_code == 401
    assert answer.json() == {
        "error": "You are signed out: sign in in another window, then go on here. Nothing was lost."
    }


def test_entry_preview_with_a_forged_token_is_refused(lamp: Story, member: User) -> None:
    visitor = reader_at(member, "3")
    answer = visitor.post(PREVIEW, form_of(visitor) | {"token": "made up"}, headers=SCRIPT)

    assert answer.status_code == 400
    assert "This form cannot be used any more" in answer.json()["error"]


def test_preview_of_a_new_entry_says_from_when(lamp: Story, member: User) -> None:
    visitor = reader_at(member, "3")
    sent = form_of(
        visitor, f"{WIKI}-/new/", names_0_text="Mirelle Vance", names_0_since="1:5", body="Mirelle Vance comes. {1:2}"
    )
    page = unescape(text_of(visitor.post(f"{WIKI}-/preview/", sent, headers=SCRIPT)))

    assert "prints “Mirelle Vance”, known from 1:5" in page


def test_entry_preview_of_words_that_end_later_says_nothing_of_that(lamp: Story, member: User, tmp_path: Path) -> None:
    body = "He lives alone. {1:3} {until 4:1}\n\nHe has a guest. {4:1}"
    import_pack(write_pack(tmp_path / "later", {"recluse": entry(body, The_Recluse="1:2")}))
    address = f"{WIKI}the-recluse/"
    early, late = reader_at(member, "3"), "He lives all alone with Silas Brand. {1:3}"
    page = early.post(f"{address}preview/", form_of(early, f"{address}edit/", body=late), headers=SCRIPT)
    told = unescape(text_of(page))

    assert "until 3:1" in told
    assert "4:1" not in told


def test_entry_preview_says_until_when_what_its_writer_ends(lamp: Story, member: User) -> None:
    page = previewed(reader_at(member, "3"), "He trims the lamp. {1:3} {until 2:1}")

    assert "<span>until 2:1</span>" in page
    assert "preview-old" not in page
