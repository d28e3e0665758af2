"""The demonstration data: the same at each run, marked as simulated, and as the screens expect them."""

import csv
import itertools
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from pathlib import Path

import pytest

from data.periods import add_months, parse_day, parse_period
from data.quantity import Quantity, rounded, share
from data.sample import DEMO_CLOCK, write_sample
from data.sample.standing import AS_AT, MINISTRIES, PROVINCES
from data.sample.units import DEPARTMENTS, DISTRICTS
from data.sources.kinds import OBSERVATIONS

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"
SHARES = ("DVC01", "DVC02", "DVC07", "HL02", "TT04", "VB01")
MONTHS = [f"{add_months(date(2019, 3, 1), index):%Y-%m}" for index in range(22)]
UNREPORTED = {"62", "94"}
UNITS = {*DEPARTMENTS, *DISTRICTS}

Row = dict[str, str]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_sample(tmp_path_factory.mktemp("sample") / "new")


@pytest.fixture(scope="module")
def every(files: list[Path]) -> list[Row]:
    return [row for path in files for row in read(path)]


@pytest.fixture(scope="module")
def rows(every: list[Row]) -> list[Row]:
    """The rows of whoever owes a report: not those of the units of a province."""
    return [row for row in every if row["agency_code"] not in UNITS]


@pytest.fixture(scope="module")
def units(every: list[Row]) -> list[Row]:
    return [row for row in every if row["agency_code"] in UNITS]


@pytest.fixture(scope="module")
def agencies() -> list[Row]:
    return read(REFERENCE / "agencies.csv")


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of(rows: list[Row], indicator: str, period: str) -> dict[str, Row]:
    return {row["agency_code"]: row for row in rows if (row["indicator_code"], row["period"]) == (indicator, period)}


def terms(row: Row) -> tuple[int, int]:
    return int(row["numerator"]), int(row["denominator"])


def per_cent(row: Row) -> Decimal:
    numerator, denominator = terms(row)
    found = share(Quantity(Decimal(numerator)), Quantity(Decimal(denominator)))
    assert found
    return found.number


def summed(chosen: list[Row]) -> Decimal:
    return Decimal(100 * sum(terms(row)[0] for row in chosen)) / sum(terms(row)[1] for row in chosen)


def article_row() -> Row:
    [row] = [
        row
        for row in read(REFERENCE / "observations.csv")
        if (row["indicator_code"], row["agency_code"]) == ("DVC01", "40")
    ]
    return row


def test_two_runs_write_the_same_bytes(files: list[Path], tmp_path: Path) -> None:
    again = write_sample(tmp_path)
    assert [path.name for path in again] == [path.name for path in files]
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in files]


def test_files_are_in_the_input_format_and_within_its_limits(files: list[Path]) -> None:
    for path in files:
        written = path.read_bytes()
        assert len(written) < 10 * 2**20
        assert b"\r" not in written
        header = written.decode("utf-8").split("\n", 1)[0].split(",")
        assert set(OBSERVATIONS.required) <= set(header) <= set(OBSERVATIONS.required + OBSERVATIONS.optional)
        assert len(read(path)) < 200_000
        assert path.name.startswith("observations_")


def test_every_row_is_marked_as_simulated_and_no_key_is_there_twice(every: list[Row]) -> None:
    assert {(row["source"], row["status"], row["certainty"]) for row in every} == {("SIM", "simulated", "sourced")}
    keys = Counter((row["indicator_code"], row["agency_code"], row["period"]) for row in every)
    assert max(keys.values()) == 1


def test_terms_are_whole_and_the_value_is_left_to_them(every: list[Row]) -> None:
    for row in every:
        numerator, denominator = terms(row)
        assert 0 < numerator <= denominator
        assert (row["value"], row["unit"]) == ("", "%")


def test_agencies_are_the_85_that_owe_and_the_indicators_are_theirs(rows: list[Row], agencies: list[Row]) -> None:
    provinces = [row["code"] for row in agencies if row["kind"] == "province" and not row["valid_from"]]
    ministries = [row["code"] for row in agencies if row["kind"] in ("ministry", "ministerial_agency")]
    assert list(PROVINCES) == sorted(provinces)
    assert list(MINISTRIES) == ministries
    levels = {row["code"]: row["level"].split(";") for row in read(REFERENCE / "indicators.csv")}
    for indicator in SHARES:
        reporting = {row["agency_code"] for row in rows if row["indicator_code"] == indicator}
        assert reporting == {*provinces, *ministries}
        assert {"province", "ministry"} <= set(levels[indicator])
    assert {row["agency_code"] for row in rows if row["indicator_code"] not in SHARES} == {"VN"}


def test_the_units_of_nghe_an_are_its_21_districts_and_20_departments(agencies: list[Row]) -> None:
    kinds = {row["code"]: row["kind"] for row in agencies if row["parent"] == "40"}
    assert {code for code, kind in kinds.items() if kind == "district"} == set(DISTRICTS)
    assert {code for code, kind in kinds.items() if kind == "department"} == set(DEPARTMENTS)
    assert (len(DISTRICTS), len(DEPARTMENTS)) == (21, 20)


def test_units_add_up_to_the_terms_of_their_province_but_for_those_that_sent_nothing(
    rows: list[Row], units: list[Row]
) -> None:
    assert {row["indicator_code"] for row in units} == {"DVC02"}
    whole = {
        row["period"]: terms(row) for row in rows if (row["indicator_code"], row["agency_code"]) == ("DVC02", "40")
    }
    silent = 0
    for period, (numerator, denominator) in whole.items():
        told = [terms(row) for row in units if row["period"] == period]
        over, under = (sum(each[at] for each in told) for at in (0, 1))
        silent += len(UNITS) - len(told)
        if len(told) == len(UNITS):
            assert (over, under) == (numerator, denominator)
        else:
            assert over < numerator
            assert under < denominator
    assert silent == 3


