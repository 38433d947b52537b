"""What one save asks for, worked out: the state that an entry is to have, or what is wrong, or what clashes.

Reads what the entry holds, and what its writer has met; writes nothing.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext as _

from reader.errors import PointError
from reader.models import Story
from reader.models.story import new_public_id
from reader.text.points import parse_point
from wiki.editing import dating
from wiki.editing.forming import (
    blocks_of,
    shows,
    sources_of,
    values_of,
    whole_body,
)
from wiki.editing.forms import Clash, EntryForm, FactField, NameField, PictureField, Trouble
from wiki.editing.state import Rows, State, Values
from wiki.editing.tokens import Token
from wiki.models import Entry, Image, Kind, Name, Proposal, Slug
from wiki.packing.founding import BUILT_IN
from wiki.text.bodies import compile_inline
from wiki.text.lexicon import KnownName, Lexicon
from wiki.text.masking import unveil, veil
from wiki.text.merge import merge_rows
from wiki.text.packfile import slug_for
from wiki.text.revising import MOST, Revised, Writer, revise, shown

_WHY: Final = "a save reads all that an entry holds, and shows none of it"
MOST_ROWS: Final = 200
"""Names, facts or pictures of one entry."""


class Work:
    """One save: what is wanted, what is wrong with it, and what will be."""

    def __init__(self, story: Story, entry: Entry | None, token: Token, base: State, now: State) -> None:
        self.story, self.entry, self.token, self.base, self.now = story, entry, token, base, now
        self.horizon = token.horizon
        self.stamp = dating.stamp_for(story, token.horizon)
        self.is_met = dating.met(story.pk, token.horizon, sources_of(base, now))
        self.troubles: list[Trouble] = []
        self.clashes: list[Clash] = []

    def outcome(self, form: EntryForm) -> State:
        """The state after the save; not to be used where there are troubles or clashes."""
        after = self.now.copy()
        self._kind(after, form.kind)
        for sort, fields, read_one in (
            ("name", form.names, self._name),
            ("fact", form.facts, self._fact),
            ("picture", form.pictures, self._picture),
        ):
            wanted = self._wanted(sort, fields, read_one)
            if len(wanted) > MOST_ROWS:  # without the empty rows of the form
                self.troubles.append(Trouble(sort + "s", _("That is more than one entry can hold.")))
                continue
            after.rows[sort] = self._merged(sort, wanted)
        if not any(shows(one, self.horizon) for one in after["name"].values()):
            self.troubles.append(Trouble("names", _("An entry needs a name that is known as far as you have read.")))
        self._facts_by_names(after)
        self._body(after, form.body)
        if not self.troubles:
            self._slug(after)
        return after

    def _kind(self, after: State, kind: str) -> None:
        held = after["kind"].get("kind")
        if held is not None and held["kind"] == kind:
            return
        if not self._is_known(kind):
            self.troubles.append(Trouble("kind", _("Choose what kind of entry this is.")))
            return
        after["kind"]["kind"] = {"kind": kind, "since": held["since"] if held else self.stamp}

    def _is_known(self, kind: str) -> bool:
        """Whether an entry can be of this kind: one of the built-in, or one of which something is met."""
        if not any(kind == one.slug for one in BUILT_IN):
            return Entry.objects.at(self.horizon).filter(story=self.story, kind__slug=kind).exists()
        return Kind.objects.filter(story=self.story, slug=kind).exists()

    def _wanted(
        self, sort: str, fields: Sequence[Any], read_one: Callable[[str, Any, Values | None], Values | None]
    ) -> list[tuple[str, Values]]:
        """The rows that the form asks for; what it does not say of a stored one stays."""
        found = []
        seen = set[str]()
        for index, one in enumerate(fields):
            stored = self.base[sort].get(one.key)
            if stored is not None and (not shows(stored, self.horizon) or one.key in seen):
                stored = None
            values = read_one(f"{sort}s.{index}", one, stored)
            if values is not None:
                key = one.key if stored is not None else ""
                seen.add(key)
                found.append((key, values))
        return found

    def _merged(self, sort: str, wanted: list[tuple[str, Values]]) -> Rows:
        """The visible rows as wanted, with what others changed meanwhile; hidden ones as they are."""
        before = {key: one for key, one in self.base[sort].items() if shows(one, self.horizon)}
        today = {key: one for key, one in self.now[sort].items() if shows(one, self.horizon)}
        rows = self._with_hidden_of_today(wanted, before, today)
        if before != today:
            merged = merge_rows(_said(before.items()), _said(rows), _said(today.items()))
            for clash in merged.conflicts:
                said = [veil(_words(one), self.is_met) for one in (clash.base, clash.mine, clash.theirs)]
                self.clashes.append(Clash(f"{sort}s", *said))
            rows = [(one.key, _read(one.fields)) for one in merged.rows]
        visible = {key: one for key, one in rows if key}
        result = {
            key: visible.get(key, one) for key, one in self.now[sort].items() if key not in today or key in visible
        }
        result |= {key: one for key, one in visible.items() if key not in result}
        position = max((one["position"] for one in result.values()), default=-1)
        for key, values in rows:
            if not key:
                position += 1
                result[new_public_id()] = values | {"position": position}
        return result

    def _with_hidden_of_today(
        self, wanted: Sequence[tuple[str, Values]], before: Rows, today: Rows
    ) -> list[tuple[str, Values]]:
        """What is wanted and, in `before`, what was, with the ends and the links of today that the writer does not see:
        whoever changed these alone has changed nothing that could clash."""
        rows = []
        for key, values in wanted:
            old, now = before.get(key), today.get(key)
            hidden = self._hidden(values, old, now) if old is not None and now is not None else {}
            rows.append((key, values | hidden))
        for key in before.keys() & today.keys():
            before[key] = before[key] | self._hidden(before[key], before[key], today[key])
        return rows

    def _hidden(self, values: Values, old: Values, now: Values) -> Values:
        found: Values = {}
        if values["until"] == old["until"] and all(self._is_ahead(one["until"]) for one in (old, now)):
            found["until"] = now["until"]
        if "source" in old and veil(old["source"], self.is_met) == veil(now["source"], self.is_met):
            found["source"] = unveil(veil(values["source"], self.is_met), now["source"])
        return found

    def _is_ahead(self, until: int | None) -> bool:
        return until is None or until > self.horizon

    def _point(self, where: str, said: str) -> int | None:
        """A point as somebody wrote it; None where they wrote none."""
        if not said.strip():
            return None
        try:
            return parse_point(said.strip().strip("{}"))
        except PointError as error:
            self.troubles.append(Trouble(where, str(error)))
            return None

    def _dates(self, where: str, one: Any, stored: Values | None, proposed: Callable[[], int | None]) -> Values:
        """`since`, `until` and whether a stamp dates it; an end that lies ahead is not in the form, and stays."""
        since, until = self._point(where, one.since), self._point(where, one.until)
        if until is None and stored is not None and stored["until"] is not None and stored["until"] > self.horizon:
            until = stored["until"]
        if since is not None:
            return {
                "since": since,
                "until": until,
                "is_stamped": bool(stored and stored["is_stamped"] and stored["since"] == since),
            }
        first = proposed()
        return {"since": self.stamp if first is None else first, "until": until, "is_stamped": first is None}

    def _name(self, where: str, one: NameField, stored: Values | None) -> Values | None:
        text = " ".join(one.text.split())
        if not text:
            return None
        if len(text) > 200 or not slug_for(text) or not text.isprintable():
            self.troubles.append(Trouble(where, _("A name has letters or digits, and at most 200 of them.")))
            return None
        dates = self._dates(where, one, stored, lambda: dating.first_stands(self.story, text, self.horizon))
        if one.until.strip() and dates["until"] is not None and dates["until"] <= dates["since"]:
            self.troubles.append(Trouble(where, _("A name ends after it begins; put a later end, or none.")))
        return {
            "text": text,
            "sort": one.sort if one.sort in Name.Sort.values else "alias",
            **dates,
            "only_by_hand": one.only_by_hand,
            "only_capital": one.only_capital,
            "position": stored["position"] if stored else 0,
        }

    def _fact(self, where: str, one: FactField, stored: Values | None) -> Values | None:
        label, source = " ".join(one.label.split()), " ".join(one.source.split())
        if stored is not None:
            same = source == veil(stored["source"], self.is_met)
            source = stored["source"] if same else unveil(source, stored["source"])
        else:
            source = unveil(source, "")
        if not label and not source:
            return None
        if not label or not source or len(label) > 60 or len(source) > 2000:
            self.troubles.append(Trouble(where, _("A fact has a label of at most 60 characters, and a value.")))
            return None
        problems = compile_inline(source)[1]
        self.troubles += [Trouble(where, problem) for problem in problems]
        return {
            "label": label,
            "source": source,
            **self._dates(where, one, stored, lambda: None),
            "is_many": one.is_many,
            "position": stored["position"] if stored else 0,
        }

    def _picture(self, where: str, one: PictureField, stored: Values | None) -> Values | None:
        if not one.image:
            return None
        mine = Image.objects.whole(because=_WHY).filter(story=self.story, public_id=one.image)
        known = stored is not None and stored["image"] == one.image
        if (
            not known
            and not mine.filter(uploader=self.token.user).exists()
            and not mine.filter(since__lte=self.horizon).exists()
            and not self._is_proposed(one.image)
        ):
            self.troubles.append(Trouble(where, _("This picture is not there; choose it again.")))
            return None
        if not one.alt.strip():
            self.troubles.append(
                Trouble(where, _("Say in a few words what the picture shows, for those who do not see it."))
            )
            return None
        return {
            "alt": " ".join(one.alt.split())[:300],
            **self._dates(where, one, stored, lambda: None),
            "position": stored["position"] if stored else 0,
            "image": one.image,
        }

    def _is_proposed(self, image: str) -> bool:
        """Whether a picture stands in a proposal that waits: an editor who changes that one takes the picture along."""
        rows = Proposal.objects.at(self.horizon).filter(story=self.story, state=Proposal.State.WAITING)
        return rows.filter(form__pictures__contains=[{"image": image}]).exists()

    def _facts_by_names(self, after: State) -> None:
        """A fact that was written or changed shows no earlier than the names which it prints."""
        changed = [one for key, one in after["fact"].items() if one != self.now["fact"].get(key)]
        if not changed or self.troubles:
            return
        texts = {id(one): compile_inline(one["source"])[0].text for one in changed}
        names = self._names(after, texts.values())
        for one in changed:
            points = [printed.known for printed in names.find(texts[id(one)])]
            one["since"] = max([one["since"], *points])

    def _names(self, after: State, texts: Any) -> Lexicon:
        own = [
            KnownName(one["text"], one["since"], one["only_by_hand"], one["only_capital"])
            for one in after["name"].values()
        ]
        without = self.entry.pk if self.entry else 0
        return dating.lexicon_for(self.story, self.horizon, texts, own=own, without=without)

    def _body(self, after: State, body: str) -> None:
        body = body.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
        today = blocks_of(self.now)
        before = today if self.base is self.now else blocks_of(self.base)
        offset = 0
        if self.token.section:
            body, offset = whole_body(shown(before, self.horizon, self.is_met), self.token.section, body)
        if len(body) > MOST:
            self.troubles.append(
                Trouble(
                    "body", _("The text is longer than 200,000 characters; put a part of it into an entry of its own.")
                )
            )
            return
        writer = Writer(
            self.horizon,
            self._names(after, [body]),
            self.stamp,
            dating.pictures_for(self.story, self.horizon, _images(body)),
            self.is_met,
        )
        revised: Revised = revise(today, base=before, body=body, writer=writer)
        self.troubles += [Trouble("body", one.text, max(1, one.line - offset)) for one in revised.problems]
        self.clashes += [Clash("body", one.base, one.mine, one.theirs) for one in revised.clashes]
        if not revised.problems and not revised.clashes:
            blocks = [one if one.key else replace(one, key=new_public_id()) for one in revised.blocks]
            held = self.now["block"]
            after.rows["block"] = {
                one.key: values_of(one) | {"nests": held[one.key]["nests"] if one.key in held else []} for one in blocks
            }

    def _slug(self, after: State) -> None:
        """See to it that the entry has an address from the moment it is met, made from the name that it then has."""
        since = after.since
        if any(one["since"] <= since and not one["is_redirect"] for one in after["slug"].values()):
            return
        first = min(after["name"].values(), key=lambda one: (one["since"], one["position"]))
        slug = free_slug(self.story, slug_for(first["text"]), self.horizon, own=self.entry.pk if self.entry else 0)
        if slug in after["slug"]:
            slug = free_slug(self.story, f"{slug[:100]}-1", self.horizon, own=0)
        after["slug"][slug] = {"slug": slug, "since": since, "is_redirect": False}


def free_slug(story: Story, wanted: str, horizon: int, *, own: int) -> str:
    """An address that no entry has which somebody at this horizon has met; an unmet one's may be taken."""
    rows = Slug.objects.at(horizon).filter(story=story, entry__since__lte=horizon, slug__startswith=wanted[:100])
    taken = set(rows.exclude(entry=own).values_list("slug", flat=True))
    if wanted not in taken:
        return wanted
    return next(slug for number in range(2, len(taken) + 3) if (slug := f"{wanted[:100]}-{number}") not in taken)


def _images(body: str) -> list[str]:
    return [part.split(")", 1)[0].split()[0] for part in body.split("](image:")[1:] if part.split(")", 1)[0].strip()]


def _said(rows: Any) -> list[tuple[str, dict[str, str]]]:
    """Rows for merging, which compares texts."""
    return [(key, {name: json.dumps(value) for name, value in one.items()}) for key, one in rows]


def _read(fields: Any) -> Values:
    return {name: json.loads(value) for name, value in fields.items()}


def _words(fields: Any) -> str:
    """A row in words, for a clash."""
    if fields is None:
        return ""
    values = _read(fields)
    return str(
        values.get("text") or " · ".join(filter(None, (values.get("label"), values.get("source"), values.get("alt"))))
    )
