"""The page of one indicator on the days that matter, on the demonstration and on files of a few rows."""

from datetime import date
from pathlib import Path

import pytest

from data.scope import EVERYTHING, Scope
from data.store import Store
from layouts.definition import fraction
from metrics.asked import Asked
from metrics.boards.indicator import IndicatorBoard, Sender, indicator
from metrics.figure import figures_of
from tests.deliveries import deliver, figure, said, written


def board_of(store: Store, code: str, at: str, scope: Scope = EVERYTHING) -> IndicatorBoard:
    board = indicator(store, scope, code, Asked(date.fromisoformat(at)))
    assert board is not None
    return board


def days(senders: tuple[Sender, ...]) -> list[tuple[str, int]]:
    return [(each.agency.code, int(each.days.quantity.number)) for each in senders]


def test_a_code_that_nobody_knows_has_no_page(held: Store) -> None:
    assert indicator(held, EVERYTHING, "DVC99", Asked(date(2020, 2, 14))) is None


def test_level_4_of_february_2020_tells_what_its_articles_tell(held: Store) -> None:
    board = board_of(held, "DVC01", "2020-02-14")
    assert board.nation.value is not None and str(board.nation.value.quantity.number) == "10.7"
    assert [str(each.target.due.end) for each in board.missed if each.target.due] == ["2019-12-31"]
    assert [table.group for table in board.tables] == ["provinces", "ministries"]
    assert board.whole is board.table is board.tables[0]
    assert board.map is not None and board.corrected == () and board.unknown == ()


def test_every_agency_that_owes_it_is_counted_once(held: Store) -> None:
    senders = board_of(held, "DVC01", "2020-02-14").senders
    assert senders is not None
    assert [each.agency.name_vi for each in senders.absent] == ["Kon Tum", "Sóc Trăng"]
    assert [each.last.text for each in senders.absent if each.last] == ["2019-11", "2019-11"]
    counts = [int(each.quantity.number) for each in (senders.reported, senders.owing, senders.prompt)]
    assert counts[1] == 85 == counts[0] + len(senders.absent)
    assert counts[2] == counts[0] - len(senders.late)


@pytest.mark.parametrize(("code", "at"), [("BC01", "2020-08-20"), ("KTXH01", "2019-12-31"), ("HL01", "2020-02-14")])
def test_without_a_figure_the_board_is_there_and_holds_none(held: Store, code: str, at: str) -> None:
    board = board_of(held, code, at)
    assert board.nation.value is None and board.senders is None and board.period is None
    assert board.corrected == () and board.map is None


def test_who_came_late_is_told_by_days_and_who_did_not_come_since_when(store: Store, tmp_path: Path) -> None:
    rows = [
        figure("40", agency_code="01", period="2020-01", published="2020-01-31"),
        figure("41", agency_code="02", period="2020-01", published="2020-02-05"),
        figure("42", agency_code="04", period="2020-01", published="2020-02-12"),
        figure("39", agency_code="06", period="2019-12", published="2020-01-02"),
    ]
    deliver(store, tmp_path, written(*rows))
    senders = board_of(store, "DVC01", "2020-02-14").senders
    assert senders is not None
    assert days(senders.late) == [("04", 12), ("02", 5)]
    assert [int(each.quantity.number) for each in (senders.prompt, senders.reported)] == [1, 3]
    absent = {each.agency.code: each for each in senders.absent}
    assert len(absent) == 82 and absent["06"].days.quantity.number == 14
    assert absent["06"].last is not None and absent["06"].last.text == "2019-12"
    assert absent["08"].last is None
    before = board_of(store, "DVC01", "2020-02-06").senders
    assert before is not None and days(before.late) == [("02", 5)]


def test_a_correction_stands_with_what_it_replaced_from_the_day_it_is_known(store: Store, tmp_path: Path) -> None:
    first = figure("40.5", agency_code="01", period="2020-01", published="2020-02-01")
    deliver(store, tmp_path, written(first))
    again = first | {"value": "41", "published": "2020-02-05", "reason": "thiếu hai dịch vụ"}
    deliver(store, tmp_path, written(again), delivery=said(actor="so-tttt"))
    gone = first | {"value": "", "status": "withdrawn", "published": "2020-02-10", "reason": "nộp nhầm kỳ"}
    deliver(store, tmp_path, written(gone), delivery=said(actor="vpcp"))
    assert board_of(store, "DVC01", "2020-02-04").corrected == ()
    (one,) = board_of(store, "DVC01", "2020-02-05").corrected
    assert one.before and one.after and one.change
    assert [str(each.quantity.number) for each in (one.before, one.after, one.change)] == ["40.5", "41", "0.5"]
    assert (one.correction.delivered_by, one.correction.after.reason) == ("so-tttt", "thiếu hai dịch vụ")
    withdrawn, other = board_of(store, "DVC01", "2020-02-14").corrected
    assert other == one
    assert withdrawn.correction.withdrawn and withdrawn.after is None and withdrawn.change is None
    assert withdrawn.before is not None and str(withdrawn.before.quantity.number) == "41"
    assert board_of(store, "VB01", "2020-02-14").corrected == ()


