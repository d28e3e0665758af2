"""What pages ask of usage: sums that stand ready, within a scope, and never the facts."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from data import usage_queries as asked
from data.scope import EVERYTHING, Scope
from data.store import Store
from data.usage_facts import Delivered, Dossiers, Offered, Procedure, Service, Unused, Used
from tests.conftest import ROOT
from tests.data.usage_files import USUAL, deliver_services, service, used
from tests.deliveries import deliver, written

HANOI, NOBODY = Scope(frozenset({"01"})), Scope(frozenset())
MARRIAGE = {"procedure_code": "P2", "name": "Đăng ký kết hôn", "level": "4"}
LAND = {"procedure_code": "P3", "name": "Tách thửa đất", "group": "Đất đai", "owner_code": "BTNMT"}


@pytest.fixture(scope="module")
def filled(module_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two provinces and a ministry, in December 2019 and January 2020."""
    folder = tmp_path_factory.mktemp("usage")
    deliver_services(
        module_store,
        folder,
        service(),
        service(**MARRIAGE),
        service(**LAND, valid_from="2018-01-01", level="3"),
        service(**LAND, valid_from="2020-01-01", level="4"),
        service(**LAND, agency_code="40", level="4"),
        service(**MARRIAGE, agency_code="BTP"),
        service(**MARRIAGE, agency_code="79"),
    )
    rows = [
        used(date="2019-12-30"),
        used(),
        used(date="2020-01-07", received_online="4"),
        used(
            **{name: cell for name, cell in MARRIAGE.items() if name != "name"},
            received_online="0",
            received_other="0",
        ),
        used(agency_code="40", procedure_code="P3", level="4", received_online="90", received_other="10"),
        used(agency_code="BTP", procedure_code="P2", level="4", pending="", pending_late="", rated="", satisfied=""),
    ]
    deliver(module_store, folder, written(*rows), "usage", USUAL)
    return module_store


def test_each_agency_by_month_and_level(filled: Store) -> None:
    with filled.reading() as snapshot:
        found = asked.usage_by_agency(snapshot, EVERYTHING, [201912, 202001])
        only = asked.usage_by_agency(snapshot, HANOI, [201912, 202001])
        nobody = asked.usage_by_agency(snapshot, NOBODY, [202001])
    assert Used(201912, "01", 3, Dossiers(10, 30, 25, 5, 40, 4, 8, 9)) in found
    # What is open in January is that of its last day; Ha Noi's marriages were not told of on that day.
    assert Used(202001, "01", 3, Dossiers(14, 60, 50, 10, 40, 4, 16, 18)) in found
    assert Used(202001, "01", 4, Dossiers(0, 0, 25, 5, None, None, 8, 9)) in found
    assert Used(202001, "BTP", 4, Dossiers(10, 30, 25, 5, None, None, None, None)) in found
    assert {each.of for each in only} == {"01"}
    assert nobody == []


def test_groups_and_procedures_of_one_agency(filled: Store) -> None:
    with filled.reading() as snapshot:
        groups = asked.usage_by_group(snapshot, EVERYTHING, "01", [202001])
        all_of_them = asked.usage_by_procedure(snapshot, EVERYTHING, "01", [202001])
        one = asked.usage_by_procedure(snapshot, EVERYTHING, "01", [201912, 202001], ["P1"])
        closed = (
            asked.usage_by_group(snapshot, Scope(frozenset({"40"})), "01", [202001]),
            asked.usage_by_procedure(snapshot, NOBODY, "01", [202001]),
        )
    assert {(each.of, each.level, each.dossiers.received) for each in groups} == {
        ("Hộ tịch", 3, 74),
        ("Hộ tịch", 4, 0),
    }
    assert {(each.of, each.dossiers.received) for each in all_of_them} == {("P1", 74), ("P2", 0)}
    assert [(each.month, each.dossiers.received) for each in sorted(one, key=lambda each: each.month)] == [
        (201912, 40),
        (202001, 74),
    ]
    assert closed == ([], [])


def test_what_was_delivered(filled: Store) -> None:
    with filled.reading() as snapshot:
        assert asked.delivered_months(snapshot, EVERYTHING) == [201912, 202001]
        assert asked.delivered_months(snapshot, NOBODY) == []
        found = asked.deliveries_of_usage(snapshot, EVERYTHING, [202001])
        assert asked.deliveries_of_usage(snapshot, NOBODY, [202001]) == []
    assert Delivered(202001, "01", 2, 20200107, False) in found
    assert len(found) == 3


