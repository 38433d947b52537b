"""A real manuscript (STORY_MANUSCRIPT), through the importer and through the pages that are served."""

import html
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from reader.models import Chapter, Paragraph, Story
from reader.text.manuscript import parse
from tests.conftest import Visitor

pytestmark = [pytest.mark.real_manuscript, pytest.mark.django_db]

PARAGRAPH = re.compile(r'<(p|h2|div) (?:class="[^"]*" )?id="p([0-9-]+)"[^>]*>(.*?)</\1>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")


@pytest.fixture
def said(real_manuscript: Path) -> str:
    out = StringIO()
    call_command("import_story", str(real_manuscript), title="A Real One", slug="real", stdout=out)
    return out.getvalue()


def source_text(path: Path) -> list[str]:
    """The words of the file, by white space, without its chapter separators."""
    return [
        word for line in path.read_text("utf-8").splitlines() if line.strip() != "Chapter Text" for word in line.split()
    ]


def shown(page: str) -> list[str]:
    """The paragraphs on a reading page, as plain text."""
    return [html.unescape(TAG.sub("", match[3])).strip() for match in PARAGRAPH.finditer(page)]


def test_import_makes_nine_chapters_of_1920_paragraphs_and_53271_words(said: str) -> None:
    paragraphs = list(Paragraph.objects.in_order())

    assert Chapter.objects.count() == 9
    assert len(paragraphs) == 1920
    assert sum(len(row.text.split()) for row in paragraphs) == 53_271
    assert said.startswith("A Real One: 9 chapters, ")
    assert "1,920 paragraphs" in said


def test_import_numbers_each_chapter_from_one(said: str) -> None:
    for chapter in Chapter.objects.in_order():
        rows = list(chapter.paragraphs.in_order().values_list("number", "sub"))
        assert rows == [(number, 0) for number in range(1, len(rows) + 1)]


def test_import_keeps_every_word_once_and_in_order(said: str, real_manuscript: Path) -> None:
    stored = [word for row in Paragraph.objects.in_order() for word in row.text.split()]
    manuscript = parse(real_manuscript.read_bytes(), name=real_manuscript.name)
    parsed = [row.text for chapter in manuscript.chapters for row in chapter.paragraphs]

    assert [row.text for row in Paragraph.objects.in_order()] == parsed
    assert [word for word in source_text(real_manuscript) if re.search(r"\w", word)] == [
        word for word in stored if re.search(r"\w", word)
    ]


def test_import_cuts_pages_of_700_to_1600_words(said: str) -> None:
    for chapter in Chapter.objects.in_order():
        pages: dict[int, list[int]] = {}
        for row in chapter.paragraphs.in_order():
            pages.setdefault(row.page, []).append(len(row.text.split()))
        assert list(pages) == list(range(1, chapter.page_count + 1))
        for lengths in pages.values():
            is_odd = chapter.page_count == 1 or max(lengths) > 1600
            assert is_odd or 700 <= sum(lengths) <= 1600


def test_pages_show_each_paragraph_once_and_in_order(said: str, newcomer: Visitor) -> None:
    stored = [row.text.strip() for row in Paragraph.objects.in_order()]
    found: list[str] = []
    url, visited = "/read/real/1/", 0
    while url.startswith("/read/real/") and url != "/read/real/":
        response = newcomer.get(url)
        assert response.status_code == 200
        page, visited = response.content.decode(), visited + 1
        on_page = shown(page)
        words = sum(len(text.split()) for text in on_page)
        assert 700 <= words <= 1600 or ">Page 2<" not in page
        found += on_page
        after = re.search(r'rel="next" href="([^"]+)"', page)
        url = after[1] if after else ""

    assert found == stored
    assert visited == sum(Chapter.objects.values_list("page_count", flat=True))


def test_whole_chapters_show_each_paragraph_once_and_in_order(said: str, newcomer: Visitor) -> None:
    found = [
        text for number in range(1, 10) for text in shown(newcomer.get(f"/read/real/{number}/all/").content.decode())
    ]

    assert found == [row.text.strip() for row in Paragraph.objects.in_order()]


def test_import_again_changes_nothing(said: str, real_manuscript: Path) -> None:
    out = StringIO()
    call_command("import_story", str(real_manuscript), title="A Real One", slug="real", stdout=out)

    assert out.getvalue().splitlines()[-1] == "Nothing has changed: /read/real/"
    assert Story.objects.count() == 1
