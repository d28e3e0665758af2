"""Figures under embargo: not there before their time, there at it by themselves, and told to nobody in between."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from data import audit, clock, integrity, migration, news, queries, reports
from data.clock import VIETNAM
from data.corrections import corrections
from data.delivery import Answered
from data.ingest import Taken
from data.refusal import Refusal, told
from data.schema import CURRENT, OBSERVATION
from data.scope import EVERYTHING, Scope
from data.store import Store
from i18n import speaker
from metrics.asked import Asked
from metrics.boards.changes import changes, since_of
from metrics.boards.dossier import dossier
from metrics.boards.indicator import indicator
from metrics.boards.known import knowing
from metrics.boards.overview import overview
from metrics.boards.provenance import provenance
from metrics.boards.province import province
from metrics.boards.ranking import ranking
from metrics.boards.replay import replay
from tests.deliveries import CLOCK, MACHINE_TODAY, deliver, figure, regime, said, written

OTHERS = Scope(embargoed=False)
BEGAN = datetime(2020, 3, 1, 8, tzinfo=VIETNAM)
BECAUSE = said(reason="đính chính", confirm=True)
BLIND = replace(BECAUSE, scope=OTHERS)


class Clock:
    """The machine's moment, which stands until it is set."""

    def __init__(self) -> None:
        self.moment = BEGAN

    def at(self, hours: float) -> None:
        """Set it so many hours after the beginning."""
        self.moment = BEGAN + timedelta(hours=hours)


@pytest.fixture
def hour(monkeypatch: pytest.MonkeyPatch) -> Clock:
    stands = Clock()
    monkeypatch.setattr(clock, "now", lambda: stands.moment)
    return stands


