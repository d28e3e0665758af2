"""The national systems on the days that matter: a replay tells what was known, and nothing is late on silence."""

from datetime import date
from pathlib import Path

import pytest

from data.scope import EVERYTHING, Scope
from data.store import Store
from metrics.asked import Asked
from metrics.boards.systems import NationalSystem, SystemsBoard, systems
from metrics.figure import figures_of
from metrics.milestones import Stage
from metrics.obligations import Standing
from tests.deliveries import deliver, directive, milestone, plan, said, system, written

DAYS = ("2019-07-23", "2020-02-14", "2020-08-19")


def board_of(store: Store, at: str, chosen: str | None = None) -> SystemsBoard:
    return systems(store, EVERYTHING, Asked(date.fromisoformat(at), system=chosen))


def of(board: SystemsBoard, code: str) -> NationalSystem:
    return next(each for each in board.systems if each.system.code == code)


def codes(board: SystemsBoard, stage: Stage) -> set[str]:
    return {each.system.code.removeprefix("SYS") for each in board.systems if each.stage is stage}


@pytest.mark.parametrize(
    ("at", "stages"),
    [
        (
            "2019-07-23",
            {
                "unknown": set(),
                "planned": {"03"},
                "under_way": {"04", "05", "11", "16"},
                "nothing": {"06", "10", "12", "13"},
                "running": {"01", "02"},
            },
        ),
        (
            "2020-02-14",
            {
                "unknown": {"03"},
                "planned": set(),
                "under_way": {"04", "05", "11", "16"},
                "nothing": {"07", "08", "10", "12", "13", "14", "15"},
                "running": {"01", "02", "06", "09"},
            },
        ),
        (
            "2020-08-19",
            {
                "unknown": {"03"},
                "planned": set(),
                "under_way": {"11", "16"},
                "nothing": {"07", "08", "10", "12", "13", "14", "15", "17"},
                "running": {"01", "02", "04", "05", "06", "09"},
            },
        ),
    ],
)
def test_systems_stand_on_each_day_as_was_known_then(held: Store, at: str, stages: dict[str, set[str]]) -> None:
    board = board_of(held, at)
    assert {str(stage): codes(board, stage) for stage in Stage} == stages
    assert {str(stage): int(figure.quantity.number) for stage, figure in board.counts} == {
        name: len(found) for name, found in stages.items()
    }
    assert board.count.quantity.number == len(board.systems) == sum(len(found) for found in stages.values())
    assert board.running.quantity.number == len(stages["running"])
    assert board.silent.quantity.number == len(stages["unknown"])


@pytest.mark.parametrize(
    ("at", "plans"),
    [
        ("2019-07-23", [("trial", "not_due", 69), ("operate", "not_due", 130)]),
        ("2019-10-01", [("trial", "unknown", 1), ("operate", "not_due", 60)]),
        ("2020-02-14", [("trial", "unknown", 137), ("operate", "unknown", 76)]),
        ("2022-12-31", [("trial", "unknown", 1188), ("operate", "unknown", 1127)]),
    ],
)
def test_a_planned_date_that_passed_with_nothing_told_is_unknown_and_never_late(
    held: Store, at: str, plans: list[tuple[str, str, int]]
) -> None:
    found = [(step.milestone.event, step.verdict.standing, step.verdict.days)
             for step in of(board_of(held, at), "SYS03").planned if step.verdict]  # fmt: skip
    assert found == plans


def test_what_needs_a_word_stands_first_and_what_runs_last(held: Store) -> None:
    board = board_of(held, "2020-02-14")
    assert board.systems[0].system.code == "SYS03"
    assert board.chosen is board.systems[0]
    assert {each.stage for each in board.systems[-4:]} == {Stage.RUNNING}
    assert board_of(held, "2020-02-14", "SYS09").chosen == of(board, "SYS09")
    assert board_of(held, "2020-02-14", "SYS99").unknown == (("system", "SYS99"),)
    # Named by an article of August only.
    assert board_of(held, "2020-02-14", "SYS17").unknown == (("system", "SYS17"),)


def test_the_latest_milestone_is_that_of_the_day(held: Store) -> None:
    portal = {at: [(step.milestone.event, str(step.on), step.source.code)
                   for step in of(board_of(held, at), "SYS06").told]
              for at in ("2019-12-08", "2019-12-09", "2020-08-19")}  # fmt: skip
    assert portal["2019-12-08"] == []
    assert portal["2019-12-09"] == [("launch", "2019-12-09", "OGA")]
    assert portal["2020-08-19"][0] == ("extend", "2020-08-19", "E")
    assert len(portal["2020-08-19"]) == 3


