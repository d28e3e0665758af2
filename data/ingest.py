"""Files in: all of them are taken, or none.

    read -> check -> compare with what is kept -> keep, in one transaction

Raises Refusal where a file is wrong and Held where it may be right; either way the store is as it was, but for a
row of the audit log. Where a file corrects figures of a closed period it raises Proposed, having kept what it would
correct for a second person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data import answering, embargo, proposing, queries, trail
from data.audit import EMBARGO
from data.comparison import compare
from data.delivery import Delivery
from data.ledger.entries import Content, Stamp, audit, insert, next_id
from data.names import Matcher
from data.proposing import NeedsSecond, Wanted
from data.refusal import Gathered, Held, Problems, Refusal, refuse
from data.register import Register
from data.schema import SUBMISSION
from data.scope import EVERYTHING
from data.secrecy import refuse_said
from data.sheet import Sheet
from data.sources.kinds import KINDS, OBSERVATIONS, USAGE, Kind
from data.sources.mapped import map_grid
from data.sources.mapping import Mapping, read_mapping
from data.sources.tables import as_sheet, read_grid
from data.store import Store
from data.trail import Correction

if TYPE_CHECKING:
    from hashlib import _Hash as HASH

    from data.usage.load import Desk


class _DryRun(Exception):  # noqa: N818 - not an error: how a dry run leaves the transaction
    pass


@dataclass(frozen=True)
class Taken:
    """What became of one file. `identical_to` is the number of the submission that brought the same file before, else
    `submission` that of its own; that, its sha256 and the first of what it corrected make it no other outcome."""

    file: str
    rows: int
    new: int
    corrected: int
    identical_to: int | None = None
    submission: int | None = field(default=None, compare=False)
    sha256: str | None = field(default=None, compare=False)
    corrections: tuple[Correction, ...] = field(default=(), compare=False)

    @property
    def same(self) -> int:
        """How many of its rows were kept already in the same words."""
        return self.rows - self.new - self.corrected


@dataclass(frozen=True)
class _File:
    """A file that was read: its name as given, what makes it the same as another, and its table."""

    name: str
    digest: str
    sheet: Sheet | None
    path: Path
    rows: int = 0


def ingest(kind_name: str, files: Sequence[tuple[Path, str]], store: Store, delivery: Delivery) -> list[Taken]:
    """Take files of one kind; each is (path, name as the user gave it). Raises Refusal, Held or Proposed."""
    kind, asked = KINDS[kind_name], False
    action = f"ingest {kind.name}"
    try:
        refuse_said(delivery, [name for _, name in files])
        _refuse_unasked(store, delivery)
        asked = True
        read = _read_all(kind, files, store, delivery)
        with store.writing() as connection:
            delivery.require(connection)
            taken = _take_all(kind, read, connection, delivery)
            if delivery.dry_run:
                raise _DryRun
            _record(connection, taken, delivery)
            audit(connection, delivery.actor, action, _told(connection, taken))
    except _DryRun:
        return taken
    except NeedsSecond as trouble:
        raise proposing.proposed(store, delivery, trouble.wanted) from None
    except Refusal as trouble:
        if not delivery.dry_run:
            _audit_refusal(store, delivery if asked else replace(delivery, answers=None), action, files, trouble)
        raise
    return taken


def _refuse_unasked(store: Store, delivery: Delivery) -> None:
    """Raise Refusal where the files are said to be a report that nobody asks for."""
    if delivery.answers is not None:
        with store.reading() as snapshot:
            answering.refuse_unasked(delivery.answers, queries.register(snapshot, EVERYTHING), delivery)


def _record(connection: Connection, taken: Sequence[Taken], delivery: Delivery) -> None:
    """Record the report that was taken; one that was taken before, in the same files, stays as it is."""
    if delivery.answers is None:
        return
    brought = [each.submission for each in taken if each.submission is not None]
    if brought or not answering.taken_before(connection, delivery.answers):
        register, submission = queries.register(connection, EVERYTHING), brought[0] if brought else None
        answering.record(
            connection, register, delivery, [Path(each.file).name for each in taken], submission=submission
        )


def _audit_refusal(
    store: Store, delivery: Delivery, action: str, files: Sequence[tuple[Path, str]], trouble: Refusal
) -> None:
    with store.writing() as connection:
        if delivery.answers is not None and not isinstance(trouble, Held):
            register, names = queries.register(connection, EVERYTHING), [Path(name).name for _, name in files]
            answering.record(connection, register, delivery, names, refused=trail.codes_of(trouble))
        audit(connection, delivery.actor, action, trail.of_refused(files, trouble))


def _told(connection: Connection, taken: Sequence[Taken]) -> dict[str, object]:
    """What the audit log says of files that were taken; until when that is of figures under embargo, where it is."""
    counted = ("file", "sha256", "rows", "new", "corrected", "same", "identical_to", "submission")
    corrected = [correction for each in taken for correction in each.corrections]
    until = embargo.longest(connection, [each.submission for each in taken if each.submission is not None])
    return {
        "files": [{name: getattr(each, name) for name in counted} for each in taken],
        "result": "identical" if all(each.identical_to is not None for each in taken) else "taken",
        "corrections": [vars(correction) for correction in corrected[: trail.MOST]],
    } | ({} if until is None else {EMBARGO: until})


def _read_all(kind: Kind, files: Sequence[tuple[Path, str]], store: Store, delivery: Delivery) -> list[_File]:
    """Read every file before the store is locked; one that was delivered before is not read again."""
    read, gathered = [], Gathered()
    with store.reading() as snapshot:
        register = queries.register(snapshot, EVERYTHING)
        for path, name in files:
            with gathered:
                mapping = _mapping(kind, name, delivery)
                if kind is USAGE:
                    read.append(_surveyed(path, name))
                    continue
                digest = _digest(path, name, mapping)
                known = _delivered(snapshot, kind, digest)
                sheet = None if known else _sheet(kind, path, name, mapping, register)
                read.append(_File(name, digest, sheet, path))
    gathered.stop()
    return read


def _mapping(kind: Kind, name: str, delivery: Delivery) -> Mapping | None:
    """How the file `name` is to be read; None where it is written in our own columns."""
    if delivery.mapping is None:
        return None
    if kind is not OBSERVATIONS:
        raise refuse(name, "E_CONTENT_TYPE", "mapping_kind", kind=kind.name)
    return read_mapping(delivery.mapping)


def _digest(path: Path, name: str, mapping: Mapping | None) -> str:
    """What makes two deliveries the same: the bytes of the file, of its mapping and of the codebook it names."""
    digest = _hashed(path, name)
    if mapping is not None:
        digest.update(_hashed(Path(mapping.file), mapping.file).digest())
        if mapping.codebook is not None:
            digest.update(_hashed(path.parent / mapping.codebook.file, mapping.codebook.file).digest())
    return digest.hexdigest()


def _hashed(path: Path, name: str) -> "HASH":
    """The hash of a file, which may be longer than the longest that is taken: it is never in memory as a whole."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256")
    except OSError as trouble:
        raise refuse(name, "E_CONTENT_TYPE", "unreadable", why=str(trouble.strerror)) from trouble


