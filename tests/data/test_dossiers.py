"""A list of those who were slow: drafted by one person, signed by another, reported; and nothing of it can change."""

import json
from datetime import date
from functools import partial
from hashlib import sha256

import pytest
import sqlalchemy as sa

from data import integrity, queries
from data.dossier_facts import DRAFTED, REPORTED, SIGNED, Dossier
from data.dossiers import content_of, dossiers, signed_as, signed_file
from data.ledger.dossiers import draft, report, same_person, sign
from data.refusal import Refusal, told
from data.schema import AUDIT
from data.scope import EVERYTHING, Scope
from data.store import Store
from data.task_tables import DOSSIER
from i18n import LANGUAGES, speaker
from tests.deliveries import CLOCK, MACHINE_TODAY, OFFICIAL, said
from tests.engines import audit_rows, dump_hash, tamper

CONTENT = '{"một":"danh sách"}'
ONE, OTHER = "Nguyễn Văn An", "Trần Thị Bình"


def made(content: str, drafted_by: str, signed_by: str) -> bytes:
    return f"{content}|{drafted_by}|{signed_by}".encode()


def drafted(store: Store, *, simulated: bool = False) -> int:
    return draft(store, OFFICIAL, ONE, CLOCK, CONTENT, simulated=simulated)


def of(store: Store, on: date = CLOCK) -> list[Dossier]:
    with store.reading() as snapshot:
        return dossiers(snapshot, EVERYTHING, on)


def found(store: Store) -> list[str]:
    with store.reading() as snapshot:
        return [each.rule for each in integrity.findings(snapshot, EVERYTHING, MACHINE_TODAY)]


def refused(store: Store, *step: object) -> str:
    """The code and rule for which a step is refused, told in both languages; nothing is kept but the audit log."""
    before, log = dump_hash(store), audit_rows(store)
    do, *given = step
    assert callable(do)
    with pytest.raises(Refusal) as trouble:
        do(store, *given)
    (problem,) = trouble.value.problems
    for language in LANGUAGES:
        text = told(problem, speaker(language))
        assert "{" not in text and text.endswith(f"[{problem.code}]")
    assert dump_hash(store) == before
    *earlier, (action, detail) = audit_rows(store)
    assert earlier == log and action.startswith("dossier ")
    assert json.loads(detail)["codes"] == [problem.code]
    return f"{problem.code} {problem.rule}"


def test_a_list_goes_from_one_hand_to_the_next(store: Store) -> None:
    number = drafted(store)
    assert number == 1
    (first,) = of(store)
    assert (first.state, first.sha256, first.file_sha256) == (DRAFTED, sha256(CONTENT.encode()).hexdigest(), None)
    sign(store, OFFICIAL, OTHER, number, made)
    report(store, said(clock=date(2020, 2, 17)), ONE, number, "45/BC-VPCP")
    (last,) = of(store, date(2020, 2, 17))
    assert [(each.name, each.person, each.document) for each in last.steps] == [
        (DRAFTED, ONE, ""),
        (SIGNED, OTHER, ""),
        (REPORTED, ONE, "45/BC-VPCP"),
    ]
    file = made(CONTENT, ONE, OTHER)
    with store.reading() as snapshot:
        assert content_of(snapshot, EVERYTHING, number) == CONTENT
        assert signed_file(snapshot, EVERYTHING, number) == file
        assert signed_as(snapshot, EVERYTHING, file) == number
        assert signed_as(snapshot, EVERYTHING, file + b" ") is None
    assert last.file_sha256 == sha256(file).hexdigest()
    assert found(store) == []
    assert drafted(store) == 2


def test_each_day_shows_the_steps_taken_by_then(store: Store) -> None:
    number = drafted(store)
    sign(store, said(clock=date(2020, 2, 20)), OTHER, number, made)
    assert of(store, date(2020, 2, 13)) == []
    assert [each.state for each in of(store, date(2020, 2, 19))] == [DRAFTED]
    assert [each.state for each in of(store, date(2020, 2, 20))] == [SIGNED]


def test_an_open_page_learns_of_a_step(store: Store) -> None:
    def version() -> object:
        with store.reading() as snapshot:
            return queries.last_delivery(snapshot, EVERYTHING)

    before = version()
    number = drafted(store)
    between = version()
    sign(store, OFFICIAL, OTHER, number, made)
    assert len({before, between, version()}) == 3


@pytest.mark.parametrize("name", [ONE, "NGUYỄN VĂN AN", " Nguyễn  Văn An ", "Nguye\u0302\u0303n Va\u0306n An"])
def test_whoever_drafted_a_list_cannot_sign_it(store: Store, name: str) -> None:
    number = drafted(store)
    assert same_person(ONE, name)
    assert refused(store, sign, OFFICIAL, name, number, made) == "E_SCOPE same_person"
    assert [each.state for each in of(store)] == [DRAFTED]


