"""What dossiers come to: added up over agencies and levels, and each share of them with both of its terms."""

from collections.abc import Iterable
from decimal import Decimal

from data.quantity import Quantity, share
from data.usage_facts import Dossiers, Used
from metrics.values import printed

#: A share of dossiers is printed with one decimal.
DECIMALS = 1
_THOUSAND = 1_000
#: What was delivered and holds no dossier: counts that are zero, and shares that nobody was asked for.
NOTHING = Dossiers(0, 0, 0, 0, None, None, None, None)


def added(parts: Iterable[Dossiers]) -> Dossiers | None:
    """All of these dossiers; None where there are none. A count that nobody told stays None; one that some told is
    the sum of theirs, since the share of satisfied ones is over the same agencies' ratings."""
    found = list(parts)
    if not found:
        return None
    return Dossiers(
        sum(each.received_online for each in found),
        sum(each.received_other for each in found),
        sum(each.resolved_on_time for each in found),
        sum(each.resolved_late for each in found),
        _sum(each.pending for each in found),
        _sum(each.pending_late for each in found),
        _sum(each.satisfied for each in found),
        _sum(each.rated for each in found),
    )


def percent(over: int, under: int) -> Decimal | None:
    """The share as printed, in per cent; None over nothing."""
    divided = share(Quantity(Decimal(over)), Quantity(Decimal(under)))
    return None if divided is None else printed(divided.number, DECIMALS)


def per_thousand(count: int, people: int) -> Decimal | None:
    """Dossiers to a thousand inhabitants as printed; None where nobody lives."""
    return printed(Decimal(count) * _THOUSAND / people, DECIMALS) if people else None


def per_service(count: int, services: int) -> Decimal | None:
    """Dossiers to a service as printed; None where none is offered."""
    return printed(Decimal(count) / services, DECIMALS) if services else None


def sums_of(used: Iterable[Used]) -> dict[str, Dossiers]:
    """The dossiers of each thing that sums are of: agencies, groups or procedures."""
    parts: dict[str, list[Dossiers]] = {}
    for each in used:
        parts.setdefault(each.of, []).append(each.dossiers)
    return {of: added(rows) or NOTHING for of, rows in parts.items()}


def _sum(counts: Iterable[int | None]) -> int | None:
    told = [count for count in counts if count is not None]
    return sum(told) if told else None
