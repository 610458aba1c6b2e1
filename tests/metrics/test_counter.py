"""Counting turns: what lands where, and that it never hurts an answer."""

import asyncio
import threading
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.metrics.counter import Counter
from bot.metrics.vocabulary import BY, INTENTS, Vocabulary
from bot.store.engine import Engine, open_engine
from bot.store.migrate import migrate
from bot.store.tables import daily_count, weekly_count

LANGUAGES = ["en", "fr"]
TOPICS = ["sextortion", "passwords"]
FAMILIES = ["sexual", "other"]
AUDIENCES = ["child", "teen", "parent", "educator"]
CHANNELS = ["telegram", "web"]
COUNTRIES = ["FR", "KE"]
WORDS = Vocabulary(LANGUAGES, TOPICS, FAMILIES, AUDIENCES, CHANNELS, COUNTRIES)
DAY = date(2026, 11, 23)
TURN: dict[str, Any] = {
    "channel": "web",
    "language": "fr",
    "audience": "child",
    "country": "FR",
    "level": 0,
    "topic": "sextortion",
    "family": "sexual",
    "intent": "ask",
    "by": "core",
}


def counter(**options: Any) -> Counter:
    """A counter whose day never changes, unless told."""
    return Counter(WORDS, **{"today": lambda: DAY, **options})


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """A migrated SQLite file."""
    made = open_engine(f"sqlite:///{tmp_path}/var/copbot.db")
    migrate(made)
    return made


def rows(engine: Engine) -> tuple[set[Any], set[Any]]:
    """Daily and weekly rows as they are written."""
    with engine.connect() as connection:
        return (
            {tuple(row) for row in connection.execute(select(daily_count))},
            {tuple(row) for row in connection.execute(select(weekly_count))},
        )


@pytest.mark.parametrize("level", [0, 1])
def test_open_levels_by_day_each_word_alone(engine: Engine, level: int) -> None:
    counts = counter()
    counts.turn(**{**TURN, "level": level})
    counts.turn(**{**TURN, "level": level, "topic": None, "audience": None})
    counts.flush(engine)
    daily, weekly = rows(engine)
    assert weekly == set()
    assert daily == {
        (DAY, "turns", "all", 2),
        (DAY, "language", "fr", 2),
        (DAY, "audience", "child", 1),
        (DAY, "audience", "none", 1),
        (DAY, "channel", "web", 2),
        (DAY, "topic", "sextortion", 1),
        (DAY, "topic", "none", 1),
        (DAY, "intent", "ask", 2),
        (DAY, "by", "core", 2),
    }


@pytest.mark.parametrize("level", [2, 3])
def test_guarded_levels_by_week_without_topic(engine: Engine, level: int) -> None:
    counts = counter()
    counts.turn(**{**TURN, "level": level})
    counts.turn(**{**TURN, "level": level, "family": None, "country": None})
    counts.flush(engine)
    daily, weekly = rows(engine)
    assert daily == set()
    assert weekly == {
        ("2026-W48", "family-language", "sexual:fr", 1),
        ("2026-W48", "family-language", "none:fr", 1),
        ("2026-W48", "level-country", f"{level}:FR", 1),
        ("2026-W48", "level-country", f"{level}:none", 1),
    }


TURNS = st.fixed_dictionaries(
    {
        "channel": st.sampled_from(CHANNELS),
        "language": st.sampled_from(LANGUAGES),
        "audience": st.sampled_from([*AUDIENCES, None]),
        "country": st.sampled_from([*COUNTRIES, None]),
        "level": st.integers(-1, 4),
        "topic": st.sampled_from([*TOPICS, None]),
        "family": st.sampled_from([*FAMILIES, None]),
        "intent": st.sampled_from(INTENTS),
        "by": st.sampled_from(BY),
    }
)


