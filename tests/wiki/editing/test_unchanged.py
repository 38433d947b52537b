"""Saving a form as it came makes no revision: for every entry of the sample wiki, at several points of the story."""

import pytest

from reader.models import Story, User
from reader.text.points import EVERYTHING, chapter_end
from wiki import gate
from wiki.editing.forming import edit_page, find_entry
from wiki.editing.rights import rights_of
from wiki.editing.saving import Save, save
from wiki.models import Revision


@pytest.mark.parametrize("horizon", [chapter_end(2), chapter_end(6), EVERYTHING])
def test_an_unchanged_form_of_the_sample_wiki_makes_no_revision(electra: Story, member: User, horizon: int) -> None:
    rights = rights_of(member, electra)
    count = Revision.objects.whole(because="a test looks at everything").count()
    slugs = [entry.slug for kind in gate.index(electra, horizon, each=1000) for entry in kind.entries]
    sorts = set()
    for slug in slugs:
        entry = find_entry(electra, slug, horizon)
        assert entry
        page = edit_page(entry, user=member.pk, horizon=horizon)
        sorts.add(save(electra, Save(page.token, page.form), rights, horizon=horizon).sort)
    assert len(slugs) > 10
    assert (sorts, Revision.objects.whole(because="a test looks at everything").count()) == ({"same"}, count)
