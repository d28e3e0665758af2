"""The figures of some dossiers: what was received and resolved, and the four shares of them with both terms."""

from dataclasses import dataclass

from data.usage_facts import Dossiers
from metrics.figure import Figure, derived
from metrics.usage import percent

PERCENT = "%"


@dataclass(frozen=True)
class Rate:
    """A share of dossiers. `share` is None over nothing: no dossier is no share, and never zero per cent."""

    share: Figure | None
    over: Figure
    under: Figure


@dataclass(frozen=True)
class Tally:
    """What some dossiers come to.

    On time is told twice, and never without its denominator: of those received (NĐ 61/2018/NĐ-CP, Điều 30.2c), by
    which agencies are ranked, and of those resolved, as portals count it. `satisfied` is of those who rated, None
    where no portal told; `pending` are those open at the end, `pending_late` of them those past their due date.
    """

    received: Figure
    online: Rate
    on_time_of_received: Rate
    on_time_of_resolved: Rate
    satisfied: Rate | None
    pending: Figure | None
    pending_late: Figure | None


def tally(of: str, dossiers: Dossiers) -> Tally:
    """The figures of these dossiers; `of` names them in the marks of the page, such as 40/2020-01."""
    rated = dossiers.rated
    received = derived(f"received/{of}", dossiers.received)
    on_time = derived(f"on-time/{of}", dossiers.resolved_on_time)
    return Tally(
        received=received,
        online=_share(f"online/{of}", derived(f"online/{of}/over", dossiers.received_online), received),
        on_time_of_received=_share(f"on-time-of-received/{of}", on_time, received),
        on_time_of_resolved=_share(
            f"on-time-of-resolved/{of}", on_time, derived(f"resolved/{of}", dossiers.resolved)
        ),
        satisfied=None if rated is None else rate(f"satisfied/{of}", dossiers.satisfied or 0, rated),
        pending=None if dossiers.pending is None else derived(f"pending/{of}", dossiers.pending),
        pending_late=None if dossiers.pending_late is None else derived(f"pending-late/{of}", dossiers.pending_late),
    )


def rate(mark: str, over: int, under: int) -> Rate:
    """A share and its terms; `mark` names all three."""
    return _share(mark, derived(f"{mark}/over", over), derived(f"{mark}/under", under))


def _share(mark: str, over: Figure, under: Figure) -> Rate:
    """A share of two figures that have marks of their own: what is one number on the page has one mark."""
    found = percent(int(over.quantity.number), int(under.quantity.number))
    return Rate(None if found is None else derived(mark, found, PERCENT), over, under)