def until(hours: int) -> str:
    """The moment so many hours after the beginning, as a file writes it."""
    return (BEGAN + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")


def values(store: Store, scope: Scope = OTHERS) -> list[str]:
    """What is known of Ha Noi in December 2019, with its number among the revisions."""
    with store.reading() as snapshot:
        found = queries.known_observations(snapshot, scope, "DVC01", MACHINE_TODAY)
    return [f"{each.agency} {each.value and each.value.number} r{each.revision}" for each in found]


def test_a_first_figure_is_not_there_before_its_time(store: Store, tmp_path: Path, hour: Clock) -> None:
    nothing = asked_of(store, OTHERS)
    deliver(store, tmp_path, written(figure("10", embargo_until=until(2))))
    assert values(store, EVERYTHING) == ["01 10 r1"]
    assert asked_of(store, OTHERS) == nothing
    hour.at(1.999)
    assert asked_of(store, OTHERS) == nothing
    hour.at(2)
    assert values(store) == ["01 10 r1"]
    assert asked_of(store, OTHERS) == asked_of(store, EVERYTHING) != nothing


def test_before_its_time_the_revision_before_it_stands(store: Store, tmp_path: Path, hour: Clock) -> None:
    deliver(store, tmp_path, written(figure("10")))
    before = asked_of(store, OTHERS)
    deliver(store, tmp_path, written(figure("11", embargo_until=until(2))), delivery=BECAUSE)
    assert values(store, EVERYTHING) == ["01 11 r2"]
    assert asked_of(store, OTHERS) == before
    # A correction that everybody may see is the second to those who see no embargo.
    deliver(store, tmp_path, written(figure("12")), delivery=BECAUSE)
    assert (values(store, EVERYTHING), values(store)) == (["01 12 r3"], ["01 12 r2"])
    with store.reading() as snapshot:
        (found,) = corrections(snapshot, OTHERS, "DVC01", MACHINE_TODAY)
        assert [str(each.value and each.value.number) for each in (found.before, found.after)] == ["10", "12"]
        assert (found.before.revision, found.after.revision) == (1, 2)
        assert len(corrections(snapshot, EVERYTHING, "DVC01", MACHINE_TODAY)) == 2
        assert integrity.findings(snapshot, EVERYTHING, MACHINE_TODAY) == []
    hour.at(2)
    assert asked_of(store, OTHERS) == asked_of(store, EVERYTHING)


def test_a_figure_that_was_corrected_is_shown_as_known_on_an_earlier_day(
    store: Store, tmp_path: Path, hour: Clock
) -> None:
    deliver(store, tmp_path, written(figure("10")))
    deliver(store, tmp_path, written(figure("11", published="2020-02-05", embargo_until=until(2))), delivery=BECAUSE)
    deliver(store, tmp_path, written(figure("12", published="2020-02-20")), delivery=BECAUSE)
    with store.reading() as snapshot:
        for scope, shown in ((EVERYTHING, "11 r2"), (OTHERS, "10 r1")):
            (each,) = queries.known_observations(snapshot, scope, "DVC01", CLOCK)
            assert f"{each.value and each.value.number} r{each.revision}" == shown
    hour.at(3)
    with store.reading() as snapshot:
        (each,) = queries.known_observations(snapshot, OTHERS, "DVC01", CLOCK)
    assert str(each.value and each.value.number) == "11"


def test_a_row_that_takes_a_figure_under_embargo_back_comes_under_it(
    store: Store, tmp_path: Path, hour: Clock
) -> None:
    deliver(store, tmp_path, written(figure("10"), figure("20", agency_code="79")))
    before = asked_of(store, OTHERS)
    deliver(store, tmp_path, written(figure("11", embargo_until=until(2))), delivery=BECAUSE)
    deliver(store, tmp_path, written(figure("10")) + b"\n", delivery=BECAUSE)
    deliver(store, tmp_path, written(figure("30", agency_code="04", embargo_until=until(3))))
    withdrawn = figure("", agency_code="04", status="withdrawn")
    deliver(store, tmp_path, written(withdrawn), delivery=BECAUSE)
    assert asked_of(store, OTHERS) == before
    hour.at(2)
    assert values(store) == ["01 10 r3", "79 20 r1"]
    hour.at(3)
    assert asked_of(store, OTHERS) == asked_of(store, EVERYTHING)


def test_an_embargo_is_lifted_by_a_correction(store: Store, tmp_path: Path, hour: Clock) -> None:
    deliver(store, tmp_path, written(figure("10", embargo_until=until(2))))
    with pytest.raises(Refusal, match="E_CONFLICT"):
        deliver(store, tmp_path, written(figure("10")))
    deliver(store, tmp_path, written(figure("10")), delivery=BECAUSE)
    assert values(store) == ["01 10 r1"]
    with store.reading() as snapshot:
        ((each, _),) = queries.revisions(snapshot, OTHERS, "DVC01", "01", "2019-12", MACHINE_TODAY)
    assert each.reason == "", "the first that is seen corrects nothing"
    hour.at(2)
    assert values(store) == ["01 10 r2"]


def test_an_embargo_that_has_passed_makes_no_other_row(store: Store, tmp_path: Path, hour: Clock) -> None:
    deliver(store, tmp_path, written(figure("10", embargo_until=until(2))))
    hour.at(2)
    assert deliver(store, tmp_path, written(figure("10"))) == Taken("in.csv", 1, 0, 0)


@pytest.mark.parametrize("text", ["2020-03-01T10:00", "2020-03-01T03:00Z", "2020-03-01T05:30:00+02:30"])
def test_the_moment_is_viet_nams_or_has_an_offset(text: str, store: Store, tmp_path: Path, hour: Clock) -> None:
    deliver(store, tmp_path, written(figure("10", embargo_until=text)))
    with store.reading() as snapshot:
        kept = snapshot.execute(sa.select(OBSERVATION.c.embargo_until)).scalar_one()
    assert kept == datetime(2020, 3, 1, 3, tzinfo=UTC)
    hour.at(1.99)
    assert values(store) == []
    hour.at(2)
    assert values(store) == ["01 10 r1"]


def test_the_version_changes_by_itself_when_an_embargo_passes(store: Store, tmp_path: Path, hour: Clock) -> None:
    deliver(store, tmp_path, written(figure("20", agency_code="79")))
    before = versions(store)
    deliver(store, tmp_path, written(figure("10", embargo_until=until(2))))
    with store.reading() as snapshot:
        assert queries.delivered_kinds(snapshot, OTHERS) >= {"observations"}
    hidden = versions(store)
    assert hidden[1] == before[1], "nothing was delivered, to whom it is not told"
    assert hidden[0] != before[0]
    with knowing(store, OTHERS, CLOCK) as known:
        assert set(known.readings("DVC01", "2019-12")) == {"79"}
    hour.at(2)
    after = versions(store)
    assert after[1] == after[0] not in hidden
    with knowing(store, OTHERS, CLOCK) as known:
        assert set(known.readings("DVC01", "2019-12")) == {"01", "79"}


def versions(store: Store) -> list[str]:
    """The version of the data to whoever sees embargoes, and to the others."""
    with store.reading() as snapshot:
        found = [queries.version(snapshot, scope) for scope in (EVERYTHING, OTHERS)]
    return [each.text for each in found if each is not None]


def test_a_snapshot_is_of_one_moment(store: Store, tmp_path: Path, hour: Clock) -> None:
    deliver(store, tmp_path, written(figure("10", embargo_until=until(2))))
    with store.reading() as snapshot:
        hour.at(2)
        assert queries.known_observations(snapshot, OTHERS, "DVC01", MACHINE_TODAY) == []
        assert queries.indicators_with_figures(snapshot, OTHERS, MACHINE_TODAY) == set()


def test_whoever_delivers_and_sees_no_embargo_is_told_of_what_they_see(
    store: Store, tmp_path: Path, hour: Clock
) -> None:
    deliver(store, tmp_path, written(figure("80", agency_code="04", embargo_until=until(2)), figure("10")))
    deliver(store, tmp_path, written(figure("90", embargo_until=until(2))), delivery=BECAUSE)
    with pytest.raises(Refusal) as caught:
        deliver(store, tmp_path, written(figure("11")), delivery=said(scope=OTHERS))
    (problem,) = caught.value.problems
    message = told(problem, speaker("en"))
    assert "old value=10; new value=11" in message
    assert deliver(store, tmp_path, written(figure("10")) + b"\n", delivery=BLIND) == Taken("in.csv", 1, 0, 0)
    # No jump is held against a figure that they do not see, and theirs is new.
    first = figure("10", agency_code="04")
    assert deliver(store, tmp_path, written(first), delivery=said(scope=OTHERS)) == Taken("in.csv", 1, 1, 0)
    assert values(store) == ["01 10 r1", "04 10 r1"]
    assert values(store, EVERYTHING) == ["01 90 r2", "04 10 r2"]
    with store.reading() as snapshot:
        assert integrity.findings(snapshot, EVERYTHING, MACHINE_TODAY) == []


def test_the_log_keeps_what_it_tells_of_an_embargo_to_itself(store: Store, tmp_path: Path, hour: Clock) -> None:
    deliver(store, tmp_path, written(figure("10", embargo_until=until(2))))
    deliver(store, tmp_path, written(figure("20", agency_code="79")))
    assert [each == "" for each in details(store, OTHERS)[-2:]] == [True, False]
    assert json.loads(details(store, EVERYTHING)[-2])["files"][0]["new"] == 1
    hour.at(2)
    assert details(store, OTHERS) == details(store, EVERYTHING)
    with store.reading() as snapshot:
        assert audit.verify(snapshot).fault is None


def details(store: Store, scope: Scope) -> list[str]:
    with store.reading() as snapshot:
        return [entry.detail for entry in audit.entries(snapshot, scope)]


def test_a_figure_under_embargo_comes_with_no_report(store: Store, tmp_path: Path, hour: Clock) -> None:
    deliver(store, tmp_path, written(regime()), "regimes")
    answers = said(answers=Answered("R01", "01", "2020-01"))
    with pytest.raises(Refusal, match="E_CONFLICT"):
        deliver(store, tmp_path, written(figure("10", embargo_until=until(2))), delivery=answers)
    assert values(store, EVERYTHING) == []
    hour.at(2)
    assert deliver(store, tmp_path, written(figure("10", embargo_until=until(2))), delivery=answers).new == 1


def test_the_list_of_those_who_must_be_named_holds_no_embargo(store: Store, tmp_path: Path, hour: Clock) -> None:
    before = plain(dossier(store, EVERYTHING, Asked(CLOCK)))
    deliver(store, tmp_path, written(figure("1", embargo_until=until(2))))
    assert plain(dossier(store, EVERYTHING, Asked(CLOCK))) == before


def test_a_projection_that_is_not_what_follows_is_found(store: Store, tmp_path: Path, hour: Clock) -> None:
    deliver(store, tmp_path, written(figure("10", embargo_until=until(2))))
    with store.writing() as connection:
        connection.execute(CURRENT.update().values(seen_from=BEGAN))
    with store.reading() as snapshot:
        (finding,) = integrity.findings(snapshot, EVERYTHING, MACHINE_TODAY)
        assert dict(finding.hints)["figure"] == "DVC01/01/2019-12/GSO"
        assert integrity.findings(snapshot, OTHERS, MACHINE_TODAY) == []


def test_the_checksum_covers_the_embargo(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(figure("10", embargo_until=until(2))))
    with store.writing() as connection:
        names = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'observation'"
        if store.embedded:
            for name in connection.execute(sa.text(names)).scalars().all():
                connection.execute(sa.text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(sa.text("ALTER TABLE observation DISABLE TRIGGER USER"))
        connection.execute(OBSERVATION.update().values(embargo_until=None))
    with store.reading() as snapshot:
        assert "chain" in {each.rule for each in integrity.findings(snapshot, EVERYTHING, MACHINE_TODAY)}


def test_a_store_goes_back_a_version_only_without_a_secret(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(figure("10", embargo_until="2020-01-01T00:00")))
    deliver(store, tmp_path, written(figure("20", agency_code="79", embargo_until="8999-01-01T00:00")))
    with pytest.raises(RuntimeError, match="under embargo"):
        migration.downgrade(store, "0011" if "0011" in migration._versions() else "0010")
    deliver(store, tmp_path, written(figure("20", agency_code="79")), delivery=BECAUSE)
    assert values(store) == ["01 10 r1", "79 20 r1"]


# The property


Step = tuple[int, str, str | None, int | None]
STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["01", "01", "01", "79"]),
        st.sampled_from(["10", "10.0", "12", None]),
        st.sampled_from([None, None, 2, 4, 6]),
    ),
    min_size=2,
    max_size=6,
)
#: One hidden between two, the first hidden, and what only takes one that is hidden back.
BETWEEN: list[Step] = [(0, "01", "10", None), (0, "01", "12", 5), (0, "01", "11", None)]
FIRST: list[Step] = [(0, "01", "10", 5), (0, "01", "12", None)]
TAKEN_BACK: list[Step] = [(0, "01", "10", None), (0, "01", "12", 5), (0, "01", "10", None)]
WITHDRAWN: list[Step] = [(0, "01", "10", 5), (0, "01", None, None)]


