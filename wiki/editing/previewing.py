"""What a body would look like if it were saved now, and from when each part of it would show.

Worked out by the code of a save, from what its writer has met and nothing else. Stores nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reader.errors import PointError
from reader.models import Story
from reader.text.points import EVERYTHING, format_point, parse_point
from wiki.editing import citing, dating, mending, suggesting
from wiki.editing.forming import blocks_of, own_slug, section_range, shows, sources_of
from wiki.editing.forms import EntryForm
from wiki.editing.state import State, read
from wiki.editing.tokens import Token
from wiki.errors import GoneError
from wiki.gate.naming import known_of, visible_names
from wiki.gate.resolving import Resolver, ShownPart, shown_images
from wiki.models import Entry, Image
from wiki.text.assembling import assemble
from wiki.text.blocks import cut
from wiki.text.gating import Reason
from wiki.text.lexicon import KnownName, folded
from wiki.text.marks import bare
from wiki.text.markup import Rendered, render
from wiki.text.masking import links_in
from wiki.text.revising import MOST, Stored, Writer, revise, shown
from wiki.text.shape import Block

_WHY: Final = "an upload that nothing shows yet is its uploader’s to look at"


@dataclass(frozen=True, slots=True)
class PreviewBlock:
    """A part of the text: from when it shows (a point as written), why, what to look at.

    One that `is_old` is what stays for those who have read less, and shows until then. `line` is where it ends in the
    body (1-based; 0 where no citation can be put at its end), `last_line` what of it stands there.
    """

    html: SafeString
    point: str
    reasons: tuple[str, ...]
    notes: tuple[str, ...] = ()
    is_stamped: bool = False
    is_old: bool = False
    line: int = 0
    last_line: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """What a body cannot be saved with: the line (1-based) and a sentence."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A body as it would be; `note` is about all that carries a stamp, `proposals` say since when names are known.

    `read_last` is the paragraph that its writer has read last, as written.
    """

    blocks: tuple[PreviewBlock, ...] = ()
    slips: tuple[Slip, ...] = ()
    note: str = ""
    proposals: tuple[str, ...] = ()
    read_last: str = ""

    @property
    def looks(self) -> int:
        """How many things there are to look at."""
        return len(self.slips) + bool(self.note) + sum(len(block.notes) for block in self.blocks)


def preview(story: Story, *, token: Token, form: EntryForm) -> Preview:
    """What the form's body would be. Raises GoneError when its entry is not there as far as its writer has read."""
    entry = _entry(story, token)
    state = read([entry.pk])[entry.pk] if entry else State()
    horizon, stamp = token.horizon, dating.stamp_for(story, token.horizon)
    body = form.body.replace("\r\n", "\n").replace("\r", "\n")
    if len(body) > MOST:
        return Preview(slips=(Slip(1, _("The text is longer than 200,000 characters.")),))
    own, proposals = _own_names(story, form, state, horizon, stamp)
    names = dating.lexicon_for(story, horizon, [body], own=own, without=entry.pk if entry else 0)
    pictures = dating.pictures_for(story, horizon, citing.images_in(body))
    is_met = dating.met(story.pk, horizon, sources_of(state))
    stored = _of_section(blocks_of(state), token.section, horizon, is_met)
    revised = revise(stored, base=stored, body=body, writer=Writer(horizon, names, stamp, pictures, is_met))
    if revised.problems:
        return Preview(slips=tuple(Slip(one.line, one.text) for one in revised.problems), proposals=proposals)
    visible = _visible(revised.blocks, horizon)
    old = _old(stored, visible, body)
    rendered = [render(Block(one.kind, one.source, one.marks)) for one in visible]
    resolver = _resolver(story, token, rendered, own_slug(state, horizon))
    cited = citing.troubles(story, [point for one in rendered for point in one.citations], horizon)
    mine = {folded(one.text) for one in form.names}  # not those of the entry that its writer has not met
    # Of what is veiled in the form not even that it leads nowhere is told.
    known = resolver.known.by_name.keys() | mine | (_aims(visible) - links_in(body))
    blocks: list[PreviewBlock] = []
    ends = mending.ends(body, visible)
    for one, made, (line, last_line) in zip(visible, rendered, ends, strict=True):
        is_old = one.key in old
        notes = () if is_old else (*_dead_links(made, known), *_wrong_cites(made, cited))
        html = resolver.html(_alone(one, made, f"part-{len(blocks)}-"), [folded(link.target) for link in made.links])
        blocks.append(
            PreviewBlock(
                mark_safe(html),  # noqa: S308 - sanitised when it was rendered
                format_point(one.until if is_old and one.until else one.since),
                tuple(_said(reason) for reason in _deciding(one)),
                notes,
                is_stamped=one.is_stamped and any(reason.kind == "stamp" for reason in _deciding(one)),
                is_old=is_old,
                line=line,
                last_line=last_line,
            )
        )
    read_last = next((one.point for one in suggesting.paragraphs(story, horizon, limit=1)), "")
    return Preview(tuple(blocks), note=_stamp_note(blocks, stamp), proposals=proposals, read_last=read_last)


def _entry(story: Story, token: Token) -> Entry | None:
    if not token.entry:
        return None
    entry = Entry.objects.at(token.horizon).filter(story=story, public_id=token.entry).first()
    if entry is None or entry.since == EVERYTHING:
        raise GoneError(_("This page is not there any more; what you wrote is still here to copy."))
    return entry


