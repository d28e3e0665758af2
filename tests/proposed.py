"""Corrections of closed periods of the demonstration, proposed: for pages that show and decide them."""

from pathlib import Path

import pytest

from data.closings import Proposal, close, proposals
from data.delivery import Delivery
from data.refusal import Proposed
from data.scope import EVERYTHING
from data.store import Store
from tests.deliveries import CLOCK, MACHINE_TODAY, Row, deliver, written

#: Who delivers by the command line: the reporter of PEOPLE (tests/test_matrix.py) that has this account.
REPORTER = "reporter-of-40"
PERIOD = "2020-01"
DEMONSTRATED = Delivery(CLOCK, MACHINE_TODAY, demo=True, actor=REPORTER, reason="Sở nộp nhầm tử số", confirm=True)


def share(numerator: str, denominator: str, **cells: str) -> Row:
    """A row of observations: another level-4 share of Nghe An in January 2020, by its two terms."""
    row = {"indicator_code": "DVC01", "agency_code": "40", "period": PERIOD, "unit": "%", "source": "SIM"}
    terms = {"numerator": numerator, "denominator": denominator, "status": "simulated", "published": "2020-02-12"}
    return row | {"value": ""} | terms | cells


def closed(store: Store) -> None:
    """Close the period of the level-4 share."""
    close(store, "DVC01", PERIOD, "cli")


def propose(store: Store, folder: Path, row: Row, actor: str = REPORTER) -> int:
    """Deliver a correction of the closed period, and give the number of the proposal that it became."""
    delivery = Delivery(**{**vars(DEMONSTRATED), "actor": actor})
    with pytest.raises(Proposed):
        deliver(store, folder, written(row), delivery=delivery)
    return listed(store)[-1].number


def listed(store: Store) -> list[Proposal]:
    """Every proposal, the oldest first."""
    with store.reading() as snapshot:
        return proposals(snapshot, EVERYTHING)
