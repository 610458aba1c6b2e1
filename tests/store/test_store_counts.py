"""Adding to the counts, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select

from bot.errors import StoreUnavailable
from bot.store.counts import CountsRefused, Daily, Row, Weekly, add
from bot.store.engine import Engine
from bot.store.tables import daily_count, weekly_count

DAY = date(2026, 11, 23)
TOPIC = Daily(DAY, "topic", "sextortion", 1)
WEEK = Weekly("2026-W48", "level-country", "3:FR", 2)


def rows(engine: Engine) -> list[tuple[object, ...]]:
    """All counts that are written."""
    with engine.connect() as connection:
        daily = connection.execute(select(daily_count)).all()
        weekly = connection.execute(select(weekly_count)).all()
    return [tuple(row) for row in (*daily, *weekly)]


def test_adds_to_what_is_there(engine: Engine) -> None:
    add(engine, [TOPIC, WEEK])
    add(engine, [TOPIC, WEEK])
    assert rows(engine) == [TOPIC._replace(n=2), WEEK._replace(n=4)]


def test_the_same_cell_twice_in_a_batch(engine: Engine) -> None:
    batch: list[Row] = [TOPIC, WEEK, TOPIC]
    add(engine, iter(batch))
    assert rows(engine) == [TOPIC._replace(n=2), WEEK]


def test_nothing_to_add(engine: Engine) -> None:
    add(engine, [])
    assert rows(engine) == []


@pytest.mark.parametrize("bad", [("topic", "two words"), ("country", "FR")])
def test_a_batch_is_written_whole_or_not_at_all(
    engine: Engine, bad: tuple[str, str]
) -> None:
    with pytest.raises(CountsRefused) as caught:
        add(engine, [TOPIC, WEEK, Daily(DAY, *bad, 1)])
    assert rows(engine) == []
    assert bad[1] not in str(caught.value)
    assert caught.value.__suppress_context__


def test_without_tables_is_away(empty: Engine) -> None:
    with pytest.raises(StoreUnavailable):
        add(empty, [TOPIC])


def test_writers_beside_each_other(engine: Engine) -> None:
    batch: list[Row] = [Daily(DAY, "topic", f"t{i}", 1) for i in range(30)]
    orders = [batch, batch[::-1]] * 10
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda order: add(engine, order), orders))
    written = rows(engine)
    assert len(written) == 30
    assert {row[3] for row in written} == {20}
