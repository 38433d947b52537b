"""Two versions beside each other: names, facts, words in blocks; nothing in them comes later than the horizon."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.models import Story, User
from tests.conftest import manuscript_of
from tests.wiki.gate.desk import acts, at, body, edit, everything, more, tell
from wiki import gate
from wiki.editing.forms import FactField, NameField
from wiki.editing.rights import rights_of
from wiki.models import Revision

WHY = "a test looks at everything"


@pytest.fixture
def told(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    return tell(import_text(manuscript_of(5)), tmp_path)


def first(story: Story, source: str = "keeper.md") -> str:
    row = Revision.objects.whole(because=WHY).filter(story=story, entry__source_name=source).order_by("pk").first()
    assert row is not None
    return row.public_id


def compared(
    story: Story, point: str, older: str = "", newer: str = "", slug: str = "the-keeper"
) -> tuple[list[tuple[str, ...]], list[tuple[str, str]]]:
    """Rows as sort, label, words, dates; blocks as what became of them and their words."""
    found = gate.entry_diff(story, slug, at(point), older=older, newer=newer)
    assert found is not None
    rows: list[tuple[str, ...]] = [
        (row.sort, row.label, row.words, row.dates) for group in found.groups for row in group.rows
    ]
    return rows, [(block.sort, block.html) for run in found.runs for block in run.blocks]


def test_words_in_a_block(told: Story, member: User) -> None:
    edit(told, member, "2", body("He trims the great lamp. {1:3}"))

    assert compared(told, "2", first(told)) == (
        [],
        [("changed", "He trims the <ins>great </ins>lamp. {1:3}")],
    )


def test_blocks_that_came_went_and_moved(told: Story, member: User) -> None:
    one = edit(told, member, "2", body("The keeper sleeps in it. {1:5}\n\nA house of stone. {1:4}"), slug="the-house")
    two = edit(told, member, "2", body("A house of stone. {1:4}"), slug="the-house")
    three = edit(told, member, "2", more("Slates keep the rain out. {1:5}"), slug="the-house")

    assert compared(told, "2", first(told, "house.md"), one.revision, "the-house")[1] == [
        ("moved", "The keeper sleeps in it. {1:5}"),
        ("same", "A house of stone. {1:4}"),
    ]
    assert compared(told, "2", one.revision, three.revision, "the-house")[1] == [
        ("removed", "<del>The keeper sleeps in it. {1:5}</del>"),
        ("same", "A house of stone. {1:4}"),
        ("added", "<ins>Slates keep the rain out. {1:5}</ins>"),
    ]
    assert compared(told, "2", two.revision, two.revision, "the-house")[1] == [("same", "A house of stone. {1:4}")]


def test_rows_of_names_and_facts(told: Story, member: User) -> None:
    edit(
        told,
        member,
        "2",
        lambda form: replace(
            form,
            names=(*form.names, NameField(text="The Lampman", sort="alias", since="1:5")),
            facts=(replace(form.facts[0], source="By the sea", since="1:5"), FactField(label="Age", source="60")),
        ),
    )

    rows, _ = compared(told, "2", first(told))
    assert rows == [
        ("added", "alias", "<ins>The Lampman</ins>", "<ins>1:5</ins>"),
        (
            "changed",
            "Lives",
            "<del>At</del><ins>By</ins> the <del>light</del><ins>sea</ins>",
            "1:<del>4</del><ins>5</ins>",
        ),
        ("added", "Age", "<ins>60</ins>", "<ins>2</ins>"),
    ]


def test_nothing_that_comes_later_is_compared(told: Story, member: User) -> None:
    edit(told, member, "5", more("Rain. {4:5}"))
    edit(told, member, "5", lambda form: replace(form, facts=(*form.facts, FactField(label="Age", source="60"))))

    assert compared(told, "2", first(told)) == ([], [("same", "He trims the lamp. {1:3}")])
    rows, blocks = compared(told, "5", first(told))
    assert rows == [("added", "Age", "<ins>60</ins>", "<ins>5</ins>")]
    assert blocks[-1] == ("added", "<ins>Rain. {4:5}</ins>")


def test_the_end_of_a_blocks_time_is_told_when_it_has_come(told: Story, member: User) -> None:
    edit(
        told, member, "4", body("He trims the lamp, and Silas Brand is his name. {1:3}\n\n## Later\n\nHe leaves. {3:2}")
    )

    assert compared(told, "2", first(told)) == ([], [("same", "He trims the lamp. {1:3}")])
    assert compared(told, "3:1", first(told))[1] == [
        ("changed", "He trims the lamp. {1:3}<ins> {until 3:1}</ins>"),
        ("added", "<ins>He trims the lamp, and Silas Brand is his name. {1:3}</ins>"),
    ]


def test_sources_do_not_tell_what_unmet_links_lead_to(told: Story, member: User) -> None:
    edit(told, member, "4", more("He saw [[Silas Brand|somebody]]. {1:5}"), slug="the-house")

    def last(point: str) -> str:
        return compared(told, point, first(told, "house.md"), slug="the-house")[1][-1][1]

    assert last("2") == "<ins>He saw [[…|somebody]]. {1:5}</ins>"
    assert last("3") == "<ins>He saw [[Silas Brand|somebody]]. {1:5}</ins>"


def test_a_save_is_compared_with_what_it_found(told: Story, member: User) -> None:
    edit(told, member, "2", body("He trims the great lamp. {1:3}"))
    newer = edit(told, member, "2", body("He trims the green lamp. {1:3}")).revision

    assert compared(told, "2", "", newer)[1] == [
        ("changed", "He trims the <del>great</del><ins>green</ins> lamp. {1:3}")
    ]
    assert compared(told, "2", "", first(told))[1] == [("added", "<ins>He trims the lamp. {1:3}</ins>")]


def test_the_earlier_is_the_old_one_whichever_is_said_first(told: Story, member: User) -> None:
    newer = edit(told, member, "2", body("He trims the great lamp. {1:3}")).revision

    assert compared(told, "2", newer, first(told)) == compared(told, "2", first(told), newer)


def test_a_save_that_does_not_show_is_as_unknown_as_none(told: Story, member: User) -> None:
    hidden = edit(told, member, "4", more("Rain. {3:5}")).revision
    others = first(told, "house.md")

    def ask(point: str, **names: str) -> bool:
        return gate.entry_diff(told, "the-keeper", at(point), **names) is None

    for name in (hidden, others, "unknown"):
        assert (ask("2", older=name), ask("2", newer=name)) == (True, True)
    assert (ask("4", older=hidden), ask("2", older=first(told))) == (False, False)


def test_long_unchanged_runs_are_folded(told: Story, member: User) -> None:
    lines = [f"Line {number}. {{1:3}}" for number in range(12)]
    old = edit(told, member, "2", body("\n\n".join(lines))).revision
    edit(told, member, "2", body("\n\n".join([*lines[:6], "New. {1:3}", *lines[6:]])))

    found = gate.entry_diff(told, "the-keeper", at("2"), older=old)
    assert found is not None
    assert [(len(run.blocks), run.is_folded) for run in found.runs] == [
        (5, True),
        (1, False),
        (1, False),
        (1, False),
        (5, True),
    ]


def test_what_is_written_is_escaped(told: Story, member: User) -> None:
    edit(told, member, "2", more("<script>alert(1)</script> [x](javascript:alert(1)) {1:5}"))
    edit(told, member, "2", lambda form: replace(form, facts=(FactField(label="<b>x", source="<img src=x>"),)))

    rows, blocks = compared(told, "2", first(told))
    assert blocks[-1][1] == "<ins>&lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:alert(1)) {1:5}</ins>"
    assert ("added", "<b>x", "<ins>&lt;img src=x&gt;</ins>", "<ins>2</ins>") in rows


def test_a_merge_brings_names_and_words(told: Story, member: User) -> None:
    outcome = acts.merge(told, "the-house", "the-keeper", everything(member), horizon=at("all"))
    made = Revision.objects.whole(because=WHY).filter(entry__source_name="keeper.md").order_by("-pk").first()
    assert made is not None

    assert outcome.sort == "saved"
    assert compared(told, "1:3", first(told))[0] == []
    rows, blocks = compared(told, "1:5", first(told))
    assert rows[0] == ("added", "alias", "<ins>The House</ins>", "<ins>1:4</ins>")
    assert [sort for sort, _ in blocks] == ["same", "added", "added"]


PARAGRAPHS = ["He trims the lamp. {1:3}", "It burns. {1:4}", "Rain. {2:1}", "- One {1:5}\n- Two {1:5}", "Gone. {1:3}"]
SAVES = st.lists(st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=5, unique=True), min_size=2, max_size=4)


@given(bodies=SAVES, back=st.integers(0, 9), facts=st.lists(st.sampled_from("abc"), max_size=3))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_restored_does_not_differ(
    told: Story, member: User, bodies: list[list[str]], back: int, facts: list[str]
) -> None:
    from django.db import transaction

    with transaction.atomic():
        made = [first(told)]
        for number, one in enumerate(bodies):
            text, rows = body("\n\n".join(one)), tuple(FactField(label=f, source=f"{f}{number}") for f in facts)
            try:
                saved = edit(told, member, "3", lambda form, t=text, r=rows: replace(t(form), facts=r))  # type: ignore[misc]
            except AssertionError:  # the same body again is no save
                continue
            made.append(saved.revision)
        wanted = made[back % len(made)]
        acts.restore(told, "the-keeper", wanted, rights_of(member, told), horizon=at("3"))
        found = gate.entry_diff(told, "the-keeper", at("3"), older=wanted)
        assert found is not None
        assert (found.groups, found.is_same) == ((), True)
        transaction.set_rollback(True)
