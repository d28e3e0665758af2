"""PostgreSQL repeats the scope: the role that pages are read as is shown the rows of the scope that it asks in by the
server itself, whatever a question forgets, and what pages say is the same as without it."""

import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

import data
from data import backups, clock, migration, news, queries, reports, roles, tasks, usage_queries
from data.assessments import assessments
from data.clock import VIETNAM
from data.corrections import corrections
from data.people_tables import PERSON
from data.person_roles import Role
from data.program_tables import PROGRAM_TOKEN
from data.row_security import within
from data.schema import ASSESSMENT, CURRENT, METADATA, OBSERVATION, TARGET
from data.scope import EVERYTHING, Scope
from data.store import Store, open_store
from data.task_tables import DOSSIER, LETTER
from data.usage_tables import USAGE, USAGE_AGENCY
from settings import Settings
from tests.deliveries import deliver, figure, said, written
from tests.engines import Server
from tests.planted import SECRET, ByRole, everything_sent, person, trees_of
from tests.test_scoped import ADDRESSES, PEOPLE, forget

#: Of those that name an agency: open to every scope, or of accounts.
OPEN = (TARGET, PERSON, PROGRAM_TOKEN)
#: Those with the code of an agency, its number, and those of all agencies together.
BY_CODE = [table for table in METADATA.sorted_tables if "agency_code" in table.c and table not in OPEN]
BY_NUMBER = [table for table in METADATA.sorted_tables if "agency" in table.c]
HELD = {table.name: table for table in (*BY_CODE, *BY_NUMBER, DOSSIER, METADATA.tables["decision"])}
#: Of which the demonstration holds rows.
FILLED = sorted(HELD.keys() - {"dossier", "decision", "proposal"})
LAST = date(2020, 12, 31)


def seen(store: Store, table: sa.Table, scope: Scope | None) -> set[str]:
    """Whose rows of a table are shown to a question that narrows nothing; without a scope to one asked in none."""
    code = table.c.agency_code if table in BY_CODE else USAGE_AGENCY.c.code
    question = sa.select(code).distinct()
    if table in BY_NUMBER:
        question = question.join(table, table.c.agency == USAGE_AGENCY.c.id)
    with store.reading() as snapshot:
        if scope is None:
            return set(snapshot.execute(question).scalars())
        with within(snapshot, scope):
            return set(snapshot.execute(question).scalars())


def rows_of(store: Store, name: str) -> int:
    with store.reading() as snapshot:
        count: int = snapshot.execute(sa.text(f"SELECT count(*) FROM {name}")).scalar_one()
    return count


@pytest.mark.parametrize("name", HELD)
def test_without_a_scope_no_row_is_shown(by_role: ByRole, name: str) -> None:
    assert (rows_of(by_role.owner, name) > 0) == (name in FILLED)
    assert rows_of(by_role.reader, name) == 0


@pytest.mark.parametrize("name", FILLED)
def test_a_question_that_narrows_nothing_is_shown_the_rows_of_its_scope(by_role: ByRole, name: str) -> None:
    table, everybody = HELD[name], seen(by_role.owner, HELD[name], None)
    one = Scope(frozenset({"40", "VN"}), frozenset({"01"}))
    told = {"40", "VN", "01"} if table in (OBSERVATION, CURRENT) else {"40", "VN", ""}
    # No page reads facts, and no policy shows them.
    shown = [] if table is USAGE else [(EVERYTHING, everybody), (one, everybody & told)]
    for scope, whose in [*shown, (Scope(frozenset()), everybody & {""})]:
        assert seen(by_role.reader, table, scope) == whose
    assert seen(by_role.owner, table, one) == everybody
    # Sources judge the nation alone.
    assert {"VN"} == everybody if table is ASSESSMENT else {"40"} <= everybody & told < everybody


def test_a_scope_holds_for_what_is_asked_in_it_and_no_longer(by_role: ByRole) -> None:
    count = sa.select(sa.func.count()).select_from(LETTER)
    with by_role.reader.reading() as snapshot:
        with within(snapshot, EVERYTHING):
            every = snapshot.execute(count).scalar_one()
            with within(snapshot, Scope(frozenset({"40"}))):
                assert 0 < snapshot.execute(count).scalar_one() < every
            assert snapshot.execute(count).scalar_one() == every
        assert snapshot.execute(count).scalar_one() == 0
        with pytest.raises(ZeroDivisionError), within(snapshot, EVERYTHING):
            raise ZeroDivisionError
        assert snapshot.execute(count).scalar_one() == 0
        with within(snapshot, EVERYTHING):
            assert snapshot.execute(count).scalar_one() == every
    # The same connection, which the transaction gave back.
    with by_role.reader.reading() as snapshot:
        assert snapshot.execute(count).scalar_one() == 0


