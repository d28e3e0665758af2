"""The table of the tokens with which programs deliver.

It is no ledger: what becomes of a token is told by the audit log.
"""

import sqlalchemy as sa

from data.reference_tables import METADATA, Instant, needed

#: No token is kept, only its sha256: whoever reads the table cannot pass for a program.
PROGRAM_TOKEN = sa.Table(
    "program_token",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    # How the program is called, and the agency whose rows it may deliver.
    *needed("name", "agency_code"),
    sa.Column("token_sha256", sa.String(64), nullable=False, unique=True),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    # Empty until somebody revoked it.
    sa.Column("revoked_at", Instant),
    # When something was last asked with it, to the minute; empty until then.
    sa.Column("used_at", Instant),
)
_HELD = PROGRAM_TOKEN.c.revoked_at.is_(None)
#: A name is free again once its token was revoked, so that the program can be given another.
sa.Index(None, PROGRAM_TOKEN.c.name, unique=True, sqlite_where=_HELD, postgresql_where=_HELD)
