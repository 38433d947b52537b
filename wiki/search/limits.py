"""How long one search may take, so that one visitor does not slow the rest."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any, Final

import psycopg
from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from wiki.errors import SearchTooSlowError

LONGEST: Final = 2000
"""Milliseconds that one statement of a search may take."""
_STATEMENTS: Final = 2  # as long as so many of the longest may all of them take before no other one is begun
# Rows that do not show are not to be walked: always by an index. One process, so that the same rows come first again.
_WANTED: Final = {"enable_seqscan": "off", "max_parallel_workers_per_gather": "0", "jit": "off"}


@contextmanager
def within(milliseconds: int = LONGEST) -> Iterator[None]:
    """Give up when a statement takes longer, or all of them twice as long.

    Raises SearchTooSlowError then; what surrounds it goes on as it was.
    """
    wanted = {"statement_timeout": str(milliseconds), **_WANTED}
    try:
        is_inside = connection.in_atomic_block
        with transaction.atomic():
            before = _settings(list(wanted)) if is_inside else {}
            _set(wanted)
            with connection.execute_wrapper(_until(monotonic() + _STATEMENTS * milliseconds / 1000)):
                yield
            if is_inside:  # what is set for a transaction outlives its inner parts
                _set(before)
    except OperationalError as error:
        if isinstance(error.__cause__, psycopg.errors.QueryCanceled):
            raise _too_slow() from error
        raise


def _until(end: float) -> Callable[..., Any]:
    """Begins no statement once this time (of the monotonic clock, in seconds) has come."""

    def wrapper(execute: Callable[..., Any], *statement: Any) -> Any:
        if monotonic() > end:
            raise _too_slow()
        return execute(*statement)

    return wrapper


def _too_slow() -> SearchTooSlowError:
    return SearchTooSlowError(_("That search takes too long just now: try it once more, or with fewer or rarer words."))


def _settings(names: list[str]) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT one, current_setting(one) FROM unnest(%s::text[]) AS names (one)", [names])
        return dict(cursor.fetchall())


def _set(values: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config(name, value, true) FROM unnest(%s::text[], %s::text[]) AS one (name, value)",
            [list(values), list(values.values())],
        )
