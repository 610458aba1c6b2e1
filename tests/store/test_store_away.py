"""The database is read-only, locked or gone: answers go on, nothing counts twice."""

import asyncio
import time
from datetime import date

import pytest
from sqlalchemy import event, text

from bot.metrics.counter import Counter
from bot.metrics.vocabulary import Vocabulary
from bot.store.engine import Engine, open_engine
from bot.store.migrate import migrate

WORDS = Vocabulary(["fr"], ["sextortion"], ["sexual"], ["child"], ["web"], ["FR"])
AWAY = "waiting: database away"


def one_turn(counter: Counter, level: int = 0) -> None:
    """Count one turn."""
    counter.turn(
        channel="web",
        language="fr",
        audience="child",
        country="FR",
        level=level,
        topic="sextortion",
        family="sexual",
        intent="ask",
        by="core",
    )


def counter() -> Counter:
    """A counter whose day never changes."""
    return Counter(WORDS, today=lambda: date(2026, 11, 23))


def written(engine: Engine) -> tuple[int, int]:
    """How many turns by day, and by week, are written."""
    daily = "SELECT coalesce(sum(n), 0) FROM daily_count WHERE name = 'turns'"
    weekly = "SELECT coalesce(sum(n), 0) FROM weekly_count WHERE name LIKE 'level%'"
    with engine.connect() as connection:
        return (
            int(connection.execute(text(daily)).scalar_one()),
            int(connection.execute(text(weekly)).scalar_one()),
        )


def test_read_only_and_back(engine: Engine) -> None:
    sqlite = engine.dialect.name == "sqlite"
    read_only = True
    statement = {
        True: "PRAGMA query_only=ON" if sqlite else "SET TRANSACTION READ ONLY",
        False: "PRAGMA query_only=OFF" if sqlite else "SET TRANSACTION READ WRITE",
    }

    def restrict(connection: object) -> None:
        connection.exec_driver_sql(statement[read_only])  # type: ignore[attr-defined]

    event.listen(engine, "begin", restrict)
    counts = counter()
    for _ in range(3):
        one_turn(counts)
        one_turn(counts, level=3)
        counts.flush(engine)
        assert counts.health() == AWAY
    assert written(engine) == (0, 0)
    read_only = False
    counts.flush(engine)
    counts.flush(engine)
    assert counts.health() == "ok"
    assert written(engine) == (3, 3)
    assert counts.lost == 0


def test_locked_and_back(engine: Engine, url: str) -> None:
    other = open_engine(url)
    counts = counter()
    with other.connect() as holder:
        if engine.dialect.name == "sqlite":
            with holder.begin():
                holder.exec_driver_sql("DELETE FROM daily_count")
                stays_fast(counts, engine)
        else:
            with holder.begin():
                holder.exec_driver_sql("LOCK TABLE daily_count IN EXCLUSIVE MODE")
                stays_fast(counts, engine)
    other.dispose()
    counts.flush(engine)
    counts.flush(engine)
    assert written(engine) == (200, 0)
    assert counts.health() == "ok"
    assert counts.lost == 0


def stays_fast(counts: Counter, engine: Engine) -> None:
    """Turns are counted at once while a flush waits for the lock, and fails."""

    async def talk() -> None:
        one_turn(counts)
        waiting = asyncio.create_task(asyncio.to_thread(counts.flush, engine))
        await asyncio.sleep(0.2)
        began = time.perf_counter()
        for _ in range(199):
            one_turn(counts)
        assert time.perf_counter() - began < 0.5
        assert not waiting.done()
        await waiting

    asyncio.run(talk())
    assert counts.health() == AWAY


@pytest.mark.parametrize("after", [False, True])
def test_gone_around_the_commit(engine: Engine, after: bool) -> None:
    """Lost without knowing whether it was written: never written again."""
    dialect, real = engine.dialect, engine.dialect.do_commit
    error = dialect.dbapi.OperationalError

    def gone(connection: object) -> None:
        if after:
            real(connection)
        raise error("server closed the connection unexpectedly")

    counts = counter()
    one_turn(counts)
    dialect.do_commit = gone
    counts.flush(engine)
    assert counts.health() == AWAY
    dialect.do_commit = real
    one_turn(counts)
    counts.flush(engine)
    assert counts.health() == "ok"
    assert written(engine)[0] == (2 if after else 1)
    assert counts.lost == 7


def test_commit_that_surely_failed_is_kept(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    migrate(engine)
    dialect, real = engine.dialect, engine.dialect.do_commit

    def full(_: object) -> None:
        raise dialect.dbapi.OperationalError("database or disk is full")

    counts = counter()
    one_turn(counts)
    dialect.do_commit = full
    counts.flush(engine)
    dialect.do_commit = real
    counts.flush(engine)
    assert written(engine) == (1, 0)
    assert counts.lost == 0


def test_connections_ended_by_the_server(postgresql_url: str) -> None:
    engine = open_engine(postgresql_url)
    migrate(engine)
    counts = counter()
    end = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    other = open_engine(postgresql_url)
    for _ in range(3):
        one_turn(counts)
        counts.flush(engine)
        with other.connect() as connection:
            connection.exec_driver_sql(end)
    assert written(engine) == (3, 0)
    engine.dispose()
    other.dispose()
