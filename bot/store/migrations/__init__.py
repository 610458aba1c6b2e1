"""Alembic's folder: how a database of an older copbot becomes one of today."""
