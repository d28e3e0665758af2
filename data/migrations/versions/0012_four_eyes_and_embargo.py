"""Closed periods with the corrections that wait for a second person, and figures under embargo.

Rows written before this version are under no embargo, and nobody had to approve them; checksums do not change.
"""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from data.migrations.guards import guard

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None

LEDGERS = ("closing", "proposal", "decision")
#: Seconds since 1970: the years 1000 and 9999.
ALWAYS, FOREVER = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (1000, 9999))
MOMENT = sa.DateTime(timezone=True)
#: The columns of `current` that every version has.
KEPT = (
    "indicator_code", "period", "agency_code", "source", "period_end", "observation_id", "revision", "published",
    "first_published",
)  # fmt: skip


def upgrade() -> None:
    op.add_column("submission", sa.Column("approved_by", sa.Text(), server_default="", nullable=False))
    op.add_column("observation", sa.Column("embargo_until", MOMENT, nullable=True))
    embargoed = sa.text("embargo_until IS NOT NULL")
    op.create_index(
        op.f("ix_observation_embargo_until_submission_id"),
        "observation",
        ["embargo_until", "submission_id"],
        sqlite_where=embargoed,
        postgresql_where=embargoed,
    )
    _make_current(
        sa.Column("seen_until", sa.BigInteger(), nullable=False),
        sa.Column("seen_from", sa.BigInteger(), nullable=False),
        given={"seen_until": sa.literal(FOREVER), "seen_from": sa.literal(ALWAYS)},
    )
    op.create_index(op.f("ix_current_observation_id"), "current", ["observation_id"])
    op.create_table(
        "closing",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("indicator_code", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["indicator_code"], ["indicator.code"], name=op.f("fk_closing_indicator_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing")),
        sa.UniqueConstraint("indicator_code", "period", name=op.f("uq_closing_indicator_code_period")),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("indicator_code", sa.Text(), nullable=False),
        sa.Column("agency_code", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("embargo_until", MOMENT, nullable=True),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["indicator_code"], ["indicator.code"], name=op.f("fk_proposal_indicator_code")),
        sa.ForeignKeyConstraint(["source"], ["source.code"], name=op.f("fk_proposal_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("observation_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["observation_id"], ["observation.id"], name=op.f("fk_decision_observation_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_decision_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_decision_proposal_id")),
    )
    for table in LEDGERS:
        guard(table)


def downgrade() -> None:
    """What is under embargo would be seen by all in an earlier version: it is gone back to only where nothing is."""
    hidden = op.get_bind().execute(
        sa.text("SELECT count(*) FROM observation WHERE embargo_until > :now").bindparams(
            sa.bindparam("now", datetime.now(UTC), MOMENT)
        )
    )
    if hidden.scalar():
        raise RuntimeError("figures under embargo cannot go back to a version that shows them to all")
    for table in reversed(LEDGERS):
        op.drop_table(table)
    _make_current(given={}, unique=True)
    op.drop_index(op.f("ix_observation_embargo_until_submission_id"), "observation")
    op.drop_column("observation", "embargo_until")
    op.drop_column("submission", "approved_by")


def _make_current(*more: sa.Column[Any], given: dict[str, sa.ColumnElement[Any]], unique: bool = False) -> None:
    """Make the projection anew of the rows that hold for ever, with `more` columns in it."""
    op.execute("CREATE TABLE current_kept AS SELECT * FROM current")
    op.drop_table("current")
    op.create_table(
        "current",
        sa.Column("indicator_code", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("agency_code", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        *more,
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("observation_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("published", sa.Date(), nullable=False),
        sa.Column("first_published", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["observation_id"], ["observation.id"], name=op.f("fk_current_observation_id")),
        sa.PrimaryKeyConstraint(
            "indicator_code",
            "period",
            "agency_code",
            "source",
            *(["seen_until"] if given else []),
            name=op.f("pk_current"),
        ),
        *([sa.UniqueConstraint("observation_id", name=op.f("uq_current_observation_id"))] if unique else []),
    )
    kept = sa.table("current_kept", *map(sa.column, KEPT))
    made = sa.table("current", *map(sa.column, (*KEPT, *given)))
    rows = sa.select(*kept.c, *given.values())
    if not given:
        rows = rows.where(sa.column("seen_until") == FOREVER)
    op.execute(sa.insert(made).from_select([*KEPT, *given], rows))
    op.drop_table("current_kept")
