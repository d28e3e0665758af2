"""The tables of what codes mean (agencies, indicators, sources), of deliveries, and the types all tables share.

Numbers are kept as the text they were written with: "50" stays 50 and "10.70" keeps its two decimals, on both
engines, without a float in between.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class ExactNumber(TypeDecorator[Decimal]):
    """A decimal kept as plain text, digits as written."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Instant(TypeDecorator[datetime]):
    """A moment in UTC, with its zone on both engines."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)


class Tick(TypeDecorator[datetime]):
    """A moment as whole seconds since 1970, for what is compared row by row: engines compare numbers fastest."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value.timestamp() // 1)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromtimestamp(value, UTC)


METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def words(*names: str) -> list[sa.Column[str]]:
    """Words of a file; the empty text where the file has none."""
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names]


def needed(*names: str) -> list[sa.Column[str]]:
    """Words that every row has."""
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def versioned(name: str, key: Sequence[str], *content: sa.Column[Any] | sa.Index) -> sa.Table:
    """A ledger of versions: every revision of what `key` names stays, with the submission that brought it."""
    return sa.Table(
        name,
        METADATA,
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("revision", sa.Integer, nullable=False),
        *content,
        sa.Column("submission_id", sa.ForeignKey("submission.id"), nullable=False),
        sa.Column("recorded_at", Instant, nullable=False),
        sa.UniqueConstraint(*key, "revision"),
    )


STORE_META = sa.Table(
    "store_meta",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("content", sa.Text, nullable=False),
)

SUBMISSION = sa.Table(
    "submission",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("rows", sa.Integer, nullable=False),
    sa.Column("stored", sa.Integer, nullable=False),
    sa.Column("delivered_by", sa.Text, nullable=False),
    # Who approved it as the second person; the empty text where nobody had to.
    *words("approved_by", "reason"),
    sa.Column("recorded_at", Instant, nullable=False),
    sa.UniqueConstraint("kind", "sha256"),
)

REFERENCE_REVISION = sa.Table(
    "reference_revision",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    *words("reason"),
    sa.Column("submission_id", sa.ForeignKey("submission.id"), nullable=False),
    sa.Column("recorded_at", Instant, nullable=False),
    sa.UniqueConstraint("kind", "key", "revision"),
)

AGENCY = sa.Table(
    "agency",
    METADATA,
    sa.Column("code", sa.Text, primary_key=True),
    # The first day the code means this agency; 0001-01-01 where no beginning is known (a key cannot be null).
    sa.Column("valid_from", sa.Date, primary_key=True),
    sa.Column("valid_to", sa.Date),
    sa.Column("name_vi", sa.Text, nullable=False),
    sa.Column("name_en", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("parent", sa.Text),
    # The place in the order they were delivered in, which is the order of protocol.
    sa.Column("position", sa.Integer, nullable=False),
)

INDICATOR = sa.Table(
    "indicator",
    METADATA,
    sa.Column("code", sa.Text, primary_key=True),
    *(sa.Column(name, sa.Text, nullable=False) for name in ("name_vi", "name_en", "unit", "unit_kind", "direction")),
    *words("formula"),
    *(sa.Column(name, sa.Text, nullable=False) for name in ("level", "theme", "cycle", "calendar")),
    sa.Column("band", ExactNumber),
    sa.Column("decimals", sa.Integer, nullable=False),
    *words("bins"),
    sa.Column("natural_min", ExactNumber),
    sa.Column("natural_max", ExactNumber),
    *words("legal_basis"),
    sa.Column("position", sa.Integer, nullable=False),
)

SOURCE = sa.Table(
    "source",
    METADATA,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("publisher", sa.Text, nullable=False),
    sa.Column("date", sa.Date),
    *words("address"),
    sa.Column("rank", sa.Integer, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
)
