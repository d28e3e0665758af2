"""Systems and their milestones."""

import sqlalchemy as sa
from alembic import op

from data.migrations.guards import guard

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _stamp() -> "list[sa.Column[object]]":
    return [
        sa.Column("published", sa.Date(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
    ]


def upgrade() -> None:
    op.create_table(
        "system",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name_vi", "name_en")),
        *(_text(name) for name in ("owner", "owner_words", "co_owners", "owner_certainty")),
        *(_text(name) for name in ("purpose_vi", "purpose_en", "shared_as", "connects", "indicators", "directives")),
        sa.Column("source", sa.Text(), nullable=True),
        *(_text(name) for name in ("source_ref", "phrase", "reason")),
        *_stamp(),
        sa.ForeignKeyConstraint(["source"], ["source.code"], name=op.f("fk_system_source")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_system_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_system")),
        sa.UniqueConstraint("code", "revision", name=op.f("uq_system_code_revision")),
    )
    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("system_code", "event", "source")),
        sa.Column("revision", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name_vi", "name_en")),
        _text("due"),
        sa.Column("reached", sa.Date(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("state", "certainty")),
        *(_text(name) for name in ("source_ref", "phrase", "reason")),
        *_stamp(),
        sa.ForeignKeyConstraint(["source"], ["source.code"], name=op.f("fk_milestone_source")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_milestone_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint(
            "system_code", "event", "source", "revision", name=op.f("uq_milestone_system_code_event_source_revision")
        ),
    )
    for table in ("system", "milestone"):
        guard(table)


def downgrade() -> None:
    op.drop_table("milestone")
    op.drop_table("system")
