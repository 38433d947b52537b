"""“Download my data”: all that the wikis know of one person, and nothing of anybody else."""

import json

from django.core.serializers.json import DjangoJSONEncoder

from config.accounts.deletion import delete_account
from reader.models import Story
from tests.wiki.tended import WHY, Crew, change, horizon, keys, reviewed, rights, tag
from wiki import personal
from wiki.editing import reporting, watching
from wiki.models import Report, Revision


def test_gathered_holds_what_somebody_did_and_nothing_of_others(tended: Story, people: Crew) -> None:
    change(tended, people.reader, "the-keeper", "He trims", "He cleans", summary="mine")
    change(tended, people.stranger, "the-keeper", "He cleans", "He shines", summary="theirs")
    mine = rights(people.reader, tended)
    reporting.report(
        tended, "the-cook", mine, horizon=horizon("5"), sort="block", key=keys(tended, "the-cook")[0], note="my note"
    )
    watching.toggle(tended, "the-cook", mine, horizon=horizon("5"))
    tag(tended, people.reader, "the-keeper", "4:2")
    tag(tended, people.stranger, "the-cook", "4:3")
    reviewed(tended)
    change(tended, people.reader, "the-cook", "She bakes", "She burns", summary="proposed")
    found = personal.gathered(people.reader)
    assert {part: len(rows) for part, rows in found.items()} == {
        "saves": 1,
        "proposals": 1,
        "reports": 1,
        "watches": 1,
        "pictures": 0,
        "tags": 1,
        "bans": 0,
    }
    said = json.dumps(found, cls=DjangoJSONEncoder)
    assert [word in said for word in ("mine", "my note", "She burns", "theirs")] == [True, True, True, False]


def test_what_was_written_stays_when_its_account_goes(tended: Story, people: Crew) -> None:
    change(tended, people.reader, "the-keeper", "He trims", "He cleans")
    mine = rights(people.reader, tended)
    reporting.report(tended, "the-cook", mine, horizon=horizon("5"), sort="block", key=keys(tended, "the-cook")[0])
    delete_account(people.reader)
    assert Revision.objects.whole(because=WHY).latest("pk").editor is None
    assert [row.by for row in reporting.queue(tended, rights(people.editor, tended), horizon("5"))] == [()]
    assert Report.objects.whole(because=WHY).get().reporter is None
