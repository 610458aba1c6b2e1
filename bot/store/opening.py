"""Opens the database and brings its tables up to date, however long that takes."""

import asyncio
from collections.abc import Callable

import structlog
from sqlalchemy.engine import Engine

from bot.store.engine import open_engine
from bot.store.migrate import migrate

_log = structlog.get_logger("bot.store")

RETRY_SECONDS = 10.0


async def opened(url: str, tell: Callable[[str], None]) -> Engine:
    """Return the engine; tries again while the database is away.

    `tell` hears "ok" or "away" after each try.
    """
    while True:
        try:
            engine = await asyncio.to_thread(open_engine, url)
            await asyncio.to_thread(migrate, engine)
        except Exception as error:  # Any driver's; the answers go on without counts.
            tell("away")
            _log.error("database_away", error=type(error).__name__)
            await asyncio.sleep(RETRY_SECONDS)
        else:
            tell("ok")
            return engine
