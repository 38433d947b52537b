"""What the system checks say about a database that lacks something."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import psycopg
import pytest
from django.core.checks import CheckMessage, registry
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper

from config import checks, database
from config.checks import Facts, findings, gather

from .conftest import Running

ALL = frozenset(checks.EXTENSIONS)
WHOLE = Facts(
    version=180006,
    role="ada",
    database="story",
    available=ALL,
    installed=frozenset(),
    creatable=ALL,
    can_create_tables=True,
)


def said(messages: Iterator[CheckMessage] | list[CheckMessage]) -> list[tuple[str | None, str]]:
    return [(message.id, str(message.msg)) for message in messages]


def test_findings_are_none_for_a_database_that_lacks_nothing() -> None:
    assert said(findings(WHOLE)) == []


def test_findings_are_none_for_a_poor_role_where_all_is_installed() -> None:
    assert said(findings(replace(WHOLE, installed=ALL, creatable=frozenset()))) == []


@pytest.mark.parametrize(("version", "found"), [(130022, "13.22"), (90624, "9.6")])
def test_findings_name_an_old_version_and_nothing_else(version: int, found: str) -> None:
    assert said(findings(Facts(version=version))) == [
        ("config.E002", f"PostgreSQL 14 or later is needed, but the server is {found}: update it.")
    ]


def test_findings_name_an_extension_that_is_not_on_the_server() -> None:
    assert said(findings(replace(WHOLE, available=ALL - {"pg_trgm"}, creatable=ALL - {"pg_trgm"}))) == [
        (
            "config.E004",
            "PostgreSQL's extension “pg_trgm” is missing: install the server's “contrib” package.",
        )
    ]


def test_findings_name_an_extension_that_the_role_may_not_create() -> None:
    assert said(findings(replace(WHOLE, installed=ALL - {"unaccent"}, creatable=frozenset()))) == [
        (
            "config.E005",
            (
                "The role “ada” may not create the extension “unaccent”: let a superuser run "
                "CREATE EXTENSION unaccent in “story”, or GRANT the role CREATE on that database."
            ),
        )
    ]


def test_findings_name_missing_rights_encoding_and_locale() -> None:
    assert said(
        findings(replace(WHOLE, can_create_tables=False, encoding="SQL_ASCII", knows_only_ascii_letters=True))
    ) == [
        ("config.E003", "The database “story” is encoded in SQL_ASCII: make it anew with ENCODING 'UTF8'."),
        ("config.E006", "The role “ada” may not create tables in “story”: GRANT CREATE on its schema to it."),
        (
            "config.W007",
            "Search by likeness will miss letters beyond ASCII: make “story” anew with LC_CTYPE 'C.UTF-8'.",
        ),
    ]


@pytest.fixture
def bare(running: Running) -> Iterator[str]:
    """The URL of an empty database, and a role “guest” without any right in it."""
    with psycopg.connect(running.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE bare")
        connection.execute("CREATE ROLE guest LOGIN")
        try:
            yield running.url.removesuffix("/story") + "/bare"
        finally:
            connection.execute("DROP DATABASE bare WITH (FORCE)")
            connection.execute("DROP ROLE guest")


def test_gather_sees_an_empty_database_of_ours(bare: str) -> None:
    with psycopg.connect(bare) as connection:
        assert gather(connection) == replace(
            WHOLE, version=connection.info.server_version, role="postgres", database="bare"
        )


def test_gather_sees_what_is_installed(bare: str) -> None:
    with psycopg.connect(bare) as connection:
        connection.execute("CREATE EXTENSION unaccent")
        assert gather(connection).installed == {"unaccent"}


def test_gather_sees_a_role_without_rights(bare: str) -> None:
    with psycopg.connect(bare, user="guest") as connection:
        facts = gather(connection)
    assert facts == replace(
        WHOLE,
        version=facts.version,
        role="guest",
        database="bare",
        creatable=frozenset(),
        can_create_tables=False,
    )


def test_gather_sees_that_an_owner_may_create_trusted_extensions(bare: str) -> None:
    with psycopg.connect(bare, autocommit=True) as connection:
        connection.execute("ALTER DATABASE bare OWNER TO guest")
    with psycopg.connect(bare, user="guest") as connection:
        assert said(findings(gather(connection))) == []
        for extension in checks.EXTENSIONS:  # and what we say is so
            connection.execute(f"CREATE EXTENSION {extension}")
        assert gather(connection).installed == ALL


def test_gather_sees_encoding_and_locale(bare: str) -> None:
    with psycopg.connect(bare, autocommit=True) as connection:
        connection.execute(
            "CREATE DATABASE plain TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'"
        )
        try:
            with psycopg.connect(bare.removesuffix("/bare") + "/plain", client_encoding="UTF8") as plain:
                facts = gather(plain)
        finally:
            connection.execute("DROP DATABASE plain")
    assert (facts.encoding, facts.knows_only_ascii_letters) == ("SQL_ASCII", True)


@pytest.fixture
def django_connection() -> Callable[[str], DatabaseWrapper]:
    """Makes a connection of Django's, apart from those in settings."""

    def make(url: str) -> DatabaseWrapper:
        return DatabaseWrapper(connections.configure_settings({"default": database.django_settings(url)})["default"])

    return make


def test_check_connection_asks_through_djangos_settings(
    bare: str, django_connection: Callable[[str], DatabaseWrapper]
) -> None:
    assert said(checks.check_connection(django_connection(bare))) == []
    guest = bare.replace("postgres@", "guest@")
    found = [message_id for message_id, _ in said(checks.check_connection(django_connection(guest)))]
    assert found == ["config.E005", "config.E005", "config.E005", "config.E006"]


def test_check_connection_names_an_absent_server(
    running: Running, django_connection: Callable[[str], DatabaseWrapper]
) -> None:
    absent = running.url.replace(":5432/", ":5999/")
    ((message_id, sentence),) = said(checks.check_connection(django_connection(absent)))
    assert message_id == "config.E001"
    assert sentence.startswith("The database cannot be reached: connection")
    assert "\n" not in sentence


def test_check_database_is_registered_and_asks_nothing_unasked() -> None:
    assert checks.check_database in registry.registry.get_checks()
    assert checks.check_database(databases=None) == []
