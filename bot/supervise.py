"""Keeps the cores running: trains when needed, starts, watches, restarts."""

import asyncio
import ctypes
import os
import signal
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import httpx
import structlog

from bot.core.train import train
from bot.errors import TrainingFailed

_log = structlog.get_logger("bot.supervise")

PING_SECONDS = 1.0
SILENT_SECONDS = 5.0
"""How long a worker may be silent before it is killed and started again."""
LOADING_SECONDS = 30.0
"""How long a worker that was never ready may be silent before it counts as stuck."""
RETRY_TRAINING_SECONDS = 30.0
_DIE_WITH_PARENT = 1


class Cores:
    """Some core workers, each on a Unix socket of its own.

    `run` goes on until it is cancelled; a worker that ended or that no longer
    answers (stopped, stuck) is killed and started again.
    """

    def __init__(self, number: int) -> None:
        """Choose the sockets; nothing is started yet."""
        self._folder = tempfile.TemporaryDirectory(prefix="copbot-")
        folder = Path(self._folder.name)
        self.sockets = tuple(folder / f"core-{n}.sock" for n in range(number))
        self.restarts = 0
        self.state = "training"
        self._running: dict[Path, asyncio.subprocess.Process] = {}

    def pids(self) -> tuple[int, ...]:
        """Return the process ids of the running workers."""
        return tuple(process.pid for process in self._running.values())

    async def run(self) -> None:
        """Train when needed, then keep every worker running."""
        try:
            model = await self._trained()
            self.state = "loading"
            await asyncio.gather(*(self._keep(path, model) for path in self.sockets))
        finally:
            for process in self._running.values():
                with suppress(ProcessLookupError):
                    process.kill()
            self._folder.cleanup()

    async def _trained(self) -> Path:
        while True:
            try:
                return await asyncio.to_thread(train, False, _tell)
            except (TrainingFailed, OSError) as error:
                self.state = "training_failed"
                _log.error("training_failed", error=type(error).__name__)
                await asyncio.sleep(RETRY_TRAINING_SECONDS)

    async def _keep(self, path: Path, model: Path) -> None:
        while True:
            with suppress(FileNotFoundError):
                path.unlink()
            process = await _start(path, model)
            self._running[path] = process
            await self._watch(path, process)
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            self.restarts += 1
            self.state = "restarting"
            _log.warning("core_restarted", code=process.returncode)
            await asyncio.sleep(0.2)

    async def _watch(self, path: Path, process: asyncio.subprocess.Process) -> None:
        """Return when the worker has ended or has stopped answering."""
        transport = httpx.AsyncHTTPTransport(uds=str(path))
        clock = asyncio.get_running_loop().time
        heard, ready = clock(), False
        async with httpx.AsyncClient(
            transport=transport, base_url="http://core", timeout=PING_SECONDS
        ) as client:
            while process.returncode is None:
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(process.wait(), PING_SECONDS)
                status = await _status(client)
                if status is not None:
                    heard = clock()
                if status == "ready":
                    ready, self.state = True, "ready"
                patience = SILENT_SECONDS if ready else LOADING_SECONDS
                if clock() - heard > patience:
                    return


async def _start(path: Path, model: Path) -> asyncio.subprocess.Process:
    environ = {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.core.worker",
        "--socket",
        str(path),
        "--model",
        str(model),
        env=environ,
        cwd=Path(__file__).resolve().parents[1],
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_die_with_parent,
    )


def _die_with_parent() -> None:
    """Ask Linux to end the worker when the edge is gone, however it went."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


async def _status(client: httpx.AsyncClient) -> str | None:
    """Return "loading" or "ready", None when the worker does not answer."""
    try:
        response = await client.get("/health")
    except httpx.HTTPError:
        return None
    return str(response.json().get("status")) if response.status_code == 200 else None


def _tell(step: str) -> None:
    _log.info("model", step=step)
