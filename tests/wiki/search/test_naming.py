"""Names as one types: found however they are spelt, offered when they are met, and not a keystroke before."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.models import Paragraph, Story
from reader.text.points import EVERYTHING, format_point, parse_point
from tests.conftest import manuscript_of
from tests.wiki.lamps import fact
from tests.wiki.packs import entry, write_pack
from tests.worlds.build import passing, tell_story, tell_wiki
from tests.worlds.world import HORIZONS, worlds
from wiki import search
from wiki.models import Entry, Fact, Name, Tagging
from wiki.packing import import_pack
from wiki.search.keeping import renew
from wiki.search.naming import looked_at, shown
from wiki.search.shapes import Scope, Suggestion
from wiki.tagging import finding
from wiki.text.spelling import typed

WHY = "a test knows what must not show"
ALIAS = '[[names]]\nname = "{}"\nsince = "{}"\nsort = "{}"\n'
PACK = {
    "victor": entry(
        "A man in a long coat. {1:2}\n\nHe keeps a poodle. {2:1}",
        head=ALIAS.format("Vitya", "2:1", "nickname") + ALIAS.format("Viktor", "1:2", "misspelling"),
        Victor_Nikiforov="1:2",
    ),
    "yuuri": entry(
        head=fact("Dog", "[[Makkachin]]", "2:2") + fact("Work", "Figure skater", "1:3"), Yuuri_Katsuki="1:3"
    ),
    "yuri": entry(head=ALIAS.format("Yuuri", "2:3", "alias"), Yuri_Plisetsky="2:3"),
    "dog": entry(head=fact("Kind of animal", "A poodle", "1:5"), Makkachin="1:4"),
    "castle": entry(kind="location", Ice_Castle="1:4"),
    "aria": entry(kind="film", Aria="1:5"),
    "secret": entry("A sister of Yuuri. {3:1}", kind="character", Zaphod_Quill="3:1"),
    "cafe": entry(kind="location", The_Café_Zoë="1:6"),
}


@pytest.fixture
def rink(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    """Three chapters of which eight entries are known, one of them at the end only."""
    story = import_text(manuscript_of(3, paragraphs=6, length=5), title="The Rink")
    import_pack(write_pack(tmp_path / "rink", PACK, story="the-rink"))
    return story


def offered(story: Story, words: str, point: str = "2") -> list[str]:
    """The titles that are suggested to who has read so far."""
    return [one.entry.title for one in suggested(story, words, point)]


def suggested(story: Story, words: str, point: str = "2") -> tuple[Suggestion, ...]:
    horizon = EVERYTHING if point == "all" else parse_point(point)
    return search.suggest(words, [Scope(story, horizon)])


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("v", "Victor Nikiforov"),
        ("vic", "Victor Nikiforov"),
        ("NIKIFOROV", "Victor Nikiforov"),
        ("nikiforov victor", "Victor Nikiforov"),
        ("victor n", "Victor Nikiforov"),
        ("vn", "Victor Nikiforov"),
        ("V. N.", "Victor Nikiforov"),
        ("nikifrov", "Victor Nikiforov"),
        ("nikkiforov", "Victor Nikiforov"),
        ("inkiforov", "Victor Nikiforov"),
        ("mikiforov", "Victor Nikiforov"),
        ("nikifor0v", "Victor Nikiforov"),
        ("nikofor", "Victor Nikiforov"),
        ("viktor", "Victor Nikiforov"),
        ("vitya", "Victor Nikiforov"),
        ("man with a coat", "Victor Nikiforov"),
        ("victors poodle", "Victor Nikiforov"),
        ("icecastle", "Ice Castle"),
        ("ice", "Ice Castle"),
        ("cafe", "The Café Zoë"),
        ("zoe", "The Café Zoë"),
        ("ZOË café", "The Café Zoë"),
        ("film", "Aria"),
        ("movie", "Aria"),
        ("film aria", "Aria"),
        ("place zoe", "The Café Zoë"),
        ("skater", "Yuuri Katsuki"),
        ("skating", "Yuuri Katsuki"),
        ("yuuris dog", "Makkachin"),
        ("dog", "Yuuri Katsuki"),
        ("poodle", "Makkachin"),
        ("katsuki zzz", "Yuuri Katsuki"),
    ],
)
def test_suggest_finds_who_is_meant(rink: Story, typed: str, first: str) -> None:
    assert offered(rink, typed)[:1] == [first]


def test_suggest_puts_right_before_begun_before_slipped(lamp: Story, tmp_path: Path) -> None:
    pack = {"a": entry(Marina="1:2"), "b": entry(Mari="1:2"), "c": entry(Mara="1:2"), "d": entry(Maria="1:2")}
    import_pack(write_pack(tmp_path, pack))

    found = offered(lamp, "mari")
    assert (found[0], set(found[1:3]), found[3]) == ("Mari", {"Marina", "Maria"}, "Mara")


def test_suggest_offers_both_where_a_spelling_may_mean_two(rink: Story) -> None:
    assert offered(rink, "yuuri", "2:2") == ["Yuuri Katsuki"]
    assert set(offered(rink, "yuuri", "2:3")) == {"Yuuri Katsuki", "Yuri Plisetsky"}
    assert set(offered(rink, "yuri", "2:3")) == {"Yuuri Katsuki", "Yuri Plisetsky"}


@pytest.mark.parametrize(
    ("typed", "since", "title"),
    [
        ("zaphod", "3:1", "Zaphod Quill"),
        ("z", "3:1", "Zaphod Quill"),
        ("zq", "3:1", "Zaphod Quill"),
        ("quil", "3:1", "Zaphod Quill"),
        ("zahpod", "3:1", "Zaphod Quill"),
        ("sister", "3:1", "Zaphod Quill"),
        ("vitya", "2:1", "Victor Nikiforov"),
        ("poodle victor", "1:2", "Victor Nikiforov"),
        ("plisetsky", "2:3", "Yuri Plisetsky"),
    ],
)
def test_suggest_shows_when_due_and_not_before(rink: Story, typed: str, since: str, title: str) -> None:
    before = parse_point(since) - 1

    assert title not in [one.entry.title for one in search.suggest(typed, [Scope(rink, before)])]
    assert title in offered(rink, typed, since)


def test_suggest_says_why_and_marks_what_fits(rink: Story) -> None:
    def said(typed: str) -> tuple[tuple[tuple[int, int], ...], str]:
        one = suggested(rink, typed)[0]
        return one.marks, one.why

    assert said("nikif") == (((7, 12),), "")
    assert said("nikifrov") == (((7, 16),), "")
    assert said("vn") == (((0, 1), (7, 8)), "")
    assert said("vitya") == ((), "also called “Vitya”")
    assert said("viktor") == (((0, 6),), "also written “Viktor”")
    assert said("animal") == ((), "Kind of animal: A poodle")
    assert said("coat victor") == (((0, 6),), "A man in a long coat.")
    assert said("film") == ((), "")


def test_suggest_says_of_a_new_title_what_it_was_first_known_as(lamp: Story, tmp_path: Path) -> None:
    import_pack(write_pack(tmp_path, {"ines": entry(head=ALIAS.format("Ines", "2:1", "title"), The_Usher="1:3")}))

    assert [(one.entry.title, one.why) for one in suggested(lamp, "usher")] == [("Ines", "first known as “The Usher”")]
    assert [(one.entry.title, one.why) for one in suggested(lamp, "usher", "1")] == [("The Usher", "")]


def test_suggest_says_where_an_entry_was_last_seen_so_far(lamp: Story, tmp_path: Path) -> None:
    import_pack(write_pack(tmp_path, {"theo": entry(Theo="2:1"), "wilf": entry(Wilf="1:2")}))
    finding.tag_all(lamp)

    def seen(point: str) -> list[str]:
        return [format_point(one.seen) for one in suggested(lamp, "theo", point) if one.seen]

    assert (seen("1"), seen("2:1"), seen("2")) == ([], ["2:1"], ["2:4"])


def test_suggest_tells_nothing_of_chapters_that_are_not_out(lamp: Story, tmp_path: Path) -> None:
    import_pack(write_pack(tmp_path, {"wilf": entry(Wilf="1:2"), "theo": entry(Theo="2:1")}))
    finding.tag_all(lamp)

    def seen() -> list[str]:
        hits = [*suggested(lamp, "theo", "all"), *suggested(lamp, "wilf", "all")]
        return [format_point(one.seen) if one.seen else "" for one in hits]

    assert seen() == ["2:4", "1:3"]
    lamp.chapters.filter(number=2).update(published_at=timezone.now() + timedelta(days=1))
    assert seen() == ["", "1:3"]


def test_suggest_puts_who_was_met_often_and_lately_first(
    db: None, import_text: Callable[..., Story], tmp_path: Path
) -> None:
    often = "\n\n".join(f"Maria {at} waits." for at in range(9))
    story = import_text(f"# One\n\n{often}\n\nMarlow comes.\n\nMarvin goes.\n\n# Two\n\nMarlow, Marlow.")
    pack = {"a": entry(Maria="1:1"), "b": entry(Marlow="1:10"), "c": entry(Marvin="1:11")}
    import_pack(write_pack(tmp_path, pack))
    finding.tag_all(story)

    assert offered(story, "mar", "1:10") == ["Maria", "Marlow"]
    assert offered(story, "mar", "1") == ["Maria", "Marvin", "Marlow"]
    assert offered(story, "mar", "2") == ["Maria", "Marlow", "Marvin"]
    assert offered(story, "mar", "1:7") == ["Maria"]


def test_suggest_searches_each_story_up_to_its_own_horizon(
    rink: Story, import_text: Callable[..., Story], tmp_path: Path
) -> None:
    other = import_text(manuscript_of(2, paragraphs=6, length=5), title="Other")
    import_pack(write_pack(tmp_path / "other", {"v": entry(Victor_Frost="2:1")}, story="other"))

    def found(*points: str) -> set[tuple[str, str]]:
        scopes = [Scope(story, parse_point(point)) for story, point in zip([rink, other], points, strict=True)]
        return {(one.story.slug, one.entry.title) for one in search.suggest("victor", scopes)}

    assert found("2", "1") == {("the-rink", "Victor Nikiforov")}
    assert found("1:1", "2") == {("other", "Victor Frost")}
    assert found("2", "2") == {("the-rink", "Victor Nikiforov"), ("other", "Victor Frost")}
    assert found("0", "0") == set()
    assert search.suggest("victor", []) == ()


ODD = [
    "",
    " ",
    "x" * 10_240,
    "word " * 2_000,
    "the of and a in",
    "?!… — ---",
    "' OR 1=1 --",
    "'; DROP TABLE wiki_word; --",
    "%_%\\",
    "%s %(x)s {0}",
    "a & b | !c <-> d:*",
    "(((((",
    "\u202enikiforov\u200f",
    "🐩🐕",
    "vic\x00tor",
    "\x00",
    "\ud800",
    "vic\udfff tor",
    "勝生勇利",
    "ﷺ" * 50,
    "a\u0301" * 60,
    "\ufdd0\ufffe",
]


@pytest.mark.parametrize("typed", ODD)
@pytest.mark.parametrize("point", ["0", "2", "all"])
def test_suggest_takes_anything(rink: Story, typed: str, point: str) -> None:
    assert len(suggested(rink, typed, point)) <= 10


def test_suggest_finds_what_stands_between_odd_signs(rink: Story) -> None:
    assert offered(rink, "\u202enikiforov\u200f \x00 %") == ["Victor Nikiforov"]
    assert [offered(rink, typed) for typed in ("🐩🐕", "\x00", "?!…", "%_%\\")] == [[], [], [], []]


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(typed=st.text(max_size=60))
def test_suggest_takes_any_text(rink: Story, typed: str) -> None:
    names = set(Name.objects.at(parse_point("2")).filter(story=rink).values_list("text", flat=True))

    assert set(offered(rink, typed)) <= names


@pytest.mark.parametrize("hidden", ["zaphod", "zaphod quill", "zahpod", "q", "zq", "sister of yuuri", "quil zaph"])
def test_a_hidden_name_takes_the_same_queries_as_nonsense(rink: Story, hidden: str) -> None:
    """The same statements, but for what was typed and keys."""
    nonsense = hidden.translate(str.maketrans("abcdefghijklmnopqrstuvwxyz", "xbxxxbbxjkbbjxxqqbxxqwxxxx"))
    nonsense = hidden if hidden == "sister of yuuri" else nonsense

    def asked(typed: str, story: Story) -> tuple[int, list[str]]:
        with CaptureQueriesContext(connection) as queries:
            found = offered(story, typed, "2")
        return len(queries), found

    before = asked(hidden, rink)
    Entry.objects.whole(because=WHY).filter(story=rink, source_name="secret.md").delete()
    assert asked(hidden, rink) == before
    assert asked(nonsense, rink)[0] == before[0]


def test_suggest_says_why_only_as_far_as_it_is_told(rink: Story) -> None:
    """What is told of whom is asked at the reader's point, and of a label only the value that stands there."""
    why = {at: [one.why for one in suggested(rink, "victor poodle", at)][:1] for at in ("1:6", "2:1")}
    assert why == {"1:6": [""], "2:1": ["He keeps a poodle."]}
    katsuki = Entry.objects.whole(because=WHY).get(story=rink, source_name="yuuri.md")
    coach = {"source": "x", "html": "x", "text": "Coach", "since": parse_point("2:4"), "position": 9}
    Fact.objects.create(story=rink, entry=katsuki, label="Work", **coach)
    renew(rink, [katsuki.pk])
    why = {at: [one.why for one in suggested(rink, "katsuki skater", at)] for at in ("2:3", "2:4")}
    assert why == {"2:3": ["Work: Figure skater"], "2:4": [""]}


