"""Under what conditions files are delivered: who, when, and what was said beforehand."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection

from data.scope import EVERYTHING, Scope


def _silent(rows: Iterable[Any], total: int, label: str, size: Callable[[Any], int] | None = None) -> Iterable[Any]:
    del total, label, size
    return rows


def _always(connection: Connection) -> None:
    del connection


@dataclass(frozen=True)
class Answered:
    """The report that files answer: regime, agency and period, as they were named."""

    regime: str
    agency: str
    period: str


@dataclass(frozen=True)
class Delivery:
    """`clock` is the day of the product, `machine_today` the machine's own; both at UTC+7.

    `demo` says whether simulated rows are taken. `confirm` takes held files, `dry_run` stores nothing, `reason`
    stands for rows without their own. `progress(rows, total, label)` gives the rows back and may show how far it is;
    with `size` as a fourth it is given parts of many rows, and how many each has.
    `answers` is the report that the files are, None where they are none. `require(connection)` is asked inside the
    transaction that stores, and raises StoreError where whoever delivers is trusted no more.
    """

    clock: date
    machine_today: date
    demo: bool
    scope: Scope = EVERYTHING
    actor: str = "cli"
    reason: str = ""
    confirm: bool = False
    dry_run: bool = False
    mapping: Path | None = None
    answers: Answered | None = None
    progress: Callable[..., Iterable[Any]] = field(default=_silent)
    require: Callable[[Connection], None] = field(default=_always)
