"""Counts turns in memory and writes the counts in batches, beside the answers."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timezone
from threading import Lock

from bot.errors import StoreUnavailable
from bot.metrics.cells import Cell, Turn, cells
from bot.metrics.vocabulary import Vocabulary
from bot.store.counts import CountsUncertain, Daily, Row, Weekly, add
from bot.store.engine import Engine

MOST_CELLS = 10_000
"""Cells kept in memory while the database is away."""


def today_utc() -> date:
    """The day on which a turn is counted."""
    return datetime.now(timezone.utc).date()


class Counter:
    """The counts that are not written yet.

    `turn` may be called while another thread flushes. `lost` are counts that found
    no room or whose fate is unknown, `refused` turns outside the vocabulary.
    `vocabulary` may be replaced when the content changes.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        *,
        today: Callable[[], date] = today_utc,
        most: int = MOST_CELLS,
    ) -> None:
        self.vocabulary = vocabulary
        self.lost = 0
        self.refused = 0
        self._today = today
        self._most = most
        self._fresh: dict[Cell, int] = {}
        self._kept: dict[Cell, int] = {}
        self._away = False
        self._engine: Engine | None = None
        # Held for an instant by a turn; `_writing` as long as the database takes.
        self._changing = Lock()
        self._writing = Lock()

    def turn(
        self,
        *,
        channel: str,
        language: str,
        audience: str | None,
        country: str | None,
        level: int,
        topic: str | None,
        family: str | None,
        intent: str,
        by: str,
    ) -> None:
        """Count an answered turn; never raises, never waits for the database."""
        given = Turn(
            channel, language, audience, country, level, topic, family, intent, by
        )
        try:
            found = cells(given, self.vocabulary, self._today())
        except Exception:  # An answer is worth more than any count.
            self.refused += 1
            return
        with self._changing:
            for cell in found:
                self._count(cell)

    def flush(self, engine: Engine | None = None) -> None:
        """Write what is there, now; never raises, keeps what can't be written.

        Without `engine` the one of `flush_forever` is used. Waits for a flush that
        runs already.
        """
        with self._writing:
            target = engine or self._engine
            if target is not None:
                self._write(target)

    async def flush_forever(self, engine: Engine, seconds: float = 5) -> None:
        """Write every `seconds` in a thread, until cancelled; then call `flush`."""
        self._engine = engine
        while True:
            await asyncio.sleep(seconds)
            await asyncio.to_thread(self.flush, engine)

    def health(self) -> str:
        """Whether the last batch was written: ok, or what is being waited for."""
        return "waiting: database away" if self._away else "ok"

    def _count(self, cell: Cell) -> None:
        if cell in self._fresh:
            self._fresh[cell] += 1
        elif cell in self._kept:
            # Has its place already; `_take` joins the two.
            self._fresh[cell] = 1
        elif len(self._fresh) + len(self._kept) < self._most:
            self._fresh[cell] = 1
        else:
            self.lost += 1

    def _write(self, engine: Engine) -> None:
        batch = self._take()
        if not batch:
            return
        try:
            add(engine, [_row(cell, n) for cell, n in batch.items()])
            self._away = False
        except StoreUnavailable:
            self._away = True
            return
        except Exception as error:
            # Perhaps written, or never accepted: too few is better than twice.
            self._away = isinstance(error, CountsUncertain)
            with self._changing:
                self.lost += sum(batch.values())
        with self._changing:
            self._kept = {}

    def _take(self) -> dict[Cell, int]:
        with self._changing:
            for cell, n in self._fresh.items():
                self._kept[cell] = self._kept.get(cell, 0) + n
            self._fresh = {}
            return self._kept


def _row(cell: Cell, n: int) -> Row:
    if isinstance(cell.period, date):
        return Daily(cell.period, cell.name, cell.label, n)
    return Weekly(cell.period, cell.name, cell.label, n)
