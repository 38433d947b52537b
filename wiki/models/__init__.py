"""The wiki's tables. Only gate, compiling, packing and lint may import them: rows never leave the gate."""

from wiki.models.block import Block, Link
from wiki.models.entry import Entry, Slug
from wiki.models.fact import Fact
from wiki.models.gated import GatedManager, GatedQuerySet, UngatedError
from wiki.models.image import Image, Picture
from wiki.models.kind import Kind
from wiki.models.name import Name
from wiki.models.wiki import Wiki

__all__ = [
    "Block",
    "Entry",
    "Fact",
    "GatedManager",
    "GatedQuerySet",
    "Image",
    "Kind",
    "Link",
    "Name",
    "Picture",
    "Slug",
    "UngatedError",
    "Wiki",
]
