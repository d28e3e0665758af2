"""The register of directives on the days that matter: replaying them tells what was known, and what became of it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.scope import EVERYTHING, Scope
from data.store import Store
from metrics.asked import Asked
from metrics.boards.directive import Directive, Version
from metrics.boards.directives import DirectivesBoard, directives
from metrics.figure import figures_of
from metrics.obligations import Standing
from tests.deliveries import MACHINE_TODAY, checkin, deliver, directive, said, written

#: The five decrees: data sharing, identification, procedures, records work, personal data.
SHARING, IDENTITY, PROCEDURES, RECORDS, PERSONAL = "NV02", "NV03", "NV04", "NV05", "NV06"
Told = tuple[str, int | None, int | None]


def board_of(store: Store, at: str, **asked: Any) -> DirectivesBoard:
    return directives(store, EVERYTHING, Asked(date.fromisoformat(at), **asked))


def told(store: Store, code: str, at: str) -> dict[tuple[str, str], Told]:
    """Standing, days and bound of each event of a directive, by event and source."""
    found = [each for each in board_of(store, at).directives if each.code == code]
    return {
        (event.name, version.demand.source): (
            version.verdict.standing,
            version.verdict.days,
            version.verdict.at_most,
        )
        for each in found
        for event in each.events
        for version in event.versions
    }


ON_TIME: Told = ("done_in_time", None, None)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (
            "2019-10-01",
            {
                SHARING: {},
                IDENTITY: {},
                PROCEDURES: {("issue", "NQ17"): ("not_due", 91, None)},
                RECORDS: {("submit", "D"): ("unknown", 1, None)},
                PERSONAL: {("submit", "D"): ("not_due", 182, None)},
            },
        ),
        (
            "2020-02-14",
            {
                SHARING: {("issue", "A"): ("in_time", 321, None)},
                IDENTITY: {("issue", "A"): ("in_time", 321, None)},
                # Open after its unconfirmed date by the word of the article.
                PROCEDURES: {("issue", "A"): ("in_time", 321, None), ("issue", "NQ17"): ("overdue", 43, None)},
                RECORDS: {("submit", "D"): ("unknown", 137, None), ("issue", "A"): ("in_time", 321, None)},
                PERSONAL: {("submit", "D"): ("not_due", 46, None), ("issue", "A"): ("in_time", 321, None)},
            },
        ),
        (
            "2020-12-31",
            {
                SHARING: {("issue", "A"): ON_TIME},
                IDENTITY: {("issue", "A"): ("in_time", 0, None)},
                PROCEDURES: {("issue", "A"): ON_TIME, ("issue", "NQ17"): ("done_late", 99, None)},
                RECORDS: {("submit", "D"): ("unknown", 458, 157), ("issue", "A"): ON_TIME},
                PERSONAL: {("submit", "D"): ("unknown", 275, None), ("issue", "A"): ("in_time", 0, None)},
            },
        ),
        (
            "2022-12-31",
            {
                SHARING: {("issue", "A"): ON_TIME},
                IDENTITY: {("issue", "A"): ("done_late", 613, None)},
                PROCEDURES: {("issue", "A"): ON_TIME, ("issue", "NQ17"): ("done_late", 99, None)},
                RECORDS: {("submit", "D"): ("unknown", 1188, 157), ("issue", "A"): ON_TIME},
                PERSONAL: {("submit", "D"): ("unknown", 1005, None), ("issue", "A"): ("unknown", 730, None)},
            },
        ),
        (
            "2023-06-30",
            {
                IDENTITY: {("issue", "A"): ("done_late", 613, None)},
                PERSONAL: {("submit", "D"): ("unknown", 1186, 1112), ("issue", "A"): ("done_late", 837, None)},
            },
        ),
    ],
)
def test_the_five_decrees_stand_on_each_day_as_was_known_then(
    held: Store, at: str, expected: dict[str, dict[tuple[str, str], Told]]
) -> None:
    assert {code: told(held, code, at) for code in expected} == expected


@pytest.mark.parametrize(
    ("at", "count", "phrases"),
    [
        ("2019-07-22", 1, 0),
        ("2019-07-23", 4, 3),
        ("2019-10-01", 17, 16),
        ("2020-02-14", 23, 25),
        ("2020-08-19", 31, 33),
    ],
)
def test_directives_and_phrases_are_those_given_by_the_day(held: Store, at: str, count: int, phrases: int) -> None:
    board = board_of(held, at)
    assert (int(board.count.quantity.number), int(board.phrases.quantity.number)) == (count, phrases)
    assert sum(int(figure.quantity.number) for _, figure in board.counts) == count == len(board.shown)


def test_the_portal_and_the_strategy_came_late_or_at_most_so_late(held: Store) -> None:
    assert told(held, "NV12", "2019-12-08") == {("operate", "B"): ("unknown", 8, None)}
    assert told(held, "NV12", "2020-02-14") == {("operate", "B"): ("done_late", 9, None)}
    assert told(held, "NV13", "2021-01-19") == {("submit", "D"): ("unknown", 19, None)}
    # From here on by the simulated word that it was still open.
    assert told(held, "NV13", "2021-06-14") == {("submit", "D"): ("overdue", 85, None)}
    assert told(held, "NV13", "2021-06-15") == {("submit", "D"): ("done_late", None, 166)}


def test_nobody_is_overdue_on_the_word_of_a_source_that_was_not_confirmed(held: Store) -> None:
    for at in ("2019-10-01", "2020-02-14", "2020-12-31", "2022-12-31"):
        board = board_of(held, at)
        assert [each.code for each in board.directives if each.standing is Standing.OVERDUE] == []
        assert board.overdue.quantity.number == 0


def of(board: DirectivesBoard, code: str) -> Directive:
    return next(each for each in board.directives if each.code == code)


def versions(each: Directive, event: str) -> list[Version]:
    return [version for one in each.events if one.name == event for version in one.versions]


def test_both_dates_of_two_sources_stand_and_the_replaced_one_says_so(held: Store) -> None:
    each = of(board_of(held, "2020-02-14"), PROCEDURES)
    found = [(version.demand.source, str(version.due), version.governs, version.replaced)
             for version in versions(each, "issue")]  # fmt: skip
    assert found == [("A", "2020-12-31", True, False), ("NQ17", "2019-12-31", False, True)]


def test_who_leads_is_whoever_the_latest_source_names(held: Store) -> None:
    board = board_of(held, "2020-02-14")
    records, procedures = of(board, RECORDS), of(board, PROCEDURES)
    assert records.owner and procedures.owner
    assert (records.owner.code, records.owner_certainty) == ("BNV", "sourced")
    assert (procedures.owner.code, procedures.owner_certainty) == ("VPCP", "unconfirmed")
    assert of(board, "NV01").everybody


def test_the_most_urgent_stand_first_and_those_without_a_date_before_those_done(held: Store) -> None:
    board = board_of(held, "2020-02-14")
    order = [each.standing for each in board.shown]
    assert order[:3] == [Standing.UNKNOWN, Standing.UNKNOWN, Standing.NOT_DUE]
    assert [each.code for each in board.shown][:3] == [RECORDS, "NV15", PERSONAL]
    assert order[-1] is Standing.DONE_LATE
    assert order[8:-1] == [Standing.NO_DATE] * 14


def test_a_choice_narrows_the_register_and_an_unknown_one_is_told(held: Store) -> None:
    board = board_of(held, "2020-02-14", owner="BCA", standing="in_time")
    assert {each.owner.code for each in board.shown if each.owner} == {"BCA"}
    assert {each.standing for each in board.shown} == {Standing.IN_TIME}
    assert len(board.directives) == 23
    board = board_of(held, "2020-02-14", owner="XX", directive="NV99")
    assert board.unknown == (("owner", "XX"), ("directive", "NV99"))
    assert len(board.shown) == 23
    assert board_of(held, "2020-02-14", directive=PERSONAL).chosen == of(board, PERSONAL)


def test_a_correction_a_withdrawal_and_a_reply_count_from_their_day(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(directive(due="2020-02")), "directives")
    deliver(store, tmp_path, written(checkin()), "checkins")
    assert told(store, "T01", "2020-03-03") == {("issue", "GSO"): ("unknown", 3, None)}
    assert told(store, "T01", "2020-03-04") == {("issue", "GSO"): ("overdue", 3, None)}
    gone = checkin(status="withdrawn", published="2020-04-01", reason="nhầm")
    deliver(store, tmp_path, written(gone), "checkins", said(reason="nhầm"))
    assert told(store, "T01", "2020-03-31") == {("issue", "GSO"): ("overdue", 3, None)}
    assert told(store, "T01", "2020-04-01") == {("issue", "GSO"): ("unknown", 32, None)}
    done = checkin(date="2020-02-20", state="done", published="2020-05-01", evidence="12/QĐ")
    deliver(store, tmp_path, written(done), "checkins")
    assert told(store, "T01", "2020-05-01") == {("issue", "GSO"): ON_TIME}


def test_what_an_agency_tells_is_open_to_those_who_may_see_it(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(directive(due="2020-02")), "directives")
    deliver(store, tmp_path, written(checkin()), "checkins")
    (own,) = directives(store, Scope(frozenset({"BNV"})), Asked(MACHINE_TODAY)).directives
    assert own.standing == "overdue"
    assert [told.agency.code for told in own.events[0].told if told.agency] == ["BNV"]
    # Of a task that concerns them not others are told nothing: not that nothing is known of it either.
    assert directives(store, Scope(frozenset({"BCA"})), Asked(MACHINE_TODAY)).directives == ()


def test_who_shares_in_a_task_sees_how_it_stands_and_not_what_another_told(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(directive(due="2020-02", co_owners="BCA")), "directives")
    deliver(store, tmp_path, written(checkin()), "checkins")
    board = directives(store, Scope(frozenset({"BCA"})), Asked(MACHINE_TODAY))
    (shared,) = board.directives
    assert shared.standing == "overdue"
    assert shared.events[0].told == ()
    assert shared.lead.verdict.told is None
    assert not list(board.laggards.entries), "who leads it is named to those who see them"


@pytest.mark.parametrize("at", ["2020-02-14", "2020-12-31"])
def test_a_mark_names_one_figure(held: Store, at: str) -> None:
    by_mark: dict[str, set[object]] = {}
    for figure in figures_of(board_of(held, at)):
        by_mark.setdefault(figure.mark, set()).add((figure.quantity, figure.unit))
    assert {mark: found for mark, found in by_mark.items() if len(found) > 1} == {}
