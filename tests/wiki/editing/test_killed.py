"""A server killed in the middle of a save has saved all of it or nothing, and the form sent again saves it once."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from reader.models import Story, User
from reader.text.points import parse_point
from tests.conftest import manuscript_of
from tests.wiki.packs import entry, write_pack
from wiki.editing.forming import edit_page, find_entry
from wiki.editing.forms import EditPage
from wiki.editing.rights import rights_of
from wiki.editing.saving import Save, save
from wiki.models import Block, Change, Revision
from wiki.packing import import_pack

TURNS = 50
POINT = "2"
WHY = "a test looks at everything"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def saver() -> Iterator["subprocess.Popen[str]"]:
    """The process whose children save into this test's database."""
    held = connection.settings_dict
    url = f"postgresql://{held['USER']}@{quote(str(held['HOST']), safe='')}:{held['PORT'] or 5432}/{held['NAME']}"
    environment = {**os.environ, "DATABASE_URL": url, "SECRET_KEY": settings.SECRET_KEY}
    command = [sys.executable, "-m", "tests.wiki.editing.killed"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment, cwd=Path(__file__).parents[3], **pipes) as process:  # type: ignore[call-overload]
        assert process.stdout.readline() == "ready\n"
        yield process
        process.stdin.close()


@pytest.fixture
def keeper(import_text: Callable[..., Story], tmp_path: Path) -> Story:
    story = import_text(manuscript_of(3))
    import_pack(
        write_pack(tmp_path, {"keeper": entry("He trims the lamp. {1:3}\n\nHe leaves. {3:2}", The_Keeper="1:2")})
    )
    return story


def page_of(story: Story, user: User) -> EditPage:
    found = find_entry(story, "the-keeper", parse_point(POINT))
    assert found
    return edit_page(found, user=user.pk, horizon=parse_point(POINT))


def bodies(story: Story) -> list[str]:
    rows = Block.objects.whole(because=WHY).filter(story=story).order_by("position")
    return list(rows.values_list("source", flat=True))


def revisions() -> int:
    return Revision.objects.whole(because=WHY).count()


def kill_in_time(process: "subprocess.Popen[str]", asked: dict[str, str], seconds: float) -> None:
    """Have a child save, and kill it so long after it has begun."""
    stdin, stdout = _pipes(process)
    stdin.write(json.dumps(asked) + "\n")
    stdin.flush()
    said: dict[str, str] = {}
    while not {"child", "begun"} <= said.keys():
        word, _, rest = stdout.readline().strip().partition(" ")
        said[word] = rest
    time.sleep(seconds)
    os.kill(int(said["child"]), signal.SIGKILL)
    stdin.write("\n")
    stdin.flush()
    while stdout.readline() != "over\n":
        pass


def _pipes(process: "subprocess.Popen[str]") -> tuple[IO[str], IO[str]]:
    assert process.stdin
    assert process.stdout
    return process.stdin, process.stdout


def test_a_save_that_is_killed_is_whole_or_nothing_and_never_twice(
    keeper: Story, member: User, saver: "subprocess.Popen[str]"
) -> None:
    chance = random.Random(7)
    cut_short = 0
    for turn in range(TURNS):
        before, count = bodies(keeper), revisions()
        page = page_of(keeper, member)
        form = replace(page.form, body=f"He trims the lamp for the {turn}th time. {{1:3}}\n")
        asked = {"story": keeper.slug, "user": member.username, "horizon": POINT, "token": page.token}
        kill_in_time(saver, asked | {"form": json.dumps(form.as_json())}, chance.uniform(0, 0.06))

        after = [f"He trims the lamp for the {turn}th time. {{1:3}}", "He leaves. {3:2}"]
        assert (bodies(keeper), revisions()) in [(before, count), (after, count + 1)]
        cut_short += revisions() == count
        outcome = save(keeper, Save(page.token, form), rights_of(member, keeper), horizon=parse_point(POINT))
        assert (outcome.sort, bodies(keeper), revisions()) == ("saved", after, count + 1)
    assert Change.objects.whole(because=WHY).count() == TURNS
    assert 0 < cut_short < TURNS, "all of them came too early, or too late, to prove anything"
