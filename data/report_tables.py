"""The tables of report regimes and of what arrives of them.

`regime` and `receipt` are ledgers; `report` is the projection of the receipts: one row for each report of which
anything arrived, so that a page reads the reports of a period by their key and never the whole history.
"""

import sqlalchemy as sa

from data.reference_tables import METADATA, Instant, needed, versioned, words

REGIME = versioned(
    "regime",
    ("code",),
    *needed("code", "name_vi", "name_en", "periodicity", "owners"),
    # digitised: yes, no, or the empty text where nobody told.
    *words("document", "digitised", "indicators"),
    sa.Column("cutoff_day", sa.Integer, nullable=False),
    sa.Column("grace_days", sa.Integer, nullable=False),
    *needed("status"),
    sa.Column("valid_from", sa.Date),
    sa.Column("valid_to", sa.Date),
    *words("source", "source_ref", "reason"),
)

RECEIPT = versioned(
    "receipt",
    ("period", "agency_code", "regime_code", "received_at"),
    *needed("regime_code", "agency_code", "period"),
    sa.Column("received_at", Instant, nullable=False),
    # The days the report speaks of and its due day, never derived from the name of a month again.
    *(sa.Column(name, sa.Date, nullable=False) for name in ("period_start", "period_end", "due")),
    # The day it was received on at UTC+7.
    sa.Column("received_on", sa.Date, nullable=False),
    *needed("result"),
    # Why it was refused, codes of the contract, where the product itself refused it.
    *words("codes", "file", "note"),
    *needed("status"),
    *words("source", "reason"),
    sa.Column("published", sa.Date, nullable=False),
    sa.Index(None, "received_on"),
)

REPORT = sa.Table(
    "report",
    METADATA,
    # In the order of a page: one period, agency by agency.
    *(sa.Column(name, sa.Text, primary_key=True) for name in ("period", "agency_code", "regime_code")),
    sa.Column("due", sa.Date, nullable=False),
    sa.Column("taken_at", Instant),
    sa.Column("taken_on", sa.Date),
    sa.Column("refused_at", Instant),
    sa.Column("refusals", sa.Integer, nullable=False),
    sa.Column("simulated", sa.Boolean, nullable=False),
    # Before the first day nothing was known of it; from the second on this row holds.
    sa.Column("first_published", sa.Date, nullable=False),
    sa.Column("settled", sa.Date, nullable=False),
    sqlite_with_rowid=False,
)

#: Those of these tables that only ever grow.
REPORT_LEDGERS = (REGIME, RECEIPT)
