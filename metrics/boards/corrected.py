"""A figure that was corrected: what stood there, what stands there since, and the difference."""

from dataclasses import dataclass

from data.corrections import Correction
from data.facts import Agency, Indicator, Source
from data.quantity import Quantity
from metrics.boards.known import Known
from metrics.boards.national import difference_unit
from metrics.figure import Figure, derived
from metrics.values import Reading, reading_of


@dataclass(frozen=True)
class Corrected:
    """One correction: what stood there, what stands there since, None where it was withdrawn or could not be read."""

    correction: Correction
    agency: Agency | None
    source: Source
    before: Figure | None
    after: Figure | None
    change: Figure | None


def corrected(known: Known, correction: Correction, found: Indicator) -> Corrected:
    """A correction with its figures as they were printed, and the difference."""
    old = reading_of(correction.before, found)
    new = None if correction.withdrawn else reading_of(correction.after, found)
    seen = correction.after
    mark = f"{seen.indicator}/{seen.agency}/{seen.period.text}/{seen.source}/{seen.revision}"
    moved = new.printed - old.printed if new and old else None
    return Corrected(
        correction=correction,
        agency=known.register.agency(seen.agency, seen.period.end),
        source=known.register.sources[seen.source],
        before=_printed(f"replaced/{mark}", old, found),
        after=_printed(f"corrected/{mark}", new, found),
        change=None if moved is None else derived(f"moved-by/{mark}", moved, difference_unit(found), signed=True),
    )


def _printed(mark: str, reading: Reading | None, found: Indicator) -> Figure | None:
    """A revision as it was printed; the mark of the figure itself is that of its newest revision."""
    if reading is None:
        return None
    quantity = Quantity(reading.printed, reading.quantity.qualifier, reading.printed_upper)
    return derived(mark, quantity, found.unit)