def test_the_origin_tells_the_digits_of_the_source_and_counts_its_corrections(store: Store, tmp_path: Path) -> None:
    national = figure("10.765", agency_code="VN", period="2020-01", phrase="hiện nay mới đạt")
    deliver(store, tmp_path, written(national, figure("40", agency_code="01", period="2020-01")))
    origin = board_of(store, "DVC01", "2020-02-14").origin
    assert origin is not None and origin.stated is not None
    assert str(origin.stated.quantity.number) == "10.765" and origin.revised.quantity.number == 0
    deliver(store, tmp_path, written(national | {"value": "10.8", "published": "2020-02-05", "reason": "làm tròn"}))
    # Of others, and of other sources, nothing is counted here.
    again = figure("41", agency_code="01", period="2020-01", published="2020-02-06", reason="sửa")
    deliver(store, tmp_path, written(again))
    later = board_of(store, "DVC01", "2020-02-14").origin
    assert later is not None and later.stated is None and later.revised.quantity.number == 1
    before = board_of(store, "DVC01", "2020-02-04").origin
    assert before is not None and before.revised.quantity.number == 0
    assert board_of(store, "VB01", "2020-02-14").origin is None


@pytest.mark.parametrize(
    ("values", "middle"),
    [
        (("40", "5", "10.4"), "10.4"),
        (("40", "5", "10.4", "10.7"), "10.6"),
        (("0", "0", "0", "0"), "0"),
        (("40", "5"), None),
        ((), None),
    ],
)
def test_the_median_is_the_middle_of_those_that_reported(
    store: Store, tmp_path: Path, values: tuple[str, ...], middle: str | None
) -> None:
    codes = ("01", "02", "04", "06")
    rows = [figure(each, agency_code=code, period="2020-01") for each, code in zip(values, codes, strict=False)]
    deliver(store, tmp_path, written(*rows, figure("90", agency_code="VN", period="2020-01")))
    provinces, ministries = board_of(store, "DVC01", "2020-02-14").medians
    assert (str(provinces.quantity.number) if provinces else None) == middle
    assert provinces is None or provinces.mark == "median/DVC01/provinces/2020-01"
    assert ministries is None


def test_a_scope_hides_the_corrections_of_others(store: Store, tmp_path: Path) -> None:
    for code in ("01", "02"):
        first = figure("40", agency_code=code, period="2020-01", published="2020-02-01")
        deliver(store, tmp_path, written(first))
        deliver(store, tmp_path, written(first | {"value": "41", "reason": "sửa"}))
    found = board_of(store, "DVC01", "2020-02-14", Scope(frozenset({"02"}))).corrected
    assert [each.agency.code for each in found if each.agency] == ["02"]
    assert len(board_of(store, "DVC01", "2020-02-14").corrected) == 2


@pytest.mark.parametrize(("code", "at"), [("DVC01", "2020-02-14"), ("VB01", "2020-08-20"), ("TT04", "2020-02-14")])
def test_a_mark_names_one_figure(held: Store, code: str, at: str) -> None:
    by_mark: dict[str, set[object]] = {}
    for each in figures_of(board_of(held, code, at)):
        by_mark.setdefault(each.mark, set()).add((each.quantity, each.unit))
    assert len(by_mark) > 20
    assert {mark: found for mark, found in by_mark.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("formula", "parts"),
    [
        ("văn bản điện tử / tổng văn bản (trừ mật)", ("văn bản điện tử", "tổng văn bản (trừ mật)")),
        ("(trước hạn + đúng hạn) / tổng hồ sơ", ("(trước hạn + đúng hạn)", "tổng hồ sơ")),
        ("tổng (a / b) / c", ("tổng (a / b)", "c")),
        ("đếm", None),
        ("", None),
        ("trung bình(ngày / tháng)", None),
        ("a / b / c", None),
    ],
)
def test_a_formula_is_a_fraction_where_it_is_one_division(formula: str, parts: tuple[str, str] | None) -> None:
    assert fraction(formula) == parts


def test_the_shares_of_the_catalogue_are_drawn_as_fractions(held: Store) -> None:
    codes = ("DVC01", "VB01", "TT01", "HL01", "BC01")
    assert all(fraction(board_of(held, code, "2020-02-14").indicator.formula) for code in codes)
