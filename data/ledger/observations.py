"""Keeping figures: revisions in the ledger, the newest of each in `current`, both in one transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data import embargo
from data.ledger import stretches
from data.ledger.entries import (
    Change,
    Content,
    Kept,
    Key,
    Stamp,
    insert,
    last_checksum,
    link,
    next_id,
    refuse_contradiction,
    sort_out,
)
from data.ledger.stretches import Waiting
from data.refusal import Problems
from data.schema import CURRENT, OBSERVATION
from data.scope import EVERYTHING, Scope
from data.sources.kinds import OBSERVATIONS, WITHDRAWN
from data.sources.observations import Delivered

_BOOKKEEPING = ("id", "revision", "submission_id", "recorded_at", "checksum")
CONTENT = tuple(column.name for column in OBSERVATION.columns if column.name not in _BOOKKEEPING)
_EMBARGO = "embargo_until"
#: What the checksum of a row is taken over; rows under no embargo keep the checksums of earlier versions.
_CHAINED = (*(name for name in CONTENT if name != _EMBARGO), "revision", "submission_id", "recorded_at")

# The whole key of `current`, so that its index is followed; no embargo is on any of these figures.
_MOVED = ("observation_id", "revision", "published", "period_end")
_MOVE = (
    CURRENT.update()
    .where(*(CURRENT.c[name] == sa.bindparam(f"of_{name}") for name in OBSERVATIONS.key))
    .values({name: sa.bindparam(f"to_{name}") for name in _MOVED})
)


def kept(connection: Connection, indicators: Iterable[str], scope: Scope = EVERYTHING) -> dict[Key, Kept]:
    """The newest revision of every figure of these indicators, as a scope sees it: under its number in the ledger."""
    rows = connection.execute(
        sa.select(OBSERVATION)
        .join(CURRENT, CURRENT.c.observation_id == OBSERVATION.c.id)
        .where(CURRENT.c.indicator_code.in_(sorted(set(indicators))), embargo.standing(connection, scope))
    ).mappings()
    return {
        tuple(str(row[name]) for name in OBSERVATIONS.key): Kept(
            row["revision"], {name: row[name] for name in CONTENT}
        )
        for row in rows
    }


def chained(row: Mapping[str, Any]) -> list[object]:
    """The cells that the checksum of a row is taken over."""
    return [*(row[name] for name in _CHAINED), *([] if row[_EMBARGO] is None else [row[_EMBARGO]])]


def changes(
    rows: Iterable[Delivered],
    stored: dict[Key, Kept],
    waiting: Mapping[Key, Waiting],
    problems: Problems,
    reason: str,
    now: datetime,
) -> list[Change]:
    """What the file adds or corrects; refuses what no reason can mend. `stored` is what whoever delivers it sees,
    `waiting` what of it is still under embargo: none, where they see no embargo."""
    rows = list(rows)
    for row in rows if stored else ():
        before = stored.get(key_of(row.content))
        if before is None:
            continue
        until = row.content[_EMBARGO]
        if _over(until, now) and _over(before.content[_EMBARGO], now):
            # An embargo that has passed is none: a row is not another for it.
            before.content[_EMBARGO] = until
        if not row.published_given:
            row.content["published"] = _became_known(row.content, before.content)
        if key_of(row.content) in waiting and _over(until, now):
            row.content[_EMBARGO] = _secret(row, waiting[key_of(row.content)])
    found = sort_out(((row.line, row.content) for row in rows), OBSERVATIONS, stored, problems, reason)
    for change in found:
        refuse_contradiction(change, problems)
    return found


def _secret(row: Delivered, waiting: Waiting) -> datetime | None:
    """The embargo of which alone a row speaks: to whoever sees no embargo it would put in its place what stands there
    anyway, or withdraw what was never there. Its own where it says something new to them."""
    content, seen = row.content, waiting.seen
    if seen is None:
        nothing_new = content["status"] == WITHDRAWN
    else:
        aside = ("reason", _EMBARGO) if row.published_given else ("reason", _EMBARGO, "published")
        nothing_new = all(str(content[name]) == str(seen[name]) for name in CONTENT if name not in aside)
    until: datetime | None = min(waiting.until) if nothing_new else content[_EMBARGO]
    return until


def placed(found: Sequence[Change], newest: Mapping[Key, Kept]) -> list[Change]:
    """The changes with their numbers in the ledger: whoever sees no embargo does not know how many there are."""
    return [
        replace(change, revision=before.revision + 1) if (before := newest.get(key_of(change.content))) else change
        for change in found
    ]


def _over(until: datetime | None, now: datetime) -> bool:
    return until is None or until <= now


def key_of(content: Mapping[str, Any]) -> Key:
    """Which figure a row is: indicator, agency, period, source."""
    return tuple(str(content[name]) for name in OBSERVATIONS.key)


def _became_known(new: Content, old: Content) -> date:
    """Where the file does not say: an unchanged figure keeps its day, a changed one is known from today on."""
    # As texts, for 10.70 in place of 10.7 is a change too.
    changed = any(str(new[name]) != str(old[name]) for name in new if name not in ("reason", "published"))
    day: date = max(old["published"], new["published"]) if changed else old["published"]
    return day


def save(connection: Connection, found: Sequence[Change], stamp: Stamp) -> None:
    """Add the revisions to the ledger and bring `current` up to them."""
    under = stretches.embargoed(connection, {change.content["indicator_code"] for change in found})
    under |= {key_of(change.content) for change in found if change.content[_EMBARGO] is not None}
    first = next_id(connection, OBSERVATION)
    insert(connection, OBSERVATION, _chained(found, first, last_checksum(connection, OBSERVATION), stamp))
    numbered = list(enumerate(found, first))
    if under:
        touched = [each for each in numbered if key_of(each[1].content) in under]
        numbered = [each for each in numbered if key_of(each[1].content) not in under]
        rows = [{**change.content, "id": number} for number, change in touched if change.revision == 1]
        insert(connection, CURRENT, (cells for row in rows for cells in stretches.stretches_of([row])))
        stretches.renew(connection, [key_of(change.content) for _, change in touched if change.revision > 1])
    new = ((number, change) for number, change in numbered if change.revision == 1)
    insert(connection, CURRENT, (_pointer(number, change) | _first(change) for number, change in new))
    moved = [
        {f"of_{name}": change.before[name] for name in OBSERVATIONS.key}
        | {f"to_{name}": value for name, value in _pointer(number, change).items() if name in _MOVED}
        for number, change in numbered
        if change.before is not None
    ]
    if moved:
        connection.execute(_MOVE, moved)


def _chained(found: Sequence[Change], first: int, checksum: str, stamp: Stamp) -> Iterator[dict[str, Any]]:
    """The rows of the ledger, each with the checksum that follows from the row before."""
    for number, change in enumerate(stamp.shown(found), first):
        content = change.content
        row = {name: content[name] for name in CONTENT}
        row["revision"] = change.revision
        row |= stamp.cells
        checksum = link(checksum, chained(row))
        row |= {"id": number, "checksum": checksum}
        yield row


def _pointer(number: int, change: Change) -> dict[str, Any]:
    pointed = {name: change.content[name] for name in (*OBSERVATIONS.key, "period_end", "published")}
    return pointed | {"observation_id": number, "revision": change.revision}


def _first(change: Change) -> dict[str, Any]:
    return {"first_published": change.content["published"]}
