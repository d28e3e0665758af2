"""The tables of periods that were closed, of corrections that wait for a second person, and of what became of them.
All of them only ever grow."""

import sqlalchemy as sa

from data.reference_tables import METADATA, Instant, needed, words

CLOSING = sa.Table(
    "closing",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("indicator_code", sa.ForeignKey("indicator.code"), nullable=False),
    *needed("period", "closed_by"),
    sa.Column("recorded_at", Instant, nullable=False),
    sa.UniqueConstraint("indicator_code", "period"),
)

#: A figure as somebody would have it, and what stood there when it was proposed.
PROPOSAL = sa.Table(
    "proposal",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("indicator_code", sa.ForeignKey("indicator.code"), nullable=False),
    *needed("agency_code", "period"),
    sa.Column("source", sa.ForeignKey("source.code"), nullable=False),
    # The newest revision when it was proposed: where there is a newer one, the proposal is of yesterday.
    sa.Column("revision", sa.Integer, nullable=False),
    # The row that it would replace and the row as it would be stored, as the ledger keeps them.
    *needed("old", "new"),
    sa.Column("line", sa.Integer, nullable=False),
    *needed("file", "proposed_by"),
    *words("reason"),
    # Until when nobody may hear of it who sees no figure under embargo.
    sa.Column("embargo_until", Instant),
    sa.Column("recorded_at", Instant, nullable=False),
)

#: What became of a proposal: approved with the revision that it made, else refused with the reason.
DECISION = sa.Table(
    "decision",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("proposal_id", sa.ForeignKey("proposal.id"), nullable=False, unique=True),
    *needed("decision", "decided_by"),
    *words("reason"),
    sa.Column("observation_id", sa.ForeignKey("observation.id")),
    sa.Column("recorded_at", Instant, nullable=False),
)

CLOSING_LEDGERS = (CLOSING, PROPOSAL, DECISION)
