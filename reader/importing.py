"""Takes a parsed manuscript into a story: all or nothing, and what stayed keeps its number.

What each paragraph becomes is decided in text/numbering.py; here it is written down, in one transaction.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.db import IntegrityError, transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from reader.annotators import registry
from reader.errors import ImportRefusedError
from reader.models import Chapter, Membership, Paragraph, Story, User
from reader.pagecache import announce
from reader.text import counting, points
from reader.text.manuscript import Manuscript, SourceChapter, SourceParagraph
from reader.text.numbering import Numbered, Numbering, Stored, number_paragraphs
from reader.text.paginate import Unit, paginate

BATCH = 2000  # rows a statement
WRITTEN = ("page", "scene", "kind", "role", "html", "text", "scene_break", "opens", "is_retired", "moved_to_id")


@dataclass(frozen=True, slots=True)
class Settings:
    """What is said about the story beside its text; an empty value leaves what is stored as it is."""

    slug: str
    title: str
    author: str = ""
    blurb: str = ""
    language: str = ""
    status: str = ""
    cover: str = ""
    licence_text: str = ""
    licence_wiki: str = ""
    warnings: tuple[str, ...] | None = None
    show_titles: bool | None = None
    owner: str = ""
    publish: dict[int, datetime] = field(default_factory=dict)
    may_rewrite: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did; `changes` lists points by what happened to them."""

    is_new: bool
    has_changed: bool
    url: str
    changes: dict[str, list[str]]


def import_story(
    manuscript: Manuscript, settings: Settings, *, now: datetime, progress: Callable[[int], object] = lambda _: None
) -> Report:
    """Create or update the story with this slug. `progress` is told each finished chapter (1).

    Raises ImportRefusedError or NumberingError, in one sentence, and then nothing has changed.
    """
    try:
        with transaction.atomic():
            return _import(manuscript, settings, now=now, progress=progress)
    except IntegrityError as error:
        # Two imports of a new story at once: the second one sees what the first has stored.
        if Story.objects.filter(slug=settings.slug).exists():
            with transaction.atomic():
                return _import(manuscript, settings, now=now, progress=progress)
        raise ImportRefusedError(_("The story could not be stored: %s") % error) from error


def _import(manuscript: Manuscript, settings: Settings, *, now: datetime, progress: Callable[[int], object]) -> Report:
    story = Story.objects.select_for_update().filter(slug=settings.slug).first()
    is_new = story is None
    if story is None:
        story = Story(slug=settings.slug)
    language = story.language
    has_changed = _describe(story, settings)
    stored = {chapter.number: chapter for chapter in story.chapters.in_order()} if not is_new else {}
    digests = [digest(chapter) for chapter in manuscript.chapters]
    published = _publication(manuscript.chapters, settings, stored, now)
    changed_text = len(stored) > len(digests) or any(
        number not in stored or stored[number].digest != value for number, value in enumerate(digests, start=1)
    )
    changes: dict[str, list[str]] = {}
    if changed_text:
        numbering = _number(story, manuscript, settings)
        rows = _rows_by_key(story, numbering, stored, digests)
        for number, source in enumerate(manuscript.chapters, start=1):
            chapter = stored.get(number)
            if chapter is None or chapter.digest != digests[number - 1]:
                chapter = chapter or Chapter(story=story, number=number, published_at=published[number])
                chapter.digest = digests[number - 1]
                _write_chapter(chapter, source, numbering.chapters[number - 1], rows)
            progress(1)
        _retire(story, numbering)
        changes = _changes(numbering)
    has_changed |= changed_text
    for number, moment in published.items():
        if number in stored and stored[number].published_at != moment:
            Chapter.objects.filter(pk=stored[number].pk).update(published_at=moment)
            has_changed = True
    if changed_text:
        registry.text_changed(story)
    if not is_new and story.language != language:
        registry.language_changed(story)
    if has_changed:
        announce(story.slug)
    return Report(is_new=is_new, has_changed=has_changed, url=story.get_absolute_url(), changes=changes)


