"""Usage in: every sum is that of the facts, days are replaced as a whole, and what is wrong changes nothing."""

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
import sqlalchemy as sa

from data.ingest import ingest
from data.refusal import Held, Refusal
from data.scope import Scope
from data.store import Store
from data.usage_tables import COUNTS, USAGE_DAY
from tests.data.usage_files import (
    USUAL,
    Counts,
    Facts,
    Key,
    deliver_services,
    facts,
    rebuilt,
    service,
    sums_of,
    used,
)
from tests.deliveries import Row, deliver, said, written
from tests.engines import dump_hash

GROUPS = {"P1": "Hộ tịch", "P2": "Hộ tịch", "P3": "Đất đai"}
CATALOGUE = [
    service(),
    service(procedure_code="P2", name="Đăng ký kết hôn", level="4"),
    service(procedure_code="P3", name="Tách thửa đất", group="Đất đai", owner_code="BTNMT", level="2"),
    service(agency_code="40"),
    service(
        agency_code="40", procedure_code="P3", name="Tách thửa đất", group="Đất đai", owner_code="BTNMT", level="4"
    ),
]


def test_what_is_delivered_is_kept_and_added_up(store: Store, tmp_path: Path) -> None:
    deliver_services(store, tmp_path, *CATALOGUE)
    rows = [
        used(),
        used(procedure_code="P2", level="4", received_online="7", received_other="1"),
        used(date="2020-01-07", received_online="2", pending="41"),
        used(agency_code="40", received_online="100", received_other="0", resolved_on_time="90"),
    ]
    taken = deliver(store, tmp_path, written(*rows), "usage", USUAL)
    assert (taken.rows, taken.new, taken.corrected) == (4, 4, 0)
    sums = sums_of(store)
    # Ha Noi, January 2020, level 3: 10 + 2 received online on two days, 41 open at the end of the second.
    assert sums["usage_by_agency"][202001, "01", 3] == (12, 60, 50, 10, 41, 4, 16, 18)
    assert sums["usage_by_group"][202001, "01", "Hộ tịch", 4] == (7, 1, 25, 5, None, None, 8, 9)
    assert sums["usage_by_procedure"][202001, "40", "P1", 3][:2] == (100, 0)
    assert sums["usage_month"] == {(202001, "01"): (2, 20200107), (202001, "40"): (1, 20200106)}
    assert sums == rebuilt(facts(store), GROUPS)


def test_a_count_that_is_left_out_is_not_zero(store: Store, tmp_path: Path) -> None:
    deliver_services(store, tmp_path, *CATALOGUE)
    bare = {
        name: cell for name, cell in used().items() if name not in ("pending", "pending_late", "satisfied", "rated")
    }
    deliver(store, tmp_path, written(bare), "usage", USUAL)
    assert sums_of(store)["usage_by_agency"][202001, "01", 3] == (10, 30, 25, 5, None, None, None, None)


def test_a_file_replaces_exactly_the_days_it_covers_and_leaves_both_sums(store: Store, tmp_path: Path) -> None:
    deliver_services(store, tmp_path, *CATALOGUE)
    deliver(
        store,
        tmp_path,
        written(used(), used(procedure_code="P2", level="4"), used(date="2020-01-07")),
        "usage",
        USUAL,
    )
    taken = deliver(store, tmp_path, written(used(received_online="11")), "usage", USUAL)
    assert (taken.new, taken.corrected) == (0, 1)
    assert sorted(key[1:3] for key in facts(store)) == [("2020-01-06", "P1"), ("2020-01-07", "P1")]
    with store.reading() as snapshot:
        cells = USAGE_DAY.c
        told = snapshot.execute(
            sa.select(cells.day, cells.revision, cells.rows, cells.received_online).order_by(cells.id)
        ).all()
    assert [tuple(row) for row in told] == [(20200106, 1, 2, 20), (20200107, 1, 1, 10), (20200106, 2, 1, 11)]


def test_the_same_file_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    deliver_services(store, tmp_path, *CATALOGUE)
    first = deliver(store, tmp_path, written(used()), "usage", USUAL)
    before = dump_hash(store)
    again = deliver(store, tmp_path, written(used()), "usage", USUAL)
    assert again.identical_to == first.submission
    assert dump_hash(store) == before


def test_a_dry_run_stores_nothing(store: Store, tmp_path: Path) -> None:
    deliver_services(store, tmp_path, *CATALOGUE)
    before = dump_hash(store)
    taken = deliver(store, tmp_path, written(used()), "usage", replace(USUAL, dry_run=True))
    assert taken.rows == 1
    assert dump_hash(store) == before


