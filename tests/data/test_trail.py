"""What the audit log says of deliveries, on both engines: which files, what of them, and what they corrected."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from data.audit import verify
from data.ingest import ingest
from data.refusal import Held, Refusal
from data.store import Store
from data.trail import MOST
from tests.data.usage_files import deliver_services, service, used
from tests.deliveries import counted, deliver, figure, indicator, said, target, written
from tests.engines import audit_rows

CORRECTED = said(reason="đính chính theo công văn 12")


def told(store: Store) -> dict[str, Any]:
    """The newest row of the log, which still is whole."""
    with store.reading() as snapshot:
        assert verify(snapshot).fault is None
    found: dict[str, Any] = json.loads(audit_rows(store)[-1][1])
    return found


def test_a_file_is_told_with_its_print_and_its_counts(store: Store, tmp_path: Path) -> None:
    content = written(figure("10.7"), figure("12", agency_code="04"))
    deliver(store, tmp_path, content)
    row = told(store)
    (file,) = row["files"]
    assert (row["result"], row["corrections"]) == ("taken", [])
    assert file["sha256"] == sha256(content).hexdigest()
    assert [file[name] for name in ("file", "rows", "new", "corrected", "same")] == ["in.csv", 2, 2, 0, 0]
    more = written(figure("10.7"), figure("13", agency_code="04"), figure("5", agency_code="10"))
    deliver(store, tmp_path, more, delivery=CORRECTED)
    (file,) = told(store)["files"]
    assert [file[name] for name in ("rows", "new", "corrected", "same")] == [3, 1, 1, 1]


def test_a_file_that_came_before_is_told_to_be_the_same(store: Store, tmp_path: Path) -> None:
    content = written(figure())
    deliver(store, tmp_path, content)
    number = told(store)["files"][0]["submission"]
    deliver(store, tmp_path, content)
    row = told(store)
    assert (row["result"], row["corrections"]) == ("identical", [])
    assert row["files"][0]["identical_to"] == number
    assert row["files"][0]["sha256"] == sha256(content).hexdigest()


def test_a_correction_is_told_with_old_new_and_the_reason(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(figure("10.7"), counted("1800")))
    deliver(store, tmp_path, written(figure("10.70"), counted("1810")), delivery=CORRECTED)
    assert told(store)["corrections"] == [
        {
            "key": "DVC01/01/2019-12/GSO",
            "old": {"value": "10.7"},
            "new": {"value": "10.70"},
            "reason": CORRECTED.reason,
        },
        {
            "key": "DVC08/01/2019-12/GSO",
            "old": {"value": "1800"},
            "new": {"value": "1810"},
            "reason": CORRECTED.reason,
        },
    ]


def test_a_row_may_have_a_reason_of_its_own_and_be_withdrawn(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(figure("10.7")))
    deliver(store, tmp_path, written(figure("", status="withdrawn", reason="nhầm đơn vị")), delivery=CORRECTED)
    (correction,) = told(store)["corrections"]
    assert correction["reason"] == "nhầm đơn vị"
    assert correction["old"] == {"value": "10.7", "status": "official"}
    assert correction["new"] == {"value": None, "status": "withdrawn"}


def test_a_target_that_changes_is_told_old_and_new(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(target("30")), "targets")
    deliver(store, tmp_path, written(target("35", shape="about")), "targets", CORRECTED)
    (correction,) = told(store)["corrections"]
    assert correction["key"] == "DVC01/01/2020/GSO"
    assert correction["old"] == {"shape": "at_least", "value": "30"}
    assert correction["new"] == {"shape": "about", "value": "35"}


def test_an_indicator_that_changes_is_told_old_and_new(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(indicator()), "indicators")
    deliver(store, tmp_path, written(indicator(name_en="Another name")), "indicators", CORRECTED)
    (correction,) = told(store)["corrections"]
    assert (correction["key"], correction["new"]) == ("NEW01", {"name_en": "Another name"})


def test_a_day_of_usage_that_is_replaced_is_told_by_its_sums(store: Store, tmp_path: Path) -> None:
    deliver_services(store, tmp_path, service())
    deliver(store, tmp_path, written(used(), used(date="2020-01-07")), "usage")
    assert told(store)["corrections"] == []
    before = written(used())
    deliver(store, tmp_path, before.replace(b"\n", b"\r\n"), "usage", CORRECTED)
    (correction,) = told(store)["corrections"]
    assert (correction["old"], correction["new"]) == ({}, {}), "the same sums again"
    changed = used() | {"received_online": str(int(used()["received_online"]) + 1)}
    deliver(store, tmp_path, written(changed), "usage", said(confirm=True, reason="bổ sung"))
    (correction,) = told(store)["corrections"]
    assert correction["key"] == f"{changed['agency_code']}/{changed['date']}"
    assert correction["old"] == {"received_online": int(used()["received_online"])}
    assert correction["new"] == {"received_online": int(used()["received_online"]) + 1}
    assert correction["reason"] == "bổ sung"


def test_of_many_corrections_some_are_told_and_all_are_counted(store: Store, tmp_path: Path) -> None:
    periods = [f"{1950 + number}" for number in range(MOST + 10)]
    deliver(store, tmp_path, written(*(figure("10", period=each) for each in periods)), delivery=said(confirm=True))
    again = said(confirm=True, reason="đính chính")
    deliver(store, tmp_path, written(*(figure("11", period=each) for each in periods)), delivery=again)
    row = told(store)
    assert row["files"][0]["corrected"] == MOST + 10
    assert len(row["corrections"]) == MOST


def test_a_long_cell_is_shortened(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(figure(note="")))
    deliver(store, tmp_path, written(figure(note="chữ " * 100)), delivery=CORRECTED)
    (correction,) = told(store)["corrections"]
    assert len(correction["new"]["note"]) == 80


@pytest.mark.parametrize(
    ("cells", "result", "codes"),
    [
        ({"value": "63,5"}, "refused", ["E_NUMBER"]),
        ({"value": "80", "period": "2020-01"}, "held", ["W_JUMP"]),
        ({"note": "Tuyệt mật", "phrase": "Đoàn 559"}, "refused", ["E_CLASSIFIED"]),
    ],
)
def test_what_is_refused_is_told_by_its_print_without_a_cell(
    store: Store, tmp_path: Path, cells: dict[str, str], result: str, codes: list[str]
) -> None:
    deliver(store, tmp_path, written(figure("10.7")))
    content = written(figure(**cells))
    with pytest.raises(Held if result == "held" else Refusal):
        deliver(store, tmp_path, content)
    print_of = sha256(content).hexdigest()
    assert told(store) == {
        "files": [{"file": "in.csv", "sha256": print_of}],
        "result": result,
        "codes": codes,
        "troubles": 1,
    }


def test_a_file_that_is_not_there_has_no_print(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        ingest("observations", [(tmp_path / "none.csv", "none.csv")], store, said())
    assert told(store)["files"] == [{"file": "none.csv", "sha256": None}]
