"""What the page of a province says, beside what the store holds and what the ranking says."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from data import queries
from data.quantity import Qualifier, Quantity
from data.scope import EVERYTHING
from data.store import Store
from metrics.asked import Asked
from metrics.boards.breakdown import FAMILY
from metrics.boards.known import knowing
from metrics.boards.province import ProvinceBoard, province, province_exists
from metrics.figure import Figure, figures_of
from metrics.status import Status
from tests.deliveries import counted, deliver, written

TODAY = date(2020, 2, 14)
NGHE_AN, HA_NOI, KON_TUM, SOC_TRANG = "40", "01", "62", "94"


def board_of(store: Store, code: str, indicator: str | None = None, at: date = TODAY, **asked: Any) -> ProvinceBoard:
    found = province(store, EVERYTHING, code, Asked(at, indicator, **asked))
    assert found is not None
    return found


def number_of(figure: Figure | None) -> Decimal:
    assert figure is not None
    return figure.quantity.number


def test_nghe_an_is_what_the_article_says(held: Store) -> None:
    board = board_of(held, NGHE_AN)
    assert board.row.value is not None
    assert board.row.value.mark == "DVC01/40/2020-02-12"
    assert board.row.value.quantity == Quantity(Decimal("2.7"), Qualifier.OVER)
    assert [term.quantity for term in board.row.terms] == [
        Quantity(Decimal(50)),
        Quantity(Decimal(1800), Qualifier.UNDER),
    ]
    assert board.row.judgement.status is Status.BEHIND
    assert number_of(board.way.path) == 18
    assert number_of(board.row.gap) == Decimal("-15.3")
    assert board.way.missing is not None
    assert board.way.missing.quantity == Quantity(Decimal(490), Qualifier.UNDER)
    assert board.region is not None
    assert board.region.code == "R-NCC"


def test_the_levels_of_nghe_an_do_not_add_up_and_none_is_mended(held: Store) -> None:
    found = board_of(held, NGHE_AN).breakdown
    assert found is not None
    assert [(each.level, each.value.quantity) for each in found.levels] == [
        ("2", Quantity(Decimal(1100), Qualifier.OVER)),
        ("3", Quantity(Decimal(600), Qualifier.UNDER)),
        ("4", Quantity(Decimal(50))),
    ]
    assert found.added.quantity == Quantity(Decimal(1750), Qualifier.APPROX)
    assert found.stated is not None
    assert found.stated.quantity == Quantity(Decimal(1800), Qualifier.UNDER)
    assert (found.differs, found.unnamed) == (-1, ("1",))


def test_levels_stand_only_where_a_source_counts_them(held: Store) -> None:
    assert board_of(held, HA_NOI).breakdown is None
    assert board_of(held, NGHE_AN, "VB01").breakdown is None
    assert all(board_of(held, NGHE_AN, code).breakdown for code in ("DVC01", "DVC08", "DVC08_4"))


@pytest.mark.parametrize("level_1", ["50", "51", "60"])
def test_levels_that_add_up_are_told_from_those_that_do_not(store: Store, level_1: str, tmp_path: Path) -> None:
    counts = {"DVC08_1": level_1, "DVC08_2": "40", "DVC08_3": "9", "DVC08_4": "0", "DVC08": "100"}
    rows = [counted(count, indicator_code=code) for code, count in counts.items()]
    deliver(store, tmp_path, written(*rows))
    found = board_of(store, HA_NOI, "DVC08").breakdown
    assert found is not None
    assert found.differs == {"50": -1, "51": 0, "60": 1}[level_1]
    assert found.unnamed == ()
    # A level of none is a level that was counted.
    assert found.levels[-1].number == 0


@pytest.mark.parametrize("indicator", ["DVC01", "DVC02", "VB01"])
@pytest.mark.parametrize("code", [NGHE_AN, HA_NOI, "79", "48"])
def test_ranks_are_counted_among_those_that_reported(held: Store, code: str, indicator: str) -> None:
    board = board_of(held, code, indicator)
    with knowing(held, EVERYTHING, TODAY) as known:
        assert board.period is not None
        readings = known.readings(indicator, board.period.text)
        owing = known.register.owing(known.register.indicators[indicator], board.period.end)
    provinces = {each.code: each for each in owing if each.kind == "province"}
    values = {key: reading.printed for key, reading in readings.items() if key in provinces}
    own = values[code]
    assert number_of(board.place.rank) == 1 + sum(value > own for value in values.values())
    assert number_of(board.place.reported) == len(values)
    near = [value for key, value in values.items() if provinces[key].parent == board.agency.parent]
    assert number_of(board.place.region_rank) == 1 + sum(value > own for value in near)
    assert number_of(board.place.region_reported) == len(near)


@pytest.mark.parametrize("code", [KON_TUM, SOC_TRANG])
def test_who_did_not_report_has_its_last_figure_and_no_other(held: Store, code: str) -> None:
    board = board_of(held, code)
    assert board.row.judgement.status is Status.NR
    assert (board.row.value, board.row.rank, board.row.gap, board.place.rank, board.place.region_rank) == (None,) * 5
    assert board.last is not None
    assert board.last.mark == f"DVC01/{code}/2019-11"
    assert board.last.quantity.number > 0
    assert (board.way.missing, board.way.pace_needed, board.way.shortfall) == (None, None, None)
    own = {each.indicator.code: each for each in board.own}
    assert own["DVC01"].row.judgement.status is Status.STALE
    assert own["DVC01"].awaited is not None
    assert number_of(own["DVC01"].age) == (TODAY - date(2019, 11, 30)).days
    assert own["DVC01"].series[-3:] == (None, None, None)
    assert own["VB01"].awaited is None


def test_an_indicator_without_a_figure_falls_back_and_is_told(held: Store) -> None:
    for asked in ("DL01", "HL01", "DVC08", "nothing"):
        board = board_of(held, HA_NOI, asked)
        assert board.indicator.code == "DVC01"
        assert board.unknown == (("indicator", asked),)
    assert board_of(held, NGHE_AN, "DVC08").unknown == ()
    assert board_of(held, NGHE_AN, period="2018").unknown == (("period", "2018"),)


def test_every_figure_of_a_province_that_the_store_holds_has_a_row(held: Store) -> None:
    for code in (NGHE_AN, HA_NOI, KON_TUM):
        board = board_of(held, code)
        with held.reading() as snapshot:
            register = queries.register(snapshot, EVERYTHING)
            scope = EVERYTHING.narrowed(code)
            has = [
                key
                for key, indicator in register.indicators.items()
                if indicator.owed_by(board.agency) and queries.known_observations(snapshot, scope, key, TODAY)
            ]
        assert [each.indicator.code for each in board.own] == has
        assert len(has) >= 6


def test_a_row_is_of_the_latest_period_and_its_change_runs_over_its_line(held: Store) -> None:
    for each in board_of(held, NGHE_AN).own:
        assert each.row.value is not None
        assert each.row.value.mark == f"{each.indicator.code}/40/{each.period.text}"
        known = [value for value in each.series if value is not None]
        assert known[-1] == each.row.number
        if each.change is None:
            assert len(known) < 2
        else:
            assert number_of(each.change) == known[-1] - known[0]


def test_a_code_means_a_province_only_on_its_days(held: Store) -> None:
    after = date(2025, 8, 1)
    for code in ("00", "99", "27"):
        assert province_exists(held, EVERYTHING, code, Asked(TODAY)) is (code == "27")
        assert not province_exists(held, EVERYTHING, code, Asked(after))
        assert province(held, EVERYTHING, code, Asked(after)) is None
    assert province_exists(held, EVERYTHING, "24", Asked(after))


def test_the_province_that_bears_the_code_later_has_the_sums_of_those_it_was_formed_of(held: Store) -> None:
    before = {code: board_of(held, code, at=date(2021, 3, 1)).row for code in ("24", "27")}
    assert board_of(held, "24", at=date(2021, 3, 1)).agency.name_vi == "Bắc Giang"
    board = board_of(held, "24", at=date(2025, 8, 1))
    assert (board.agency.name_vi, board.region, len(board.provinces)) == ("Bắc Ninh", None, 34)
    assert {each.code for each in board.kin.agencies} == {"24", "27"}
    terms = [sum(number_of(row.terms[at]) for row in before.values()) for at in (0, 1)]
    assert [number_of(each) for each in board.row.terms] == terms
    assert number_of(board.row.value) == round(100 * terms[0] / terms[1], 1)
    assert not [each for each in figures_of((board.row, board.course)) if "/24/" in each.mark and not each.derived]


def test_there_is_no_projection_from_where_the_nation_stood(held: Store) -> None:
    course = board_of(held, NGHE_AN).course
    assert (course.projection, course.band) == (None, None)
    assert course.last is not None
    assert course.last.value is not None
    assert course.last.value.mark == "DVC01/40/2020-02-12"
    assert course.target is not None


def test_only_what_adds_up_is_counted_as_missing(held: Store) -> None:
    board = board_of(held, NGHE_AN, "VB01")
    assert board.way.missing is None
    assert number_of(board.way.shortfall) == Decimal("5.6")
    assert "DVC01" in FAMILY


@pytest.mark.parametrize("code", [NGHE_AN, HA_NOI, KON_TUM])
@pytest.mark.parametrize("at", [TODAY, date(2020, 8, 19), date(2019, 8, 1)])
def test_a_mark_names_one_number(held: Store, code: str, at: date) -> None:
    said: dict[str, tuple[Quantity, str]] = {}
    for figure in figures_of(board_of(held, code, at=at)):
        shown = figure.quantity, figure.unit
        assert said.setdefault(figure.mark, shown) == shown, figure.mark
    assert len(said) > 20