def test_a_list_is_signed_once(store: Store) -> None:
    number = drafted(store)
    sign(store, OFFICIAL, OTHER, number, made)
    for person in (OTHER, "Lê Văn Cường"):
        assert refused(store, sign, OFFICIAL, person, number, made) == "E_CONFLICT dossier_signed"


def test_the_steps_follow_each_other(store: Store) -> None:
    assert refused(store, sign, OFFICIAL, OTHER, 1, made) == "E_CODE dossier"
    assert refused(store, report, OFFICIAL, OTHER, 1, "45/BC-VPCP") == "E_CODE dossier"
    number = drafted(store)
    assert refused(store, report, OFFICIAL, OTHER, number, "45/BC-VPCP") == "E_CONFLICT dossier_unsigned"
    sign(store, OFFICIAL, OTHER, number, made)
    report(store, OFFICIAL, OTHER, number, "45/BC-VPCP")
    assert refused(store, report, OFFICIAL, OTHER, number, "46/BC-VPCP") == "E_CONFLICT dossier_reported"


def test_nobody_drafts_the_list_of_a_day_that_has_not_come(store: Store) -> None:
    late = date(2020, 2, 15)
    assert refused(store, partial(draft, simulated=False), OFFICIAL, ONE, late, CONTENT) == (
        "E_PERIOD_FUTURE dossier_future"
    )


@pytest.mark.parametrize(
    ("person", "document", "why"),
    [
        ("", "45/BC-VPCP", "E_MISSING cell"),
        ("  ", "45/BC-VPCP", "E_MISSING cell"),
        (OTHER, "", "E_MISSING cell"),
        (OTHER, "Tối mật", "E_CLASSIFIED mark"),
        ("NguyÔn V¨n An", "45/BC-VPCP", "E_LEGACY_FONT font"),
        ("An\u202e", "45/BC-VPCP", "E_CONTROL_CHAR invisible"),
        ("A" * 501, "45/BC-VPCP", "E_TOO_LONG cell"),
    ],
)
def test_what_is_typed_is_checked_like_a_file(store: Store, person: str, document: str, why: str) -> None:
    number = drafted(store)
    sign(store, OFFICIAL, OTHER, number, made)
    assert refused(store, report, OFFICIAL, person, number, document) == why


def test_who_may_not_see_everybody_neither_makes_nor_sees_a_list(store: Store) -> None:
    number = drafted(store)
    narrow = said(scope=Scope(frozenset({"BNV"})))
    assert refused(store, sign, narrow, OTHER, number, made) == "E_SCOPE dossier"
    with store.reading() as snapshot:
        assert dossiers(snapshot, narrow.scope, CLOCK) == []
        assert content_of(snapshot, narrow.scope, number) is None
        assert signed_file(snapshot, narrow.scope, number) is None


@pytest.mark.parametrize(
    ("column", "value", "rules"),
    [
        ("content", '{"một":"danh sách khác"}', ["dossier_content"]),
        ("sha256", "0" * 64, ["chain", "dossier_content", "dossier_signature"]),
        ("person", "Ai đó", ["chain"]),
        ("simulated", True, ["chain"]),
    ],
)
def test_a_draft_that_was_altered_is_found_and_cannot_be_signed(
    store: Store, column: str, value: object, rules: list[str]
) -> None:
    number, whole = drafted(store), drafted(store)
    sign(store, OFFICIAL, OTHER, whole, made)
    tamper(store, DOSSIER, DOSSIER.update().where(DOSSIER.c.step == DRAFTED).values({column: value}))
    assert sorted(set(found(store))) == rules
    if "dossier_content" in rules:
        assert refused(store, sign, OFFICIAL, OTHER, number, made) == "E_CONFLICT dossier_altered"


def test_a_signed_file_that_was_altered_is_found(store: Store) -> None:
    number = drafted(store)
    sign(store, OFFICIAL, OTHER, number, made)
    tamper(store, DOSSIER, DOSSIER.update().where(DOSSIER.c.step == SIGNED).values(file=b"another"))
    assert found(store) == ["dossier_file"]


def test_a_signature_that_was_moved_to_another_list_is_found(store: Store) -> None:
    number = drafted(store)
    draft(store, OFFICIAL, ONE, CLOCK, '{"danh sách":"thứ hai"}', simulated=False)
    sign(store, OFFICIAL, OTHER, number, made)
    tamper(store, DOSSIER, DOSSIER.update().where(DOSSIER.c.step == SIGNED).values(number=2))
    assert sorted(found(store)) == ["chain", "dossier_signature"]


def test_every_step_is_in_the_audit_log(store: Store) -> None:
    number = drafted(store)
    sign(store, OFFICIAL, OTHER, number, made)
    with store.reading() as snapshot:
        actions = snapshot.execute(sa.select(AUDIT.c.action).order_by(AUDIT.c.id)).scalars().all()
    assert list(actions[-2:]) == ["dossier drafted", "dossier signed"]
