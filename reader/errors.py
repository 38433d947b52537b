"""The errors of the reader: each carries, as its argument, the one sentence that a person reads."""


class ReaderError(Exception):
    """Something a person asked for that the reader refuses."""


class ManuscriptError(ReaderError):
    """A file that cannot be taken in as a manuscript."""


class PointError(ReaderError):
    """Something that is not a point in a story."""


class NumberingError(ReaderError):
    """A manuscript whose paragraphs or chapters cannot take a place among those that are there."""


class BookmarkError(ReaderError):
    """A bookmark that cannot be kept."""


class ImportRefusedError(ReaderError):
    """A manuscript that cannot go into this story."""


class RoleError(ReaderError):
    """A part in a story that cannot be given or taken away."""
