"""Every way a file can be wrong is told by code, place and rule in both languages, and changes nothing."""

import ast
import json
import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from data.audit import entries, verify
from data.ingest import ingest
from data.refusal import Held, Refusal, told
from data.scope import EVERYTHING
from data.store import Store
from i18n import LANGUAGES, speaker
from tests.data.refusal_cases import (
    CASES,
    STORED,
    STORED_ASSESSMENT,
    STORED_DIRECTIVE,
    STORED_MILESTONE,
    STORED_RECEIPT,
    STORED_REGIMES,
    STORED_SYSTEM,
    Case,
)
from tests.deliveries import deliver, figure, written
from tests.engines import audit_rows, dump_hash

MODULES = sorted((Path(__file__).resolve().parents[2] / "data").rglob("*.py"))
#: The refusals of the contract.
CONTRACT = """
E_ENCODING E_LEGACY_FONT E_CONTROL_CHAR E_CONTENT_TYPE E_EMPTY_FILE E_NO_ROWS E_HEADER E_DELIMITER E_COLUMNS E_QUOTE
E_MISSING E_NUMBER E_AMBIGUOUS_NUMBER E_RANGE E_UNIT E_INCONSISTENT E_PERIOD E_PERIOD_FUTURE E_CODE E_DUPLICATE
E_CONFLICT E_SCOPE E_CLASSIFIED E_TOO_LONG E_TOO_MANY_ROWS E_ZIP E_ZIP_RATIO E_ZIP_PATH E_XML E_FORMULA
W_UNIT_SUSPECT W_JUMP
"""
CODES = frozenset(CONTRACT.split())
LONG_ENOUGH = 3


@pytest.fixture(scope="module")
def settled(module_store: Store, tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, str]:
    """A store with one or two of every kind, and its hash, which no refused file may change."""
    folder = tmp_path_factory.mktemp("stored")
    deliver(module_store, folder, STORED)
    deliver(module_store, folder, STORED_DIRECTIVE, "directives")
    deliver(module_store, folder, STORED_SYSTEM, "systems")
    deliver(module_store, folder, STORED_MILESTONE, "milestones")
    deliver(module_store, folder, STORED_ASSESSMENT, "assessments")
    deliver(module_store, folder, STORED_REGIMES, "regimes")
    deliver(module_store, folder, STORED_RECEIPT, "receipts")
    return module_store, dump_hash(module_store)


def refusal_of(case: Case, store: Store, folder: Path) -> Refusal:
    path = folder / case.name
    if case.content is not None:
        path.write_bytes(case.content)
    with pytest.raises(Refusal) as caught:
        ingest(case.kind, [(path, case.name)], store, case.delivery)
    return caught.value


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_wrong_file_is_told_and_changes_nothing(case: Case, settled: tuple[Store, str], tmp_path: Path) -> None:
    store, before = settled
    log = audit_rows(store)
    refusal = refusal_of(case, store, tmp_path)
    assert (case.code, case.rule) in {(each.code, each.rule) for each in refusal.problems}
    problem = next(each for each in refusal.problems if (each.code, each.rule) == (case.code, case.rule))
    assert (problem.file, problem.line, problem.column) == (case.name, case.line, case.column)
    assert {each.code for each in refusal.problems} == {case.code}
    assert isinstance(refusal, Held) == case.code.startswith("W_")
    for language in LANGUAGES:
        message = told(problem, speaker(language))
        assert message.startswith(case.name)
        assert message.endswith(f"[{case.code}]")
        assert "{" not in message
        assert len(message) < 1000
    assert dump_hash(store) == before
    *earlier, (action, detail) = audit_rows(store)
    assert earlier == log
    assert action == f"ingest {case.kind}"
    written_down = json.loads(detail)
    assert written_down.pop("troubles") == refusal.total
    result = "held" if case.code.startswith("W_") else "refused"
    print_of = None if case.content is None else sha256(case.content).hexdigest()
    files = [{"file": case.name, "sha256": print_of}]
    assert written_down == {"files": files, "result": result, "codes": [case.code]}, "no cell of the file"
    told_of_it = detail.replace(str(print_of), "")
    assert [cell for cell in cells_of(case) if cell in told_of_it] == []


@pytest.mark.parametrize("mark", ["TuYệT mẬt", "Độ mật:  Tối MẬT"])
def test_a_classified_file_is_never_echoed(mark: str, settled: tuple[Store, str], tmp_path: Path) -> None:
    store, _ = settled
    case = Case("E_CLASSIFIED", "mark", 2, None, written(figure(note=mark, phrase="Đoàn 559", value="41.7")))
    refusal = refusal_of(case, store, tmp_path)
    (problem,) = refusal.problems
    assert (problem.value, problem.hints) == (None, ())
    said = [told(problem, speaker(language)) for language in LANGUAGES]
    for secret in (mark, "Đoàn 559", "41.7"):
        assert not [text for text in (*said, str(refusal), audit_rows(store)[-1][1]) if secret in text]


