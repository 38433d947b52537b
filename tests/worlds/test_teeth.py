"""(c) The proof bites: with the gate of any one function of gate.py open, a fixed pair of worlds can be told apart."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reader.pagecache import cache
from reader.text import points
from tests.worlds.acts import Person as Editor
from tests.worlds.acts import tagged
from tests.worlds.build import forget_pages
from tests.worlds.test_two_worlds import compare
from tests.worlds.world import Part, Person, World
from wiki import gate, search
from wiki.search import naming

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("worlds")]
HORIZON = points.point(2, 3)
EARLY, LATE = points.point(1, 2), points.point(3, 3)

FIRST = World(
    (
        Person(
            1,
            "character",
            (
                Part("name", "Zqfirstx", EARLY),
                Part("name", "Zqbarrelx", EARLY),  # the text prints these two from there on
                Part("name", "Zqlanternx", EARLY),
                Part("block", "Zqblockx", EARLY, link="Zqplacex"),
                Part("picture", "Zqportx", EARLY),
            ),
        ),
        Person(2, "location", (Part("name", "Zqplacex", LATE), Part("picture", "Zqlatex", LATE))),
    )
)
SECOND = World(
    (
        Person(
            1,
            "character",
            (
                *FIRST.people[0].parts,
                Part("fact", "Zqfactx", LATE, link="Zqthirdx"),
                Part("name", "Zqnamex", LATE),
                Part("name", "Zqcandlex", points.point(2, 5)),  # late in a chapter that is begun
                Part("picture", "Zqsecondx", LATE),
            ),
        ),
        Person(
            2,
            "location",
            (
                Part("name", "Zqplacex", LATE),
                Part("picture", "Zqotherx", LATE),
                Part("block", "Zqmorex", LATE, link="Zqfirstx"),
                Part("name", "Zqcandlex", LATE),  # as the third is called: whom the text means is doubtful
            ),
        ),
        Person(
            3,
            "character",
            (
                Part("name", "Zqthirdx", LATE),
                Part("block", "Zqsaidx", LATE, link="Zqfirstx"),
                Part("name", "Zqcandlex", LATE),
            ),
        ),
        Person(4, "film", (Part("name", "Zqfourthx", LATE), Part("name", "Zqfeatherx", LATE))),
    )
)
GATED = [
    name
    for name, function in inspect.getmembers(gate, inspect.isfunction)
    if function.__module__.startswith(gate.__name__)
    and not name.startswith("_")
    and {"horizon", "horizons"} & set(inspect.signature(function).parameters)
]
# Searching has its horizons in its scopes.
SEARCHED = ["find", "suggest"]
# What the search asks of names, each with a gate of its own: who fits, how they are called, what is told of them. Whom
# a fact means is asked how they are called before it shows.
ASKED_BY_NAMES = ["called", "called_at", "tellings"]
# What is shown to those who are signed in only.
OF_ACCOUNTS = {"doubts"}


@pytest.fixture(autouse=True)
def _pages_are_kept(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = str(tmp_path)
    forget_pages()
    yield
    cache.flush(live=False)


def opened(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, for which everybody has read everything."""
    signature = inspect.signature(function)

    def ungated(*args: Any, **kwargs: Any) -> Any:
        bound = signature.bind(*args, **kwargs)
        if "scopes" in bound.arguments:
            bound.arguments["scopes"] = [replace(one, horizon=points.EVERYTHING) for one in bound.arguments["scopes"]]
        elif own := {"horizons", "wanted"} & bound.arguments.keys():  # of many, each at its own
            for each in own:
                bound.arguments[each] = dict.fromkeys(bound.arguments[each], points.EVERYTHING)
        else:
            bound.arguments["horizon"] = points.EVERYTHING
        return function(*bound.args, **bound.kwargs)

    return ungated


def save_later() -> None:
    """An editor who has read everything writes of something late that nobody knows: a save, a person, a wish, a tag."""
    editor, said = Editor("editor", points.EVERYTHING), "Zqsavedx of [[Zqnowherex]]. {3:3}"
    answer = editor.save("zqfirstx", lambda form: replace(form, body=f"{form.body.rstrip()}\n\n{said}\n"))
    tag = tagged(points.point(1, 4), "Paragraph", "link", "zqfirstx", since=LATE)
    assert (answer[0], editor.post("-/decide/", tag)[0]) == (303, 303)


def is_noticed(sort: str) -> bool:
    """Whether a visitor can tell the fixed worlds apart at any address; the first one is enough."""
    with closing(compare(FIRST, SECOND, sort, HORIZON, then=save_later)) as found:
        return next(found, None) is not None


def test_the_fixed_worlds_cannot_be_told_apart() -> None:
    assert list(compare(FIRST, SECOND, "cookie", HORIZON, then=save_later)) == []


@pytest.mark.parametrize("name", GATED)
def test_an_open_gate_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, name, opened(getattr(gate, name)))
    sort = "account" if name in OF_ACCOUNTS else "cookie"
    assert is_noticed(sort)


@pytest.mark.parametrize("name", SEARCHED)
def test_an_open_search_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, name, opened(getattr(search, name)))
    assert is_noticed("cookie")


@pytest.mark.parametrize("name", ASKED_BY_NAMES)
def test_an_open_gate_below_the_search_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, name, opened(getattr(naming, name)))
    assert is_noticed("cookie")
