"""The tables of people, their sessions, and their tries to sign in.

None is a ledger: what becomes of a person or a session is told by the audit log.
"""

import sqlalchemy as sa

from data.reference_tables import METADATA, Instant, needed

PERSON = sa.Table(
    "person",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    # The name somebody signs in with, folded; it stays taken, so that the audit log speaks of one person by it.
    sa.Column("name", sa.Text, nullable=False, unique=True),
    *needed("display", "role"),
    sa.Column("agency_code", sa.Text),
    # Empty where a person signs in elsewhere only, or was not given a password yet.
    sa.Column("password_hash", sa.Text),
    # By whom and as what a person who signs in elsewhere is known; both or neither.
    sa.Column("issuer", sa.Text),
    sa.Column("subject", sa.Text),
    sa.Column("added_at", Instant, nullable=False),
    sa.Column("disabled_at", Instant),
    sa.UniqueConstraint("issuer", "subject"),
    sa.CheckConstraint("(issuer IS NULL) = (subject IS NULL)", name="known_elsewhere"),
)

#: No token is kept, only its sha256: whoever reads the table cannot pass for a person.
PERSON_SESSION = sa.Table(
    "person_session",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("token_sha256", sa.String(64), nullable=False, unique=True),
    sa.Column("person_id", sa.ForeignKey("person.id"), nullable=False, index=True),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("seen_at", Instant, nullable=False),
    # Both empty until somebody ended it; a session that only became too old has neither.
    sa.Column("ended_at", Instant),
    sa.Column("why_ended", sa.Text),
)

#: Tries that did not succeed, for as long as they count.
LOGIN_TRY = sa.Table(
    "login_try",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    # Of the name that was given, or whose the token was, and of where it came from.
    sa.Column("print_sha256", sa.String(64), nullable=False),
    sa.Column("at", Instant, nullable=False),
    # Whether it was refused unseen, because as many had failed as may.
    sa.Column("throttled", sa.Boolean, nullable=False),
)
sa.Index(None, LOGIN_TRY.c.print_sha256, LOGIN_TRY.c.at)
