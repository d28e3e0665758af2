"""Files in, as the command line delivers them."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from data.closings import signature
from data.delivery import Answered, Delivery
from data.ingest import Taken, ingest
from data.sources.kinds import KINDS, RECEIPTS, REGIMES
from data.store import Store
from i18n import Say

#: Files with more rows than this show how far they are, where somebody looks.
LONG = 2_000


def arguments(call: ArgumentParser) -> None:
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


def run(asked: Any, store: Store, delivery: Delivery, say: Say) -> tuple[list[str], int]:
    """Deliver the files and give what became of each, and the exit code. Raises Refusal, Held or Proposed, and
    StoreError."""
    given = replace(
        delivery,
        actor=signature(asked.by),
        reason=asked.reason,
        confirm=asked.confirm,
        dry_run=asked.dry_run,
        mapping=asked.mapping,
        progress=_progress,
        answers=Answered(asked.regime, asked.agency, asked.period) if asked.regime else None,
    )
    taken = ingest(asked.kind, [(path, str(path)) for path in asked.files], store, given)
    return [_taken(each, asked.dry_run, say) for each in taken], 0


def _taken(taken: Taken, dry_run: bool, say: Say) -> str:
    if taken.identical_to is not None:
        return say("cli.identical", file=taken.file, submission=taken.identical_to)
    counts = {"rows": taken.rows, "new": taken.new, "corrected": taken.corrected}
    same = taken.rows - taken.new - taken.corrected
    return say("cli.would_take" if dry_run else "cli.taken", file=taken.file, same=same, **counts)


def _progress(rows: Iterable[Any], total: int, label: str, size: Callable[[Any], int] | None = None) -> Iterable[Any]:
    """A bar on stderr for long files, where stderr is a terminal: rows, their rate, and the time that is left."""
    bar = tqdm(total=total, desc=Path(label).name, unit=" rows", disable=None if total > LONG else True)
    with bar:
        for each in rows:
            yield each
            bar.update(size(each) if size else 1)
