"""Citations open the text, and the text knows the way back, in either mode of reading."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.models import Story
from tests.conftest import Visitor, manuscript_of
from tests.wiki.packs import entry, write_pack
from wiki.packing import import_pack


@pytest.fixture
def keeper(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    """A story of five chapters and one entry, cited by paragraph and by chapter, with one fact."""
    story = import_text(manuscript_of(5))
    head = '[[facts]]\nlabel = "Lives"\nvalue = "Here"\nsince = "1:4"\n'
    pack = {"the-keeper": entry("Keeps the light. {1:3} To the end. {2}", head=head, The_Keeper="1:2")}
    import_pack(write_pack(tmp_path / "pack", pack))
    return story


def at(point: str, **cookies: str) -> Visitor:
    visitor = Visitor()
    visitor.post("/read/the-lamp/reached/", {"point": point})
    for name, value in cookies.items():
        visitor.cookies[name] = value
    return visitor


def test_citations_carry_the_entry_they_stand_in(keeper: Story) -> None:
    page = at("3").get("/wiki/the-lamp/the-keeper/").content.decode()

    for address in ("1/p/3/", "2/", "1/p/4/", "1/p/2/"):
        assert f'href="/read/the-lamp/{address}?back=the-keeper"' in page


@pytest.mark.parametrize("look", ["", "turn:scroll"])
@pytest.mark.parametrize("address", ["1/p/3/", "2/"])
def test_the_text_offers_the_way_back_in_either_mode(keeper: Story, look: str, address: str) -> None:
    page = at("3", look=look).get(f"/read/the-lamp/{address}?back=the-keeper", follow=True).content.decode()

    assert '<a class="link" href="/wiki/the-lamp/the-keeper/">Back to The Keeper</a>' in page


def test_the_way_back_is_silent_of_what_is_not_met(keeper: Story) -> None:
    answers = {
        at("1:1").get(f"/read/the-lamp/1/?back={name}").content.decode() for name in ("the-keeper", "nobody-at-all")
    }

    assert len(answers) == 1
    assert "Back to" not in answers.pop()


def test_the_way_back_stands_below_the_banner_while_everything_is_shown(keeper: Story) -> None:
    page = at("all").get("/read/the-lamp/1/?back=the-keeper").content.decode()

    assert 0 < page.index("Everything is shown") < page.index("Back to The Keeper")
