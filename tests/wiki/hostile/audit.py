"""Looks through a page for whatever only a stranger can have put there: marks of payloads anywhere but in words,
elements and attributes that are not ours, addresses that load from elsewhere. Stricter than a browser: any "<" out of
place counts."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from tests.wiki.hostile.payloads import ELSEWHERE, RAN

_NAME = r"[a-z][a-z0-9-]*"
_ATTRIBUTE: Final = re.compile(r"""\s+([A-Za-z][A-Za-z0-9:_-]*)(?:="([^"]*)"|='([^']*)')?""")
_TOKEN: Final = re.compile(
    rf"""<!doctype\shtml>|<(?P<end>/)?(?P<tag>{_NAME})(?P<attrs>(?:\s+[A-Za-z][A-Za-z0-9:_-]*(?:="[^"]*"|='[^']*')?)*)\s*/?>"""
)
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_NOT_READ: Final = re.compile(r"[\t\n\r]")
_C0: Final = "".join(map(chr, range(33)))


def _words(said: str) -> frozenset[str]:
    return frozenset(said.split())


VOID: Final = frozenset(["br", "col", "hr", "img", "input", "link", "meta", "use", "path", "source", "wbr"])
TAGS: Final = _words(
    """
    html head meta title link script body header nav main footer section article aside div span p h1 h2 h3 h4 h5
    h6 ul ol li dl dt dd form input button textarea select option datalist label fieldset legend details summary
    table thead tbody tr th td figure figcaption blockquote q ins del em strong s code pre small b i br hr sup a
    img svg use path time noscript template output menu dialog bdi as-of cite-mend draft-done edit-rows
    kept-draft passkey-form live-preview look-sheet markdown-toolbar md-bold md-italic md-header-2 md-quote
    md-unordered-list md-header md-ordered-list wiki-editor wiki-offers wiki-pictures paragraph-tools
    search-box kbd mark
    """
)
ATTRIBUTES: Final = _words(
    """
    accept accept-charset action alt autocapitalize autocomplete autocorrect charset checked class cols colspan
    content crossorigin datetime decoding dir disabled enctype enterkeyhint fetchpriority fill for form
    formaction formmethod formnovalidate height hidden href id inputmode lang list loading max maxlength media
    method min minlength multiple name novalidate open pattern placeholder popover popovertarget property
    readonly rel required role rows scope selected size sizes spellcheck src srcset start step stroke
    stroke-linecap stroke-linejoin stroke-width tabindex title type value viewBox width d xmlns focusable
    preserveAspectRatio vector-effect level
    """
)
_OWN_DATA: Final = re.compile(r"(?:aria|data)-(?!hx)[a-z-]+")
ADDRESSES: Final = frozenset({"href", "src", "srcset", "action", "formaction", "poster", "data-probe"})
WORDS: Final = frozenset(
    {("input", "value"), ("option", "value"), ("img", "alt"), ("input", "placeholder"), ("cite-mend", "data-words")}
)
OUTSIDE: Final = "nofollow noopener ugc"
"""What a link to elsewhere says of itself: nothing else may lead away, and nothing at all may load from there."""


@dataclass
class Audit:
    """What a page holds: its words (those of attributes apart), and all that is wrong with it."""

    html: str
    is_fragment: bool = False
    wrong: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)
    alts: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        self._open: list[str] = []
        self._area = self._select = ""
        self._ids: set[str] = set()
        words, at = [], 0
        for match in _TOKEN.finditer(self.html):
            words.append(self._words(self.html[at : match.start()]))
            if self._area and match["tag"] == "textarea":
                self.areas[self._area] = unescape(words[-1].removeprefix("\n"))
            at, self._area = match.end(), ""
            if match["tag"]:
                self._tag(match["tag"], match["attrs"], is_end=bool(match["end"]))
        words.append(self._words(self.html[at:]))
        if self._open:
            self.wrong.append(f"left open: {self._open}")
        self.text = squeezed(unescape("".join(words)))

    def _words(self, raw: str) -> str:
        if "<" in raw:
            self.wrong.append(f"a stray <: {raw[max(0, raw.find('<') - 40) : raw.find('<') + 60]!r}")
        if raw.strip() and self._open[-1:] in (["script"], ["style"], ["noscript"]):
            self.wrong.append(f"words in <{self._open[-1]}>: {raw[:60]!r}")
        return raw

    def _tag(self, tag: str, attrs: str, *, is_end: bool) -> None:
        if is_end:
            if not self._open or self._open.pop() != tag:
                self.wrong.append(f"</{tag}> closes something else")
            return
        found = {name: unescape(one or two) for name, one, two in _ATTRIBUTE.findall(attrs)}
        if len(found) != len(_ATTRIBUTE.findall(attrs)):
            self.wrong.append(f"an attribute twice: <{tag}{attrs}>")
        if tag not in TAGS:
            self.wrong.append(f"not ours: <{tag}{attrs}>")
        for name, value in found.items():
            self._attribute(tag, name, value, found)
        if tag == "script" and not found.get("src", "").startswith("/static/"):
            self.wrong.append(f"not our script: {attrs}")
        if tag == "textarea":
            self._area = found.get("name", "")
        if (
            tag == "input"
            and "name" in found
            and ("checked" in found or found.get("type") not in ("checkbox", "radio"))
        ):
            self.fields[found["name"]] = found.get("value", "on")
        if tag == "select":
            self._select = found.get("name", "")
        if tag == "option" and "selected" in found:
            self.fields[self._select] = found.get("value", "")
        if tag == "img":
            self.alts.append(found.get("alt", ""))
        if tag not in VOID:
            self._open.append(tag)

    def _attribute(self, tag: str, name: str, value: str, all_of_it: dict[str, str]) -> None:
        said = f'<{tag} {name}="{value[:80]}">'
        if name not in ATTRIBUTES and not _OWN_DATA.fullmatch(name):
            self.wrong.append(f"not ours: {said}")
        if name == "id":
            if value in self._ids:
                self.wrong.append(f"twice on the page: {said}")
            self._ids.add(value)
        if name in {"id", "name"} and not re.fullmatch(r"[\w-]+", value):
            self.wrong.append(f"a name for scripts: {said}")
        is_link = tag == "a" and name == "href"
        if name in ADDRESSES:
            self._address(value, said, is_outside=is_link and all_of_it.get("rel") == OUTSIDE)
            self.links.append(value)
        elif (RAN in value or ELSEWHERE in value) and name != "aria-label" and (tag, name) not in WORDS:
            self.wrong.append(f"a stranger's words: {said}")

    def _address(self, value: str, said: str, *, is_outside: bool) -> None:
        """As a browser reads it: without the blanks around it, and without tabs and line ends inside."""
        read = _NOT_READ.sub("", value.strip(_C0)).replace("\\", "/")
        scheme = _SCHEME.match(read)
        leads_away = bool(scheme) or read.startswith("//")
        if scheme and scheme[1].lower() not in ("http", "https"):
            self.wrong.append(f"a scheme: {said}")
        elif leads_away and not is_outside and not read.startswith("http://testserver/"):
            self.wrong.append(f"elsewhere: {said}")


def squeezed(text: str) -> str:
    """With single blanks."""
    return " ".join(text.split())
