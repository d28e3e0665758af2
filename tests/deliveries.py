"""Files for tests, and how they are delivered: small tables written for one test."""

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from data.delivery import Delivery
from data.ingest import Taken, ingest
from data.sources.kinds import KINDS
from data.store import Store

CLOCK = date(2020, 2, 14)
MACHINE_TODAY = date(2020, 12, 31)
OFFICIAL = Delivery(CLOCK, MACHINE_TODAY, demo=False, actor="tester")

Row = dict[str, str]


def figure(value: str = "10.7", **cells: str) -> Row:
    """A row of observations: the level-4 share of Ha Noi in December 2019, known on 1 February 2020."""
    row = {"indicator_code": "DVC01", "agency_code": "01", "period": "2019-12", "unit": "%", "source": "GSO"}
    return row | {"value": value, "published": "2020-02-01"} | cells


def counted(value: str, **cells: str) -> Row:
    """A row of observations in a counted unit."""
    return figure(value, indicator_code="DVC08", unit="dịch vụ") | cells


def target(value: str = "30", **cells: str) -> Row:
    """A row of targets: at least so much of the level-4 share of Ha Noi by the end of 2020."""
    row = {"indicator_code": "DVC01", "agency_code": "01", "due": "2020", "shape": "at_least", "source": "GSO"}
    return row | {"value": value, "set_on": "2020-01-15"} | cells


def directive(**cells: str) -> Row:
    """A row of directives: the Ministry of Home Affairs is to issue something by the end of 2020."""
    row = {"code": "T01", "event": "issue", "source": "GSO", "name_vi": "Việc thử", "name_en": "A trial task"}
    return row | {"owner": "BNV", "due": "2020", "set_on": "2020-02-01"} | cells


def checkin(**cells: str) -> Row:
    """A row of check-ins: that task is told open on 3 March 2020."""
    row = {"directive_code": "T01", "event": "issue", "date": "2020-03-03", "state": "open", "source": "GSO"}
    return row | {"agency_code": "BNV", "published": "2020-03-04"} | cells


def letter(**cells: str) -> Row:
    """A row of letters: on 5 March 2020 the Ministry of Home Affairs is reminded of that task."""
    row = {"kind": "reminder", "agency_code": "BNV", "subject": "T01", "part": "issue", "date": "2020-03-05"}
    return row | {"sent_by": "VPCP", "document": "12/VPCP", "words": ""} | cells


def system(**cells: str) -> Row:
    """A row of systems: one of the Ministry of Home Affairs."""
    row = {"code": "T01", "name_vi": "Hệ thống thử", "name_en": "A trial system", "owner": "BNV", "source": "GSO"}
    return row | {"purpose_vi": "Để thử", "purpose_en": "To try", "published": "2020-02-01"} | cells


def milestone(**cells: str) -> Row:
    """A row of milestones: that system is told, on 4 March 2020, to have been in operation since the day before."""
    row = {"system_code": "T01", "event": "operate", "source": "GSO", "name_vi": "Vận hành", "name_en": "Operation"}
    return row | {"due": "", "reached": "2020-03-03", "state": "", "published": "2020-03-04"} | cells


def plan(**cells: str) -> Row:
    """A row of milestones: on 1 February 2020 a trial of that system is planned for March."""
    return milestone(event="trial", due="2020-03", reached="", published="2020-02-01") | cells


def regime(**cells: str) -> Row:
    """A row of regimes: the provinces and the Ministry of Home Affairs report every month, due on the 16th."""
    row = {"code": "R01", "name_vi": "Chế độ báo cáo thử", "name_en": "A trial regime", "periodicity": "month"}
    return row | {"owners": "provinces;BNV", "grace_days": "2"} | cells


def receipt(**cells: str) -> Row:
    """A row of receipts: Ha Noi's report of January 2020 came in on the morning of the 15th."""
    row = {"regime_code": "R01", "agency_code": "01", "period": "2020-01", "received_at": "2020-01-15T09:30"}
    return row | {"result": "received"} | cells


def assessment(**cells: str) -> Row:
    """A row of assessments: the level-4 share of Ha Noi in December 2019 is told to have met its target."""
    row = {"indicator_code": "DVC01", "agency_code": "01", "period": "2019-12", "source": "GSO", "verdict": "met"}
    return row | {"words_vi": "", "words_en": "", "published": "2020-02-01"} | cells


def indicator(**cells: str) -> Row:
    """A row of indicators: a share of which the store knows nothing yet."""
    row = dict.fromkeys(KINDS["indicators"].required, "")
    row |= {"code": "NEW01", "name_vi": "Chỉ tiêu mới", "name_en": "New indicator", "unit": "%", "unit_kind": "share"}
    row |= {"direction": "higher", "level": "province", "theme": "egov", "cycle": "month", "calendar": "civil"}
    return row | {"band": "5", "decimals": "1", "bins": "10;20", "natural_min": "0", "natural_max": "100"} | cells


def agency(**cells: str) -> Row:
    """A row of agencies: a department of Ha Noi of which the store knows nothing yet."""
    row = {"code": "01-SNV", "name_vi": "Sở Nội vụ Hà Nội", "name_en": "Ha Noi Home Affairs", "kind": "department"}
    return row | {"parent": "01", "valid_from": "", "valid_to": ""} | cells


def source(**cells: str) -> Row:
    """A row of sources of which the store knows nothing yet."""
    return {"code": "NEW", "title": "Báo cáo", "publisher": "Bộ", "date": "", "address": "", "rank": "50"} | cells


def written(*rows: Row) -> bytes:
    """A CSV file of the rows; its columns are those of the first."""
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, list(rows[0]), lineterminator="\n", restval="")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue().encode("utf-8")


def deliver(
    store: Store, folder: Path, content: bytes, kind: str = "observations", delivery: Delivery = OFFICIAL
) -> Taken:
    """Deliver one file of this content as `in.csv`."""
    path = folder / "in.csv"
    path.write_bytes(content)
    (taken,) = ingest(kind, [(path, path.name)], store, delivery)
    return taken


def said(**given: Any) -> Delivery:
    """A delivery of official figures with some of its conditions changed."""
    return replace(OFFICIAL, **given)
