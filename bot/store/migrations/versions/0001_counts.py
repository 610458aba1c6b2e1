"""The two tables of counts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_DAILY = "'turns', 'language', 'audience', 'channel', 'topic', 'intent', 'by'"
_WEEKLY = "'family-language', 'level-country'"


def upgrade() -> None:
    """Create `daily_count` and `weekly_count`."""
    _create("daily_count", sa.Column("day", sa.Date, primary_key=True), _DAILY)
    _create(
        "weekly_count",
        sa.Column("iso_week", sa.CHAR(8), primary_key=True),
        _WEEKLY,
        sa.CheckConstraint(
            "length(iso_week) = 8 AND iso_week LIKE '____-W__'",
            name="weekly_count_iso_week",
        ),
    )


def downgrade() -> None:
    """Drop both tables and what was counted."""
    op.drop_table("weekly_count")
    op.drop_table("daily_count")


def _create(
    table: str, period: sa.Column, names: str, *more: sa.CheckConstraint
) -> None:
    op.create_table(
        table,
        period,
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("label", sa.String(40), primary_key=True),
        sa.Column("n", sa.BigInteger, nullable=False),
        sa.CheckConstraint(f"name IN ({names})", name=f"{table}_name"),
        sa.CheckConstraint(
            "length(label) <= 40 AND label NOT LIKE '% %'", name=f"{table}_label"
        ),
        sa.CheckConstraint("n > 0", name=f"{table}_n"),
        *more,
        sqlite_with_rowid=False,
    )
