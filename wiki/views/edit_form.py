"""Puts an edit form on its page: the rows with what is wrong with each beside it, clashes, the preview."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Generic, TypeVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from wiki import forms
from wiki.editing import suggesting
from wiki.editing.forms import Clash, EditPage, EntryForm, FactField, NameField, Outcome, PictureField, Trouble
from wiki.editing.previewing import Preview
from wiki.editing.saving import Save
from wiki.text import diff
from wiki.views import desk as desks
from wiki.views.desk import Desk

Field = TypeVar("Field", NameField, FactField, PictureField)


@dataclass(frozen=True, slots=True)
class Row(Generic[Field]):
    """One row of the form: the beginning of its fields' names, its values, and what is wrong with it."""

    prefix: str
    field: Field
    troubles: tuple[Trouble, ...] = ()
    proposed: str = ""

    @property
    def is_new(self) -> bool:
        """Whether nothing stands in it."""
        told = asdict(self.field)
        told.pop("sort", None)
        return not any(told.values())


@dataclass(frozen=True, slots=True)
class Sides:
    """A clash as it is shown: both texts whole, and what differs between them."""

    where: str
    label: str
    base: str
    mine: SafeString
    theirs: SafeString


def answer_form(
    request: HttpRequest,
    desk: Desk,
    page: EditPage,
    form: EntryForm,
    *,
    sent: Save | None = None,
    outcome: Outcome | None = None,
    preview: Preview | None = None,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page with this form in it; `sent` is what came, whose words and token go back, `said` a sentence on top."""
    if sent is not None:
        fresh = outcome.page if outcome is not None and outcome.page is not None else None
        token = fresh.token if fresh else sent.token
        page = replace(fresh or page, form=form, token=token, proposal=page.proposal)
    context = context_of(desk, page, outcome=outcome, preview=preview)
    context |= {"said": said, "summary": sent.summary if sent else "", "is_sent": sent is not None}
    name = "wiki/entry_edit.html" if page.slug else "wiki/entry_new.html"
    return desks.page(request, desk, name, context, status=status)


def context_of(
    desk: Desk, page: EditPage, *, outcome: Outcome | None = None, preview: Preview | None = None
) -> dict[str, Any]:
    """All that the form's templates name."""
    troubles = outcome.troubles if outcome is not None else ()
    names, facts, pictures = forms.with_empty_rows(page.form)
    preview_url = _address(desk, page, "preview")
    kinds = suggesting.kinds(desk.story, desk.horizon)
    chosen = next((kind for kind in kinds if kind.slug == page.form.kind), None)
    return {
        "page": page,
        "form": page.form,
        "kinds": kinds,
        "labels": chosen.labels if chosen else (),
        "sorts": name_sorts(),
        "names": _rows("names", names, troubles, preview.proposals if preview else ()),
        "facts": _rows("facts", facts, troubles),
        "pictures": _rows("pictures", pictures, troubles),
        "troubles": troubles,
        "other_troubles": [one for one in troubles if one.where in ("names", "facts", "pictures", "kind", "")],
        "body_troubles": [one for one in troubles if one.where == "body"],
        "clashes": [_sides(one) for one in outcome.clashes] if outcome is not None else [],
        "preview": preview,
        "body_field": forms.body_field(
            page.form.body,
            preview_url=preview_url,
            upload_url=_upload_url(desk),
            is_wrong=any(one.where == "body" for one in troubles),
        ),
        "save_url": _address(desk, page, "edit"),
        "preview_url": preview_url,
        "upload_url": _upload_url(desk),
        "may_edit": desk.rights.may_edit(page.protection),
        "has_begun": suggesting.has_begun(desk.horizon),
        "draft_key": f"{desk.user.pk}:{desk.story.slug}:{page.slug}:{page.section}",
        "has_troubled_rows": any(one.where.startswith(("names", "facts", "pictures", "kind")) for one in troubles),
    }


def name_sorts() -> tuple[tuple[str, str], ...]:
    """What sorts of names there are, and how they are called."""
    return (
        ("title", _("title")),
        ("alias", _("alias")),
        ("nickname", _("nickname")),
        ("described", _("description")),
        ("misspelling", _("misspelling")),
    )


def _rows(
    sort: str, fields: Sequence[Field], troubles: Sequence[Trouble], proposals: Sequence[str] = ()
) -> list[Row[Field]]:
    rows = []
    for index, field in enumerate(fields):
        mine = tuple(one for one in troubles if one.where == f"{sort}.{index}")
        rows.append(Row(f"{sort}-{index}", field, mine, proposals[index] if index < len(proposals) else ""))
    return rows


def _sides(clash: Clash) -> Sides:
    pieces = diff.words(clash.theirs, clash.mine)
    theirs = diff.html([piece for piece in pieces if piece.sort != "add"])
    mine = diff.html([piece for piece in pieces if piece.sort != "cut"])
    labels = {"names": _("Names"), "facts": _("Facts"), "pictures": _("Pictures"), "body": _("Text")}
    # diff.html escapes every word; what it adds are <ins> and <del>.
    return Sides(clash.where, labels.get(clash.where, ""), clash.base, mark_safe(mine), mark_safe(theirs))  # noqa: S308


def _address(desk: Desk, page: EditPage, what: str) -> str:
    """Where the form goes, with what the page was asked with."""
    story = desk.story.slug
    if page.slug:
        address = reverse(f"wiki:entry-{what}", args=[story, page.slug])
    else:
        address = reverse("wiki:preview" if what == "preview" else "wiki:entry-new", args=[story])
    if page.proposal:
        return f"{address}?proposal={page.proposal}"
    return f"{address}?section={page.section}" if page.section else address


def _upload_url(desk: Desk) -> str:
    return reverse("wiki:upload", args=[desk.story.slug])
