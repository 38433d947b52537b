"""A small wiki that is tended: its pack, its people, and how they write in it. For tests of all that keeps it clean."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from reader.models import Membership, Paragraph, Place, Story, User
from reader.pagecache import cache
from reader.text.points import EVERYTHING, format_point, parse_point
from tests.conftest import Visitor
from tests.wiki.packs import entry, write_pack
from wiki import gate
from wiki.editing.forming import edit_page, find_entry
from wiki.editing.forms import EntryForm, NameField, Outcome
from wiki.editing.rights import Rights, rights_of
from wiki.editing.saving import Save, new_token, save
from wiki.models import Block, Entry, GatedQuerySet, Revision, Wiki
from wiki.packing import import_pack
from wiki.tagging.deciding import Decision, decide

WHY = "a test looks at everything"
ALL = EVERYTHING


@dataclass(frozen=True)
class Crew:
    """People by what they are in the story."""

    owner: User
    moderator: User
    editor: User
    reader: User
    newcomer: User
    stranger: User


def tend(story: Story, folder: Path) -> None:
    """Fill the story's wiki: the keeper (1:2, as Silas Brand from 3:1) and the cook (1:4)."""
    fact = '[[facts]]\nlabel = "Lives"\nvalue = "At the light"\nsince = "1:4"\n'
    pack = {
        "keeper": entry(
            "He trims the lamp. {1:3}\n\nHe leaves. {3:2}\n\nNobody knows where. {4:4}",
            head=fact,
            The_Keeper="1:2",
            Silas_Brand="3:1",
        ),
        "cook": entry("She bakes bread. {1:5}\n\nShe sails. {4:2}", The_Cook="1:4"),
    }
    import_pack(write_pack(folder, pack))


def crew(story: Story) -> Crew:
    """One of each, of whom all but the newcomer are long there."""
    people = {}
    for name in Crew.__dataclass_fields__:
        user = User.objects.create_user(f"a_{name}", f"{name}@example.org", "a long enough phrase")
        if name in Membership.Role:
            Membership.objects.create(user=user, story=story, role=name)
        if name != "newcomer":
            User.objects.filter(pk=user.pk).update(date_joined=timezone.now() - timedelta(days=30))
            user.refresh_from_db()
        people[name] = user
    return Crew(**people)


def rights(user: User | None, story: Story) -> Rights:
    """As a request finds them."""
    return rights_of(user, story)


def at(story: Story, user: User, point: str) -> Visitor:
    """Somebody's browser, who has read as far as this; "all" shows everything."""
    reached = 0 if point == "all" else parse_point(point)
    values = {"place": 0, "reached": reached, "shows_all": point == "all", "updated_at": timezone.now()}
    Place.objects.update_or_create(user=user, story=story, defaults=values)
    cache.flush(live=False)  # rows of another test's story have other keys
    visitor = Visitor()
    visitor.force_login(user)
    return visitor


def horizon(point: str) -> int:
    """A point as written, or "all"."""
    return EVERYTHING if point == "all" else parse_point(point)


def write(story: Story, user: User, slug: str, body: str, *, point: str = "5", summary: str = "") -> Outcome:
    """Save another body through the form."""
    found = find_entry(story, slug, horizon(point))
    assert found
    page = edit_page(found, user=user.pk, horizon=horizon(point))
    sent = Save(page.token, replace(page.form, body=body), summary)
    return save(story, sent, rights(user, story), horizon=horizon(point))


def change(story: Story, user: User, slug: str, old: str, new: str, *, point: str = "5", summary: str = "") -> Outcome:
    """Save a body in which some words are others."""
    body = body_at(story, slug, point)
    assert old in body
    return write(story, user, slug, body.replace(old, new), point=point, summary=summary)


def body_at(story: Story, slug: str, point: str) -> str:
    """The body that the form holds."""
    found = find_entry(story, slug, horizon(point))
    assert found
    return edit_page(found, user=0, horizon=horizon(point)).form.body


def create(story: Story, user: User, name: str, body: str, *, point: str = "5", since: str = "1:6") -> Outcome:
    """Write a new entry."""
    form = EntryForm("character", (NameField(text=name, since=since),), (), (), body)
    sent = Save(new_token(user=user.pk, horizon=horizon(point), story=story.pk), form)
    return save(story, sent, rights(user, story), horizon=horizon(point))


def sources(story: Story, slug: str) -> list[str]:
    """All that stands in an entry."""
    found = find_entry(story, slug, EVERYTHING)
    return [] if found is None else list(_blocks(found).values_list("source", flat=True))


def keys(story: Story, slug: str) -> list[str]:
    """The keys of its blocks."""
    found = find_entry(story, slug, EVERYTHING)
    return [] if found is None else list(_blocks(found).values_list("key", flat=True))


def _blocks(found: Entry) -> GatedQuerySet[Block]:
    return Block.objects.whole(because=WHY).filter(entry=found).order_by("position")


def revision(outcome: Outcome) -> Revision:
    """The save that came of it."""
    return Revision.objects.whole(because=WHY).get(public_id=outcome.revision)


def tag(story: Story, user: User, slug: str, point: str, *, words: str = "word", is_link: bool = True) -> None:
    """Say that the first of these words in a paragraph mean an entry, or that they do not."""
    row = Paragraph.objects.get(chapter__story=story, point=horizon(point), is_retired=False)
    start = row.text.index(words)
    decision = Decision(row.point, start, start + len(words), slug, words, is_link=is_link)
    decide(story, decision, rights(user, story), horizon=EVERYTHING, now=timezone.now())


def tags(story: Story) -> list[tuple[str, str, str]]:
    """All links of the text: the paragraph, the words, the address of the entry as it is known there."""
    rows = Paragraph.objects.filter(chapter__story=story, is_retired=False).in_bulk()
    links = gate.text_links(story, {key: row.point for key, row in rows.items()})
    found = [
        (rows[key].point, rows[key].text[one.start : one.end], one.entry.slug) for key in links for one in links[key]
    ]
    return [(format_point(point), words, slug) for point, words, slug in sorted(found)]


def reviewed(story: Story) -> None:
    """Have changes wait for an editor."""
    Wiki.objects.filter(story=story).update(policy="reviewed")
