"""Orders the finder's work, in the transaction of what made it necessary; jobs.py has it done."""

from collections.abc import Iterable

from reader import jobs


def names_changed(story: int, folded: Iterable[str]) -> None:
    """Names of a story (by primary key) came, went or were changed: have the paragraphs that hold them read again."""
    wanted = sorted({name for name in folded if name})
    if wanted:
        jobs.enqueue("tag-names", {"story": story, "names": wanted})


def text_changed(story: int) -> None:
    """The text of a story was changed: have read what is new in it."""
    jobs.enqueue("tag-text", {"story": story}, unique_key=str(story))


def all_changed(story: int) -> None:
    """Many names were changed at once: have the whole story read again."""
    jobs.enqueue("tag-all", {"story": story}, unique_key=str(story))
