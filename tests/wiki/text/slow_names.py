"""The name finder once more, slow and obvious: every stretch of a text against every name, borders by expressions."""

import re
from functools import lru_cache

from wiki.text.capitals import needed, opens_sentence, with_and_without_stop, written
from wiki.text.folding import INVISIBLE, fold
from wiki.text.names import FindName, Found

_W = r"(?:(?![¹²])[^\W_])"  # part of a word; enough for the characters that the tests draw
_ELIDED = "c d j l m n s t qu all dall dell nell sull un quest".replace(" ", "|")


@lru_cache(maxsize=10_000)
def _fold(text: str) -> str:
    return fold(text).text


def slow_find(names: list[FindName], text: str, *, any_case: bool = False) -> list[Found]:
    """At each character the longest name that stands there, then on behind it."""
    found = []
    at = 0
    while at < len(text):
        for end in range(len(text), at, -1):
            fitting = [name for name in names if _stands(name, text, at, end, any_case=any_case)]
            if fitting:
                keys = {name.key for name in fitting}
                doubtful = keys - {name.key for name in fitting if not _is_doubtful(name, text, at)}
                found.append(Found(at, end, tuple(sorted(keys)), text[at:end], tuple(sorted(doubtful))))
                at = end - 1
                break
        at += 1
    return found


def _stands(name: FindName, text: str, start: int, end: int, *, any_case: bool) -> bool:
    stretch = text[start:end]
    if name.only_by_hand or not _is_whole(text, start, end):
        return False
    return any(
        _same(spelling, stretch) and _has_capitals(spelling, stretch, name=name, any_case=any_case)
        for spelling in with_and_without_stop(name.text)
    ) and _is_free(cased(text[:start]), cased(stretch), cased(text[end:]))


def _same(name: str, stretch: str) -> bool:
    folded = _fold(name).strip()
    return bool(folded) and folded == _fold(stretch)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Begins with a character that is seen; ends with one, or with the last accent that belongs to it."""
    if not _fold(text[start]) or text[end - 1] in INVISIBLE:
        return False
    behind = end
    while behind < len(text) and not _fold(text[behind]):
        behind += 1
    return not text[end:behind].strip(INVISIBLE)


def _letters(text: str) -> list[tuple[str, bool]]:
    """The folded text letter by letter, each with whether it was a capital; of ß and the like only the first is."""
    return [(letter, char.istitle() and not index) for char in text for index, letter in enumerate(_fold(char))]


def _has_capitals(spelling: str, stretch: str, *, name: FindName, any_case: bool) -> bool:
    spelling = spelling.strip()
    capitals = written(spelling) if name.only_capital else needed(spelling)
    marked = "".join(char if at in capitals else char.lower() for at, char in enumerate(spelling))
    wanted = [is_capital for _, is_capital in _letters(_single(marked))]
    given = [is_capital for _, is_capital in _letters(_single(stretch))]
    wanted = wanted[len(wanted) - len(given) :] if len(wanted) > len(given) else wanted
    if name.only_capital:
        return wanted == given
    return any_case or all(is_given for is_wanted, is_given in zip(wanted, given, strict=True) if is_wanted)


def _single(text: str) -> str:
    return re.sub(r"\s+", " ", "".join(char for char in text if _fold(char)))


def _is_doubtful(name: FindName, text: str, start: int) -> bool:
    capitals = [at for at, (_, is_capital) in enumerate(_letters(name.text.strip())) if is_capital]
    return name.only_capital and capitals == [0] and opens_sentence(text, start)


def cased(text: str) -> str:
    """The folded text with the capitals that it had."""
    return "".join(letter.upper() if is_capital else letter for letter, is_capital in _letters(text))


def _is_free(before: str, name: str, after: str) -> bool:
    return (not re.match(_W, name) or _begins(before, name)) and (
        not re.search(f"{_W}$", name) or _ends(before, name, after)
    )


def _begins(before: str, name: str) -> bool:
    if re.search(rf"{_W}_?$", before) or (re.search(r"\d[.,:]$", before) and name[0].isdecimal()):
        return False
    if re.search(rf"{_W}'$", before):
        return bool(re.search(rf"(?<!{_W})(?<!{_W}['_-])(?:{_ELIDED})'$", before))
    if heads := re.search(rf"(?:{_W}+-)+$", before):
        word = re.match(f"{_W}+", name)
        assert word
        is_proper = name[0].isupper() and len(name) > 1
        for head in heads[0].split("-")[:-1]:
            is_stammered = word[0].lower().startswith(head.lower()) and len(head) < len(word[0])
            if not is_stammered and not (is_proper and head[0].islower()):
                return False
    return True


def _ends(before: str, name: str, after: str) -> bool:
    if re.match(rf"_?{_W}", after) or (re.match(r"[.,:]\d", after) and name[-1].isdecimal()):
        return False
    if re.match(rf"'{_W}", after):
        return bool(re.match(rf"(?:'(?:s|d|ll|ve|re))++(?!{_W})", after, re.IGNORECASE))
    if tails := re.match(rf"(?:-{_W}+)+", after):
        word = re.search(f"{_W}+$", name)
        assert word
        return len(name) > 1 and word[0][0].isupper() and all(tail[0].islower() for tail in tails[0].split("-")[1:])
    return True