def test_csv_workbook_and_parquet_say_the_same(store: Store, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    deliver_services(store, tmp_path, *CATALOGUE)
    rows = [used(), used(procedure_code="P2", level="4", rated="", satisfied=""), used(agency_code="40")]
    deliver(store, tmp_path, written(*rows), "usage", USUAL)
    kept = facts(store)
    book = openpyxl.Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        cells = {name: int(cell) if name in COUNTS and cell else cell or None for name, cell in row.items()}
        book.active.append(list(cells.values()))
    book.save(tmp_path / "in.xlsx")
    parquet.write_table(_columns(rows), tmp_path / "in.parquet")
    for name in ("in.xlsx", "in.parquet"):
        (taken,) = ingest("usage", [(tmp_path / name, name)], store, USUAL)
        assert (taken.new, taken.corrected) == (0, 3)
        assert facts(store) == kept


def _columns(rows: list[Row]) -> pa.Table:
    """The rows as a program would write them: days as days, counts as whole numbers, absent as null."""
    columns = {}
    for name in rows[0]:
        cells = [row[name] or None for row in rows]
        if name == "date":
            columns[name] = pa.array([date.fromisoformat(cell) for cell in cells if cell])
        elif name in (*COUNTS, "level"):
            columns[name] = pa.array([None if cell is None else int(cell) for cell in cells], pa.int32())
        else:
            columns[name] = pa.array(cells)
    return pa.table(columns)


REFUSED = {
    "negative": (used(received_online="-1"), "E_RANGE", "received_online"),
    "fraction": (used(received_online="1.800"), "E_AMBIGUOUS_NUMBER", "received_online"),
    "comma": (used(received_online="1,5"), "E_NUMBER", "received_online"),
    "empty": (used(resolved_late=""), "E_MISSING", "resolved_late"),
    "beyond": (used(received_online="3000000000"), "E_RANGE", "received_online"),
    "procedure": (used(procedure_code="P9"), "E_CODE", "procedure_code"),
    "agency": (used(agency_code="00"), "E_CODE", "agency_code"),
    "no services": (used(agency_code="79"), "E_CODE", "agency_code"),
    "level 5": (used(level="5"), "E_RANGE", "level"),
    "other level": (used(level="4"), "E_INCONSISTENT", "level"),
    "before it was offered": (used(date="2017-12-31"), "E_INCONSISTENT", "procedure_code"),
    "not offered": (used(agency_code="40", procedure_code="P2", level="4"), "E_INCONSISTENT", "procedure_code"),
    "no day": (used(date="2020-02-30"), "E_PERIOD", "date"),
    "future": (used(date="2021-01-01"), "E_PERIOD_FUTURE", "date"),
    "rated": (used(rated="31"), "E_INCONSISTENT", "rated"),
    "satisfied": (used(satisfied="10"), "E_INCONSISTENT", "satisfied"),
    "satisfied of none": (used(rated=""), "E_INCONSISTENT", "satisfied"),
    "late of open": (used(pending_late="41"), "E_INCONSISTENT", "pending_late"),
    "simulated": (used(status="simulated"), "E_CODE", "status"),
    "status": (used(status="guessed"), "E_CODE", "status"),
    "legacy font": (used(agency_code="Hµ Néi"), "E_LEGACY_FONT", "agency_code"),
    "invisible": (used(agency_code="01\u200b"), "E_CONTROL_CHAR", "agency_code"),
    "too long": (used(procedure_code="P" * 501), "E_TOO_LONG", "procedure_code"),
}


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_wrong_row_is_refused_with_its_place_and_changes_nothing(
    case: str, suffix: str, store: Store, tmp_path: Path
) -> None:
    deliver_services(store, tmp_path, *CATALOGUE)
    before = dump_hash(store)
    row, code, column = REFUSED[case]
    rows = [used(date="2020-01-08") | ({"status": ""} if "status" in row else {}), row]
    path = tmp_path / f"wrong{suffix}"
    if suffix == ".csv":
        path.write_bytes(written(*rows))
    else:
        parquet.write_table(pa.table({name: [each[name] or None for each in rows] for name in rows[0]}), path)
    with pytest.raises(Refusal) as caught:
        ingest("usage", [(path, path.name)], store, USUAL)
    (problem,) = caught.value.problems
    assert (problem.code, problem.column, problem.line) == (code, column, 3)
    assert dump_hash(store) == before


def test_a_classified_cell_is_refused_without_an_echo(store: Store, tmp_path: Path) -> None:
    deliver_services(store, tmp_path, *CATALOGUE)
    rows = [used(), used(procedure_code="Tối mật")]
    (tmp_path / "in.csv").write_bytes(written(*rows))
    parquet.write_table(_columns(rows), tmp_path / "in.parquet")
    for name in ("in.csv", "in.parquet"):
        with pytest.raises(Refusal) as caught:
            ingest("usage", [(tmp_path / name, name)], store, USUAL)
        (problem,) = caught.value.problems
        assert (problem.code, problem.line) == ("E_CLASSIFIED", 3)
        assert "mật" not in repr(caught.value.problems)


def test_a_key_twice_is_refused_with_both_lines(store: Store, tmp_path: Path) -> None:
    deliver_services(store, tmp_path, *CATALOGUE)
    before = dump_hash(store)
    with pytest.raises(Refusal) as caught:
        deliver(store, tmp_path, written(used(), used(date="2020-01-07"), used()), "usage", USUAL)
    (problem,) = caught.value.problems
    assert (problem.code, problem.line, dict(problem.hints)) == ("E_DUPLICATE", 4, {"first": "2"})
    assert problem.value == "2020-01-06 / 01 / P1 / 3"
    assert dump_hash(store) == before


def test_two_files_of_one_delivery_may_not_bring_the_same_day(store: Store, tmp_path: Path) -> None:
    deliver_services(store, tmp_path, *CATALOGUE)
    before = dump_hash(store)
    (tmp_path / "a.csv").write_bytes(written(used()))
    (tmp_path / "b.csv").write_bytes(written(used(procedure_code="P2", level="4")))
    with pytest.raises(Refusal) as caught:
        ingest("usage", [(tmp_path / name, name) for name in ("a.csv", "b.csv")], store, USUAL)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.line) == ("E_DUPLICATE", "b.csv", 2)
    assert dump_hash(store) == before


