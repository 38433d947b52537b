"""`manage.py show_text`: numbered paragraphs, scene breaks, one sentence where there is nothing."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reader.models import Story

TEXT = "# One\n\nThe lamp was lit.\n\nIt rained.\n\n* * *\n\nMorning came.\n\n# Two\n\nThe boat left."


def run(*arguments: str) -> list[str]:
    said = StringIO()
    call_command("show_text", *arguments, stdout=said)
    return said.getvalue().splitlines()


@pytest.fixture
def short(db: None, import_text: Callable[..., Story]) -> Story:
    return import_text(TEXT)


def test_show_text_numbers_paragraphs_and_marks_where_a_scene_ends(short: Story) -> None:
    assert run(short.slug, "1:2-3") == ["[1:2] It rained.", "* * *", "[1:3] Morning came."]


def test_show_text_shows_one_paragraph_a_chapter_or_a_span_over_chapters(short: Story) -> None:
    assert run(short.slug, "1:1") == ["[1:1] The lamp was lit."]
    assert run(short.slug, "2") == ["[2:1] The boat left."]
    assert run(short.slug, "1:3-2:1") == ["* * *", "[1:3] Morning came.", "[2:1] The boat left."]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("the-bell", "1"), "There is no story “the-bell”."),
        (("the-lamp", "1:9"), "No paragraph of the-lamp stands at 1:9."),
        (("the-lamp", "1:3-1"), "The last paragraph stands before the first."),
    ],
)
def test_show_text_says_in_one_sentence_why_there_is_nothing(
    short: Story, arguments: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(CommandError) as caught:
        run(*arguments)

    assert (str(caught.value), caught.value.returncode) == (sentence, 2)
