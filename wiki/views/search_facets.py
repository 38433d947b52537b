"""What narrows a search further, as links that say how much each leaves. Counts come from what shows, and only that."""

from collections.abc import Sequence
from dataclasses import dataclass

from wiki import gate
from wiki.search.shapes import Count, Results
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
    """All that was found, of every kind."""
    found = [*(one.count for one in results.kinds), results.passage_count]
    whole = Count(sum(one.number for one in found), is_more=any(one.is_more for one in found))
    return Choice("", question.address(kind=""), is_chosen=not question.filters.kind, count=whole)


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


def roles(question: Question, said: Sequence[tuple[str, str]]) -> list[Choice]:
    """What the first of those standing together does in the scene; nothing where nobody is asked for."""
    if not question.filters.together:
        return []
    return [
        Choice(str(word), question.address(role=role), is_chosen=question.filters.role == role) for role, word in said
    ]
