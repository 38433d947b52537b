"""The words that a rendered block prints, as names are looked for in them and as they are searched: on one line, with
the words for pictures, without the labels of citations."""

import re
from html import unescape
from typing import Final

ATTRIBUTES: Final = r'(?:[^<>"]|"[^"]*")*'
_CITE = re.compile(rf'<a class="cite"{ATTRIBUTES}>[^<]*</a>')
_IMAGE = re.compile(rf'<img{ATTRIBUTES} alt="([^"]*)"{ATTRIBUTES}>')
_INLINE = re.compile(rf"</?(?:a|em|strong|s|code|span)\b{ATTRIBUTES}>")
_TAG = re.compile(rf"<{ATTRIBUTES}>")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")


def plain(html: str) -> str:
    """The words of our own, well-formed HTML. Tags inside a line part no words, all others do.

    >>> plain('<p>She <em>r</em>an.<small class="note">Far</small> <a class="cite" data-cite="6:1">6:1</a></p>')
    'She ran. Far'
    """
    html = _CITE.sub(" ", html)
    html = _IMAGE.sub(r" \1 ", html)
    return " ".join(_UNSEEN.sub("", unescape(_TAG.sub(" ", _INLINE.sub("", html)))).split())
