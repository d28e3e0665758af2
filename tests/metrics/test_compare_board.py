"""The comparison against what the rankings say of the same agencies, and leads counted anew."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from data.scope import EVERYTHING
from data.store import Store
from metrics.asked import Asked
from metrics.boards.compare import CompareBoard, compare
from metrics.boards.known import knowing
from metrics.boards.province import province
from metrics.boards.ranking import ranking
from metrics.figure import figures_of

DAY, LATER = date(2020, 2, 14), date(2021, 1, 15)
PINS = (("40", "46"), ("40", "46", "79", "62"), ("01", "BTC"), ("BTC", "BNV", "BCA"), ("62", "94"))


def board_of(store: Store, *pins: str, at: date = DAY, indicator: str | None = None, period: str | None = None
             ) -> CompareBoard:  # fmt: skip
    return compare(store, EVERYTHING, Asked(at, indicator, period, pins=pins))


@pytest.mark.parametrize("at", [DAY, LATER])
@pytest.mark.parametrize("pins", PINS, ids="-".join)
def test_every_figure_is_that_of_the_ranking_of_its_period(held: Store, pins: tuple[str, ...], at: date) -> None:
    seen = 0
    for line in board_of(held, *pins, at=at).lines:
        for cell in line.cells:
            if cell.row.value is None:
                continue
            group = "provinces" if cell.agency.kind == "province" else "ministries"
            whole = ranking(held, EVERYTHING, Asked(at, line.indicator.code, line.period.text, group=group)).whole
            assert whole is not None
            (row,) = [each for each in whole.rows if each.agency == cell.agency]
            assert row == cell.row
            assert cell.reported == whole.reported
            seen += 1
    assert seen >= 10


@pytest.mark.parametrize("at", [DAY, LATER])
@pytest.mark.parametrize("pins", PINS, ids="-".join)
def test_leads_are_counted_by_the_printed_figures(held: Store, pins: tuple[str, ...], at: date) -> None:
    board = board_of(held, *pins, at=at)
    alone: Counter[str] = Counter()
    of = level = 0
    for line in board.lines:
        numbers: dict[str, Decimal] = {
            cell.agency.code: cell.row.number for cell in line.cells if cell.row.number is not None
        }
        if len(numbers) < len(pins) or line.indicator.direction not in ("higher", "lower"):
            continue
        of += 1
        best = min(numbers.values()) if line.indicator.direction == "lower" else max(numbers.values())
        first = [code for code, number in numbers.items() if number == best]
        assert [cell.agency.code for cell in line.cells if cell.leads] == first
        assert line.apart is not None
        assert line.apart.quantity.number == max(numbers.values()) - min(numbers.values())
        alone.update(first if len(first) == 1 else ())
        level += len(first) > 1
    assert of >= 4
    assert int(board.comparable.quantity.number) == of
    assert {lead.agency.code: int(lead.count.quantity.number) for lead in board.leads} == {
        code: alone[code] for code in pins
    }
    assert int(board.level.quantity.number) == level
    counts = [lead.count.quantity.number for lead in board.leads]
    assert counts == sorted(counts, reverse=True)


def test_a_line_takes_the_latest_period_of_which_all_have_a_figure(held: Store) -> None:
    for line in board_of(held, "40", "62").lines:
        with knowing(held, EVERYTHING, DAY) as known:
            code = line.indicator.code
            common = [each for each in known.periods(code) if {"40", "62"} <= set(known.readings(code, each.text))]
        assert line.comparable is bool(common)
        assert not common or line.period == common[0]


def test_what_cannot_be_compared_says_why_and_stands_last(held: Store) -> None:
    board = board_of(held, "40", "46", "BTC")
    lines = {line.indicator.code: line for line in board.lines}
    order = [line.comparable for line in board.lines]
    assert order == sorted(order, reverse=True)
    services = lines["DVC08"]
    assert [cell.reason for cell in services.cells] == ["", "absent", "absent"]
    departments = lines["TC01"]
    assert [cell.reason for cell in departments.cells] == ["", "absent", "owed"]
    for line in (services, departments):
        assert not line.comparable
        assert line.apart is None
        assert not any(cell.leads for cell in line.cells)


def test_what_a_province_lacks_is_what_its_own_page_says(held: Store) -> None:
    board = board_of(held, "40", "46", indicator="DVC01")
    assert board.chosen is not None
    for closing in board.closings:
        page = province(held, EVERYTHING, closing.cell.agency.code, Asked(DAY, "DVC01"))
        assert page is not None
        assert closing.way == page.way
        assert closing.cell.row == page.row
    first, second = board.closings
    assert first.behind is not None and second.behind is None
    numbers = [each.cell.row.number for each in board.closings]
    assert numbers[0] is not None and numbers[1] is not None
    assert first.behind.quantity.number == numbers[0] - numbers[1]


def test_nothing_younger_than_the_day_is_known(held: Store) -> None:
    earlier = board_of(held, "40", "46", at=date(2019, 8, 1))
    assert earlier.lines
    for figure in figures_of(earlier):
        assert figure.trace is None or figure.trace.published <= date(2019, 8, 1)
    assert all(line.period.end <= date(2019, 8, 1) for line in earlier.lines)
    codes = {line.indicator.code for line in earlier.lines}
    assert "DVC08" not in codes and "DVC01" in codes


def test_a_period_that_is_asked_for_is_that_of_the_line_in_full(held: Store) -> None:
    board = board_of(held, "40", "46", indicator="DVC01", period="2019-11")
    assert board.chosen is not None and board.chosen.period.text == "2019-11"
    assert board.unknown == ()
    other = board_of(held, "40", "46", indicator="DVC01", period="2011-01")
    assert other.chosen is not None and other.chosen.period.text == "2020-02-12"
    assert other.unknown == (("period", "2011-01"),)


def test_unknown_codes_are_told_and_fewer_than_two_are_proposed_a_start(held: Store) -> None:
    board = board_of(held, "40", "99")
    assert board.unknown == (("pin", "99"),)
    assert [each.code for each in board.pins] == ["40"]
    assert board.starts is not None
    ranked = ranking(held, EVERYTHING, Asked(DAY)).table
    assert ranked is not None
    ends = dict(board.starts.groups)["ends"]
    assert [each.code for each in ends] == [ranked.rows[0].agency.code, ranked.rows[-1].agency.code]
    assert board.starts.simulated
    assert board_of(held, "40", "46").starts is None
    assert len(board_of(held).others) == 85
    assert len(board.others) == 84


@pytest.mark.parametrize("pins", PINS, ids="-".join)
def test_a_mark_names_one_figure(held: Store, pins: tuple[str, ...]) -> None:
    by_mark: dict[str, set[object]] = {}
    for figure in figures_of(board_of(held, *pins)):
        by_mark.setdefault(figure.mark, set()).add((figure.quantity, figure.unit, figure.signed))
    assert {mark: found for mark, found in by_mark.items() if len(found) > 1} == {}
    assert len(by_mark) > 60