def test_boards_are_those_of_a_store_to_which_it_was_never_delivered(
    fresh_stores: Callable[[], AbstractContextManager[Store]],
    tmp_path: Path,
    hour: Clock,
    request: pytest.FixtureRequest,
) -> None:
    # A database of a server is made in a second, a file in no time.
    examples = 12 if request.node.callspec.params["fresh_stores"] == "sqlite" else 3

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps=STEPS, moment=st.integers(1, 7))
    @example(steps=BETWEEN, moment=3)
    @example(steps=FIRST, moment=3)
    @example(steps=TAKEN_BACK, moment=3)
    @example(steps=WITHDRAWN, moment=3)
    @example(steps=BETWEEN, moment=5)
    def compare(steps: list[Step], moment: int) -> None:
        with fresh_stores() as whole, fresh_stores() as without:
            for store in (whole, without):
                for number, step in enumerate(steps):
                    if store is whole or step[3] is None or step[3] <= moment:
                        _take(store, tmp_path, hour, step, number, sum(after for after, *_ in steps[: number + 1]))
            hour.at(moment)
            assert asked_of(whole, OTHERS) == asked_of(without, EVERYTHING)
            assert boards_of(whole, OTHERS) == boards_of(without, EVERYTHING)
            with whole.reading() as snapshot:
                assert integrity.findings(snapshot, EVERYTHING, MACHINE_TODAY) == []

    compare()


