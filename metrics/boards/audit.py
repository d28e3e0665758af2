"""What the page of the audit log shows: rows, the newest first, and whether the log is what was written."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from data.audit import Entry, Fault
from data.audit_pages import ACTIONS, Checks, Wanted, part
from data.clock import VIETNAM
from data.scope import Scope
from data.store import Store
from metrics.figure import Figure, derived

#: Rows of one page, and of a file.
PAGE, FILE = 50, 100_000
_CHECKS = Checks()


@dataclass(frozen=True)
class Chain:
    """Whether the log is what was written: `whole` up to row `number` with this checksum, else the first bad row and
    what is wrong with it. `number` is 0 for a log without rows; `at` is when it was looked at."""

    whole: bool
    number: int
    checksum: str
    fault: Fault | None
    at: datetime


@dataclass(frozen=True)
class AuditBoard:
    """The board of `/audit`; moments are at UTC+7, or the text that stands there where it is none.

    `wanted` is what was asked for, `count` how many rows of the log that are, `shown` how many of them are here, and
    `older` whether there are more behind these. `chain` is None where the log may not be seen.
    """

    at: date
    wanted: Wanted
    entries: tuple[Entry, ...]
    count: Figure
    shown: Figure
    older: bool
    chain: Chain | None
    unknown: tuple[tuple[str, str], ...] = ()
    simulated: bool = False


def audit_board(store: Store, scope: Scope, at: date, wanted: Wanted, most: int = PAGE) -> AuditBoard:
    """The board of one moment of the store. Raises what the store raises."""
    with store.reading() as snapshot:
        found = part(snapshot, scope, wanted, most)
        checked = _CHECKS.checked(snapshot) if scope.agencies is None else None
    chain = None
    if checked is not None:
        last = checked.found.last
        number, checksum = (last.number, last.checksum) if last else (0, "")
        chain = Chain(checked.found.fault is None, number, checksum, checked.found.fault, checked.at)
    return AuditBoard(
        at=at,
        wanted=wanted,
        entries=tuple(map(_local, found.entries)),
        count=derived("audit/rows", found.count),
        shown=derived("audit/shown", len(found.entries)),
        older=found.older,
        chain=chain,
    )


def _local(entry: Entry) -> Entry:
    return entry if isinstance(entry.at, str) else replace(entry, at=entry.at.astimezone(VIETNAM))


__all__ = ["ACTIONS", "FILE", "PAGE", "AuditBoard", "Chain", "Entry", "Wanted", "audit_board"]
