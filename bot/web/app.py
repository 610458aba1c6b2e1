"""The edge's HTTP server: chat API, health, and the page."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from bot.conversation.messages import Incoming, Reply
from bot.conversation.turn import Conversation
from bot.errors import RequestInvalid, RequestTooLarge
from bot.web.chatbody import LARGEST_BODY, ChatBody, read_chat
from bot.web.limits import Limits
from bot.web.openapi import OPENAPI
from bot.web.page import Page

STATIC = Path(__file__).parent / "static"
_HEADERS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
}
Health = Callable[[], Awaitable[dict[str, str]]]
App = Starlette
Running = Callable[[], AbstractAsyncContextManager[None]]


class Edge:
    """The handlers; one turn is one call of the conversation."""

    def __init__(
        self, conversation: Conversation, page: Page, health: Health, limits: Limits
    ) -> None:
        """Take what answers."""
        self._conversation = conversation
        self._page = page
        self._health = health
        self._limits = limits

    async def chat(self, request: Request) -> Response:
        """Answer `POST /api/chat`."""
        try:
            body = read_chat(request.headers, await _body(request))
        except RequestTooLarge as error:
            return _error(413, error.code, str(error))
        except RequestInvalid as error:
            return _error(400, error.code, str(error))
        except ClientDisconnect:
            return Response(status_code=400)
        incoming = _incoming(body)
        client = request.client.host if request.client else "?"
        if not self._limits.allow(client, time.monotonic()) and self._may_wait(body):
            busy = self._conversation.busy(incoming)
            return _error(429, "too_many", "too many messages", busy)
        return _json(await self._conversation.take_turn(incoming))

    def _may_wait(self, body: ChatBody) -> bool:
        """Say whether a limit may hold this message back: never one of risk."""
        if body.choice in ("safe:no", "show-steps", "helplines"):
            return False
        return self._conversation.risk(body.text) is None

    async def end(self, request: Request) -> Response:
        """Answer `POST /api/session/end`, always with 204."""
        try:
            body = msgspec.json.decode(await _body(request))
            token = body.get("session") if isinstance(body, dict) else None
            self._conversation.end(token if isinstance(token, str) else None)
        except (msgspec.MsgspecError, RequestTooLarge, ClientDisconnect, ValueError):
            pass
        return Response(status_code=204, headers=_HEADERS)

    async def health(self, request: Request) -> Response:
        """Answer `GET /health`: a word for each part."""
        return _json(await self._health())

    async def page(self, request: Request) -> Response:
        """Answer `GET /`: the chat page in the language asked for."""
        wanted = request.query_params.get("language") or request.headers.get(
            "accept-language", ""
        )
        html = self._page.html(wanted, request.query_params)
        return Response(html, media_type="text/html", headers=_HEADERS)

    async def openapi(self, request: Request) -> Response:
        """Answer `GET /api/openapi.json`."""
        return _json(OPENAPI)


def build_app(edge: Edge, running: Running = nullcontext) -> App:
    """Return the application; `running` is entered while it serves."""

    @asynccontextmanager
    async def lifespan(app: App) -> AsyncIterator[None]:
        async with running():
            yield

    return Starlette(
        routes=[
            Route("/", edge.page),
            Route("/health", edge.health),
            Route("/api/chat", edge.chat, methods=["POST"]),
            Route("/api/session/end", edge.end, methods=["POST"]),
            Route("/api/openapi.json", edge.openapi),
            Route("/static/{name}", _static),
        ],
        lifespan=lifespan,
        exception_handlers={404: _not_found, 405: _not_found, 500: _broken},
    )


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in ("chat.js", "chat.css"):
        return _error(404, "not_found", "there is no such page")
    headers = {**_HEADERS, "cache-control": "max-age=300"}
    return FileResponse(STATIC / name, headers=headers)


async def _body(request: Request) -> bytes:
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > LARGEST_BODY:
        raise RequestTooLarge("the body is larger than 32 kB")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise RequestTooLarge("the body is larger than 32 kB")
    return body


def _incoming(body: ChatBody) -> Incoming:
    return Incoming(
        session=body.session,
        id=body.id,
        text=body.text,
        choice=body.choice,
        language=body.language,
        audience=body.audience,
        country=body.country,
    )


def _json(value: Any, status: int = 200) -> Response:
    return Response(
        msgspec.json.encode(value),
        status_code=status,
        media_type="application/json",
        headers=_HEADERS,
    )


def _error(
    status: int, code: str, message: str, reply: Reply | None = None
) -> Response:
    body: dict[str, Any] = {"error": {"code": code, "message": message}}
    if reply is not None:
        body.update(session=reply.session, messages=reply.messages)
        body["language"] = reply.language
    return _json(body, status)


async def _not_found(request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 404)
    return _error(status, "not_found", "there is no such page or method")


async def _broken(request: Request, error: Exception) -> Response:
    return _error(503, "failed", "the server could not answer")
