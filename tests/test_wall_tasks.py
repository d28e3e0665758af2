"""Two scenes of the wall: what they say of directives and reports is what the boards say, and nothing is invented."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from data.report_facts import Regime
from data.scope import EVERYTHING
from data.store import Store
from figures.due_days import DueColumn, due_days, tick_values
from figures.node import Child, Node
from figures.squares import squares
from i18n import LANGUAGES, Say, speaker
from layouts import wall_tasks, wall_today
from layouts.wall_scene import Scene, far_scenes
from layouts.words import printed
from metrics.asked import Asked
from metrics.boards.coverage import Cover
from metrics.boards.directives import directives
from metrics.boards.quality import KINDS, quality
from metrics.boards.reports import reports
from metrics.boards.systems import systems
from metrics.boards.tasks import Came, Lane, TasksBoard, tasks
from metrics.boards.today import TodayBoard, today
from metrics.figure import Figure, figures_of
from metrics.obligations import FINISHED, Standing
from metrics.reporting import State, next_period
from tests.deliveries import checkin, deliver, directive, written

DAYS = ("2019-01-01", "2019-07-23", "2020-02-14", "2020-08-17", "2020-09-15", "2021-12-31", "2023-06-30")
REPORTING = ("2020-02-14", "2020-08-14", "2020-08-17", "2020-08-20")


def asked(at: str) -> Asked:
    """What a scene asks on a day: the changes since the day before."""
    day = date.fromisoformat(at)
    return Asked(day, since=(day - timedelta(days=1)).isoformat())


def tasks_on(store: Store, at: str) -> TasksBoard:
    return tasks(store, EVERYTHING, asked(at))


def today_on(store: Store, at: str) -> TodayBoard:
    return today(store, EVERYTHING, asked(at))


def scenes(store: Store, at: str, say: Say) -> list[Scene]:
    """Both scenes of a day, and what they are cut into for a panel that is far away; each board is made once."""
    of_tasks, of_systems = cache(lambda: tasks_on(store, at)), cache(lambda: systems(store, EVERYTHING, asked(at)))
    of_today, of_quality = cache(lambda: today_on(store, at)), cache(lambda: quality(store, EVERYTHING, asked(at)))
    near = [
        wall_tasks.scene(("tasks", 60), of_tasks, of_systems, say),
        wall_today.scene(("today", 60), of_today, of_quality, say),
    ]
    return [*near, *(each for scene in near for each in far_scenes(scene, say))]


def drawn(scene: Scene, say: Say) -> Iterator[Node]:
    """Every node of a scene."""

    def look(child: Child) -> Iterator[Node]:
        yield from Node("div", child).nodes()

    for draw in scene.drawn(say).values():
        yield from look(draw())


def marked(scene: Scene, say: Say) -> list[tuple[str, str]]:
    """Mark and text of every figure of a scene."""
    found = []
    for node in drawn(scene, say):
        mark = node.attributes.get("data-figure") or node.attributes.get("data-derived")
        if mark:
            found.append((mark, node.text))
    return found


def number_of(figure: Figure) -> int:
    return int(figure.quantity.number)


# Every figure


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("at", DAYS)
def test_every_figure_of_the_scenes_is_one_of_their_boards(held: Store, at: str, language: str) -> None:
    say = speaker(language)
    for scene in scenes(held, at, say):
        known = {each.mark: printed(each, say).text for board in scene.boards() for each in figures_of(board)}
        assert [(mark, text) for mark, text in marked(scene, say) if known.get(mark) != text] == []


@pytest.mark.parametrize("at", DAYS)
def test_the_figures_are_those_of_the_screens_of_directives_systems_and_reports(held: Store, at: str) -> None:
    say = speaker("vi")
    boards = [make(held, EVERYTHING, Asked(date.fromisoformat(at))) for make in (directives, systems, reports)]
    told = {each.mark: printed(each, say).text for board in boards for each in figures_of(board)}
    shared = [
        (mark, text, told[mark])
        for scene in scenes(held, at, say)
        for mark, text in marked(scene, say)
        if mark in told
    ]
    assert [each for each in shared if each[1] != each[2]] == []
    if at >= "2019-07-23":
        assert len(shared) > 5


@pytest.mark.parametrize("at", DAYS)
def test_each_scene_has_three_answers_and_a_far_scene_for_each(held: Store, at: str) -> None:
    say = speaker("vi")
    for near in scenes(held, at, say)[:2]:
        assert len(near.answers()) == 3
        assert all(Node("p", [each.question, each.words]).text for each in near.answers())
        assert [each.answer for each in near.far] == [0, 1, 2]


# Directives


@pytest.mark.parametrize("at", DAYS)
def test_nothing_is_called_missed_or_late_without_evidence(held: Store, at: str) -> None:
    board = tasks_on(held, at)
    for lane in board.lanes:
        for each in lane.dates:
            word = each.version.verdict.told
            if each.came is Came.MISSED:
                assert word is not None and word.day > each.on
            if each.came is Came.SILENT:
                assert each.on < board.directives.at
        if lane.open_until is not None:
            assert lane.missed is not None
            assert lane.missed.on < lane.open_until <= board.directives.at
    if not number_of(board.directives.overdue):
        shown = [node for scene in scenes(held, at, speaker("vi"))[:1] for node in drawn(scene, speaker("vi"))]
        assert [node for node in shown if node.attributes.get("className") in ("inv", "glyph glyph-overdue")] == []


@pytest.mark.parametrize("at", DAYS)
def test_a_day_shows_nothing_that_is_told_later(held: Store, at: str) -> None:
    board = tasks_on(held, at)
    for lane in board.lanes:
        assert lane.given <= board.directives.at
        assert all(on <= board.directives.at for on in lane.done)
    assert board.changes.last is None or board.changes.last <= board.directives.at


@pytest.mark.parametrize("at", DAYS)
def test_every_directive_with_a_date_has_one_lane_and_the_others_are_counted(held: Store, at: str) -> None:
    board = tasks_on(held, at)
    no_date = number_of(dict(board.directives.counts)[Standing.NO_DATE])
    assert number_of(board.dated) == len(board.lanes)
    codes = [lane.directive.code for lane in board.lanes]
    assert len(set(codes)) == len(codes)
    assert number_of(board.directives.count) - len(codes) == no_date or at >= "2020-08-19"


def place(lane: Lane) -> int:
    """Where the order puts a lane: overdue, missed and set again, silent, coming, done late, done."""
    standing = lane.directive.standing
    if standing is Standing.OVERDUE:
        return 0
    if lane.reset is not None and standing not in FINISHED:
        return 1
    order = (Standing.UNKNOWN, Standing.NOT_DUE, Standing.DONE_LATE, Standing.DONE_IN_TIME)
    alike = {
        Standing.AT_RISK: Standing.NOT_DUE,
        Standing.IN_TIME: Standing.NOT_DUE,
        Standing.DONE: Standing.DONE_IN_TIME,
    }
    return 2 + order.index(alike.get(standing, standing))


@pytest.mark.parametrize("at", DAYS)
def test_the_most_urgent_lane_stands_first(held: Store, at: str) -> None:
    places = [place(lane) for lane in tasks_on(held, at).lanes]
    assert places == sorted(places)


def test_a_date_that_was_set_again_does_not_clear_the_first(held: Store) -> None:
    lane = tasks_on(held, "2020-02-14").lanes[0]
    assert lane.directive.code == "NV04"
    assert lane.missed is not None and lane.missed.version.days is not None
    assert (lane.missed.on, lane.open_until, lane.reset) == (
        date(2019, 12, 31), date(2020, 2, 12), date(2020, 12, 31)
    )  # fmt: skip
    assert number_of(lane.missed.version.days) == 43
    done = next(each for each in tasks_on(held, "2021-12-31").lanes if each.directive.code == "NV04")
    assert done.missed is not None and done.missed.version.days is not None
    assert number_of(done.missed.version.days) == 99


def test_a_task_that_is_known_late_only_by_a_later_event_has_a_bound_and_no_day(held: Store) -> None:
    say = speaker("vi")
    (lane,) = [each for each in tasks_on(held, "2021-12-31").lanes if each.directive.code == "NV13"]
    assert lane.directive.standing is Standing.DONE_LATE and lane.directive.lead.days is None
    shown = [node.text for node in drawn(scenes(held, "2021-12-31", say)[0], say) if node.tag == "li"]
    (words,) = [text for text in shown if text.startswith(say("wall.tasks_name_NV13"))]
    assert "nhiều nhất" in words and "đúng hạn" not in words


LATE = {"due": "2020-02"}


def test_an_agency_that_was_told_open_after_its_date_is_named(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(directive(**LATE)), "directives")
    deliver(store, tmp_path, written(checkin()), "checkins")
    board = tasks_on(store, "2020-03-10")
    assert [agency.code for agency, _ in board.named] == ["BNV"]
    assert number_of(board.directives.overdue) == number_of(board.agencies) == 1
    say = speaker("vi")
    behind = scenes(store, "2020-03-10", say)[0].answers()[1]
    assert behind.shape == "overdue"
    assert "Bộ Nội vụ" in Node("p", behind.under).text
    blocks = [node.text for node in drawn(scenes(store, "2020-03-10", say)[0], say)
              if node.attributes.get("className") == "inv"]  # fmt: skip
    assert any("3" in text for text in blocks)
    assert number_of(tasks_on(store, "2020-03-04").changes.told) == 1
    assert number_of(tasks_on(store, "2020-03-01").changes.newly_late) == 1


@pytest.mark.parametrize("doubtful", ["due_certainty", "owner_certainty"])
def test_what_nobody_confirmed_is_counted_and_names_nobody(store: Store, tmp_path: Path, doubtful: str) -> None:
    deliver(store, tmp_path, written(directive(**LATE, **{doubtful: "unconfirmed"})), "directives")
    deliver(store, tmp_path, written(checkin()), "checkins")
    board = tasks_on(store, "2020-03-10")
    assert board.named == () and number_of(board.withheld) == 1
    behind = scenes(store, "2020-03-10", speaker("vi"))[0].answers()[1]
    assert behind.shape == "na"
    assert "Bộ Nội vụ" not in Node("p", [behind.words, behind.under]).text


def test_silence_after_a_date_is_no_delay(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(directive(**LATE)), "directives")
    board = tasks_on(store, "2020-03-10")
    (lane,) = board.lanes
    assert [each.came for each in lane.dates] == [Came.SILENT]
    assert lane.missed is None and board.named == ()
    answers = scenes(store, "2020-03-10", speaker("vi"))[0].answers()
    assert [each.shape for each in answers[:2]] == ["nr", "na"]


# Reports


@pytest.mark.parametrize("at", REPORTING)
def test_the_due_days_hold_every_expected_report_once(held: Store, at: str) -> None:
    board = today_on(held, at)
    found = board.reports
    assert sum(number_of(each.count) for each in board.days) == number_of(found.expected)
    for state in State:
        assert sum(each.number(state) for each in board.days) == number_of(found.count(state))
    for each in (*board.days, board.due):
        assert sum(number_of(count) for _, count in each.states) == number_of(each.count)
    assert board.due.on == board.at and [each.on for each in board.days] == sorted(each.on for each in board.days)


@pytest.mark.parametrize("at", REPORTING)
def test_what_is_due_today_is_not_late_and_not_missing(held: Store, at: str) -> None:
    board = today_on(held, at)
    assert {state for state, _ in board.due.states} <= {State.ON_TIME, State.REJECTED, State.WAITING}
    assert board.due.number(State.WAITING) == number_of(board.reports.count(State.WAITING))


@pytest.mark.parametrize("at", REPORTING)
def test_the_debt_is_the_sum_of_its_parts_and_of_what_agencies_owe(held: Store, at: str) -> None:
    board = today_on(held, at)
    debt = board.debt
    assert number_of(debt.count) == sum(map(number_of, (debt.cleared, debt.refused, debt.missing)))
    assert number_of(debt.missing) == number_of(board.reports.count(State.MISSING))
    assert sum(number_of(each.missing) for each in board.owing) == number_of(debt.missing)
    assert len(board.owing) == number_of(board.reports.agencies_missing)
    order = [(-number_of(each.days), -number_of(each.missing)) for each in board.owing]
    assert order == sorted(order)
    assert sum(number_of(each.regimes) for each in board.cycles) == number_of(board.reports.regimes)
    assert sum(number_of(each.due) for each in board.cycles) == number_of(board.due.count)


def test_what_came_late_on_the_day_clears_a_debt(held: Store) -> None:
    board = today_on(held, "2020-08-17")
    assert number_of(board.debt.cleared) == number_of(dict(board.reports.intake.counts)[State.LATE]) > 0


def test_a_day_on_which_nothing_is_due_tells_the_next(held: Store) -> None:
    board = today_on(held, "2020-08-17")
    assert board.due.states == () and number_of(board.due.count) == 0
    assert board.next_due is not None
    on, count = board.next_due
    assert on == date(2020, 8, 18)
    assert number_of(today_on(held, "2020-08-18").due.count) == number_of(count)


@pytest.mark.parametrize("at", ["2018-01-01", "2020-09-15"])
def test_without_regimes_nobody_owes_and_it_says_so(held: Store, at: str) -> None:
    board = today_on(held, at)
    assert board.reports.empty and not (board.days or board.owing or board.cycles)
    shapes = [each.shape for each in scenes(held, at, speaker("vi"))[1].answers()]
    assert shapes == ["na", "na", None]


@pytest.mark.parametrize("at", DAYS)
def test_the_cells_are_the_indicators(held: Store, at: str) -> None:
    board, say = today_on(held, at), speaker("vi")
    cells = [
        node
        for node in drawn(scenes(held, at, say)[1], say)
        if str(node.attributes.get("className")).startswith("cell ")
    ]
    keys = sum(bool(number_of(count)) for _, count in board.reports.coverage.counts) + bool(number_of(board.covered))
    assert len(cells) - keys == number_of(board.reports.coverage.count)
    assert number_of(board.simulated_only) <= number_of(dict(board.reports.coverage.counts)[Cover.SHOWN])


@pytest.mark.parametrize("at", DAYS)
def test_flags_are_counted_once_the_most_first(held: Store, at: str) -> None:
    found, told = quality(held, EVERYTHING, asked(at)), today_on(held, at)
    kinds = [each.kind for each in found.flags]
    assert set(kinds) <= set(KINDS) and len(set(kinds)) == len(kinds)
    counts = [number_of(each.count) for each in found.flags]
    assert all(counts) and counts == sorted(counts, reverse=True)
    expected = {"rejected": number_of(told.reports.count(State.REJECTED))}
    expected["stale"] = number_of(dict(told.reports.coverage.counts)[Cover.STALE])
    assert {each.kind: number_of(each.count) for each in found.flags if each.kind in expected} == {
        kind: count for kind, count in expected.items() if count
    }


@pytest.mark.parametrize(
    ("cycle", "ends", "after", "name"),
    [
        ("month", None, "2020-08-15", "2020-08"),
        ("month", None, "2020-08-16", "2020-09"),
        ("quarter", None, "2020-08-16", "2020-Q3"),
        ("year", None, "2020-12-16", "2021"),
        ("year", "2020-08-31", "2020-08-16", None),
        ("month", "2020-09-14", "2020-08-16", "2020-09"),
    ],
)
def test_the_next_report_is_the_first_that_is_due_after_the_day(
    cycle: str, ends: str | None, after: str, name: str | None
) -> None:
    last = date.fromisoformat(ends) if ends else None
    owed = Regime("R", "", "", cycle, (), "", 14, 2, None, (), "official", date(2019, 1, 1), last, "GSO", "")
    found = next_period(owed, date.fromisoformat(after))
    assert (found and found.text) == name


# Drawings


@pytest.mark.parametrize(
    ("counts", "small", "bar"),
    [((30, 10, 8), False, False), ((60, 20, 10), True, False), ((90, 20, 10), False, True)],
)
def test_one_square_is_one_report_as_long_as_there_is_room(counts: tuple[int, ...], small: bool, bar: bool) -> None:
    states = ("on_time", "rejected", "waiting")
    found = squares(list(zip(states, counts, strict=True)), "")
    assert ("sq-bar" in found["className"], "sq-small" in found["className"]) == (bar, small)
    if not bar:
        assert len(list(found.nodes())) - 1 == sum(counts)
    else:
        widths = [float(each["style"]["width"].rstrip("%")) for each in found.nodes() if each is not found]
        assert sum(widths) == pytest.approx(100, abs=0.1)


def test_the_columns_stand_on_one_scale_from_zero() -> None:
    columns = [
        DueColumn((("on_time", 90), ("missing", 10)), "14/02", now=False),
        DueColumn((("on_time", 40), ("waiting", 10)), "15/02", now=True),
    ]
    found = due_days(columns, "", [f"{each}" for each in tick_values(columns)])
    bars = [node for node in found.nodes() if node.attributes.get("className") == "days-bar"]
    heights = [
        sum(float(part["style"]["height"].rstrip("%")) for part in bar.nodes() if part is not bar) for bar in bars
    ]
    assert tick_values(columns)[0] == 0
    assert heights[0] == pytest.approx(2 * heights[1])
