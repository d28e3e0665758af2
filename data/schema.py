"""The tables of the store, the same for SQLite and PostgreSQL.

Two kinds: ledgers (submission, reference_revision, target, directive, checkin, system, milestone, observation, audit)
only ever grow, and triggers of the migrations refuse to change or delete a row; projections (agency, indicator,
source, current) say what holds now and are written in the same transaction as the ledger row that changed them.
"""

import sqlalchemy as sa

from data.reference_tables import (
    AGENCY,
    INDICATOR,
    METADATA,
    REFERENCE_REVISION,
    SOURCE,
    STORE_META,
    SUBMISSION,
    ExactNumber,
    Instant,
    words,
)

TARGET = sa.Table(
    "target",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("indicator_code", sa.ForeignKey("indicator.code"), nullable=False),
    sa.Column("agency_code", sa.Text, nullable=False),
    # The period it is due in; the empty text where no date is given.
    words("due"),
    sa.Column("source", sa.ForeignKey("source.code"), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("shape", sa.Text, nullable=False),
    sa.Column("value", ExactNumber, nullable=False),
    sa.Column("value_max", ExactNumber),
    sa.Column("strict", sa.Boolean, nullable=False),
    sa.Column("set_on", sa.Date, nullable=False),
    sa.Column("start_on", sa.Date),
    sa.Column("start_value", ExactNumber),
    words("path"),
    words("path_status"),
    words("certainty"),
    words("source_ref"),
    words("phrase"),
    words("reason"),
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
    *(words(name) for name in ("owner", "owner_words", "co_owners", "owner_certainty")),
    # The period it is due in; the empty text where no date is given.
    *(words(name) for name in ("due", "due_certainty", "indicators", "source_ref", "phrase", "reason")),
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
    words("agency_code"),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("certainty", sa.Text, nullable=False),
    *(words(name) for name in ("note", "evidence", "link", "source_ref", "phrase", "reason")),
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
    words("qualifier"),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("numerator", ExactNumber),
    sa.Column("denominator", ExactNumber),
    words("numerator_qualifier"),
    words("denominator_qualifier"),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("certainty", sa.Text, nullable=False),
    *(words(name) for name in ("source_ref", "phrase", "note", "composition", "reason")),
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

SYSTEM = sa.Table(
    "system",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    *(sa.Column(name, sa.Text, nullable=False) for name in ("name_vi", "name_en")),
    # A code, ALL, or the empty text where no source names anybody; `owner_words` is how it is worded.
    *(words(name) for name in ("owner", "owner_words", "co_owners", "owner_certainty", "purpose_vi", "purpose_en")),
    # How a source speaks of a platform that agencies are to share; the empty text for any other system.
    words("shared_as"),
    # Codes of indicators (who is connected; anything else of it) and of directives, with ; between.
    *(words(name) for name in ("connects", "indicators", "directives")),
    sa.Column("source", sa.ForeignKey("source.code")),
    *(words(name) for name in ("source_ref", "phrase", "reason")),
    sa.Column("published", sa.Date, nullable=False),
    sa.Column("submission_id", sa.ForeignKey("submission.id"), nullable=False),
    sa.Column("recorded_at", Instant, nullable=False),
    sa.UniqueConstraint("code", "revision"),
)

MILESTONE = sa.Table(
    "milestone",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    *(sa.Column(name, sa.Text, nullable=False) for name in ("system_code", "event")),
    sa.Column("source", sa.ForeignKey("source.code"), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    *(sa.Column(name, sa.Text, nullable=False) for name in ("name_vi", "name_en")),
    # The period it is planned for; the empty text where it is told and not planned.
    words("due"),
    # The day it was reached, or on which it was told to stand so; null where it is planned.
    sa.Column("reached", sa.Date),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("certainty", sa.Text, nullable=False),
    *(words(name) for name in ("source_ref", "phrase", "reason")),
    sa.Column("published", sa.Date, nullable=False),
    sa.Column("submission_id", sa.ForeignKey("submission.id"), nullable=False),
    sa.Column("recorded_at", Instant, nullable=False),
    sa.UniqueConstraint("system_code", "event", "source", "revision"),
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
LEDGERS = (SUBMISSION, REFERENCE_REVISION, TARGET, DIRECTIVE, CHECKIN, SYSTEM, MILESTONE, OBSERVATION, AUDIT)

__all__ = [
    "AGENCY",
    "AUDIT",
    "CHECKIN",
    "CURRENT",
    "DIRECTIVE",
    "INDICATOR",
    "LEDGERS",
    "METADATA",
    "MILESTONE",
    "OBSERVATION",
    "REFERENCE_REVISION",
    "SOURCE",
    "STORE_META",
    "SUBMISSION",
    "SYSTEM",
    "TARGET",
]