def test_what_is_offered_on_a_day(filled: Store) -> None:
    with filled.reading() as snapshot:
        before = asked.services_offered(snapshot, HANOI, 20191231)
        after = asked.services_offered(snapshot, HANOI, 20200101)
        assert asked.services_offered(snapshot, NOBODY, 20200101) == []
    assert before == [Offered("01", 3, 2, False), Offered("01", 4, 1, False)]
    assert after == [Offered("01", 3, 1, False), Offered("01", 4, 2, False)]


def test_what_one_agency_offers_on_a_day(filled: Store) -> None:
    with filled.reading() as snapshot:
        before = asked.services_of(snapshot, EVERYTHING, "01", 20191231)
        after = asked.services_of(snapshot, HANOI, "01", 20200101)
        assert asked.services_of(snapshot, HANOI, "40", 20200101) == []
    assert before[-1] == Service("P3", 3, 20180101, simulated=False)
    assert after[-1] == Service("P3", 4, 20200101, simulated=False)
    assert {each.procedure for each in before} == {each.procedure for each in after} == {"P1", "P2", "P3"}


def test_how_many_services_had_a_dossier(filled: Store) -> None:
    with filled.reading() as snapshot:
        found = asked.services_used(snapshot, EVERYTHING, 202001)
        assert asked.services_used(snapshot, NOBODY, 202001) == []
    # Ha Noi's marriages were told with nothing received.
    assert [(each.agency, each.level, each.services) for each in found] == [("01", 3, 1), ("40", 4, 1), ("BTP", 4, 1)]


def test_services_at_level_4_without_a_dossier(filled: Store) -> None:
    with filled.reading() as snapshot:
        january = asked.services_unused(snapshot, EVERYTHING, [202001], (20200101, 20200131))
        both = asked.services_unused(snapshot, EVERYTHING, [201912, 202001], (20191201, 20200131))
        assert asked.services_unused(snapshot, NOBODY, [202001], (20200101, 20200131)) == []
    # Ho Chi Minh City offers marriages too, but told nothing: that is no silence about dossiers.
    assert january == [
        Unused("P2", "Đăng ký kết hôn", "Hộ tịch", ("01",)),
        Unused("P3", "Tách thửa đất", "Đất đai", ("01",)),
    ]
    # Land came to level 4 in January only; the ministry and Nghệ An did not deliver December.
    assert [(each.procedure, each.agencies) for each in both] == [("P2", ("01",))]


def test_procedures_are_open_to_all(filled: Store) -> None:
    with filled.reading() as snapshot:
        found = asked.procedures(snapshot, NOBODY)
    assert found["P3"] == Procedure("P3", "Tách thửa đất", "Đất đai", "BTNMT")
    assert list(found) == ["P1", "P2", "P3"]


# The wall between pages and facts.


@pytest.fixture
def statements(filled: Store) -> Iterator[list[str]]:
    """Every statement that readers of the store execute."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    sa.event.listen(filled._reader, "before_cursor_execute", note)
    yield seen
    sa.event.remove(filled._reader, "before_cursor_execute", note)


def test_no_question_reads_facts(filled: Store, statements: list[str]) -> None:
    for test in (
        test_what_one_agency_offers_on_a_day,
        test_how_many_services_had_a_dossier,
        test_each_agency_by_month_and_level,
        test_groups_and_procedures_of_one_agency,
        test_what_was_delivered,
        test_what_is_offered_on_a_day,
        test_services_at_level_4_without_a_dossier,
    ):
        test(filled)
    assert len(statements) > 10
    assert [one for one in statements if re.search(r"\b(?:FROM|JOIN) usage\b", one)] == []


def test_only_what_writes_usage_knows_the_table_of_facts() -> None:
    knowing = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.glob("*/**/*.py")
        if not {".venv", "var", "tests"} & set(path.relative_to(ROOT).parts)
        and re.search(r"\bUSAGE,|\bUSAGE\b.*usage_tables|usage_tables import .*\bUSAGE\b", path.read_text("utf-8"))
        and "usage_tables" in path.read_text("utf-8")
    }
    assert knowing == {
        *("data/usage/load.py", "data/usage/sums.py", "data/usage/write.py"),
        "data/distribution.py",
    }
