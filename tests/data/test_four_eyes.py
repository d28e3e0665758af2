"""Corrections of a closed period: kept until a second person decides, then stored as a delivery would, or not."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data import audit, clock, closings, integrity, people, queries
from data.clock import VIETNAM
from data.closings import Proposal, Standing, close, proposals, waiting
from data.corrections import approvals, corrections
from data.person_roles import Role
from data.proposing import approve, refuse
from data.refusal import Held, Proposed, Refusal, told
from data.schema import OBSERVATION, SUBMISSION
from data.scope import EVERYTHING, Scope
from data.store import Store
from i18n import LANGUAGES, speaker
from metrics.boards.provenance import provenance
from tests.deliveries import MACHINE_TODAY, deliver, figure, said, target, written
from tests.engines import audit_rows, dump_hash, refused

BECAUSE = said(reason="đính chính", confirm=True, actor="lan")
NEWER = figure("11", published="2020-02-10")


@pytest.fixture
def shut(store: Store, tmp_path: Path) -> Store:
    """A store with a figure of Ha Noi in December 2019, a period that is closed since."""
    deliver(store, tmp_path, written(figure("10"), figure("12", period="2020-01")))
    close(store, "DVC01", "2019-12", "cli")
    return store


def propose(store: Store, folder: Path, row: dict[str, str] = NEWER, delivery: object = BECAUSE) -> Proposed:
    """Deliver a correction of the closed period, of which nothing is stored."""
    before = _figures(store)
    with pytest.raises(Proposed) as caught:
        deliver(store, folder, written(row), delivery=delivery)  # type: ignore[arg-type]
    assert _figures(store) == before
    return caught.value


def _figures(store: Store) -> list[object]:
    with store.reading() as snapshot:
        return [*snapshot.execute(OBSERVATION.select()), *snapshot.execute(SUBMISSION.select())]


def listed(store: Store, scope: Scope = EVERYTHING) -> list[Proposal]:
    with store.reading() as snapshot:
        found = proposals(snapshot, scope)
        assert waiting(snapshot, scope) == sum(each.standing is Standing.WAITING for each in found)
    return found


def shown(store: Store) -> list[str]:
    with store.reading() as snapshot:
        found = queries.known_observations(snapshot, EVERYTHING, "DVC01", MACHINE_TODAY, ["2019-12"])
        assert integrity.findings(snapshot, EVERYTHING, MACHINE_TODAY) == []
    return [f"{each.agency} {each.value and each.value.number} r{each.revision}" for each in found]


def test_nothing_is_closed_unless_somebody_closed_it(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(figure("10")))
    close(store, "DVC01", "2020-01", "cli")
    close(store, "DVC02", "2019-12", "cli")
    assert deliver(store, tmp_path, written(NEWER), delivery=BECAUSE).corrected == 1
    with store.reading() as snapshot:
        found = closings.closings(snapshot, EVERYTHING)
    assert [(each.indicator, each.period, each.closed_by) for each in found] == [
        ("DVC01", "2020-01", "cli"),
        ("DVC02", "2019-12", "cli"),
    ]
    rows = [detail for action, detail in audit_rows(store) if action == "period close"]
    assert rows == ['{"indicator":"DVC01","period":"2020-01"}', '{"indicator":"DVC02","period":"2019-12"}']


@pytest.mark.parametrize(
    ("indicator", "period", "by", "rule"),
    [
        ("DVC01", "2019-12", "cli", "closing_twice"),
        ("NONE", "2019-12", "cli", "closing_indicator"),
        ("DVC01", "tháng 12", "cli", "closing_period"),
        ("DVC01", "2019-11", " ", "no_signature"),
    ],
)
def test_what_cannot_be_closed_is_told(indicator: str, period: str, by: str, rule: str, shut: Store) -> None:
    assert refused(shut, lambda: close(shut, indicator, period, by)) == rule


def test_a_correction_is_kept_as_a_proposal_and_told(shut: Store, tmp_path: Path) -> None:
    trouble = propose(shut, tmp_path)
    (problem,) = trouble.problems
    assert isinstance(trouble, Held)
    assert (problem.code, problem.rule, problem.line) == ("W_CLOSED", "proposed", 2)
    for language in LANGUAGES:
        message = told(problem, speaker(language))
        assert "DVC01/01/2019-12/GSO" in message and "approve 1" in message
    (each,) = listed(shut)
    assert (each.number, each.agency, each.proposed_by, each.reason) == (1, "01", "lan", "đính chính")
    assert (each.old, each.new) == (
        {"value": "10", "published": "2020-02-01"},
        {"value": "11", "published": "2020-02-10"},
    )
    assert shown(shut) == ["01 10 r1"]
    (detail,) = [json.loads(detail) for action, detail in audit_rows(shut) if action == "correction propose"]
    assert (detail["old"]["value"], detail["new"]["value"], detail["proposed_by"]) == ("10", "11", "lan")
    assert detail["reason"] == "đính chính"


def test_a_withdrawal_is_a_proposal_too_and_takes_the_rest_of_the_file_with_it(shut: Store, tmp_path: Path) -> None:
    rows = figure("", status="withdrawn"), figure("12", agency_code="79", status="")
    with pytest.raises(Proposed):
        deliver(shut, tmp_path, written(*rows), delivery=BECAUSE)
    assert shown(shut) == ["01 10 r1"]
    assert approve(shut, 1, "hoa") is Standing.APPROVED
    assert shown(shut) == []
    assert deliver(shut, tmp_path, written(*rows), delivery=BECAUSE).new == 1
    assert shown(shut) == ["79 12 r1"]


def test_the_same_correction_again_is_the_same_proposal(shut: Store, tmp_path: Path) -> None:
    first = propose(shut, tmp_path)
    assert propose(shut, tmp_path).problems == first.problems
    assert len(listed(shut)) == 1
    propose(shut, tmp_path, NEWER | {"value": "12"})
    assert [each.number for each in listed(shut)] == [1, 2]


def test_a_dry_run_proposes_nothing(shut: Store, tmp_path: Path) -> None:
    before, log = dump_hash(shut), audit_rows(shut)
    trouble = propose(shut, tmp_path, delivery=replace(BECAUSE, dry_run=True))
    assert [each.rule for each in trouble.problems] == ["would_propose"]
    assert "{" not in told(trouble.problems[0], speaker("vi"))
    assert (dump_hash(shut), audit_rows(shut)) == (before, log)


def test_what_looks_wrong_is_confirmed_before_it_is_proposed(shut: Store, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="W_JUMP"):
        deliver(shut, tmp_path, written(NEWER | {"value": "90"}), delivery=replace(BECAUSE, confirm=False))
    assert listed(shut) == []


def test_a_first_figure_and_a_known_one_are_taken(shut: Store, tmp_path: Path) -> None:
    rows = figure("10"), figure("30", agency_code="79"), figure("40", source="PAPI")
    taken = deliver(shut, tmp_path, written(*rows), delivery=BECAUSE)
    assert (taken.new, taken.corrected) == (2, 0)
    deliver(shut, tmp_path, written(target()), "targets")
    deliver(shut, tmp_path, written(target("40")), "targets", BECAUSE)


def test_what_is_approved_is_stored_with_both_names(shut: Store, tmp_path: Path) -> None:
    propose(shut, tmp_path)
    assert approve(shut, 1, " hoa ") is Standing.APPROVED
    assert shown(shut) == ["01 11 r2"]
    with shut.reading() as snapshot:
        (each,) = corrections(snapshot, EVERYTHING, "DVC01", MACHINE_TODAY)
        assert approvals(snapshot, Scope(frozenset({"79"})), "DVC01", "01", "2019-12", MACHINE_TODAY) == {}
    assert (each.delivered_by, each.approved_by, each.after.reason) == ("lan", "hoa", "đính chính")
    board = provenance(shut, EVERYTHING, "DVC01/01/2019-12", MACHINE_TODAY)
    assert board is not None
    assert [(each.number, each.made_by, each.approved_by) for each in board.revisions] == [
        (2, "lan", "hoa"),
        (1, "", ""),
    ]
    (proposal,) = listed(shut)
    assert (proposal.standing, proposal.decided_by, proposal.answer) == (Standing.APPROVED, "hoa", None)
    (detail,) = [json.loads(detail) for action, detail in audit_rows(shut) if action == "correction approve"]
    assert (detail["proposed_by"], detail["decided_by"], detail["reason"]) == ("lan", "hoa", "đính chính")
    assert (detail["old"]["value"], detail["new"]["value"]) == ("10", "11")
    assert refused(shut, lambda: approve(shut, 1, "hoa")) == "proposal_decided"
    assert deliver(shut, tmp_path, written(NEWER)).corrected == 0


def test_what_is_refused_stores_nothing_and_says_why(shut: Store, tmp_path: Path) -> None:
    propose(shut, tmp_path)
    assert refused(shut, lambda: refuse(shut, 1, "hoa", " ")) == "no_refusal_reason"
    refuse(shut, 1, "hoa", "thiếu văn bản")
    assert shown(shut) == ["01 10 r1"]
    (proposal,) = listed(shut)
    assert (proposal.standing, proposal.decided_by, proposal.answer) == (Standing.REFUSED, "hoa", "thiếu văn bản")
    (detail,) = [json.loads(detail) for action, detail in audit_rows(shut) if action == "correction refuse"]
    assert detail["answer"] == "thiếu văn bản"
    assert refused(shut, lambda: approve(shut, 1, "hoa")) == "proposal_decided"
    propose(shut, tmp_path)
    assert [each.number for each in listed(shut)] == [1, 2], "it may be proposed anew"


def test_a_proposal_of_a_figure_that_was_changed_is_outdated(shut: Store, tmp_path: Path) -> None:
    propose(shut, tmp_path)
    propose(shut, tmp_path, NEWER | {"value": "12"})
    assert approve(shut, 2, "hoa") is Standing.APPROVED
    before = _figures(shut)
    assert approve(shut, 1, "hoa") is Standing.OUTDATED
    assert _figures(shut) == before
    assert [each.standing for each in listed(shut)] == [Standing.OUTDATED, Standing.APPROVED]
    assert [action for action, _ in audit_rows(shut)][-1] == "correction outdated"
    assert refused(shut, lambda: approve(shut, 1, "hoa")) == "proposal_decided"


def test_nobody_approves_what_is_not_there(shut: Store) -> None:
    assert refused(shut, lambda: approve(shut, 7, "hoa")) == "no_proposal"
    assert refused(shut, lambda: refuse(shut, 7, "hoa", "sai")) == "no_proposal"


@pytest.mark.parametrize("name", ["lan", "LAN", "  Lan "])
def test_nobody_approves_their_own(name: str, shut: Store, tmp_path: Path) -> None:
    propose(shut, tmp_path)
    assert refused(shut, lambda: approve(shut, 1, name)) == "same_approver"
    refuse(shut, 1, name, "tôi nhầm")


PEOPLE: dict[str, tuple[Role, str | None]] = {
    "reporter": (Role.REPORTER, "01"),
    "approver": (Role.APPROVER, "01"),
    "elsewhere": (Role.APPROVER, "79"),
    "minister": (Role.MINISTER, "BNV"),
    "pm": (Role.PM_OFFICE, None),
    "office": (Role.APPROVER, "VPCP"),
    "admin": (Role.ADMIN, None),
}


@pytest.mark.parametrize(
    ("agency", "proposer", "approver", "rule"),
    [
        ("01", "reporter", "approver", None),
        ("01", "lan", "approver", None),
        ("01", "reporter", "nobody", "person_unknown"),
        ("01", "reporter", "elsewhere", "not_approver"),
        ("01", "reporter", "office", None),
        ("01", "reporter", "pm", "not_approver"),
        ("01", "reporter", "admin", "not_approver"),
        ("01", "approver", "approver", "same_approver"),
        ("01", "approver", "reporter", "not_approver"),
        ("VN", "reporter", "office", None),
        ("VN", "lan", "office", None),
        ("VN", "lan", "pm", "not_approver"),
        ("VN", "reporter", "approver", "not_approver"),
        ("VN", "reporter", "minister", "not_approver"),
    ],
)
def test_people_are_held_to_it_by_their_accounts(
    agency: str, proposer: str, approver: str, rule: str | None, store: Store, tmp_path: Path
) -> None:
    for name, (role, code) in PEOPLE.items():
        people.add(store, name, role, code)
    deliver(store, tmp_path, written(figure("10", agency_code=agency)))
    close(store, "DVC01", "2019-12", "cli")
    propose(store, tmp_path, NEWER | {"agency_code": agency}, replace(BECAUSE, actor=proposer))
    if rule is not None:
        assert refused(store, lambda: approve(store, 1, approver)) == rule
        return
    for disabled in {proposer, approver} & PEOPLE.keys():
        people.disable(store, disabled)
        assert refused(store, lambda: approve(store, 1, approver)) == "approver_shut"
        people.enable(store, disabled)
    assert approve(store, 1, approver.upper()) is Standing.APPROVED


def test_a_scope_hears_of_its_own_proposals_only(shut: Store, tmp_path: Path) -> None:
    propose(shut, tmp_path)
    assert len(listed(shut, Scope(frozenset({"01"})))) == 1
    assert listed(shut, Scope(frozenset({"79"}))) == []


def test_a_proposal_of_a_figure_under_embargo_is_told_to_nobody_else(
    shut: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = datetime(2020, 3, 1, 8, tzinfo=VIETNAM)
    monkeypatch.setattr(clock, "now", lambda: moment)
    propose(shut, tmp_path, NEWER | {"embargo_until": "2020-03-01T10:00"})
    others = Scope(embargoed=False)
    assert (len(listed(shut)), listed(shut, others)) == (1, [])
    assert _last(shut, others) == ""
    assert approve(shut, 1, "hoa") is Standing.APPROVED
    assert _last(shut, others) == ""
    with shut.reading() as snapshot:
        assert corrections(snapshot, others, None, MACHINE_TODAY) == []
        assert approvals(snapshot, others, "DVC01", "01", "2019-12", MACHINE_TODAY) == {}
    moment += timedelta(hours=2)
    assert len(listed(shut, others)) == 1
    assert "hoa" in _last(shut, others)
    with shut.reading() as snapshot:
        assert len(corrections(snapshot, others, None, MACHINE_TODAY)) == 1


def _last(store: Store, scope: Scope) -> str:
    with store.reading() as snapshot:
        return [entry.detail for entry in audit.entries(snapshot, scope)][-1]
