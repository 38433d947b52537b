"""Takes pictures in that people upload: re-encoded, under random names, theirs alone until something shows them."""

from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from reader.models import Story
from reader.models.story import new_public_id
from reader.text.points import EVERYTHING
from wiki import picturing
from wiki.editing.rights import Rights, require_edit
from wiki.errors import PictureError
from wiki.models import Image

_WHY: Final = "an account’s pictures are counted, whatever shows them"


def take(story: Story, upload: "UploadedFile[Any] | None", rights: Rights) -> str:
    """Keep one picture; returns its public id. Raises NotAllowedError, or PictureError with the sentence."""
    user = require_edit(rights, None)
    if upload is None:
        raise PictureError(_("No picture came with this."))
    if (upload.size or 0) > picturing.MOST_BYTES:
        raise PictureError(too_large())
    data = upload.read()
    held = Image.objects.whole(because=_WHY).filter(uploader=user).aggregate(held=Sum("size"))["held"] or 0
    if held + len(data) > settings.PICTURE_QUOTA_BYTES:
        raise PictureError(
            _("This account has uploaded as much as one may; pictures that no page shows go after a day.")
        )
    encoded = picturing.encode(data, is_upload=True)
    public_id = new_public_id()
    undo = picturing.keep(encoded, picturing.folder_of(story.public_id), public_id)
    try:
        with transaction.atomic():
            Image.objects.create(
                story=story,
                public_id=public_id,
                source_name=f"uploads/{public_id}.webp",
                digest=encoded.digest,
                width=encoded.width,
                height=encoded.height,
                since=EVERYTHING,
                uploader=user,
                size=len(data),
            )
    except BaseException:
        undo()
        raise
    return public_id


def too_large() -> str:
    """The sentence for a file beyond the limit."""
    return _("The picture is larger than %(most)d million bytes; make it smaller first.") % {
        "most": picturing.MOST_BYTES // 1_000_000
    }
