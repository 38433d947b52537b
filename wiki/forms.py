"""Reads what an edit form posted into the values that a save takes; decides nothing about them.

A form sent without scripts, with its empty rows, and one with rows added or taken out are read alike.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.forms import Media
from django.http import QueryDict
from django.utils.safestring import SafeString
from markdownx.widgets import MarkdownxWidget

from wiki.editing.forms import EntryForm, FactField, NameField, PictureField

EMPTY_ROWS: Final = 3
MOST_ROWS: Final = 201 + EMPTY_ROWS
"""Rows read of each sort: one more than a save takes, so that it can say so, and the empty ones of the form."""
LONGEST: Final = 4_000
"""Characters read of a field in a row; a save refuses far shorter ones."""


class BodyWidget(MarkdownxWidget):
    """The editor's field, with the addresses of our own protected views; its script, which has its own, stays away."""

    def __init__(self, *, preview_url: str, upload_url: str) -> None:
        super().__init__()
        self.preview_url, self.upload_url = preview_url, upload_url

    @property
    def media(self) -> Media:
        """Nothing: static/js/wiki-editor.js does what the widget's own script does (config/decisions)."""
        return Media()

    def add_markdownx_attrs(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """As the widget's, with ours in place of addresses that are the same for every story."""
        found: dict[str, Any] = MarkdownxWidget.add_markdownx_attrs(attrs)
        found["data-markdownx-urls-path"] = self.preview_url
        found["data-markdownx-upload-urls-path"] = self.upload_url
        return found


def body_field(body: str, *, preview_url: str, upload_url: str, is_wrong: bool = False) -> SafeString:
    """The field for an entry's text."""
    attrs: dict[str, Any] = {
        "id": "body",
        "rows": 18,
        "spellcheck": "true",
        "aria-describedby": "body-hint body-trouble",
    }
    if is_wrong:
        attrs["aria-invalid"] = "true"
    field: SafeString = BodyWidget(preview_url=preview_url, upload_url=upload_url).render("body", body, attrs)
    return field


def read_form(data: QueryDict) -> EntryForm:
    """The posted values; what is missing is empty, what is too much is left out."""
    return EntryForm(
        kind=_text(data, "kind")[:40],
        names=tuple(_name(data, row) for row in _rows(data, "names")),
        facts=tuple(_fact(data, row) for row in _rows(data, "facts")),
        pictures=tuple(_picture(data, row) for row in _rows(data, "pictures")),
        body=(data.get("body") or data.get("content") or "").replace("\0", ""),
    )


def summary_of(data: QueryDict) -> str:
    """Why, in a line."""
    return " ".join(_text(data, "summary").split())[:300]


def with_empty_rows(form: EntryForm) -> tuple[tuple[NameField, ...], tuple[FactField, ...], tuple[PictureField, ...]]:
    """The rows of a form with empty ones behind them, for those without scripts; one portrait is enough at a time."""
    names = (*form.names, *[NameField(sort="alias" if form.names else "title")] * EMPTY_ROWS)
    facts = (*form.facts, *[FactField()] * EMPTY_ROWS)
    return names, facts, (*form.pictures, PictureField())


def _rows(data: QueryDict, sort: str) -> Iterator[str]:
    """The prefixes of the rows that were sent, in the order of their numbers."""
    numbers = set[int]()
    for name in data:
        head, _dash, rest = name.partition("-")
        said, _dash, field = rest.partition("-")
        if head == sort and field and said.isdecimal() and len(said) <= 4:
            numbers.add(int(said))
    for number in sorted(numbers)[:MOST_ROWS]:
        yield f"{sort}-{number}-"


def _name(data: QueryDict, row: str) -> NameField:
    return NameField(
        key=_text(data, row + "key")[:16],
        text=_text(data, row + "text"),
        sort=_text(data, row + "sort")[:12] or "title",
        since=_text(data, row + "since")[:40],
        until=_text(data, row + "until")[:40],
        only_by_hand=row + "by_hand" in data,
        only_capital=row + "capital" in data,
    )


def _fact(data: QueryDict, row: str) -> FactField:
    return FactField(
        key=_text(data, row + "key")[:16],
        label=_text(data, row + "label"),
        source=_text(data, row + "source"),
        since=_text(data, row + "since")[:40],
        until=_text(data, row + "until")[:40],
        is_many=row + "many" in data,
    )


def _picture(data: QueryDict, row: str) -> PictureField:
    return PictureField(
        key=_text(data, row + "key")[:16],
        image="" if row + "remove" in data else _text(data, row + "image")[:16],
        alt=_text(data, row + "alt"),
        since=_text(data, row + "since")[:40],
        until=_text(data, row + "until")[:40],
    )


def _text(data: QueryDict, name: str) -> str:
    return str(data.get(name) or "")[:LONGEST].replace("\0", "").strip()
