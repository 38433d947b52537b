"""The environment, read with types."""

from pathlib import Path

import pytest

from config import env


@pytest.mark.parametrize(("value", "expected"), [(None, "usual"), ("", "usual"), ("  ", "usual"), (" said ", "said")])
def test_text_is_the_value_or_the_default(monkeypatch: pytest.MonkeyPatch, value: str | None, expected: str) -> None:
    _put(monkeypatch, value)

    assert env.text("STORY_TEST", "usual") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1", True),
        ("true", True),
        (" YES ", True),
        ("On", True),
        ("0", False),
        ("no", False),
        ("off", False),
        ("x", False),
    ],
)
def test_flag_is_true_for_a_few_words(monkeypatch: pytest.MonkeyPatch, value: str, *, expected: bool) -> None:
    _put(monkeypatch, value)

    assert [env.flag("STORY_TEST", default=default) for default in (False, True)] == [expected, expected]


@pytest.mark.parametrize("value", [None, "", " "])
def test_flag_is_the_default_when_nothing_is_said(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    _put(monkeypatch, value)

    assert [env.flag("STORY_TEST", default=default) for default in (False, True)] == [False, True]


@pytest.mark.parametrize(
    ("value", "expected"), [(None, ["a", "b"]), ("one", ["one"]), (" one , two,,", ["one", "two"]), (",", [])]
)
def test_words_are_parted_by_commas(monkeypatch: pytest.MonkeyPatch, value: str | None, expected: list[str]) -> None:
    _put(monkeypatch, value)

    assert env.words("STORY_TEST", "a,b") == expected


@pytest.mark.parametrize(("value", "expected"), [(None, 5), ("", 5), ("16", 16), (" -3 ", -3), ("16_000", 16_000)])
def test_number_is_a_whole_one(monkeypatch: pytest.MonkeyPatch, value: str | None, expected: int) -> None:
    _put(monkeypatch, value)

    assert env.number("STORY_TEST", 5) == expected


@pytest.mark.parametrize("value", ["x", "1.5", "1 000"])
def test_number_refuses_anything_else_by_name(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    _put(monkeypatch, value)

    with pytest.raises(SystemExit, match=f"STORY_TEST must be a whole number, not “{value}”."):
        env.number("STORY_TEST", 5)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, {"edit": (30, 600), "report": (20, 60)}),
        ("edit=60/600", {"edit": (60, 600), "report": (20, 60)}),
        (" report=0/1 , edit=1/2,", {"edit": (1, 2), "report": (0, 1)}),
    ],
)
def test_rates_change_those_that_are_named(
    monkeypatch: pytest.MonkeyPatch, value: str | None, expected: dict[str, tuple[int, int]]
) -> None:
    _put(monkeypatch, value)

    assert env.rates("STORY_TEST", {"edit": (30, 600), "report": (20, 60)}) == expected


@pytest.mark.parametrize("value", ["edit", "edit=5", "edit=5/0", "edit=-5/60", "whistle=5/60", "edit=5/60/7"])
def test_rates_refuse_anything_else_by_name(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    _put(monkeypatch, value)

    with pytest.raises(SystemExit, match=f"STORY_TEST must be like edit=60/600 with one of edit, not “{value}”."):
        env.rates("STORY_TEST", {"edit": (30, 600)})


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, "/base/var"), ("else", "/base/else"), ("/else/where", "/else/where"), ("../up", "/up")],
)
def test_folder_is_absolute(monkeypatch: pytest.MonkeyPatch, value: str | None, expected: str) -> None:
    _put(monkeypatch, value)

    assert env.folder("STORY_TEST", "var", base=Path("/base")) == Path(expected)


def _put(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    if value is None:
        monkeypatch.delenv("STORY_TEST", raising=False)
    else:
        monkeypatch.setenv("STORY_TEST", value)
