"""Reads the environment, in one place and with types. Knows nothing of Django."""

import os
import re
from pathlib import Path


def text(name: str, default: str) -> str:
    """The variable's value, or the default when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    """True for 1, true, yes and on, in any case."""
    value = os.environ.get(name, "").strip().lower()
    return default if not value else value in {"1", "true", "yes", "on"}


def words(name: str, default: str) -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def number(name: str, default: int) -> int:
    """A whole number; anything else is refused by name."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise SystemExit(f"{name} must be a whole number, not “{value}”.") from None


def choice(name: str, choices: tuple[str, ...]) -> str:
    """One of these words, the first when it is unset; anything else is refused by name."""
    value = text(name, choices[0]).lower()
    if value not in choices:
        raise SystemExit(f"{name} must be one of {', '.join(choices)}, not “{value}”.")
    return value


def rates(name: str, defaults: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Times and seconds by what is counted; `edit=60/600,report=5/86400` changes some, unknown names are refused."""
    found = dict(defaults)
    for word in words(name, ""):
        match = re.fullmatch(r"([a-z_]+)=([0-9]{1,9})/([1-9][0-9]{0,8})", word)
        if match is None or match[1] not in defaults:
            raise SystemExit(f"{name} must be like edit=60/600 with one of {', '.join(defaults)}, not “{word}”.")
        found[match[1]] = (int(match[2]), int(match[3]))
    return found


def folder(name: str, default: str, *, base: Path) -> Path:
    """A folder, absolute; a relative one is taken from `base`."""
    return (base / text(name, default)).resolve()
