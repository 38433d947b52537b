"""What narrows a search further, as links that say how much each leaves. Counts come from what shows, and only that."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wiki import gate
from wiki.search.shapes import Count, Filters, Results
from wiki.views.search_query import Question


@dataclass(frozen=True, slots=True)
class Choice:
    """A link of the same search, narrowed; `kind` gives it colour and icon, `lang` is the language of its label."""

    label: str
    url: str
    is_chosen: bool = False
    count: Count | None = None
    kind: gate.KindRef | None = None
    lang: str = ""


def everything(question: Question, results: Results) -> Choice:
    """All that was found, of every kind; how much that is was not counted where one kind was asked for."""
    if question.filters.kind:
        return Choice("", question.address(kind=""))
    found = [*(one.count for one in results.kinds), results.passage_count]
    whole = Count(sum(one.number for one in found), is_more=any(one.is_more for one in found))
    return Choice("", question.address(), is_chosen=True, count=whole)


def kinds(question: Question, results: Results) -> list[Choice]:
    """One for each kind of which something was found."""
    return [
        Choice(
            one.kind.plural,
            question.address(kind=one.kind.slug),
            is_chosen=one.kind.slug == question.filters.kind,
            count=one.count,
            kind=one.kind,
        )
        for one in results.kinds
    ]


def stories(question: Question, results: Results) -> list[Choice]:
    """One for each story in which something was found; none where there is but one to choose."""
    found = [
        Choice(one.story.title, question.address(story=one.story.slug), count=one.count, lang=one.story.language)
        for one in results.stories
    ]
    return found if len(found) > 1 and not question.story else []


def without(question: Question, results: Results) -> list[Choice]:
    """Those who shall stand together in a scene, each with the search without them."""
    slugs = question.filters.together
    return [
        Choice(one.title, question.address(together=[slug for slug in slugs if slug != one.slug]), kind=one.kind)
        for one in results.together
    ]


def names(results: Results, language: str) -> SafeString:
    """Those who stand together, as mark-up that says in which language their names are."""
    return format_html_join(", ", '<bdi lang="{}">{}</bdi>', [(language, one.title) for one in results.together])


def chapters(filters: Filters) -> str:
    """The chapters that are kept to, in words; "" for all."""
    said = {"first": filters.first, "last": filters.last}
    if filters.first and filters.first == filters.last:
        return _("Chapter %(first)s") % said
    if filters.first and filters.last:
        return _("Chapters %(first)s to %(last)s") % said
    if filters.first:
        return _("From chapter %(first)s on") % said
    return _("Up to chapter %(last)s") % said if filters.last else ""


def wider(question: Question) -> list[Choice]:
    """The same search with less to narrow it, for who found nothing."""
    asked = question.filters
    ways = []
    if asked.kind:
        ways.append(Choice(_("Search every kind"), question.address(kind="")))
    if asked.first or asked.last:
        ways.append(Choice(_("Search every chapter"), question.address(first=0, last=0)))
    if asked.role:
        ways.append(Choice(_("Scenes with them in any way"), question.address(role="")))
    if asked.together and question.text:
        ways.append(Choice(_("Search all scenes"), question.address(together=())))
    elif asked.together:
        ways.append(Choice(_("Look for other scenes"), question.address(together=()) + "#narrow-more"))
    return ways


def roles(question: Question, said: Sequence[tuple[str, str]]) -> list[Choice]:
    """What the first of those standing together does in the scene; nothing where nobody is asked for."""
    if not question.filters.together:
        return []
    return [
        Choice(str(word), question.address(role=role), is_chosen=question.filters.role == role) for role, word in said
    ]
