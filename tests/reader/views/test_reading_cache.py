"""How many queries a reading page costs, and that a kept page is never a wrong one."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reader.annotators import Annotator, Registry
from reader.models import Paragraph, Story, User
from reader.pagecache import PageCache, announce
from tests.conftest import Visitor, manuscript_of
from tests.reader.visits import schedule

URL = "/read/the-lamp/"


def queries_of(visitor: Visitor, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert visitor.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("paragraphs", [1, 3, 300])
def test_chapter_page_costs_three_queries_cold_and_none_warm(
    import_text: Callable[..., Story],
    newcomer: Visitor,
    kept_pages: PageCache,
    empty_registry: Registry,
    paragraphs: int,
) -> None:
    import_text(manuscript_of(3, paragraphs=paragraphs))

    assert [queries_of(newcomer, f"{URL}{path}") for path in ("2/", "2/all/")] == [3, 3]
    assert [queries_of(newcomer, f"{URL}{path}") for path in ("2/", "2/all/")] == [0, 0]


def test_chapter_page_warm_costs_nothing_for_a_reader_with_a_place(
    story: Story, newcomer: Visitor, halfway: Visitor, kept_pages: PageCache
) -> None:
    queries_of(newcomer, f"{URL}4/2/")

    assert queries_of(halfway, f"{URL}4/2/") == 0


def test_chapter_page_is_made_anew_while_changes_are_not_heard(
    story: Story, newcomer: Visitor, kept_pages: PageCache, empty_registry: Registry
) -> None:
    queries_of(newcomer, f"{URL}2/")
    kept_pages.flush(live=False)

    assert [queries_of(newcomer, f"{URL}2/") for _ in range(2)] == [3, 3]
    assert not kept_pages.pages


def test_chapter_page_kept_is_the_same_as_made_for_every_visitor(
    story: Story, newcomer: Visitor, halfway: Visitor, finished: Visitor, kept_pages: PageCache
) -> None:
    halfway.cookies["look"] = "theme:dark.size:24"
    paths = [f"{URL}{path}" for path in ("1/", "3/3/", "4/", "4/2/", "5/3/", "2/all/")]

    def pages() -> list[bytes]:
        return [visitor.get(path).content for visitor in (newcomer, halfway, finished) for path in paths]

    cold = pages()
    assert len(kept_pages.pages) == len(paths)
    assert pages() == cold
    assert len(set(cold)) == 3 * len(paths)


def test_chapter_page_of_the_owner_neither_fills_nor_reads_the_common_cache(
    story: Story, newcomer: Visitor, owner: User, kept_pages: PageCache
) -> None:
    schedule(story, 5)
    author = Visitor()
    author.force_login(owner)

    author.get(f"{URL}4/3/")
    author.get(f"{URL}5/")
    assert not kept_pages.pages

    found = [f'href="{URL}5/"' in who.get(f"{URL}4/3/").content.decode() for who in (newcomer, author, newcomer)]
    assert found == [False, True, False]
    assert newcomer.get(f"{URL}5/").status_code == 404


def test_chapter_page_changes_when_the_next_chapter_comes_out(
    story: Story, newcomer: Visitor, kept_pages: PageCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = schedule(story, 5)

    def ends_and_leads_on() -> tuple[bool, bool]:
        page = newcomer.get(f"{URL}4/3/").content.decode()
        return "I have finished" in page, f'rel="next" href="{URL}5/"' in page

    assert ends_and_leads_on() == (True, False)
    assert ends_and_leads_on() == (True, False)
    assert queries_of(newcomer, f"{URL}4/3/") == 0

    monkeypatch.setattr(timezone, "now", lambda: moment + timedelta(seconds=1))
    assert ends_and_leads_on() == (False, True)


def test_chapter_page_made_while_its_story_changed_is_not_kept(
    story: Story, newcomer: Visitor, kept_pages: PageCache, empty_registry: Registry
) -> None:
    def change_meanwhile(story: Story, paragraphs: Sequence[Paragraph], spans: object) -> None:
        kept_pages.flush(story.slug)  # as when the listening thread hears of a change just now

    empty_registry.register(Annotator("change", page_list=change_meanwhile))
    newcomer.get(f"{URL}2/")
    assert not kept_pages.pages

    empty_registry.annotators.clear()
    newcomer.get(f"{URL}2/")
    assert len(kept_pages.pages) == 1


def test_announce_is_one_query(story: Story) -> None:
    with CaptureQueriesContext(connection) as queries:
        announce(story.slug)

    assert [query["sql"] for query in queries] == ["SELECT pg_notify('story_changed', 'the-lamp')"]
