"""The head of the audit log: how far it has come, kept beside it, so that rows cut off at its end are missed.

Rows written before this version keep their checksums, which do not cover their number; the head says how many they
are. The log takes a row only once the head names it, and the head only moves on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SQLITE = (
    # INSERT OR REPLACE deletes a row without its trigger, unless the connection asks for it.
    """
    CREATE TRIGGER audit_at_its_end BEFORE INSERT ON audit
    WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
    OR NOT EXISTS (SELECT 1 FROM audit_head WHERE newest = NEW.id AND checksum = NEW.checksum)
    BEGIN SELECT RAISE(ABORT, 'audit only grows at its end'); END
    """,
    """
    CREATE TRIGGER audit_head_moves_on BEFORE UPDATE ON audit_head
    WHEN NEW.id <> OLD.id OR NEW.newest <= OLD.newest OR NEW.unnumbered <> OLD.unnumbered
    BEGIN SELECT RAISE(ABORT, 'audit_head only moves on'); END
    """,
    """
    CREATE TRIGGER audit_head_no_insert BEFORE INSERT ON audit_head
    BEGIN SELECT RAISE(ABORT, 'audit_head only moves on'); END
    """,
    """
    CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head
    BEGIN SELECT RAISE(ABORT, 'audit_head only moves on'); END
    """,
)
POSTGRESQL = (
    # Whoever restores a store does so without a search path.
    """
    CREATE FUNCTION audit_at_its_end() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
    BEGIN
        IF NOT EXISTS (SELECT FROM audit_head WHERE newest = NEW.id AND checksum = NEW.checksum) THEN
            RAISE EXCEPTION 'audit only grows at its end';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION audit_head_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF NEW.id = OLD.id AND NEW.newest > OLD.newest AND NEW.unnumbered = OLD.unnumbered THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE EXCEPTION 'audit_head only moves on';
    END $$
    """,
    """
    CREATE TRIGGER audit_at_its_end BEFORE INSERT ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_at_its_end()
    """,
    """
    CREATE TRIGGER audit_head_moves_on BEFORE INSERT OR UPDATE OR DELETE ON audit_head
    FOR EACH ROW EXECUTE FUNCTION audit_head_moves_on()
    """,
    """
    CREATE TRIGGER audit_head_no_truncate BEFORE TRUNCATE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION audit_head_moves_on()
    """,
)


def upgrade() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("newest", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.Column("unnumbered", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.execute(
        "INSERT INTO audit_head (id, newest, checksum, unnumbered) SELECT 1, coalesce(max(id), 0),"
        " coalesce((SELECT checksum FROM audit ORDER BY id DESC LIMIT 1), ''), coalesce(max(id), 0) FROM audit"
    )
    for statement in POSTGRESQL if _postgresql() else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    """Rows that were written since stay; the checksums of an earlier version do not know them."""
    op.execute("DROP TRIGGER audit_at_its_end" + (" ON audit" if _postgresql() else ""))
    op.drop_table("audit_head")
    if _postgresql():
        op.execute("DROP FUNCTION audit_at_its_end()")
        op.execute("DROP FUNCTION audit_head_moves_on()")


def _postgresql() -> bool:
    return bool(op.get_bind().dialect.name == "postgresql")
