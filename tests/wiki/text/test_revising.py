"""What becomes of a body when somebody who sees a part of it saves that part."""

from reader.text.points import chapter_end, parse_point
from wiki.text.bodies import compile_body
from wiki.text.lexicon import KnownName, Lexicon
from wiki.text.revising import Clash, Revised, Stored, Writer, form_body, revise

NOBODY = Lexicon([])
BODY = """Mirelle keeps the light. {1:3}

## Storms

- She counts them. {1:9}
- The third takes the boat. {3:2}

Nobody is told. {4:4}

## After

She leaves. {5:1}
"""


def stored(body: str = BODY, names: Lexicon = NOBODY) -> list[Stored]:
    blocks, problems = compile_body(body, names=names, stamp=chapter_end(9))
    assert problems == []
    return [
        Stored(f"k{at}", one.kind, one.marks, one.source, one.since, one.until, one.is_stamped, one.reasons)
        for at, one in enumerate(blocks)
    ]


def at(point: str, names: Lexicon = NOBODY) -> Writer:
    return Writer(parse_point(point), names, parse_point(point))


def saved(body: str, writer: Writer, now: list[Stored] | None = None, base: list[Stored] | None = None) -> Revised:
    now = stored() if now is None else now
    return revise(now, base=now if base is None else base, body=body, writer=writer)


def told(revised: Revised) -> list[tuple[str, str]]:
    assert (revised.problems, revised.clashes) == ((), ())
    return [(one.key, one.source) for one in revised.blocks]


def test_a_form_holds_what_shows_and_nothing_else() -> None:
    assert (
        form_body(stored(), parse_point("2"))
        == "Mirelle keeps the light. {1:3}\n\n## Storms\n\n- She counts them. {1:9}\n"
    )
    assert form_body(stored(), parse_point("9")) == BODY


def test_saving_a_part_keeps_the_rest_where_it_is() -> None:
    revised = saved("Mirelle keeps the great light. {1:3}\n\n## Storms\n\n- She counts them. {1:9}\n", at("2"))
    assert told(revised) == [
        ("k0", "Mirelle keeps the great light. {1:3}"),
        *[(one.key, one.source) for one in stored()[1:]],
    ]
    assert list(revised.blocks[1:]) == stored()[1:]


def test_new_words_without_a_citation_get_their_writers_stamp() -> None:
    body = form_body(stored(), parse_point("2")) + "\nIt rains.\n"
    revised = saved(body, at("2"))
    assert told(revised)[3:5] == [("", "It rains. {since 2}"), ("k3", "The third takes the boat. {3:2}")]
    assert revised.blocks[3].since == parse_point("2")


def test_what_is_taken_out_takes_nothing_hidden_with_it() -> None:
    revised = saved("", at("2"))
    assert [key for key, _ in told(revised)] == ["k3", "k4", "k5", "k6"]
    assert [one for one in revised.blocks if one.kind == "paragraph"] == [stored()[3], stored()[4], stored()[6]]


def test_words_added_after_the_last_citation_are_parted_from_it() -> None:
    revised = saved(
        "Mirelle keeps the light. {1:3} Her brother is dead.\n", at("4"), now=stored("Mirelle keeps the light. {1:3}")
    )
    assert [(one.key, one.source, one.since) for one in revised.blocks] == [
        ("k0", "Mirelle keeps the light. {1:3}", parse_point("1:3")),
        ("", "Her brother is dead. {since 4}", parse_point("4")),
    ]


def test_a_full_stop_after_a_citation_is_no_addition() -> None:
    revised = saved("Mirelle keeps the light {1:3}.\n", at("4"), now=stored("Mirelle keeps the light. {1:3}"))
    assert told(revised) == [("k0", "Mirelle keeps the light {1:3}.")]


def test_a_later_gate_leaves_the_old_words_to_those_who_have_them() -> None:
    now = stored("Mirelle keeps the light. {1:3}")
    revised = saved("Mirelle kept the light, till it went out. {1:3} {4:2}\n", at("5"), now=now)
    assert [(one.key, one.source, one.since, one.until) for one in revised.blocks] == [
        ("k0", "Mirelle keeps the light. {1:3} {until 4:2}", parse_point("1:3"), parse_point("4:2")),
        ("", "Mirelle kept the light, till it went out. {1:3} {4:2}", parse_point("4:2"), None),
    ]
    after = [one if one.key else Stored("n", one.kind, one.marks, one.source, one.since) for one in revised.blocks]
    assert form_body(after, parse_point("2")) == "Mirelle keeps the light. {1:3}\n"
    assert form_body(after, parse_point("5")) == "Mirelle kept the light, till it went out. {1:3} {4:2}\n"


def test_a_mere_change_of_dates_moves_the_gate_itself() -> None:
    revised = saved("Mirelle keeps the light. {4:2}\n", at("5"), now=stored("Mirelle keeps the light. {1:3}"))
    assert [(one.key, one.source, one.since) for one in revised.blocks] == [
        ("k0", "Mirelle keeps the light. {4:2}", parse_point("4:2"))
    ]


def test_an_end_that_lies_ahead_is_neither_shown_nor_lost() -> None:
    now = stored("She lives there. {1:3} {until 4:2}")
    assert form_body(now, parse_point("2")) == "She lives there. {1:3}\n"
    revised = saved("She still lives there. {1:3}\n", at("2"), now=now)
    assert [(one.source, one.until) for one in revised.blocks] == [
        ("She still lives there. {1:3} {until 4:2}", parse_point("4:2"))
    ]


