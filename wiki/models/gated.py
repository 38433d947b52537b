"""Managers that refuse to answer before somebody has said at which horizon.

What they cannot stop (joins, select_related from elsewhere) the import contract does: few modules see these models.
"""

from collections.abc import Iterator
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class UngatedError(Exception):
    """A gated table was asked without a horizon: a mistake in the code, never something a visitor can cause."""


class GatedQuerySet(models.QuerySet[Row_co]):
    """Rows with `since` (and perhaps `until`), to be asked through `at` or, where the whole is needed, `whole`."""

    _is_gated = False

    def at(self, horizon: int) -> Self:
        """What shows at this horizon (a point): `since <= horizon < until`."""
        gate = Q(since__lte=horizon)
        if any(field.name == "until" for field in self.model._meta.get_fields()):
            gate &= Q(until__isnull=True) | Q(until__gt=horizon)
        return self._marked(self.filter(gate))

    def at_any(self, horizon: int) -> Self:
        """What shows at this horizon or showed before it: for who cuts each row once more, at a point of its own."""
        return self._marked(self.filter(since__lte=horizon))

    def whole(self, *, because: str) -> Self:
        """All rows, whatever the horizon; for compiling, packing and lint, which say why."""
        if not because:
            raise UngatedError("Say why the whole is needed.")
        return self._marked(self.all())

    def _marked(self, queryset: Self) -> Self:
        queryset._is_gated = True
        return queryset

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._is_gated = self._is_gated
        return clone

    def _combinator_query(self, combinator: str, *others: Any, **options: Any) -> Self:
        if not all(getattr(other, "_is_gated", False) for other in others):
            raise UngatedError(f"{self.model.__name__}: every part of a {combinator} needs a horizon.")
        combined: Self = super()._combinator_query(combinator, *others, **options)  # type: ignore[misc]
        return combined

    def _require(self) -> None:
        if not self._is_gated:
            raise UngatedError(f"{self.model.__name__} rows need a horizon: use at(horizon).")

    def _fetch_all(self) -> None:
        self._require()
        super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[Row_co]:
        """As Django's, once a horizon is said."""
        self._require()
        return super().iterator(chunk_size)

    def count(self) -> int:
        """As Django's, once a horizon is said."""
        self._require()
        return super().count()

    def exists(self) -> bool:
        """As Django's, once a horizon is said."""
        self._require()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """As Django's, once a horizon is said."""
        self._require()
        return super().aggregate(*args, **kwargs)

    def explain(self, *, format: str | None = None, **options: Any) -> str:  # noqa: A002 - Django's own name
        """As Django's, once a horizon is said."""
        self._require()
        return super().explain(format=format, **options)

    def contains(self, obj: models.Model) -> bool:
        """As Django's, once a horizon is said."""
        self._require()
        return super().contains(obj)

    def update(self, **kwargs: Any) -> int:
        """As Django's, once a horizon is said: a count of rows tells too."""
        self._require()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """As Django's, once a horizon is said."""
        self._require()
        return super().delete()


GatedManager = models.Manager.from_queryset(GatedQuerySet)
