"""A really trained model, and real workers on Unix sockets."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.core.train import train

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds that a worker may take to its first "ready"."""


class Worker:
    """A worker process and a client for it."""

    def __init__(self, folder: Path, model: Path, *options: str) -> None:
        self.socket, self.log = folder / "core.sock", folder / "worker.log"
        environment = {**os.environ, "COPBOT_LOG_LEVEL": "DEBUG"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "bot.core.worker",
                    "--socket",
                    str(self.socket),
                    "--model",
                    str(model),
                    *options,
                ],
                cwd=ROOT,
                env=environment,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        transport = httpx.HTTPTransport(uds=str(self.socket))
        self.client = httpx.Client(
            transport=transport, base_url="http://core", timeout=30
        )
        self.statuses: set[str] = set()

    def wait(self) -> "Worker":
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            try:
                health = self.client.get("/health").json()
                self.statuses.add(health["status"])
                if health["status"] == "ready":
                    return self
            except httpx.TransportError:
                pass
            time.sleep(0.05)
        raise AssertionError(self.log.read_text()[-2000:])

    def turn(self, **body: Any) -> dict[str, Any]:
        answer = self.client.post("/turn", json=body)
        assert answer.status_code == 200, (answer.text, body)
        found: dict[str, Any] = answer.json()
        return found

    def end(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)


class Talk:
    """A conversation: each turn starts where the last one ended."""

    def __init__(self, worker: Worker) -> None:
        self.worker = worker
        self.state: Any = None
        self.nlu: dict[str, Any] = {}

    def text(self, text: str, **more: Any) -> list[dict[str, Any]]:
        return self._turn(text=text, **more)

    def choose(self, intent: str, **entities: str) -> list[dict[str, Any]]:
        return self._turn(intent={"name": intent, "entities": entities})

    def _turn(self, **body: Any) -> list[dict[str, Any]]:
        answer = self.worker.turn(state=self.state, **body)
        self.state, self.nlu = answer["state"], answer["nlu"]
        directives: list[dict[str, Any]] = answer["directives"]
        return directives


@pytest.fixture(scope="session")
def trained() -> Path:
    return train()


@pytest.fixture(scope="session")
def worker(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    running = Worker(tmp_path_factory.mktemp("worker"), trained)
    try:
        yield running.wait()
    finally:
        running.end()


@pytest.fixture
def talk(worker: Worker) -> Talk:
    return Talk(worker)
