"""Reads the body of `POST /api/chat`."""

import json
from collections.abc import Mapping

import msgspec

from bot.errors import RequestInvalid

LARGEST_BODY = 32 * 1024
"""Bytes."""


class ChatBody(msgspec.Struct, frozen=True):
    """One message as it comes over HTTP; unknown fields are ignored."""

    session: str | None = None
    id: str | None = None
    text: str | None = None
    choice: str | None = None
    language: str | None = None
    audience: str | None = None
    country: str | None = None


def read_chat(headers: Mapping[str, str], body: bytes) -> ChatBody:
    """Return the checked body; raises RequestInvalid, never quoting it."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise RequestInvalid("the content type has to be application/json")
    try:
        read = msgspec.json.decode(_tolerant(body), type=ChatBody)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise RequestInvalid("the body is no chat message") from error
    if (read.text is None) == (read.choice is None):
        raise RequestInvalid("a message has either a text or a choice")
    if any(len(part or "") > 200 for part in (read.session, read.id, read.choice)):
        raise RequestInvalid("session, id or choice is too long")
    return read


def _tolerant(body: bytes) -> bytes:
    """Take lone surrogates out of the JSON: a cut emoji is no reason for silence."""
    try:
        msgspec.json.decode(body)
    except msgspec.MsgspecError:
        try:
            value = json.loads(body.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            return body
        text = json.dumps(value, ensure_ascii=False)
        return text.encode("utf-8", "ignore")
    return body
