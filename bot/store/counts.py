"""Adds to the counts: a batch is written once and as a whole, or not at all."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Table, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DataError, IntegrityError, OperationalError, SQLAlchemyError

from bot.errors import CopbotError, StoreUnavailable
from bot.store.tables import daily_count, weekly_count

_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_NOT_COMMITTED = ("database is locked", "database or disk is full", "readonly database")


class Daily(NamedTuple):
    """`n` events of one day."""

    day: date
    name: str
    label: str
    n: int


class Weekly(NamedTuple):
    """`n` events of one ISO week, such as 2026-W48."""

    iso_week: str
    name: str
    label: str
    n: int


Row = Daily | Weekly


class CountsRefused(CopbotError):
    """The tables don't accept these rows; to try again is useless."""

    code = "counts_refused"


class CountsUncertain(CopbotError):
    """The database went away during the commit; to try again may count twice."""

    code = "counts_uncertain"


def add(engine: Engine, rows: Iterable[Row]) -> None:
    """Add `rows` to what is there, in one transaction of its own.

    Raises StoreUnavailable (nothing was written, try later), CountsRefused
    (nothing was written, nor ever will be) or CountsUncertain. None of them is
    chained: a database's error quotes the row.
    """
    step, given = "write", tuple(rows)
    try:
        with engine.connect() as connection, connection.begin() as transaction:
            _be_brief(connection)
            add_within(connection, given)
            step = "commit"
            transaction.commit()
            step = "done"
    except (IntegrityError, DataError):
        raise CountsRefused("the tables of counts refuse a row") from None
    except SQLAlchemyError as error:
        if step == "write" or _surely_not_committed(error):
            raise StoreUnavailable("the counts can't be written now") from None
        if step == "commit":
            raise CountsUncertain("the database left during a commit") from None


def add_within(connection: Connection, rows: Iterable[Row]) -> None:
    """Add `rows` inside the caller's transaction, with the database's own errors."""
    given = tuple(rows)
    for kind, table in ((Daily, daily_count), (Weekly, weekly_count)):
        cells: Counter[tuple[Any, ...]] = Counter()
        for row in given:
            if isinstance(row, kind):
                cells[row[:3]] += row.n
        if cells:
            # Always in one order, so that two writers never wait for each other.
            values = [(*cell, n) for cell, n in sorted(cells.items())]
            names = table.c.keys()
            batch = [dict(zip(names, value, strict=True)) for value in values]
            connection.execute(_upsert(connection, table), batch)


def _upsert(connection: Connection, table: Table) -> Any:
    insert = _INSERT[connection.dialect.name](table)
    return insert.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={"n": table.c.n + insert.excluded.n},
    )


def _be_brief(connection: Connection) -> None:
    # SQLite has its busy timeout; the next batch comes soon anyway.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = '2s'"))
        connection.execute(text("SET LOCAL statement_timeout = '5s'"))


def _surely_not_committed(error: SQLAlchemyError) -> bool:
    if not isinstance(error, OperationalError):
        return False
    return str(error.orig).endswith(_NOT_COMMITTED)
