"""What the tables can hold, as the migrated database itself says."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import DataError, IntegrityError

from bot.errors import StoreUnavailable
from bot.store.engine import Engine, open_engine
from bot.store.migrate import migrate
from bot.store.names import DAILY, WEEKLY
from bot.store.tables import daily_count, metadata, weekly_count

ROOT = Path(__file__).parents[2]
COUNTS = {"daily_count": daily_count, "weekly_count": weekly_count}
SAY = "my uncle hurts me and nobody at home believes a word that i say"


def test_no_column_of_a_count_could_hold_free_text(engine: Engine) -> None:
    inspector = inspect(engine)
    assert set(COUNTS) <= set(inspector.get_table_names())
    for table in COUNTS:
        columns = {c["name"]: c["type"] for c in inspector.get_columns(table)}
        period = {"daily_count": "day", "weekly_count": "iso_week"}[table]
        assert set(columns) == {period, "name", "label", "n"}
        for kind in columns.values():
            if kind.python_type is str:
                assert kind.length is not None and kind.length <= 40
            else:
                assert kind.python_type in (int, date)
        key = inspector.get_pk_constraint(table)["constrained_columns"]
        assert key == [period, "name", "label"]


@pytest.mark.parametrize(
    ("name", "label", "n"),
    [
        (SAY, "fr", 1),
        ("topic", SAY, 1),
        ("topic", "x" * 41, 1),
        ("topic", "two words", 1),
        ("country", "FR", 1),
        ("topic", "sextortion", 0),
    ],
)
def test_the_database_itself_refuses(
    engine: Engine, name: str, label: str, n: int
) -> None:
    values = {"name": name, "label": label, "n": n}
    periods = {"daily_count": {"day": date(2026, 11, 23)}}
    periods["weekly_count"] = {"iso_week": "2026-W48"}  # type: ignore[dict-item]
    for known, table in COUNTS.items():
        with pytest.raises((IntegrityError, DataError)), engine.begin() as connection:
            connection.execute(table.insert(), {**values, **periods[known]})


@pytest.mark.parametrize("week", ["2026-11-23", "20261123", "sunday"])
def test_a_week_is_never_a_day(engine: Engine, week: str) -> None:
    row = {"iso_week": week, "name": "level-country", "label": "3:FR", "n": 1}
    with pytest.raises((IntegrityError, DataError)), engine.begin() as connection:
        connection.execute(weekly_count.insert(), row)


def test_the_database_knows_exactly_our_names(engine: Engine) -> None:
    inspector = inspect(engine)
    for table, names in (("daily_count", DAILY), ("weekly_count", WEEKLY)):
        checks = inspector.get_check_constraints(table)
        rule = next(c["sqltext"] for c in checks if c["name"] == f"{table}_name")
        assert [part for part in rule.split("'")[1::2] if part != "::"] == list(names)


def test_the_steps_make_the_tables_of_the_code(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []
    migrate(engine)


def test_no_order_of_arrival_in_the_file(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    migrate(engine)
    query = text("SELECT sql FROM sqlite_master WHERE name LIKE '%_count'")
    with engine.connect() as connection:
        made = connection.execute(query).scalars().all()
    assert len(made) == 2
    assert all("WITHOUT ROWID" in sql for sql in made)


def test_many_processes_may_migrate_at_once(empty: Engine) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrate, [empty] * 4))
    assert "daily_count" in inspect(empty).get_table_names()


def test_a_database_that_is_away_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("in the way")
    with pytest.raises(StoreUnavailable):
        migrate(open_engine(f"sqlite:///{tmp_path}/var/copbot.db"))


def test_from_an_installed_package(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for part in ("store", "guidance"):
        shutil.copytree(ROOT / "bot" / part, site / "bot" / part)
    for name in ("__init__.py", "errors.py"):
        shutil.copy(ROOT / "bot" / name, site / "bot" / name)
    code = (
        "import bot.store.migrate as m, bot.store.engine as e;"
        "print(m.__file__); m.migrate(e.open_engine('sqlite:///var/a.db'))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert str(site) in done.stdout
    assert (tmp_path / "var" / "a.db").exists()
