"""The user that the server runs as under root comes through closed folders, and nobody else does."""

import os
import pwd
import stat
import subprocess
from pathlib import Path

import pytest

from config.errors import DatabaseError
from config.server_user import ServerUser, let_through, server_user

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another user")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program laid out like PostgreSQL's package, closed as a umask of 077 would make it."""
    program = tmp_path / "closed" / "package" / "pginstall" / "bin" / "postgres"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\ncat $(dirname $0)/../words >/dev/null\n")
    (program.parents[1] / "words").write_text("")
    (program.parents[3] / "secret").write_text("")
    for path in tmp_path.rglob("*"):
        path.chmod(0o700 if path.is_dir() or path == program else 0o600)
    return program


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    user = server_user(tmp_path / "absent")
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    os.chown(folder, user.uid, user.gid)
    return folder


def can(user: ServerUser, *command: str | Path) -> bool:
    try:
        return subprocess.run(command, check=False, capture_output=True, cwd="/", **user.popen()).returncode == 0
    except PermissionError:
        return False


def test_server_user_owns_the_data_if_there_is_any(tmp_path: Path) -> None:
    os.chown(tmp_path, 4321, 1234)
    assert server_user(tmp_path) == ServerUser(4321, 1234)
    os.chown(tmp_path, 0, 0)


def test_server_user_is_one_of_its_own_for_new_or_roots_data(tmp_path: Path) -> None:
    own = pwd.getpwnam("embedded_postgres")
    assert server_user(tmp_path) == server_user(tmp_path / "absent") == ServerUser(own.pw_uid, own.pw_gid)


def test_let_through_opens_the_way_to_one_user(folder: Path, program: Path) -> None:
    user, stranger = server_user(folder), ServerUser(4321, 4321)
    assert not can(user, program)
    let_through(user, folder, program)
    assert can(user, program)
    assert not can(stranger, program)
    assert not can(user, "ls", program.parents[3])
    assert not can(user, "cat", program.parents[3] / "secret")


def test_let_through_keeps_what_others_were_allowed(folder: Path, program: Path) -> None:
    user, friend = server_user(folder), ServerUser(4321, 4321)
    let_through(friend, folder.parent, program)
    let_through(user, folder, program)
    assert (can(friend, program), can(user, program)) == (True, True)


def test_let_through_without_access_lists_opens_the_way_but_no_listing(
    folder: Path, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_arguments: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "setxattr", unknown)
    let_through(server_user(folder), folder, program)
    assert can(server_user(folder), program)
    assert stat.S_IMODE(program.parents[3].stat().st_mode) == 0o701


def test_let_through_leaves_open_folders_alone(folder: Path, program: Path) -> None:
    program.parents[3].chmod(0o750)
    user = ServerUser(server_user(folder).uid, program.stat().st_gid)
    let_through(user, folder, program)
    assert stat.S_IMODE(program.parents[3].stat().st_mode) == 0o750


def test_let_through_says_what_cannot_be_reached(folder: Path, tmp_path: Path) -> None:
    absent = tmp_path / "package" / "pginstall" / "bin" / "postgres"
    with pytest.raises(DatabaseError, match=r"its user cannot reach .*: open the folders above them"):
        let_through(server_user(folder), folder, absent)
