"""The server lives through crashes, and stopping it leaves nothing behind. Every server here is real."""

import os
import re
import shutil
import signal
import subprocess
from contextlib import suppress

import psutil
import psycopg
import pytest

from config.embedded import EmbeddedServer
from config.server_user import server_user

from .servers import Serve, ask, kill_tree, starting, tell


def test_server_outlives_the_command_that_started_it(serve: Serve) -> None:
    server = serve("var")
    starter = starting(server.home.parent)
    url, complaint = starter.communicate(timeout=60)
    assert starter.returncode == 0, complaint
    assert ask(url.strip(), "SELECT 1") == 1
    session = os.getsid(server.processes.postmaster() or 0)
    assert session != starter.pid


def test_processes_starting_at_once_share_one_server(serve: Serve) -> None:
    server = serve("var")
    starters = [starting(server.home.parent) for _ in range(3)]
    answers = [starter.communicate(timeout=60) for starter in starters]
    assert [starter.returncode for starter in starters] == [0, 0, 0], answers
    assert len({url for url, _ in answers}) == 1
    assert ask(answers[0][0].strip(), "SELECT current_database()") == "story"
    assert len([one for one in server.processes.found() if is_postmaster(one)]) == 1


def is_postmaster(process: psutil.Process) -> bool:
    """Whether it is a server's first process; its children come and go while one looks."""
    with suppress(psutil.NoSuchProcess):
        return process.cmdline()[0].endswith("postgres")
    return False


def test_committed_rows_outlive_a_kill_of_everything(serve: Serve) -> None:
    server = serve("var")
    url = server.start()
    tell(url, "CREATE TABLE said AS SELECT 'kept' AS word")
    kill_tree(server)
    user = server_user(server.data)
    # The dead server's pid now belongs to another process of the same user.
    with subprocess.Popen(["sleep", "60"], cwd="/", **user.popen()) as somebody:
        try:
            for path in (server.data / "postmaster.pid", server._running_socket_folder() / ".s.PGSQL.5432.lock"):
                path.write_text(re.sub(r"\A\d+", str(somebody.pid), path.read_text()))
            assert server.start() == url
            assert ask(url, "SELECT word FROM said") == "kept"
            assert somebody.poll() is None
        finally:
            somebody.kill()


def test_start_replaces_a_server_whose_leader_was_killed(serve: Serve) -> None:
    server = serve("var")
    url = server.start()
    tell(url, "CREATE TABLE said AS SELECT 'kept' AS word")
    orphan_everything(server)
    assert server.start() == url
    assert ask(url, "SELECT word FROM said") == "kept"


def test_stop_ends_orphans_that_no_longer_listen(serve: Serve) -> None:
    server = serve("var")
    server.start()
    orphans = orphan_everything(server)
    assert re.fullmatch(r"The embedded database has stopped \(\d+ processes ended\)\.", server.stop())
    assert [orphan for orphan in orphans if is_there(orphan)] == []


def orphan_everything(server: EmbeddedServer) -> list[psutil.Process]:
    """Kill the postmaster alone, its children being held so that they cannot notice."""
    leader = psutil.Process(server.processes.postmaster() or 0)
    children = []
    for child in leader.children():
        with suppress(psutil.NoSuchProcess):  # a visitor who has just left
            child.suspend()
            children.append(child)
    leader.kill()
    while server.processes.postmaster():
        pass
    assert server.processes.found() != []
    return children


def is_there(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_stop_leaves_no_process_and_no_lock(serve: Serve) -> None:
    server = serve("var")
    url = server.start()
    processes = server.processes.found()
    with psycopg.connect(url):  # somebody is still reading
        assert "has stopped" in server.stop()
    assert [process for process in processes if is_there(process)] == []
    assert not (server.data / "postmaster.pid").exists()
    assert server.stop() == "The embedded database was not running."


def test_stop_ends_a_server_whose_folder_was_removed(serve: Serve) -> None:
    server = serve("var")
    server.start()
    processes = server.processes.found()
    shutil.rmtree(server.home.parent)
    assert "has stopped" in server.stop()
    assert [process for process in processes if is_there(process)] == []


@pytest.mark.parametrize("seconds", [0.1, 0.3, 0.5])
def test_start_recovers_from_a_first_start_cut_short(serve: Serve, seconds: float) -> None:
    server = serve("var")
    with starting(server.home.parent) as starter:
        try:
            starter.wait(seconds)
        except subprocess.TimeoutExpired:
            starter.send_signal(signal.SIGKILL)
    assert ask(server.start(), "SELECT 1") == 1
