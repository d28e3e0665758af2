"""What changed between two days, against what was delivered by hand: moves, ranks, arrivals, corrections."""

from datetime import date
from pathlib import Path

import pytest

from data.scope import EVERYTHING, Scope
from data.store import Store
from metrics.asked import Asked
from metrics.boards.changes import Changes, since_of
from metrics.boards.ministry import ministry
from metrics.boards.overview import overview
from metrics.boards.province import province
from tests.deliveries import deliver, directive, figure, receipt, regime, said, written

BEFORE, AT = date(2020, 1, 31), date(2020, 2, 14)


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Store:
    """Two periods of three provinces, one of them corrected; a national figure; a directive and a report that pass
    their days; a ministry's directive that was late before."""
    november = [("01", "9"), ("40", "12"), ("48", "20")]
    december = [("01", "10.7"), ("40", "8"), ("48", "21")]
    rows = [figure(value, agency_code=code, period="2019-11", published="2019-12-05") for code, value in november]
    rows += [figure(value, agency_code=code, period="2019-12", published="2020-02-03") for code, value in december]
    rows.append(figure("6", agency_code="VN", period="2019", published="2020-01-10"))
    deliver(store, tmp_path, written(*rows))
    corrected = figure("11.2", agency_code="01", period="2019-12", published="2020-02-10", reason="Tính lại")
    deliver(store, tmp_path, written(corrected), delivery=said())
    told = figure("6.5", agency_code="VN", period="2019", published="2020-02-11", reason="Số cuối năm")
    deliver(store, tmp_path, written(told))
    tasks = [
        directive(code="T01", due="2020-02-05", set_on="2020-01-02"),
        directive(code="T02", due="2020-01-20", set_on="2020-01-02"),
        directive(code="T03", due="2020-03-20", set_on="2020-02-01"),
    ]
    deliver(store, tmp_path, written(*tasks), "directives")
    deliver(store, tmp_path, written(regime(owners="01;40", source="GSO")), "regimes")
    came = [
        receipt(agency_code="01", period="2020-01", received_at="2020-02-01T09:00", source="GSO"),
        receipt(agency_code="40", period="2019-12", received_at="2020-01-15T09:00", source="GSO"),
    ]
    deliver(store, tmp_path, written(*came), "receipts")
    return store


def of_nation(store: Store, at: date = AT, since: date = BEFORE, scope: Scope = EVERYTHING) -> Changes:
    return overview(store, scope, Asked(at, since=since.isoformat())).changes


def numbers(found: Changes) -> dict[str, int]:
    names = ("moved", "risen", "fallen", "arrived", "reports", "newly_late", "newly_missing", "corrections")
    return {name: int(getattr(found, name).quantity.number) for name in names}


def test_everything_is_counted_and_told_as_it_was_known(filled: Store) -> None:
    found = of_nation(filled)
    (national,) = found.figures
    assert national.before is not None and national.change is not None
    printed = [str(each.quantity.number) for each in (national.before, national.after, national.change)]
    assert printed == ["6", "6.5", "0.5"]
    assert national.change.unit == "điểm %"
    # In November 48 led 40 and 01; by now, with the correction, 01 stands before 40.
    places = [(int(each.before.quantity.number), int(each.after.quantity.number)) for each in found.ranks]
    assert dict(zip([each.agency.code for each in found.ranks], places, strict=True)) == {"01": (3, 2), "40": (2, 3)}
    assert [each.code for each in found.late] == ["T01"]
    assert {(each.agency.code, each.due) for each in found.missing} == set()
    replaced = {
        (each.correction.after.agency, str(each.before.quantity.number)) for each in found.corrected if each.before
    }
    assert replaced == {("01", "10.7"), ("VN", "6")}
    assert numbers(found) == {
        "moved": 1, "risen": 1, "fallen": 1, "arrived": 3, "reports": 1, "newly_late": 1, "newly_missing": 0,
        "corrections": 2,
    }  # fmt: skip
    assert not found.simulated


def test_a_report_is_newly_missing_once_its_day_is_over(filled: Store) -> None:
    # The reports of 15/01 to 14/02 are due on the 16th; nobody sends them.
    due = date(2020, 2, 16)
    assert numbers(of_nation(filled, at=due, since=AT))["newly_missing"] == 0
    for since in (AT, due):
        found = of_nation(filled, at=date(2020, 2, 17), since=since)
        assert {(each.agency.code, each.due) for each in found.missing} == {("01", due), ("40", due)}
    assert numbers(of_nation(filled, at=date(2020, 2, 18), since=date(2020, 2, 17)))["newly_missing"] == 0


