"""How long one search may take, so that one visitor does not slow the rest."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg
from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from wiki.errors import SearchTooSlowError

LONGEST: Final = 2000
"""Milliseconds that one statement of a search may take."""
# Rows that do not show are not to be walked: always by an index. One process, so that the same rows come first again.
_WANTED: Final = {"enable_seqscan": "off", "max_parallel_workers_per_gather": "0", "jit": "off"}


@contextmanager
def within(milliseconds: int = LONGEST) -> Iterator[None]:
    """Give up when a statement takes longer. Raises SearchTooSlowError then; what surrounds it goes on as it was."""
    wanted = {"statement_timeout": str(milliseconds), **_WANTED}
    try:
        is_inside = connection.in_atomic_block
        with transaction.atomic():
            before = _settings(list(wanted)) if is_inside else {}
            _set(wanted)
            yield
            if is_inside:  # what is set for a transaction outlives its inner parts
                _set(before)
    except OperationalError as error:
        if isinstance(error.__cause__, psycopg.errors.QueryCanceled):
            sentence = _("That search takes too long just now: try it with fewer or rarer words.")
            raise SearchTooSlowError(sentence) from error
        raise


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
