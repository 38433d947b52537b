"""Orders the finder's work, in the transaction of what made it necessary; jobs.py has it done."""

from collections.abc import Iterable

from reader import jobs


def names_changed(story: int, entry: int, folded: Iterable[str]) -> None:
    """Names of an entry (story and entry by primary key) came, went or were changed.

    Have the paragraphs that hold them read again, and those where people decided about the entry.
    """
    wanted = sorted({name for name in folded if name})
    if wanted:
        jobs.enqueue("tag-names", {"story": story, "entry": entry, "names": wanted})


def text_changed(story: int) -> None:
    """The text of a story was changed: have read what is new in it, for tags and for the search."""
    jobs.enqueue("tag-text", {"story": story}, unique_key=str(story))
    jobs.enqueue("index-text", {"story": story}, unique_key=str(story))


def language_changed(story: int) -> None:
    """A story is in another language than was said: have all that is searched in it made anew."""
    jobs.enqueue("index-story", {"story": story}, unique_key=str(story))


def decided(story: int, paragraph: int) -> None:
    """Somebody decided about words in a paragraph (by primary key) while the story was being read."""
    jobs.enqueue("tag-decided", {"story": story, "paragraph": paragraph}, unique_key=str(paragraph))


def all_changed(story: int) -> None:
    """Many names were changed at once: have the whole story read again."""
    jobs.enqueue("tag-all", {"story": story}, unique_key=str(story))
