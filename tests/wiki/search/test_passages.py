"""The full text of passages is that of the paragraphs that stand, in the story's language, after every import."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError, connection

from reader import jobs
from reader.models import Job, Paragraph, Story
from reader.text.points import EVERYTHING, format_point
from tests.wiki.search.shore import TEXT, WHY, asked, marked, places, shore, titles
from wiki.models import Passage, Telling
from wiki.search import keeping
from wiki.search.languages import Language, language_of
from wiki.search.passages import renew_passages
from wiki.search.reaching import blocks_sql
from wiki.text.reach import LAST, blocks_of

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)


def rows(story: Story) -> list[tuple[object, ...]]:
    """All of a story."""
    found = Passage.objects.whole(because=WHY).filter(story=story).order_by("since")
    return list(found.values_list("paragraph", "since", "digest", "reach", "vector"))


def tellings(story: Story) -> list[tuple[object, ...]]:
    """All of a story's."""
    found = Telling.objects.whole(because=WHY).filter(story=story)
    return sorted(found.values_list("entry", "block", "fact", "since", "until", "vector"), key=str)


def work() -> int:
    """What the worker does after an import for the search, until nothing waits; how much that was."""
    done = 0
    while job := Job.objects.filter(kind__startswith="index-", finished_at=None).first():
        jobs.works[job.kind](job.payload, now=NOW)
        Job.objects.filter(pk=job.pk).update(finished_at=NOW)
        done += 1
    return done


def test_an_import_has_its_text_indexed(db: None, import_text: Callable[..., Story]) -> None:
    story = import_text(TEXT)
    assert rows(story) == []
    work()
    there = Paragraph.objects.live().filter(chapter__story=story).order_by("point")
    assert [row[:2] for row in rows(story)] == list(there.values_list("pk", "point"))
    assert [row[3] for row in rows(story)] == [blocks_of(story.pk, row[1]) for row in rows(story)]  # type: ignore[arg-type]
    before = {row[0]: row for row in rows(story)}
    import_text(TEXT.replace("low and grey tide", "low and brown tide").replace("The Wrecker sings alone.\n\n", ""),
                may_rewrite=True)  # fmt: skip
    assert len(rows(story)) == 7  # what stands no more is gone at once
    assert places(asked(story, "brown", "3")) == []
    work()
    after = {row[0]: row for row in rows(story)}
    assert [format_point(after[key][1]) for key in after if after[key] != before[key]] == ["2:2"]  # type: ignore[arg-type]
    assert places(asked(story, "brown", "3")) == ["2:2"]
    assert places(asked(story, "grey", "3")) == []
    made = rows(story)
    Passage.objects.whole(because=WHY).filter(story=story).delete()
    renew_passages(story)
    assert rows(story) == made
    assert renew_passages(story) == 0


def test_another_language_has_everything_read_again(db: None, import_text: Callable[..., Story]) -> None:
    story = import_text("# One\n\nDie Häuser am Meer.")
    renew_passages(story)
    assert places(asked(story, "haus", "1")) == []
    story.language = "de-AT"
    story.save()
    assert renew_passages(story) == 1
    assert places(asked(story, "Haus", "1")) == ["1:1"]
    assert [marked(one.runs) for one in asked(story, "haus", "1").passages] == ["Die [Häuser] am Meer."]


