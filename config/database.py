"""Which PostgreSQL the site talks to: the one that DATABASE_URL names, or the embedded one under VAR.

Knows nothing of Django, though it writes the dictionary that Django's settings want; how a server of our own
lives and dies is embedded.py's business.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from config.errors import DatabaseError

if TYPE_CHECKING:
    from config.embedded import EmbeddedServer

EXAMPLE = "postgresql://user:password@host:5432/name"


def ensure_url(var: Path) -> str:
    """The URL of a database that can be used now: DATABASE_URL if set, else the embedded server's, started if need be.

    Raises DatabaseError for a DATABASE_URL that is none, and when the embedded server cannot be started.
    """
    if url := os.environ.get("DATABASE_URL", "").strip():
        _parameters(url)
        return url
    return _embedded(var).start()


def start(var: Path) -> None:
    """Put `ensure_url` into the environment, where settings.py and every child process read it."""
    os.environ["DATABASE_URL"] = ensure_url(var)


def stop(var: Path) -> str:
    """Stop the embedded server of `var`, wait for all of its processes to go, and say in a sentence what was done.

    A server that DATABASE_URL names is never touched. Raises DatabaseError when the processes are not ours to end.
    """
    return _embedded(var).stop()


def django_settings(url: str, *, pool_max_size: int = 10) -> dict[str, Any]:
    """Django's DATABASES["default"] for a PostgreSQL URL; starts and asks nothing.

    Socket folders stand percent-encoded in the place of the host; libpq's options (`?sslmode=require`) are passed
    on. `pool_max_size` counts connections for each process. Raises DatabaseError for a URL that libpq refuses.
    """
    parameters = _parameters(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parameters.pop("dbname"),
        "USER": parameters.pop("user", ""),
        "PASSWORD": parameters.pop("password", ""),
        "HOST": parameters.pop("host", ""),
        "PORT": parameters.pop("port", ""),
        "CONN_MAX_AGE": 0,  # the pool keeps connections open; Django refuses both at once
        "CONN_HEALTH_CHECKS": True,  # a restarted server costs nobody an error page
        "OPTIONS": {**parameters, "pool": {"min_size": 1, "max_size": pool_max_size, "timeout": 10}},
    }


def _embedded(var: Path) -> "EmbeddedServer":
    # Not at the top: it works on Unix alone, and a host with DATABASE_URL need not be one.
    from config.embedded import EmbeddedServer  # noqa: PLC0415

    return EmbeddedServer(var)


def _parameters(url: str) -> dict[str, str]:
    """The connection parameters in a URL, by libpq's own parser. No error repeats the URL: it may hold a password."""
    if not url.startswith(("postgresql://", "postgres://")):
        raise DatabaseError(f"DATABASE_URL must be the address of a PostgreSQL database, like {EXAMPLE}.")
    try:
        parameters = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    except psycopg.ProgrammingError:
        raise DatabaseError(
            f"DATABASE_URL cannot be read: it should look like {EXAMPLE}, "
            "with special characters percent-encoded and options that libpq knows."
        ) from None
    if not parameters.get("dbname"):
        raise DatabaseError(f"DATABASE_URL names no database: it should end like {EXAMPLE}.")
    # One port, or one for each of several hosts.
    if not all(port.isdecimal() and 0 < int(port) < 65536 for port in parameters.get("port", "5432").split(",")):
        raise DatabaseError("DATABASE_URL holds a port that is not a number from 1 to 65535.")
    return parameters


def main(arguments: list[str]) -> int:
    """`python -m config.database stop VAR`: what `make stop` runs. Returns the exit code."""
    match arguments:
        case ["stop", var]:
            try:
                print(stop(Path(var)))  # noqa: T201 - a command speaks
            except DatabaseError as error:
                print(error, file=sys.stderr)  # noqa: T201
                return 2
            return 0
        case _:
            print("Usage: python -m config.database stop VAR", file=sys.stderr)  # noqa: T201
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
