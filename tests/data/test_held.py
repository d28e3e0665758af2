"""Figures that may be right and look wrong are held until somebody confirms them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data import queries
from data.delivery import Delivery
from data.refusal import Held
from data.scope import EVERYTHING
from data.store import Store
from tests.deliveries import MACHINE_TODAY, OFFICIAL, Row, counted, deliver, figure, said, written
from tests.engines import audit_rows, dump_hash

CONFIRMED = said(confirm=True)
DEMO = said(demo=True)
#: After the provinces were merged: code 24 is Bắc Ninh, and was Bắc Giang.
MERGED = date(2025, 9, 30)
GDP = {"indicator_code": "KTXH01", "agency_code": "VN"}


def growth(value: str, period: str, **cells: str) -> Row:
    return figure(value, period=period) | GDP | cells


def held(store: Store, folder: Path, *rows: Row, delivery: Delivery = OFFICIAL) -> list[tuple[str, str, int | None]]:
    """Deliver, and give code, rule and line of what is held; nothing where the file is taken."""
    try:
        deliver(store, folder, written(*rows), delivery=delivery)
    except Held as trouble:
        return [(each.code, each.rule, each.line) for each in trouble.problems]
    return []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("70.0", []),
        ("70.1", [("W_JUMP", "points", 2)]),
        ("30", []),
        ("29.9", [("W_JUMP", "points", 2)]),
        ("0.45", [("W_UNIT_SUSPECT", "hundredfold", 2)]),
        ("0.55", [("W_UNIT_SUSPECT", "hundredfold", 2)]),
        ("0.44", [("W_JUMP", "points", 2)]),
        ("0", [("W_JUMP", "points", 2)]),
    ],
)
def test_a_share_may_move_by_twenty_points(
    value: str, expected: list[tuple[str, str, int]], store: Store, tmp_path: Path
) -> None:
    assert held(store, tmp_path, figure("50", period="2019-11")) == []
    assert held(store, tmp_path, figure(value)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("900", []),
        ("901", [("W_JUMP", "times", 2)]),
        ("100", []),
        ("99", [("W_JUMP", "times", 2)]),
        ("0", [("W_JUMP", "times", 2)]),
        ("3", [("W_UNIT_SUSPECT", "hundredfold", 2)]),
        ("27000", [("W_UNIT_SUSPECT", "hundredfold", 2)]),
        ("33001", [("W_JUMP", "times", 2)]),
    ],
)
def test_anything_else_may_move_threefold(
    value: str, expected: list[tuple[str, str, int]], store: Store, tmp_path: Path
) -> None:
    assert held(store, tmp_path, counted("300", period="2019-11")) == []
    assert held(store, tmp_path, counted(value)) == expected


def test_a_rate_that_changes_its_sign_is_held_and_after_zero_anything_may_come(store: Store, tmp_path: Path) -> None:
    assert held(store, tmp_path, growth("2.0", "2016"), growth("-1.0", "2017"), growth("0", "2018")) == [
        ("W_JUMP", "times", 3),
        ("W_JUMP", "times", 4),
    ]
    assert held(store, tmp_path, growth("0", "2018"), growth("7.0", "2019")) == []


def test_a_first_figure_has_nothing_to_be_compared_with(store: Store, tmp_path: Path) -> None:
    assert held(store, tmp_path, figure("99"), figure("1", agency_code="04"), counted("1000000")) == []


def test_a_figure_is_compared_with_the_period_before_and_not_after(store: Store, tmp_path: Path) -> None:
    assert held(store, tmp_path, figure("90", period="2019-12")) == []
    assert held(store, tmp_path, figure("10", period="2019-10")) == []
    assert held(store, tmp_path, figure("40", period="2019-11")) == [("W_JUMP", "points", 2)]


def test_a_code_that_means_another_province_since_is_another_line(store: Store, tmp_path: Path) -> None:
    after = said(clock=MERGED, machine_today=MERGED)
    assert held(store, tmp_path, figure("80", agency_code="24"), figure("80", agency_code="40")) == []
    rows = [figure("10", agency_code=code, period="2025-08", published="2025-09-01") for code in ("24", "40")]
    assert held(store, tmp_path, *rows, delivery=after) == [("W_JUMP", "points", 3)]


def test_rows_of_one_file_are_compared_in_order_of_time(store: Store, tmp_path: Path) -> None:
    rows = [figure(value, period=f"2019-{month}") for value, month in (("60", "03"), ("40", "02"), ("10", "01"))]
    assert held(store, tmp_path, *rows) == [("W_JUMP", "points", 3)]


def test_a_correction_is_compared_with_what_it_corrects(store: Store, tmp_path: Path) -> None:
    assert held(store, tmp_path, figure("50", period="2019-11"), figure("30")) == []
    assert held(store, tmp_path, figure("50.1", reason="đính chính")) == [("W_JUMP", "points", 2)]
    assert held(store, tmp_path, figure("50.0", reason="đính chính")) == []


def test_the_same_source_is_preferred_and_another_serves_where_it_has_none(store: Store, tmp_path: Path) -> None:
    theirs = figure("80", period="2019-11", source="PAPI")
    assert held(store, tmp_path, figure("50", period="2019-10"), theirs, delivery=CONFIRMED) == []
    assert held(store, tmp_path, figure("51")) == []
    assert held(store, tmp_path, figure("51", source="PCI")) == [("W_JUMP", "points", 2)]


def test_simulated_figures_are_compared_among_themselves(store: Store, tmp_path: Path) -> None:
    assert held(store, tmp_path, figure("10", period="2019-11")) == []
    simulated = [figure("80", source="SIM", status="simulated"), figure("50", source="SIM", status="simulated")]
    simulated[1]["period"] = "2020-01"
    assert held(store, tmp_path, *simulated, delivery=DEMO) == [("W_JUMP", "points", 3)]


def test_two_terms_are_compared_by_their_share(store: Store, tmp_path: Path) -> None:
    terms = {"numerator": "1", "denominator": "2"}
    first = figure("", period="2019-11", **terms)
    assert held(store, tmp_path, first, figure("", **terms | {"numerator": "2"})) == [("W_JUMP", "points", 3)]


def test_a_withdrawn_figure_is_no_measure(store: Store, tmp_path: Path) -> None:
    assert held(store, tmp_path, figure("50", period="2019-10"), figure("90", period="2019-11"),
                delivery=CONFIRMED) == []  # fmt: skip
    assert held(store, tmp_path, figure("", period="2019-11", status="withdrawn", reason="nhầm")) == []
    assert held(store, tmp_path, figure("51")) == []


def test_held_stores_nothing_until_it_is_confirmed(store: Store, tmp_path: Path) -> None:
    assert held(store, tmp_path, figure("10", period="2019-11")) == []
    before = dump_hash(store)
    assert held(store, tmp_path, figure("50"), figure("12", period="2020-01")) != []
    assert dump_hash(store) == before
    assert '"result":"held"' in audit_rows(store)[-1][1]
    assert held(store, tmp_path, figure("50"), figure("12", period="2020-01"), delivery=CONFIRMED) == []
    with store.reading() as snapshot:
        assert len(queries.known_observations(snapshot, EVERYTHING, "DVC01", MACHINE_TODAY)) == 3


def test_to_confirm_does_not_excuse_what_is_wrong(store: Store, tmp_path: Path) -> None:
    assert held(store, tmp_path, figure("10")) == []
    with pytest.raises(Exception, match="E_CONFLICT") as caught:
        deliver(store, tmp_path, written(figure("90")), delivery=replace(CONFIRMED, demo=True))
    assert not isinstance(caught.value, Held)
