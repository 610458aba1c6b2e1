"""Puts the program together: content, cores, conversation, counters, channels."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

import structlog
import uvicorn

from bot.conversation import countries
from bot.conversation.core import CoreClient
from bot.conversation.session import Sessions
from bot.conversation.turn import Conversation
from bot.guidance.load import load_library
from bot.guidance.values import AUDIENCES, Library
from bot.metrics.counter import Counter
from bot.metrics.vocabulary import Vocabulary
from bot.settings import Settings
from bot.store.opening import opened
from bot.supervise import Cores
from bot.web.app import App, Edge, build_app
from bot.web.limits import Limits
from bot.web.page import Page

_log = structlog.get_logger("bot.serve")

CHANNELS = ("web", "telegram", "console")


class Service:
    """Everything that runs in the edge's process."""

    def __init__(self, settings: Settings, library: Library) -> None:
        """Build the parts; nothing is started yet."""
        self.settings = settings
        self.library = library
        self.cores = Cores(settings.cores)
        self.core = CoreClient(self.cores.sockets)
        self.counter = Counter(vocabulary(library))
        self.conversation = Conversation(
            library,
            Sessions(
                settings.secret_key,
                default_language(library),
                settings.default_country,
            ),
            self.core,
            self.counter.turn,
        )
        self._database = "starting"

    def app(self) -> App:
        """Return the web application, which starts and stops the rest."""
        page = Page(self.library, self.settings.default_country)
        limits = Limits(self.settings.rate_limit)
        edge = Edge(self.conversation, page, self.health, limits)
        return build_app(edge, self.running)

    async def health(self) -> dict[str, str]:
        """Return a word for each part."""
        database = self._database if self._database != "ok" else self.counter.health()
        return {
            "edge": "ok",
            "core": self.cores.state,
            "content": "ok",
            "database": database,
            "restarts": str(self.cores.restarts),
            "review": "texts are drafts, not yet reviewed by professionals",
        }

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Keep the cores, the counters and Telegram running."""
        async with AsyncExitStack() as stack:
            self._background(stack, self.cores.run())
            self._background(stack, self._counting())
            if self.settings.telegram_token:
                # Imported here: a second of start-up that the web does not need.
                from bot.channels.telegram import TelegramChannel

                channel = TelegramChannel(
                    self.settings.telegram_token, self.conversation
                )
                self._background(stack, channel.run())
            stack.push_async_callback(self.core.close)
            yield

    @asynccontextmanager
    async def running_cores(self) -> AsyncIterator[None]:
        """Keep only the cores running: for the terminal and for measuring."""
        async with AsyncExitStack() as stack:
            self._background(stack, self.cores.run())
            stack.push_async_callback(self.core.close)
            yield

    def _background(
        self, stack: AsyncExitStack, work: Coroutine[Any, Any, None]
    ) -> None:
        task = asyncio.create_task(work)

        async def stop() -> None:
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task

        stack.push_async_callback(stop)

    def _heard(self, database: str) -> None:
        self._database = database

    async def _counting(self) -> None:
        engine = await opened(self.settings.database_url, self._heard)
        try:
            await self.counter.flush_forever(engine)
        finally:
            await asyncio.to_thread(self.counter.flush, engine)


def default_language(library: Library) -> str:
    """Return the language of a conversation whose language is not known yet."""
    return "en" if "en" in library.languages else library.languages[0]


def vocabulary(library: Library) -> Vocabulary:
    """Return the words that may be counted with this content."""
    return Vocabulary(
        languages=library.languages,
        topics=library.topics,
        families={topic.family for topic in library.topics.values()},
        audiences=AUDIENCES,
        channels=CHANNELS,
        countries=countries.names("en"),
    )


def build(settings: Settings) -> Service:
    """Return the service; raises ContentInvalid when the content can't be used."""
    return Service(settings, load_library(settings.content_dirs))


def serve(settings: Settings) -> None:
    """Run until the process is told to end."""
    service = build(settings)
    config = uvicorn.Config(
        service.app(),
        host=settings.host,
        port=settings.port,
        ws="none",
        access_log=False,
        log_config=None,
        timeout_keep_alive=10,
        server_header=False,
    )
    uvicorn.Server(config).run()