def test_an_import_in_another_language_has_all_made_anew(
    db: None, import_text: Callable[..., Story], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = shore(import_text(TEXT), tmp_path)
    assert (titles(asked(story, "bake", "1")), places(asked(story, "baking", "1"))) == (["The Cook"], ["1:3"])
    import_text(TEXT, blurb="More of it.")
    assert not Job.objects.filter(kind="index-story").exists()
    import_text(TEXT, language="de")
    monkeypatch.setattr(keeping, "CHUNK", 3)  # entries: four there are
    assert work() == 4
    assert Job.objects.filter(kind="index-story", finished_at=NOW).count() == 2
    story.refresh_from_db()
    made = rows(story), tellings(story)
    Passage.objects.whole(because=WHY).filter(story=story).delete()
    Telling.objects.whole(because=WHY).filter(story=story).delete()
    keeping.renew_all(story)
    assert (rows(story), tellings(story)) == made
    assert [len(one) for one in made] == [8, 8]
    assert places(asked(story, "baking", "1")) == []


@pytest.mark.django_db(transaction=True)
def test_passages_are_written_down_before_an_import_or_after_it(import_text: Callable[..., Story]) -> None:
    """Else what the import retires could be written down once more."""
    story = import_text(TEXT)
    assert renew_passages(story) == 8
    with psycopg.connect(**connection.get_connection_params()) as other, connection.cursor() as cursor:
        other.execute("SELECT FROM reader_story WHERE id = %s FOR UPDATE", [story.pk])  # as an import does
        cursor.execute("SET lock_timeout = '50ms'")
        with pytest.raises(OperationalError, match="lock timeout"):
            renew_passages(story)
        other.rollback()
        assert renew_passages(story) == 0
        cursor.execute("RESET lock_timeout")


@pytest.mark.parametrize(
    ("language", "text", "typed", "found"),
    [
        ("ja", "猫は眠る。東京都に猫がいる。", "猫", "[猫]は眠る。東京都に[猫]がいる。"),
        ("ja", "東京都に猫がいる。", "京都に", "東[京都に]猫がいる。"),
        ("ja", "東京都に猫がいる。", "東に", None),
        ("zh-Hans", "灯塔里的灯已经灭了", "灯塔", "[灯塔]里的灯已经灭了"),
        ("zh", "灯塔里的灯已经灭了", '"灭了" -河', "灯塔里的灯已经[灭了]"),
        ("zh", "灯塔里的灯已经灭了", "灯 -塔", None),
        ("th", "แมวนอนอยู่ในบ้าน", "นอน", "แมว[นอน]อยู่ในบ้าน"),
        ("ru", "Смотритель зажёг лампу.", "лампы зажег", "Смотритель [зажёг] [лампу]."),
        ("xx", "Lamp and lamps.", "lamp", "[Lamp] and lamps."),
        (
            "en-GB",
            "A <b> and/or a naïve lamp@sea -12 3rd",
            "naive sea 3rd",
            "A <b> and/or a [naïve] lamp@[sea] -12 [3rd]",
        ),
    ],
)
def test_texts_are_found_in_their_language(
    db: None, import_text: Callable[..., Story], language: str, text: str, typed: str, found: str | None
) -> None:
    story = import_text("# One\n\nx.\n\nx", language=language)
    Paragraph.objects.filter(chapter__story=story, number=2).update(text=text)
    renew_passages(story)
    assert [marked(one.runs) for one in asked(story, typed, "1").passages] == ([found] if found else [])
    assert asked(story, typed, "1:1").passages == ()


def test_language_of_takes_any_tag() -> None:
    tags = {
        "en": "english",
        "EN_us": "english",
        "pt-BR": "portuguese",
        "nb": "norwegian",
        "": "simple",
        "tlh": "simple",
    }
    assert {tag: language_of(Story(language=tag)) for tag in tags} == {
        tag: Language(f"story_{name}") for tag, name in tags.items()
    }
    assert language_of(Story(language="zh-TW")) == Language("simple", by_pairs=True)


@pytest.mark.django_db
def test_blocks_in_the_database_are_those_of_the_text() -> None:
    points = [0, 1 << 32, 6 << 32 | 120 << 8, LAST << 32, (LAST + 9) << 32, EVERYTHING]
    with connection.cursor() as cursor:
        for story in (1, 7, 2**31 - 1):
            for one in points:
                cursor.execute(f"SELECT {blocks_sql('%(story)s', '%(point)s::bigint')}", {"story": story, "point": one})
                assert cursor.fetchone()[0] == blocks_of(story, one)
