"""Ranks within cities and bands of people, by level and by improvement, worked out anew from what the store holds."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from data.peers import CENSUS, CITY, every_peer, peers
from data.periods import CYCLE_MONTHS
from data.scope import EVERYTHING
from data.store import Store
from i18n.collation import vietnamese_order
from metrics.asked import IMPROVEMENT, Asked
from metrics.boards.groups import BANDS, CITIES
from metrics.boards.known import knowing
from metrics.boards.ranking import Group, RankingBoard, ranking
from metrics.figure import figures_of

DAY = date(2020, 2, 14)
LATER = date(2021, 1, 15)
#: Everything of which provinces of the demonstration report more than one.
INDICATORS = ("DVC01", "DVC02", "DVC07", "TT04", "HL02", "VB01")
FIVE = {"01", "31", "48", "79", "92"}


def parts(board: RankingBoard) -> tuple[Group, ...]:
    return (*board.regions, *board.peers)


def asked_for(part: Group, indicator: str, at: date, sort: str) -> Asked:
    chosen = {"region": part.name} if part.region else {"group": part.name}
    return Asked(at, indicator, **chosen, sort=sort)  # type: ignore[arg-type]  # words by their names


def printed(store: Store, indicator: str, at: date, period: str) -> dict[str, Decimal]:
    with knowing(store, EVERYTHING, at) as known:
        found = known.readings(indicator, period)
        return {code: each.printed for code, each in found.items() if code.isdigit() and len(code) == 2}


def best_first(numbers: dict[str, Decimal], lower: bool = False) -> dict[str, int]:
    """One more than how many are better."""
    return {
        code: 1 + sum(other < number if lower else other > number for other in numbers.values())
        for code, number in numbers.items()
    }


def test_the_bands_have_fixed_limits_and_hold_every_province_once(held: Store, shared: Path) -> None:
    with (shared / "reference" / "provinces63.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    people = {row["gso_code"]: int(row["population_census_2019"]) for row in rows}
    board = ranking(held, EVERYTHING, Asked(DAY))
    bands = [each for each in board.peers if each.band]
    assert [int(each.owing.quantity.number) for each in bands] == [
        sum(number < 1_000_000 for number in people.values()),
        sum(1_000_000 <= number < 1_500_000 for number in people.values()),
        sum(1_500_000 <= number < 2_500_000 for number in people.values()),
        sum(number >= 2_500_000 for number in people.values()),
    ]
    assert sum(int(each.owing.quantity.number) for each in bands) == 63
    assert set().union(*(each.part.codes for each in bands)) == set(people)
    assert not any(each.certain for each in bands)
    assert board.peers[0].part.codes == {row["gso_code"] for row in rows if row["type"] != "Tỉnh"} == FIVE


def test_the_census_adds_up_and_is_told_as_unconfirmed() -> None:
    census = [each for each in every_peer() if each.kind == CENSUS]
    assert len(census) == 63
    assert sum(each.people or 0 for each in census) == 96_208_984
    assert {each.certainty for each in census} == {"unconfirmed"}


@pytest.mark.parametrize(("on", "known_on", "cities", "census"), [
    (date(2019, 12, 18), date(2019, 12, 18), 5, 0),
    (date(2019, 12, 19), date(2019, 12, 19), 5, 63),
    (date(2019, 3, 31), date(2020, 2, 14), 5, 63),
    (date(2025, 6, 30), date(2025, 6, 30), 5, 63),
    (date(2025, 7, 1), date(2025, 7, 1), 6, 0),
])  # fmt: skip
def test_peers_are_those_of_the_day_and_known_by_then(on: date, known_on: date, cities: int, census: int) -> None:
    assert (len(peers(CITY, on, known_on)), len(peers(CENSUS, on, known_on))) == (cities, census)


def test_a_day_before_the_census_knows_no_band(held: Store) -> None:
    board = ranking(held, EVERYTHING, Asked(date(2019, 10, 15), group="people-0"))
    assert board.unknown == (("group", "people-0"),)
    assert board.part is None
    assert [each.name for each in board.peers] == [CITIES]
    now = ranking(held, EVERYTHING, Asked(DAY, group="people-0"))
    assert (now.unknown, now.part and now.part.band) == ((), BANDS["people-0"])


@pytest.mark.parametrize("at", [DAY, LATER])
@pytest.mark.parametrize("indicator", INDICATORS)
def test_ranks_in_every_part_and_in_the_nation_are_those_of_the_printed_values(
    held: Store, indicator: str, at: date
) -> None:
    nation = ranking(held, EVERYTHING, Asked(at, indicator))
    assert nation.period is not None and len(parts(nation)) == 11
    values = printed(held, indicator, at, nation.period.text)
    ranks = best_first(values)
    seen = 0
    for part in parts(nation):
        board = ranking(held, EVERYTHING, asked_for(part, indicator, at, "level"))
        assert board.table is not None and board.part == part
        shown = {row.agency.code: int(row.rank.quantity.number) for row in board.table.rows if row.rank}
        own = {code: number for code, number in values.items() if code in part.part.codes}
        assert shown == {code: ranks[code] for code in own}
        places = {line.code: int(line.place.quantity.number) for line in board.lines if line.place}
        assert places == best_first(own)
        assert {row.agency.code for row in board.table.unreported} == part.part.codes - set(own)
        seen += len(own)
    assert seen >= 2 * 55


@pytest.mark.parametrize("at", [DAY, LATER])
@pytest.mark.parametrize("indicator", INDICATORS)
def test_improvement_is_ranked_between_the_same_two_periods(held: Store, indicator: str, at: date) -> None:
    nation = ranking(held, EVERYTHING, Asked(at, indicator, sort=IMPROVEMENT))
    found, period = nation.improvement, nation.period
    assert found is not None and found.since is not None and period is not None and nation.table is not None
    with knowing(held, EVERYTHING, at) as known:
        direction = known.register.indicators[indicator].direction
        within = [each for each in known.periods(indicator) if 0 < (period.end - each.end).days <= 366]
    assert all(CYCLE_MONTHS[each.cycle] <= 1 for each in within)
    assert found.since == min(within)
    now, before = (printed(held, indicator, at, text) for text in (period.text, found.since.text))
    changes = {code: now[code] - before[code] for code in now if code in before}
    ranks = best_first(changes, lower=direction == "lower")
    assert len(changes) > 50
    assert {each.code: each.amount.quantity.number for each in found.changes} == changes
    assert {each.code: each.rank and int(each.rank.quantity.number) for each in found.changes} == ranks
    assert [ranks[each.code] for each in found.changes] == sorted(ranks.values())
    assert int(found.compared.quantity.number) == len(changes)
    for part in parts(nation):
        own = ranking(held, EVERYTHING, asked_for(part, indicator, at, IMPROVEMENT)).improvement
        inside = {code: change for code, change in changes.items() if code in part.part.codes}
        assert own is not None
        assert {each.code: each.rank and int(each.rank.quantity.number) for each in own.changes} == {
            code: ranks[code] for code in inside
        }
        places = best_first(inside, lower=direction == "lower")
        assert {each.code: each.place and int(each.place.quantity.number) for each in own.changes} == places


def test_equal_improvements_share_a_rank(held: Store) -> None:
    found = ranking(held, EVERYTHING, Asked(DAY, "DVC01", sort=IMPROVEMENT)).improvement
    assert found is not None
    ranks = [int(each.rank.quantity.number) for each in found.changes if each.rank]
    assert len(set(ranks)) < len(ranks), "the demonstration holds no tie: the test can show nothing"
    for rank in set(ranks):
        assert rank + ranks.count(rank) in ranks or rank + ranks.count(rank) == len(ranks) + 1


def test_the_first_period_has_nobody_to_be_held_against(held: Store) -> None:
    board = ranking(held, EVERYTHING, Asked(DAY, "DVC01", "2019-03", sort=IMPROVEMENT))
    assert board.improvement is not None
    assert (board.improvement.since, board.improvement.changes) == (None, ())
    assert board.table is not None and len(board.table.rows) > 50


@pytest.mark.parametrize("group", [CITIES, *BANDS])
def test_a_mark_names_one_figure(held: Store, group: str) -> None:
    by_mark: dict[str, set[object]] = {}
    for sort in ("level", IMPROVEMENT):
        for figure in figures_of(ranking(held, EVERYTHING, Asked(DAY, group=group, sort=sort))):
            by_mark.setdefault(figure.mark, set()).add((figure.quantity, figure.unit, figure.signed))
    assert {mark: found for mark, found in by_mark.items() if len(found) > 1} == {}


def test_a_group_and_a_region_cannot_be_asked_for_at_once(held: Store) -> None:
    board = ranking(held, EVERYTHING, Asked(DAY, group=CITIES, region="R-SE"))
    assert board.unknown == (("region", "R-SE"),)
    assert board.part is not None and board.part.name == CITIES


def test_the_five_cities_stand_under_the_letters_of_their_names(held: Store) -> None:
    board = ranking(held, EVERYTHING, Asked(DAY, group=CITIES))
    assert board.table is not None
    names = [row.agency.name_vi for row in board.table.rows]
    assert sorted(names, key=vietnamese_order) == ["Cần Thơ", "Đà Nẵng", "Hà Nội", "Hải Phòng", "TP. Hồ Chí Minh"]


def test_unknown_pins_are_told_and_left_out(held: Store) -> None:
    board = ranking(held, EVERYTHING, Asked(DAY, pins=("40", "99", "BTC", "VN")))
    assert [each.code for each in board.pins] == ["40", "BTC"]
    assert board.unknown == (("pin", "99"), ("pin", "VN"))
