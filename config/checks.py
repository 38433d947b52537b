"""Django's system checks of the database: what the host still has to do, one sentence for each thing that is missing.

`gather` asks the server, `findings` decides; Django runs them with `migrate` and `check --database default`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - Django's own word
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

OLDEST_VERSION = 14  # Django 5.2's
EXTENSIONS = ("btree_gin", "pg_trgm", "unaccent")

SERVER: LiteralString = """
    SELECT current_user::text, current_database()::text, current_setting('server_encoding'),
           (SELECT datctype = ANY('{C,POSIX}') FROM pg_database WHERE datname = current_database()),
           coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)
"""
# Without being a superuser one may create the extensions marked as trusted, given CREATE on the database.
AVAILABLE: LiteralString = """
    SELECT e.name::text, e.installed_version IS NOT NULL,
           (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
           OR has_database_privilege(current_database(), 'CREATE') AND (v.trusted OR NOT v.superuser)
    FROM pg_available_extensions e
    JOIN pg_available_extension_versions v ON v.name = e.name AND v.version = e.default_version
    WHERE e.name = ANY(%s)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a server says of itself to one role in one database; of a server too old, only the version."""

    version: int  # as libpq counts: 180006 is 18.6
    role: str = ""
    database: str = ""
    encoding: str = "UTF8"
    knows_only_ascii_letters: bool = False  # LC_CTYPE is C
    available: frozenset[str] = frozenset()
    installed: frozenset[str] = frozenset()
    creatable: frozenset[str] = frozenset()  # available, and the role may create them here
    can_create_tables: bool = False


def gather(connection: psycopg.Connection[Any]) -> Facts:
    """Ask the server. Raises psycopg.Error when it goes away meanwhile."""
    version = connection.info.server_version
    if version < OLDEST_VERSION * 10000:
        return Facts(version=version)
    role, database, encoding, knows_only_ascii_letters, can_create_tables = connection.execute(SERVER).fetchall()[0]
    extensions = connection.execute(AVAILABLE, [list(EXTENSIONS)]).fetchall()
    return Facts(
        version=version,
        role=role,
        database=database,
        encoding=encoding,
        knows_only_ascii_letters=knows_only_ascii_letters,
        available=frozenset(row[0] for row in extensions),
        installed=frozenset(name for name, is_installed, _may_create in extensions if is_installed),
        creatable=frozenset(name for name, _is_installed, may_create in extensions if may_create),
        can_create_tables=can_create_tables,
    )


def findings(facts: Facts) -> Iterator[CheckMessage]:
    """What is missing, worst first."""
    if facts.version < OLDEST_VERSION * 10000:
        needed_and_found = {"needed": OLDEST_VERSION, "found": _version(facts.version)}
        yield Error(
            _("PostgreSQL %(needed)s or later is needed, but the server is %(found)s: update it.") % needed_and_found,
            id="config.E002",
        )
        return
    if facts.encoding != "UTF8":
        yield Error(
            _("The database “%(database)s” is encoded in %(encoding)s: make it anew with ENCODING 'UTF8'.")
            % {"database": facts.database, "encoding": facts.encoding},
            id="config.E003",
        )
    for extension in sorted(set(EXTENSIONS) - facts.installed):
        yield from _extension_findings(facts, extension)
    if not facts.can_create_tables:
        yield Error(
            _("The role “%(role)s” may not create tables in “%(database)s”: GRANT CREATE on its schema to it.")
            % {"role": facts.role, "database": facts.database},
            id="config.E006",
        )
    if facts.knows_only_ascii_letters:
        yield Warning(
            _("Search by likeness will miss letters beyond ASCII: make “%(database)s” anew with LC_CTYPE 'C.UTF-8'.")
            % {"database": facts.database},
            id="config.W007",
        )


def _extension_findings(facts: Facts, extension: str) -> Iterator[CheckMessage]:
    if extension not in facts.available:
        yield Error(
            _("PostgreSQL's extension “%(extension)s” is missing: install the server's “contrib” package.")
            % {"extension": extension},
            id="config.E004",
        )
    elif extension not in facts.creatable:
        yield Error(
            _(
                "The role “%(role)s” may not create the extension “%(extension)s”: let a superuser run "
                "CREATE EXTENSION %(extension)s in “%(database)s”, or GRANT the role CREATE on that database."
            )
            % {"role": facts.role, "extension": extension, "database": facts.database},
            id="config.E005",
        )


@register(Tags.database)
def check_database(databases: Sequence[str] | None = None, **_kwargs: object) -> list[CheckMessage]:
    """Check each database that Django was asked to check; it asks for none unless a command needs one."""
    return [message for alias in databases or () for message in check_connection(connections[alias])]


def check_connection(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """Check what stands behind one of Django's connections.

    Through a connection of our own, because Django's refuses old servers and its pool waits for absent ones.
    """
    parameters: dict[str, Any] = {"connect_timeout": 10, **connection.get_connection_params()}
    try:
        with psycopg.connect(**parameters) as asked:
            return list(findings(gather(asked)))
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        return [Error(_("The database cannot be reached: %(reason)s.") % {"reason": reason}, id="config.E001")]


def _version(number: int) -> str:
    """As people write it.

    >>> _version(180006), _version(90624)
    ('18.6', '9.6')
    """
    return f"{number // 10000}.{number % 10000 if number >= 100000 else number // 100 % 100}"
