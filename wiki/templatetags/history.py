"""What a save touched, and who made it, in words. Sees dataclasses of the gate, never rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from wiki.gate import Count, DiffGroup, Saved

register = template.Library()


@register.filter
def changes_said(save: Saved) -> str:
    """“2 paragraphs, 1 name”; "" where nothing is counted."""
    return ", ".join(_counted(one) for one in save.counts)


@register.filter
def grown_said(save: Saved) -> str:
    """By how many characters the text is longer, with its sign; "" for none."""
    return f"+{save.grown}" if save.grown > 0 else f"−{-save.grown}" if save.grown else ""


@register.filter
def group_said(group: DiffGroup) -> str:
    """The heading of a group of rows."""
    return {
        "name": _("Names"),
        "fact": _("Facts"),
        "picture": _("Pictures"),
        "kind": _("Kind"),
        "slug": _("Address"),
    }[group.sort]


@register.filter
def became(sort: str) -> str:
    """What stands in the margin beside a block."""
    return {
        "same": _("unchanged"),
        "changed": _("changed"),
        "added": _("added"),
        "removed": _("removed"),
        "moved": _("moved"),
    }[sort]


def _counted(one: Count) -> str:
    number = one.number
    said = {
        "name": lambda: ngettext("%(number)s name", "%(number)s names", number),
        "fact": lambda: ngettext("%(number)s fact", "%(number)s facts", number),
        "picture": lambda: ngettext("%(number)s picture", "%(number)s pictures", number),
        "block": lambda: ngettext("%(number)s paragraph", "%(number)s paragraphs", number),
        "order": lambda: _("another order"),
        "kind": lambda: _("the kind"),
        "slug": lambda: _("the address"),
    }[one.sort]()
    return said % {"number": number}