def _take(store: Store, folder: Path, hour: Clock, step: Step, number: int, delivered: int) -> None:
    """Deliver a row; what is refused is not in either store."""
    _, agency, digits, hours = step
    hour.at(delivered / 2)
    cells = {"agency_code": agency, "status": "" if digits else "withdrawn"}
    cells["embargo_until"] = "" if hours is None else until(hours)
    try:
        deliver(store, folder, written(figure(digits or "", **cells)) + b"\n" * number, delivery=BECAUSE)
    except Refusal:
        return


def asked_of(store: Store, scope: Scope) -> list[object]:
    """What every question to the figures is answered with, but for the moment at which rows were recorded."""
    with store.reading() as snapshot:
        latest = reports.last_periods(snapshot, scope, MACHINE_TODAY)
        found: list[object] = [
            queries.known_observations(snapshot, scope, "DVC01", MACHINE_TODAY),
            queries.reported_periods(snapshot, scope, "DVC01", MACHINE_TODAY),
            *(
                queries.revisions(snapshot, scope, "DVC01", agency, "2019-12", MACHINE_TODAY)
                for agency in ("01", "04", "79")
            ),
            queries.indicators_with_figures(snapshot, scope, MACHINE_TODAY),
            queries.first_published(snapshot, scope),
            sorted(map(repr, news.figures_since(snapshot, scope, MACHINE_TODAY, CLOCK.replace(year=2019)))),
            corrections(snapshot, scope, None, MACHINE_TODAY),
            latest,
            reports.told_at(snapshot, scope, MACHINE_TODAY, latest),
        ]
    return [plain(each) for each in found]