def digest(chapter: SourceChapter) -> str:
    """The SHA-256 of all that a chapter's import stores."""
    found = hashlib.sha256()
    for part in (chapter.title, chapter.note_before, chapter.note_after):
        found.update(f"{len(part)}:{part}".encode())
    for row in chapter.paragraphs:
        marks = f"\0{row.kind}\0{row.role}\0{row.scene_break:d}{row.opens:d}\0"
        found.update(f"{marks}{len(row.html)}:{row.html}".encode())
    return found.hexdigest()


def _describe(story: Story, settings: Settings) -> bool:
    """Bring the story's own row up to date; True when that changed it."""
    wanted: dict[str, object] = {"title": settings.title}
    for name in ("author", "blurb", "language", "status", "cover", "licence_text", "licence_wiki"):
        if value := getattr(settings, name):
            wanted[name] = value
    if settings.warnings is not None:
        wanted["warnings"] = list(settings.warnings)
    if settings.show_titles is not None:
        wanted["show_titles"] = settings.show_titles
    changed = story.pk is None or any(getattr(story, name) != value for name, value in wanted.items())
    if changed:
        for name, value in wanted.items():
            setattr(story, name, value)
        _clean(story)
        story.save()
    return changed | _owned(story, settings.owner)


def _clean(story: Story) -> None:
    for column in story._meta.concrete_fields:
        value = getattr(story, column.attname)
        if "\0" in "".join(value if isinstance(value, list) else [value] if isinstance(value, str) else []):
            raise ImportRefusedError(_("The story's %s holds a NUL character.") % column.name)
    if story.cover and not _is_static(story.cover):
        raise ImportRefusedError(_("The cover “%s” is not among the static files.") % story.cover)
    try:
        story.clean_fields(exclude=["sort_title"])
    except ValidationError as error:
        name, problems = next(iter(error.message_dict.items()))
        sentence = _("The story's %(field)s cannot be stored: %(problem)s")
        raise ImportRefusedError(sentence % {"field": name, "problem": problems[0]}) from error


def _is_static(path: str) -> bool:
    try:
        return bool(finders.find(path))
    except SuspiciousFileOperation:  # “../…” leads out of our folders
        return False


def _owned(story: Story, username: str) -> bool:
    """Make that account the story's owner, if one is named; True when it was not yet."""
    if not username:
        return False
    user = User.objects.filter(username=username).first()
    if user is None:
        raise ImportRefusedError(_("There is no account called “%s”.") % username)
    if Membership.objects.filter(user=user, story=story, role=Membership.Role.OWNER).exists():
        return False
    Membership.objects.update_or_create(user=user, story=story, defaults={"role": Membership.Role.OWNER})
    return True


def _publication(
    chapters: Sequence[SourceChapter], settings: Settings, stored: dict[int, Chapter], now: datetime
) -> dict[int, datetime]:
    """When each chapter comes out: said with the import, else in the file, else as stored, else now.

    None comes out before the one in front of it: what readers see of a story is always its first chapters.
    """
    found, earliest = {}, now
    for unknown in set(settings.publish) - set(range(1, len(chapters) + 1)):
        raise ImportRefusedError(_("The file has no chapter %d to publish.") % unknown)
    for number, chapter in enumerate(chapters, start=1):
        said = settings.publish.get(number)
        if said is None and chapter.published:
            said = parse_datetime(chapter.published.replace("Z", "+00:00"))
            if said is None:
                raise ImportRefusedError(_("Line %d: the time of publication cannot be read.") % chapter.line)
            said = said if said.tzinfo else said.replace(tzinfo=UTC)
        found[number] = said or (stored[number].published_at if number in stored else earliest)
        if max(found[number], now) < earliest:
            sentence = _("Chapter %(number)d would come out before chapter %(before)d.")
            raise ImportRefusedError(sentence % {"number": number, "before": number - 1})
        earliest = max(found[number], now)
    return found


