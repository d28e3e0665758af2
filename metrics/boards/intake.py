"""What came in on one day, delivery by delivery, and how much is still waited for."""

from collections import Counter
from dataclasses import dataclass

from data import reports as asked_of
from data.facts import Agency
from data.report_facts import Receipt, Regime
from metrics.boards.known import Known
from metrics.figure import Figure, derived
from metrics.reporting import State


@dataclass(frozen=True, slots=True)
class Delivered:
    """One delivery of the day: on_time, late or rejected."""

    receipt: Receipt
    regime: Regime
    agency: Agency
    state: State


@dataclass(frozen=True)
class Intake:
    """What came in on the day, by its hour. `received` counts reports that came, `expected` these and those still
    waited for; a report of which only refused deliveries came on the day counts as rejected."""

    deliveries: tuple[Delivered, ...]
    received: Figure
    expected: Figure
    counts: tuple[tuple[State, Figure], ...]
    waiting: Figure
    waiting_agencies: Figure


def intake(known: Known, waiting: tuple[int, int]) -> Intake:
    """The intake of the day; `waiting` counts the reports that are due on it and did not come, and whose they are."""
    found = []
    for receipt in known.ask("received", asked_of.received_on):
        agency = known.register.agency(receipt.agency, known.at)
        if agency is not None:
            late = receipt.received_at.date() > receipt.due
            state = State.REJECTED if not receipt.taken else State.LATE if late else State.ON_TIME
            found.append(Delivered(receipt, known.register.regimes[receipt.regime], agency, state))
    best: dict[tuple[str, str, str], State] = {}
    for each in found:
        key = (each.receipt.regime, each.receipt.agency, each.receipt.period)
        if best.get(key, State.REJECTED) is State.REJECTED:
            best[key] = each.state
    counts = Counter(best.values())
    among = (State.ON_TIME, State.LATE, State.REJECTED)
    return Intake(
        tuple(found),
        derived("today", len(best)),
        derived("today/expected", len(best) + waiting[0]),
        tuple((state, derived(f"today/{state}", counts[state])) for state in among),
        derived("today/waiting", waiting[0]),
        derived("today/agencies", waiting[1]),
    )
