"""A row that was changed behind the store's back, a projection that says something else: both are found."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from data import integrity
from data.integrity import Finding
from data.report_tables import REPORT
from data.schema import AUDIT, CURRENT, OBSERVATION
from data.scope import EVERYTHING, Scope
from data.store import Store
from tests.deliveries import MACHINE_TODAY, deliver, figure, receipt, regime, said, written
from tests.engines import tamper

EARLIER = date(2020, 2, 29)


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Store:
    """Three figures and a correction of the first; the submissions before them are in the audit log."""
    rows = [figure("10"), figure("11", period="2020-01"), figure("12", agency_code="04")]
    deliver(store, tmp_path, written(*rows))
    deliver(store, tmp_path, written(figure("10.5", published="2020-03-01")), delivery=said(reason="đính chính"))
    return store


def found(store: Store, scope: Scope = EVERYTHING, at: date = MACHINE_TODAY) -> list[Finding]:
    with store.reading() as snapshot:
        return integrity.findings(snapshot, scope, at)


def broken(table: str, row: int) -> Finding:
    return Finding("chain", (("table", table), ("row", str(row))))


def behind(figure_of: str, revision: int) -> Finding:
    return Finding("current", (("figure", figure_of), ("revision", str(revision))))


def test_a_store_that_was_only_delivered_to_has_no_findings(filled: Store) -> None:
    assert found(filled) == []
    assert found(filled, at=EARLIER) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("value", Decimal(99)),
        ("published", date(2020, 2, 2)),
        ("reason", "khác"),
        ("note", " "),
        ("submission_id", 1),
    ],
)
def test_a_changed_figure_breaks_the_chain_at_its_row(column: str, value: object, filled: Store) -> None:
    tamper(filled, OBSERVATION, OBSERVATION.update().where(OBSERVATION.c.id == 2).values({column: value}))
    assert broken("observation", 2) in found(filled)


def test_a_number_with_other_digits_breaks_the_chain(filled: Store) -> None:
    tamper(filled, OBSERVATION, sa.text("UPDATE observation SET value = '11.0' WHERE id = 2"))
    assert found(filled) == [broken("observation", 2)]


def test_a_row_put_in_between_or_taken_out_breaks_the_chain(filled: Store) -> None:
    with filled.reading() as snapshot:
        rows = snapshot.execute(sa.select(AUDIT.c.id).order_by(AUDIT.c.id)).scalars().all()
    tamper(filled, AUDIT, AUDIT.delete().where(AUDIT.c.id == rows[1]))
    assert found(filled) == [Finding("audit_missing", (("row", str(rows[2])),))]


def test_a_forged_row_at_the_end_of_the_audit_log_is_found(filled: Store) -> None:
    with filled.reading() as snapshot:
        last = snapshot.execute(sa.select(AUDIT).order_by(AUDIT.c.id.desc())).mappings().first()
    assert last is not None
    tamper(filled, AUDIT, AUDIT.insert().values({**last, "id": last["id"] + 1, "actor": "nobody"}))
    assert found(filled) == [Finding("audit_inserted", (("row", str(last["id"] + 1)),))]


def test_a_projection_that_stayed_behind_is_found_from_the_day_on(filled: Store) -> None:
    with filled.writing() as connection:
        connection.execute(CURRENT.update().where(CURRENT.c.revision == 2).values(revision=1, observation_id=1))
    assert found(filled) == [behind("DVC01/01/2019-12/GSO", 2)]
    assert found(filled, at=EARLIER) == []


def test_a_figure_without_its_projection_is_found(filled: Store) -> None:
    with filled.writing() as connection:
        connection.execute(CURRENT.delete())
    assert found(filled) == [
        behind("DVC01/01/2019-12/GSO", 2),
        behind("DVC01/01/2020-01/GSO", 1),
        behind("DVC01/04/2019-12/GSO", 1),
    ]
    assert found(filled, at=EARLIER)[0] == behind("DVC01/01/2019-12/GSO", 1)


def test_a_report_that_is_said_to_stand_otherwise_is_found_from_the_day_on(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(regime()), "regimes")
    deliver(store, tmp_path, written(receipt(), receipt(agency_code="02")), "receipts")
    assert found(store) == []
    with store.writing() as connection:
        connection.execute(REPORT.update().where(REPORT.c.agency_code == "01").values(taken_at=None, taken_on=None))
        connection.execute(REPORT.delete().where(REPORT.c.agency_code == "02"))
    assert found(store) == [Finding("report", (("report", f"2020-01/{code}/R01"),)) for code in ("01", "02")]
    assert found(store, at=date(2020, 1, 14)) == []


def test_findings_about_figures_stay_within_the_scope(filled: Store) -> None:
    with filled.writing() as connection:
        connection.execute(CURRENT.delete())
    assert found(filled, Scope(frozenset({"04"}))) == [behind("DVC01/04/2019-12/GSO", 1)]
