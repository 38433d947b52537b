"""`manage.py where`: the places in which a name stands, with the words around it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reader.models import Story


def run(*arguments: str) -> list[str]:
    said = StringIO()
    call_command("where", *arguments, stdout=said)
    return said.getvalue().splitlines()


def test_where_lists_whole_names_in_the_order_of_the_story(lamp: Story) -> None:
    assert run(lamp.slug, "Theo", "Wilf") == [
        "1:2  [Wilf] lit the lamp, and row F was dark.",
        "1:3  “Miss Ines,” said [Wilf], “the sea is at the door again.”",
        "2:1  Ines Tarrant met [Theo] on the harbour stairs in the rain.",
        "2:3  [Theo] went home.",
        "4 places.",
    ]


def test_where_minds_capitals_unless_told_otherwise(lamp: Story) -> None:
    assert run(lamp.slug, "Theo")[-1] == "2 places."
    assert run(lamp.slug, "Theo", "--any-case")[-2:] == ["2:4  Pru: is [theo] there", "3 places."]


def test_where_says_that_a_name_stands_nowhere(lamp: Story) -> None:
    with pytest.raises(CommandError) as caught:
        run(lamp.slug, "Grace")

    assert (str(caught.value), caught.value.returncode) == ("“Grace” stands nowhere in the-lamp.", 1)


def test_where_needs_a_story(db: None) -> None:
    with pytest.raises(CommandError) as caught:
        run("the-bell", "Grace")

    assert (str(caught.value), caught.value.returncode) == ("There is no story “the-bell”.", 2)