@given(st.lists(TURNS, max_size=20))
def test_harm_never_lands_in_a_day(turns: list[dict[str, Any]]) -> None:
    engine = open_engine("sqlite://")
    migrate(engine)
    counts = counter()
    for turn in turns:
        counts.turn(**turn)
    counts.flush(engine)
    daily, weekly = rows(engine)
    engine.dispose()
    levels = [turn["level"] for turn in turns]
    calm, harm = sum(x in (0, 1) for x in levels), sum(x in (2, 3) for x in levels)
    for name in ("turns", "topic", "intent"):
        assert sum(row[3] for row in daily if row[1] == name) == calm
    for name in ("family-language", "level-country"):
        assert sum(row[3] for row in weekly if row[1] == name) == harm
    assert not {row[2] for row in weekly} & set(TOPICS)
    assert counts.refused == len(turns) - calm - harm


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2027, 1, 1), "2026-W53"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2026, 1, 5), "2026-W02"),
    ],
)
def test_weeks_around_new_year(engine: Engine, day: date, week: str) -> None:
    counts = counter(today=lambda: day)
    counts.turn(**{**TURN, "level": 3})
    counts.flush(engine)
    assert {row[0] for row in rows(engine)[1]} == {week}


@pytest.mark.parametrize("level", [0, 3])
@pytest.mark.parametrize(
    "wrong",
    [
        {"language": "my name is Anna"},
        {"language": None},
        {"language": ["fr"]},
        {"level": 4},
        {"level": None},
        {"level": "3"},
    ],
)
def test_unknown_words_are_refused_whole(
    engine: Engine, level: int, wrong: dict[str, Any]
) -> None:
    counts = counter()
    counts.turn(**{**TURN, "level": level, **wrong})
    counts.flush(engine)
    assert rows(engine) == (set(), set())
    assert counts.refused == 1


def test_a_broken_clock_does_not_reach_the_turn() -> None:
    def broken() -> date:
        raise OSError

    counts = counter(today=broken)
    counts.turn(**TURN)
    assert counts.refused == 1


def test_bounded_while_the_database_is_away(engine: Engine, tmp_path: Path) -> None:
    counts = counter(most=10)
    away = open_engine(f"sqlite:///file:{tmp_path}/var/copbot.db?mode=ro&uri=true")
    for _ in range(2):
        counts.turn(**TURN)  # 7 cells
        counts.turn(**{**TURN, "language": "en", "topic": "passwords", "by": "menu"})
        counts.turn(**{**TURN, "audience": "teen"})  # no room for this one
        counts.flush(away)
    assert counts.health() == "waiting: database away"
    assert counts.lost == 2
    counts.flush(engine)
    assert counts.health() == "ok"
    daily, _ = rows(engine)
    assert len(daily) == 10
    assert (DAY, "turns", "all", 6) in daily


def test_rows_that_no_table_takes_do_not_stay(engine: Engine) -> None:
    counts = counter()
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER no BEFORE INSERT ON daily_count "
            "BEGIN SELECT RAISE(ABORT, 'never'); END"
        )
    counts.turn(**TURN)
    counts.flush(engine)
    assert (counts.lost, counts.health()) == (7, "ok")
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER no")
    counts.flush(engine)
    assert rows(engine) == (set(), set())


def test_flush_forever_then_flush_at_shutdown(engine: Engine) -> None:
    async def serve() -> Counter:
        counts = counter()
        counts.flush()  # no database yet: nothing happens
        task = asyncio.create_task(counts.flush_forever(engine, seconds=0.01))
        for _ in range(50):
            counts.turn(**TURN)
            await asyncio.sleep(0.002)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        counts.turn(**TURN)
        counts.flush()
        return counts

    counts = asyncio.run(serve())
    assert (DAY, "turns", "all", 51) in rows(engine)[0]
    assert counts.lost == 0


def test_turns_and_flushes_in_many_threads(engine: Engine) -> None:
    counts = counter()
    done = threading.Event()

    def write() -> None:
        while not done.is_set():
            counts.flush(engine)

    def talk() -> None:
        for _ in range(2000):
            counts.turn(**TURN)

    writers = [threading.Thread(target=write) for _ in range(2)]
    talkers = [threading.Thread(target=talk) for _ in range(3)]
    for thread in (*writers, *talkers):
        thread.start()
    for thread in talkers:
        thread.join()
    done.set()
    for thread in writers:
        thread.join()
    counts.flush(engine)
    assert (DAY, "turns", "all", 6000) in rows(engine)[0]


def test_a_turn_costs_next_to_nothing() -> None:
    counts = counter()
    began = time.perf_counter()
    for _ in range(1000):
        counts.turn(**TURN)
    assert time.perf_counter() - began < 0.5  # 0.5 ms a turn; measured: 0.007 (2026-11)
