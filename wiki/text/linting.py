"""The decisions of the spoiler lint: what is wrong with one part of a wiki, or with one name, and how to mend it.

A gate is worked out once, when a part is saved, and never moved by what others save later; so what turns out to print a
name known only later is found here, for people who have met it. Knows no tables.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from reader.text.points import format_point
from wiki.text.gating import NamesKnown
from wiki.text.lintshape import IN_TEXT, Finding, Linked, NameRow, Part, Sort
from wiki.text.standing import Paragraphs

_SHOWN: Final = 60  # characters of a part's words in a sentence
_PLACES: Final[dict[str, str]] = {"block": "cite {{{}}} in it", "premise": "leave it out of the premise"}


def excerpt(text: str) -> str:
    """The beginning of a text, in quotation marks, for a sentence that speaks of it.

    >>> excerpt("She runs two old projectors, which she calls Mary and Martha, and a lamp.")
    '“She runs two old projectors, which she calls Mary and…”'
    """
    if len(text) <= _SHOWN:
        return f"“{text}”"
    return f"“{text[:_SHOWN].rsplit(' ', 1)[0].rstrip(' ,;:.')}…”"


def check_part(part: Part, names: NamesKnown, paragraphs: Paragraphs, targets: Mapping[str, str]) -> Iterator[Finding]:
    """All that is wrong with one part, spoilers first.

    `names` are those of the whole wiki; `targets` all names that a link can lead to, folded, and how each is written.

    >>> from wiki.text.lexicon import KnownName, Lexicon
    >>> part = Part("fact", "ines", "The fact “Brother”", ("Theo",), 256, dates=(256,))
    >>> lexicon = Lexicon([KnownName("Theo", 5 << 32 | 256)])
    >>> [finding.sentence for finding in check_part(part, lexicon, Paragraphs([256], {}), {})]
    ['The fact “Brother” prints “Theo”, known only from 5:1.']
    """
    unmet = [link for link in part.links if part.what == "fact" and (names.known(link.target) or 0) > part.since]
    yield from _early(part, names, but={link.shown for link in unmet})
    yield from (_unmet(part, link, names.known(link.target) or 0) for link in unmet)
    yield from _places(part, paragraphs)
    yield from _dead(part, names, targets)
    yield from _stamped(part, names)


def check_name(name: NameRow, first: int | None) -> Finding | None:
    """What is wrong with the date of a name that first stands in the text at a point; None for `first`: nowhere.

    >>> check_name(NameRow(1, "crane", "Mr Crane", "alias", 2 << 32 | 256), 3 << 32 | 512).mend
    'since = "3:2"'
    """
    title = f"The {name.sort} “{name.text}”"
    if name.sort not in IN_TEXT:
        if not name.is_stamped:
            return None
        sentence = f"{title} has no date but its stamp."
        return Finding(
            "stamped", name.entry, name.since, name.since, sentence, "date it by the paragraph that tells it"
        )
    if first is None:
        mend = 'look at the spelling, take it out, or make it sort = "described" and date it by what tells it'
        return Finding("absent-name", name.entry, name.since, name.since, f"{title} never stands in the text.", mend)
    there = format_point(first)
    if name.is_stamped:
        sentence = f"{title} has no date but its stamp; it first stands in {there}."
        return Finding("stamped", name.entry, name.since, max(name.since, first), sentence, f'since = "{there}"')
    if first <= name.since:
        return None
    sentence = f"{title} is dated {format_point(name.since)}, but first stands in {there}."
    return Finding("early-name", name.entry, name.since, first, sentence, f'since = "{there}"')


def check_entry(entry: str, since: int, *, is_cited: bool, is_linked: bool) -> Iterator[Finding]:
    """What an entry lacks: a citation anywhere in its body, a link from any other entry.

    >>> [finding.sort for finding in check_entry("ines", 256, is_cited=True, is_linked=False)]
    ['orphan']
    """
    if not is_cited:
        sentence = "Nothing in its body cites the text."
        yield Finding("uncited", entry, since, since, sentence, "cite after each sentence, as {6:120}")
    if not is_linked:
        sentence = "No other entry links to it."
        yield Finding("orphan", entry, since, since, sentence, "name it in [[ ]] where others speak of it")


def _early(part: Part, names: NamesKnown, *, but: set[str]) -> Iterator[Finding]:
    """Names that it prints and that are known only later; also those that only a link says, being for hands alone."""
    printed = {name.shown: name.known for text in part.texts for name in names.find(text)}
    for link in part.links:
        known = names.known(link.target)
        if link.prints_name and known is not None:
            printed.setdefault(link.shown, known)
    for shown, known in printed.items():
        if known > part.since and shown not in but:
            there = format_point(known)
            sentence = f"{part.title} prints “{shown}”, known only from {there}."
            yield _finding("early", part, known, sentence, _later(part, there))


def _unmet(part: Part, link: Linked, known: int) -> Finding:
    """A link of a fact to what is not met when it shows. In a block such a link is plain words until then: no fault."""
    there = format_point(known)
    sentence = f"{part.title} links to “{link.shown}”, which is met only at {there}."
    return _finding("unmet-link", part, known, sentence, _later(part, there))


def _later(part: Part, there: str) -> str:
    return _PLACES.get(part.what, 'since = "{}"').format(there)


def _places(part: Part, paragraphs: Paragraphs) -> Iterator[Finding]:
    """Paragraphs that it cites or is dated by and that do not stand there."""
    for points, is_date in ((part.citations, False), (part.dates, True)):
        for point in dict.fromkeys(points):
            trouble = paragraphs.trouble(point, is_date=is_date)
            if trouble:
                sentence = f"{part.title} {'is dated' if is_date else 'cites'} {format_point(point)}, {trouble.words}."
                yield _finding("citation", part, max(point, trouble.point), sentence, trouble.mend)


def _dead(part: Part, names: NamesKnown, targets: Mapping[str, str]) -> Iterator[Finding]:
    for link in part.links:
        if link.target not in targets:
            guess = _nearest(link.target, targets)
            mend = f"write [[{guess}]]" if guess else "give an entry this name, or take the brackets away"
            sentence = f"{part.title} links to “{link.shown}”, and nothing is called so."
            yield _finding("dead-link", part, names.known(guess) or 0, sentence, mend)


def _nearest(target: str, targets: Mapping[str, str]) -> str:
    """The name that was perhaps meant: nearly the same letters, beginning or ending alike."""
    alike = [name for name in targets if name[:2] == target[:2] or name[-3:] == target[-3:]]
    close = get_close_matches(target, alike[:2_000], n=1, cutoff=0.8)
    return targets[close[0]] if close else ""


def _stamped(part: Part, names: NamesKnown) -> Iterator[Finding]:
    if not part.is_stamped or part.what == "name":  # a name's date is looked at with the text
        return
    met = max((name.known for text in part.texts for name in names.find(text)), default=0)
    sentence = f"{part.title} is dated by nothing but its stamp, {format_point(part.since)}."
    hint = f" (what it names is known from {format_point(met)})" if 0 < met < part.since else ""
    mend = "cite the paragraph that tells it" if part.what == "block" else "give it a since"
    yield _finding("stamped", part, part.since, sentence, mend + hint)


def _finding(sort: Sort, part: Part, known: int, sentence: str, mend: str) -> Finding:
    return Finding(sort, part.entry, part.since, max(known, part.since), sentence, mend)
