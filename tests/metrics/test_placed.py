"""Boards on the map of the 34: sums kept, ranks worked out anew, codes understood by the day."""

from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from data.scope import EVERYTHING
from data.store import Store
from geo.editions import Edition, formed_of
from metrics.asked import Asked
from metrics.boards.indicator import indicator
from metrics.boards.known import knowing
from metrics.boards.overview import overview
from metrics.boards.province import province, province_exists
from metrics.boards.ranking import RankingBoard, ranking
from metrics.editions import Why
from metrics.status import Status
from tests.deliveries import deliver, figure, said, target, written

DAY = date(2020, 2, 14)
MERGED = date(2025, 9, 30)
RATIOS = ("DVC01", "DVC02", "DVC07", "TT04", "HL02", "VB01")


def on_34(store: Store, code: str, at: date = DAY, period: str | None = None) -> RankingBoard:
    return ranking(store, EVERYTHING, Asked(at, code, period, edition="34"))


def terms_of(store: Store, code: str, at: date, period: str) -> dict[str, tuple[Decimal, Decimal]]:
    """Both terms of every province that reported, by its code of the 63."""
    with knowing(store, EVERYTHING, at) as known:
        owing = {agency.code for agency in known.register.agencies if agency.kind == "province"}
        found = known.readings(code, period)
    return {
        agency: (reading.observation.numerator.number, reading.observation.denominator.number)
        for agency, reading in found.items()
        if agency in owing and reading.observation.numerator and reading.observation.denominator
    }


def periods_of(store: Store, code: str, at: date) -> list[str]:
    with knowing(store, EVERYTHING, at) as known:
        return [period.text for period in known.periods(code)]


@pytest.mark.parametrize("code", RATIOS)
@pytest.mark.parametrize("at", [DAY, date(2021, 1, 15)])
def test_the_sums_of_every_ratio_are_those_of_the_63_in_every_period(held: Store, code: str, at: date) -> None:
    periods = periods_of(held, code, at)
    assert len(periods) > 5
    for period in periods:
        terms = terms_of(held, code, at, period)
        board = on_34(held, code, at, period=period)
        assert board.table is not None
        shown = {row.agency.code: row for row in board.table.rows}
        parts = [part for new in shown for part in formed_of(Edition.OF_34)[new]]
        for at_term in (0, 1):
            summed = sum(row.terms[at_term].quantity.number for row in shown.values() if row.terms)
            assert summed == sum(terms[part][at_term] for part in parts if part in terms)
        stopped = {each.row.agency.code for each in board.table.incomparable}
        silent = {row.agency.code for row in board.table.unreported}
        assert len(shown) + len(stopped) + len(silent) == 34
        for new, olds in formed_of(Edition.OF_34).items():
            told = [old for old in olds if old in terms]
            assert (new in shown, new in stopped, new in silent) == (
                len(told) == len(olds), 0 < len(told) < len(olds), not told,
            )  # fmt: skip


@pytest.mark.parametrize("code", RATIOS)
def test_ranks_and_values_are_those_of_the_sums(held: Store, code: str) -> None:
    board = on_34(held, code)
    assert board.table is not None
    assert board.period is not None
    terms = terms_of(held, code, DAY, board.period.text)
    values = {}
    for new, olds in formed_of(Edition.OF_34).items():
        if all(old in terms for old in olds):
            over, under = (sum((terms[old][at] for old in olds), Decimal(0)) for at in (0, 1))
            values[new] = (100 * over / under).quantize(Decimal("0.1"), ROUND_HALF_UP)
    seen = {row.agency.code: row.value.quantity.number for row in board.table.rows if row.value}
    kept = {row.agency.code for row in board.table.rows if row.value and not row.value.derived}
    assert kept <= set(formed_of(Edition.OF_63))
    assert seen.keys() == values.keys()
    merged = {new for new in seen if new not in kept}
    assert len(merged) > 15
    assert {new: seen[new] for new in merged} == {new: values[new] for new in merged}
    ranks = {each: 1 + sum(other > seen[each] for other in seen.values()) for each in seen}
    assert {row.agency.code: row.rank.quantity.number for row in board.table.rows if row.rank} == ranks


