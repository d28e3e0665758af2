"""The lists of those who must be named, step by step, asked from a page or from the command line."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from data import dossiers as kept
from data.delivery import Delivery
from data.dossier_facts import Dossier
from data.ledger import dossiers
from data.scope import Scope
from data.store import Store
from layouts.dossier import drafted, signing_of
from layouts.paper import Paper, Signing, hash_of, read_paper
from metrics.asked import Asked
from metrics.boards.dossier import dossier

if TYPE_CHECKING:
    from data.integrity import Finding


def draft_list(store: Store, delivery: Delivery, person: str, at: date) -> int:
    """Keep the list as known at the end of `at`, and give its number. Raises Refusal."""
    board = dossier(store, delivery.scope, Asked(at))
    return dossiers.draft(store, delivery, person, at, drafted(board), simulated=board.laggards.simulated)


def sign_list(store: Store, delivery: Delivery, person: str, number: int) -> None:
    """Sign a list: the file is made of what was drafted. Raises Refusal."""

    def make(content: str, drafted_by: str, signed_by: str) -> bytes:
        return _docx(read_paper(content), Signing(hash_of(content), drafted_by, signed_by, delivery.clock))

    dossiers.sign(store, delivery, person, number, make)


def report_list(store: Store, delivery: Delivery, person: str, number: int, document: str) -> None:
    """Note that a signed list was reported by a document. Raises Refusal."""
    dossiers.report(store, delivery, person, number, document)


def every_list(store: Store, scope: Scope) -> list[Dossier]:
    """Every list ever drafted, the latest first."""
    with store.reading() as snapshot:
        return kept.dossiers(snapshot, scope, date.max)


def file_of(store: Store, scope: Scope, number: int) -> bytes | None:
    """The file of a list: the signed one byte by byte, else the draft; None where there is no list of that number."""
    with store.reading() as snapshot:
        signed = kept.signed_file(snapshot, scope, number)
        content = kept.content_of(snapshot, scope, number)
    if signed is not None or content is None:
        return signed
    found = next(each for each in every_list(store, scope) if each.number == number)
    return _docx(read_paper(content), signing_of(found))


@dataclass(frozen=True)
class Verified:
    """Whether a file is one that was signed (`number`, None where none is) and whether what is kept is as it was:
    `wrong` holds what is not."""

    number: int | None
    wrong: "tuple[Finding, ...]"


def verify_lists(store: Store, scope: Scope, file: bytes | None) -> Verified:
    """Look whether a file is, byte by byte, one that was signed, and whether every list is as it was signed."""
    from data import integrity  # noqa: PLC0415 - it reads files, for which no page needs the memory

    with store.reading() as snapshot:
        wrong = tuple(integrity.altered_lists(snapshot))
        return Verified(kept.signed_as(snapshot, scope, file) if file is not None else None, wrong)


def _docx(paper: Paper, signing: Signing) -> bytes:
    from layouts.paper_docx import paper_docx  # noqa: PLC0415 - the library is large, and few workers ever need it

    return paper_docx(paper, signing)