def test_another_agency_is_out_of_scope(store: Store, tmp_path: Path) -> None:
    deliver_services(store, tmp_path, *CATALOGUE)
    with pytest.raises(Refusal) as caught:
        deliver(store, tmp_path, written(used(agency_code="40")), "usage", said(scope=Scope(frozenset({"01"}))))
    assert [problem.code for problem in caught.value.problems] == ["E_SCOPE"]


def test_far_more_resolved_than_came_in_is_held_until_confirmed(store: Store, tmp_path: Path) -> None:
    deliver_services(store, tmp_path, *CATALOGUE)
    rows = written(used(resolved_on_time="400", pending="", pending_late=""))
    before = dump_hash(store)
    with pytest.raises(Held) as caught:
        deliver(store, tmp_path, rows, "usage", USUAL)
    assert [problem.code for problem in caught.value.problems] == ["W_JUMP"]
    assert dump_hash(store) == before
    assert deliver(store, tmp_path, rows, "usage", said(confirm=True)).new == 1


def test_a_backlog_that_is_worked_off_is_not_held(store: Store, tmp_path: Path) -> None:
    deliver_services(store, tmp_path, *CATALOGUE)
    deliver(store, tmp_path, written(used(date="2020-01-03", pending="360")), "usage", USUAL)
    assert deliver(
        store, tmp_path, written(used(resolved_on_time="395", pending="0", pending_late="0")), "usage", USUAL
    )


def test_simulated_days_never_take_the_place_of_told_ones(store: Store, tmp_path: Path) -> None:
    deliver_services(store, tmp_path, *CATALOGUE)
    deliver(store, tmp_path, written(used()), "usage", USUAL)
    with pytest.raises(Refusal) as caught:
        deliver(store, tmp_path, written(used(status="simulated", rated="10")), "usage", said(demo=True))
    assert [problem.code for problem in caught.value.problems] == ["E_CONFLICT"]
    both = written(
        used(date="2020-01-07", status="simulated"),
        used(date="2020-01-07", procedure_code="P2", level="4", status=""),
    )
    with pytest.raises(Refusal) as caught:
        deliver(store, tmp_path, both, "usage", said(demo=True))
    assert [problem.code for problem in caught.value.problems] == ["E_INCONSISTENT"]


def test_a_code_means_another_province_after_the_merger(store: Store, tmp_path: Path) -> None:
    later = said(machine_today=date(2025, 12, 31))
    deliver(
        store,
        tmp_path,
        written(service(agency_code="24"), service(agency_code="24", valid_from="2025-07-01")),
        "services",
        later,
    )
    deliver(
        store, tmp_path, written(used(agency_code="24"), used(agency_code="24", date="2025-08-04")), "usage", later
    )
    with store.reading() as snapshot:
        agencies = snapshot.execute(sa.select(USAGE_DAY.c.agency).distinct()).scalars().all()
    assert len(agencies) == 2