def test_what_was_never_measured_or_is_told_by_an_article_has_no_row(rows: list[Row]) -> None:
    assert {row["indicator_code"] for row in rows} == {*SHARES, "DL01"}
    assert {row["indicator_code"] for row in rows if row["agency_code"] == "VN"} == {"DL01"}
    assert "40" not in of(rows, "DVC01", AS_AT)
    for indicator in set(SHARES) - {"DVC01"}:
        assert "40" in of(rows, indicator, AS_AT)


def test_with_the_figure_of_nghe_an_83_of_85_add_up_to_the_share_of_the_article(rows: list[Row]) -> None:
    reported = [*of(rows, "DVC01", AS_AT).values(), article_row()]
    assert len(reported) == 83
    found = summed(reported)
    assert rounded(found, 1) == Decimal("10.7")
    assert found.quantize(Decimal("0.1"), rounding=ROUND_FLOOR) == Decimal("10.7")


def test_provinces_spread_over_the_bins_as_drawn(rows: list[Row]) -> None:
    provinces = {code: row for code, row in of(rows, "DVC01", AS_AT).items() if code in PROVINCES}
    printed = {code: rounded(per_cent(row), 1) for code, row in provinces.items()}
    printed["40"] = Decimal("2.7")
    edges = [Decimal(edge) for edge in (0, 5, 10, 15, 20, 30, 101)]
    counts = [sum(low <= value < high for value in printed.values()) for low, high in itertools.pairwise(edges)]
    assert counts == [15, 19, 13, 7, 6, 1]
    best = max(printed, key=lambda code: printed[code])
    assert (best, printed[best]) == ("48", Decimal("31.2"))
    assert max(Counter(printed.values()).values()) > 1


def test_the_two_unreported_provinces_are_absent_and_come_back(rows: list[Row]) -> None:
    for period in ("2019-12", "2020-01", AS_AT):
        assert not UNREPORTED & set(of(rows, "DVC01", period))
    for period in ("2019-11", "2020-02"):
        assert set(of(rows, "DVC01", period)) >= UNREPORTED


def test_a_few_single_months_are_missing(rows: list[Row]) -> None:
    missing = [85 - len(of(rows, indicator, month)) for indicator in SHARES for month in MONTHS]
    assert 5 <= sum(missing) <= 20
    assert max(missing) == 2


def test_months_are_published_from_the_7th_of_the_next(rows: list[Row]) -> None:
    delays: Counter[int] = Counter()
    for row in rows:
        published = parse_day(row["published"])
        period = parse_period(row["period"])
        assert published and period and published >= period.end
        if period.cycle == "month":
            delays[(published - period.end).days] += 1
    assert set(delays) == {7, 8, 9, 10}
    assert delays[7] > 10 * (delays.total() - delays[7])


def test_rows_of_the_day_are_published_then_or_the_day_after(rows: list[Row]) -> None:
    for indicator in SHARES:
        day = parse_day(AS_AT)
        assert day
        expected = day if indicator == "DVC01" else day + timedelta(1)
        assert {row["published"] for row in of(rows, indicator, AS_AT).values()} == {expected.isoformat()}


def test_on_the_clock_of_the_demonstration_the_day_is_the_latest_known(rows: list[Row]) -> None:
    assert date(2020, 2, 14) == DEMO_CLOCK
    known = {row["period"] for row in rows if row["published"] <= DEMO_CLOCK.isoformat()}
    assert max(known) == AS_AT
    assert "2020-02" not in known


def test_the_national_sum_grows_smoothly(rows: list[Row]) -> None:
    sums = [summed(list(of(rows, "DVC01", month).values())) for month in MONTHS]
    assert rounded(sums[0], 1) in (Decimal("5.3"), Decimal("5.4"))
    assert rounded(sums[MONTHS.index("2020-01")], 1) in (Decimal("10.5"), Decimal("10.6"))
    assert Decimal(18) < sums[-1] <= Decimal(22)
    steps = [after - before for before, after in itertools.pairwise(sums)]
    assert all(Decimal("0.3") < step < Decimal("1.3") for step in steps)


def test_no_agency_jumps(every: list[Row]) -> None:
    series: dict[tuple[str, str], list[tuple[date, Decimal]]] = defaultdict(list)
    for row in [*every, article_row()]:
        period = parse_period(row["period"])
        assert period
        series[row["indicator_code"], row["agency_code"]].append((period.end, per_cent(row)))
    for key, points in series.items():
        values = [value for _, value in sorted(points)]
        for before, after in itertools.pairwise(values):
            assert abs(after - before) < 12, key
            assert after < before * 5, key
            assert after > before / 5, key


def test_nghe_an_stays_between_2_and_3_and_a_bit(rows: list[Row]) -> None:
    values = [per_cent(of(rows, "DVC01", month)["40"]) for month in MONTHS]
    assert all(Decimal(2) < value < Decimal("3.2") for value in values)


def test_61_of_85_have_a_platform_on_the_day(rows: list[Row]) -> None:
    row = of(rows, "DL01", AS_AT)["VN"]
    assert terms(row) == (61, 85)
    assert row["published"] == "2020-02-13"
    counts = [terms(row) for row in rows if row["indicator_code"] == "DL01"]
    assert counts == sorted(counts)
    assert {owing for _, owing in counts} == {85}
