"""The embedded server among several users: root, an ordinary one, and strangers."""

import os
import pwd
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import pytest

from config import database
from config.embedded import EmbeddedServer
from config.errors import DatabaseError

from .servers import Serve, ask, kill_tree, starting, tell

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


@as_root
def test_start_takes_over_a_copy_whose_owner_was_lost(tmp_path: Path, serve: Serve) -> None:
    server = serve("var")
    tell(server.start(), "CREATE TABLE old AS SELECT 1 AS one")
    server.stop()
    shutil.copytree(tmp_path / "var", tmp_path / "copy", copy_function=shutil.copyfile)
    assert ask(serve("copy").start(), "SELECT one FROM old") == 1


@as_root
def test_socket_folder_of_somebody_else_is_refused_and_left_alone(tmp_path: Path, serve: Serve) -> None:
    server = serve("z" * 120)
    folder = server._socket_folder()
    (tmp_path / ".s.PGSQL.5432").touch()
    folder.symlink_to(tmp_path)
    try:
        with pytest.raises(DatabaseError, match=f"^{folder} belongs to somebody else"):
            server.start()
        server.stop()
        assert (tmp_path / ".s.PGSQL.5432").exists()
    finally:
        folder.unlink()
    assert ask(server.start(), "SELECT 1") == 1


@as_root
def test_start_opens_closed_folders_to_its_user_alone(
    tmp_path: Path, serve: Serve, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "closed").mkdir(mode=0o700)
    assert ask(serve("closed/var").start(), "SELECT 1") == 1
    assert (tmp_path / "closed").stat().st_mode & 0o007 == 0
    assert f"{tmp_path / 'closed'} was closed: the database's own user may now go through it" in capfd.readouterr().err


def test_start_under_a_strict_umask_works(serve: Serve) -> None:
    server = serve("var")
    with starting(server.home.parent, umask=0o077) as starter:
        url, complaint = starter.communicate(timeout=60)
    assert (starter.returncode, ask(url.strip(), "SELECT 1")) == (0, 1), complaint


def become(uid: int, gid: int) -> None:
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    os.environ.pop("DATABASE_URL", None)


@dataclass(frozen=True)
class Nobody:
    """An ordinary user with a home, who can call functions. Forked, since he may not reach our Python's files."""

    uid: int
    folder: Path  # root's; `home` in it is his
    pool: ProcessPoolExecutor

    def call(self, function: Callable[[Path], str], var: Path) -> str:
        return self.pool.submit(function, var).result(timeout=60)


@pytest.fixture
def nobody() -> Iterator[Nobody]:
    entry = pwd.getpwnam("nobody")
    with (
        tempfile.TemporaryDirectory() as name,
        ProcessPoolExecutor(1, get_context("fork"), become, (entry.pw_uid, entry.pw_gid)) as pool,
    ):
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "home").mkdir()
        os.chown(folder / "home", entry.pw_uid, entry.pw_gid)
        yield Nobody(entry.pw_uid, folder, pool)
        EmbeddedServer(folder / "home" / "var").stop()


def owners(var: Path) -> set[int]:
    return {process.uids().real for process in EmbeddedServer(var).processes.found()}


@as_root
def test_start_and_stop_work_for_an_ordinary_user(nobody: Nobody) -> None:
    var = nobody.folder / "home" / "var"
    url = nobody.call(database.ensure_url, var)
    assert (ask(url, "SELECT 1"), owners(var)) == (1, {nobody.uid})
    assert "has stopped" in nobody.call(database.stop, var)
    assert owners(var) == set()


@as_root
def test_root_starts_the_server_of_an_ordinary_user_as_him(nobody: Nobody) -> None:
    var = nobody.folder / "home" / "var"
    url = nobody.call(database.ensure_url, var)
    kill_tree(EmbeddedServer(var))
    assert (EmbeddedServer(var).start(), owners(var)) == (url, {nobody.uid})
    assert nobody.call(database.ensure_url, var) == url
    assert "has stopped" in nobody.call(database.stop, var)


@as_root
def test_start_in_a_folder_of_somebody_else_is_refused_in_one_sentence(nobody: Nobody) -> None:
    with pytest.raises(DatabaseError, match=r"^The database cannot be kept in \S+ \(Permission denied\): "):
        nobody.call(database.ensure_url, nobody.folder / "var")


@as_root
def test_stop_of_somebody_else_is_refused_in_one_sentence(nobody: Nobody) -> None:
    var = nobody.folder / "var"
    EmbeddedServer(var).start()
    try:
        with pytest.raises(DatabaseError, match=r"^The database in \S+ belongs to another user: "):
            nobody.call(database.stop, var)
        assert owners(var) != set()
    finally:
        EmbeddedServer(var).stop()