# The property: whatever is delivered in whatever order, the sums are those of what is there.

STEPS = 150
_DAYS = [(date(2019, 12, 28) + timedelta(days)).isoformat() for days in range(12)]
_SERVICES = [("01", "P1", 3), ("01", "P2", 4), ("01", "P3", 2), ("40", "P1", 3), ("40", "P3", 4)]


def test_sums_are_those_of_the_facts_after_any_order_of_deliveries(module_store: Store, tmp_path: Path) -> None:
    store, drawn = module_store, random.Random(20200819)
    deliver_services(store, tmp_path, *CATALOGUE)
    model: Facts = {}
    groups, last = dict(GROUPS), [written(used())]
    deliver(store, tmp_path, last[0], "usage", USUAL)
    model.update(_as_facts([used()]))
    done: dict[str, int] = {}
    for step in range(STEPS):
        what = drawn.choice(["new", "identical", "corrected", "shrunk", "emptied", "regrouped"])
        done[what] = done.get(what, 0) + 1
        if what == "identical":
            before = dump_hash(store)
            assert deliver(store, tmp_path, last[0], "usage", said(confirm=True)).identical_to is not None
            assert dump_hash(store) == before
            continue
        if what == "regrouped":
            code = drawn.choice(list(groups))
            groups[code] = drawn.choice(["Hộ tịch", "Đất đai", f"Nhóm {step}"])
            rows = [
                row | {"group": groups[code], "reason": f"bước {step}"}
                for row in CATALOGUE
                if row["procedure_code"] == code
            ]
            deliver(store, tmp_path, written(*rows), "services", USUAL)
        else:
            rows = _drawn(drawn, what, model)
            last[0] = written(*rows)
            deliver(store, tmp_path, last[0], "usage", said(confirm=True))
            covered = {(row["agency_code"], row["date"]) for row in rows}
            for key in [key for key in model if key[:2] in covered]:
                del model[key]
            model.update(_as_facts(rows))
        assert facts(store) == model
        assert sums_of(store) == rebuilt(model, groups), f"step {step}: {what}"
    assert len(done) == 6


def _drawn(drawn: random.Random, what: str, model: Facts) -> list[Row]:
    """A file of some days: new ones, or days that are there with other rows, fewer rows, or rows of zero."""
    there = sorted({key[:2] for key in model})
    days = drawn.sample(there, min(len(there), drawn.randint(1, 3)))
    if what == "new":
        days = [(drawn.choice(["01", "40"]), day) for day in drawn.sample(_DAYS, 3)]
    rows = []
    for agency, day in days:
        offered = [each for each in _SERVICES if each[0] == agency]
        few = 1 if what == "shrunk" else len(offered)
        for _, procedure, level in drawn.sample(offered, drawn.randint(1, few)):
            counts = [0] * 8 if what == "emptied" else [drawn.randint(0, 60) for _ in range(8)]
            rows.append(_row(agency, day, procedure, level, counts, drawn.random() < 0.2))
    return rows


def _row(agency: str, day: str, procedure: str, level: int, counts: list[int], bare: bool) -> Row:
    online, other, on_time, late, pending, pending_late, satisfied, rated = counts
    rated = min(rated, on_time + late)
    told: Counts = (online, other, on_time, late, pending, min(pending_late, pending), min(satisfied, rated), rated)
    if bare:
        told = (*told[:4], None, None, None, None)
    cells = {name: "" if count is None else str(count) for name, count in zip(COUNTS, told, strict=True)}
    return {"date": day, "agency_code": agency, "procedure_code": procedure, "level": str(level)} | cells


def _as_facts(rows: list[Row]) -> Facts:
    found: Facts = {}
    for row in rows:
        key: Key = (row["agency_code"], row["date"], row["procedure_code"], int(row["level"]))
        found[key] = tuple(int(row[name]) if row[name] else None for name in COUNTS)
    return found


def test_of_many_troubles_the_first_are_told_and_all_are_counted(store: Store, tmp_path: Path) -> None:
    deliver_services(store, tmp_path, *CATALOGUE)
    rows = [used(procedure_code=f"Q{number}", agency_code="00", resolved_late="x") for number in range(150)]
    with pytest.raises(Refusal) as caught:
        deliver(store, tmp_path, written(*rows), "usage", USUAL)
    assert (len(caught.value.problems), caught.value.total) == (100, 450)
