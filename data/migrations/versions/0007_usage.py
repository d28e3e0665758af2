"""The catalogue of services, the facts of their usage, and the sums of those."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from data.migrations.guards import guard

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_COUNTS = (
    *("received_online", "received_other", "resolved_on_time", "resolved_late"),
    *("pending", "pending_late", "satisfied", "rated"),
)
_OPTIONAL = _COUNTS[4:]
_SUMS = {
    "usage_by_procedure": ("month", "agency", "procedure", "level"),
    "usage_by_group": ("month", "agency", "group_id", "level"),
    "usage_by_agency": ("month", "agency", "level"),
}


def _needed(*names: str) -> "list[sa.Column[str]]":
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _counted(name: str, key: tuple[str, ...], counts: "type[sa.Integer]") -> None:
    op.create_table(
        name,
        *(sa.Column(column, sa.Integer(), nullable=False) for column in key),
        *(sa.Column(column, counts(), nullable=column in _OPTIONAL) for column in _COUNTS),
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}")),
        sqlite_with_rowid=False,
    )


def _versioned(name: str, key: tuple[str, ...], *content: "sa.Column[Any] | sa.ForeignKeyConstraint") -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *content,
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f(f"fk_{name}_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint(*key, "revision", name=op.f(f"uq_{name}_{'_'.join(key)}_revision")),
    )
    guard(name)


def upgrade() -> None:
    _versioned(
        "service",
        ("procedure_code", "agency_code", "valid_from"),
        *_needed("procedure_code", "name", "service_group", "owner_code", "agency_code"),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        *_needed("status"),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
    )
    op.create_table(
        "service_group",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *_needed("name"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_group")),
        sa.UniqueConstraint("name", name=op.f("uq_service_group_name")),
    )
    op.create_table(
        "procedure",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *_needed("code", "name"),
        sa.Column("group_id", sa.Integer(), nullable=False),
        *_needed("owner_code"),
        sa.ForeignKeyConstraint(["group_id"], ["service_group.id"], name=op.f("fk_procedure_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure")),
        sa.UniqueConstraint("code", name=op.f("uq_procedure_code")),
    )
    op.create_table(
        "usage_agency",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *_needed("code"),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["code", "valid_from"], ["agency.code", "agency.valid_from"], name=op.f("fk_usage_agency_code_valid_from")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_usage_agency")),
        sa.UniqueConstraint("code", "valid_from", name=op.f("uq_usage_agency_code_valid_from")),
    )
    op.create_table(
        "service_now",
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("agency", "procedure", "first_day")),
        sa.Column("last_day", sa.Integer(), nullable=True),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["agency"], ["usage_agency.id"], name=op.f("fk_service_now_agency")),
        sa.ForeignKeyConstraint(["procedure"], ["procedure.id"], name=op.f("fk_service_now_procedure")),
        sa.PrimaryKeyConstraint("agency", "procedure", "first_day", name=op.f("pk_service_now")),
        sqlite_with_rowid=False,
    )
    _counted("usage", ("agency", "day", "procedure", "level"), sa.Integer)
    for name, key in _SUMS.items():
        _counted(name, key, sa.BigInteger)
    _versioned(
        "usage_day",
        ("agency", "day"),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("agency", "day")),
        *_needed("status"),
        sa.Column("rows", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in _COUNTS),
        sa.ForeignKeyConstraint(["agency"], ["usage_agency.id"], name=op.f("fk_usage_day_agency")),
    )
    op.create_table(
        "usage_month",
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("month", "agency", "days", "last_day")),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("month", "agency", name=op.f("pk_usage_month")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for name in ("usage_month", "usage_day", *_SUMS, "usage", "service_now", "usage_agency", "procedure"):
        op.drop_table(name)
    op.drop_table("service_group")
    op.drop_table("service")
