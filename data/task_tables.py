"""The tables of what was demanded of whom and what is told of it: directives and check-ins, systems and milestones,
letters, and the lists of those who were slow. All of them only ever grow."""

import sqlalchemy as sa

from data.reference_tables import METADATA, Instant, needed, versioned, words

DIRECTIVE = versioned(
    "directive",
    ("code", "event", "source"),
    *needed("code", "event"),
    sa.Column("source", sa.ForeignKey("source.code"), nullable=False),
    *needed("name_vi", "name_en"),
    # A code, ALL, or the empty text where the source names nobody; `owner_words` is how it words it.
    *words("owner", "owner_words", "co_owners", "owner_certainty"),
    # The period it is due in; the empty text where no date is given.
    *words("due", "due_certainty", "indicators", "source_ref", "phrase", "reason"),
    sa.Column("set_on", sa.Date, nullable=False),
)

CHECKIN = versioned(
    "checkin",
    ("directive_code", "event", "date", "source"),
    *needed("directive_code", "event"),
    # The day it speaks of: the day it was done, or the day on which it stood so.
    sa.Column("date", sa.Date, nullable=False),
    sa.Column("source", sa.ForeignKey("source.code"), nullable=False),
    *needed("state"),
    # Whose word it is; the empty text where no agency speaks.
    *words("agency_code"),
    *needed("status", "certainty"),
    *words("note", "evidence", "link", "source_ref", "phrase", "reason"),
    sa.Column("published", sa.Date, nullable=False),
)

SYSTEM = versioned(
    "system",
    ("code",),
    *needed("code", "name_vi", "name_en"),
    # A code, ALL, or the empty text where no source names anybody; `owner_words` is how it is worded.
    *words("owner", "owner_words", "co_owners", "owner_certainty", "purpose_vi", "purpose_en"),
    # How a source speaks of a platform that agencies are to share; the empty text for any other system.
    *words("shared_as"),
    # Codes of indicators (who is connected; anything else of it) and of directives, with ; between.
    *words("connects", "indicators", "directives"),
    sa.Column("source", sa.ForeignKey("source.code")),
    *words("source_ref", "phrase", "reason"),
    sa.Column("published", sa.Date, nullable=False),
)

MILESTONE = versioned(
    "milestone",
    ("system_code", "event", "source"),
    *needed("system_code", "event"),
    sa.Column("source", sa.ForeignKey("source.code"), nullable=False),
    *needed("name_vi", "name_en"),
    # The period it is planned for; the empty text where it is told and not planned.
    *words("due"),
    # The day it was reached, or on which it was told to stand so; null where it is planned.
    sa.Column("reached", sa.Date),
    *needed("state", "certainty"),
    *words("source_ref", "phrase", "reason"),
    sa.Column("published", sa.Date, nullable=False),
)

LETTER = versioned(
    "letter",
    ("kind", "agency_code", "subject", "part", "date"),
    # A reminder to the agency, or its reply.
    *needed("kind", "agency_code"),
    # What it is about: a directive and its event, or an indicator or report regime and its period.
    *needed("subject", "part"),
    sa.Column("date", sa.Date, nullable=False),
    # Who sent a reminder and by which document; the words of a reply.
    *words("sent_by", "document", "words"),
    *needed("status"),
    *words("reason"),
    sa.Column("published", sa.Date, nullable=False),
)

#: Each step of a list of those who were slow: drafted, signed, reported.
DOSSIER = sa.Table(
    "dossier",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("number", sa.Integer, nullable=False),
    *needed("step", "person"),
    # The day as known on which the list was drafted.
    sa.Column("at", sa.Date, nullable=False),
    # The day of the step, and the document by which the list was reported.
    sa.Column("date", sa.Date, nullable=False),
    *words("document"),
    # What the list says, of the draft alone; its hash stands at each step.
    *words("content"),
    sa.Column("sha256", sa.String(64), nullable=False),
    # The file as it was signed, and its hash; null at the other steps.
    sa.Column("file", sa.LargeBinary),
    sa.Column("file_sha256", sa.String(64)),
    sa.Column("simulated", sa.Boolean, nullable=False),
    sa.Column("recorded_at", Instant, nullable=False),
    # sha256 over the row before it and this row's content: a changed row breaks every later link.
    sa.Column("checksum", sa.String(64), nullable=False),
    sa.UniqueConstraint("number", "step"),
)

TASK_LEDGERS = (DIRECTIVE, CHECKIN, SYSTEM, MILESTONE, LETTER, DOSSIER)
