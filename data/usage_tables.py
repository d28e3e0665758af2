"""The tables of the service catalogue and of what services are used.

`service` and `usage_day` are ledgers. `procedure`, `service_now` and `usage_agency` say what holds now; `usage` holds
the facts, a row for each agency, day, procedure and level, replaced by the day; the four `usage_*` tables of months
are its sums, recomputed for each agency and month that a delivery touches. Pages read sums and never facts.

Facts are a hundred million rows of whole numbers: agencies and procedures stand there by the number of their row,
days as 20200131, months as 202001.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from data.reference_tables import METADATA, needed, versioned, words

#: What is counted of dossiers, additive over agencies, procedures, levels and days.
FLOWS = ("received_online", "received_other", "resolved_on_time", "resolved_late", "satisfied", "rated")
#: What is still open at the end of a day: additive over agencies, procedures and levels, not over days.
STOCKS = ("pending", "pending_late")
COUNTS = (*FLOWS[:4], *STOCKS, *FLOWS[4:])
#: Counts that a portal may leave out; absent is not zero.
OPTIONAL = (*STOCKS, *FLOWS[4:])

SERVICE = versioned(
    "service",
    ("procedure_code", "agency_code", "valid_from"),
    *needed("procedure_code", "name", "service_group", "owner_code", "agency_code"),
    sa.Column("level", sa.Integer, nullable=False),
    sa.Column("valid_from", sa.Date, nullable=False),
    sa.Column("valid_to", sa.Date),
    *needed("status"),
    *words("reason"),
)

PROCEDURE = sa.Table(
    "procedure",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("code", sa.Text, nullable=False, unique=True),
    *needed("name"),
    sa.Column("group_id", sa.ForeignKey("service_group.id"), nullable=False),
    *needed("owner_code"),
)

SERVICE_GROUP = sa.Table(
    "service_group",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", sa.Text, nullable=False, unique=True),
)

USAGE_AGENCY = sa.Table(
    "usage_agency",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("code", sa.Text, nullable=False),
    # The same code means another agency at another time, and so has another number.
    sa.Column("valid_from", sa.Date, nullable=False),
    sa.UniqueConstraint("code", "valid_from"),
    sa.ForeignKeyConstraint(["code", "valid_from"], ["agency.code", "agency.valid_from"]),
)

SERVICE_NOW = sa.Table(
    "service_now",
    METADATA,
    sa.Column("agency", sa.ForeignKey("usage_agency.id"), primary_key=True),
    sa.Column("procedure", sa.ForeignKey("procedure.id"), primary_key=True),
    sa.Column("first_day", sa.Integer, primary_key=True),
    sa.Column("last_day", sa.Integer),
    sa.Column("level", sa.SmallInteger, nullable=False),
    sa.Column("simulated", sa.Boolean, nullable=False),
    sqlite_with_rowid=False,
)


def _counted(name: str, key: Sequence[str], counts: type[sa.Integer]) -> sa.Table:
    """A table of counts under a key of whole numbers."""
    cells: list[sa.Column[Any]] = [sa.Column(column, sa.Integer, primary_key=True) for column in key]
    cells += [sa.Column(column, counts, nullable=column in OPTIONAL) for column in COUNTS]
    return sa.Table(name, METADATA, *cells, sqlite_with_rowid=False)


#: No key leads from here to other tables: a delivery is checked against them before, and checking each of a hundred
#: million rows again would take as long as the delivery.
USAGE = _counted("usage", ("agency", "day", "procedure", "level"), sa.Integer)
#: The three grains, the month first: a page asks for some months of many.
BY_PROCEDURE = _counted("usage_by_procedure", ("month", "agency", "procedure", "level"), sa.BigInteger)
BY_GROUP = _counted("usage_by_group", ("month", "agency", "group_id", "level"), sa.BigInteger)
BY_AGENCY = _counted("usage_by_agency", ("month", "agency", "level"), sa.BigInteger)

USAGE_DAY = versioned(
    "usage_day",
    ("agency", "day"),
    sa.Column("agency", sa.ForeignKey("usage_agency.id"), nullable=False),
    sa.Column("day", sa.Integer, nullable=False),
    *needed("status"),
    sa.Column("rows", sa.Integer, nullable=False),
    *(sa.Column(name, sa.BigInteger) for name in COUNTS),
)

USAGE_MONTH = sa.Table(
    "usage_month",
    METADATA,
    sa.Column("month", sa.Integer, primary_key=True),
    sa.Column("agency", sa.Integer, primary_key=True),
    # Of how many days the sums are, and which is the last of them.
    sa.Column("days", sa.Integer, nullable=False),
    sa.Column("last_day", sa.Integer, nullable=False),
    sa.Column("simulated", sa.Boolean, nullable=False),
    sqlite_with_rowid=False,
)

#: Those of these tables that only ever grow.
USAGE_LEDGERS = (SERVICE, USAGE_DAY)
#: Those that pages and programs read.
USAGE_SUMS = (BY_PROCEDURE, BY_GROUP, BY_AGENCY, USAGE_MONTH)
