"""Whether a new edition of a story still has the chapters of the one before in their places. Knows texts only."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from reader.errors import NumberingError

_SHARE: Final = 3  # a chapter stands where at least a third of its words, and of the words there, are


def check_chapters(old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]) -> None:
    """Refuse, in one sentence, a new edition that takes out, inserts or reorders chapters; any may be added at the end.

    Chapters are lists of paragraphs' texts. A chapter counts as being elsewhere when at least a third of it is found,
    unchanged, in one other chapter, of which that is at least a third, and its own place holds something else; one that
    was merely rewritten, or lost a scene to its neighbour, is allowed. Raises NumberingError. Linear.

    >>> check_chapters([["One night it rained."]], [["One night it rained, hard."], ["In the morning it was dry."]])
    >>> check_chapters([["One night it rained."]], [["Once upon a time."], ["One night it rained."]])
    Traceback (most recent call last):
    reader.errors.NumberingError: Chapter 1 of the story is chapter 2 of the file: chapters can be added at the end, \
but not inserted or moved.
    """
    places = _places(old, new)
    if len(new) < len(old):
        lost = [number for number in range(1, len(old) + 1) if number not in places]
        named = f" (chapter {lost[0]:,} is missing)" if len(lost) == 1 else ""
        raise NumberingError(
            f"The story has {_chapters(len(old))} and the file only {len(new):,}{named}: chapters can be added at the "
            "end, but not taken out."
        )
    for number, place in sorted(places.items()):
        if place != number:
            raise NumberingError(
                f"Chapter {number:,} of the story is chapter {place:,} of the file: chapters can be added at the end, "
                "but not inserted or moved."
            )


def _places(old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]) -> dict[int, int]:
    """Where each old chapter stands in the new edition, counted from 1; one rewritten or left out is missing."""
    old_home, new_home = _homes(old), _homes(new)
    old_size, new_size = _sizes(old_home), _sizes(new_home)
    shared: defaultdict[tuple[int, int], int] = defaultdict(int)
    for text, number in old_home.items():
        if number and (place := new_home.get(text)):
            shared[number, place] += len(text)
    places: dict[int, int] = {}
    for (number, place), size in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if size * _SHARE >= max(old_size[number], new_size[place]):
            places.setdefault(number, place)
    # A chapter whose place still holds mostly its own words was divided, not moved.
    divided = [number for number in places if shared[number, number] * _SHARE >= new_size[number] > 0]
    return places | {number: number for number in divided}


def _homes(chapters: Sequence[Sequence[str]]) -> dict[str, int]:
    """The one chapter of each text, counted from 1; 0 for a text that stands in several, which proves nothing."""
    homes: dict[str, int] = {}
    for number, texts in enumerate(chapters, start=1):
        for text in texts:
            if homes.setdefault(text, number) != number:
                homes[text] = 0
    return homes


def _sizes(homes: dict[str, int]) -> defaultdict[int, int]:
    """The characters of each chapter's own texts."""
    sizes: defaultdict[int, int] = defaultdict(int)
    for text, number in homes.items():
        sizes[number] += len(text)
    return sizes


def _chapters(count: int) -> str:
    return "1 chapter" if count == 1 else f"{count:,} chapters"
