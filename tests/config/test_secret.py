"""The secret key: given, or made once for nobody else's eyes."""

import subprocess
import sys
from pathlib import Path

import pytest

from config.secret import secret_key

from .servers import ROOT, environment

ASK = "import sys, pathlib; from config.secret import secret_key; print(secret_key(pathlib.Path(sys.argv[1])))"


@pytest.fixture(autouse=True)
def _nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)


def test_secret_key_is_made_once(tmp_path: Path) -> None:
    var = tmp_path / "deep" / "var"

    keys = [secret_key(var) for _ in range(2)]

    assert keys[0] == keys[1] == (var / "secret").read_text(encoding="ascii")
    assert len(keys[0]) >= 64
    assert [path.name for path in var.iterdir()] == ["secret"]


def test_secret_key_is_its_owners_alone(tmp_path: Path) -> None:
    secret_key(tmp_path)

    assert oct((tmp_path / "secret").stat().st_mode & 0o777) == "0o600"


def test_secret_key_of_another_copy_is_another(tmp_path: Path) -> None:
    assert secret_key(tmp_path / "one") != secret_key(tmp_path / "two")


def test_secret_key_that_is_given_is_taken_and_none_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", " given ")

    assert (secret_key(tmp_path), list(tmp_path.iterdir())) == ("given", [])


def test_secret_key_is_one_when_several_copies_start_at_once(tmp_path: Path) -> None:
    environ = {name: value for name, value in environment().items() if name != "SECRET_KEY"}
    copies = [
        subprocess.Popen(
            [sys.executable, "-c", ASK, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environ
        )
        for _ in range(6)
    ]  # fmt: skip

    assert len({copy.communicate(timeout=30)[0] for copy in copies}) == 1


def test_secret_key_stands_in_no_file_of_the_project() -> None:
    found = subprocess.run(
        ["git", "grep", "-nIE", r"SECRET_KEY\s*=\s*[\"']"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert found.stdout == ""
