"""A PostgreSQL of the tests' own, started once for this folder; DATABASE_URL plays no part here."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.embedded import EmbeddedServer

from .servers import Serve


@dataclass(frozen=True)
class Running:
    var: Path
    url: str
    server: EmbeddedServer


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    var = tmp_path_factory.mktemp("embedded") / "var"
    server = EmbeddedServer(var)
    try:
        yield Running(var, server.start(), server)
    finally:
        server.stop()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Makes servers under tmp_path, and stops them after the test whatever became of them."""
    servers: list[EmbeddedServer] = []

    def make(name: str) -> EmbeddedServer:
        servers.append(EmbeddedServer(tmp_path / name))
        return servers[-1]

    yield make
    for server in servers:
        server.stop()
