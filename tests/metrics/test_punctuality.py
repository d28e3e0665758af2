"""Whether the report that carries an indicator came in time: from receipts alone, on files of a few rows."""

from datetime import date
from pathlib import Path

from data.scope import EVERYTHING, Scope
from data.scoping import scope_of
from data.store import Store
from metrics.asked import Asked
from metrics.boards.ranking import RankingBoard, ranking
from metrics.reporting import State
from tests.deliveries import MACHINE_TODAY, deliver, figure, receipt, regime, said, written

AT = date(2020, 2, 14)


def board_of(store: Store, at: date = AT, period: str = "2020-01", scope: Scope = EVERYTHING) -> RankingBoard:
    return ranking(store, scope, Asked(at, "DVC01", period))


def told(board: RankingBoard) -> dict[str, tuple[State, int | None]]:
    return {
        each.code: (each.state, None if each.days is None else int(each.days.quantity.number))
        for each in board.reports
    }


def bring(store: Store, folder: Path, carried: str) -> None:
    """Figures of two months, a regime that carries this indicator, and three receipts of January."""
    delivery = said(clock=MACHINE_TODAY)
    figures = [figure(agency_code=code, period=period, published="2020-02-05") for code in ("01", "31", "48") for
               period in ("2019-12", "2020-01")]  # fmt: skip
    deliver(store, folder, written(*figures), delivery=delivery)
    deliver(store, folder, written(regime(indicators=carried)), "regimes", delivery)
    rows = [
        receipt(),
        receipt(agency_code="31", received_at="2020-01-19T08:00"),
        receipt(agency_code="48", result="rejected", received_at="2020-01-16T08:00"),
    ]
    deliver(store, folder, written(*rows), "receipts", delivery)


def test_each_state_is_told_with_its_days(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, "DVC01")
    found = told(board_of(store))
    assert found["01"] == (State.ON_TIME, None)
    assert found["31"] == (State.LATE, 3)
    assert found["48"] == (State.REJECTED, (AT - date(2020, 1, 16)).days)
    assert found["79"] == (State.MISSING, (AT - date(2020, 1, 16)).days)
    assert len(found) == 64, "the provinces and the one ministry that owe the report"


def test_nothing_is_told_of_what_no_regime_carries(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, "DVC02")
    assert board_of(store).reports == ()


def test_nothing_is_told_of_a_period_of_which_nothing_came(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, "DVC01")
    assert board_of(store, period="2019-12").reports == ()
    assert board_of(store, period="2020-01").reports != ()


def test_what_came_later_is_not_known_before(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, "DVC01")
    figure_known = board_of(store, date(2020, 2, 6))
    assert told(figure_known)["31"] == (State.LATE, 3)
    before = ranking(store, EVERYTHING, Asked(date(2020, 1, 14), "DVC01", "2020-01"))
    assert before.reports == ()


def test_a_narrow_scope_sees_its_own_report_only(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, "DVC01")
    narrow = scope_of(store, "31", nation=True, ranked=True, embargoed=False)
    board = board_of(store, scope=narrow)
    assert set(told(board)) == {"31"}
    assert board.own == "31"
    # The others stand in the ranking, each with its figure and nothing behind it.
    assert board.table is not None and {row.agency.code for row in board.table.rows} == {"01", "31", "48"}


def test_who_sees_no_ranking_is_shown_none(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, "DVC01")
    board = board_of(store, scope=Scope(frozenset({"31"})))
    assert (board.table, board.map, board.outside) == (None, None, True)


def test_the_demonstration_names_no_regime_of_an_indicator(held: Store) -> None:
    assert ranking(held, EVERYTHING, Asked(AT, "DVC01", "2020-01")).reports == ()
