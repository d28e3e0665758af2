"""The tables of the store, the same for SQLite and PostgreSQL; those of tasks, reports, usage, closed periods
and people stand in their own modules.

Two kinds: ledgers only ever grow, and triggers of the migrations refuse to change or delete a row; projections
(agency, indicator, source, current, report) say what holds now and are written in the same transaction as the ledger
row that changed them. The screens on walls and people are neither: what becomes of one is told by the audit log. The
head of that log is no projection: it is there to contradict a log of which rows were taken.
"""

from datetime import UTC, datetime

import sqlalchemy as sa

from data.closing_tables import CLOSING_LEDGERS
from data.people_tables import LOGIN_TRY, PERSON, PERSON_SESSION
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
    Tick,
    needed,
    versioned,
    words,
)
from data.report_tables import REPORT_LEDGERS
from data.task_tables import TASK_LEDGERS
from data.usage_tables import USAGE_LEDGERS

#: Stand for "always" and "for ever" in a key, which cannot be null; every engine can tell of them in every zone.
ALWAYS, FOREVER = datetime(1000, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)

TARGET = versioned(
    "target",
    ("indicator_code", "agency_code", "due", "source"),
    sa.Column("indicator_code", sa.ForeignKey("indicator.code"), nullable=False),
    *needed("agency_code"),
    # The period it is due in; the empty text where no date is given.
    *words("due"),
    sa.Column("source", sa.ForeignKey("source.code"), nullable=False),
    *needed("shape"),
    sa.Column("value", ExactNumber, nullable=False),
    sa.Column("value_max", ExactNumber),
    sa.Column("strict", sa.Boolean, nullable=False),
    sa.Column("set_on", sa.Date, nullable=False),
    sa.Column("start_on", sa.Date),
    sa.Column("start_value", ExactNumber),
    *words("path", "path_status", "certainty", "source_ref", "phrase", "reason"),
)

ASSESSMENT = versioned(
    "assessment",
    ("indicator_code", "agency_code", "period", "source"),
    sa.Column("indicator_code", sa.ForeignKey("indicator.code"), nullable=False),
    *needed("agency_code", "period"),
    sa.Column("source", sa.ForeignKey("source.code"), nullable=False),
    # exceeded, met or unmet; the empty text where the source does not judge.
    *words("verdict"),
    # What the source prints where it prints no number; both empty where it prints one.
    *words("words_vi", "words_en"),
    *needed("status", "certainty"),
    *words("source_ref", "phrase", "reason"),
    sa.Column("published", sa.Date, nullable=False),
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
    *words("qualifier"),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("numerator", ExactNumber),
    sa.Column("denominator", ExactNumber),
    *words("numerator_qualifier", "denominator_qualifier"),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("certainty", sa.Text, nullable=False),
    *words("source_ref", "phrase", "note", "composition", "reason"),
    sa.Column("published", sa.Date, nullable=False),
    # Until then the row is not there for whoever sees no figure under embargo; empty where it is under none.
    sa.Column("embargo_until", Instant),
    sa.Column("submission_id", sa.ForeignKey("submission.id"), nullable=False),
    sa.Column("recorded_at", Instant, nullable=False),
    # sha256 over the row before it and this row's content: a changed row breaks every later link.
    sa.Column("checksum", sa.String(64), nullable=False),
    sa.UniqueConstraint("indicator_code", "agency_code", "period", "source", "revision"),
    sa.ForeignKeyConstraint(["agency_code", "agency_from"], ["agency.code", "agency.valid_from"]),
)
_EMBARGOED = OBSERVATION.c.embargo_until.is_not(None)
#: Few figures ever are under embargo; those that are have to be found at once.
sa.Index(
    None,
    OBSERVATION.c.embargo_until,
    OBSERVATION.c.submission_id,
    sqlite_where=_EMBARGOED,
    postgresql_where=_EMBARGOED,
)

#: One row a figure, and one more for each moment at which an embargo on it passes: which revision is the newest
#: between two of them to whoever sees no figure under embargo. The last one is also what all others see.
CURRENT = sa.Table(
    "current",
    METADATA,
    sa.Column("indicator_code", sa.Text, primary_key=True),
    # Before the agency: a page asks for one period of all agencies.
    sa.Column("period", sa.Text, primary_key=True),
    sa.Column("agency_code", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, primary_key=True),
    # From `seen_from` on, and no longer at `seen_until`.
    sa.Column("seen_until", Tick, primary_key=True, default=FOREVER),
    sa.Column("seen_from", Tick, nullable=False, default=ALWAYS),
    sa.Column("period_end", sa.Date, nullable=False),
    sa.Column("observation_id", sa.ForeignKey("observation.id"), nullable=False, index=True),
    # Its number among the revisions that are seen then.
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

#: How far the audit log has come, in one row that only moves on: what was cut off at its end is missed.
AUDIT_HEAD = sa.Table(
    "audit_head",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    # The number of the newest row, 0 before there is any, and its checksum.
    sa.Column("newest", sa.Integer, nullable=False),
    sa.Column("checksum", sa.String(64), nullable=False),
    # So many rows at the beginning have checksums of the first form, which do not cover their number.
    sa.Column("unnumbered", sa.Integer, nullable=False),
    sa.CheckConstraint("id = 1", name="only_one"),
)

#: No token and no cookie is kept, only its sha256: whoever reads the table cannot pass for a screen.
WALL_SCREEN = sa.Table(
    "wall_screen",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    *needed("name", "profile"),
    sa.Column("added_at", Instant, nullable=False),
    sa.Column("token_sha256", sa.String(64), nullable=False, unique=True),
    sa.Column("token_until", Instant, nullable=False),
    # Both empty until the token was exchanged.
    sa.Column("cookie_sha256", sa.String(64), unique=True),
    sa.Column("enrolled_at", Instant),
    sa.Column("revoked_at", Instant),
)
_HELD = WALL_SCREEN.c.revoked_at.is_(None)
#: A name is free again once its screen was revoked; that one stays, so that its cookie is known for what it is.
sa.Index(None, WALL_SCREEN.c.name, unique=True, sqlite_where=_HELD, postgresql_where=_HELD)

#: Tables that only ever grow.
LEDGERS = (
    SUBMISSION,
    REFERENCE_REVISION,
    TARGET,
    ASSESSMENT,
    OBSERVATION,
    AUDIT,
    *TASK_LEDGERS,
    *REPORT_LEDGERS,
    *USAGE_LEDGERS,
    *CLOSING_LEDGERS,
)

__all__ = [
    "AGENCY",
    "ALWAYS",
    "ASSESSMENT",
    "AUDIT",
    "AUDIT_HEAD",
    "CURRENT",
    "FOREVER",
    "INDICATOR",
    "LEDGERS",
    "LOGIN_TRY",
    "METADATA",
    "OBSERVATION",
    "PERSON",
    "PERSON_SESSION",
    "REFERENCE_REVISION",
    "SOURCE",
    "STORE_META",
    "SUBMISSION",
    "TARGET",
    "WALL_SCREEN",
]
