"""The figures of one agency in one indicator, whoever bears its code on another day."""

from data.facts import Agency
from data.periods import Period
from metrics.boards.known import Known
from metrics.values import Reading


def readings_of_agency(known: Known, code: str, agency: Agency) -> dict[Period, Reading]:
    """Its figures of one indicator by period, the latest first. A figure of another agency that bore the same code on
    its day is none of them."""
    found: dict[Period, Reading] = {}
    if code not in known.measured:
        return found
    for period in known.periods(code):
        reading: Reading | None = known.readings(code, period.text).get(agency.code)
        if reading is not None and known.register.agency(agency.code, period.end) == agency:
            found[period] = reading
    return found
