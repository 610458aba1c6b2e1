"""Conversations: in memory only, named by signed tokens, gone after half an hour."""

import asyncio
import secrets
import time
from collections import OrderedDict
from typing import Any

from itsdangerous import BadSignature, Signer

from bot.conversation.messages import Reply

IDLE_SECONDS = 30 * 60
REPEAT_SECONDS = 10 * 60
MOST_SESSIONS = 200_000
MOST_REPLIES = 8


class Session:
    """One conversation: the profile, the core's state, and the last answers.

    `lock` lets one turn at a time through. Nothing here holds a user's words.
    """

    def __init__(self, token: str, language: str, country: str | None) -> None:
        """Begin a conversation."""
        self.token = token
        self.language = language
        self.language_chosen = False
        self.language_votes = 0
        self.audience: str | None = None
        self.country = country
        self.state: Any = None
        self.topic: str | None = None
        self.role = "hurt"
        self.asks_country = False
        self.touched = time.monotonic()
        self.lock = asyncio.Lock()
        self._replies: OrderedDict[str, tuple[float, Reply]] = OrderedDict()

    def first_reply(self, message: str | None) -> Reply | None:
        """Return the answer already given to this message id, or None."""
        at, reply = self._replies.get(message or "", (0.0, None))
        if reply is None or time.monotonic() - at > REPEAT_SECONDS:
            return None
        return reply

    def remember(self, message: str | None, reply: Reply) -> None:
        """Keep the answer for a repeated message id."""
        if message:
            self._replies[message] = (time.monotonic(), reply)
            while len(self._replies) > MOST_REPLIES:
                self._replies.popitem(last=False)

    def forget(self) -> None:
        """Drop what is known of the writer and of the talk."""
        self.audience = None
        self.state = None
        self.topic = None
        self.role = "hurt"
        self.asks_country = False
        self._replies.clear()


class Sessions:
    """All conversations that are going on."""

    def __init__(self, secret: str, language: str, country: str | None) -> None:
        """Take the signing key and what a new conversation begins with."""
        self._signer = Signer(secret, salt="session")
        self._language = language
        self._country = country
        self._sessions: OrderedDict[str, Session] = OrderedDict()

    def __len__(self) -> int:
        """Return how many conversations are known."""
        return len(self._sessions)

    def open(self, token: str | None) -> Session:
        """Return the conversation of a token; a new one for a token not ours."""
        self._drop_idle()
        session = self._known(token)
        if session is None:
            token = self._signer.sign(secrets.token_urlsafe(18)).decode()
            session = Session(token, self._language, self._country)
            self._sessions[session.token] = session
        session.touched = time.monotonic()
        self._sessions.move_to_end(session.token)
        return session

    def end(self, token: str | None) -> None:
        """Drop a conversation; unknown tokens are no matter."""
        if token is not None:
            self._sessions.pop(token, None)

    def _known(self, token: str | None) -> Session | None:
        if token is None or len(token) > 200 or not token.isascii():
            return None
        try:
            self._signer.unsign(token)
        except BadSignature:
            return None
        return self._sessions.get(token)

    def _drop_idle(self) -> None:
        oldest = time.monotonic() - IDLE_SECONDS
        while self._sessions:
            token, session = next(iter(self._sessions.items()))
            if session.touched > oldest and len(self._sessions) < MOST_SESSIONS:
                return
            del self._sessions[token]
