"""Measures a real server: time to answer after start, turns a second, memory."""

import asyncio
import itertools
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import httpx
import psutil

Tell = Callable[[str], None]

MIX = (
    ("text", "what is phishing"),
    ("text", "how do i block someone"),
    ("text", "hi"),
    ("text", "c'est quoi la sextorsion"),
    ("text", "qué hago si me acosan en el grupo"),
    ("text", "谁能看到我的个人资料"),
    ("text", "كيف أحمي حسابي"),
    ("text", "сколько времени можно сидеть в телефоне"),
    ("text", "they made a group to laugh at me"),
    ("text", "can you do my maths homework"),
    ("choice", "menu"),
    ("choice", "topic:sextortion"),
    ("choice", "more"),
    ("choice", "report:start"),
    ("choice", "report:for_whom:me"),
    ("choice", "report:stop"),
)
"""A mix as children, parents and teachers send it; one in sixteen discloses."""
START_SECONDS = 180.0


def measure(
    clients: Sequence[int], seconds: float, cores: int, tell: Tell
) -> dict[str, Any]:
    """Start a server on a free port and return its figures."""
    port = _free_port()
    begun = time.perf_counter()
    server = subprocess.Popen(  # noqa: S603 - our own interpreter
        [
            *(sys.executable, "-m", "bot", "serve"),
            *("--port", str(port), "--cores", str(cores)),
        ],
        env={**os.environ, "COPBOT_RATE_LIMIT": "off"},
        stdout=subprocess.DEVNULL,
    )
    try:
        return asyncio.run(_measure(server, port, begun, clients, seconds, tell))
    finally:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(15)
        server.kill()


async def _measure(
    server: "subprocess.Popen[bytes]",
    port: int,
    begun: float,
    clients: Sequence[int],
    seconds: float,
    tell: Tell,
) -> dict[str, Any]:
    result: dict[str, Any] = {}
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{port}", timeout=10
    ) as client:
        tell("waiting for the first answer from the floor")
        await _until(lambda: _says(client, "floor", "i want to die"))
        result["first answer, s"] = round(time.perf_counter() - begun, 2)
        tell("waiting for the core")
        await _until(lambda: _says(client, "core", "what is phishing"))
        result["full understanding, s"] = round(time.perf_counter() - begun, 2)
    for number in clients:
        tell(f"{number} clients for {seconds:g} s")
        result.update(await _load(port, number, seconds))
    result.update(_memory(server.pid))
    return result


async def _until(done: Callable[[], Any]) -> None:
    end = time.perf_counter() + START_SECONDS
    while time.perf_counter() < end:
        with suppress(httpx.HTTPError, KeyError):
            if await done():
                return
        await asyncio.sleep(0.05)
    raise TimeoutError("the server did not answer in time")


async def _says(client: httpx.AsyncClient, by: str, text: str) -> bool:
    response = await client.post("/api/chat", json={"text": text})
    answered = response.json()["understood"]["by"]
    return bool(answered == by or (by == "floor" and answered == "core"))


async def _load(port: int, number: int, seconds: float) -> dict[str, Any]:
    times: list[float] = []
    failures = 0
    end = time.perf_counter() + seconds

    async def one(offset: int) -> None:
        nonlocal failures
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", timeout=10
        ) as client:
            token = None
            for kind, value in itertools.islice(itertools.cycle(MIX), offset, None):
                if time.perf_counter() > end:
                    return
                sent = time.perf_counter()
                response = await client.post(
                    "/api/chat", json={"session": token, kind: value}
                )
                times.append((time.perf_counter() - sent) * 1000)
                failures += response.status_code != 200
                token = response.json().get("session")

    await asyncio.gather(*(one(n) for n in range(number)))
    times.sort()
    name = f"{number} clients"
    return {
        f"{name}: turns/s": round(len(times) / seconds, 1),
        f"{name}: p50 ms": round(statistics.median(times), 1),
        f"{name}: p95 ms": round(times[int(len(times) * 0.95)], 1),
        f"{name}: p99 ms": round(times[int(len(times) * 0.99)], 1),
        f"{name}: errors": failures,
    }


def _memory(pid: int) -> dict[str, Any]:
    edge = psutil.Process(pid)
    workers = [
        child for child in edge.children() if "bot.core.worker" in child.cmdline()
    ]
    result = {"edge, MB": _megabytes(edge)}
    for number, worker in enumerate(workers, 1):
        result[f"core {number}, MB"] = _megabytes(worker)
    return result


def _megabytes(process: psutil.Process) -> int:
    return round(process.memory_info().rss / 1e6)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
