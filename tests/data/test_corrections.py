"""Corrections: a new revision with its reason; what was kept before stays and can be asked for by day."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from data import integrity, queries
from data.delivery import Delivery
from data.facts import Observation
from data.ingest import Taken
from data.refusal import Refusal
from data.schema import CURRENT, INDICATOR, OBSERVATION, REFERENCE_REVISION
from data.scope import EVERYTHING
from data.sources.kinds import KINDS
from data.store import Store
from tests.deliveries import MACHINE_TODAY, OFFICIAL, Row, deliver, figure, indicator, said, target, written
from tests.engines import dump_hash

REASON = "Đính chính theo công văn 12/BC"
BECAUSE = said(reason=REASON)
DEMO = said(demo=True)
FIRST = figure("10.7", published="2020-01-10")
NEWER = figure("11.2", published="2020-03-20")


def shown(store: Store, on: str) -> list[tuple[str, int]]:
    """Value and revision of the figures known on a day; the value is as its digits were written."""
    with store.reading() as snapshot:
        found = queries.known_observations(snapshot, EVERYTHING, "DVC01", date.fromisoformat(on))
    return [(str(each.value.number) if each.value else "", each.revision) for each in found]


def history(store: Store) -> list[tuple[Observation, bool]]:
    with store.reading() as snapshot:
        return queries.revisions(snapshot, EVERYTHING, "DVC01", "01", "2019-12", MACHINE_TODAY)


def refused(store: Store, folder: Path, row: Row, delivery: Delivery = OFFICIAL) -> str:
    """Code and rule of the one trouble of this row; nothing was changed by it."""
    before = dump_hash(store)
    with pytest.raises(Refusal) as caught:
        deliver(store, folder, written(row), delivery=delivery)
    assert dump_hash(store) == before
    (problem,) = caught.value.problems
    return f"{problem.code} {problem.rule}"


def test_a_changed_value_needs_a_reason_and_names_old_and_new(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(FIRST))
    with pytest.raises(Refusal) as caught:
        deliver(store, tmp_path, written(NEWER))
    (problem,) = caught.value.problems
    assert (problem.code, problem.line) == ("E_CONFLICT", 2)
    hints = dict(problem.hints)
    assert "value=10.7" in hints["old"] and "value=11.2" in hints["new"]
    assert "published=2020-01-10" in hints["old"] and "published=2020-03-20" in hints["new"]


@pytest.mark.parametrize("of_the_row", [True, False], ids=["reason-of-the-row", "reason-of-the-delivery"])
def test_a_correction_is_a_new_revision_and_the_old_one_is_shown_for_its_time(
    of_the_row: bool, store: Store, tmp_path: Path
) -> None:
    deliver(store, tmp_path, written(FIRST))
    row = NEWER | ({"reason": REASON} if of_the_row else {})
    assert deliver(store, tmp_path, written(row), delivery=OFFICIAL if of_the_row else BECAUSE) == Taken(
        "in.csv", 1, 0, 1
    )
    assert shown(store, "2020-01-09") == []
    assert shown(store, "2020-01-10") == [("10.7", 1)]
    assert shown(store, "2020-03-19") == [("10.7", 1)]
    assert shown(store, "2020-03-20") == [("11.2", 2)]
    assert [(each.revision, each.reason, gone) for each, gone in history(store)] == [
        (2, REASON, False),
        (1, "", False),
    ]
    with store.reading() as snapshot:
        assert snapshot.execute(sa.select(sa.func.count()).select_from(CURRENT)).scalar() == 1
        assert integrity.findings(snapshot, EVERYTHING, MACHINE_TODAY) == []


def test_the_rows_own_reason_goes_before_that_of_the_delivery(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(FIRST))
    deliver(store, tmp_path, written(NEWER | {"reason": "riêng"}), delivery=BECAUSE)
    assert history(store)[0][0].reason == "riêng"


def test_a_correction_may_not_become_known_before_what_it_replaces(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(FIRST))
    earlier = figure("11.2", published="2020-01-09", reason=REASON)
    assert refused(store, tmp_path, earlier) == "E_CONFLICT published_before"
    deliver(store, tmp_path, written(earlier | {"published": "2020-01-10"}))
    assert shown(store, "2020-01-10") == [("11.2", 2)]


def test_a_correction_that_says_no_day_is_known_from_today_on(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(FIRST))
    deliver(store, tmp_path, written(figure("11.2", published="")), delivery=BECAUSE)
    assert shown(store, "2020-02-13") == [("10.7", 1)]
    assert shown(store, "2020-02-14") == [("11.2", 2)]


def test_an_unchanged_row_that_says_no_day_is_left_out(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(FIRST))
    assert deliver(store, tmp_path, written(figure("10.7", published=""))) == Taken("in.csv", 1, 0, 0)
    assert len(history(store)) == 1


def test_more_decimals_are_another_figure(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(FIRST))
    finer = figure("10.70", published="")
    assert refused(store, tmp_path, finer) == "E_CONFLICT no_reason"
    deliver(store, tmp_path, written(finer), delivery=BECAUSE)
    assert shown(store, "2020-02-13") == [("10.7", 1)]
    assert shown(store, "2020-02-14") == [("10.70", 2)]


def test_a_correction_may_move_the_days_of_a_period(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(FIRST))
    moved = FIRST | {"period_start": "2019-11-15", "period_end": "2019-12-14", "reason": REASON}
    deliver(store, tmp_path, written(moved))
    with store.reading() as snapshot:
        assert snapshot.execute(sa.select(CURRENT.c.period_end, CURRENT.c.revision)).all() == [
            (date(2019, 12, 14), 2)
        ]
        assert integrity.findings(snapshot, EVERYTHING, MACHINE_TODAY) == []


def test_a_figure_can_be_withdrawn_and_delivered_again(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(FIRST))
    withdrawn = figure("", status="withdrawn", published="2020-02-10", reason=REASON)
    assert refused(store, tmp_path, withdrawn | {"reason": ""}) == "E_MISSING withdrawn_reason"
    deliver(store, tmp_path, written(withdrawn))
    assert refused(store, tmp_path, figure("10.8", published="2020-03-01")) == "E_CONFLICT no_reason"
    deliver(store, tmp_path, written(figure("10.8", published="2020-03-01")), delivery=BECAUSE)
    assert shown(store, "2020-02-09") == [("10.7", 1)]
    assert shown(store, "2020-02-10") == []
    assert shown(store, "2020-03-01") == [("10.8", 3)]
    assert [(each.revision, gone) for each, gone in history(store)] == [(3, False), (2, True), (1, False)]


def test_what_was_never_delivered_cannot_be_withdrawn(store: Store, tmp_path: Path) -> None:
    row = figure("", status="withdrawn", reason=REASON)
    assert refused(store, tmp_path, row) == "E_INCONSISTENT nothing_to_withdraw"


def test_simulated_figures_need_the_demonstration_and_never_replace_others(store: Store, tmp_path: Path) -> None:
    simulated = figure("11", status="simulated")
    assert refused(store, tmp_path, simulated) == "E_CODE simulated_off"
    deliver(store, tmp_path, written(FIRST), delivery=DEMO)
    rule = "E_CONFLICT simulated_over_official"
    assert refused(store, tmp_path, simulated | {"reason": REASON}, DEMO) == rule
    deliver(store, tmp_path, written(simulated | {"source": "SIM"}), delivery=DEMO)
    deliver(store, tmp_path, written(figure("12", source="SIM", published="2020-03-01")), delivery=BECAUSE)
    with store.reading() as snapshot:
        found = queries.known_observations(snapshot, EVERYTHING, "DVC01", MACHINE_TODAY)
    assert [(each.source, each.status, each.revision) for each in found] == [
        ("GSO", "official", 1),
        ("SIM", "official", 2),
    ]


def test_a_simulated_figure_can_be_withdrawn_and_simulated_again(store: Store, tmp_path: Path) -> None:
    simulated = figure("11", status="simulated", published="2020-01-10")
    deliver(store, tmp_path, written(simulated), delivery=DEMO)
    deliver(store, tmp_path, written(figure("", status="withdrawn", reason=REASON)))
    again = simulated | {"published": "2020-03-01", "reason": REASON}
    deliver(store, tmp_path, written(again), delivery=DEMO)
    assert [(each.status, gone) for each, gone in history(store)] == [
        ("simulated", False),
        ("withdrawn", True),
        ("simulated", False),
    ]


def test_a_renamed_indicator_keeps_its_history(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(indicator()), "indicators")
    renamed = written(indicator(name_vi="Tên khác"))
    with pytest.raises(Refusal, match="E_CONFLICT"):
        deliver(store, tmp_path, renamed, "indicators")
    assert deliver(store, tmp_path, renamed, "indicators", BECAUSE) == Taken("in.csv", 1, 0, 1)
    with store.reading() as snapshot:
        assert queries.register(snapshot, EVERYTHING).indicators["NEW01"].name_vi == "Tên khác"
        ledger = snapshot.execute(
            sa.select(REFERENCE_REVISION).where(REFERENCE_REVISION.c.key == "NEW01").order_by("revision")
        ).all()
        places = snapshot.execute(sa.select(INDICATOR.c.position).order_by(INDICATOR.c.position)).scalars().all()
    assert [(row.revision, json.loads(row.content)["name_vi"], row.reason) for row in ledger] == [
        (1, "Chỉ tiêu mới", ""),
        (2, "Tên khác", REASON),
    ]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("kind", ["agencies", "indicators", "sources"])
def test_a_reference_table_again_in_other_order_changes_nothing(kind: str, store: Store, tmp_path: Path) -> None:
    file = Path(__file__).parents[2] / "data" / "reference" / f"{kind}.csv"
    header, *lines = file.read_text(encoding="utf-8").splitlines()
    assert len(set(header.split(","))) == len(KINDS[kind].required)
    again = "\n".join([header, *reversed(lines)]).encode("utf-8")
    assert deliver(store, tmp_path, again, kind) == Taken("in.csv", len(lines), 0, 0)


def test_a_later_target_never_erases_the_earlier_and_a_correction_needs_a_reason(
    store: Store, tmp_path: Path
) -> None:
    deliver(store, tmp_path, written(target("30")), "targets")
    deliver(store, tmp_path, written(target("40", source="PAPI", set_on="2020-06-01")), "targets")
    corrected = written(target("35"))
    with pytest.raises(Refusal, match="E_CONFLICT"):
        deliver(store, tmp_path, corrected, "targets")
    assert deliver(store, tmp_path, corrected, "targets", BECAUSE) == Taken("in.csv", 1, 0, 1)
    assert deliver(store, tmp_path, written(target("35.0")), "targets", BECAUSE) == Taken("in.csv", 1, 0, 1)
    with store.reading() as snapshot:
        kept = queries.targets(snapshot, EVERYTHING, ["DVC01"])
    assert [(each.source, each.value, each.set_on, each.revision) for each in kept] == [
        ("PAPI", Decimal("40"), date(2020, 6, 1), 1),
        ("GSO", Decimal("35.0"), date(2020, 1, 15), 3),
    ]


def test_a_correction_changes_no_row_that_was_kept(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(FIRST))
    with store.reading() as snapshot:
        first = snapshot.execute(sa.select(OBSERVATION)).one()
    deliver(store, tmp_path, written(NEWER), delivery=BECAUSE)
    with store.reading() as snapshot:
        assert snapshot.execute(sa.select(OBSERVATION).where(OBSERVATION.c.revision == 1)).one() == first
