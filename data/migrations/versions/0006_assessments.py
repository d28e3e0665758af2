"""What sources say in words of a figure: their verdict on its target, and the words where they print no number."""

import sqlalchemy as sa
from alembic import op

from data.migrations.guards import guard

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _needed(*names: str) -> "list[sa.Column[str]]":
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _text(*names: str) -> "list[sa.Column[str]]":
    return [sa.Column(name, sa.Text(), server_default="", nullable=False) for name in names]


def upgrade() -> None:
    key = ("indicator_code", "agency_code", "period", "source", "revision")
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *_needed("indicator_code", "agency_code", "period", "source"),
        *_text("verdict", "words_vi", "words_en"),
        *_needed("status", "certainty"),
        *_text("source_ref", "phrase", "reason"),
        sa.Column("published", sa.Date(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["indicator_code"], ["indicator.code"], name=op.f("fk_assessment_indicator_code")),
        sa.ForeignKeyConstraint(["source"], ["source.code"], name=op.f("fk_assessment_source")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_assessment_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint(*key, name=op.f(f"uq_assessment_{'_'.join(key)}")),
    )
    guard("assessment")


def downgrade() -> None:
    op.drop_table("assessment")
