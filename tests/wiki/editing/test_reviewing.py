"""Proposals: who sees which, what they would do now, what becomes of them; each is decided once."""

import pytest

from reader.models import Story
from tests.wiki.tended import ALL, WHY, Crew, change, create, horizon, reviewed, revision, rights, sources
from wiki.editing import acts, reviewing
from wiki.editing.forming import find_entry
from wiki.editing.saving import Save, save
from wiki.errors import EditError, GoneError, NotAllowedError
from wiki.models import Proposal, Revision

END = horizon("5")


@pytest.fixture
def waiting(tended: Story, people: Crew) -> Proposal:
    """A reader who has read two chapters proposes a change."""
    reviewed(tended)
    outcome = change(tended, people.reader, "the-keeper", "He trims", "He cleans", point="2", summary="cleaner")
    assert outcome.sort == "waits"
    return Proposal.objects.whole(because=WHY).get()


def words(page: reviewing.ProposalPage) -> list[str]:
    return [block.html for run in page.runs for block in run.blocks if block.sort != "same"]


def test_a_proposal_changes_nothing_until_it_is_accepted(tended: Story, people: Crew, waiting: Proposal) -> None:
    assert sources(tended, "the-keeper")[0] == "He trims the lamp. {1:3}"
    outcome = reviewing.accept(tended, waiting.public_id, rights(people.editor, tended), horizon=END)
    assert sources(tended, "the-keeper")[0] == "He cleans the lamp. {1:3}"
    made = revision(outcome)
    assert (made.editor, made.accepted_by, made.summary) == (people.reader, people.editor, "cleaner")
    assert [one.state for one in reviewing.mine(tended, people.reader, END)] == ["accepted"]


def test_the_queue_holds_what_was_written_by_people_who_had_read_no_further(
    tended: Story, people: Crew, waiting: Proposal
) -> None:
    editor = rights(people.editor, tended)
    seen = {point: len(reviewing.queue(tended, editor, horizon(point))) for point in ("1:5", "1", "2", "5")}
    assert seen == {"1:5": 0, "1": 0, "2": 1, "5": 1}
    with pytest.raises(GoneError):
        reviewing.page(tended, waiting.public_id, editor, horizon("1"))
    assert reviewing.page(tended, waiting.public_id, editor, horizon("2")).may_accept
    with pytest.raises(NotAllowedError):
        reviewing.queue(tended, rights(people.reader, tended), END)


def test_the_page_shows_what_would_become_of_the_entry_as_it_is_now(
    tended: Story, people: Crew, waiting: Proposal
) -> None:
    change(tended, people.editor, "the-keeper", "He leaves", "He flees")
    page = reviewing.page(tended, waiting.public_id, rights(people.editor, tended), END)
    assert words(page) == ["He <del>trims</del><ins>cleans</ins> the lamp. {1:3}"]


def test_a_clash_with_what_was_saved_meanwhile_is_told_and_waits_on(
    tended: Story, people: Crew, waiting: Proposal
) -> None:
    change(tended, people.editor, "the-keeper", "He trims", "He polishes")
    editor = rights(people.editor, tended)
    page = reviewing.page(tended, waiting.public_id, editor, END)
    assert [(one.mine, one.theirs) for one in page.clashes] == [
        ("He cleans the lamp. {1:3}", "He polishes the lamp. {1:3}")
    ]
    assert not page.may_accept
    assert reviewing.accept(tended, waiting.public_id, editor, horizon=END).sort == "clash"
    assert (Proposal.objects.whole(because=WHY).get().state, sources(tended, "the-keeper")[0]) == (
        "waiting",
        "He polishes the lamp. {1:3}",
    )


def test_a_rejected_proposal_tells_its_writer_why(tended: Story, people: Crew, waiting: Proposal) -> None:
    reviewing.reject(tended, waiting.public_id, rights(people.editor, tended), horizon=END, note="He does not.")
    page = reviewing.page(tended, waiting.public_id, rights(people.reader, tended), horizon("2"))
    assert (page.proposal.state, page.note, page.decided_by, page.may_decide) == (
        "rejected",
        "He does not.",
        "a_editor",
        False,
    )
    assert sources(tended, "the-keeper")[0] == "He trims the lamp. {1:3}"


