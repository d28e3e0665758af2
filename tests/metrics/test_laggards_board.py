"""Who is named, and who never is: the rule on the demonstration and on small deliveries."""

from datetime import date
from pathlib import Path

import pytest

from data.scope import EVERYTHING
from data.scoping import scope_of
from data.store import Store
from metrics.boards.expected import Report, expected
from metrics.boards.known import knowing
from metrics.boards.laggard import Laggard, OfDirective, OfIndicator, OfReports, Rule
from metrics.boards.laggards import Laggards, known_laggards, of_agency
from metrics.figure import figures_of
from metrics.reporting import State
from tests.deliveries import Row, checkin, deliver, directive, figure, letter, receipt, regime, said, written


def listed(store: Store, at: str) -> Laggards:
    with knowing(store, EVERYTHING, date.fromisoformat(at)) as known:
        return known_laggards(known)


def told(found: Laggards) -> list[tuple[str, str, int | None]]:
    """Rule, agency and days of every entry."""
    return [
        (str(each.rule), each.agency.code, int(each.days.quantity.number) if each.days else None)
        for each in found.entries
    ]


def test_the_demonstration_names_whom_its_figures_show(held: Store) -> None:
    found = listed(held, "2020-02-14")
    groups = [(str(each.worst.rule), each.worst.agency.kind, len(each.entries), each.of) for each in found.groups]
    assert [(rule, kind, n, int(of.quantity.number) if of else None) for rule, kind, n, of in groups] == [
        ("unreported", "province", 30, 85),
        ("unreported", "province", 2, 63),
        ("behind", "province", 44, 61),
        ("behind", "ministerial_agency", 15, 22),
    ]
    _, absent, below, _ = (each.worst for each in found.groups)
    assert (absent.agency.name_vi, absent.since) == ("Kon Tum", date(2020, 2, 12))
    assert absent.days and absent.days.quantity.number == 2
    assert isinstance(absent.matter, OfIndicator) and absent.matter.value is None
    assert [period.text for period, _ in absent.matter.reported] == ["2019-11", "2019-10", "2019-09"]
    assert isinstance(below.matter, OfIndicator) and below.matter.gap and below.matter.value and below.days is None
    assert (below.agency.name_vi, str(below.matter.gap.quantity.number)) == ("Bắc Kạn", "-16.9")
    assert found.count.quantity.number == 30 + 2 + 44 + 15 == len(list(found.entries))
    assert found.simulated
    assert [each.agency.name_vi for each in found.entries if not each.simulated] == ["Nghệ An"]  # by an article


@pytest.mark.parametrize("ranked", [True, False])
def test_a_scope_names_those_it_covers_as_everybody_would(held: Store, ranked: bool) -> None:
    """Whether it sees others in rankings or not: who is late is decided by what most of a group reported."""
    named = 0
    for at in ("2019-12-20", "2020-02-14", "2020-08-20"):
        every = told(listed(held, at))
        for code in ("40", "62", "BNV", "VPCP"):
            scope = scope_of(held, code, nation=True, ranked=ranked, embargoed=True)
            with knowing(held, scope, date.fromisoformat(at)) as known:
                found = told(known_laggards(known))
            assert sorted(found) == sorted(each for each in every if scope.covers(each[1])), (at, code)
            named += len(found)
    assert named > 12


@pytest.mark.parametrize("at", ["2019-10-01", "2020-02-14", "2020-08-20", "2020-12-31", "2022-12-31", "2023-06-30"])
def test_silence_names_nobody(held: Store, at: str) -> None:
    found = listed(held, at)
    assert found.silent
    assert [each for each in found.entries if isinstance(each.matter, OfDirective)] == []


@pytest.mark.parametrize("at", ["2020-02-14", "2020-08-20"])
def test_who_misses_a_report_is_named_once_with_all_of_them(held: Store, at: str) -> None:
    day = date.fromisoformat(at)
    (group,) = [each for each in listed(held, at).groups if isinstance(each.worst.matter, OfReports)]
    with knowing(held, EVERYTHING, day) as known:
        missing = [each for each in expected(known).troubled if each.state is State.MISSING]
    named = [report for entry in group.entries for report in reports_of(entry)]
    assert sorted((each.agency.code, each.regime.code) for each in named) == sorted(
        (each.agency.code, each.regime.code) for each in missing
    )
    days = [int(each.days.quantity.number) for each in group.entries if each.days]
    assert days == sorted(days, reverse=True) and len(days) == len(group.entries) == len(
        {e.agency for e in group.entries}
    )
    for entry in group.entries:
        reports = reports_of(entry)
        assert entry.since == min(each.due for each in reports) and entry.days
        assert entry.days.quantity.number == (day - entry.since).days
        assert isinstance(entry.matter, OfReports) and entry.matter.count.quantity.number == len(reports)
        received = entry.matter.received
        assert len(received) <= 3 and all(each.agency == entry.agency.code for each in received)
        assert {each.regime for each in received} <= {each.regime.code for each in reports}
        assert [each.received_at for each in received] == sorted((e.received_at for e in received), reverse=True)
    assert sum(len(entry.matter.received) for entry in group.entries if isinstance(entry.matter, OfReports)) > 10