def boards_of(store: Store, scope: Scope) -> list[object]:
    """The boards on which the figures stand."""
    asked = Asked(MACHINE_TODAY, indicator="DVC01", period="2019-12")
    with knowing(store, scope, MACHINE_TODAY) as known:
        since = since_of(MACHINE_TODAY, known.periods("DVC01"), "2020-01-15")
        changed = changes(known, known.register.indicators["DVC01"], None, since)
    return [
        plain(each)
        for each in (
            overview(store, scope, asked),
            ranking(store, scope, asked),
            indicator(store, scope, "DVC01", asked),
            province(store, scope, "01", asked),
            provenance(store, scope, "DVC01/01/2019-12", MACHINE_TODAY),
            replay(store, scope, MACHINE_TODAY, MACHINE_TODAY),
            changed,
        )
    ]


def plain(thing: Any) -> Any:
    """A board as plain values; moments are left out, for two stores are filled at two of them."""
    if isinstance(thing, datetime):
        return None
    if is_dataclass(thing) and not isinstance(thing, type):
        return type(thing).__name__, {each.name: plain(getattr(thing, each.name)) for each in fields(thing)}
    if isinstance(thing, dict):
        return {key: plain(each) for key, each in thing.items()}
    if isinstance(thing, list | tuple):
        return [plain(each) for each in thing]
    return thing
