"""The system user that the embedded server runs as when we are root, which PostgreSQL refuses to be.

Owns making that user and letting it, and nobody else, through closed folders such as /root. Knows nothing of
PostgreSQL's own life.
"""

import os
import pwd
import shutil
import stat
import struct
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.errors import DatabaseError

NAME = "embedded_postgres"
# Linux keeps access lists as: version, then (tag, permissions, id) triples, sorted (acl(5), linux/posix_acl_xattr.h).
ACL = "system.posix_acl_access"
ACL_VERSION, ACL_ENTRY = struct.pack("<I", 2), struct.Struct("<HHI")
OWNER, USER, GROUP, MASK, OTHERS = 0x01, 0x02, 0x04, 0x10, 0x20
NO_ID = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class ServerUser:
    """Numeric ids of the user that owns the data and runs the server."""

    uid: int
    gid: int

    @property
    def is_me(self) -> bool:
        return self.uid == os.geteuid()

    def popen(self) -> dict[str, Any]:
        """Arguments for subprocess that make the child run as this user."""
        return {} if self.is_me else {"user": self.uid, "group": self.gid, "extra_groups": []}


def server_user(data: Path) -> ServerUser:
    """Whom the server of the folder `data` runs as: us, or, when we are root, its owner or a user of its own."""
    if os.geteuid() != 0:
        return ServerUser(os.geteuid(), os.getegid())
    try:
        owner = data.stat()
    except FileNotFoundError:
        pass
    else:
        if owner.st_uid != 0:
            return ServerUser(owner.st_uid, owner.st_gid)
    return _own_user()


def let_through(user: ServerUser, folder: Path, program: Path) -> None:
    """See to it that `user` can work in `folder` and run `program`, opening no folder to anybody else if possible.

    Raises DatabaseError when that cannot be had.
    """
    if user.is_me or _reaches(user, folder, program):
        return
    # What cannot be opened shows in the last try.
    with suppress(OSError):
        _open_programs(program)
        for closed in {parent for path in (folder, program) for parent in path.parents}:
            if not _may_pass(user, closed.stat()):
                _let_pass(user, closed)
    if not _reaches(user, folder, program):
        raise DatabaseError(
            f"PostgreSQL never runs as root, and its user cannot reach {folder} and {program}: "
            "open the folders above them (chmod o+x) or run the site as an ordinary user."
        )


def _own_user() -> ServerUser:
    for _ in range(20):
        try:
            entry = pwd.getpwnam(NAME)
        except KeyError:
            pass
        else:
            return ServerUser(entry.pw_uid, entry.pw_gid)
        command = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
        if command is None:
            break
        # Fails when another copy is making the user at this moment: the next round finds it.
        arguments = [command, "--system", "--user-group", "--no-create-home", "--shell", "/bin/false", NAME]
        subprocess.run(arguments, check=False, capture_output=True)  # noqa: S603
        time.sleep(0.1)
    raise DatabaseError(
        f"PostgreSQL never runs as root, and no system user “{NAME}” could be made for it: "
        "make one, or run the site as an ordinary user, or set DATABASE_URL."
    )


def _reaches(user: ServerUser, folder: Path, program: Path) -> bool:
    """Whether it really works, tried as that user."""
    script = 'cd "$1" && exec "$2" --version'
    try:
        tried = subprocess.run(  # noqa: S603
            ["/bin/sh", "-c", script, "sh", folder, program], check=False, capture_output=True, cwd="/", **user.popen()
        )
    except OSError as error:
        raise DatabaseError(
            f"PostgreSQL never runs as root, and this system does not let us run it as another user "
            f"({error.strerror}): run the site as an ordinary user, or set DATABASE_URL."
        ) from error
    return tried.returncode == 0


def _open_programs(program: Path) -> None:
    """Let everybody read and run the server's programs and libraries, which a umask of 077 may have closed."""
    package = program.parents[2]
    for tree in (package, package.with_name(f"{package.name}.libs")):
        for path in (tree, *tree.rglob("*")) if tree.exists() else ():
            mode = stat.S_IMODE(path.stat().st_mode)
            path.chmod(mode | (0o055 if mode & stat.S_IXUSR else 0o044))


def _may_pass(user: ServerUser, status: os.stat_result) -> bool:
    """Whether plain permissions let the user through a folder."""
    if status.st_uid == user.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    return bool(status.st_mode & (stat.S_IXGRP if status.st_gid == user.gid else stat.S_IXOTH))


def _let_pass(user: ServerUser, folder: Path) -> None:
    """Let one user go through a folder, without listing it; where access lists are unknown, everybody."""
    mode = folder.stat().st_mode
    try:
        entries = _access_list(folder, mode)
        entries[USER, user.uid] = entries.get((USER, user.uid), 0) | 1
        entries[MASK, NO_ID] = entries.get((MASK, NO_ID), mode >> 3 & 7) | 1
        packed = b"".join(ACL_ENTRY.pack(tag, bits, who) for (tag, who), bits in sorted(entries.items()))
        os.setxattr(folder, ACL, ACL_VERSION + packed)
        whom = "the database's own user"
    except (OSError, AttributeError):
        folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)
        whom = "every user"
    sys.stderr.write(f"{folder} was closed: {whom} may now go through it, but not list it.\n")


def _access_list(folder: Path, mode: int) -> dict[tuple[int, int], int]:
    """The folder's access list as {(tag, id): permissions}, made from its mode when it has none."""
    try:
        packed = os.getxattr(folder, ACL)
    except OSError:
        return {(OWNER, NO_ID): mode >> 6 & 7, (GROUP, NO_ID): mode >> 3 & 7, (OTHERS, NO_ID): mode & 7}
    return {(tag, who): bits for tag, bits, who in ACL_ENTRY.iter_unpack(packed[len(ACL_VERSION) :])}
