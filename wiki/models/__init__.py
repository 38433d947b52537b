"""The wiki's tables. Only gate, compiling, editing, packing and lint may import them: rows never leave the gate."""

from wiki.models.block import Block, Link
from wiki.models.entry import Entry, Slug
from wiki.models.fact import Fact
from wiki.models.gated import GatedManager, GatedQuerySet, UngatedError
from wiki.models.image import Image, Picture
from wiki.models.keeping import Act, Ban, Proposal, Report, Watch
from wiki.models.kind import Kind
from wiki.models.name import Name
from wiki.models.revision import Change, Revision
from wiki.models.search import Passage, Telling, Word
from wiki.models.tagging import Scan, Tagging
from wiki.models.wiki import Wiki

__all__ = [
    "Act",
    "Ban",
    "Block",
    "Change",
    "Entry",
    "Fact",
    "GatedManager",
    "GatedQuerySet",
    "Image",
    "Kind",
    "Link",
    "Name",
    "Passage",
    "Picture",
    "Proposal",
    "Report",
    "Revision",
    "Scan",
    "Slug",
    "Tagging",
    "Telling",
    "UngatedError",
    "Watch",
    "Wiki",
    "Word",
]