#: Questions that ask in one go, each as it would be asked if it forgot whose rows it may read.
PERIODS, MONTHS = ["2019-11", "2019-12", "2020-01"], [201912, 202001]
FORGETFUL: dict[str, tuple[Callable[..., Any], tuple[Any, ...]]] = {
    "figures": (queries.known_observations, ("DVC07", LAST)),
    "indicators": (queries.indicators_with_figures, (LAST,)),
    "periods": (queries.reported_periods, ("DL01", LAST)),
    "corrections": (corrections, (None, LAST)),
    "arrivals of figures": (news.figures_since, (LAST, date(2020, 1, 1))),
    "arrivals of reports": (news.reports_since, (LAST, date(2020, 1, 1))),
    "reports": (reports.came, (LAST, PERIODS)),
    "late reports": (reports.came_late, (LAST, PERIODS)),
    "reports as known earlier": (reports.came_since, (date(2020, 1, 20), PERIODS)),
    "last periods": (reports.last_periods, (LAST,)),
    "receipts": (reports.received_on, (date(2020, 2, 14),)),
    "check-ins": (tasks.checkins, (LAST,)),
    "letters": (tasks.letters, (LAST,)),
    "assessments": (assessments, (LAST,)),
    "usage": (usage_queries.usage_by_agency, (MONTHS,)),
    "months": (usage_queries.delivered_months, ()),
    "days": (usage_queries.deliveries_of_usage, (MONTHS,)),
    "services": (usage_queries.services_offered, (20200131,)),
    "used": (usage_queries.services_used, (202001,)),
    "unused": (usage_queries.services_unused, (MONTHS, (20191201, 20200131))),
}
#: Of which one province has what all have.
SAME = {"months"}


@pytest.mark.parametrize("name", FORGETFUL)
def test_a_question_that_forgets_its_scope_is_answered_in_it(by_role: ByRole, name: str) -> None:
    question, others = FORGETFUL[name]
    forgetful: Callable[..., Any] = inspect.unwrap(question)
    narrow = Scope(frozenset({"40"}))
    with by_role.reader.reading() as snapshot:
        right = sorted_by_text(question(snapshot, narrow, *others))
        with within(snapshot, narrow):
            assert sorted_by_text(forgetful(snapshot, EVERYTHING, *others)) == right
        everything = sorted_by_text(question(snapshot, EVERYTHING, *others))
    with by_role.owner.reading() as snapshot:
        assert sorted_by_text(question(snapshot, narrow, *others)) == right
        with within(snapshot, narrow):
            assert sorted_by_text(forgetful(snapshot, EVERYTHING, *others)) == everything
    assert right != everything or name in SAME


def sorted_by_text(found: Iterable[Any]) -> list[str]:
    """An answer in an order of its own: not every question asks for one."""
    each = found.items() if isinstance(found, dict) else found
    told = (
        replace(one, regimes=tuple(sorted(one.regimes))) if isinstance(one, reports.Came) else one for one in each
    )
    return sorted(map(repr, told))