def test_nothing_younger_than_the_day_is_told(filled: Store) -> None:
    found = of_nation(filled, at=date(2020, 2, 4))
    assert numbers(found)["corrections"] == 0
    assert numbers(found)["moved"] == 0
    assert numbers(found)["arrived"] == 3
    (first,) = [each for each in found.ranks if each.agency.code == "01"]
    assert first.value is not None and str(first.value.quantity.number) == "10.7"
    assert numbers(found)["newly_late"] == 0


def test_a_quiet_day_has_no_changes(filled: Store) -> None:
    found = of_nation(filled, at=date(2020, 2, 13), since=date(2020, 2, 12))
    assert found.none
    assert (found.figures, found.ranks, found.late, found.missing, found.corrected) == ((), (), (), (), ())


def test_a_province_is_told_of_its_own_alone(filled: Store) -> None:
    board = province(filled, EVERYTHING, "01", Asked(AT, since=BEFORE.isoformat()))
    assert board is not None
    found = board.changes
    assert found is not None
    (moved,) = found.figures
    assert moved.before is not None and moved.change is not None
    assert [str(each.quantity.number) for each in (moved.before, moved.after, moved.change)] == ["9", "11.2", "2.2"]
    assert [each.agency.code for each in found.ranks] == ["01"]
    assert [each.correction.after.agency for each in found.corrected] == ["01"]
    assert numbers(found)["arrived"] == 1
    assert numbers(found)["reports"] == 1
    assert found.late == (), "the directive names a ministry"


def test_a_ministry_is_told_of_its_directives(filled: Store) -> None:
    board = ministry(filled, EVERYTHING, "BNV", Asked(AT, since=BEFORE.isoformat()))
    assert board is not None
    assert [each.code for each in board.changes.late] == ["T01"]
    assert board.changes.ranks == ()
    assert board.changes.figures == ()


def test_another_scope_is_not_told_of_others(filled: Store) -> None:
    found = of_nation(filled, scope=Scope(frozenset({"40"})))
    assert [each.correction.after.agency for each in found.corrected] == []
    assert numbers(found)["arrived"] == 1
    assert {each.agency.code for each in found.ranks} <= {"40"}


@pytest.mark.parametrize("asked", ["2020-02-14", "2021-01-01", "yesterday", "2020-02-30"])
def test_a_day_that_cannot_be_used_falls_back_and_is_told(filled: Store, asked: str) -> None:
    board = overview(filled, EVERYTHING, Asked(AT, since=asked))
    assert ("since", asked) in board.unknown
    assert board.changes.since.day == overview(filled, EVERYTHING, Asked(AT)).changes.since.day


def test_the_choices_are_days_before(filled: Store) -> None:
    found = dict(overview(filled, EVERYTHING, Asked(AT)).changes.since.choices)
    assert found == {
        "day": date(2020, 2, 13), "week": date(2020, 2, 7), "month": date(2020, 1, 15), "period": date(2019, 11, 30),
    }  # fmt: skip
    assert since_of(AT, (), None).day == date(2020, 1, 15)


def test_every_change_of_the_demonstration_is_that_of_two_boards(held: Store) -> None:
    """What the overview said on each of the two days, compared by hand."""
    then, now = (overview(held, EVERYTHING, Asked(day)) for day in (date(2020, 1, 31), AT))
    found = of_nation(held)
    ranks = [
        {row.agency.code: int(row.rank.quantity.number) for row in board.tables[0].rows if row.rank}
        for board in (then, now)
    ]
    moved = {code: (ranks[0][code], place) for code, place in ranks[1].items() if ranks[0].get(code, place) != place}
    provinces = {each.agency.code: each for each in found.ranks if each.agency.kind == "province"}
    assert moved
    assert {
        code: (int(each.before.quantity.number), int(each.after.quantity.number)) for code, each in provinces.items()
    } == moved
    old = {nation.indicator.code: nation.value for nation in then.headline}
    for nation in now.headline:
        told = next((each for each in found.figures if each.indicator == nation.indicator), None)
        before = old[nation.indicator.code]
        if nation.value is None or (
            before and (before.mark, before.quantity) == (nation.value.mark, nation.value.quantity)
        ):
            assert told is None
            continue
        assert told is not None
        assert told.after == nation.value
        assert (told.before and told.before.quantity) == (before and before.quantity)
