"""Screens on walls: who they are, and until when they are trusted."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wall_screen",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token_sha256", sa.String(64), nullable=False),
        sa.Column("token_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cookie_sha256", sa.String(64), nullable=True),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wall_screen")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_wall_screen_token_sha256")),
        sa.UniqueConstraint("cookie_sha256", name=op.f("uq_wall_screen_cookie_sha256")),
    )
    held = sa.text("revoked_at IS NULL")
    op.create_index(
        op.f("ix_wall_screen_name"), "wall_screen", ["name"], unique=True, sqlite_where=held, postgresql_where=held
    )


def downgrade() -> None:
    op.drop_table("wall_screen")
