"""The errors of the wiki: each carries the sentence, or the sentences, that a person reads."""

from dataclasses import dataclass


class WikiError(Exception):
    """Something a person asked of the wiki that it refuses."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a pack: the file inside it, the line (0 = the whole file), and a sentence."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.sentence}"


class PackError(WikiError):
    """A pack that cannot be loaded; `faults` holds everything that is wrong with it, at once."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class PictureError(WikiError):
    """A file that cannot be kept as a picture."""


class EditError(WikiError):
    """A change that cannot be saved as it is; nothing was changed, and the text goes back to its writer."""


class NotAllowedError(EditError):
    """A change that this account may not make."""


class GoneError(EditError):
    """What was to be changed is not there as far as this person has read: alike for the unknown and the unmet."""


class ClashError(EditError):
    """What was to be changed is not any more, or not yet, as this person saw it."""


class UsedTokenError(EditError):
    """A form that was not made for this person and this entry."""


class SearchTooSlowError(WikiError):
    """A search that was given up, so that it does not slow the others."""