def test_letters_whose_condition_was_taken_away_are_still_of_one_province(
    by_role: ByRole, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = Scope(frozenset({"40"}))
    monkeypatch.setattr(tasks, "_visible", lambda *_: [])
    for store, whose in ((by_role.owner, set(SECRET)), (by_role.reader, {"40"})):
        with store.reading() as snapshot:
            agencies = {each.agency for each in tasks.letters(snapshot, narrow, LAST)}
        assert agencies & set(SECRET) == whose
        assert (len(agencies) == 1) == (store is by_role.reader)


@pytest.mark.parametrize(
    "who", [*PEOPLE, (Role.MINISTER, "BTTTT"), (Role.PM_OFFICE, None)], ids=lambda who: f"{who[0]} {who[1]}"
)
def test_pages_say_the_same_by_the_role_as_by_the_owner(
    by_role: ByRole, settings: Settings, who: tuple[Role, str | None]
) -> None:
    application = Flask(__name__)
    application.secret_key = "k" * 32
    with application.app_context():
        for address in ADDRESSES:
            said_by = []
            for store in (by_role.owner, by_role.reader):
                forget(store)
                sent = everything_sent(store, settings, person(store, *who), address)
                # One of its parts tells the second at which it was drawn.
                trees = trees_of(sent) if sent else {}
                # It tells the second at which it was drawn.
                trees.pop("freshness", None)
                said_by.append(trees)
            assert said_by[0] == said_by[1], address


def test_every_table_with_rows_of_agencies_has_a_policy_or_is_open(by_role: ByRole) -> None:
    held = "SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace"
    with by_role.owner.reading() as snapshot:
        assert set(snapshot.execute(sa.text(held)).scalars()) == HELD.keys()


def test_every_question_in_a_scope_tells_the_server_of_it() -> None:
    # The audit log is of no agency; what an embargo leaves there is a part of a question.
    apart = {"data.audit", "data.audit_pages", "data.embargo", within.__module__}
    found = 0
    for each in pkgutil.iter_modules(data.__path__, "data."):
        if each.name in apart:
            continue
        for name, function in inspect.getmembers(import_module(each.name), inspect.isfunction):
            takes = list(inspect.signature(function).parameters)[:2]
            if function.__module__ == each.name and takes == ["snapshot", "scope"] and not name.startswith("_"):
                assert hasattr(function, "__wrapped__"), f"{each.name}.{name}"
                assert not inspect.isgeneratorfunction(inspect.unwrap(function)), f"{each.name}.{name}"
                found += 1
    assert found > 40


# A store of its own


@pytest.fixture
def both(postgresql: Server, migrated_postgresql: str) -> Iterator[ByRole]:
    """A store without figures, for its owner and for a role that may only read."""
    name = postgresql.fresh(migrated_postgresql)
    with postgresql.role(f"reader_{name}"):
        with read_by(postgresql.url(name), f"reader_{name}") as stores:
            yield stores
        postgresql.drop(name)


@contextmanager
def read_by(url: str, role: str) -> Iterator[ByRole]:
    """The store at an address, for its owner and for this role."""
    with closing(open_store(url)) as owner:
        roles.let_read(owner, role)
        with closing(open_store(url, reader_url=url.replace("postgres@", f"{role}@"))) as reader:
            yield ByRole(owner, reader)


def test_what_is_under_embargo_is_shown_at_its_moment(
    both: ByRole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = datetime(2020, 3, 1, 8, tzinfo=VIETNAM)
    at = {"hour": began}
    monkeypatch.setattr(clock, "now", lambda: at["hour"])
    blind, because = Scope(embargoed=False), said(reason="đính chính", confirm=True)
    until = (began + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    deliver(both.owner, tmp_path, written(figure("10")))
    deliver(both.owner, tmp_path, written(figure("11", embargo_until=until)), delivery=because)
    deliver(both.owner, tmp_path, written(figure("12")), delivery=because)
    shown = {}
    for hour in (0, 1.9, 2):
        at["hour"] = began + timedelta(hours=hour)
        for scope in (EVERYTHING, blind):
            with both.reader.reading() as snapshot, within(snapshot, scope):
                values = set(snapshot.execute(sa.select(OBSERVATION.c.value)).scalars())
                stretches = set(snapshot.execute(sa.select(CURRENT.c.observation_id)).scalars())
            assert len(stretches) <= len(values)
            shown[hour, scope.embargoed] = {str(each) for each in values}
            found = []
            for store in (both.owner, both.reader):
                with store.reading() as snapshot:
                    found.append((
                        queries.known_observations(snapshot, scope, "DVC01", LAST),
                        queries.revisions(snapshot, scope, "DVC01", "01", "2019-12", LAST),
                        corrections(snapshot, scope, "DVC01", LAST),
                        queries.version(snapshot, scope),
                    ))  # fmt: skip
            assert found[0] == found[1]
            assert len(found[0][1]) == len(shown[hour, scope.embargoed])
    assert shown[0, False] == shown[1.9, False] == {"10", "12"}
    assert shown[0, True] == shown[2, True] == shown[2, False] == {"10", "11", "12"}


def test_a_store_that_was_restored_is_held_again(both: ByRole, postgresql: Server, tmp_path: Path) -> None:
    deliver(both.owner, tmp_path, written(figure()))
    kept, name = tmp_path / "kept.backup", postgresql.fresh()
    backups.back_up(both.owner, kept)
    backups.restore(postgresql.url(name), kept)
    role = both.reader._reader.url.username
    assert role is not None
    with read_by(postgresql.url(name), role) as restored:
        assert [rows_of(store, "observation") for store in (restored.owner, restored.reader)] == [1, 0]
        assert seen(restored.reader, OBSERVATION, EVERYTHING) == {"01"}
        assert seen(restored.reader, OBSERVATION, Scope(frozenset({"40"}))) == set()
    postgresql.drop(name)


def test_the_policies_go_with_a_version_back(both: ByRole) -> None:
    migration.downgrade(both.owner, "0012")
    with both.owner.reading() as snapshot:
        for what in ("pg_class WHERE relrowsecurity", "pg_policy", "pg_proc WHERE proname = 'numbers_in_scope'"):
            assert snapshot.execute(sa.text(f"SELECT count(*) FROM {what}")).scalar_one() == 0
    migration.upgrade(both.owner)
    assert rows_of(both.reader, "letter") == 0
