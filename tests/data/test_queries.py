"""Questions to the store: what was known on a day, to whom it is open, and what stands in the reference tables."""

import inspect
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import integrity, queries
from data.refusal import Refusal
from data.scope import EVERYTHING, Scope
from data.store import Store
from tests.deliveries import CLOCK, MACHINE_TODAY, counted, deliver, figure, said, target, written

MINE = Scope(frozenset({"01"}))
FIRST_DAY = date(2020, 1, 1)
REASON = said(reason="đính chính", confirm=True)
_PERIODS = count(1000)


@pytest.fixture(scope="module")
def filled(module_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Ha Noi in two months and two sources, Ho Chi Minh City in one, and a count; one figure corrected later."""
    folder = tmp_path_factory.mktemp("filled")
    rows = [figure("10"), figure("11", source="PAPI"), figure("12", period="2020-01"), figure("20", agency_code="79")]
    deliver(module_store, folder, written(*rows, counted("5")))
    deliver(module_store, folder, written(figure("10.5", published="2020-03-01")), delivery=REASON)
    return module_store


def answers(store: Store, scope: Scope, known_on: date, periods: list[str] | None = None) -> list[tuple[str, ...]]:
    with store.reading() as snapshot:
        found = queries.known_observations(snapshot, scope, "DVC01", known_on, periods)
    return [(each.period.text, each.agency, each.source, str(each.value and each.value.number)) for each in found]


def test_what_is_known_comes_by_period_agency_and_source(filled: Store) -> None:
    assert answers(filled, EVERYTHING, CLOCK) == [
        ("2019-12", "01", "GSO", "10"),
        ("2019-12", "01", "PAPI", "11"),
        ("2019-12", "79", "GSO", "20"),
        ("2020-01", "01", "GSO", "12"),
    ]
    assert answers(filled, EVERYTHING, date(2020, 3, 1))[0] == ("2019-12", "01", "GSO", "10.5")
    assert answers(filled, EVERYTHING, date(2020, 1, 31)) == []


def test_periods_narrow_the_answer(filled: Store) -> None:
    assert answers(filled, EVERYTHING, CLOCK, ["2020-01"]) == [("2020-01", "01", "GSO", "12")]
    assert answers(filled, EVERYTHING, CLOCK, []) == []


@pytest.mark.parametrize("known_on", [CLOCK, MACHINE_TODAY])
def test_a_scope_closes_the_rows_of_others(known_on: date, filled: Store) -> None:
    assert {agency for _, agency, _, _ in answers(filled, MINE, known_on)} == {"01"}
    assert answers(filled, Scope(frozenset()), known_on) == []
    with filled.reading() as snapshot:
        assert queries.revisions(snapshot, MINE, "DVC01", "79", "2019-12", known_on) == []
        assert len(queries.revisions(snapshot, EVERYTHING, "DVC01", "79", "2019-12", known_on)) == 1
        other = Scope(frozenset({"79"}))
        assert queries.indicators_with_figures(snapshot, other, known_on) == {"DVC01"}
        assert queries.indicators_with_figures(snapshot, EVERYTHING, known_on) == {"DVC01", "DVC08"}
        assert queries.indicators_with_figures(snapshot, EVERYTHING, date(2020, 1, 31)) == set()


def test_a_question_without_a_scope_cannot_be_asked() -> None:
    asked = [
        question
        for name, question in inspect.getmembers(queries, inspect.isfunction)
        if question.__module__ == queries.__name__ and not name.startswith("_")
    ]
    assert len(asked) >= 8
    for question in asked:
        scope = list(inspect.signature(question).parameters.values())[1]
        assert (scope.name, scope.annotation, scope.default) == ("scope", Scope, inspect.Parameter.empty)


def test_revisions_come_newest_first_with_all_sources(filled: Store) -> None:
    with filled.reading() as snapshot:
        found = queries.revisions(snapshot, EVERYTHING, "DVC01", "01", "2019-12", MACHINE_TODAY)
        before = queries.revisions(snapshot, EVERYTHING, "DVC01", "01", "2019-12", CLOCK)
    assert [(each.revision, each.source) for each, _ in found] == [(2, "GSO"), (1, "GSO"), (1, "PAPI")]
    assert [(each.revision, each.source) for each, _ in before] == [(1, "GSO"), (1, "PAPI")]


def test_the_register_is_in_the_order_of_the_tables_and_knows_codes_by_their_day(filled: Store) -> None:
    with filled.reading() as snapshot:
        register = queries.register(snapshot, EVERYTHING)
    assert [agency.code for agency in register.agencies[:3]] == ["VN", "R-RRD", "R-NMM"]
    assert next(iter(register.indicators)) == "DVC01"
    assert next(iter(register.sources)) == "A"
    names = [agency and agency.name_vi for agency in (register.agency("24", day) for day in
             (date(2025, 6, 30), date(2025, 7, 1)))]  # fmt: skip
    assert names == ["Bắc Giang", "Bắc Ninh"]
    assert register.agency("27", date(2025, 7, 1)) is None
    level4 = register.indicators["DVC01"]
    assert (level4.levels, [str(bound) for bound in level4.bins]) == (
        ("national", "ministry", "province"),
        ["5", "10", "15", "20", "30"],
    )
    assert register.indicators["XH03"].natural_min is None


def test_targets_come_with_their_path(store: Store, tmp_path: Path) -> None:
    rows = [
        target(path="linear", start_on="2019-03-07", start_value="5.35", path_status="inferred", strict=""),
        target(due="2021", path="2020-06-30:25;2020-12-31:30", path_status="approved", strict="true"),
        target(due=""),
    ]
    columns = {name for row in rows for name in row}
    deliver(store, tmp_path, written(*(dict.fromkeys(columns, "") | row for row in rows)), "targets")
    with store.reading() as snapshot:
        found = queries.targets(snapshot, EVERYTHING)
        assert queries.targets(snapshot, EVERYTHING, ["TT01"]) == []
    linear, milestones, endless = (each.path for each in found)
    assert [each.due and str(each.due.end) for each in found] == ["2020-12-31", "2021-12-31", None]
    assert [each.strict for each in found] == [False, True, False]
    assert (linear.kind, linear.status, str(linear.start_on), str(linear.start_value)) == (
        "linear",
        "inferred",
        "2019-03-07",
        "5.35",
    )
    assert [(str(day), str(value)) for day, value in milestones.milestones] == [
        ("2020-06-30", "25"),
        ("2020-12-31", "30"),
    ]
    assert (endless.kind, endless.milestones) == ("none", ())


def test_the_version_of_the_data_grows_with_each_delivery(store: Store, tmp_path: Path) -> None:
    with store.reading() as snapshot:
        before = queries.last_delivery(snapshot, EVERYTHING)
        assert queries.delivered_kinds(snapshot, EVERYTHING) == {"agencies", "indicators", "sources"}
    deliver(store, tmp_path, written(figure()))
    with store.reading() as snapshot:
        after = queries.last_delivery(snapshot, EVERYTHING)
        assert "observations" in queries.delivered_kinds(snapshot, EVERYTHING)
    assert before is not None and after is not None
    assert (after[0], after[1] > before[1]) == (before[0] + 1, True)


@dataclass
class Model:
    """One figure as a list of what became known of it: (day, digits; None where withdrawn)."""

    known: list[tuple[date, str | None]] = field(default_factory=list)

    def take(self, day: date, digits: str | None) -> bool:
        """Whether a row of this content is taken: never before the newest, and nothing is withdrawn twice."""
        taken = day >= self.known[-1][0] if self.known else digits is not None
        if taken and (not self.known or self.known[-1] != (day, digits)):
            self.known.append((day, digits))
        return taken

    def on(self, day: date) -> str | None:
        """What is shown at the end of that day."""
        return next((digits for since, digits in reversed(self.known) if since <= day), None)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.integers(0, 6), st.sampled_from(["10", "10.0", "11", None])), min_size=1, max_size=6)
)
def test_what_was_known_on_each_day_is_as_a_list_would_say(
    steps: list[tuple[int, str | None]], module_store: Store, tmp_path: Path
) -> None:
    period, model = str(next(_PERIODS)), Model()
    for number, (after, digits) in enumerate(steps):
        day = FIRST_DAY + timedelta(days=after)
        row = figure(digits or "", period=period, published=str(day), status="" if digits else "withdrawn")
        # One blank line more each time: the same row in a file that was not delivered before.
        content = written(row) + b"\n" * number
        try:
            deliver(module_store, tmp_path, content, delivery=REASON)
            taken = True
        except Refusal:
            taken = False
        assert taken == model.take(day, digits)
    for after in range(-1, 8):
        day = FIRST_DAY + timedelta(days=after)
        shown = [digits for _, _, _, digits in answers(module_store, EVERYTHING, day, [period])]
        assert shown == [digits for digits in [model.on(day)] if digits is not None]
    with module_store.reading() as snapshot:
        kept = queries.revisions(snapshot, EVERYTHING, "DVC01", "01", period, MACHINE_TODAY)
        assert integrity.findings(snapshot, EVERYTHING, MACHINE_TODAY) == []
    assert [(each.published, None if gone else str(each.value and each.value.number)) for each, gone in kept] == list(
        reversed(model.known)
    )


def test_the_first_day_is_that_of_the_first_figure_one_may_see(store: Store, tmp_path: Path) -> None:
    with store.reading() as snapshot:
        assert queries.first_published(snapshot, EVERYTHING) is None
    deliver(store, tmp_path, written(figure("10"), figure("20", agency_code="79", published="2020-01-10")))
    with store.reading() as snapshot:
        assert queries.first_published(snapshot, EVERYTHING) == date(2020, 1, 10)
        assert queries.first_published(snapshot, MINE) == date(2020, 2, 1)
