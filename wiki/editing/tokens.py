"""The token that travels with an edit form: for whom it was made, of what, and as of which point.

Signed, so that nobody writes as of a point that they have not reached.
"""

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from wiki.errors import UsedTokenError

_SALT = "wiki.edit"


@dataclass(frozen=True, slots=True)
class Token:
    """`entry` and `revision` are random ids, empty for a new entry; `horizon` is a point; `section` a block's key.

    `story` is the primary key of the story of a new entry, whose token names no entry: points of one story say nothing
    in another. 0 where there is an entry.
    """

    user: int
    horizon: int
    entry: str = ""
    revision: str = ""
    section: str = ""
    story: int = 0

    def sign(self) -> str:
        """As it stands in the form. The same every time: what it says is all that it depends on."""
        said = [self.user, self.horizon, self.entry, self.revision, self.section, self.story]
        return signing.Signer(salt=_SALT).sign_object(said, compress=False)


def read_token(signed: str, *, user: int, story: int) -> Token:
    """Raises UsedTokenError for one that is forged, broken, another person's, or of a new entry in another story."""
    try:
        said: Any = signing.Signer(salt=_SALT).unsign_object(signed)
        token = Token(*said)
    except (signing.BadSignature, TypeError, ValueError):
        token = None
    if token is None or token.user != user or (not token.entry and token.story != story):
        raise UsedTokenError(_("This form cannot be used any more; copy what you wrote, and open the page again."))
    return token
