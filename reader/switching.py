"""Whether the site is read-only just now, by the host's switch or by READ_ONLY=1 in the environment.

Asking costs at most one query, and the answer is kept with the request. Who is refused is decided elsewhere.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from reader.models import Switch


@dataclass(frozen=True, slots=True)
class ReadOnly:
    """Nothing can be changed; `sentence` is what the host says about it, or empty."""

    sentence: str = ""


def read_only() -> ReadOnly | None:
    """How things stand now. One query; none under READ_ONLY=1."""
    if settings.READ_ONLY:
        return ReadOnly()
    sentence = Switch.objects.filter(is_read_only=True).values_list("sentence", flat=True).first()
    return None if sentence is None else ReadOnly(sentence)


def read_only_for(request: HttpRequest) -> ReadOnly | None:
    """The same, asked once in a request."""
    if not hasattr(request, "_read_only"):
        request._read_only = read_only()  # type: ignore[attr-defined]
    found: ReadOnly | None = request._read_only  # type: ignore[attr-defined]
    return found


def switch_read_only(*, is_on: bool, sentence: str, at: datetime) -> None:
    """Write the host's switch; whatever is being written at this moment still ends."""
    values = {"is_read_only": is_on, "sentence": sentence, "changed_at": at}
    Switch.objects.update_or_create(id=Switch.ONLY_ROW, defaults=values)
