"""The edge's side of the socket: asks a core, within a deadline."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import msgspec

from bot.directives import AnyDirective, read_directives
from bot.errors import CoreRefused, CoreUnavailable

DEADLINE = 2.0
"""Seconds that a turn waits for the core."""


class CoreAnswer(msgspec.Struct, frozen=True):
    """What the core decided: next state, directives, and how it understood."""

    state: Any
    directives: tuple[AnyDirective, ...]
    nlu: dict[str, Any]
    by: str = "core"


class CoreClient:
    """Asks the cores in turn; a core that is away is passed over for the next."""

    def __init__(self, sockets: Sequence[Path], deadline: float = DEADLINE) -> None:
        """Take the cores' sockets; nothing is connected yet."""
        self._clients = [
            httpx.AsyncClient(
                transport=httpx.AsyncHTTPTransport(uds=str(path)),
                base_url="http://core",
                timeout=deadline,
            )
            for path in sockets
        ]
        self._next = 0

    async def turn(self, request: dict[str, Any]) -> CoreAnswer:
        """Return the core's answer.

        Raises CoreRefused for a request that no core will take, CoreUnavailable
        when every core is away, loading, too slow or failing.
        """
        for _ in self._clients:
            client = self._clients[self._next % len(self._clients)]
            self._next += 1
            try:
                response = await client.post("/turn", json=request)
            except httpx.TimeoutException as error:
                # The deadline is the turn's: there is no time left for another.
                raise CoreUnavailable("the core is too slow") from error
            except httpx.HTTPError:
                continue
            if response.status_code == 400:
                raise CoreRefused("the core refused the turn")
            if response.status_code == 200:
                return _read(response.content)
        raise CoreUnavailable("no core answered")

    async def ready(self) -> bool:
        """Say whether any core is loaded."""
        for client in self._clients:
            try:
                response = await client.get("/health", timeout=1.0)
            except httpx.HTTPError:
                continue
            if response.status_code == 200 and response.json()["status"] == "ready":
                return True
        return False

    async def close(self) -> None:
        """Let go of the sockets."""
        for client in self._clients:
            await client.aclose()


def _read(body: bytes) -> CoreAnswer:
    try:
        raw = msgspec.json.decode(body)
        return CoreAnswer(
            raw["state"], read_directives(raw["directives"]), raw["nlu"], raw["by"]
        )
    except (msgspec.MsgspecError, KeyError, TypeError) as error:
        raise CoreUnavailable("the core's answer can't be read") from error
