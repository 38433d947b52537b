"""What a user name may be: it stands in every history, so it must be readable and nobody else's. No database."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST, LONGEST = 3, 30
# Letters look alike across these scripts, so one name keeps to one of them.
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
# A letter or digit at the beginning, no full stop or hyphen at the end; marks (M) on letters, two at most.
SHAPE = re.compile(r"[LN](?!.*MMM)(?:[LNM_.-]*[LNM_])?")
UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
# Nobody speaks for the site, or for those who have gone.
TAKEN = frozenset({"admin", "administrator", "anonymous", "editor", "former-editor", "moderator", "owner", "system"})


def normal(name: str) -> str:
    """The one spelling of a name: composed, with look-alike forms of a letter made plain.

    >>> normal("ﬁona２ ")
    'fiona2'
    """
    return unicodedata.normalize("NFKC", name).strip()


def problem_with(name: str) -> str:
    """One sentence that says what is wrong with a name, or nothing."""
    if not SHORTEST <= len(name) <= LONGEST:
        return _("A name has from %(least)d to %(most)d characters.") % {"least": SHORTEST, "most": LONGEST}
    if not SHAPE.fullmatch("".join(map(_kind, name))):
        return _(
            "A name is made of letters, digits, full stops, hyphens and underscores, and begins with a letter or digit."
        )
    if not any(map(str.isalpha, name)):
        return _("A name has a letter in it.")
    if sum(any(_script(letter) == script for letter in name) for script in SCRIPTS) > 1:
        return _("A name keeps to one alphabet, so that nobody is taken for somebody else.")
    if name.casefold().replace("_", "-").replace(".", "-") in TAKEN:
        return _("That name is taken. Please choose another.")
    return ""


def validate(name: str) -> None:
    """`problem_with` as Django's forms want it."""
    problem = problem_with(normal(name))
    if problem:
        raise ValidationError(problem, code="name")


def _kind(letter: str) -> str:
    """L for a letter, N for a digit, M for a mark on a letter, itself for “_.-”, and X for all else.

    What draws nothing is X too, though Unicode calls some of it a letter or a mark: it tells names apart, but not
    for the eye.
    """
    category = unicodedata.category(letter)
    if letter in UNSEEN or "VARIATION SELECTOR" in unicodedata.name(letter, ""):
        return "X"
    return (
        letter
        if letter in "_.-"
        else {"Nd": "N", "Mn": "M", "Mc": "M"}.get(category, "L" if category[0] == "L" else "X")
    )


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0] if letter.isalpha() else ""
