"""Engines: what is set, what is created, what is refused."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.errors import SettingsInvalid
from bot.store.engine import open_engine


def test_sqlite_is_wal_and_waits_two_seconds(sqlite_url: str, tmp_path: Path) -> None:
    with open_engine(sqlite_url).connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        assert connection.execute(text("PRAGMA busy_timeout")).scalar_one() == 2000
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700


def test_folder_that_comes_later(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("in the way")
    engine = open_engine(f"sqlite:///{tmp_path}/var/copbot.db")
    with pytest.raises(OperationalError):
        engine.connect()
    (tmp_path / "var").unlink()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1


def test_memory_is_one_database() -> None:
    engine = open_engine("sqlite://")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (a INTEGER)"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM t")).scalar_one() == 0
    engine.dispose()


def test_read_only_file_can_be_read(tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / "old.db")
    plain.execute("CREATE TABLE t (a INTEGER)")
    plain.close()
    engine = open_engine(f"sqlite:///file:{tmp_path}/old.db?mode=ro&uri=true")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM t")).scalar_one() == 0


@pytest.mark.parametrize("url", ["", "nonsense:secret", "mysql://root:secret@db/x"])
def test_other_urls_are_refused_without_quoting_them(url: str) -> None:
    with pytest.raises(SettingsInvalid) as caught:
        open_engine(url)
    assert "secret" not in str(caught.value)