def test_the_sum_of_all_is_the_same_on_both_maps(held: Store) -> None:
    boards = [overview(held, EVERYTHING, Asked(DAY, "DVC01", edition=edition)) for edition in Edition]
    assert boards[0].sum_beside == boards[1].sum_beside
    assert boards[0].answer == boards[1].answer
    assert boards[0].laggards == boards[1].laggards
    assert [len(board.map.marks) for board in boards if board.map] == [63, 34]


def test_who_cannot_be_compared_has_no_rank_and_says_why(held: Store) -> None:
    board = on_34(held, "DVC01")
    assert board.table is not None
    told = {
        each.row.agency.name_vi: (each.why, [part.name_vi for part in each.stopped_by])
        for each in board.table.incomparable
    }
    assert told == {"Quảng Ngãi": (Why.ABSENT, ["Kon Tum"]), "Cần Thơ": (Why.ABSENT, ["Sóc Trăng"])}
    assert all(each.row.rank is None and each.row.value is None for each in board.table.incomparable)
    counts = {status: int(count.quantity.number) for status, count in board.table.counts}
    assert counts == Counter(row.judgement.status for row in board.table.rows)
    assert Status.NR not in counts
    assert board.table.apart is not None
    assert int(board.table.apart.quantity.number) + sum(counts.values()) == 34
    assert board.map is not None
    assert sum(int(each.count.quantity.number) for each in board.map.bins) == 32
    assert int(board.map.incomparable.quantity.number) == 2


def test_movement_is_counted_on_the_same_map(held: Store) -> None:
    now, before = (on_34(held, "DVC01", period=period) for period in ("2020-02-12", "2020-01"))
    assert now.table is not None
    assert before.table is not None
    earlier = {row.agency.code: row.rank.quantity.number for row in before.table.rows if row.rank}
    assert len(earlier) > 30
    for row in now.table.rows:
        assert row.rank is not None
        moved = None if row.moved is None else row.moved.quantity.number
        expected = earlier.get(row.agency.code)
        assert moved == (None if expected is None else expected - row.rank.quantity.number)


def test_seven_codes_mean_another_place(held: Store) -> None:
    shown = on_34(held, "DVC01").shown
    assert {each.code: (each.before.name_vi, each.after.name_vi) for each in shown.reused} == {
        "15": ("Yên Bái", "Lào Cai"),
        "24": ("Bắc Giang", "Bắc Ninh"),
        "44": ("Quảng Bình", "Quảng Trị"),
        "52": ("Bình Định", "Gia Lai"),
        "80": ("Long An", "Tây Ninh"),
        "82": ("Tiền Giang", "Đồng Tháp"),
        "91": ("Kiên Giang", "An Giang"),
    }
    own = ranking(held, EVERYTHING, Asked(DAY, "DVC01")).shown
    assert (own.rebased, own.formed, own.reused) == (False, (), ())


def test_scores_are_not_added_but_kept_where_a_place_was_kept(store: Store, tmp_path: Path) -> None:
    rows = [
        figure(value, agency_code=code, indicator_code="PCI", unit="điểm", period="2019")
        for code, value in (("24", "60.1"), ("27", "70.2"), ("40", "65.5"), ("38", "66"))
    ]
    deliver(store, tmp_path, written(*rows))
    board = on_34(store, "PCI")
    assert board.table is not None
    ranked = {row.agency.code: row.rank.quantity.number for row in board.table.rows if row.rank}
    assert ranked == {"38": 1, "40": 2}
    (stopped,) = board.table.incomparable
    assert (stopped.row.agency.name_vi, stopped.why) == ("Bắc Ninh", Why.KIND)


@pytest.fixture
def across(store: Store, tmp_path: Path) -> Store:
    """Figures of December 2019 and of August 2025, the codes of both in the same column."""
    delivery = said(clock=MERGED, machine_today=MERGED)
    old = [("24", "30", "100"), ("27", "20", "300"), ("40", "10", "200")]
    new = [("24", "90", "400"), ("40", "48", "200")]
    rows = [
        figure(
            "",
            indicator_code="DVC02",
            agency_code=code,
            period=period,
            numerator=over,
            denominator=under,
            published=day,
        )
        for period, day, told in (("2019-12", "2020-02-01", old), ("2025-08", "2025-09-10", new))
        for code, over, under in told
    ]
    deliver(store, tmp_path, written(*rows), delivery=delivery)
    return store


