"""Letters to and from agencies, and the lists of those who were slow."""

import sqlalchemy as sa
from alembic import op

from data.migrations.guards import guard

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _needed(*names: str) -> "list[sa.Column[str]]":
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _text(*names: str) -> "list[sa.Column[str]]":
    return [sa.Column(name, sa.Text(), server_default="", nullable=False) for name in names]


def upgrade() -> None:
    key = ("kind", "agency_code", "subject", "part", "date", "revision")
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *_needed("kind", "agency_code", "subject", "part"),
        sa.Column("date", sa.Date(), nullable=False),
        *_text("sent_by", "document", "words"),
        *_needed("status"),
        *_text("reason"),
        sa.Column("published", sa.Date(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_letter_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint(*key, name=op.f(f"uq_letter_{'_'.join(key)}")),
    )
    op.create_table(
        "dossier",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *_needed("step", "person"),
        sa.Column("at", sa.Date(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        *_text("document", "content"),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=True),
        sa.Column("file_sha256", sa.String(64), nullable=True),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier")),
        sa.UniqueConstraint("number", "step", name=op.f("uq_dossier_number_step")),
    )
    for table in ("letter", "dossier"):
        guard(table)


def downgrade() -> None:
    op.drop_table("dossier")
    op.drop_table("letter")
