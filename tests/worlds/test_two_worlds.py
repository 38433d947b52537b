"""The proof (DESIGN §3.11): what is added later cannot be noticed by a reader who is not there yet, at any address."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reader.pagecache import cache
from reader.text import points
from reader.text.points import EVERYTHING
from tests.worlds.acts import Person as Somebody
from tests.worlds.acts import acts, do, posts
from tests.worlds.build import VISITORS, fetch, fetch_all, forget_pages, passing, tell_story, tell_wiki, visitor, work
from tests.worlds.routes import NOT_FETCHED, ROUTES, addresses, named_routes
from tests.worlds.world import (
    CHAPTERS,
    HORIZONS,
    KINDS,
    PARAGRAPHS,
    PRINTED,
    SLUG,
    Part,
    Person,
    World,
    later,
    printed_in,
    worlds,
)
from wiki.models import Image

EXAMPLES = int(os.environ.get("WORLDS", "25"))
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("worlds")]
# Shrinking takes minutes here; a small world is read as it is. WORLDS_SHRINK=1 shrinks all the same.
PHASES = [one for one in Phase if one is not Phase.shrink or os.environ.get("WORLDS_SHRINK")]
many = settings(
    phases=[one for one in PHASES if one is not Phase.explain],
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(autouse=True)
def _pages_are_kept(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = str(tmp_path)
    settings.THROTTLES = dict.fromkeys(settings.THROTTLES, (10**9, 60))
    forget_pages()
    yield
    cache.flush(live=False)


def pictures() -> tuple[str, ...]:
    """The random names of all pictures."""
    rows = Image.objects.whole(because="a visitor may try any address")
    return tuple(rows.order_by("pk").values_list("public_id", flat=True))


def compare(
    first: World, second: World, sort: str, horizon: int, *, then: Callable[[], object] = lambda: None
) -> Generator[str]:
    """The addresses at which a visitor at `horizon` could tell the second world, with `then`, from the first."""
    with passing() as folder:
        tell_story()
        tell_wiki(first, folder)
        client = visitor(sort, horizon)
        known = pictures()
        before = fetch_all(client, addresses((first, second), KINDS, known), horizon)
        tell_wiki(second, folder)
        then()
        for is_cold in (False, True):
            if is_cold:
                forget_pages()
            for address in before:
                if fetch(client, address, horizon) != before[address]:
                    yield address
        # Whatever address the later act made is as unknown as any other.
        for address in (f"/wiki/{SLUG}/-/picture/{one}/96.webp" for one in pictures() if one not in known):
            if fetch(client, address)[0] != 404:
                yield address


@many
@given(data=st.data())
def test_later_acts_cannot_be_noticed(data: st.DataObject) -> None:
    """(a) Status, headers and bytes are equal, caches warm and cold."""
    first = data.draw(worlds(), label="world")
    sort = data.draw(st.sampled_from(VISITORS), label="visitor")
    horizon = 0 if sort == "crawler" else data.draw(st.sampled_from(HORIZONS), label="horizon")
    second = data.draw(later(first, horizon), label="after")
    assert list(compare(first, second, sort, horizon)) == []


@many
@given(data=st.data())
def test_later_acts_on_the_site_cannot_be_noticed(data: st.DataObject) -> None:
    """(a) The same for what an editor does through the site, and for what a visitor with an account posts."""
    first = data.draw(worlds(most=2), label="world")
    sort = data.draw(st.sampled_from(VISITORS), label="visitor")
    horizon = 0 if sort == "crawler" else data.draw(st.sampled_from(HORIZONS), label="horizon")
    later = data.draw(acts(first, horizon), label="acts")
    slugs = World(tuple(Person(0, "character", (Part("name", act.word, act.since),)) for act in later))
    with passing() as folder:
        tell_story()
        tell_wiki(first, folder)
        client, poster = visitor(sort, horizon), Somebody("poster", horizon)
        known = addresses((first, slugs), KINDS, pictures())
        before, posted = fetch_all(client, known, horizon), posts(poster, first, later)
        editor = Somebody("editor", EVERYTHING, "moderator")
        for act in later:
            do(act, editor, horizon)
            work()
        forget_pages()  # what the commit of each act tells every process
        after = fetch_all(client, known, horizon)
        assert [address for address in known if before[address] != after[address]] == []
        assert posts(poster, first, later) == posted


@many
@given(data=st.data())
def test_what_is_due_is_shown_and_nothing_else(data: st.DataObject) -> None:
    """(b) Every name, fact and block with `since <= N < until` is on its page, and nothing else of the wiki."""
    world = data.draw(worlds(), label="world")
    horizon = data.draw(st.sampled_from(HORIZONS), label="horizon")
    with passing() as folder:
        tell_story()
        tell_wiki(world, folder)
        client = visitor("cookie", horizon)
        for person in world.people:
            answer = client.get(f"/wiki/{SLUG}/{person.slug}/")
            assert answer.status_code == (200 if person.since <= horizon else 404)
            shown = {word for word in world.all_words() if word in answer.content.decode()} - set(PRINTED)
            due = world.words(person, horizon) - set(PRINTED) if person.since <= horizon else set()
            assert due <= shown
            assert shown <= allowed(world, horizon)


def allowed(world: World, horizon: int) -> set[str]:
    """Words that may stand on some page: of parts that show, of entries that are met."""
    return {part.word for person in world.met(horizon) for part in person.parts if part.shows_at(horizon)}


@many
@given(data=st.data())
def test_names_in_the_text_are_links_where_they_are_known(data: st.DataObject) -> None:
    """(b) A name is a link in each paragraph from which it is known, and in none before; for every visitor alike."""
    world = data.draw(worlds(), label="world")
    sort = data.draw(st.sampled_from(VISITORS), label="visitor")
    with passing() as folder:
        tell_story()
        tell_wiki(world, folder)
        client = visitor(sort, 0 if sort == "crawler" else data.draw(st.sampled_from(HORIZONS), label="horizon"))
        for chapter in range(1, CHAPTERS + 1):
            page = client.get(f"/read/{SLUG}/{chapter}/").content.decode()
            for number in range(1, PARAGRAPHS + 1):
                paragraph = re.search(rf'<p id="p{number}".*?</p>', page, re.DOTALL)
                assert paragraph is not None
                linked = set(re.findall(r">(Zq\w+)</a>", paragraph[0]))
                owners = {
                    word: world.called(word, points.point(chapter, number)) for word in printed_in(chapter, number)
                }
                assert {word for word, who in owners.items() if len(who) == 1} <= linked
                assert linked <= {word for word, who in owners.items() if who}


@many
@given(data=st.data())
def test_no_page_holds_a_word_that_is_not_due(data: st.DataObject) -> None:
    """(b) The same over every address: portal, lists, contents, library, errors, the text as far as it was read."""
    world = data.draw(worlds(), label="world")
    horizon = data.draw(st.sampled_from(HORIZONS), label="horizon")
    with passing() as folder:
        tell_story()
        tell_wiki(world, folder)
        client = visitor("cookie", horizon)
        pages = fetch_all(client, addresses((world,), KINDS, ()), horizon)
        # What has had its time (`until`) may show again on a page as of an earlier point; what is ahead never does.
        hidden = world.all_words() - {
            part.word for person in world.met(horizon) for part in person.parts if part.since <= horizon
        }
        hidden -= set(PRINTED)  # the text prints them, whoever is called so
        for address, (_status, headers, body) in pages.items():
            text = re.sub(re.escape(address), "", body.decode(errors="ignore"))
            # An address that the visitor typed may come back (a form's "next", what was looked for); only what the
            # site adds counts.
            told = {word for word in hidden if word not in address and (word in text or word in str(headers))}
            assert told == set(), address


def test_every_route_has_a_row_of_addresses() -> None:
    """(d) A new address cannot be forgotten here."""
    assert set(named_routes()) - {"style-guide"} == set(ROUTES) | NOT_FETCHED
