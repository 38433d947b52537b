"""A note: one cited sentence at the end of an entry, or the first of a new one; saved as every edit is."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from reader.models import Story
from wiki.editing.forming import edit_page
from wiki.editing.forms import EntryForm, NameField, Outcome
from wiki.editing.rights import Rights, require_edit
from wiki.editing.saving import Save, new_token, save
from wiki.errors import EditError
from wiki.gate.naming import known_of, visible_names
from wiki.models import Entry
from wiki.text.lexicon import folded


@dataclass(frozen=True, slots=True)
class Note:
    """What was sent: the name of an entry, met or new, the kind of a new one, a sentence, the point that it cites."""

    name: str
    kind: str
    sentence: str
    point: str = ""


def note(story: Story, sent: Note, rights: Rights, *, horizon: int) -> Outcome:
    """Save the note. A name that is not met begins a new entry, whether somebody has written one further on or not.

    Raises EditError, in a sentence, when a part of it is missing; and whatever `save` raises.
    """
    user = require_edit(rights, None)
    if not sent.name or not sent.sentence:
        raise EditError(_("Say which entry it is about, and one sentence."))
    source = f"{sent.sentence} {{{sent.point}}}" if sent.point else sent.sentence
    entry = _called(story, sent.name, horizon)
    if entry is None:
        form = EntryForm(sent.kind, (NameField(text=sent.name),), body=source)
        return save(
            story, Save(new_token(user=user.pk, horizon=horizon, story=story.pk), form), rights, horizon=horizon
        )
    page = edit_page(entry, user=user.pk, horizon=horizon)
    body = f"{page.form.body.rstrip()}\n\n{source}\n".lstrip("\n")
    return save(story, Save(page.token, replace(page.form, body=body)), rights, horizon=horizon)


def _called(story: Story, name: str, horizon: int) -> Entry | None:
    """The met entry that goes by a name; its address may be another's too."""
    known = known_of(visible_names(story, horizon).filter(folded=folded(name)))
    key = known.by_name.get(folded(name), 0)
    return Entry.objects.at(horizon).filter(pk=key).first()
