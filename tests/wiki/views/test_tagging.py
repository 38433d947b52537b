"""The pages for tagging by hand: what they show, what they send, what comes back, and what they never tell."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.utils import timezone

from reader.models import Story
from reader.switching import switch_read_only
from tests.conftest import Visitor
from tests.reader.visits import Answer
from tests.wiki.lamps import TEXT
from tests.wiki.packs import entry
from tests.wiki.tagging.hands import Hand, hand, light, rows
from tests.wiki.tended import at
from wiki.models import Ban, Wiki

W = "/wiki/the-lamp/"
TAG, DECIDE, DOUBTFUL = f"{W}-/tag/", f"{W}-/decide/", f"{W}-/doubtful/"
BACK = "/read/the-lamp/2/p/2/"
THEY = {"at": "2:2", "start": "0", "end": "4", "words": "They"}
WILF = {"at": "1:2", "start": "0", "end": "4", "words": "Wilf"}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
LINKED = r'<a [^>]*class="name[^>]*>They</a>'
NAMED = 'name="link" value="{}"'


@pytest.fixture
def lit(lamp: Story, tmp_path: Path) -> Story:
    town = entry("A town. {2:1}", kind="location", The_Town="2:1", Skerrow="2:1")
    film = entry("A film. {2:1}", kind="film", The_Film="2:1", Skerrow="2:1")
    return light(lamp, tmp_path, town=town, film=film)


@pytest.fixture
def ada(lit: Story) -> Hand:
    return hand(lit, "ada")


def visitor(hand: Hand, point: str = "2") -> Visitor:
    """Their browser."""
    return at(hand.story, hand.user, point)


def page(answer: Answer) -> str:
    return unescape(answer.content.decode())


def undo_of(html: str) -> dict[str, list[str]]:
    """What the button that takes back sends."""
    form = re.search(
        r'<form method="post" action="[^"]*/-/decide/">((?:<input[^>]*>)*)<button class="link" data-undo>', html
    )
    assert form
    sent: dict[str, list[str]] = {}
    for name, value in HIDDEN.findall(form[1]):
        sent.setdefault(name, []).append(unescape(value))
    return sent


def test_tag_shows_the_words_and_who_may_be_meant(ada: Hand) -> None:
    html = page(visitor(ada).get(f"{TAG}?at=2:2&start=0&end=4"))

    assert "Who or what is “They”?" in html
    assert "<mark>They</mark> spoke of Skerrow until it was light." in html
    assert [NAMED.format(slug) in html for slug in ("theo", "ines", "wilf")] == [True] * 3
    assert f'{W}-/new/?name=They&at=2:2"' in html
    assert 'name="since" value="2:2"' in html.replace('id="since" ', "").replace('class="field-short" ', "")


def test_a_new_entry_begins_with_the_words_and_their_paragraph(ada: Hand) -> None:
    html = page(visitor(ada).get(f"{W}-/new/?name=row%20F&at=1:2"))

    assert 'value="row F"' in html
    assert "{1:2}" in html


def test_tag_without_words_asks_which(ada: Hand) -> None:
    browser = visitor(ada)
    html = page(browser.get(f"{TAG}?at=1:3"))
    assert ("Which words?" in html, 'name="link"' in html) == (True, False)
    assert "Who or what is “Ines”?" in page(browser.get(f"{TAG}?at=1:3&words=ines"))
    twice = page(browser.get(f"{TAG}?at=1:3&words=s"))
    assert twice.count("start=") > 1
    none = page(browser.get(f"{TAG}?at=1:3&words=Theo"))
    assert "“Theo” does not stand in this paragraph." in none


def test_tag_shows_what_is_said_of_the_words(lit: Story, ada: Hand) -> None:
    ben = hand(lit, "ben")
    ben.link("2:1", "the harbour stairs", "wilf", role="setting")
    html = " ".join(page(visitor(ada).get(f"{TAG}?at=2:1&start=17&end=40")).split())

    assert "setting, tagged by ben" in html
    assert "named, found by the name" in html
    assert html.count("Not this one") == 2
    assert "Take back" not in html
    assert "Take back" in page(visitor(ben).get(f"{TAG}?at=2:1&start=17&end=40"))


def test_decide_tags_and_comes_back_to_the_text(lit: Story, ada: Hand) -> None:
    browser = visitor(ada)
    answer = browser.post(DECIDE, {**THEY, "link": "theo", "role": "present"})
    assert (answer.status_code, answer["Location"]) == (303, f"{BACK}?back=theo")
    assert rows(lit) == [("2:2", "They", "theo", "linked", "present", "2:2")]

    text = page(browser.get(answer["Location"], follow=True))
    assert "Tagged as Theo." in text
    assert re.search(LINKED, text)
    again = page(browser.get(answer["Location"], follow=True))
    assert ("Tagged as Theo." in again, "data-undo" in again, "Back to Theo" in again) == (False, False, True)


def test_one_undo_takes_it_back(lit: Story, ada: Hand) -> None:
    browser = visitor(ada)
    text = page(browser.get(browser.post(DECIDE, {**THEY, "link": "theo"})["Location"], follow=True))
    sent = undo_of(text)
    assert sent == {"at": ["2:2"], "start": ["0"], "end": ["4"], "undo": ["theo"]}
    answer = browser.post(DECIDE, sent)
    assert (answer.status_code, answer["Location"], rows(lit)) == (303, f"{BACK}?back=theo", [])
    text = page(browser.get(answer["Location"], follow=True))
    assert ("Taken back." in text, "data-undo" in text) == (True, False)

    answer = browser.post(DECIDE, sent)
    assert answer.status_code == 409
    assert "There is nothing to take back here." in page(answer)


def test_decide_by_a_typed_name(lit: Story, ada: Hand) -> None:
    browser = visitor(ada)
    assert browser.post(DECIDE, {**THEY, "link": "", "name": " ines  TARRANT "}).status_code == 303
    assert rows(lit) == [("2:2", "They", "ines", "linked", "named", "2:2")]


@pytest.mark.parametrize("name", ["Jonah", "Nobody", ""])
def test_a_name_that_is_not_met_comes_back(lit: Story, ada: Hand, name: str) -> None:
    early = visitor(ada, "2:2")
    answer = early.post(DECIDE, {**THEY, "link": "", "name": name, "role": "present", "since": "2:1"})
    html = page(answer)

    assert answer.status_code == 422
    assert (f"goes by “{name}”" if name else "Choose who or what is meant.") in html
    assert f'name="name" value="{name}"' in html
    assert 'value="present" checked' in html
    assert 'value="2:1"' in html
    assert rows(lit) == []


def test_later_knowledge_is_said(lit: Story, ada: Hand) -> None:
    browser = visitor(ada)
    answer = browser.post(DECIDE, {**THEY, "link": "theo", "since": "2:3"})
    text = page(browser.get(answer["Location"], follow=True))

    assert "Tagged as Theo, known from 2:3." in text
    assert not re.search(LINKED, text)
    assert rows(lit) == [("2:2", "They", "theo", "linked", "named", "2:3")]


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"link": "theo", "words": "Them"}, 409, "the text was changed"),
        ({"link": "theo", "end": "90", "words": "They"}, 409, "the text was changed"),
        ({"link": "theo", "role": "king"}, 422, "Choose one of the roles."),
        ({"link": "theo", "since": "soon"}, 422, "“Known from” is a paragraph"),
        ({"link": "theo", "since": "9:1"}, 422, "You have read as far as 2"),
        ({}, 422, "Choose who or what is meant."),
        ({"reject": ""}, 422, "Choose who or what is meant."),
        ({"undo": "theo"}, 409, "There is nothing to take back here."),
        ({"link": "nobody"}, 404, "Not here (yet)"),
        ({"link": "theo", "at": "9:9"}, 404, "Not here (yet)"),
        ({"link": "theo", "at": "x"}, 404, "Not here (yet)"),
        ({"link": "theo", "at": ""}, 404, "Not here (yet)"),
    ],
)
def test_refusals_say_why_and_keep_all(lit: Story, ada: Hand, sent: dict[str, str], status: int, said: str) -> None:
    answer = visitor(ada, "2:3").post(DECIDE, {**THEY, **sent})
    html = page(answer)

    assert (answer.status_code, said in html, rows(lit)) == (status, True, [])
    if status != 404:
        assert "They spoke of Skerrow" in re.sub(r"</?mark>", "", html)


def test_words_that_were_moved_are_found_again(lit: Story, ada: Hand) -> None:
    answer = visitor(ada).post(DECIDE, {**THEY, "start": "3", "end": "7", "link": "theo"})

    assert answer.status_code == 409
    assert "<mark>They</mark> spoke" in page(answer)


def test_words_by_hand_across_the_same_words_are_said(lit: Story, ada: Hand) -> None:
    hand(lit, "ben").link("2:2", "They", "wilf")
    answer = visitor(ada).post(DECIDE, {**THEY, "link": "theo"})

    assert answer.status_code == 409
    assert "tagged by hand already" in page(answer)
    assert "tagged by ben" in page(answer)


def test_unmet_and_unknown_are_the_same(lit: Story, ada: Hand) -> None:
    early = visitor(ada, "2:2")

    def told(slug: str) -> list[tuple[int, str]]:
        answers = [early.post(DECIDE, {**THEY, sort: slug}) for sort in ("link", "reject", "undo")]
        answers += [early.get(f"{W}{slug}/tagging/?at={point}") for point in ("1:2", "2:2", "2:3", "9:9", "x")]
        return [(one.status_code, page(one).replace(slug, "…")) for one in answers]

    unmet = told("jonah")
    assert unmet == told("nobody")
    assert [status for status, _html in unmet] == [404, 404, 404, 404, 404, 200, 200, 404]
    assert visitor(ada, "2:3").get(f"{W}jonah/tagging/?at=2:3").status_code == 200


@pytest.mark.parametrize("address", [f"{TAG}?start=0&end=4&at=", f"{W}theo/tagging/?at="])
def test_what_lies_ahead_asks_once(lit: Story, ada: Hand, address: str) -> None:
    early = visitor(ada, "2:1")
    pages = {re.sub(r"(9:|9/p/|paragraph )[17]", "…", page(early.get(address + point))) for point in ("9:1", "9:7")}
    assert ["Have you read up to here?" in one for one in pages] == [True]
    assert early.get(address + "2:1").status_code == 200
    assert early.get(address + "1:77").status_code == 404


def test_entry_tagging_confirms_rejects_and_takes_back(lit: Story, ada: Hand) -> None:
    browser = visitor(ada)
    address = f"{W}wilf/tagging/?at=1:2"
    found = page(browser.get(address))
    assert ("found by the name" in found, "Yes, this is right" in found, "Take back" in found) == (True, True, False)
    browser.post(DECIDE, {**WILF, "reject": "wilf", "next": address})
    rejected = page(browser.get(address))
    assert ("marked as not Wilf, by ada" in rejected, "It is meant after all" in rejected) == (True, True)
    browser.post(DECIDE, {**WILF, "undo": "wilf", "next": address})
    assert page(browser.get(address)).count("found by the name") == 1
    browser.post(DECIDE, {**WILF, "link": "wilf", "role": "present", "next": address})
    assert "present, tagged by ada" in " ".join(page(browser.get(address)).split())
    assert rows(lit) == [("1:2", "Wilf", "wilf", "linked", "present", "1:2")]


def test_entry_tagging_where_nothing_is_tagged(ada: Hand) -> None:
    assert "Nothing in 2:2 is tagged as Wilf." in page(visitor(ada).get(f"{W}wilf/tagging/?at=2:2"))


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)", "tag/", "/\\example.org"]
)
def test_next_leads_nowhere_else(lit: Story, ada: Hand, elsewhere: str) -> None:
    browser = visitor(ada)
    assert browser.post(DECIDE, {**THEY, "link": "theo", "next": elsewhere})["Location"] == f"{BACK}?back=theo"
    assert browser.post(DECIDE, {**THEY, "reject": "theo", "next": DOUBTFUL})["Location"] == DOUBTFUL


def test_doubtful_names_are_settled_one_after_the_other(lit: Story, ada: Hand) -> None:
    browser = visitor(ada)
    html = page(browser.get(DOUBTFUL))
    assert "They spoke of <mark>Skerrow</mark> until it was light." in html
    assert [NAMED.format(slug) in html for slug in ("the-town", "the-film", "theo")] == [True, True, False]
    skerrow = {"at": "2:2", "start": "14", "end": "21", "words": "Skerrow", "next": f"{DOUBTFUL}#doubt-1"}
    answer = browser.post(DECIDE, {**skerrow, "link": "the-town", "reject": ["the-town", "the-film"]})
    assert answer["Location"] == f"{DOUBTFUL}#doubt-1"
    html = page(browser.get(DOUBTFUL))
    assert ("Tagged as The Town." in html, "Every name in what you have read is settled." in html) == (True, True)
    browser.post(DECIDE, undo_of(html))
    assert "<mark>Skerrow</mark>" in page(browser.get(DOUBTFUL))

    browser.post(DECIDE, {**skerrow, "reject": ["the-town", "the-film"]})
    html = page(browser.get(DOUBTFUL))
    assert ("Marked as none of them." in html, "<mark>Skerrow</mark>" in html) == (True, False)
    assert undo_of(html)["undo"] == ["the-town", "the-film"]
    browser.post(DECIDE, undo_of(html))
    assert rows(lit) == []


def test_doubtful_names_ahead_are_not_there(lit: Story, ada: Hand) -> None:
    pages = [page(visitor(ada, point).get(DOUBTFUL)) for point in ("2:1", "2:2")]

    assert ["Skerrow" in one for one in pages] == [False, True]


def test_doubtful_beyond_the_end_begins_again(lit: Story, ada: Hand) -> None:
    answer = visitor(ada).get(f"{DOUBTFUL}?after=20")

    assert (answer.status_code, answer["Location"]) == (302, DOUBTFUL)
    assert visitor(ada, "2:1").get(f"{DOUBTFUL}?after=20").status_code == 200


@pytest.mark.parametrize("who", ["banned", "reviewed"])
def test_who_may_not_tag_reads_why(lit: Story, ada: Hand, who: str) -> None:
    if who == "banned":
        Ban.objects.create(story=lit, user=ada.user)
    else:
        Wiki.objects.filter(story=lit).update(policy="reviewed")
    said = "may not write in this wiki" if who == "banned" else "tags are set by editors only"
    browser = visitor(ada)
    for address in (f"{TAG}?at=2:2&start=0&end=4", f"{W}wilf/tagging/?at=1:2", DOUBTFUL):
        html = page(browser.get(address))
        assert (said in html, 'name="link"' in html) == (True, False)
    answer = browser.post(DECIDE, {**THEY, "link": "theo"})
    assert (answer.status_code, page(answer).count(said), rows(lit)) == (403, 1, [])


def test_signed_out_visitors_sign_in_first(lit: Story) -> None:
    for address in (f"{TAG}?at=2:2&start=0&end=4", f"{W}wilf/tagging/?at=1:2", f"{W}nobody/tagging/?at=1:2", DOUBTFUL):
        answer = Visitor().get(address)
        assert (answer.status_code, answer["Location"].startswith("/account/login/?next=/wiki/")) == (302, True)
    assert Visitor().post(DECIDE, {**THEY, "link": "theo"}).status_code == 302
    assert rows(lit) == []


def test_decide_takes_posts_from_here_only(lit: Story, ada: Hand) -> None:
    browser = visitor(ada)
    assert browser.get(DECIDE).status_code == 405
    answer = browser.post(DECIDE, {**THEY, "link": "theo"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, rows(lit)) == (403, [])


def test_nothing_is_tagged_while_the_site_is_read_only(lit: Story, ada: Hand) -> None:
    browser = visitor(ada)
    switch_read_only(is_on=True, sentence="Until noon.", at=timezone.now())
    answer = browser.post(DECIDE, {**THEY, "link": "theo"})

    assert (answer.status_code, "Until noon." in page(answer), rows(lit)) == (503, True, [])


def test_too_many_tags_are_refused(lit: Story, ada: Hand, settings: object) -> None:
    settings.THROTTLES = {**settings.THROTTLES, "tag": (8, 600)}  # type: ignore[attr-defined] # a quarter on one's first day
    browser = visitor(ada)
    statuses = [browser.post(DECIDE, {**THEY, "link": slug}).status_code for slug in ("theo", "theo", "theo")]

    assert statuses == [303, 303, 429]


def test_tagging_is_found_where_it_is_looked_for(lit: Story, ada: Hand) -> None:
    browser = visitor(ada)

    assert f'href="{TAG}" rel="nofollow" data-tag' in page(browser.get("/read/the-lamp/1/"))
    assert f'href="{TAG}?at=2:2"' in page(browser.get("/read/the-lamp/bookmarks/?at=2:2"))
    assert f'href="{DOUBTFUL}"' in page(browser.get(f"{W}-/wanted/"))
    assert f'href="{DOUBTFUL}"' in page(browser.get(f"{W}-/review/"))


def test_line_ends_in_words_are_those_of_the_text(lit: Story, ada: Hand, import_text: "object", tmp_path: Path) -> None:
    assert "\n" not in TEXT.split("# Two")[0].split("\n\n")[1]
    import_text(TEXT + "\n# Three\n\nTheo went  \nhome.\n")  # type: ignore[operator]
    text = "Theo went\nhome."
    sent = {"at": "3:1", "start": "5", "end": "14", "words": text[5:14].replace("\n", "\r\n"), "link": "theo"}

    assert visitor(ada, "3").post(DECIDE, sent).status_code == 303
    assert rows(lit) == [("3:1", "went\nhome", "theo", "linked", "named", "3:1")]
