"""The files of observations of the demonstration."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from data.sample.series import Row, platforms, series_of
from data.sample.units import unit_rows

HEADER = (
    "indicator_code",
    "agency_code",
    "period",
    "value",
    "unit",
    "source",
    "numerator",
    "denominator",
    "status",
    "certainty",
    "published",
)


def _each(*indicators: str) -> Iterator[Row]:
    for indicator in indicators:
        yield from series_of(indicator)


#: What stands in which file: observations_<group>.csv.
GROUPS: Mapping[str, Callable[[], Iterable[Row]]] = {
    "documents": partial(_each, "VB01"),
    "one_stop": partial(_each, "TT04"),
    "platforms": platforms,
    "satisfaction": partial(_each, "HL02"),
    "services": partial(_each, "DVC01", "DVC02", "DVC07"),
    "units": unit_rows,
}


def write_sample(folder: Path) -> list[Path]:
    """Write the demonstration data as observation files in the input format; the same bytes at each run.

    Shares in per cent, given by their two terms, the value left to be derived. An agency without a row for a
    period did not report. Source of every row: SIM, status simulated. Makes the folder where it is missing;
    gives the paths written, in order of name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for group, rows in GROUPS.items():
        path = folder / f"observations_{group}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADER)
            writer.writerows(rows())
        written.append(path)
    return written
