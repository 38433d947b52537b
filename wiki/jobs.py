"""What the wiki leaves to be done after a request: mails to those who watch, pictures that nothing shows, tags."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from reader import jobs
from reader.models import Story
from reader.text.points import EVERYTHING
from wiki import picturing
from wiki.editing import watching
from wiki.editing.watching import News
from wiki.models import Block, Change, Image, Picture, Proposal
from wiki.search import keeping
from wiki.search.passages import renew_passages
from wiki.tagging import finding

KEPT: Final = timedelta(days=1)
"""For how long a picture that nothing shows stays its uploader's."""
_WHY: Final = "pictures go by what shows them, at whatever point"


@jobs.job("tell-watchers")
def tell_watchers(payload: dict[str, Any], *, now: datetime) -> None:
    """An entry was saved: order a mail to each who watches it, so that one that fails keeps no other back."""
    watching.order_each(int(payload["entry"]), now=now)


@jobs.job("tell-watcher")
def tell_watcher(payload: dict[str, Any], *, now: datetime) -> None:
    """Mail one person what they may see of what changed in an entry, if anything; at most once a day."""
    found = watching.news(int(payload["watch"]), now=now)
    if found is None:
        return
    watching.told(int(payload["watch"]), now=now)
    if address := watching.address_of(found.user):
        _mail(found, address).send()


def _mail(found: News, address: str) -> EmailMessage:
    names = [found.story.slug, found.entry.slug]
    context = {
        "name": found.user.get_username(),
        "title": found.entry.title,
        "story": found.story.title,
        "changes": found.changes,
        "entry_url": settings.SITE_URL + reverse("wiki:entry-history", args=names),
        "stop_url": f"{settings.SITE_URL}{reverse('wiki:watch-stop')}?mail={found.token}",
    }
    subject = " ".join((_("%(title)s has changed") % {"title": found.entry.title}).split())
    body = render_to_string("wiki/email/entry_changed.txt", context)
    return EmailMessage(subject, body, to=[address], headers={"List-Unsubscribe": f"<{context['stop_url']}>"})


@jobs.job("expire-pictures")
def expire_pictures(payload: dict[str, Any], *, now: datetime) -> None:
    """Drop uploads that are a day old and that nothing shows, has shown or waits to show."""
    rows = Image.objects.whole(because=_WHY).filter(since=EVERYTHING, uploader__isnull=False)
    for image in rows.filter(created_at__lt=now - KEPT).select_related("story"):
        if not _is_needed(image):
            folder = picturing.folder_of(image.story.public_id)
            Image.objects.whole(because=_WHY).filter(pk=image.pk).delete()
            transaction.on_commit(partial(picturing.remove, folder, image.public_id, image.digest))


def _is_needed(image: Image) -> bool:
    """Whether a page, a history (what is deleted can be brought back) or a proposal that waits names this picture."""
    written, story = f"image:{image.public_id}", image.story_id
    if Picture.objects.whole(because=_WHY).filter(image=image).exists():
        return True
    if Block.objects.whole(because=_WHY).filter(story=story, source__contains=written).exists():
        return True
    here = Q(before__image=image.public_id) | Q(after__image=image.public_id)
    here |= Q(before__source__icontains=written) | Q(after__source__icontains=written)
    if Change.objects.whole(because=_WHY).filter(here, revision__story=story).exists():
        return True
    waiting = Proposal.objects.whole(because=_WHY).filter(story=story, state=Proposal.State.WAITING)
    asked = Q(form__pictures__contains=[{"image": image.public_id}]) | Q(form__body__icontains=written)
    return waiting.filter(asked).exists()


jobs.every("expire-pictures", 3600)


@jobs.job("tag-names")
def tag_names(payload: dict[str, Any], *, now: datetime) -> None:
    """Names came, went or were changed: read the paragraphs that hold them."""
    if story := _story(payload):
        finding.tag_names(story, payload["names"], entry=payload["entry"])


@jobs.job("tag-text")
def tag_text(payload: dict[str, Any], *, now: datetime) -> None:
    """The text was changed: read what is new in it."""
    if story := _story(payload):
        finding.tag_changed_text(story)


@jobs.job("index-text")
def index_text(payload: dict[str, Any], *, now: datetime) -> None:
    """The text was changed: have the search know what is new in it."""
    if story := _story(payload):
        renew_passages(story)


@jobs.job("index-story")
def index_story(payload: dict[str, Any], *, now: datetime) -> None:
    """A story is there whose wiki was never made searchable, or is read in another language now: some entries at a
    time, so that nobody who saves one waits for all of them, then the text."""
    story = _story(payload)
    if story is None:
        return
    _many, _words, last = keeping.renew_next(story, int(payload.get("after", 0)))
    if last is None:
        jobs.enqueue("index-text", {"story": story.pk}, unique_key=str(story.pk))
    else:
        jobs.enqueue("index-story", {"story": story.pk, "after": last}, unique_key=f"{story.pk} {last}")


@jobs.job("tag-decided")
def tag_decided(payload: dict[str, Any], *, now: datetime) -> None:
    """Somebody decided while the story was being read: cover what was found there."""
    if story := _story(payload):
        finding.cover_again(story, int(payload["paragraph"]))


@jobs.job("tag-all")
def tag_all(payload: dict[str, Any], *, now: datetime) -> None:
    """Many names were changed: read the whole story."""
    if story := _story(payload):
        finding.tag_all(story)


def _story(payload: dict[str, Any]) -> Story | None:
    """The story that a job is about, if it is still there."""
    return Story.objects.filter(pk=int(payload["story"])).first()
