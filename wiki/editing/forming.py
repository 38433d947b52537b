"""Makes the edit form of an entry for somebody at one horizon: nothing in it comes later than that."""

from collections.abc import Callable, Sequence
from typing import Final

from reader.models import Story
from reader.text.points import format_point
from wiki.editing import dating
from wiki.editing.forms import EditPage, EntryForm, FactField, NameField, PictureField, Section
from wiki.editing.state import State, Values, read
from wiki.editing.tokens import Token
from wiki.models import Entry, Revision, Slug
from wiki.models.name import TITLE_RANK
from wiki.text.blocks import join
from wiki.text.gating import NEVER, Reason
from wiki.text.masking import veil
from wiki.text.revising import Shown, Stored, form_body, shown
from wiki.text.shape import Block

_WHY: Final = "the entry was found at the horizon; what is shown of it is cut there"


def find_entry(story: Story, slug: str, horizon: int) -> Entry | None:
    """The entry at an address, if it is met; None alike for the unknown and the unmet."""
    address, _tilde, public_id = slug.partition("~")
    rows = Slug.objects.at(horizon).filter(story=story, slug=address, entry__since__lte=horizon)
    if public_id:
        rows = rows.filter(entry__public_id=public_id)
    row = rows.select_related("entry").order_by("is_redirect", "entry__since", "entry_id").first()
    return row.entry if row is not None else None


def edit_page(entry: Entry, *, user: int, horizon: int, section: str = "") -> EditPage:
    """The form of one entry, or of one section of its body (by its heading's key)."""
    state = read([entry.pk])[entry.pk]
    stored = blocks_of(state)
    is_met = dating.met(entry.story_id, horizon, sources_of(state))
    visible = shown(stored, horizon, is_met)
    sections = sections_of(visible)
    chosen = section if any(one.key == section for one in sections) else ""
    body = join([one.block for one in visible]) if not chosen else section_body(visible, chosen)
    revision = Revision.objects.at(horizon).filter(entry=entry).order_by("-pk").values_list("public_id", flat=True)
    token = Token(user, horizon, entry.public_id, revision.first() or "", chosen)
    return EditPage(
        slug=own_slug(state, horizon),
        title=title_of(state, horizon),
        form=form_of(state, horizon, is_met=is_met, body=body),
        token=token.sign(),
        sections=sections,
        section=chosen,
        protection=entry.protection,
    )


def form_of(state: State, horizon: int, *, is_met: Callable[[str], bool], body: str | None = None) -> EntryForm:
    """What shows of a state, as a form holds it."""
    names = [
        NameField(key, one["text"], one["sort"], _said(one["since"]), "", one["only_by_hand"], one["only_capital"])
        for key, one in state["name"].items()
        if shows(one, horizon)
    ]
    facts = [
        FactField(key, one["label"], veil(one["source"], is_met), _said(one["since"]), "", one["is_many"])
        for key, one in state["fact"].items()
        if shows(one, horizon)
    ]
    pictures = [
        PictureField(key, one["image"], one["alt"], _said(one["since"]), "")
        for key, one in state["picture"].items()
        if shows(one, horizon)
    ]
    return EntryForm(
        kind=state["kind"]["kind"]["kind"],
        names=tuple(names),
        facts=tuple(facts),
        pictures=tuple(pictures),
        body=form_body(blocks_of(state), horizon, is_met) if body is None else body,
    )


def sources_of(*states: State) -> list[str]:
    """The sources of all blocks and facts."""
    return [one["source"] for state in states for sort in ("block", "fact") for one in state[sort].values()]


def shows(values: Values, horizon: int) -> bool:
    """Whether a row's gate is open; one that was held back for good is not, at any horizon."""
    until = values.get("until")
    return values["since"] <= horizon and values["since"] != NEVER and (until is None or horizon < until)


def blocks_of(state: State) -> list[Stored]:
    """The body as the pure side knows it."""
    return [
        Stored(
            key,
            one["kind"],
            one["marks"],
            one["source"],
            one["since"],
            one["until"],
            one["is_stamped"],
            tuple(Reason(*reason) for reason in one["reasons"]),
        )
        for key, one in state["block"].items()
    ]


def values_of(block: Stored) -> Values:
    """The opposite."""
    return {
        "kind": block.kind,
        "marks": block.marks,
        "source": block.source,
        "since": block.since,
        "until": block.until,
        "is_stamped": block.is_stamped,
        "reasons": [[one.kind, one.words, one.point] for one in block.reasons],
        "nests": [],
    }


def sections_of(visible: Sequence[Shown]) -> tuple[Section, ...]:
    """The headings of a visible body."""
    return tuple(
        Section(one.stored.key, one.block.source.lstrip("# "), one.block.level)
        for one in visible
        if _is_heading(one.block)
    )


def section_range(visible: Sequence[Shown], section: str) -> tuple[int, int] | None:
    """From which to before which block a section goes, its smaller headings within it; None if it is not there."""
    begin = next((at for at, one in enumerate(visible) if one.stored.key == section), None)
    if begin is None or not _is_heading(visible[begin].block):
        return None
    level = visible[begin].block.level
    following = range(begin + 1, len(visible))
    end = next((at for at in following if _is_heading(visible[at].block) and visible[at].block.level <= level), None)
    return begin, len(visible) if end is None else end


def section_body(visible: Sequence[Shown], section: str) -> str:
    """The source of one section."""
    found = section_range(visible, section)
    begin, end = found if found else (0, len(visible))
    return join([one.block for one in visible[begin:end]])


def whole_body(visible: Sequence[Shown], section: str, body: str) -> tuple[str, int]:
    """The whole body with one section written anew, and how many lines stand before it."""
    found = section_range(visible, section)
    if found is None:
        return body, 0
    before = join([one.block for one in visible[: found[0]]])
    after = join([one.block for one in visible[found[1] :]])
    first = f"{before}\n" if before else ""
    return f"{first}{body.rstrip()}\n\n{after}", first.count("\n")


def own_slug(state: State, horizon: int) -> str:
    """The entry's address as known so far: the latest that is no redirect."""
    known = [one for one in state["slug"].values() if one["since"] <= horizon and not one["is_redirect"]]
    return max(known, key=lambda one: one["since"])["slug"] if known else ""


def title_of(state: State, horizon: int) -> str:
    """The name as known so far."""
    names = [one for one in state["name"].values() if shows(one, horizon)]
    return (
        min(
            names,
            key=lambda one: (TITLE_RANK[one["sort"]], -one["since"] if TITLE_RANK[one["sort"]] < 2 else one["since"]),
        )["text"]
        if names
        else ""
    )


def _is_heading(block: Block) -> bool:
    return block.kind == "heading" and not block.marks


def _said(point: int) -> str:
    return format_point(point)
