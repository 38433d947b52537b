#!/usr/bin/env python
"""Django's command line. Starts the embedded database first, unless DATABASE_URL names another."""

import os
import sys
from pathlib import Path

# Commands that must work, and stay quick, without any database.
WITHOUT_DATABASE = {"collectstatic", "makemessages", "compilemessages", "help", "--help", "version", "--version"}


def main() -> None:
    """Run one command; a database that cannot start is told in one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config import database, env, errors  # noqa: PLC0415

    if len(sys.argv) > 1 and sys.argv[1] not in WITHOUT_DATABASE:
        try:
            database.start(env.folder("VAR", "var", base=Path(__file__).resolve().parent))
        except errors.ConfigError as error:
            sys.stderr.write(f"{error}\n")
            sys.exit(2)
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
