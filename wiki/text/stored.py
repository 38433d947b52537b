"""A block as it is kept, for those who put bodies together; nothing of how it is kept."""

from dataclasses import dataclass

from wiki.text.gating import NEVER, Reason


@dataclass(frozen=True, slots=True)
class Stored:
    """A block as it is kept; a new one has no key yet."""

    key: str
    kind: str
    marks: str
    source: str
    since: int
    until: int | None = None
    is_stamped: bool = False
    reasons: tuple[Reason, ...] = ()

    def shows_at(self, horizon: int) -> bool:
        """Whether its own gate is open; a heading may still have nothing to stand above."""
        return self.since <= horizon and self.since != NEVER and (self.until is None or horizon < self.until)
