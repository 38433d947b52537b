"""Reads EMAIL_URL: where mail goes. Knows nothing of Django beyond the names of its mail backends."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

BACKENDS = "django.core.mail.backends"
KINDS = "console://, smtp://user:password@host:587/?tls=1, smtps://host or file:///folder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What Django's EMAIL_… settings need. TLS begins in plain (`is_tls`) or from the first byte (`is_ssl`)."""

    backend: str
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    is_tls: bool = False
    is_ssl: bool = False
    folder: str | None = None


def parse_url(url: str) -> Mail:
    """The settings that a URL stands for; user and password may be percent-encoded.

    Raises SystemExit with one sentence, which never holds the URL: a password may stand in it.

    >>> parse_url("smtp://ann:s%40fe@mail.example/?tls=1")
    Mail(backend='django.core.mail.backends.smtp.EmailBackend', host='mail.example', port=587, user='ann', \
password='s@fe', is_tls=True, is_ssl=False, folder=None)
    """
    try:
        parts = urlsplit(url)
        port, has_tls = parts.port, parse_qs(parts.query).get("tls", ["0"])[-1].lower() in {"1", "true", "yes", "on"}
    except ValueError:
        raise SystemExit(f"EMAIL_URL is not an address; write {KINDS}.") from None
    if parts.scheme == "console":
        return Mail(backend=f"{BACKENDS}.console.EmailBackend")
    if parts.scheme == "file" and parts.path.strip("/") and not parts.netloc:
        return Mail(backend=f"{BACKENDS}.filebased.EmailBackend", folder=unquote(parts.path))
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise SystemExit(f"EMAIL_URL must be {KINDS}.")
    is_ssl = parts.scheme == "smtps"
    return Mail(
        backend=f"{BACKENDS}.smtp.EmailBackend",
        host=parts.hostname,
        port=port or (465 if is_ssl else 587 if has_tls else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_tls=has_tls and not is_ssl,
        is_ssl=is_ssl,
    )