def _delivered(connection: Connection, kind: Kind, digest: str) -> int | None:
    """The number of the submission that brought the same file; None for a new one."""
    same = (SUBMISSION.c.kind == kind.name, SUBMISSION.c.sha256 == digest)
    return connection.execute(sa.select(SUBMISSION.c.id).where(*same)).scalar()


def _sheet(kind: Kind, path: Path, name: str, mapping: Mapping | None, register: Register) -> Sheet:
    if mapping is None:
        return as_sheet(read_grid(path, name), kind.required, kind.optional)
    grid = read_grid(path, name, sheet=mapping.sheet, cells=mapping.cells)
    return map_grid(grid, mapping, Matcher(register.agencies), lambda book: read_grid(path.parent / book, book))


def _surveyed(path: Path, name: str) -> _File:
    """A file of any length, which is read while it is taken."""
    from data.sources.usage import survey  # noqa: PLC0415 - Arrow takes 60 MB, and no other file needs it

    seen = survey(path, name)
    return _File(name, seen.digest, None, path, seen.rows)


def _take_all(kind: Kind, files: list[_File], connection: Connection, delivery: Delivery) -> list[Taken]:
    """Take each file; troubles of all of them are told together, and what a second person has to approve."""
    wrong, doubtful = Gathered(), Gathered()
    taken: list[Taken] = []
    wanted: list[Wanted] = []
    desk = _desk(connection, delivery) if kind is USAGE else None
    for file in files:
        with wrong:
            one, doubts = _take(kind, file, connection, delivery, desk, wanted)
            taken.append(one)
            with doubtful:
                doubts.stop()
    wrong.stop()
    if not delivery.confirm:
        doubtful.stop(Held)
    if wanted:
        raise NeedsSecond(wanted)
    return taken


