"""The audit log as a table, over its page and as a file."""

from datetime import date, datetime

from i18n import Say
from i18n.formats import day
from layouts.classification import label_of
from layouts.twin import Twin
from metrics.boards.audit import AuditBoard


def moment_text(at: datetime | str) -> str:
    """A moment to the second; what somebody wrote there that is none, as it stands."""
    return at if isinstance(at, str) else f"{day(at.date())} {at:%H:%M:%S}"


def audit_twin(board: AuditBoard, say: Say) -> Twin:
    """The same rows."""
    rows: list[tuple[date | str | None, ...]] = [
        (
            str(each.number),
            moment_text(each.at),
            each.actor,
            each.action,
            each.detail,
            each.checksum,
        )
        for each in board.entries
    ]
    columns = ("row", "moment", "actor", "action", "detail", "checksum")
    title = f"{say('audit.rows')} ({label_of(say, public=False)})"
    return Twin(title, columns, tuple(rows), note=say("audit.note"))
