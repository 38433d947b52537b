"""What became of a save, said once in the bar of the page that follows: a page that is kept whole has a hole there."""

from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

COOKIE = "messages"
SAVED = "saved"
"""Tag of what is said after a save: the browser keeps no draft any more."""


def said_bar(request: HttpRequest) -> SafeString:
    """The sentences that wait for this visitor; nothing, and no query, for whoever has none in a cookie."""
    if COOKIE not in request.COOKIES:
        return mark_safe("")
    said = list(messages.get_messages(request))
    if not said:
        return mark_safe("")
    context = {"said": [str(one) for one in said], "is_saved": any(SAVED in one.tags.split() for one in said)}
    return mark_safe(render_to_string("wiki/components/said_bar.html", context))  # noqa: S308 - by a template
