"""Cuts a text around what was found in it: the sentence, or the piece, in which most of it stands together."""

from collections.abc import Iterator, Sequence
from typing import Final

from wiki.text.lines import Run
from wiki.text.passages import line_around
from wiki.text.sentences import LONGEST, first_sentence

OPEN, CLOSE = "\ue000", "\ue001"
"""Marks that no text has, around what was found."""
WIDTH: Final = 240
"""Characters of a piece, without what is cut away between words."""
Span = tuple[int, int]


def spans_of(marked: str) -> list[Span]:
    """Where the marks stand, in the text without them.

    >>> spans_of(f"The {OPEN}lamp{CLOSE} and the {OPEN}sea{CLOSE}")
    [(4, 8), (17, 20)]
    """
    spans, at = [], 0
    for number, piece in enumerate(marked.replace(CLOSE, OPEN).split(OPEN)):
        if number % 2:
            spans.append((at, at + len(piece)))
        at += len(piece)
    return spans


def spans_within(text: str, words: Sequence[str]) -> list[Span]:
    """Where words stand in a text that parts none, in small letters as in capitals.

    >>> spans_within("猫は眠る。猫", ["猫"])
    [(0, 1), (5, 6)]
    """
    small = text.lower()
    if len(small) != len(text):
        return []
    found = {span for word in words if word for span in _each(small, word.lower())}
    spans: list[Span] = []
    for start, end in sorted(found):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def sentence(text: str, spans: Sequence[Span]) -> tuple[Run, ...]:
    """The sentence that holds most of what was found, the first of equal ones; a long one is cut around it.

    >>> [run.text for run in sentence("He left. The lamp was out. So was he.", [(13, 17)])]
    ['The ', 'lamp', ' was out.']
    """
    best = max(_sentences(text), key=lambda one: (_weight(text, spans, one), -one[0]), default=(0, len(text)))
    start, end = best
    inside = [(a - start, b - start) for a, b in spans if start <= a and b <= end]
    if end - start > LONGEST:
        return around(text[start:end], inside)
    return _runs(text[start:end], inside)


def around(text: str, spans: Sequence[Span], *, width: int = WIDTH) -> tuple[Run, ...]:
    """The piece of a text where most of what was found stands together, cut between words.

    >>> [run.text for run in around("one two three four five six", [(8, 13)], width=18)]
    ['… two ', 'three', ' four …']
    """
    if len(text) <= width:
        return _runs(text, spans)
    if not spans:
        return _runs(line_around(text, 0, 0, width=width)[2].lstrip(), ())
    first = max(spans, key=lambda one: (_weight(text, spans, (one[0], one[0] + width - _before(width))), -one[0]))
    last = max((end for _start, end in spans if end <= first[0] + width - _before(width)), default=first[1])
    room = max(0, width - (last - first[0]))
    left = min(_before(width), first[0], room)
    before, middle, after = line_around(text, first[0], last, width=left)
    more = line_around(text, first[0], last, width=max(left, room - left))[2]
    inside = [(a - first[0], b - first[0]) for a, b in spans if first[0] <= a and b <= last]
    runs = [Run(before, is_name=False), *_runs(middle, inside), Run(more or after, is_name=False)]
    return tuple(run for run in runs if run.text)


def _before(width: int) -> int:
    return width // 3


def _each(text: str, word: str) -> Iterator[Span]:
    at = text.find(word)
    while at >= 0:
        yield at, at + len(word)
        at = text.find(word, at + len(word))


def _sentences(text: str) -> Iterator[Span]:
    at = 0
    while at < len(text):
        rest = text[at:].lstrip()
        start = len(text) - len(rest)
        end = start + len(first_sentence(rest, longest=len(rest)))
        if end > start:
            yield start, end
        at = max(end, start + 1)


def _weight(text: str, spans: Sequence[Span], within: Span) -> tuple[int, int]:
    """How many different words stand there, then how many at all."""
    found = [text[a:b].casefold() for a, b in spans if within[0] <= a and b <= within[1]]
    return len(set(found)), len(found)


def _runs(text: str, spans: Sequence[Span]) -> tuple[Run, ...]:
    runs, at = [], 0
    for start, end in spans:
        runs += [Run(text[at:start], is_name=False), Run(text[start:end], is_name=True)]
        at = end
    return tuple(run for run in [*runs, Run(text[at:], is_name=False)] if run.text)
