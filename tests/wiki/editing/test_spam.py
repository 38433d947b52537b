"""What a new account may add in one save, each refusal beside the same save by an account that is not new."""

import pytest

from reader.models import Story
from tests.wiki.tended import Crew, body_at, sources, write

SHOUT = "BUY THE VERY BEST LAMPS IN THE WHOLE WIDE WORLD ONLY HERE AND ONLY TODAY OR NEVER. {1:3}"
TEXT = "Everybody in the harbour knows how the lamp is lit. {1:3}"
LINKS = "See [a](https://a.example), [b](http://b.example) and www.c.example too. {1:3}"


@pytest.mark.parametrize(
    ("added", "said"), [(LINKS, "two links"), (SHOUT, "capitals"), ("\n\n".join([TEXT] * 3), "same words")]
)
def test_a_new_account_is_told_what_it_may_not_add(tended: Story, people: Crew, added: str, said: str) -> None:
    body = body_at(tended, "the-cook", "5") + "\n\n" + added
    refused = write(tended, people.newcomer, "the-cook", body)
    assert (refused.sort, [said in one.sentence for one in refused.troubles]) == ("trouble", [True])
    assert len(sources(tended, "the-cook")) == 2
    assert write(tended, people.reader, "the-cook", body).sort == "saved"


@pytest.mark.parametrize(
    "added", [LINKS.replace(" and www.c.example too", ""), SHOUT.capitalize(), "\n\n".join([TEXT] * 2), "NATO. {1:3}"]
)
def test_a_new_account_may_write_as_people_do(tended: Story, people: Crew, added: str) -> None:
    body = body_at(tended, "the-cook", "5") + "\n\n" + added
    assert write(tended, people.newcomer, "the-cook", body).sort == "saved"


def test_the_same_words_in_save_after_save_are_counted(tended: Story, people: Crew) -> None:
    def add(slug: str) -> str:
        return write(tended, people.newcomer, slug, body_at(tended, slug, "5") + "\n\n" + TEXT).sort

    assert [add("the-cook"), add("the-keeper"), add("the-cook")] == ["saved", "saved", "trouble"]


def test_links_that_were_there_are_not_counted(tended: Story, people: Crew) -> None:
    body = body_at(tended, "the-cook", "5") + "\n\n" + LINKS
    assert write(tended, people.reader, "the-cook", body).sort == "saved"
    again = body_at(tended, "the-cook", "5").replace("She bakes", "She often bakes")
    assert write(tended, people.newcomer, "the-cook", again).sort == "saved"


def test_editors_are_not_looked_at(tended: Story, people: Crew) -> None:
    from reader.models import Membership

    Membership.objects.create(user=people.newcomer, story=tended, role=Membership.Role.EDITOR)
    body = body_at(tended, "the-cook", "5") + "\n\n" + LINKS
    assert write(tended, people.newcomer, "the-cook", body).sort == "saved"