def reports_of(entry: Laggard) -> tuple[Report, ...]:
    assert isinstance(entry.matter, OfReports)
    return entry.matter.missing


def test_reminders_and_replies_stand_with_what_they_are_about(held: Store) -> None:
    found = listed(held, "2020-02-14")
    kon_tum = next(
        each for each in found.entries if each.agency.code == "62" and isinstance(each.matter, OfIndicator)
    )
    assert [(each.kind, str(each.day), each.status) for each in kon_tum.letters] == [
        ("reply", "2020-02-14", "simulated"),
        ("reminder", "2020-02-13", "simulated"),
    ]
    assert kon_tum.reply is kon_tum.letters[0] and len(kon_tum.reminders) == kon_tum.reminded.quantity.number == 1
    before = next(each for each in listed(held, "2020-02-13").entries if each.key == kon_tum.key)
    assert before.reply is None and len(before.reminders) == 1
    assert any(entry.reminders for entry in found.entries if isinstance(entry.matter, OfReports))


def test_the_strategy_was_late_and_is_named_from_the_day_that_was_told_until_it_was_signed(held: Store) -> None:
    for at, days in (("2021-01-19", None), ("2021-01-20", 20), ("2021-03-31", 85), ("2021-06-15", None)):
        entries = [each for each in listed(held, at).entries if isinstance(each.matter, OfDirective)]
        assert [int(each.days.quantity.number) for each in entries if each.days] == ([days] if days else [])
        assert all(each.simulated and each.key == "overdue/NV13/submit" for each in entries)


def test_of_the_entries_of_an_agency_there_are_only_its_own(held: Store) -> None:
    found = listed(held, "2020-02-14")
    worst = found.groups[1].worst
    assert of_agency(found, worst.agency) == (worst,)


LATE = {"due": "2020-02"}


@pytest.mark.parametrize(
    ("demand", "named", "silent", "withheld"),
    [
        (LATE, [("overdue", "BNV", 3)], 0, 0),
        (LATE | {"due_certainty": "inferred"}, [], 0, 1),
        (LATE | {"due_certainty": "unconfirmed"}, [], 0, 1),
        (LATE | {"owner_certainty": "inferred"}, [], 0, 1),
        (LATE | {"owner": "ALL"}, [], 0, 1),
        (LATE | {"owner": "", "owner_words": "các cơ quan"}, [], 0, 1),
        ({"due": "2020-12"}, [], 0, 0),
    ],
)
def test_only_a_sourced_date_and_a_sourced_owner_name_somebody(
    store: Store, tmp_path: Path, demand: Row, named: list[object], silent: int, withheld: int
) -> None:
    deliver(store, tmp_path, written(directive(**demand)), "directives")
    deliver(store, tmp_path, written(checkin()), "checkins")
    found = listed(store, "2020-03-10")
    assert (told(found), len(found.silent), len(found.withheld)) == (named, silent, withheld)
    before = listed(store, "2020-03-03")
    assert told(before) == []
    assert len(before.silent) == (demand["due"] == "2020-02")


def test_an_entry_shows_its_last_three_check_ins_and_leaves_when_it_is_done(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(directive(**LATE)), "directives")
    days = ["2020-03-03", "2020-03-05", "2020-03-07", "2020-03-09"]
    deliver(store, tmp_path, written(*(checkin(date=day, published="2020-03-10") for day in days)), "checkins")
    (entry,) = listed(store, "2020-03-10").entries
    assert isinstance(entry.matter, OfDirective)
    assert [str(each.checkin.day) for each in entry.matter.told] == ["2020-03-09", "2020-03-07", "2020-03-05"]
    assert (entry.since, entry.key) == (date(2020, 2, 29), "overdue/T01/issue")
    done = checkin(date="2020-03-12", state="done", published="2020-03-12")
    deliver(store, tmp_path, written(done), "checkins")
    assert told(listed(store, "2020-03-12")) == []
    assert told(listed(store, "2020-03-11")) == [("overdue", "BNV", 9)]


def reports(period: str, codes: list[str], value: str = "40") -> bytes:
    known = max(period, "2020-02-01")
    return written(*(figure(value, agency_code=code, period=period, published=known) for code in codes))


