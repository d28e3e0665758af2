"""The gate for what is typed: no line of it may be a mark of secrecy, by the same rule as the cells of files.

What is refused is neither repeated nor kept. The audit log is told where something was typed, not what.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import sqlalchemy as sa

from data.delivery import Delivery
from data.ledger.entries import audit
from data.refusal import Problem, Refusal
from data.sources.text import is_marked
from data.store import Store, StoreError

__all__ = ["CODE", "RULE", "WITHHELD", "is_marked", "marked", "note", "refuse_said", "refused", "told_name"]

_LOG = logging.getLogger("centre")
CODE, RULE = "E_CLASSIFIED", "typed"
#: Stands in the place of a name that must not be repeated.
WITHHELD = "…"


def marked(typed: Mapping[str, str]) -> list[str]:
    """The names of the texts that bear a mark, each as it may be told."""
    return [told_name(name) for name, text in typed.items() if is_marked(name) or is_marked(text)]


def told_name(name: str) -> str:
    """A name, of a field or a file, as it may be told: what bears a mark is withheld, but for how a file ends."""
    path = Path(name)
    return WITHHELD + path.suffix if is_marked(name) or is_marked(path.stem) else name


def refused(fields: Iterable[str], place: str) -> Refusal:
    """The refusal of what was typed into these fields, to be raised."""
    return Refusal([Problem(place, CODE, RULE, column=name) for name in fields])


def note(store: Store, actor: str, where: str, fields: Sequence[str]) -> None:
    """Tell the audit log that something was refused, without a letter of it. Raises nothing: what is refused stays
    refused where the store takes no row, and the log of the process says so."""
    detail = {"where": where, "fields": list(fields), "result": "refused", "codes": [CODE]}
    try:
        with store.writing() as connection:
            audit(connection, actor, "secrecy", detail)
    except (StoreError, sa.exc.SQLAlchemyError) as trouble:
        _LOG.warning("a refusal is not in the audit log: %s: %s", where, type(trouble).__name__)


def refuse_said(delivery: Delivery, names: Iterable[str]) -> None:
    """Raise Refusal where what is said of a delivery bears a mark: its reason, or how one of its files is called."""
    of_report = vars(delivery.answers) if delivery.answers else {}
    wrong = marked({"reason": delivery.reason, **{f"--{name}": text for name, text in of_report.items()}})
    if wrong:
        raise refused(wrong, "–")
    found = [told_name(name) for name in names]
    if withheld := [name for name in found if name.startswith(WITHHELD)]:
        raise Refusal([Problem(name, CODE, "file_name") for name in withheld])
