"""The reading side's tables, one module each."""

from reader.models.bookmark import Bookmark
from reader.models.chapter import Chapter
from reader.models.job import Job
from reader.models.paragraph import Paragraph
from reader.models.place import Place
from reader.models.story import Membership, Story
from reader.models.switch import Switch
from reader.models.tally import Tally
from reader.models.user import User

__all__ = ["Bookmark", "Chapter", "Job", "Membership", "Paragraph", "Place", "Story", "Switch", "Tally", "User"]