def test_an_end_that_its_writer_sets_is_theirs() -> None:
    now = stored("She lives there. {1:3} {until 4:2}")
    revised = saved("She lives there. {1:3} {until 2:9}\n", at("2"), now=now)
    assert [(one.source, one.until) for one in revised.blocks] == [
        ("She lives there. {1:3} {until 2:9}", parse_point("2:9"))
    ]


def test_a_row_of_a_table_keeps_its_shape_when_its_time_ends() -> None:
    now = stored("| When | What |\n| --- | --- |\n| dusk | rain {1:3} |\n")
    revised = saved("| When | What |\n| --- | --- |\n| dusk | hail {1:3} {4:1} |\n", at("5"), now=now)
    assert [one.source for one in revised.blocks][1:] == [
        "| dusk | rain {1:3} {until 4:1} |",
        "| dusk | hail {1:3} {4:1} |",
    ]


def test_names_gate_as_far_as_their_writer_has_met_them() -> None:
    names = Lexicon([KnownName("Silas", parse_point("2:7"))])
    revised = saved("Silas is there. {1:3}\n", at("3", names), now=[])
    assert revised.blocks[0].since == parse_point("2:7")
    assert saved("Silas is there. {1:3}\n", at("2:1"), now=[]).blocks[0].since == parse_point("1:3")


def test_a_stamp_that_is_taken_away_comes_back() -> None:
    now = stored("It rains. {since 3:4}")
    assert list(saved("It rains.\n", at("5"), now=now).blocks) == now


def test_moved_blocks_keep_their_keys() -> None:
    now = stored("One stands here. {1:1}\n\nTwo stands there. {1:2}\n\nThree lies between. {1:3}")
    body = "Three lies between. {1:3}\n\nOne stands here. {1:1}\n\nTwo stands there. {1:2}\n"
    assert [one.key for one in saved(body, at("5"), now=now).blocks] == ["k2", "k0", "k1"]


def test_new_blocks_stand_before_a_hidden_heading_that_follows() -> None:
    now = stored("She waits. {1:1}\n\n## The wreck\n\nIt breaks up. {4:1}\n")
    revised = saved("She waits. {1:1}\n\nShe sleeps. {1:2}\n", at("2"), now=now)
    assert told(revised)[1:3] == [("", "She sleeps. {1:2}"), ("k1", "## The wreck")]
    assert revised.blocks[2].since == parse_point("4:1")


def test_a_heading_that_shows_is_not_dated_by_what_is_hidden_below_it() -> None:
    now = stored("## Storms\n\nShe counts them. {1:9}\n\nThe boat is lost. {3:2}\n")
    revised = saved("## Storms\n", at("2"), now=now)
    assert [(one.key, one.since) for one in revised.blocks] == [
        ("k0", parse_point("1:9")),
        ("k2", parse_point("3:2")),
    ]


def test_a_container_becomes_a_date_in_each_block() -> None:
    revised = saved("::: since 3:1\nOne.\n\nTwo. {4:1}\n:::\n", at("5"), now=[])
    assert [(one.source, one.since) for one in revised.blocks] == [
        ("One. {since 3:1}", parse_point("3:1")),
        ("Two. {4:1} {since 3:1}", parse_point("4:1")),
    ]


def test_a_problem_is_told_with_its_line_and_nothing_is_changed() -> None:
    revised = saved("Fine. {1:1}\n\n::: since 3:1\nOne.\n", at("5"))
    assert (revised.blocks, [problem.line for problem in revised.problems]) == ((), [3])


def test_what_others_saved_meanwhile_is_joined() -> None:
    base = stored("She waits. {1:1}\n\nIt rains. {1:2}\n")
    now = [base[0], Stored("k1", "paragraph", "", "It rains hard. {1:2}", parse_point("1:2")), *stored()[4:5]]
    revised = saved("She waits alone. {1:1}\n\nIt rains. {1:2}\n", at("2"), now=now, base=base)
    assert told(revised) == [
        ("k0", "She waits alone. {1:1}"),
        ("k1", "It rains hard. {1:2}"),
        ("k4", "Nobody is told. {4:4}"),
    ]


def test_what_cannot_be_joined_comes_back_whole() -> None:
    base = stored("She waits. {1:1}")
    now = [Stored("k0", "paragraph", "", "She sleeps. {1:1}", base[0].since)]
    revised = saved("She runs. {1:1}\n", at("2"), now=now, base=base)
    assert revised.clashes == (Clash("k0", "She waits. {1:1}", "She runs. {1:1}", "She sleeps. {1:1}"),)


def test_a_hidden_save_in_between_is_no_conflict() -> None:
    base = stored("She waits. {1:1}\n\nSilas comes. {4:1}\n")
    now = [base[0], Stored("k1", "paragraph", "", "Silas comes back. {4:1}", base[1].since)]
    revised = saved("She waits alone. {1:1}\n", at("2"), now=now, base=base)
    assert told(revised) == [("k0", "She waits alone. {1:1}"), ("k1", "Silas comes back. {4:1}")]


def test_a_form_that_is_sent_twice_adds_nothing() -> None:
    base = stored("She waits. {1:1}")
    body = "She waits. {1:1}\n\nIt rains.\n"
    once = [
        one if one.key else Stored("n", one.kind, one.marks, one.source, one.since)
        for one in saved(body, at("2"), now=base).blocks
    ]
    assert [key for key, _ in told(saved(body, at("2"), now=once, base=base))] == ["k0", "n"]