def names(board: RankingBoard) -> dict[str, Decimal]:
    assert board.table is not None
    return {row.agency.name_vi: row.value.quantity.number for row in board.table.rows if row.value}


def test_a_code_lands_on_the_place_of_its_day(across: Store) -> None:
    before = ranking(across, EVERYTHING, Asked(MERGED, "DVC02", "2019-12"))
    assert names(before) == {"Bắc Giang": 30, "Bắc Ninh": Decimal("6.7"), "Nghệ An": 5}
    after = ranking(across, EVERYTHING, Asked(MERGED, "DVC02", "2025-08"))
    assert names(after) == {"Nghệ An": 24, "Bắc Ninh": Decimal("22.5")}
    assert (before.shown.edition, after.shown.edition) == (Edition.OF_63, Edition.OF_34)
    assert before.map is not None
    assert after.map is not None
    assert (len(before.map.marks), len(after.map.marks)) == (63, 34)


def test_the_34_move_against_their_former_parts_and_their_line_runs_on(across: Store) -> None:
    board = ranking(across, EVERYTHING, Asked(MERGED, "DVC02", "2025-08"))
    assert board.table is not None
    moved = {row.agency.name_vi: row.moved.quantity.number for row in board.table.rows if row.moved}
    assert moved == {"Nghệ An": 1, "Bắc Ninh": -1}
    lines = {line.code: line.series for line in board.lines}
    assert lines["24"] == (Decimal("12.5"), Decimal("22.5"))
    assert lines["40"] == (Decimal("5.0"), Decimal("24.0"))


def test_figures_of_the_34_are_not_split_onto_the_63(across: Store) -> None:
    board = ranking(across, EVERYTHING, Asked(MERGED, "DVC02", "2025-08", edition="63"))
    assert names(board) == {"Nghệ An": 24}
    assert board.table is not None
    told = {each.row.agency.name_vi: (each.why, each.stopped_by[0].code) for each in board.table.incomparable}
    assert told == {"Bắc Giang": (Why.MERGED, "24"), "Bắc Ninh": (Why.MERGED, "24")}
    assert len(board.table.members) == 63


def test_the_edition_decides_which_province_a_code_means(across: Store) -> None:
    asked = {edition: Asked(DAY, "DVC01", edition=edition) for edition in ("63", "34")}
    boards = {edition: province(across, EVERYTHING, "24", each) for edition, each in asked.items()}
    assert {edition: board.agency.name_vi for edition, board in boards.items() if board} == {
        "63": "Bắc Giang",
        "34": "Bắc Ninh",
    }
    assert province_exists(across, EVERYTHING, "27", asked["63"])
    assert not province_exists(across, EVERYTHING, "27", asked["34"])
    later = province(across, EVERYTHING, "24", Asked(MERGED, "DVC02"))
    assert later is not None
    assert later.agency.name_vi == "Bắc Ninh"


def test_a_place_that_was_not_there_yet_has_no_duties_of_another(held: Store) -> None:
    merged = province(held, EVERYTHING, "24", Asked(DAY, edition="34"))
    kept = province(held, EVERYTHING, "40", Asked(DAY, edition="34"))
    own = province(held, EVERYTHING, "40", Asked(DAY))
    assert merged is not None
    assert kept is not None
    assert own is not None
    assert merged.duties is None
    assert kept.duties == own.duties
    assert kept.kin.agencies == ()


def test_a_target_of_one_province_is_not_taken_for_another_place(across: Store, tmp_path: Path) -> None:
    aims = [target(value, indicator_code="DVC02", agency_code=code) for value, code in (("50", "24"), ("40", "40"))]
    deliver(across, tmp_path, written(*aims), "targets")
    board = on_34(across, "DVC02", MERGED, period="2019-12")
    assert board.table is not None
    targets = {row.agency.code: row.target for row in board.table.rows}
    assert targets == {"24": None, "40": 40}


def test_the_indicator_page_tells_who_sent_by_those_who_had_to(held: Store) -> None:
    boards = [indicator(held, EVERYTHING, "DVC01", Asked(DAY, edition=edition)) for edition in Edition]
    assert boards[0] is not None
    assert boards[1] is not None
    assert boards[0].senders == boards[1].senders
    assert [len(board.tables[0].members) for board in boards if board] == [63, 34]
