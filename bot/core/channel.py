"""The core's two routes, `POST /turn` and `GET /health`; JSON on every status."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import psutil
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from bot.core.agent import CoreAgent
from bot.core.core import take_turn
from bot.core.failure import TurnFailed
from bot.core.request import RequestReader
from bot.errors import RequestInvalid

LARGEST_BODY = 64_000
"""Bytes: 2,000 characters, however they are escaped, and a state."""

_log = logging.getLogger(__name__)


class EdgeChannel(InputChannel):  # type: ignore[misc]
    """Where the edge asks; answers 503 until `agent` and `reader` are set."""

    def __init__(self, fingerprint: str) -> None:
        """Take the name of the model that is being loaded."""
        self.fingerprint = fingerprint
        self.agent: CoreAgent | None = None
        self.reader: RequestReader | None = None
        self._process = psutil.Process()

    def url_prefix(self) -> str:
        """Return the prefix under Rasa's route."""
        return "/"

    def blueprint(
        self, on_new_message: Callable[[UserMessage], Awaitable[Any]]
    ) -> Blueprint:
        """Return the routes."""
        blueprint = Blueprint("edge")

        # Functions, because Sanic sets attributes on its handlers.
        @blueprint.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            return await self._turn(request)

        @blueprint.get("/health")
        async def health(request: Request) -> HTTPResponse:
            return self._health()

        return blueprint

    def _health(self) -> HTTPResponse:
        ready = self.agent is not None
        return _json(
            {
                "status": "ready" if ready else "loading",
                "model": self.fingerprint,
                "rss": self._process.memory_info().rss,
            }
        )

    async def _turn(self, request: Request) -> HTTPResponse:
        if self.agent is None or self.reader is None:
            return _error(503, "loading")
        try:
            wanted = self.reader.read(request.body)
        except RequestInvalid:
            return _error(400, "invalid")
        try:
            return _json(await take_turn(self.agent, wanted))
        except (asyncio.CancelledError, KeyboardInterrupt, SystemExit):
            raise
        except (TurnFailed, Exception):
            _log.error("turn_failed", exc_info=True)
            return _error(500, "failed")


def answer_errors_in_json(app: Sanic) -> None:
    """Replace Sanic's error pages, which are HTML and quote the URL."""

    async def answer(request: Request, error: Exception) -> HTTPResponse:
        status = error.status_code if isinstance(error, SanicException) else 500
        return _error(status or 500, "http")

    app.error_handler.add(Exception, answer)


def _json(body: Any, status: int = 200) -> HTTPResponse:
    return raw(
        msgspec.json.encode(body), status=status, content_type="application/json"
    )


def _error(status: int, code: str) -> HTTPResponse:
    return _json({"error": {"code": code}}, status)
