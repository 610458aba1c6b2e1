"""Brings a database to today's tables; needs no alembic.ini and no checkout."""

from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StoreUnavailable
from bot.store.engine import BEGIN

_LOCK = 0x636F70
"""Key of PostgreSQL's advisory lock: one process migrates, the others wait."""


def migrate(engine: Engine) -> None:
    """Run every step that is missing, all of them or none.

    Raises StoreUnavailable when the database can't be changed now.
    """
    try:
        with engine.connect() as plain:
            connection = plain.execution_options(**{BEGIN: "BEGIN IMMEDIATE"})
            with connection.begin():
                _wait_for_others(connection)
                config = Config()
                config.set_main_option("script_location", "bot.store:migrations")
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
    except SQLAlchemyError as error:
        raise StoreUnavailable("the database can't be brought up to date") from error


def _wait_for_others(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(:key)")
        connection.execute(lock, {"key": _LOCK})
