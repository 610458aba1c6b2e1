"""Real databases: SQLite in a folder of the test, PostgreSQL in one of its own."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from bot.store.engine import Engine, open_engine
from bot.store.migrate import migrate

POSTGRESQL = os.environ.get(
    "COPBOT_TEST_DATABASE_URL",
    "postgresql+psycopg2://postgres@127.0.0.1:5432/postgres",
)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A database that does not exist yet, in a folder that does not exist yet."""
    return f"sqlite:///{tmp_path}/var/copbot.db"


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """A new database, dropped after the test."""
    server = create_engine(
        POSTGRESQL,
        future=True,
        isolation_level="AUTOCOMMIT",
        connect_args={"connect_timeout": 3},
    )
    name = f"copbot_test_{uuid4().hex[:12]}"
    try:
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
    except OperationalError:
        server.dispose()
        if os.environ.get("COPBOT_REQUIRE_SERVICES") == "1":
            pytest.fail("PostgreSQL is required and can't be reached")
        pytest.skip("PostgreSQL can't be reached (COPBOT_TEST_DATABASE_URL)")
    yield make_url(POSTGRESQL).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind."""
    found: str = request.getfixturevalue(f"{request.param}_url")
    return found


@pytest.fixture
def empty(url: str) -> Iterator[Engine]:
    """An engine without tables."""
    engine = open_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(empty: Engine) -> Engine:
    """An engine with today's tables."""
    migrate(empty)
    return empty
