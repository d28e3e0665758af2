"""Keeping regimes and receipts: every delivery of a report stays; where each report stands is written beside it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data.ledger import versions
from data.ledger.entries import Change, Content, Kept, Key, Stamp, insert, refuse_contradiction
from data.refusal import Problems
from data.report_tables import RECEIPT, REGIME, REPORT
from data.sources.kinds import RECEIPTS, REGIMES, WITHDRAWN

#: What says which report a receipt is of, in the order of the key of `report`.
CELL = ("period", "agency_code", "regime_code")
#: What may not change in a regime of which reports arrived: they were judged by it.
_CYCLE = ("periodicity", "cutoff_day", "grace_days")
#: So many keys are asked for at once; an engine takes no more than some ten thousand.
_AT_ONCE = 400


def kept_regimes(connection: Connection) -> dict[Key, Kept]:
    """The newest revision of every regime."""
    return versions.kept_in(connection, REGIME, REGIMES)


def kept_receipts(connection: Connection, rows: Iterable[tuple[int, Content]]) -> dict[Key, Kept]:
    """The newest revision of every receipt of the periods and regimes of the rows."""
    found = [content for _, content in rows]
    among = [RECEIPT.c[name].in_(sorted({each[name] for each in found})) for name in ("period", "regime_code")]
    return versions.kept_in(connection, RECEIPT, RECEIPTS, *among)


def refuse_regimes(connection: Connection, found: Sequence[Change], problems: Problems) -> None:
    """Note corrections after which reports that arrived would be of other days, and simulated ones over told ones."""
    for change in found:
        new, old = change.content, change.before
        if old is None:
            continue
        before, now = (", ".join(f"{name}={side[name]}" for name in _CYCLE) for side in (old, new))
        if before != now and _arrived(connection, new["code"]):
            problems.add("E_CONFLICT", "cycle_of_receipts", line=change.line, column="periodicity", value=new["code"],
                         old=before, new=now)  # fmt: skip
        if new["status"] == "simulated" != old["status"]:
            problems.add(
                "E_CONFLICT", "simulated_over_official", line=change.line, column="status", value="simulated"
            )


def refuse_receipts(_connection: Connection, found: Sequence[Change], problems: Problems) -> None:
    """Note what no reason can mend."""
    for change in found:
        refuse_contradiction(change, problems)


def _arrived(connection: Connection, regime: str) -> bool:
    return bool(connection.execute(sa.select(sa.exists().where(REPORT.c.regime_code == regime))).scalar())


def save_regimes(connection: Connection, found: Sequence[Change], stamp: Stamp) -> None:
    """Add the revisions to the ledger."""
    versions.save_in(connection, REGIME, found, stamp)


def save_receipts(connection: Connection, found: Sequence[Change], stamp: Stamp) -> None:
    """Add the revisions to the ledger, and write where the reports they are of stand."""
    versions.save_in(connection, RECEIPT, found, stamp)
    project(connection, {tuple(change.content[name] for name in CELL) for change in found})


def project(connection: Connection, touched: set[tuple[str, ...]]) -> None:
    """Write anew where these reports stand: (period, agency, regime) of each."""
    if not touched:
        return
    periods, regimes = sorted({cell[0] for cell in touched}), sorted({cell[2] for cell in touched})
    among = RECEIPT.c.period.in_(periods), RECEIPT.c.regime_code.in_(regimes)
    told = sa.select(RECEIPT).where(*among).order_by(RECEIPT.c.revision)
    rows: dict[tuple[str, ...], dict[Any, Mapping[str, Any]]] = {}
    published: dict[tuple[str, ...], set[date]] = {}
    for row in connection.execute(told):
        content = dict(row._mapping)
        cell = tuple(content[name] for name in CELL)
        if cell in touched:
            rows.setdefault(cell, {})[content["received_at"]] = content
            published.setdefault(cell, set()).add(content["published"])
    known = sa.select(*(REPORT.c[name] for name in CELL))
    known = known.where(REPORT.c.period.in_(periods), REPORT.c.regime_code.in_(regimes))
    stale = [tuple(row) for row in connection.execute(known) if tuple(row) in touched]
    same = sa.and_(*(REPORT.c[name] == sa.bindparam(f"of_{name}") for name in CELL))
    for at in range(0, len(stale), _AT_ONCE):
        part = [
            {f"of_{name}": each for name, each in zip(CELL, cell, strict=True)} for cell in stale[at : at + _AT_ONCE]
        ]
        connection.execute(REPORT.delete().where(same), part)
    insert(connection, REPORT, map(partial(_report, rows, published), sorted(touched)))


def astray(connection: Connection, at: date) -> Iterator[tuple[str, ...]]:
    """The reports (period, agency, regime) known by the end of a day whose row is not what their receipts make it."""
    rows: dict[tuple[str, ...], dict[Any, Mapping[str, Any]]] = {}
    published: dict[tuple[str, ...], set[date]] = {}
    for row in connection.execute(sa.select(RECEIPT).order_by(RECEIPT.c.revision)):
        content = dict(row._mapping)
        cell = tuple(content[name] for name in CELL)
        rows.setdefault(cell, {})[content["received_at"]] = content
        published.setdefault(cell, set()).add(content["published"])
    kept = {tuple(row[name] for name in CELL): dict(row) for row in connection.execute(sa.select(REPORT)).mappings()}
    for cell in sorted({*rows, *kept}):
        made = _report(rows, published, cell) if cell in rows else None
        if made != kept.get(cell) and (made is None or made["first_published"] <= at):
            yield cell


def _report(
    rows: Mapping[tuple[str, ...], Mapping[Any, Mapping[str, Any]]],
    published: Mapping[tuple[str, ...], set[date]],
    cell: tuple[str, ...],
) -> dict[str, Any]:
    newest = list(rows[cell].values())
    first = {"first_published": min(published[cell]), "settled": max(published[cell]), "due": newest[0]["due"]}
    return dict(zip(CELL, cell, strict=True)) | first | came_to(newest)


def came_to(newest: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Where one report stands by the newest revisions of its receipts: a report that was taken once stays taken,
    whatever was refused since; `taken_at` is when it first was. Withdrawn receipts do not count."""
    told = [row for row in newest if row["status"] != WITHDRAWN]
    taken = min((row for row in told if row["result"] == "received"), key=_moment, default=None)
    refused = [row["received_at"] for row in told if row["result"] == "rejected"]
    return {
        "taken_at": taken["received_at"] if taken else None,
        "taken_on": taken["received_on"] if taken else None,
        "refused_at": max(refused, default=None),
        "refusals": len(refused),
        "simulated": any(row["status"] == "simulated" for row in told),
    }


def _moment(row: Mapping[str, Any]) -> datetime:
    moment: datetime = row["received_at"]
    return moment