def test_figures_are_those_of_the_nation_and_of_the_province_whose_system_it_is(held: Store) -> None:
    board = board_of(held, "2020-02-14")
    (axis,) = of(board, "SYS01").connects
    assert axis.value and axis.source and axis.due
    assert (axis.value.mark, int(axis.value.quantity.number), axis.source.code) == ("VB02/VN/2020-02-12", 100, "A")
    portal = of(board, "SYS06")
    assert [(each.indicator.code, each.value) for each in (*portal.connects, *portal.linked)] == [
        ("DVC03", None),
        ("DVC04", None),
    ]
    own = {each.indicator.code: each.value.mark for each in of(board, "SYS09").linked if each.value}
    assert own == {code: f"{code}/40/2020-02-12" for code in ("TC01", "TC02", "DVC08")}
    (platforms,) = of(board, "SYS14").connects
    assert platforms.simulated and board.simulated
    (early,) = of(board_of(held, "2019-07-23"), "SYS01").connects
    assert early.value is None, "not told before February 2020"


def test_no_figure_is_simulated_where_the_demonstration_is_off(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(system(connects="DL01")), "systems")
    board = board_of(store, "2020-12-31")
    assert not board.simulated
    assert of(board, "T01").connects[0].value is None


@pytest.mark.parametrize(("at", "count"), [("2019-07-22", 0), ("2019-07-23", 1), ("2020-02-14", 3)])
def test_shared_platforms_are_those_that_an_article_speaks_of(held: Store, at: str, count: int) -> None:
    board = board_of(held, at)
    assert [each.system.code for each in board.shared] == ["SYS13", "SYS14", "SYS15"][:count]
    assert [int(each.quantity.number) for each in (board.shared_count, board.shared_running)] == [count, 0]
    assert board.empty == (count == 0)


def test_directives_that_speak_of_a_system_stand_with_it(held: Store) -> None:
    (demand,) = of(board_of(held, "2020-02-14"), "SYS06").demanded
    assert (demand.code, demand.standing, str(demand.due)) == ("NV12", Standing.DONE_LATE, "2019-11-30")


def test_a_version_and_a_correction_count_from_their_day(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(directive(code="T00")), "directives")
    deliver(store, tmp_path, written(system(directives="T00")), "systems")
    deliver(store, tmp_path, written(plan()), "milestones")
    assert board_of(store, "2020-01-31").empty
    assert of(board_of(store, "2020-03-31"), "T01").stage is Stage.PLANNED
    assert of(board_of(store, "2020-04-01"), "T01").stage is Stage.UNKNOWN
    deliver(store, tmp_path, written(milestone(reached="2020-05-04", published="2020-05-05", state="running")),
            "milestones")  # fmt: skip
    assert of(board_of(store, "2020-05-04"), "T01").stage is Stage.UNKNOWN
    each = of(board_of(store, "2020-05-05"), "T01")
    assert each.stage is Stage.RUNNING
    (step,) = each.planned
    assert step.verdict and not step.silent
    # It works since some day up to then: the trial came no later, and is not called late.
    assert (step.verdict.standing, step.verdict.at_most) == (Standing.UNKNOWN, 34)
    moved = system(owner="BCA", published="2020-06-01")
    deliver(store, tmp_path, written(moved), "systems", said(reason="chuyển chủ quản"))
    owners = [of(board_of(store, at), "T01").owner for at in ("2020-05-31", "2020-06-01")]
    assert [owner.code for owner in owners if owner] == ["BNV", "BCA"]


def test_a_milestone_that_was_told_in_error_is_withdrawn_from_its_day_on(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(system()), "systems")
    deliver(store, tmp_path, written(milestone()), "milestones")
    gone = milestone(state="withdrawn", published="2020-04-01")
    deliver(store, tmp_path, written(gone), "milestones", said(reason="nêu nhầm"))
    assert of(board_of(store, "2020-03-31"), "T01").stage is Stage.RUNNING
    after = of(board_of(store, "2020-04-01"), "T01")
    assert (after.stage, after.steps) == (Stage.NOTHING, ())


def test_everybody_may_see_what_is_told_of_a_system(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(system()), "systems")
    deliver(store, tmp_path, written(milestone()), "milestones")
    (each,) = systems(store, Scope(frozenset({"BCA"})), Asked(date(2020, 12, 31))).systems
    assert each.stage is Stage.RUNNING


@pytest.mark.parametrize("at", DAYS)
def test_a_mark_names_one_figure(held: Store, at: str) -> None:
    by_mark: dict[str, set[object]] = {}
    for figure in figures_of(board_of(held, at)):
        by_mark.setdefault(figure.mark, set()).add((figure.quantity, figure.unit))
    assert {mark: found for mark, found in by_mark.items() if len(found) > 1} == {}