def _number(story: Story, manuscript: Manuscript, settings: Settings) -> Numbering:
    rows = Paragraph.objects.filter(chapter__story=story).values_list(
        "chapter__number", "number", "sub", "text", "is_retired"
    )
    stored = [Stored(*row) for row in rows.iterator(chunk_size=10_000)]
    texts = [[row.text for row in chapter.paragraphs] for chapter in manuscript.chapters]
    numbering = number_paragraphs(stored, texts)
    counts = numbering.counts()
    if any(not row.retired for row in stored) and not counts["kept"] + counts["changed"] and not settings.may_rewrite:
        raise ImportRefusedError(
            _("This file shares no paragraph with “%s”: give it its own --title or --slug, or --rewrite all.")
            % settings.title
        )
    return numbering


def _rows_by_key(
    story: Story, numbering: Numbering, stored: dict[int, Chapter], digests: Sequence[str]
) -> dict[int, Paragraph]:
    """The stored rows, by point, of the chapters that will be written again."""
    touched = [number for number, row in stored.items() if number > len(digests) or row.digest != digests[number - 1]]
    rows = Paragraph.objects.filter(chapter__story=story, chapter__number__in=touched)
    return {row.point: row for row in rows}


def _write_chapter(
    chapter: Chapter, source: SourceChapter, numbered: Sequence[Numbered], rows: dict[int, Paragraph]
) -> None:
    """Store one chapter's row and its live paragraphs, and cut it into pages."""
    weights = [counting.weight(row.text) for row in source.paragraphs]
    pages = paginate([_unit(row, weight) for row, weight in zip(source.paragraphs, weights, strict=True)])
    chapter.title = source.title[:500]
    chapter.note_before, chapter.note_after = source.note_before, source.note_after
    chapter.words = sum(counting.count_words(row.text) for row in source.paragraphs)
    chapter.seconds = counting.seconds_for(sum(weights))
    chapter.page_count = pages[-1]
    chapter.last_point = numbered[-1].point
    chapter.save()
    new, changed, scene = [], [], 1
    for row, key, page in zip(source.paragraphs, numbered, pages, strict=True):
        scene += row.scene_break
        fields = (page, scene, row.kind, row.role, row.html, row.text, row.scene_break, row.opens, False, None)
        wanted = dict(zip(WRITTEN, fields, strict=True))
        held = rows.get(key.point)
        if held is None:
            new.append(Paragraph(chapter=chapter, number=key.number, sub=key.sub, point=key.point, **wanted))
        elif any(getattr(held, name) != stored for name, stored in wanted.items()):
            for name, new_value in wanted.items():
                setattr(held, name, new_value)
            changed.append(held)
    Paragraph.objects.bulk_create(new, batch_size=BATCH)
    Paragraph.objects.bulk_update(changed, WRITTEN, batch_size=BATCH)


def _unit(row: SourceParagraph, weight: float) -> Unit:
    return Unit(
        words=weight,
        is_heading=row.kind == "heading",
        scene_break=row.scene_break,
        opens=row.opens,
        grouped=row.kind in {"message", "letter"},
    )


def _retire(story: Story, numbering: Numbering) -> None:
    """Take out of the text what is no longer in it; what moved says where it went."""
    live = Paragraph.objects.filter(chapter__story=story)
    wanted = {point for row in numbering.retired for point in (row.point, row.moved_to) if point is not None}
    keys = dict(live.filter(point__in=wanted).values_list("point", "pk"))
    plain = [keys[row.point] for row in numbering.retired if row.moved_to is None]
    live.filter(pk__in=plain).update(is_retired=True, moved_to=None, page=0)
    for row in numbering.retired:
        if row.moved_to is not None:
            live.filter(pk=keys[row.point]).update(is_retired=True, moved_to=keys[row.moved_to], page=0)


def _changes(numbering: Numbering) -> dict[str, list[str]]:
    """Points by what happened, in the words of the command."""
    rows: Iterable[Numbered] = (row for chapter in numbering.chapters for row in chapter)
    found: dict[str, list[str]] = {"changed": [], "new": [], "revived": [], "moved": [], "gone": []}
    for row in rows:
        if row.moved_from is not None:
            found["moved"].append(f"{points.format_point(row.moved_from)} → {points.format_point(row.point)}")
        elif row.status != "kept":
            found[row.status].append(points.format_point(row.point))
    found["gone"] = [points.format_point(row.point) for row in numbering.retired if row.moved_to is None]
    return found
