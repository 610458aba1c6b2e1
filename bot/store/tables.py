"""The tables of counts: a period, two words of a fixed vocabulary, a number.

No column can hold a sentence: names are an enumeration, labels are short and
without spaces, and the database itself refuses everything else.
"""

from sqlalchemy import (
    CHAR,
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    MetaData,
    String,
    Table,
)

from bot.store.names import DAILY, LONGEST, WEEKLY

metadata = MetaData()


def _counted(table: str, names: tuple[str, ...]) -> tuple[object, ...]:
    known = ", ".join(f"'{name}'" for name in names)
    return (
        Column("name", String(LONGEST), primary_key=True),
        Column("label", String(LONGEST), primary_key=True),
        Column("n", BigInteger, nullable=False),
        CheckConstraint(f"name IN ({known})", name=f"{table}_name"),
        CheckConstraint(
            f"length(label) <= {LONGEST} AND label NOT LIKE '% %'",
            name=f"{table}_label",
        ),
        CheckConstraint("n > 0", name=f"{table}_n"),
    )


# Without row ids the file is in the order of the keys and does not tell in which
# order the first events of a week came.
daily_count = Table(
    "daily_count",
    metadata,
    Column("day", Date, primary_key=True),
    *_counted("daily_count", DAILY),
    sqlite_with_rowid=False,
)
weekly_count = Table(
    "weekly_count",
    metadata,
    Column("iso_week", CHAR(8), primary_key=True),
    *_counted("weekly_count", WEEKLY),
    CheckConstraint(
        "length(iso_week) = 8 AND iso_week LIKE '____-W__'",
        name="weekly_count_iso_week",
    ),
    sqlite_with_rowid=False,
)
