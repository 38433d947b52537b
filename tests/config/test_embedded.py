"""A server of our own is made, found again and moved. Every server here is real."""

import os
import shutil
from pathlib import Path

import psycopg
import pytest

from config.embedded import EmbeddedServer
from config.errors import DatabaseError
from config.server_user import server_user

from .conftest import Running
from .servers import Serve, ask, kill_tree, tell


def test_start_makes_a_database_that_keeps_what_it_is_given(running: Running) -> None:
    wanted = {
        "server_encoding": "UTF8",
        "data_checksums": "on",
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "listen_addresses": "",
        "max_connections": "60",
        "TimeZone": "UTC",
    }
    assert {name: ask(running.url, f"SELECT current_setting('{name}')") for name in wanted} == wanted
    assert ask(running.url, "SELECT current_database()") == "story"


def test_start_makes_letters_of_every_script_known(running: Running) -> None:
    tell(running.url, "CREATE EXTENSION IF NOT EXISTS pg_trgm")
    assert ask(running.url, "SELECT lower('ŁÓDŹ Ñ')") == "łódź ñ"
    assert ask(running.url, "SELECT similarity('łódź', 'ŁÓDŹ')") == 1.0
    assert ask(running.url, "SELECT cardinality(show_trgm('łódź'))") == 5


def test_start_again_finds_the_same_server(running: Running) -> None:
    pid = running.server.processes.postmaster()
    assert running.server.start() == running.url
    assert running.server.processes.postmaster() == pid


def test_start_finds_a_server_that_is_full(running: Running) -> None:
    connections = [psycopg.connect(running.url) for _ in range(60)]
    try:
        assert running.server.start() == running.url
    finally:
        for connection in connections:
            connection.close()


def test_socket_is_for_the_server_user_alone(running: Running) -> None:
    folder = running.server._running_socket_folder()
    assert folder.stat().st_mode & 0o077 == 0
    assert folder.stat().st_uid == server_user(running.server.data).uid


def test_servers_of_two_folders_live_side_by_side(running: Running, serve: Serve) -> None:
    other = serve("var")
    tell(other.start(), "CREATE TABLE only_here ()")
    assert ask(running.url, "SELECT to_regclass('only_here')") is None
    other.stop()
    assert ask(running.url, "SELECT 1") == 1


def test_start_after_the_folder_was_removed_makes_a_new_one(serve: Serve) -> None:
    server = serve("var")
    tell(server.start(), "CREATE TABLE old ()")
    shutil.rmtree(server.home.parent)
    assert ask(server.start(), "SELECT to_regclass('old')") is None


def test_start_after_the_folder_was_moved_keeps_the_data(tmp_path: Path, serve: Serve) -> None:
    tell(serve("var").start(), "CREATE TABLE old AS SELECT 1 AS one")
    (tmp_path / "var").rename(tmp_path / "moved")
    assert ask(serve("moved").start(), "SELECT one FROM old") == 1


@pytest.mark.parametrize("name", ["x" * 60 + "/" + "y" * 120 + "/var", "a, b's “Välkommen” %41/var"])
def test_start_works_in_a_folder_with_any_name(serve: Serve, name: str) -> None:
    server = serve(name)
    url = server.start()
    assert ask(url, "SELECT current_database()") == "story"
    assert ask(url, "SELECT current_setting('data_directory')") == str(server.data)
    assert len(os.fsencode(server._running_socket_folder())) < 90
    kill_tree(server)
    assert ask(server.start(), "SELECT 1") == 1


def test_start_in_a_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    with pytest.raises(DatabaseError, match=r"^The database cannot be kept in .*var/postgres \(Not a directory\): "):
        EmbeddedServer(tmp_path / "var").start()


def test_start_says_why_the_server_does_not_come_up(serve: Serve) -> None:
    server = serve("var")
    server.start()
    server.stop()
    (server.data / "PG_VERSION").write_text("9.6\n")
    with pytest.raises(DatabaseError, match="did not start: database files are incompatible with server"):
        server.start()
    assert server.processes.found() == []
