"""“Edit” beside the headings of an entry, which leads to the form of that section."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.models import Story, User
from tests.wiki.views.writing import WIKI, fields, keeper_story, reader_at, text_of

BESIDE = re.compile(r'<h2 id="([^"]+)">[^<]*</h2><a class="section-edit" href="([^"]+)"')


@pytest.fixture
def lamp(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    return keeper_story(import_text, tmp_path)


def test_entry_detail_leads_from_a_heading_to_the_form_of_its_section(lamp: Story, member: User) -> None:
    visitor = reader_at(member, "3")
    [(anchor, address)] = BESIDE.findall(text_of(visitor.get(f"{WIKI}the-keeper/")))
    form = fields(text_of(visitor.get(address)))

    assert anchor == "h-later"
    assert address.startswith(f"{WIKI}the-keeper/edit/?section=")
    assert form["body"] == "## Later\n\nHe leaves. {3:2}\n"


def test_entry_detail_as_of_an_earlier_point_leads_to_the_section_as_of_then(lamp: Story, member: User) -> None:
    visitor = reader_at(member, "4")
    [(_anchor, address)] = BESIDE.findall(text_of(visitor.get(f"{WIKI}the-keeper/?as=3")))
    form = fields(text_of(visitor.get(address.replace("&amp;", "&"))))

    assert address.startswith(f"{WIKI}the-keeper/edit/?as=3&amp;section=")
    assert form["body"] == "## Later\n\nHe leaves. {3:2}\n"


def test_entry_detail_has_no_link_to_a_section_that_does_not_show(lamp: Story, member: User) -> None:
    early, late = (text_of(reader_at(member, point).get(f"{WIKI}the-keeper/")) for point in ("2", "3"))

    assert (early.count("section-edit"), late.count("section-edit")) == (0, 1)
