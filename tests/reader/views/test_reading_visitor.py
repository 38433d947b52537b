"""What a reading page is for one visitor: their mode, their mark, and what is not out yet."""

from datetime import UTC, datetime, timedelta

from reader.models import Story, User
from tests.conftest import Visitor
from tests.reader.visits import schedule

URL = "/read/the-lamp/"


def test_chapter_page_in_scroll_mode_leads_to_the_whole_chapter(story: Story, newcomer: Visitor) -> None:
    newcomer.cookies["look"] = "turn:scroll"

    found = [newcomer.get(f"{URL}{path}")["Location"] for path in ("2/", "2/2/", "2/p/25/", "2/9/")]

    assert found == [f"{URL}2/all/", f"{URL}2/all/#p11", f"{URL}2/all/#p25", f"{URL}2/3/"]
    assert newcomer.get(f"{URL}2/all/").status_code == 200


def test_chapter_page_marks_the_paragraph_last_reached(story: Story, newcomer: Visitor) -> None:
    newcomer.post(f"{URL}reached/", {"point": "2:14"})

    found = [b"data-reached" in newcomer.get(f"{URL}{path}").content.replace(b"data-reached-url", b"") for path in
             ("2/", "2/2/", "2/all/", "3/")]  # fmt: skip

    assert found == [False, True, True, False]
    assert b'id="p14" data-reached' in newcomer.get(f"{URL}2/2/").content


def test_chapter_page_marks_no_words_of_the_text(import_text: object, db: None, newcomer: Visitor) -> None:
    import_text('# One\n\nHe typed <p id="p2"> and  id="p2" twice.\n\nThen he slept.\n\nAnd woke.', title="Code")  # type: ignore[operator]
    newcomer.post("/read/code/reached/", {"point": "1:2"})

    page = newcomer.get("/read/code/1/").content.decode()

    assert 'He typed &lt;p id="p2"&gt; and id="p2" twice.' in page
    assert '<p id="p2" data-reached>Then he slept.' in page


def test_chapter_page_of_a_scheduled_chapter_is_its_owners_alone(story: Story, newcomer: Visitor, owner: User) -> None:
    schedule(story, 4, 5)
    author = Visitor()
    author.force_login(owner)
    paths = ("4/", "4/2/", "4/all/", "4/p/3/", "5/")

    assert [newcomer.get(URL + path).status_code for path in paths] == [404] * 5
    assert [author.get(URL + path).status_code for path in paths] == [200, 200, 200, 302, 200]
    found = ["I have finished" in who.get(f"{URL}3/3/").content.decode() for who in (newcomer, author)]
    assert found == [True, False]


def test_chapter_page_shows_when_its_time_has_come(story: Story, newcomer: Visitor) -> None:
    schedule(story, 5, by=timedelta(seconds=-1))

    assert newcomer.get(f"{URL}5/").status_code == 200
    assert story.chapters.published(at=datetime.now(UTC)).count() == 5