def test_the_audit_log_of_what_was_refused_is_whole(settled: tuple[Store, str], tmp_path: Path) -> None:
    store, _ = settled
    refusal_of(CASES[0], store, tmp_path)
    with store.reading() as snapshot:
        assert verify(snapshot).fault is None
        assert {entry.actor for entry in entries(snapshot, EVERYTHING)} == {"product", "tester"}


def test_the_audit_log_of_the_demonstration_is_whole_and_holds_no_cell(held: Store) -> None:
    """Of a file that was taken it says the name and how many rows; what is in them stands in the ledgers."""
    with held.reading() as snapshot:
        found = verify(snapshot)
        listed = [entry for entry in entries(snapshot, EVERYTHING) if entry.action != "export"]
    assert found.fault is None
    assert found.rows >= len(listed) > 10
    for entry in listed:
        detail = json.loads(entry.detail)
        for file in detail["files"]:
            name, submission = file.pop("file"), file.pop("submission")
            assert re.fullmatch("[0-9a-f]{64}", file.pop("sha256"))
            assert re.fullmatch(r"[\w-]+\.(csv|parquet)", name)
            assert submission is None or type(submission) is int
            assert file.keys() == {"rows", "new", "corrected", "same", "identical_to"}
            assert {type(each) for each in file.values()} <= {int, type(None)}
        assert (entry.actor, entry.action.split()[0]) == ("product", "ingest")
        assert detail["result"] in ("taken", "identical") and detail["corrections"] == []


def cells_of(case: Case) -> Iterator[str]:
    """The cells of a file that are long enough to be told from a part of another word, but for its header."""
    if case.name.endswith(".csv") and case.content is not None:
        text = case.content.decode("utf-8", "replace")
        for line in text.splitlines()[1:]:
            yield from (cell for cell in re.split(r"[,;\t|\"]", line) if len(cell) >= LONG_ENOUGH)


def test_a_hundred_troubles_are_told_and_all_are_counted(settled: tuple[Store, str], tmp_path: Path) -> None:
    store, _ = settled
    rows = [figure("x", period=f"{1850 + number}") for number in range(150)]
    refusal = refusal_of(Case("E_NUMBER", "not_a_number", 2, "value", written(*rows)), store, tmp_path)
    assert (len(refusal.problems), refusal.total) == (100, 150)
    assert [problem.line for problem in refusal.problems] == list(range(2, 102))


def test_a_value_is_told_escaped_and_shortened(settled: tuple[Store, str], tmp_path: Path) -> None:
    store, _ = settled
    case = Case("E_NUMBER", "not_a_number", 2, "value", written(figure("9\t" * 100)))
    (problem,) = refusal_of(case, store, tmp_path).problems
    message = told(problem, speaker("en"))
    assert "\t" not in message
    assert "'" + "9\\t" * 26 + "9…'" in message


def test_every_refusal_of_the_contract_has_a_case() -> None:
    assert {case.code for case in CASES} == CODES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_its_words(language: str) -> None:
    raised = {pair for path in MODULES for pair in literal_rules(path)} | {(case.code, case.rule) for case in CASES}
    assert len(raised) > 100
    assert sorted(raised - worded(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_a_refusal_has_its_rule(language: str) -> None:
    texts = [constants(path) for path in MODULES]
    unused = [pair for pair in worded(language) if not any(set(pair) <= found for found in texts)]
    assert unused == []


def worded(language: str) -> set[tuple[str, str]]:
    """Code and rule of every refusal that this language has a sentence for."""
    keys = [key.split(".") for key in speaker(language).words if key.startswith("refusal.")]
    return {(key[1], key[2]) for key in keys if len(key) == 3}


def constants(path: Path) -> set[object]:
    return {node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)}


def literal_rules(path: Path) -> Iterator[tuple[str, str]]:
    """Code and rule wherever a module writes them side by side; rules held in a name are left to the cases."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        row = node.args if isinstance(node, ast.Call) else node.elts if isinstance(node, ast.Tuple | ast.List) else []
        for code, rule in pairwise(row):
            if isinstance(code, ast.Constant) and code.value in CODES:
                either = (rule.body, rule.orelse) if isinstance(rule, ast.IfExp) else (rule,)
                yield from ((str(code.value), str(one.value)) for one in either if isinstance(one, ast.Constant))