@pytest.mark.parametrize("first", ["accept", "reject"])
def test_a_proposal_is_decided_once(tended: Story, people: Crew, waiting: Proposal, first: str) -> None:
    editor, other = rights(people.editor, tended), rights(people.moderator, tended)
    if first == "accept":
        reviewing.accept(tended, waiting.public_id, editor, horizon=END)
    else:
        reviewing.reject(tended, waiting.public_id, editor, horizon=END)
    before = Revision.objects.whole(because=WHY).count()
    with pytest.raises(EditError, match="already"):
        reviewing.accept(tended, waiting.public_id, other, horizon=END)
    with pytest.raises(EditError, match="already"):
        reviewing.reject(tended, waiting.public_id, other, horizon=END)
    row = Proposal.objects.whole(because=WHY).get()
    assert (row.decided_by, Revision.objects.whole(because=WHY).count()) == (people.editor, before)


def test_an_editor_saves_a_proposal_in_other_words(tended: Story, people: Crew, waiting: Proposal) -> None:
    editor = rights(people.editor, tended)
    page = reviewing.proposal_form(tended, waiting.public_id, editor, horizon=END)
    assert page.form.body == "He cleans the lamp. {1:3}\n"
    form = type(page.form)(page.form.kind, page.form.names, page.form.facts, (), "He keeps the lamp clean. {1:3}\n")
    outcome = save(tended, Save(page.token, form), editor, horizon=END)
    reviewing.edited(tended, waiting.public_id, editor, outcome.revision, horizon=END)
    assert sources(tended, "the-keeper") == [
        "He keeps the lamp clean. {1:3}",
        "He leaves. {3:2}",
        "Nobody knows where. {4:4}",
    ]
    assert Proposal.objects.whole(because=WHY).get().state == "accepted"
    with pytest.raises(EditError, match="already"):
        reviewing.proposal_form(tended, waiting.public_id, editor, horizon=END)


def test_a_new_entry_is_proposed_and_taken_in(tended: Story, people: Crew) -> None:
    reviewed(tended)
    assert create(tended, people.reader, "The Pilot", "She steers. {1:6}", point="2").sort == "waits"
    assert find_entry(tended, "the-pilot", ALL) is None
    row = Proposal.objects.whole(because=WHY).get()
    editor = rights(people.editor, tended)
    assert [(one.title, one.is_new) for one in reviewing.queue(tended, editor, END)] == [("The Pilot", True)]
    assert reviewing.accept(tended, row.public_id, editor, horizon=END).slug == "the-pilot"
    assert sources(tended, "the-pilot") == ["She steers. {1:6}"]


def test_a_proposal_for_a_page_that_is_gone_says_so(tended: Story, people: Crew, waiting: Proposal) -> None:
    acts.delete(tended, "the-keeper", rights(people.moderator, tended), horizon=ALL)
    page = reviewing.page(tended, waiting.public_id, rights(people.editor, tended), END)
    assert (page.is_gone, page.may_accept) == (True, False)
    with pytest.raises(GoneError):
        reviewing.accept(tended, waiting.public_id, rights(people.editor, tended), horizon=END)


def test_a_protected_page_is_decided_about_by_those_who_may_change_it(
    tended: Story, people: Crew, waiting: Proposal
) -> None:
    acts.protect(tended, "the-keeper", "moderators", rights(people.moderator, tended), horizon=END)
    with pytest.raises(NotAllowedError):
        reviewing.accept(tended, waiting.public_id, rights(people.editor, tended), horizon=END)
    done = reviewing.accept(tended, waiting.public_id, rights(people.moderator, tended), horizon=END)
    assert done.sort == "saved"


def test_what_was_written_with_everything_shown_waits_for_who_has_read_as_far(tended: Story, people: Crew) -> None:
    reviewed(tended)
    change(tended, people.reader, "the-keeper", "Nobody knows", "Hardly anybody knows", point="all")
    editor = rights(people.editor, tended)
    assert [len(reviewing.queue(tended, editor, horizon(point))) for point in ("4", "5", "all")] == [0, 1, 1]


def test_nothing_to_change_is_no_proposal(tended: Story, people: Crew) -> None:
    reviewed(tended)
    assert change(tended, people.reader, "the-keeper", "He trims", "He trims").sort == "same"
    assert not Proposal.objects.whole(because=WHY).exists()
