"""Files in, as the command line asks for it, and what is told of them to whoever delivers."""

import argparse
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from tqdm import tqdm

from data import queries
from data.clock import clock, machine_today
from data.closings import signature
from data.delivery import Answered, Delivery
from data.ingest import Taken, ingest
from data.refusal import Held, Proposed, Refusal
from data.scope import EVERYTHING
from data.sources.kinds import KINDS, RECEIPTS, REGIMES
from data.store import Store
from i18n import Say
from settings import Settings

#: Files with more rows than this show how far they are, where somebody looks.
LONG = 2_000


def arguments(call: argparse.ArgumentParser) -> None:
    """What the call takes."""
    call.add_argument("kind", choices=sorted(KINDS))
    call.add_argument("files", nargs="+", metavar="FILE", type=Path)
    call.add_argument("--mapping", type=Path, help="TOML that says where the figures of another table stand")
    call.add_argument("--dry-run", action="store_true", help="check everything, store nothing")
    call.add_argument("--confirm", action="store_true", help="take figures that were held")
    call.add_argument("--reason", default="", help="why figures are corrected or withdrawn")
    call.add_argument("--by", default="cli", metavar="NAME", help="who delivers the files")
    call.add_argument("--regime", help="the report regime that the files answer; with --agency and --period")
    call.add_argument("--agency", help="whose report it is, by its code")
    call.add_argument("--period", help="the period of the report, such as 2020-08")


def misused(asked: Any, say: Say) -> str | None:
    """What is wrong with how the call is put; None where nothing is."""
    report = (asked.regime, asked.agency, asked.period)
    if any(report) and (not all(report) or asked.kind in (REGIMES.name, RECEIPTS.name)):
        return say("cli.only_report")
    return None


def run(asked: Any, store: Store, settings: Settings, say: Say) -> tuple[list[str], int]:
    """Take the files and give what is told of each, and the exit code. Raises Refusal and StoreError."""
    delivery = replace(
        conditions(store, settings.today, demo=settings.demo),
        actor=signature(asked.by),
        reason=asked.reason,
        confirm=asked.confirm,
        dry_run=asked.dry_run,
        mapping=asked.mapping,
        progress=_progress,
        answers=Answered(asked.regime, asked.agency, asked.period) if asked.regime else None,
    )
    found = ingest(asked.kind, [(path, str(path)) for path in asked.files], store, delivery)
    return [told(taken, asked.dry_run, say) for taken in found], 0


def conditions(store: Store, fixed: date | None, *, demo: bool) -> Delivery:
    """The conditions under which anything is delivered today; `fixed` is the day of the settings."""
    with store.reading() as snapshot:
        today = clock(fixed, queries.demonstration_clock(snapshot, EVERYTHING))
    return Delivery(clock=today, machine_today=machine_today(), demo=demo)


def told(taken: Taken, dry_run: bool, say: Say) -> str:
    """What became of one file, in one line."""
    if taken.identical_to is not None:
        return say("cli.identical", file=taken.file, submission=taken.identical_to)
    counts = {"rows": taken.rows, "new": taken.new, "corrected": taken.corrected, "same": taken.same}
    return say("cli.would_take" if dry_run else "cli.taken", file=taken.file, **counts)


def told_last(trouble: Refusal, say: Say) -> str:
    """What is told in the end of files that were refused or held: how many troubles there are, and how many are
    shown."""
    kinds = {Proposed: "cli.proposed", Held: "cli.held"}
    key = next((key for kind, key in kinds.items() if isinstance(trouble, kind)), "cli.refused")
    return say(key, total=trouble.total, shown=len(trouble.problems))


def _progress(rows: Iterable[Any], total: int, label: str, size: Callable[[Any], int] | None = None) -> Iterable[Any]:
    """A bar on stderr for long files, where stderr is a terminal: rows, their rate, and the time that is left."""
    bar = tqdm(total=total, desc=Path(label).name, unit=" rows", disable=None if total > LONG else True)
    with bar:
        for each in rows:
            yield each
            bar.update(size(each) if size else 1)
