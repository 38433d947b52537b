"""The paper cuts of this pack, as shapes. Knows nothing of the site; `draw.py` beside it makes the pictures."""

from . import company, faces, figures, happenings, houses, programmes, things, town
from .cuts import PICTURES
from .inks import palette, sheet

__all__ = [
    "PICTURES",
    "company",
    "faces",
    "figures",
    "happenings",
    "houses",
    "palette",
    "programmes",
    "sheet",
    "things",
    "town",
]
