"""What holds when any two versions are brought together."""

from collections import Counter

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wiki.text.merge import merge_blocks, merge_rows, merge_text

Keyed = list[tuple[str, str]]

WORDS = ["a", "b", "the", "rain", "fell", "She", "{6:1}", "."]
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


@st.composite
def _edits(draw: st.DrawFn, base: str, own: str) -> str:
    """The text with a few words changed, put in or taken out; `own` is a word that only this side writes."""
    words = base.split(" ")
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(words)))
        words[at : at + draw(st.integers(0, 1))] = draw(st.lists(st.sampled_from(["new", own, "a", "."]), max_size=2))
    return " ".join(words)


three_texts = texts.flatmap(lambda base: st.tuples(st.just(base), _edits(base, "mine"), _edits(base, "theirs")))


@st.composite
def _version(draw: st.DrawFn, base: Keyed, own: str) -> Keyed:
    """Blocks taken out, edited, moved and put in; the new ones have keys that begin with a letter."""
    kept = [(key, draw(_edits(source, own))) for key, source in base if draw(st.integers(0, 5))]
    if draw(st.booleans()):
        kept = list(draw(st.permutations(kept)))
    for number in range(draw(st.integers(0, 3))):
        kept.insert(draw(st.integers(0, len(kept))), (f"{own}{number}", draw(st.sampled_from(["New.", "Newer.", own]))))
    return kept


bases = st.lists(texts, max_size=5).map(lambda sources: [(f"k{at}", source) for at, source in enumerate(sources)])
three_versions = bases.flatmap(lambda base: st.tuples(st.just(base), _version(base, "m"), _version(base, "t")))


def sent(version: Keyed) -> Keyed:
    """A version as a form sends it: what is new has no key."""
    return [(key if key.startswith("k") else "", source) for key, source in version]


def outcome(base: Keyed, mine: Keyed, theirs: Keyed) -> Keyed:
    return [(block.key, block.source) for block in merge_blocks(base, sent(mine), theirs).blocks]


@settings(max_examples=200, deadline=None)
@given(three_texts)
def test_texts_merge_the_same_from_both_sides(three: tuple[str, str, str]) -> None:
    base, mine, theirs = three
    assert merge_text(base, mine, theirs) == merge_text(base, theirs, mine)


@given(three_texts)
def test_a_text_that_one_side_left_is_the_other(three: tuple[str, str, str]) -> None:
    base, mine, _ = three
    assert merge_text(base, mine, base) == merge_text(base, base, mine) == merge_text(base, mine, mine) == mine


@settings(max_examples=200, deadline=None)
@given(three_texts)
def test_what_either_side_put_in_is_in_the_merged_text(three: tuple[str, str, str]) -> None:
    base, mine, theirs = three
    merged = merge_text(base, mine, theirs)
    assume(merged is not None)
    assert merged is not None
    one, other, now = (Counter(text.split()) for text in (mine, theirs, merged))
    assert (now["mine"], now["theirs"]) == (one["mine"], other["theirs"])
    assert max(one["new"], other["new"]) <= now["new"] <= one["new"] + other["new"]


@settings(max_examples=200, deadline=None)
@given(three_versions)
def test_blocks_that_one_side_left_are_the_others(three: tuple[Keyed, Keyed, Keyed]) -> None:
    base, mine, theirs = three
    assert outcome(base, base, theirs) == theirs
    assert outcome(base, mine, base) == sent(mine)


@settings(max_examples=200, deadline=None)
@given(three_versions)
def test_blocks_sent_twice_are_theirs(three: tuple[Keyed, Keyed, Keyed]) -> None:
    base, mine, _ = three
    found = merge_blocks(base, sent(mine), mine)
    assert [(block.key, block.source) for block in found.blocks] == mine
    assert found.conflicts == ()


@settings(max_examples=200, deadline=None)
@given(three_versions)
def test_blocks_merge_the_same_from_both_sides_but_for_their_order(three: tuple[Keyed, Keyed, Keyed]) -> None:
    base, mine, theirs = three
    one, other = merge_blocks(base, sent(mine), theirs), merge_blocks(base, sent(theirs), mine)
    assert {found.key for found in one.conflicts} == {found.key for found in other.conflicts}
    if not one.conflicts:
        assert sorted(block.source for block in one.blocks) == sorted(block.source for block in other.blocks)


@settings(max_examples=200, deadline=None)
@given(three_versions)
def test_no_text_is_lost(three: tuple[Keyed, Keyed, Keyed]) -> None:
    """What a side wrote stands whole in the outcome or in a conflict, or is merged word by word."""
    base, mine, theirs = three
    found = merge_blocks(base, sent(mine), theirs)
    was, blocks = dict(base), {block.key: block for block in found.blocks if block.key}
    disputed = {one.key: one for one in found.conflicts}
    new = [block.source for block in found.blocks if not block.key]
    for version, other in ((mine, dict(theirs)), (theirs, dict(mine))):
        for key, source in version:
            if not key.startswith("k"):
                assert source in new or source in {block.source for block in found.blocks}
            elif source != was[key]:
                if key in disputed:
                    assert source in (disputed[key].mine, disputed[key].theirs)
                elif other.get(key) in (was[key], source):
                    assert blocks[key].source == source
                else:
                    assert blocks[key].source == merge_text(was[key], source, other[key])
    assert set(disputed) == {block.key for block in found.blocks if block.is_disputed}


@settings(max_examples=200, deadline=None)
@given(three_versions)
def test_every_block_stands_once(three: tuple[Keyed, Keyed, Keyed]) -> None:
    base, mine, theirs = three
    keys = [key for key, _ in outcome(base, mine, theirs) if key]
    assert len(keys) == len(set(keys))
    assert {key for key, _ in theirs if key.startswith("t")} <= set(keys)


FIELDS = st.dictionaries(st.sampled_from(["label", "value", "since"]), st.sampled_from(["", "17", "18", "Age"]))
rows = st.dictionaries(st.sampled_from(["1", "2", "3"]), FIELDS).map(lambda found: list(found.items()))


@settings(max_examples=200, deadline=None)
@given(rows, rows, rows)
def test_rows_merge_from_both_sides_and_lose_no_value(
    base: list[tuple[str, dict[str, str]]],
    mine: list[tuple[str, dict[str, str]]],
    theirs: list[tuple[str, dict[str, str]]],
) -> None:
    found, turned = merge_rows(base, mine, theirs), merge_rows(base, theirs, mine)
    assert {one.key: one.fields for one in found.conflicts} == {one.key: one.fields for one in turned.conflicts}
    now, disputed, was = {row.key: row.fields for row in found.rows}, {row.key for row in found.conflicts}, dict(base)
    for key, fields in [*mine, *theirs]:
        if key in disputed:
            conflict = next(one for one in found.conflicts if one.key == key)
            assert fields in (conflict.mine, conflict.theirs)
        elif fields != was.get(key):
            assert all(now[key][name] == value for name, value in fields.items() if was.get(key, {}).get(name) != value)
    assert [(row.key, row.fields) for row in merge_rows(base, base, theirs).rows] == theirs
    assert [(row.key, row.fields) for row in merge_rows(base, mine, base).rows] == mine
