"""What was done to entries, by whom and when: only ever added to."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reader.models import Story, User
from reader.models.story import new_public_id
from wiki.models.entry import Entry
from wiki.models.gated import GatedManager


class Revision(models.Model):
    """One save of one entry; `since` is the earliest point at which any of it may be seen.

    What the summary says is known from `summary_since`. `order` are the keys of all blocks after the save, null where
    they stand as before. `request` tells a form that is sent twice; `undoes` is the save that this one took back. The
    first row of an entry, `import`, has no changes: it is what the entry was before the first of them.
    """

    class Sort(models.TextChoices):
        """What was done."""

        IMPORT = "import", _("taken in")
        CREATE = "create", _("written")
        EDIT = "edit", _("edited")
        RESTORE = "restore", _("restored")
        RENAME = "rename", _("renamed")
        MERGE = "merge", _("merged")
        DELETE = "delete", _("deleted")
        UNDELETE = "undelete", _("brought back")
        UNDO = "undo", _("taken back")
        REPORT = "report", _("held back after a report")

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    editor = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    accepted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    sort = models.CharField(max_length=10, choices=Sort)
    summary = models.CharField(max_length=300, blank=True)
    summary_since = models.BigIntegerField(default=0)
    since = models.BigIntegerField()
    order = models.JSONField(null=True, blank=True)
    request = models.CharField(max_length=64, unique=True, null=True, blank=True)
    undoes = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = GatedManager()

    class Meta:
        indexes = [
            models.Index(fields=["entry", "-created_at"], name="revision_of_entry"),
            models.Index(fields=["story", "-created_at"], name="revision_of_story"),
            models.Index(fields=["editor", "-created_at"], name="revision_of_editor"),
        ]

    def __str__(self) -> str:
        return self.public_id


class Change(models.Model):
    """What one save did to one row, known by `key`: `before` and `after` are its values, null where it did not exist.

    `since` is the earlier of the points from which either was known; each shows by its own.
    """

    class Sort(models.TextChoices):
        """What was changed."""

        NAME = "name", _("name")
        FACT = "fact", _("fact")
        PICTURE = "picture", _("picture")
        BLOCK = "block", _("text")
        SLUG = "slug", _("address")
        KIND = "kind", _("kind")

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    sort = models.CharField(max_length=8, choices=Sort)
    key = models.CharField(max_length=130)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    since = models.BigIntegerField()

    objects = GatedManager()

    class Meta:
        indexes = [models.Index(fields=["revision", "since"], name="change_of_revision")]

    def __str__(self) -> str:
        return f"{self.sort} {self.key}"
