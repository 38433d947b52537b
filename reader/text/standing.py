"""Where one reader stands in one story, and the rules by which that moves. Pure: no request, no database.

Every rule here is DESIGN §2 and §4: place moves freely, reading only raises `reached`, the picker sets it anywhere.
"""

from dataclasses import dataclass, replace
from typing import Literal

from reader.text.points import EVERYTHING, NOTHING


@dataclass(frozen=True, slots=True)
class Standing:
    """`place` and `reached` are points; `at` is the minute (since 1970) of the last change."""

    place: int = NOTHING
    reached: int = NOTHING
    shows_all: bool = False
    is_looking: bool = False
    at: int = 0

    @property
    def has_begun(self) -> bool:
        """Whether there is anything to come back to."""
        return self.place > NOTHING or self.reached > NOTHING or self.shows_all

    @property
    def horizon(self) -> int:
        """The furthest point that this reader may see, in points.

        >>> Standing(reached=7).horizon
        7
        """
        return EVERYTHING if self.shows_all else self.reached


def follows(*, reached: int, previous_first: int) -> bool:
    """Whether a page holds `reached` or comes right after the page that does (or was read before).

    `previous_first` is the first point of the page before it, 0 for the first page of the story.

    >>> follows(reached=5, previous_first=4), follows(reached=3, previous_first=4)
    (True, False)
    """
    return reached >= previous_first


def passed(standing: Standing, *, point: int, place: int, previous_first: int, at: int) -> Standing:
    """The standing after the eye went from the page whose predecessor begins at `previous_first` up to `point`.

    Raises `reached` only when that page follows; a jump ahead moves the place alone. Never lowers `reached`.

    >>> passed(Standing(reached=5), point=9, place=8, previous_first=4, at=1).reached
    9
    >>> passed(Standing(reached=5), point=99, place=98, previous_first=80, at=1).reached
    5
    """
    if not follows(reached=standing.reached, previous_first=previous_first):
        return replace(standing, place=place, at=at)
    return replace(standing, place=place, reached=max(standing.reached, point), is_looking=False, at=at)


def chosen(standing: Standing, *, point: int, at: int) -> Standing:
    """The standing after the picker: exactly there, higher or lower; “show everything” ends.

    >>> chosen(Standing(reached=9, shows_all=True), point=4, at=1)
    Standing(place=4, reached=4, shows_all=False, is_looking=False, at=1)
    """
    return replace(standing, place=point, reached=point, shows_all=False, is_looking=False, at=at)


def joined(account: Standing | None, browser: Standing | None) -> tuple[Standing | None, bool]:
    """What holds right after signing in, and whether the reader must be asked which of two places to keep.

    Until the answer the account's place holds.

    >>> joined(None, Standing(reached=3))[1], joined(Standing(reached=3), Standing(reached=4))[1]
    (False, True)
    """
    if browser is None or not browser.has_begun:
        return account, False
    if account is None or not account.has_begun:
        return browser, False
    differs = (account.place, account.reached, account.shows_all) != (browser.place, browser.reached, browser.shows_all)
    return account, differs


def settled(account: Standing, browser: Standing, *, keep: Literal["account", "browser"], at: int) -> Standing:
    """The answer to that question.

    >>> settled(Standing(reached=3), Standing(reached=9), keep="browser", at=2).reached
    9
    """
    return replace(browser if keep == "browser" else account, at=at)
