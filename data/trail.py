"""What the audit log says of a delivery: which files it was, what became of them, and what they corrected.

Of a file that was refused no cell is told. Of one that was taken the cells that were corrected are: the first of
them, for how many there are stands beside the file, and all of them stand in the ledgers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import file_digest
from pathlib import Path
from typing import Any

from data.ledger.entries import Change
from data.refusal import Held, Refusal, shown
from data.secrecy import told_name

#: So many corrections of a delivery are told one by one.
MOST = 36


@dataclass(frozen=True)
class Correction:
    """One row that replaced another: what of it differs, before and after, and why. `key` says which row it is."""

    key: str
    old: Mapping[str, object]
    new: Mapping[str, object]
    reason: str


def corrections(found: Iterable[Change], key: Sequence[str], reason: str) -> tuple[Correction, ...]:
    """The first corrections among what a file changes; `reason` stands for rows without their own."""
    told: list[Correction] = []
    for change in found:
        if change.before is None:
            continue
        if len(told) == MOST:
            break
        named = "/".join(str(change.content[name]) for name in key)
        told.append(correction(named, change.before, change.content, change.content.get("reason") or reason))
    return tuple(told)


def correction(key: str, old: Mapping[str, Any], new: Mapping[str, Any], reason: str) -> Correction:
    """What differs between a row and the one that it replaces."""
    names = [name for name in new if name != "reason" and _differ(new[name], old.get(name))]
    before, after = ({name: _told(side.get(name)) for name in names} for side in (old, new))
    return Correction(shown(key), before, after, shown(reason))


def of_refused(files: Sequence[tuple[Path, str]], trouble: Refusal) -> dict[str, object]:
    """What is said of files that were not taken: no cell, only which files they were and what rules they broke."""
    return {
        "files": [{"file": told_name(name), "sha256": print_of(path)} for path, name in files],
        "result": "held" if isinstance(trouble, Held) else "refused",
        "codes": codes_of(trouble),
        "troubles": trouble.total,
    }


def codes_of(trouble: Refusal) -> list[str]:
    """The codes of the troubles that are told."""
    return sorted({problem.code for problem in trouble.problems})


def print_of(path: Path) -> str | None:
    """The sha256 of a file, in hexadecimal; None where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _differ(new: object, old: object) -> bool:
    """10.7 and 10.70 are equal numbers of another precision, and so another figure."""
    return new != old or (isinstance(new, Decimal) and str(new) != str(old))


def _told(cell: object) -> object:
    """A cell as the log holds it; None where nothing stands there."""
    if cell is None or isinstance(cell, bool | int | date):
        return cell
    return shown(format(cell, "f") if isinstance(cell, Decimal) else str(cell))
