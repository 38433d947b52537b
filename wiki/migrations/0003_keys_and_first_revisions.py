"""Gives every row a key of its own, names their first words, and every entry the revision that it begins with."""

from itertools import islice

from django.db import migrations, models

from reader.models.story import new_public_id
from wiki.text.lexicon import head_of

BATCH = 1000


def fill(apps, schema_editor):
    for model in ("Name", "Fact", "Picture"):
        table = apps.get_model("wiki", model)._base_manager
        rows = table.order_by("pk").iterator(chunk_size=BATCH)
        while batch := list(islice(rows, BATCH)):
            for row in batch:
                row.key = new_public_id()
                if model == "Name":
                    row.head = head_of(row.folded)
            table.bulk_update(batch, ["key", "head"] if model == "Name" else ["key"], batch_size=BATCH)
    revisions = apps.get_model("wiki", "Revision")
    entries = apps.get_model("wiki", "Entry")._base_manager.values_list("pk", "story_id", "since").order_by("pk")
    rows = entries.iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        revisions._base_manager.bulk_create(
            revisions(entry_id=entry, story_id=story, since=since, sort="import") for entry, story, since in batch
        )


class Migration(migrations.Migration):
    dependencies = [("wiki", "0002_editing")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="fact", constraint=models.UniqueConstraint(fields=["entry", "key"], name="one_fact_per_key")
        ),
        migrations.AddConstraint(
            model_name="name", constraint=models.UniqueConstraint(fields=["entry", "key"], name="one_name_per_key")
        ),
        migrations.AddConstraint(
            model_name="picture",
            constraint=models.UniqueConstraint(fields=["entry", "key"], name="one_picture_per_key"),
        ),
    ]
