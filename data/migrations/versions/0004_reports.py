"""Report regimes, what arrives of them, and where each report stands."""

import sqlalchemy as sa
from alembic import op

from data.migrations.guards import guard

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _needed(*names: str) -> "list[sa.Column[str]]":
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _stamp() -> "list[sa.Column[object]]":
    return [
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
    ]


def upgrade() -> None:
    op.create_table(
        "regime",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *_needed("code"),
        sa.Column("revision", sa.Integer(), nullable=False),
        *_needed("name_vi", "name_en", "periodicity", "owners"),
        *(_text(name) for name in ("document", "digitised", "indicators")),
        sa.Column("cutoff_day", sa.Integer(), nullable=False),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        *_needed("status"),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        *(_text(name) for name in ("source", "source_ref", "reason")),
        *_stamp(),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_regime_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regime")),
        sa.UniqueConstraint("code", "revision", name=op.f("uq_regime_code_revision")),
    )
    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *_needed("regime_code", "agency_code", "period"),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Date(), nullable=False)
            for name in ("period_start", "period_end", "due", "received_on")
        ),
        *_needed("result"),
        *(_text(name) for name in ("codes", "file", "note")),
        *_needed("status"),
        *(_text(name) for name in ("source", "reason")),
        sa.Column("published", sa.Date(), nullable=False),
        *_stamp(),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_receipt_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint(
            "period",
            "agency_code",
            "regime_code",
            "received_at",
            "revision",
            name=op.f("uq_receipt_period_agency_code_regime_code_received_at_revision"),
        ),
    )
    op.create_index(op.f("ix_receipt_received_on"), "receipt", ["received_on"])
    op.create_table(
        "report",
        *_needed("period", "agency_code", "regime_code"),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("first_published", sa.Date(), nullable=False),
        sa.Column("settled", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("period", "agency_code", "regime_code", name=op.f("pk_report")),
        sqlite_with_rowid=False,
    )
    for table in ("regime", "receipt"):
        guard(table)


def downgrade() -> None:
    op.drop_table("report")
    op.drop_table("receipt")
    op.drop_table("regime")
