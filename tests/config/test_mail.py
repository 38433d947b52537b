"""EMAIL_URL: where mail goes, and one sentence for what is no such address."""

import pytest

from config.mail import Mail, parse_url

CONSOLE, SMTP, FILES = (f"django.core.mail.backends.{name}.EmailBackend" for name in ("console", "smtp", "filebased"))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("console://", Mail(backend=CONSOLE)),
        ("smtp://mail.example", Mail(backend=SMTP, host="mail.example", port=25)),
        ("smtp://mail.example/?tls=1", Mail(backend=SMTP, host="mail.example", port=587, is_tls=True)),
        ("smtp://mail.example:2525/?tls=0", Mail(backend=SMTP, host="mail.example", port=2525)),
        (
            "smtp://ann%40example.org:p%2Fw%3A%23@mail.example:587/?tls=true",
            Mail(backend=SMTP, host="mail.example", port=587, user="ann@example.org", password="p/w:#", is_tls=True),
        ),
        ("smtps://mail.example", Mail(backend=SMTP, host="mail.example", port=465, is_ssl=True)),
        ("smtps://mail.example/?tls=1", Mail(backend=SMTP, host="mail.example", port=465, is_ssl=True)),
        ("smtp://[::1]:1025", Mail(backend=SMTP, host="::1", port=1025)),
        ("file:///var/mail/story", Mail(backend=FILES, folder="/var/mail/story")),
        ("file:///with%20blank", Mail(backend=FILES, folder="/with blank")),
    ],
)
def test_parse_url_reads_every_kind(url: str, expected: Mail) -> None:
    assert parse_url(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "mail.example",
        "smtp://",
        "smtp:secret@host",
        "http://secret@host",
        "file://host/x",
        "file:///",
        "smtp://h:99999",
        "smtp://[",
        "",
    ],
)
def test_parse_url_refuses_anything_else_without_repeating_it(url: str) -> None:
    with pytest.raises(SystemExit) as caught:
        parse_url(url)

    assert str(caught.value).startswith("EMAIL_URL ")
    assert "secret" not in str(caught.value)
