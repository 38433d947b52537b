"""The leaks that wikis of this sort are known for, each by its name. Every hidden thing is shown in its time, too."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.models import Story
from reader.pagecache import cache
from tests.conftest import Visitor, manuscript_of
from tests.wiki.packs import entry, png, write_pack
from wiki.packing import import_pack

PACK = {
    "the-stranger": entry(
        "A stranger comes. {1:2}\n\n## After the storm\n\nShe leaves with [[The Keeper|somebody]]. {3:4}",
        head='[[names]]\nname = "Mirelle Vance"\nsince = "3:2"\n'
        '[[facts]]\nlabel = "Trade"\nvalue = "Pilot"\nsince = "3:5"\n'
        '[[facts]]\nlabel = "Lives"\nvalue = "At [[The Light]]"\nsince = "1:4"\n'
        '[[pictures]]\nfile = "images/a.png"\nalt = "A pilot’s cap"\nsince = "3:5"\n',
        The_stranger="1:2",
    ),
    "the-keeper": entry("Keeps the light. {3:3}", The_Keeper="3:3"),
    "the-light": entry(
        "A tower, and in it [[The Keeper|a man]] who trims the lamp. {1:4}", kind="location", The_Light="1:4"
    ),
    "the-wreck": entry("A ship goes down. {4:1}", kind="event", The_Wreck="4:1"),
    "images/a.png": png(),
}


@pytest.fixture
def lamp(db: None, import_text: Callable[..., Story], tmp_path: Path, settings: object) -> Story:
    settings.MEDIA_ROOT = str(tmp_path / "media")  # type: ignore[attr-defined]
    story = import_text(manuscript_of(5))
    import_pack(write_pack(tmp_path / "pack", PACK))
    return story


def at(point: str) -> Visitor:
    visitor = Visitor()
    visitor.post("/read/the-lamp/reached/", {"point": point})
    return visitor


def page(visitor: Visitor, address: str) -> str:
    return visitor.get(address).content.decode()


def test_entry_detail_shows_the_name_as_known_so_far(lamp: Story) -> None:
    early, late = (page(at(point), "/wiki/the-lamp/the-stranger/") for point in ("1:3", "3:2"))

    assert ("The stranger" in early, "Mirelle" in early) == (True, False)
    assert "Mirelle Vance" in late


def test_navigation_lists_only_what_is_met(lamp: Story) -> None:
    for address in ("/wiki/the-lamp/", "/read/the-lamp/"):
        assert ("The Keeper" in page(at("2"), address), "The Wreck" in page(at("3"), "/wiki/the-lamp/")) == (
            False,
            False,
        )
    assert "The Keeper" in page(at("3"), "/wiki/the-lamp/")


def test_headings_and_labels_of_empty_sections_do_not_show(lamp: Story) -> None:
    early, late = (page(at(point), "/wiki/the-lamp/the-stranger/") for point in ("2", "3"))

    assert ("After the storm" in early, "Trade" in early, "Lives" in early) == (False, False, True)
    assert ("After the storm" in late, "Trade" in late) == (True, True)


def test_links_to_unmet_entries_are_plain_words(lamp: Story) -> None:
    early, late = (page(at(point), "/wiki/the-lamp/the-light/") for point in ("2", "3"))

    assert ("a man who trims" in early, "keeper" in early.lower()) == (True, False)
    assert 'href="/wiki/the-lamp/the-keeper/"' in late


def test_unmet_and_unknown_are_the_same_404(lamp: Story) -> None:
    visitor = at("2")
    unmet, unknown = (visitor.get(f"/wiki/the-lamp/{slug}/") for slug in ("the-keeper", "no-such-one"))

    assert (unmet.status_code, unmet.content, dict(unmet.items())) == (404, unknown.content, dict(unknown.items()))
    assert at("3").get("/wiki/the-lamp/the-keeper/").status_code == 200


def test_a_blocked_page_does_not_say_when_it_opens(lamp: Story) -> None:
    text = page(at("2"), "/wiki/the-lamp/the-keeper/")

    assert "3:3" not in text
    assert "chapter 3" not in text.lower().replace("chapter 3</", "")


def test_the_question_is_the_same_for_every_link_ahead(lamp: Story) -> None:
    visitor = at("2")
    met, unmet, unknown = (
        page(visitor, f"/wiki/the-lamp/{slug}/?from=3:3").replace(slug, "")
        for slug in ("the-light", "the-keeper", "nobody")
    )

    assert met == unmet == unknown
    assert "Have you read up to here?" in met
    assert "Keeps the light" in page(at("3:3"), "/wiki/the-lamp/the-keeper/?from=3:3")


def test_aliases_and_later_titles_open_nothing_early(lamp: Story) -> None:
    assert at("2").get("/wiki/the-lamp/mirelle-vance/").status_code == 404


def test_a_kind_without_met_entries_does_not_exist(lamp: Story) -> None:
    assert (at("3").get("/wiki/the-lamp/-/kind/event/").status_code, "Events" in page(at("3"), "/wiki/the-lamp/")) == (
        404,
        False,
    )
    assert (at("4").get("/wiki/the-lamp/-/kind/event/").status_code, "Events" in page(at("4"), "/wiki/the-lamp/")) == (
        200,
        True,
    )


def test_counts_count_what_is_met(lamp: Story) -> None:
    assert '<span class="count">1</span>' in page(at("2"), "/wiki/the-lamp/")
    assert '<span class="count">2</span>' in page(at("3"), "/wiki/the-lamp/")


def test_pictures_files_and_alt_texts_wait_for_their_point(lamp: Story) -> None:
    early, late = (page(at(point), "/wiki/the-lamp/the-stranger/") for point in ("2", "4"))
    assert ("pilot’s cap" in early, "/-/picture/" in early) == (False, False)
    assert "pilot’s cap" in late
    address = (
        late.split('src="', 2)[1].split('"')[0]
        if "/-/picture/" not in late
        else late[late.index("/wiki/the-lamp/-/picture/") :].split('"')[0].split(" ")[0]
    )

    assert "a.png" not in late
    assert (at("2").get(address).status_code, at("4").get(address).status_code) == (404, 200)


def test_crawlers_get_no_more_than_point_0(lamp: Story) -> None:
    crawler = Visitor()
    for address in ("/", "/read/the-lamp/", "/wiki/the-lamp/", "/robots.txt"):
        text = page(crawler, address)
        assert [name for name in ("stranger", "Mirelle", "Keeper", "Wreck") if name in text] == []


def test_a_cookie_of_another_story_opens_nothing(lamp: Story, import_text: Callable[..., Story]) -> None:
    other = import_text(manuscript_of(5), title="Other")
    reader = Visitor()
    reader.post("/read/other/reached/", {"point": "5"})
    reader.cookies[f"at_{lamp.public_id}"] = reader.cookies[f"at_{other.public_id}"].value

    assert reader.get("/wiki/the-lamp/the-keeper/").status_code == 404


def test_caches_do_not_cross_between_readers(lamp: Story) -> None:
    cache.flush(live=True)
    try:
        late = page(at("4"), "/wiki/the-lamp/the-stranger/")
        early = page(at("1:3"), "/wiki/the-lamp/the-stranger/")
        assert ("Mirelle" in late, "Mirelle" in early) == (True, False)
        assert page(at("4"), "/wiki/the-lamp/the-stranger/") == late
    finally:
        cache.flush(live=False)


def test_gated_answers_are_private_and_lowered_ones_kept_nowhere(lamp: Story) -> None:
    now, lowered = (at("4").get(f"/wiki/the-lamp/the-stranger/{query}") for query in ("", "?as=2"))

    assert (now["Cache-Control"], "Cookie" in now["Vary"]) == ("private, no-cache", True)
    assert (lowered["Cache-Control"], lowered["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert ("Mirelle" in now.content.decode(), "Mirelle" in lowered.content.decode()) == (True, False)


def test_nothing_in_an_address_raises_the_horizon(lamp: Story) -> None:
    for query in ("?as=5", "?as=all", "?as=9:99", "?reached=5", "?point=5"):
        assert at("2").get(f"/wiki/the-lamp/the-keeper/{query}").status_code == 404


def test_show_everything_opens_all_behind_a_banner(lamp: Story) -> None:
    visitor = at("all")

    assert "Everything is shown" in page(visitor, "/read/the-lamp/")
    assert "Everything is shown" in page(visitor, "/read/the-lamp/1/")
    text = page(visitor, "/wiki/the-lamp/the-wreck/")
    assert ("A ship goes down" in text, "Everything is shown" in text) == (True, True)
