"""The units of a province against counts and sums worked out anew from what the store holds."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from data.scope import EVERYTHING
from data.store import Store
from metrics.asked import Asked
from metrics.boards.province import province
from metrics.boards.units import Units
from tests.deliveries import deliver, figure, written

DAY = date(2020, 2, 14)


def units_of(
    store: Store, code: str = "40", at: date = DAY, indicator: str | None = None, period: str | None = None
) -> Units | None:
    board = province(store, EVERYTHING, code, Asked(at, indicator, period))
    assert board is not None
    return board.units


def found(units: Units | None) -> Units:
    assert units is not None
    return units


def test_the_units_stand_in_the_order_of_their_values_and_who_sent_nothing_comes_last(held: Store) -> None:
    units = found(units_of(held))
    assert (units.indicator.code, units.period.text) == ("DVC02", "2020-02-12")
    assert [(group.kind, len(group.units)) for group in units.groups] == [("department", 20), ("district", 21)]
    for group in units.groups:
        numbers = [unit.number for unit in group.units if unit.number is not None]
        assert numbers == sorted(numbers, reverse=True)
        assert all(unit.number is None for unit in group.units[len(numbers) :])
        assert int(group.reported.quantity.number) == len(numbers)
        assert group.reaching is not None
        assert int(group.reaching.quantity.number) == sum(number >= 20 for number in numbers)
    silent = [unit.agency.name_vi for group in units.groups for unit in group.units if unit.value is None]
    assert silent == ["Huyện Kỳ Sơn"]


def test_the_heaviest_have_most_left_and_not_the_lowest_share(held: Store) -> None:
    units = found(units_of(held))
    rests = [unit.rest.quantity.number for unit in units.heaviest if unit.rest]
    assert rests == sorted(rests, reverse=True)
    assert len(rests) == 40
    for unit in units.heaviest:
        over, under = (each.quantity.number for each in unit.terms)
        assert unit.rest is not None
        assert unit.rest.quantity.number == under - over
        assert unit.number == (100 * over / under).quantize(Decimal("0.1"), ROUND_HALF_UP)


def test_the_sum_lacks_what_the_silent_unit_did_not_tell(held: Store) -> None:
    units = found(units_of(held))
    assert units.added is not None
    assert units.lacking is not None
    terms = [unit.terms for group in units.groups for unit in group.units if unit.terms]
    for at in (0, 1):
        assert units.added[at].quantity.number == sum(each[at].quantity.number for each in terms)
        assert units.lacking[at].quantity.number > 0
    whole = found(units_of(held, indicator="DVC02", period="2019-12"))
    assert whole.lacking is not None
    assert [each.quantity.number for each in whole.lacking] == [0, 0]


def test_a_province_without_figures_of_units_has_none_and_no_day_knows_later_ones(held: Store) -> None:
    assert units_of(held, "42") is None
    assert units_of(held, at=date(2019, 4, 1)) is None
    assert found(units_of(held, at=date(2019, 4, 8))).period.text == "2019-03"


def test_units_are_shown_in_the_indicator_that_was_chosen_where_they_have_it(store: Store, tmp_path: Path) -> None:
    told = (("40", "DVC07", "4"), ("412", "DVC07", "3"), ("412", "DVC02", "1"), ("40", "DVC02", "2"))
    rows = [
        figure("", agency_code=code, indicator_code=indicator, numerator=over, denominator="10")
        for code, indicator, over in told
    ]
    deliver(store, tmp_path, written(*rows))
    assert found(units_of(store, indicator="DVC07")).indicator.code == "DVC07"
    other = found(units_of(store, indicator="DVC02"))
    assert other.indicator.code == "DVC02"
    assert other.own is not None
    assert other.own.quantity.number == 20
    assert [group.kind for group in other.groups] == ["department", "district"]
    assert int(other.reported.quantity.number) == 1
