"""How long saving takes in the server, in a wiki of 5,000 entries; and a preview and a diff of the longest texts."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ENTRIES = 5_000
SHORT, LONG, LONGEST = 2_000, 60_000, 200_000  # characters of a body
STORY = "bench-editing-1"


def measure(var: Path) -> Iterator[tuple[str, str, str]]:
    """Rows of the table."""
    corpus = ["make_corpus", f"--entries={ENTRIES}", "--chapters=60", "--slug-prefix=bench-editing", "--quiet"]
    subprocess.run([sys.executable, "manage.py", *corpus], check=True, env={**os.environ, "VAR": str(var)})
    code = "from tests.bench.editing import run; run()"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, env={**os.environ, "VAR": str(var)}, capture_output=True, text=True
    )
    for line in done.stdout.splitlines():
        what, measured, wanted = line.split("\t")
        yield what, measured, wanted


def run() -> None:
    """Run in a process of its own: prints rows."""
    from config import database, env

    database.start(env.folder("VAR", "var", base=Path.cwd()))
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    from reader.models import Membership, Story, User

    story = Story.objects.get(slug=STORY)
    user = User.objects.create_user("bench", "bench@example.org", "a long enough phrase")
    Membership.objects.create(user=user, story=story, role="editor")
    for size, rounds, wanted in ((SHORT, 40, "≤ 30 ms"), (LONG, 9, "≤ 400 ms")):
        times = list(_saves(story, user, size, rounds))
        said = f"{statistics.median(times):.1f} ms, worst {max(times):.1f}"
        print(f"saving an article of {size:,} characters, median\t{said}\t{wanted}")
    _texts(story, user)


def _saves(story: object, user: object, size: int, rounds: int) -> Iterator[float]:
    from reader.text.points import chapter_end
    from wiki.editing.forming import edit_page, find_entry
    from wiki.editing.forms import EntryForm, NameField
    from wiki.editing.rights import rights_of
    from wiki.editing.saving import Save, new_token, save

    horizon = chapter_end(60)
    form = EntryForm("character", (NameField(text=f"Bench {size}", since="1:1"),), (), (), body_of(size))
    rights = rights_of(user, story)  # type: ignore[arg-type]
    made = save(story, Save(new_token(user=user.pk, horizon=horizon, story=story.pk), form), rights, horizon=horizon)  # type: ignore[attr-defined, arg-type]
    for turn in range(rounds):
        entry = find_entry(story, made.slug, horizon)  # type: ignore[arg-type]
        assert entry
        page = edit_page(entry, user=user.pk, horizon=horizon)  # type: ignore[attr-defined]
        body = (
            page.form.body.replace("The", f"Turn {turn}: the", 1)
            if turn % 2
            else page.form.body.replace("was", "is", 1)
        )
        sent = Save(page.token, EntryForm("character", page.form.names, page.form.facts, (), body))
        began = time.perf_counter()
        rights = rights_of(user, story)  # type: ignore[arg-type]
        outcome = save(story, sent, rights, horizon=horizon)  # type: ignore[arg-type]
        assert outcome.sort == "saved", outcome
        yield (time.perf_counter() - began) * 1000


def _texts(story: object, user: object) -> None:
    from reader.text.points import chapter_end
    from wiki.editing.forms import EntryForm, NameField
    from wiki.editing.previewing import preview
    from wiki.editing.tokens import Token
    from wiki.text import diff

    old = body_of(LONGEST)
    new = old.replace("lamp", "lantern").replace("Turn", "Then")
    token = Token(user.pk, chapter_end(60))  # type: ignore[attr-defined]
    form = EntryForm("character", (NameField(text="Bench", since="1:1"),), (), (), old)
    works: dict[str, Callable[[], object]] = {
        f"preview of {LONGEST:,} characters": lambda: preview(story, token=token, form=form),  # type: ignore[arg-type]
        f"words that differ in two texts of {LONGEST:,}": lambda: diff.words(old, new),
    }
    for what, work in works.items():
        print(f"{what}\t{_seconds(work):.2f} s\t< 1 s")


def _seconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def body_of(size: int) -> str:
    """An article: headings, paragraphs and items of some 120 characters, each cited."""
    out: list[str] = []
    length, number = 0, 0
    while length < size:
        number += 1
        mark = f"## Part {number}\n\n" if number % 12 == 1 else "- " if number % 5 == 0 else ""
        text = (
            f"{mark}The lamp was lit in year {number} and nobody in the town spoke of it again until the boats came. "
        )
        out.append(f"{text}{{{1 + number % 50}:{1 + number % 9}}}")
        length += len(out[-1]) + 2
    return "\n\n".join(out)[:size].rsplit("\n\n", 1)[0] + "\n"