def all_provinces(store: Store) -> list[str]:
    with knowing(store, EVERYTHING, date(2020, 2, 14)) as known:
        return [each.code for each in known.register.agencies if each.kind == "province" and each.valid_on(known.at)]


def test_who_did_not_report_is_named_once_the_period_is_over(store: Store, tmp_path: Path) -> None:
    codes = all_provinces(store)
    deliver(store, tmp_path, reports("2020-02-12", codes[:-1]), delivery=said())
    assert told(listed(store, "2020-02-12")) == []
    assert told(listed(store, "2020-02-13")) == [("unreported", codes[-1], 1)]
    assert told(listed(store, "2020-02-29")) == [("unreported", codes[-1], 17)]


def test_a_single_report_makes_nobody_late(store: Store, tmp_path: Path) -> None:
    codes = all_provinces(store)
    deliver(store, tmp_path, reports("2020-01", codes[1:]))
    deliver(store, tmp_path, reports("2020-02-12", codes[:31]))
    assert told(listed(store, "2020-02-14")) == [("unreported", codes[0], 14)]
    deliver(store, tmp_path, reports("2020-02-12", [codes[31]]))
    assert len(told(listed(store, "2020-02-14"))) == len(codes) - 32


def test_the_longest_overdue_stand_first_then_who_did_not_report(store: Store, tmp_path: Path) -> None:
    codes = all_provinces(store)
    deliver(store, tmp_path, reports("2020-02-12", codes[1:]))
    deliver(
        store,
        tmp_path,
        written(directive(**LATE), directive(code="T02", owner="BCA", due="2020-01", set_on="2020-01-05")),
        "directives",
    )
    deliver(store, tmp_path, written(checkin(), checkin(directive_code="T02", agency_code="BCA")), "checkins")
    found = listed(store, "2020-03-10")
    assert told(found) == [("overdue", "BCA", 32), ("overdue", "BNV", 3), ("unreported", codes[0], 27)]
    assert [each.rule for each in found.entries] == [Rule.OVERDUE, Rule.OVERDUE, Rule.UNREPORTED]


def test_a_report_names_its_agency_from_the_day_after_it_was_due_and_not_while_it_was_refused(
    store: Store, tmp_path: Path
) -> None:
    deliver(store, tmp_path, written(regime(owners="01;02", valid_from="2020-01-01")), "regimes")
    sent = [receipt(period="2020-01", received_at=f"2020-01-1{day}T09:00", result=how)
            for day, how in ((4, "rejected"), (5, "received"))]  # fmt: skip
    deliver(store, tmp_path, written(*sent), "receipts")
    assert told(listed(store, "2020-01-16")) == []
    assert told(listed(store, "2020-01-17")) == [("unreported", "02", 1)]
    refused = receipt(agency_code="02", received_at="2020-01-18T09:00", result="rejected")
    deliver(store, tmp_path, written(refused), "receipts")
    assert told(listed(store, "2020-01-17")) == [("unreported", "02", 1)]
    assert told(listed(store, "2020-01-18")) == []
    (entry, other) = listed(store, "2020-02-17").entries
    assert [each.agency for each in (entry, other)] == [each.matter.missing[0].agency for each in (entry, other)
                                                        if isinstance(each.matter, OfReports)]  # fmt: skip
    assert isinstance(entry.matter, OfReports) and isinstance(other.matter, OfReports)
    assert [str(each.received_at.date()) for each in entry.matter.received] == ["2020-01-15"]
    assert other.matter.received == ()


def test_a_letter_counts_from_its_day_and_can_be_withdrawn(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(directive(**LATE)), "directives")
    deliver(store, tmp_path, written(checkin()), "checkins")
    deliver(store, tmp_path, written(letter(), letter(agency_code="BCA"), letter(part="submit")), "letters")
    assert [len(*(each.letters for each in listed(store, day).entries)) for day in ("2020-03-04", "2020-03-05")] == [
        0,
        1,
    ]
    gone = letter(status="withdrawn", published="2020-03-07", reason="gửi nhầm")
    deliver(store, tmp_path, written(gone), "letters")
    assert [len(*(each.letters for each in listed(store, day).entries)) for day in ("2020-03-06", "2020-03-07")] == [
        1,
        0,
    ]


@pytest.mark.parametrize("at", ["2020-02-14", "2020-12-31"])
def test_a_mark_names_one_figure(held: Store, at: str) -> None:
    by_mark: dict[str, set[object]] = {}
    for each in figures_of(listed(held, at)):
        by_mark.setdefault(each.mark, set()).add((each.quantity, each.unit))
    assert {mark: found for mark, found in by_mark.items() if len(found) > 1} == {}
