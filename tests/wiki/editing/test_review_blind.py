"""Nobody takes in a part of a proposal that its page did not show them."""

import pytest

from reader.models import Story
from tests.wiki.tended import WHY, Crew, change, horizon, reviewed, rights, sources
from wiki.editing import reviewing
from wiki.errors import EditError
from wiki.models import Proposal

AD = "Buy lamps. {4:4}"


def test_a_part_that_its_writer_dates_further_on_is_judged_by_who_sees_it(tended: Story, people: Crew) -> None:
    reviewed(tended)
    assert change(tended, people.reader, "the-keeper", "He trims", f"{AD}\n\nHe trims", point="2").sort == "waits"
    waiting = Proposal.objects.whole(because=WHY).get()
    editor = rights(people.editor, tended)

    def words(point: str) -> str:
        page = reviewing.page(tended, waiting.public_id, editor, horizon(point))
        return " ".join(block.html for run in page.runs for block in run.blocks)

    assert "Buy" not in words("3")
    with pytest.raises(EditError, match="show everything"):
        reviewing.accept(tended, waiting.public_id, editor, horizon=horizon("3"))
    assert AD not in sources(tended, "the-keeper")
    assert "Buy" in words("5")
    assert reviewing.accept(tended, waiting.public_id, editor, horizon=horizon("5")).sort == "saved"
    assert AD in sources(tended, "the-keeper")