def _own_names(
    story: Story, form: EntryForm, state: State, horizon: int, stamp: int
) -> tuple[list[KnownName], tuple[str, ...]]:
    """The entry's names as the form has them; what it does not date, dated as a save would. Hidden ones stay."""
    found = [
        KnownName(one["text"], one["since"], one["only_by_hand"], one["only_capital"])
        for one in state["name"].values()
        if not shows(one, horizon)
    ]
    proposals = []
    for field in form.names:
        text = " ".join(field.text.split())
        proposed = ""
        try:
            since = parse_point(field.since.strip().strip("{}")) if field.since.strip() else None
        except PointError:
            since = stamp
        if since is None and text:
            first = dating.first_stands(story, text[:200], horizon)
            since = stamp if first is None else first
            proposed = format_point(since)
        if text and since is not None:
            found.append(KnownName(text[:200], since, field.only_by_hand, field.only_capital))
        proposals.append(proposed)
    return found, tuple(proposals)


def _aims(blocks: Sequence[Stored]) -> set[str]:
    return {target for one in blocks for target in links_in(one.source)}


def _of_section(stored: Sequence[Stored], section: str, horizon: int, is_met: Callable[[str], bool]) -> list[Stored]:
    """The visible blocks of one section, or of all; what is hidden is not in a preview anyway."""
    visible = shown(stored, horizon, is_met)
    begin, end = section_range(visible, section) or (0, len(visible)) if section else (0, len(visible))
    return [one.stored for one in visible[begin:end]]


def _visible(blocks: Sequence[Stored], horizon: int) -> list[Stored]:
    """The blocks without the ends of time that lie ahead: they are not this writer's to know."""
    return [_without_end(one) if one.until is not None and one.until > horizon else one for one in blocks]


def _without_end(one: Stored) -> Stored:
    return replace(one, until=None, reasons=tuple(reason for reason in one.reasons if reason.kind != "until"))


def _old(stored: Sequence[Stored], visible: Sequence[Stored], body: str) -> set[str]:
    """The keys of blocks that a save would keep, till the new words show, for those who have read less."""
    before = {one.key: one.until for one in stored}
    ended = [one for one in visible if one.key and one.until is not None and one.until != before.get(one.key)]
    if not ended:
        return set()
    written = {block.source for block in cut(body).blocks}
    return {one.key for one in ended if one.source not in written}


def _resolver(story: Story, token: Token, rendered: Sequence[Rendered], slug: str) -> Resolver:
    targets = {folded(link.target) for one in rendered for link in one.links}
    rows = visible_names(story, token.horizon)
    known = known_of(())
    if targets:
        known = known_of(rows.filter(entry__in=rows.filter(folded__in=targets).values("entry")))
    parts = [ShownPart("", "", 0, "", "", 0, None, (), one.images) for one in rendered if one.images]
    images = shown_images(story, parts, token.horizon)
    wanted = {identity for one in rendered for identity in one.images} - images.keys()
    if wanted:
        mine = Image.objects.whole(because=_WHY).filter(story=story, uploader=token.user, public_id__in=wanted)
        shown_ids = set(mine.values_list("public_id", flat=True))
        own = [ShownPart("", "", 0, "", "", 0, None, (), tuple(shown_ids))]
        images |= shown_images(story, own, EVERYTHING) if shown_ids else {}
    return Resolver(story, known, images, back=slug)


def _alone(one: Stored, made: Rendered, prefix: str) -> str:
    """A block by itself, with the bullet, frame or table that it stands in; no id of it is another block's."""
    part = _Part(one.kind, " ".join(bare(mark) for mark in one.marks.split()), made.html)
    return assemble([part], prefix=prefix).html


@dataclass(frozen=True, slots=True)
class _Part:
    kind: str
    marks: str
    html: str


def _deciding(one: Stored) -> list[Reason]:
    """The reasons without which a block would show earlier; an end of its time if it has one."""
    found = [reason for reason in one.reasons if reason.point == one.since and reason.kind != "until"]
    return found + [reason for reason in one.reasons if reason.kind == "until"]


def _said(reason: Reason) -> str:
    """A reason in the reader's language."""
    point = format_point(reason.point)
    if reason.kind == "prints":
        name = reason.words.partition("“")[2].rpartition("”")[0]
        return _("prints “%(name)s”, known from %(point)s") % {"name": name, "point": point}
    said = {
        "cites": _("cites %(point)s"),
        "pictures": _("has a picture that shows from %(point)s"),
        "stamp": _("stamped %(point)s"),
        "until": _("until %(point)s"),
        "below": _("with the first part under it"),
    }
    return said[reason.kind] % {"point": point} if reason.kind in said else reason.words


def _dead_links(made: Rendered, known: Iterable[str]) -> tuple[str, ...]:
    targets = dict.fromkeys(link.target for link in made.links if folded(link.target) not in known)
    return tuple(_("“%(name)s” leads to no page yet.") % {"name": target} for target in targets)


def _wrong_cites(made: Rendered, cited: dict[int, str]) -> tuple[str, ...]:
    return tuple(cited[point] for point in dict.fromkeys(made.citations) if point in cited)


def _stamp_note(blocks: Sequence[PreviewBlock], stamp: int) -> str:
    """One note for all that nothing dates."""
    count = sum(block.is_stamped for block in blocks)
    said = ngettext(
        "%(count)d part says nothing of its time and shows from %(point)s; cite to show it earlier.",
        "%(count)d parts say nothing of their time and show from where they were written (now %(point)s); "
        "cite to show them earlier.",
        count,
    )
    return said % {"count": count, "point": format_point(stamp)} if count else ""
