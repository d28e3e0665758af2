"""The tables of the store, the same for SQLite and PostgreSQL.

Two kinds: ledgers (submission, reference_revision, target, directive, checkin, observation, audit) only ever grow,
and triggers of the migrations refuse to change or delete a row; projections (agency, indicator, source, current) say
what holds now and are written in the same transaction as the ledger row that changed them.

Numbers are kept as the text they were written with: "50" stays 50 and "10.70" keeps its two decimals, on both
engines, without a float in between.
"""

from datetime import UTC, datetime
from decimal import Decimal

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


METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _text(name: str) -> sa.Column[str]:
    """Words of a file; the empty text where the file has none."""
    return sa.Column(name, sa.Text, nullable=False, server_default="")


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
    _text("reason"),
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
    _text("reason"),
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
    _text("formula"),
    *(sa.Column(name, sa.Text, nullable=False) for name in ("level", "theme", "cycle", "calendar")),
    sa.Column("band", ExactNumber),
    sa.Column("decimals", sa.Integer, nullable=False),
    _text("bins"),
    sa.Column("natural_min", ExactNumber),
    sa.Column("natural_max", ExactNumber),
    _text("legal_basis"),
    sa.Column("position", sa.Integer, nullable=False),
)

SOURCE = sa.Table(
    "source",
    METADATA,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("publisher", sa.Text, nullable=False),
    sa.Column("date", sa.Date),
    _text("address"),
    sa.Column("rank", sa.Integer, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
)

TARGET = sa.Table(
    "target",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("indicator_code", sa.ForeignKey("indicator.code"), nullable=False),
    sa.Column("agency_code", sa.Text, nullable=False),
    # The period it is due in; the empty text where no date is given.
    _text("due"),
    sa.Column("source", sa.ForeignKey("source.code"), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("shape", sa.Text, nullable=False),
    sa.Column("value", ExactNumber, nullable=False),
    sa.Column("value_max", ExactNumber),
    sa.Column("strict", sa.Boolean, nullable=False),
    sa.Column("set_on", sa.Date, nullable=False),
    sa.Column("start_on", sa.Date),
    sa.Column("start_value", ExactNumber),
    _text("path"),
    _text("path_status"),
    _text("certainty"),
    _text("source_ref"),
    _text("phrase"),
    _text("reason"),
    sa.Column("submission_id", sa.ForeignKey("submission.id"), nullable=False),
    sa.Column("recorded_at", Instant, nullable=False),
    sa.UniqueConstraint("indicator_code", "agency_code", "due", "source", "revision"),
)

DIRECTIVE = sa.Table(
    "directive",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("event", sa.Text, nullable=False),
    sa.Column("source", sa.ForeignKey("source.code"), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    *(sa.Column(name, sa.Text, nullable=False) for name in ("name_vi", "name_en")),
    # A code, ALL, or the empty text where the source names nobody; `owner_words` is how it words it.
    *(_text(name) for name in ("owner", "owner_words", "co_owners", "owner_certainty")),
    # The period it is due in; the empty text where no date is given.
    *(_text(name) for name in ("due", "due_certainty", "indicators", "source_ref", "phrase", "reason")),
    sa.Column("set_on", sa.Date, nullable=False),
    sa.Column("submission_id", sa.ForeignKey("submission.id"), nullable=False),
    sa.Column("recorded_at", Instant, nullable=False),
    sa.UniqueConstraint("code", "event", "source", "revision"),
)

CHECKIN = sa.Table(
    "checkin",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("directive_code", sa.Text, nullable=False),
    sa.Column("event", sa.Text, nullable=False),
    # The day it speaks of: the day it was done, or the day on which it stood so.
    sa.Column("date", sa.Date, nullable=False),
    sa.Column("source", sa.ForeignKey("source.code"), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    # Whose word it is; the empty text where no agency speaks.
    _text("agency_code"),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("certainty", sa.Text, nullable=False),
    *(_text(name) for name in ("note", "evidence", "link", "source_ref", "phrase", "reason")),
    sa.Column("published", sa.Date, nullable=False),
    sa.Column("submission_id", sa.ForeignKey("submission.id"), nullable=False),
    sa.Column("recorded_at", Instant, nullable=False),
    sa.UniqueConstraint("directive_code", "event", "date", "source", "revision"),
)

OBSERVATION = sa.Table(
    "observation",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("indicator_code", sa.ForeignKey("indicator.code"), nullable=False),
    sa.Column("agency_code", sa.Text, nullable=False),
    sa.Column("agency_from", sa.Date, nullable=False),
    sa.Column("period", sa.Text, nullable=False),
    sa.Column("source", sa.ForeignKey("source.code"), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("period_start", sa.Date, nullable=False),
    sa.Column("period_end", sa.Date, nullable=False),
    sa.Column("value", ExactNumber),
    sa.Column("value_max", ExactNumber),
    _text("qualifier"),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("numerator", ExactNumber),
    sa.Column("denominator", ExactNumber),
    _text("numerator_qualifier"),
    _text("denominator_qualifier"),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("certainty", sa.Text, nullable=False),
    *(_text(name) for name in ("source_ref", "phrase", "note", "composition", "reason")),
    sa.Column("published", sa.Date, nullable=False),
    sa.Column("submission_id", sa.ForeignKey("submission.id"), nullable=False),
    sa.Column("recorded_at", Instant, nullable=False),
    # sha256 over the row before it and this row's content: a changed row breaks every later link.
    sa.Column("checksum", sa.String(64), nullable=False),
    sa.UniqueConstraint("indicator_code", "agency_code", "period", "source", "revision"),
    sa.ForeignKeyConstraint(["agency_code", "agency_from"], ["agency.code", "agency.valid_from"]),
)

CURRENT = sa.Table(
    "current",
    METADATA,
    sa.Column("indicator_code", sa.Text, primary_key=True),
    # Before the agency: a page asks for one period of all agencies.
    sa.Column("period", sa.Text, primary_key=True),
    sa.Column("agency_code", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("period_end", sa.Date, nullable=False),
    sa.Column("observation_id", sa.ForeignKey("observation.id"), nullable=False, unique=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("published", sa.Date, nullable=False),
    # When the first revision became known: before that day the figure was not there at all.
    sa.Column("first_published", sa.Date, nullable=False),
)

AUDIT = sa.Table(
    "audit",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("recorded_at", Instant, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("checksum", sa.String(64), nullable=False),
)

#: Tables that only ever grow.
LEDGERS = (SUBMISSION, REFERENCE_REVISION, TARGET, DIRECTIVE, CHECKIN, OBSERVATION, AUDIT)
