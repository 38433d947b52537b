"""Which database the site talks to, and how its URL is read."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from config import database
from config.errors import DatabaseError

from .conftest import Running


def test_ensure_url_prefers_the_environment_and_starts_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ada@db.example/story")
    assert database.ensure_url(tmp_path / "var") == "postgresql://ada@db.example/story"
    assert not (tmp_path / "var").exists()


def test_ensure_url_refuses_a_malformed_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://ada@db.example/story")
    with pytest.raises(DatabaseError, match="must be the address of a PostgreSQL database"):
        database.ensure_url(tmp_path / "var")


@pytest.mark.parametrize("unset", ["", "  "])
def test_start_puts_the_embedded_url_into_the_environment(
    running: Running, monkeypatch: pytest.MonkeyPatch, unset: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", unset)
    database.start(running.var)
    assert os.environ["DATABASE_URL"] == running.url


def test_django_settings_reads_host_port_and_password() -> None:
    assert database.django_settings("postgres://ada:p%40ss%2F@db.example:6543/story?sslmode=require") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "story",
        "USER": "ada",
        "PASSWORD": "p@ss/",
        "HOST": "db.example",
        "PORT": "6543",
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"sslmode": "require", "pool": {"min_size": 1, "max_size": 10, "timeout": 10}},
    }


@pytest.mark.parametrize(
    ("url", "host", "port", "name"),
    [
        ("postgresql:///story", "", "", "story"),
        ("postgresql://postgres@%2FVar%2FMy%20Site:5432/story", "/Var/My Site", "5432", "story"),
        ("postgresql:///story?host=/run/postgresql&port=5433", "/run/postgresql", "5433", "story"),
        ("postgresql://[::1]:5432/story", "::1", "5432", "story"),
        ("postgresql://a.example:5432,b.example:5433/story", "a.example,b.example", "5432,5433", "story"),
    ],
)
def test_django_settings_reads_every_kind_of_host(url: str, host: str, port: str, name: str) -> None:
    settings = database.django_settings(url)
    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == (host, port, name)


def test_django_settings_takes_the_size_of_the_pool() -> None:
    options = database.django_settings("postgresql:///story", pool_max_size=4)["OPTIONS"]
    assert options == {"pool": {"min_size": 1, "max_size": 4, "timeout": 10}}


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("", "must be the address of a PostgreSQL database"),
        ("sqlite:///db.sqlite3", "must be the address of a PostgreSQL database"),
        ("postgresql://ada:hunter2@db.example", "names no database"),
        ("postgresql://ada:hunter2@db.example/", "names no database"),
        ("postgresql://ada:hunter2@db.example:zero/story", "a port that is not a number"),
        ("postgresql://ada:hunter2@db.example:70000/story", "a port that is not a number"),
        ("postgresql://ada:hunter2@db.example/story?colour=red", "cannot be read"),
        ("postgresql://ada:hunter2@[::1/story", "cannot be read"),
        ("postgresql://ada:%zz@db.example/story", "cannot be read"),
    ],
)
def test_django_settings_refuses_in_one_sentence_without_the_password(url: str, sentence: str) -> None:
    with pytest.raises(DatabaseError, match=sentence) as refusal:
        database.django_settings(url)
    assert "hunter2" not in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_django_settings_of_the_embedded_url_reach_it(running: Running) -> None:
    settings = database.django_settings(running.url)
    with psycopg.connect(host=settings["HOST"], port=settings["PORT"], user=settings["USER"], dbname=settings["NAME"]):
        assert Path(settings["HOST"]).is_dir()


def test_stop_command_says_that_nothing_ran(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "config.database", "stop", str(tmp_path / "var")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout == "The embedded database was not running.\n"
    assert not (tmp_path / "var").exists()


def test_stop_command_without_a_folder_explains_itself() -> None:
    done = subprocess.run([sys.executable, "-m", "config.database"], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (2, "Usage: python -m config.database stop VAR\n")
