"""What keeps a wiki clean: proposals that wait, reports, bans, the log of acts, and who watches what."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reader.models import Story, User
from reader.models.story import new_public_id
from wiki.models.entry import Entry
from wiki.models.gated import GatedManager
from wiki.models.revision import Revision


class Proposal(models.Model):
    """A change that waits for an editor: what the form held before (`base`) and what was sent (`form`).

    `horizon` is the point as of which it was written; only who has read as far may look at it. Without an entry it
    proposes a new one.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("waits")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("not taken")

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    editor = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    since = models.BigIntegerField()
    base = models.JSONField(default=dict)
    form = models.JSONField(default=dict)
    summary = models.CharField(max_length=300, blank=True)
    request = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    note = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    revision = models.ForeignKey(Revision, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = GatedManager()

    class Meta:
        indexes = [models.Index(fields=["story", "state", "created_at"], name="proposal_waiting")]

    def __str__(self) -> str:
        return self.public_id


class Report(models.Model):
    """Somebody says that a block or fact tells too much; `revision` is the save that held it back, if one did."""

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("waits")
        KEPT = "kept", _("held back for good")
        DISMISSED = "dismissed", _("put back")

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    reporter = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    sort = models.CharField(max_length=8)
    key = models.CharField(max_length=16)
    since = models.BigIntegerField()
    note = models.CharField(max_length=500, blank=True)
    revision = models.ForeignKey(Revision, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = GatedManager()

    class Meta:
        indexes = [
            models.Index(fields=["story", "state", "created_at"], name="report_waiting"),
            models.Index(fields=["reporter", "entry", "created_at"], name="report_of_reporter"),
        ]

    def __str__(self) -> str:
        return self.public_id


class Ban(models.Model):
    """An account that may not write in a story's wiki, until it is lifted."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "user"], name="one_ban_per_account")]

    def __str__(self) -> str:
        return f"{self.user} in {self.story}"


class Act(models.Model):
    """A line of the log: what a moderator did to whom or what; only ever added to. `since` is the entry's, or 0."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    sort = models.CharField(max_length=20)
    entry = models.ForeignKey(Entry, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    since = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    objects = GatedManager()

    class Meta:
        indexes = [models.Index(fields=["story", "-created_at"], name="act_of_story")]

    def __str__(self) -> str:
        return self.sort


class Watch(models.Model):
    """Somebody wants a mail when what they may see of an entry has changed.

    `known_at`: what was saved up to then they know; `told_at`: when the last mail went out, null before the first.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    known_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "entry"], name="one_watch_per_entry")]

    def __str__(self) -> str:
        return f"{self.user} on {self.entry}"