def _desk(connection: Connection, delivery: Delivery) -> "Desk":
    from data.usage.load import Desk  # noqa: PLC0415 - see _surveyed

    return Desk(connection, delivery, queries.register(connection, EVERYTHING))


def _take(
    kind: Kind,
    file: _File,
    connection: Connection,
    delivery: Delivery,
    desk: "Desk | None",
    wanted: list[Wanted],
) -> tuple[Taken, Problems]:
    """Take one file; `desk` is where files of usage are taken, one after the other, and `wanted` gets the changes
    that need a second person."""
    doubts = Problems(file.name)
    before = _delivered(connection, kind, file.digest)
    if before is not None:
        return Taken(file.name, 0, 0, 0, before, sha256=_print(file, delivery)), doubts
    if desk is not None:
        load = desk.read(file.path, file.name, file.rows)
        doubts = load.doubts()
        stamp = _submit(kind, file, connection, delivery, (load.rows, load.rows))
        load.save(stamp)
        told = Taken(file.name, load.rows, load.rows - load.corrected, load.corrected, submission=stamp.submission_id)
        return replace(told, sha256=file.digest, corrections=load.corrections(delivery.reason)), doubts
    assert file.sheet is not None  # it was read, since nobody delivered it before
    register = queries.register(connection, EVERYTHING)
    problems = Problems(file.name)
    found, save = compare(kind, file.sheet, connection, (register, delivery, problems, doubts))
    problems.stop()
    if kind is OBSERVATIONS:
        wanted += proposing.closed(connection, file.name, found)
    stamp = _submit(kind, file, connection, delivery, (len(file.sheet.frame), len(found)))
    save(connection, found, replace(stamp, shown=partial(delivery.progress, total=len(found), label=file.name)))
    corrected = sum(change.before is not None for change in found)
    told = Taken(file.name, len(file.sheet.frame), len(found) - corrected, corrected, submission=stamp.submission_id)
    corrections = trail.corrections(found, kind.key, delivery.reason)
    return replace(told, sha256=_print(file, delivery), corrections=corrections), doubts


def _print(file: _File, delivery: Delivery) -> str | None:
    """The sha256 of a file itself; with a mapping, what makes two deliveries the same is another."""
    return file.digest if delivery.mapping is None else trail.print_of(file.path)


def _submit(kind: Kind, file: _File, connection: Connection, delivery: Delivery, rows: tuple[int, int]) -> Stamp:
    """Record that the file was taken: of how many rows it is, and how many of them are kept."""
    recorded_at = datetime.now(UTC)
    submission: Content = {
        "id": next_id(connection, SUBMISSION),
        "kind": kind.name,
        "file": Path(file.name).name,
        "sha256": file.digest,
        "rows": rows[0],
        "stored": rows[1],
        "delivered_by": delivery.actor,
        "reason": delivery.reason,
        "recorded_at": recorded_at,
    }
    insert(connection, SUBMISSION, [submission])
    return Stamp(submission["id"], recorded_at)
