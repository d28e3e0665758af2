"""Directives and their check-ins."""

import sqlalchemy as sa
from alembic import op

from data.migrations.guards import guard

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _stamp() -> "list[sa.Column[object]]":
    return [
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
    ]


def upgrade() -> None:
    op.create_table(
        "directive",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("code", "event", "source")),
        sa.Column("revision", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name_vi", "name_en")),
        *(_text(name) for name in ("owner", "owner_words", "co_owners", "owner_certainty")),
        *(_text(name) for name in ("due", "due_certainty", "indicators", "source_ref", "phrase", "reason")),
        sa.Column("set_on", sa.Date(), nullable=False),
        *_stamp(),
        sa.ForeignKeyConstraint(["source"], ["source.code"], name=op.f("fk_directive_source")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_directive_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directive")),
        sa.UniqueConstraint(
            "code", "event", "source", "revision", name=op.f("uq_directive_code_event_source_revision")
        ),
    )
    op.create_table(
        "checkin",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("directive_code", "event")),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        _text("agency_code"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("status", "certainty")),
        *(_text(name) for name in ("note", "evidence", "link", "source_ref", "phrase", "reason")),
        sa.Column("published", sa.Date(), nullable=False),
        *_stamp(),
        sa.ForeignKeyConstraint(["source"], ["source.code"], name=op.f("fk_checkin_source")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_checkin_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkin")),
        sa.UniqueConstraint(
            "directive_code",
            "event",
            "date",
            "source",
            "revision",
            name=op.f("uq_checkin_directive_code_event_date_source_revision"),
        ),
    )
    for table in ("directive", "checkin"):
        guard(table)


def downgrade() -> None:
    op.drop_table("checkin")
    op.drop_table("directive")
