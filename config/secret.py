"""The secret key: from the environment, or made once and kept under VAR. It never stands in the code."""

import os
import secrets
from pathlib import Path


def secret_key(var: Path) -> str:
    """SECRET_KEY when set; else the content of `var/secret`, made with 64 random bytes on first use.

    Two copies that start at once agree: the file is linked into place whole, and the first one wins.
    """
    if given := os.environ.get("SECRET_KEY", "").strip():
        return given
    path = var / "secret"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        draft = var / f".secret-{os.getpid()}-{secrets.token_hex(4)}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