def test_who_answers_was_seen_last_where_the_text_still_names_them(rink: Story) -> None:
    dog = Entry.objects.whole(because=WHY).get(story=rink, source_name="dog.md")
    rows = Paragraph.objects.filter(chapter__story=rink, point__in=[parse_point("1:5"), parse_point("2:1")])
    Tagging.objects.bulk_create(
        Tagging(story=rink, entry=dog, paragraph=row, point=row.point, since=row.point, start=0, end=1, words="x",
                origin="hand", state="linked")
        for row in rows
    )  # fmt: skip
    seen = [one.seen for one in suggested(rink, "katsuki dog", "2") if one.entry.title == "Makkachin"]
    rows.filter(point=parse_point("2:1")).update(is_retired=True)
    after = [one.seen for one in suggested(rink, "katsuki dog", "2") if one.entry.title == "Makkachin"]
    assert (seen, after) == ([parse_point("2:1")], [parse_point("1:5")])


def test_looked_at_says_who_was_found_how_they_are_called_and_what_is_told(rink: Story) -> None:
    scopes = [Scope(rink, EVERYTHING)]
    hits, known, said = looked_at("poodle", scopes, limit=5)

    assert [known[hit.entry].ref.title for hit in hits] == ["Makkachin", "Victor Nikiforov"]
    assert [said[hit.entry].line for hit in hits] == ["Kind of animal: A poodle", "He keeps a poodle."]
    assert [known[hit.entry].names[0][:2] for hit in hits] == [("Makkachin", "title"), ("Victor Nikiforov", "title")]
    assert shown(typed("poodle"), scopes, hits, known, said) == search.suggest("poodle", scopes)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_suggest_finds_every_met_name_and_none_that_is_not(db: None, data: st.DataObject) -> None:
    """In any world, by the name itself: it is among what is offered exactly when it is known."""
    world = data.draw(worlds(most=3))
    horizon = data.draw(st.sampled_from(HORIZONS))
    with passing() as folder:
        story = tell_story()
        tell_wiki(world, folder)
        scopes = [Scope(story, horizon)]
        known = Name.objects.at(horizon).filter(story=story)
        for text in Name.objects.whole(because=WHY).filter(story=story).values_list("text", flat=True):
            found = {hit.entry for hit in looked_at(text, scopes, limit=10)[0]}
            due = set(known.filter(text=text).values_list("entry", flat=True))
            assert due <= found
            assert found <= set(known.values_list("entry", flat=True))
