"""The one place where a connection to the database is made."""

import contextlib
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.engine import Engine as Engine
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool, StaticPool

from bot.errors import SettingsInvalid

BUSY_SECONDS = 2
"""How long a writer waits for another one."""
BEGIN = "sqlite_begin"
"""Execution option: the statement that opens a SQLite transaction."""

_POSTGRESQL = {"connect_timeout": str(BUSY_SECONDS), "tcp_user_timeout": "10000"}


def open_engine(url: str) -> Engine:
    """An engine for a SQLite or PostgreSQL `url`; connects only when it is used.

    The parameters of a statement never appear in errors or logs.
    Raises SettingsInvalid when the url can't be read or names another database.
    """
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except ArgumentError:
        # Not chained: the url may hold a password.
        raise SettingsInvalid("COPBOT_DATABASE_URL is not a database URL") from None
    if backend == "sqlite":
        return _sqlite(parsed)
    if backend == "postgresql":
        # What the operator wrote in the URL comes before our own choice.
        wanted = {k: v for k, v in _POSTGRESQL.items() if k not in parsed.query}
        return create_engine(
            parsed,
            future=True,
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args=wanted,
        )
    raise SettingsInvalid("COPBOT_DATABASE_URL has to name sqlite or postgresql")


def _sqlite(url: URL) -> Engine:
    file = _file(url)
    engine = create_engine(
        url,
        future=True,
        hide_parameters=True,
        # A new connection each time sees a file that was moved or put back.
        poolclass=NullPool if file else StaticPool,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    if file:
        folder = file.parent
        _make(folder)

        def ensure_folder(*_: Any) -> None:
            _make(folder)

        event.listen(engine, "do_connect", ensure_folder)
    return engine


def _file(url: URL) -> Path | None:
    name = url.database or ""
    if name in ("", ":memory:") or name.startswith("file::memory:"):
        return None
    return Path(name.removeprefix("file:"))


def _make(folder: Path) -> None:
    # Connecting says it better: "unable to open database file".
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _prepare(connection: Any, _: Any) -> None:
    # The driver opens no transactions of its own; `_begin` does, before DDL as well.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=ON")
    # A database that is read-only or locked just now keeps the mode that it has.
    with contextlib.suppress(connection.OperationalError):
        connection.execute("PRAGMA journal_mode=WAL")


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    connection.exec_driver_sql(options.get(BEGIN, "BEGIN"))
