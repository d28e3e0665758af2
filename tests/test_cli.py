"""The command line: what each call does, says and answers with, on both engines where it stores something."""

import csv
import io
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from threading import Timer
from urllib.request import urlopen

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

import cli
import settings
from callbacks import token_calls
from data import migration, programs, screens, sessions
from data.clock import now
from data.report_tables import RECEIPT, REGIME
from data.schema import AGENCY, AUDIT, INDICATOR, OBSERVATION, SOURCE, STORE_META, TARGET
from data.store import open_store
from data.task_tables import DIRECTIVE
from data.wall_profiles import read_profiles
from i18n import LANGUAGES, speaker
from tests.conftest import ROOT
from tests.deliveries import figure, regime, written
from tests.engines import audit_rows, dump_hash, tamper

Capture = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch

WRONG = written(figure("63,5"))
REAL = written(figure("10.7"))
#: A moment as the command line tells it.
HOUR = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"


@dataclass(frozen=True)
class Answer:
    """What a call left behind: its exit code and the lines it wrote."""

    code: int
    out: list[str]
    err: list[str]


@pytest.fixture(autouse=True)
def environment(monkeypatch: Patch, tmp_path: Path) -> None:
    """None of the settings of whoever runs the tests, English messages, and an empty folder to work in."""
    for known in settings.KNOWN:
        monkeypatch.delenv(known.name, raising=False)
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def kept_at(store_url: str, monkeypatch: Patch) -> str:
    """The address of a fresh store, which the calls use."""
    monkeypatch.setenv("DATABASE_URL", store_url)
    return store_url


@pytest.fixture
def shown_at(demonstration_url: str, monkeypatch: Patch) -> str:
    """The address of the demonstration, which the calls use and nobody writes to."""
    monkeypatch.setenv("DATABASE_URL", demonstration_url)
    return demonstration_url


def call(capsys: Capture, *arguments: str) -> Answer:
    """Make one call in this process."""
    capsys.readouterr()
    try:
        code = cli.main(arguments)
    except SystemExit as left:
        assert isinstance(left.code, int)
        code = left.code
    said = capsys.readouterr()
    return Answer(code, said.out.splitlines(), said.err.splitlines())


def run(*arguments: str, **env: str) -> Answer:
    """Make one call as a process of its own, from the folder the test works in."""
    program = [sys.executable, str(ROOT / "cli.py"), *arguments]
    done = subprocess.run(
        program, capture_output=True, encoding="utf-8", env=dict(os.environ) | env, timeout=120, check=False
    )
    return Answer(done.returncode, done.stdout.splitlines(), done.stderr.splitlines())


def hashed(url: str) -> str:
    store = open_store(url)
    try:
        return dump_hash(store)
    finally:
        store.close()


def count_of(url: str, table: sa.Table) -> int:
    store = open_store(url)
    with store.reading() as snapshot:
        found = snapshot.execute(sa.select(sa.func.count()).select_from(table)).scalar()
    store.close()
    assert found is not None
    return found


def test_a_file_is_taken_and_told(kept_at: str, capsys: Capture) -> None:
    Path("in.csv").write_bytes(REAL)
    answer = call(capsys, "ingest", "observations", "in.csv")
    assert answer == Answer(0, ["in.csv: rows 1; new 1, corrected 0, known already 0"], [])
    assert count_of(kept_at, OBSERVATION) == 1


def test_an_identical_file_says_so_and_is_done(kept_at: str, capsys: Capture) -> None:
    Path("in.csv").write_bytes(REAL)
    call(capsys, "ingest", "observations", "in.csv")
    before = hashed(kept_at)
    Path("again.csv").write_bytes(REAL)
    answer = call(capsys, "ingest", "observations", "again.csv")
    assert answer.code == 0
    (line,) = answer.out
    assert line.startswith("again.csv: this file was delivered before (submission ")
    assert line.endswith("); nothing to do")
    assert hashed(kept_at) == before


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                "in.csv, line 2, column 'value': '63,5' is not a number; write 63.5 [E_NUMBER]",
                "Refused, troubles: 1, shown: 1; nothing stored",
            ],
        ),
        (
            "",
            [
                "in.csv, dòng 2, cột 'value': '63,5' không phải là số; hãy viết 63.5 [E_NUMBER]",
                "Từ chối: 1 lỗi, hiển thị 1; không lưu gì",
            ],
        ),
    ],
    ids=["english", "vietnamese-by-default"],
)
def test_a_trouble_is_one_line_on_stderr(
    language: str, expected: list[str], kept_at: str, capsys: Capture, monkeypatch: Patch
) -> None:
    monkeypatch.setenv("LANGUAGE", language)
    Path("in.csv").write_bytes(WRONG)
    before = hashed(kept_at)
    assert call(capsys, "ingest", "observations", "in.csv") == Answer(1, [], expected)
    assert hashed(kept_at) == before


def test_a_process_of_its_own_answers_the_same(migrated_sqlite: Path) -> None:
    Path("in.csv").write_bytes(WRONG)
    before = migrated_sqlite.read_bytes()
    copy = Path("copy.db")
    copy.write_bytes(before)
    answer = run("ingest", "observations", "in.csv", DATABASE_URL=f"sqlite:///{copy.resolve()}")
    assert answer.code == 1
    assert answer.out == []
    assert answer.err[0] == "in.csv, line 2, column 'value': '63,5' is not a number; write 63.5 [E_NUMBER]"


def test_a_hundred_troubles_are_told_and_all_counted(kept_at: str, capsys: Capture) -> None:
    del kept_at
    Path("in.csv").write_bytes(written(*(figure("x", period=f"{1850 + number}") for number in range(150))))
    answer = call(capsys, "ingest", "observations", "in.csv")
    assert answer.code == 1
    assert len(answer.err) == 101
    assert all(line.endswith("[E_NUMBER]") for line in answer.err[:100])
    assert answer.err[100] == "Refused, troubles: 150, shown: 100; nothing stored"


def test_one_wrong_file_keeps_the_others_out(kept_at: str, capsys: Capture) -> None:
    Path("right.csv").write_bytes(REAL)
    Path("wrong.csv").write_bytes(WRONG)
    before = hashed(kept_at)
    answer = call(capsys, "ingest", "observations", "right.csv", "wrong.csv")
    assert (answer.code, answer.out) == (1, [])
    assert [line.split(",")[0] for line in answer.err[:-1]] == ["wrong.csv"]
    assert hashed(kept_at) == before


def test_a_dry_run_checks_and_stores_nothing(kept_at: str, capsys: Capture) -> None:
    Path("in.csv").write_bytes(REAL)
    store = open_store(kept_at)
    before, log = dump_hash(store), audit_rows(store)
    answer = call(capsys, "ingest", "observations", "in.csv", "--dry-run")
    assert answer.code == 0
    assert answer.out == ["in.csv: rows 1; would take new 1, corrected 0, known already 0 (dry run, nothing stored)"]
    assert (dump_hash(store), audit_rows(store)) == (before, log)
    Path("in.csv").write_bytes(WRONG)
    assert call(capsys, "ingest", "observations", "in.csv", "--dry-run").code == 1
    assert (dump_hash(store), audit_rows(store)) == (before, log)
    store.close()


def test_a_jump_is_held_until_it_is_confirmed(kept_at: str, capsys: Capture) -> None:
    Path("in.csv").write_bytes(written(figure("10"), figure("31", period="2020-01")))
    before = hashed(kept_at)
    held = call(capsys, "ingest", "observations", "in.csv")
    assert held.code == 3
    assert held.err[0].startswith("in.csv, line 3, column 'value': '31' differs by more than 20 points")
    assert held.err[0].endswith("[W_JUMP]")
    assert held.err[1:] == ["Held for confirmation, points: 1, shown: 1; nothing stored"]
    assert hashed(kept_at) == before
    assert call(capsys, "ingest", "observations", "in.csv", "--dry-run").code == 3
    taken = call(capsys, "ingest", "observations", "in.csv", "--confirm")
    assert taken == Answer(0, ["in.csv: rows 2; new 2, corrected 0, known already 0"], [])


def test_a_correction_needs_a_reason(kept_at: str, capsys: Capture) -> None:
    Path("first.csv").write_bytes(REAL)
    Path("second.csv").write_bytes(written(figure("10.9")))
    call(capsys, "ingest", "observations", "first.csv")
    before = hashed(kept_at)
    refused = call(capsys, "ingest", "observations", "second.csv")
    assert refused.code == 1
    assert "old value=10.7; new value=10.9" in refused.err[0]
    assert refused.err[0].endswith("[E_CONFLICT]")
    assert hashed(kept_at) == before
    taken = call(capsys, "ingest", "observations", "second.csv", "--reason", "typing error")
    assert taken == Answer(0, ["second.csv: rows 1; new 0, corrected 1, known already 0"], [])
    assert count_of(kept_at, OBSERVATION) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nonsense",),
        ("ingest", "observations"),
        ("ingest", "nonsense", "in.csv"),
        ("ingest", "observations", "in.csv", "--nonsense"),
        ("check", "--at", "2020-02-30"),
        ("check", "--at", "14/02/2020"),
        ("export", "overview"),
        ("export", "nonsense", "--to", "out.csv"),
        ("export", "overview", "--to", "out.csv", "--lang", "fr"),
        ("export", "overview", "--to", "out.pdf"),
        ("sample",),
        ("migrate", "in.csv"),
        ("screen",),
        ("screen", "nonsense"),
        ("screen", "add", "hall"),
        ("screen", "add", "--profile", "national"),
        ("screen", "list", "hall"),
        ("screen", "revoke"),
        ("screen", "revoke", "hall", "--profile", "national"),
        ("period",),
        ("period", "open", "DVC01", "2019-12"),
        ("period", "close", "DVC01"),
        ("period", "list", "DVC01"),
        ("correction",),
        ("correction", "list", "1"),
        ("correction", "approve", "1"),
        ("correction", "approve", "one", "--by", "hoa"),
        ("correction", "refuse", "1", "--by", "hoa"),
        ("person",),
        ("person", "nonsense"),
        ("person", "add", "an"),
        ("person", "add", "--role", "admin"),
        ("person", "add", "an", "--role", "nonsense"),
        ("person", "list", "an"),
        ("person", "password"),
        ("person", "password", "an", "mười hai chữ là đủ"),
        ("person", "disable", "an", "--role", "admin"),
        ("person", "enable"),
        ("person", "sessions"),
        ("person", "end", "an", "--agency", "BNV"),
        ("person", "link", "an"),
        ("person", "unlink", "an", "--subject", "x"),
        ("audit",),
        ("audit", "nonsense"),
        ("audit", "verify", "--since", "2020-02-14"),
        ("audit", "verify", "--actor", "cli"),
        ("audit", "verify", "--noted", "12"),
        ("audit", "verify", "--noted", "12:" + "G" * 64),
        ("audit", "list", "--noted", "12:" + "0" * 64),
        ("audit", "list", "--since", "14/02/2020"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_told_and_answered_with_2(arguments: tuple[str, ...], shown_at: str, capsys: Capture) -> None:
    del shown_at
    answer = call(capsys, *arguments)
    assert (answer.code, answer.out) == (2, [])
    assert answer.err
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("arguments", [("--help",), ("ingest", "--help"), ("serve", "--help")], ids=" ".join)
def test_help_is_there_without_a_store(arguments: tuple[str, ...], capsys: Capture) -> None:
    answer = call(capsys, *arguments)
    assert (answer.code, answer.err) == (0, [])
    assert answer.out[0].startswith("usage: cli.py")


CALLS = (
    ("check",),
    ("ingest", "observations", "in.csv"),
    ("export", "overview", "--to", "out.csv"),
    ("screen", "list"),
    ("person", "list"),
    ("period", "list"),
    ("correction", "list"),
    ("audit", "verify"),
    ("audit", "list"),
    ("serve",),
)


@pytest.mark.parametrize("arguments", CALLS, ids=" ".join)
def test_a_missing_store_is_told_and_not_made(
    arguments: tuple[str, ...], capsys: Capture, monkeypatch: Patch
) -> None:
    Path("in.csv").write_bytes(REAL)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{Path('missing.db').resolve()}")
    answer = call(capsys, *arguments)
    assert (answer.code, answer.out) == (1, [])
    (line,) = answer.err
    assert "missing.db" in line
    assert "python cli.py migrate" in line
    assert not Path("missing.db").exists()


@pytest.mark.parametrize("arguments", [*CALLS, ("migrate",)], ids=" ".join)
@pytest.mark.parametrize("content", [b"not a database", b"\x8f" * 8192], ids=["short", "long"])
def test_a_file_that_is_no_database_is_told_in_one_line(
    content: bytes, arguments: tuple[str, ...], capsys: Capture, monkeypatch: Patch
) -> None:
    Path("in.csv").write_bytes(REAL)
    Path("broken.db").write_bytes(content)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{Path('broken.db').resolve()}")
    answer = call(capsys, *arguments)
    assert (answer.code, answer.out) == (1, [])
    (line,) = answer.err
    assert "file is not a database" in line
    assert Path("broken.db").read_bytes() == content


def test_a_broken_database_shows_no_traceback_to_a_user() -> None:
    Path("broken.db").write_bytes(b"not a database")
    answer = run("migrate", DATABASE_URL=f"sqlite:///{Path('broken.db').resolve()}")
    assert (answer.code, answer.out, len(answer.err)) == (1, [], 1)


@pytest.mark.parametrize("arguments", [*CALLS, ("migrate",)], ids=" ".join)
def test_a_server_that_does_not_answer_is_told_in_one_line(
    arguments: tuple[str, ...], capsys: Capture, monkeypatch: Patch
) -> None:
    Path("in.csv").write_bytes(REAL)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        monkeypatch.setenv(
            "DATABASE_URL", f"postgresql+psycopg://user:word-to-hide@127.0.0.1:{probe.getsockname()[1]}/centre"
        )
        answer = call(capsys, *arguments)
    assert (answer.code, answer.out, len(answer.err)) == (1, [], 1)
    assert "word-to-hide" not in answer.err[0]


def test_an_empty_store_is_told_what_it_lacks(capsys: Capture, monkeypatch: Patch) -> None:
    Path("empty.db").touch()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{Path('empty.db').resolve()}")
    answer = call(capsys, "check")
    assert answer.code == 1
    (line,) = answer.err
    assert "version none" in line
    assert "python cli.py migrate" in line


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("ingest", "observations", "absent.csv"), "absent.csv"),
        (("ingest", "observations", "folder"), "folder"),
        (("ingest", "observations", "in.csv", "--mapping", "absent.toml"), "absent.toml"),
        (("export", "overview", "--to", "absent/out.csv"), "absent/out.csv"),
        (("sample", "--to", "in.csv"), "in.csv"),
    ],
    ids=lambda part: part if isinstance(part, str) else " ".join(part),
)
def test_a_path_that_cannot_be_used_is_named(
    arguments: tuple[str, ...], named: str, kept_at: str, capsys: Capture
) -> None:
    Path("in.csv").write_bytes(REAL)
    Path("folder").mkdir()
    before = hashed(kept_at)
    answer = call(capsys, *arguments)
    assert (answer.code, answer.out) == (1, [])
    assert answer.err[0].startswith(f"{named}: ")
    assert hashed(kept_at) == before


def test_a_wrong_setting_stops_every_call(capsys: Capture, monkeypatch: Patch) -> None:
    monkeypatch.setenv("PORT", "8o50")
    answer = call(capsys, "migrate")
    assert answer == Answer(1, [], ["PORT is '8o50'; give a whole number from 1 to 65535, such as 8050."])


def test_the_sample_is_the_same_twice_and_can_be_taken(kept_at: str, capsys: Capture, monkeypatch: Patch) -> None:
    first, second = call(capsys, "sample", "--to", "one"), call(capsys, "sample", "--to", "two/deep")
    assert (first.code, second.code) == (0, 0)
    files = sorted(Path("one").iterdir())
    assert sorted(first.out) == [f"Wrote {path}" for path in files]
    assert [path.name for path in sorted(Path("two/deep").iterdir())] == [path.name for path in files]
    assert [path.read_bytes() for path in sorted(Path("two/deep").iterdir())] == [path.read_bytes() for path in files]
    figures = [path for path in files if path.name.startswith("observations")]
    paths = [str(path) for path in figures]
    before = hashed(kept_at)
    refused = call(capsys, "ingest", "observations", *paths)
    assert refused.code == 1
    assert len(refused.err) == 101
    assert "simulated rows are not taken where DEMO is off" in refused.err[0]
    assert refused.err[0].endswith("[E_CODE]")
    assert hashed(kept_at) == before
    monkeypatch.setenv("DEMO", "on")
    taken = call(capsys, "ingest", "observations", *paths)
    assert (taken.code, taken.err, len(taken.out)) == (0, [], len(figures))
    assert count_of(kept_at, OBSERVATION) == sum(path.read_text("utf-8").count("\n") - 1 for path in figures)
    for kind, table in (("regimes", REGIME), ("receipts", RECEIPT)):
        taken = call(capsys, "ingest", kind, f"one/{kind}.csv")
        assert (taken.code, taken.err) == (0, [])
        assert count_of(kept_at, table) == Path(f"one/{kind}.csv").read_text("utf-8").count("\n") - 1


@pytest.mark.parametrize("times", [1, 2])
def test_migrate_makes_a_store_without_figures(times: int, capsys: Capture, monkeypatch: Patch) -> None:
    url = f"sqlite:///{Path('folder/new.db').resolve()}"
    monkeypatch.setenv("DATABASE_URL", url)
    for _ in range(times):
        answer = call(capsys, "migrate")
        assert (answer.code, answer.err) == (0, [])
        assert answer.out[0].startswith("The store is of version ")
    reference = ROOT / "data" / "reference"
    for table, name in ((AGENCY, "agencies"), (INDICATOR, "indicators"), (SOURCE, "sources")):
        with (reference / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert count_of(url, table) == len(list(csv.DictReader(file))) > 0
    assert (count_of(url, OBSERVATION), count_of(url, TARGET)) == (0, 0)
    assert call(capsys, "check") == Answer(0, ["Findings: 0"], [])


@pytest.mark.parametrize("arguments", [(), ("--at", "2019-12-31")], ids=["now", "then"])
def test_the_demonstration_has_no_findings(arguments: tuple[str, ...], shown_at: str, capsys: Capture) -> None:
    del shown_at
    assert call(capsys, "check", *arguments) == Answer(0, ["Findings: 0"], [])


def test_a_changed_row_is_found(demonstration_url: str, capsys: Capture, monkeypatch: Patch) -> None:
    with (
        sqlite3.connect(demonstration_url.removeprefix("sqlite:///")) as kept,
        sqlite3.connect("changed.db") as changed,
    ):
        kept.backup(changed)
        for (trigger,) in changed.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            changed.execute(f"DROP TRIGGER {trigger}")
        changed.execute("UPDATE observation SET value = '99' WHERE id = 7")
    kept.close()
    changed.close()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{Path('changed.db').resolve()}")
    answer = call(capsys, "check")
    assert answer.code == 1
    assert answer.out == [
        "observation, row 7: the checksum chain does not hold, its content was changed",
        "Findings: 1",
    ]


@pytest.mark.parametrize(("language", "printed"), [("vi", "10,7%"), ("en", "10.7%")])
def test_a_board_is_written_in_three_forms(language: str, printed: str, shown_at: str, capsys: Capture) -> None:
    del shown_at
    mark = "DVC01/VN/2020-02-12"
    found = {}
    for form in ("json", "csv", "xlsx"):
        answer = call(capsys, "export", "overview", "--to", f"out.{form}", "--lang", language, "--indicator", "DVC01")
        assert answer == Answer(0, [f"Wrote out.{form}"], [])
    document = json.loads(Path("out.json").read_bytes())
    assert (document["board"], document["indicator"], document["language"]) == ("overview", "DVC01", language)
    assert (document["at"], document["period"]) == ("2020-02-14", "2020-02-12")
    found["json"] = {row["mark"]: row["printed"] for row in document["figures"]}
    rows = csv.DictReader(io.StringIO(Path("out.csv").read_text("utf-8-sig"), newline=""))
    found["csv"] = {row["mark"]: row["printed"].removeprefix("'") for row in rows}
    header, *cells = load_workbook("out.xlsx")["overview"].iter_rows(values_only=True)
    at_mark, at_printed = header.index("mark"), header.index("printed")
    found["xlsx"] = {str(row[at_mark]): str(row[at_printed]).removeprefix("'") for row in cells}
    assert found["json"][mark].replace("\u00a0", "") == printed
    assert found["csv"] == found["json"] == found["xlsx"]


def test_a_board_is_written_as_known_on_a_day(shown_at: str, capsys: Capture) -> None:
    del shown_at
    assert call(capsys, "export", "overview", "--to", "out.json", "--at", "2019-08-01").code == 0
    document = json.loads(Path("out.json").read_bytes())
    assert document["at"] == "2019-08-01"
    assert not [row for row in document["figures"] if (row["published"] or "") > "2019-08-01"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--indicator", "DVC99"), ["there is no indicator 'DVC99'; write a code of the table of indicators"]),
        (
            ("--period", "1999"),
            ["nothing is known of the period '1999' up to this day; write another one or leave --period out"],
        ),
    ],
    ids=["indicator", "period"],
)
def test_nothing_is_written_of_what_does_not_exist(
    arguments: tuple[str, ...], expected: list[str], shown_at: str, capsys: Capture
) -> None:
    del shown_at
    assert call(capsys, "export", "overview", "--to", "out.csv", *arguments) == Answer(1, [], expected)
    assert not Path("out.csv").exists()


@pytest.fixture
def started(monkeypatch: Patch) -> list[list[str]]:
    """The servers that `serve` would have become; none is started."""
    found: list[list[str]] = []

    def become(_program: str, arguments: list[str]) -> None:
        found.append(arguments)
        raise SystemExit(0)  # a process that became another one never comes back

    monkeypatch.setattr(os, "execv", become)
    return found


@pytest.fixture
def embedded(monkeypatch: Patch, tmp_path: Path) -> str:
    """The address of the embedded store, in a folder of the test and not there yet."""
    url = f"sqlite:///{tmp_path / 'var' / 'centre.db'}"
    monkeypatch.setattr(settings, "EMBEDDED_URL", url)
    return url


def test_the_first_start_brings_the_demonstration_and_the_second_nothing(
    embedded: str, started: list[list[str]], capsys: Capture, monkeypatch: Patch
) -> None:
    monkeypatch.setenv("PORT", "8051")
    first = call(capsys, "serve")
    assert first == Answer(
        0,
        [
            "Loading the published figures and the demonstration data…",
            "Command centre: http://127.0.0.1:8051",
        ],
        [],
    )
    before = hashed(embedded)
    assert call(capsys, "serve").out == ["Command centre: http://127.0.0.1:8051"]
    assert hashed(embedded) == before
    assert [arguments[1:3] for arguments in started] == [["-m", "gunicorn"]] * 2
    assert started[0][-1] == "app:server"


def test_a_start_brings_the_embedded_store_to_this_version_and_the_demonstration_to_its_end(
    embedded: str, started: list[list[str]], capsys: Capture
) -> None:
    store = open_store(embedded, create=True)
    migration.upgrade(store, "0001")
    with store.writing() as connection:
        notes = [("demonstration_clock", "2020-02-14"), ("demonstration", "complete")]
        connection.execute(STORE_META.insert(), [{"name": name, "content": content} for name, content in notes])
    store.close()
    assert call(capsys, "serve").out[-1] == "Command centre: http://127.0.0.1:8050"
    assert len(started) == 1
    assert count_of(embedded, DIRECTIVE) > 0
    before = hashed(embedded)
    call(capsys, "serve")
    assert hashed(embedded) == before


def test_without_the_demonstration_the_first_start_is_empty(
    embedded: str, started: list[list[str]], capsys: Capture, monkeypatch: Patch
) -> None:
    monkeypatch.setenv("DEMO", "off")
    assert call(capsys, "serve") == Answer(0, ["Command centre: http://127.0.0.1:8050"], [])
    assert len(started) == 1
    assert (count_of(embedded, OBSERVATION), count_of(embedded, TARGET)) == (0, 0)
    assert count_of(embedded, AGENCY) > 0


def test_serve_answers_and_stops_at_a_keypress(migrated_sqlite: Path) -> None:
    Path("copy.db").write_bytes(migrated_sqlite.read_bytes())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = dict(os.environ) | {"DATABASE_URL": f"sqlite:///{Path('copy.db').resolve()}", "PORT": str(port)}
    server = subprocess.Popen(
        [sys.executable, str(ROOT / "cli.py"), "serve"],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    try:
        assert server.stdout is not None
        assert server.stdout.readline() == f"Command centre: http://127.0.0.1:{port}\n"
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        with urlopen(f"http://127.0.0.1:{port}/", timeout=30) as page:
            assert page.status == 200
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=30)
        assert server.returncode == 0
    finally:
        server.kill()
        server.communicate()


# Reports that are delivered


REGIMES = written(regime(owners="BNV;01", valid_from="2020-01-01"))
AS_REPORT = ("--regime", "R01", "--agency", "01", "--period", "2020-01")


def arrived(url: str) -> list[tuple[str, str, str, str]]:
    """Agency, result, codes and file of every receipt."""
    store = open_store(url)
    with store.reading() as snapshot:
        rows = snapshot.execute(sa.select(RECEIPT).order_by(RECEIPT.c.id)).all()
    store.close()
    return [(row.agency_code, row.result, row.codes, row.file) for row in rows]


@pytest.fixture
def owing(kept_at: str, tmp_path: Path, monkeypatch: Patch, capsys: Capture) -> str:
    """A store on 15 January 2020 in which Ha Noi and a ministry owe a monthly report, due on the 16th."""
    monkeypatch.setenv("TODAY", "2020-01-15")
    (tmp_path / "regimes.csv").write_bytes(REGIMES)
    assert call(capsys, "ingest", "regimes", "regimes.csv").code == 0
    (tmp_path / "real.csv").write_bytes(written(figure("10.7", published="2020-01-15")))
    (tmp_path / "wrong.csv").write_bytes(WRONG)
    return kept_at


def counted(capsys: Capture, at: str) -> dict[str, str]:
    """The figures of the reports as they are printed on a day."""
    assert call(capsys, "export", "reports", "--to", "reports.json", "--at", at).code == 0
    return {row["mark"]: row["printed"] for row in json.loads(Path("reports.json").read_bytes())["figures"]}


def test_a_delivery_is_the_receipt_of_its_report(owing: str, capsys: Capture) -> None:
    assert call(capsys, "ingest", "observations", "real.csv", *AS_REPORT, "--dry-run").code == 0
    assert arrived(owing) == []
    refused = call(capsys, "ingest", "observations", "wrong.csv", *AS_REPORT)
    assert refused.code == 1 and "[E_NUMBER]" in refused.err[0]
    assert arrived(owing) == [("01", "rejected", "E_NUMBER", "wrong.csv")]
    assert count_of(owing, OBSERVATION) == 0
    before = counted(capsys, "2020-01-15")
    assert (before["reports/rejected"], before["today/rejected"], before["reports/on_time"]) == ("1", "1", "0")
    assert call(capsys, "ingest", "observations", "real.csv", *AS_REPORT).code == 0
    taken = ("01", "received", "", "real.csv")
    assert arrived(owing)[1:] == [taken]
    assert count_of(owing, OBSERVATION) == 1
    again = call(capsys, "ingest", "observations", "real.csv", *AS_REPORT)
    assert again.code == 0 and arrived(owing)[1:] == [taken], "the same file is the same report"
    after = counted(capsys, "2020-01-15")
    assert (after["reports"], after["reports/on_time"], after["reports/rejected"]) == ("2", "1", "0")
    assert counted(capsys, "2020-01-17")["reports/missing"] == "1"
    document = json.loads(Path("reports.json").read_bytes())
    assert document["label"] == "" and [row["agency"] for row in document["reports"]] == ["BNV"]


def test_a_file_that_came_before_is_the_receipt_of_a_report_that_did_not(owing: str, capsys: Capture) -> None:
    assert call(capsys, "ingest", "observations", "real.csv").code == 0
    assert arrived(owing) == []
    assert call(capsys, "ingest", "observations", "real.csv", *AS_REPORT).code == 0
    assert arrived(owing) == [("01", "received", "", "real.csv")]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (("--regime", "R1"), "E_CODE"),
        (("--agency", "04"), "E_CODE"),
        (("--agency", "XYZ"), "E_CODE"),
        (("--period", "2020-Q1"), "E_PERIOD"),
        (("--period", "tháng 1"), "E_PERIOD"),
        (("--period", "2019-12"), "E_PERIOD"),
        (("--period", "2020-03"), "E_PERIOD_FUTURE"),
    ],
)
def test_a_report_that_nobody_owes_is_refused_and_leaves_nothing(
    owing: str, capsys: Capture, changed: tuple[str, str], code: str
) -> None:
    before = hashed(owing)
    wanted = dict(pairwise(AS_REPORT)) | dict([changed])
    options = [each for name in ("--regime", "--agency", "--period") for each in (name, wanted[name])]
    answer = call(capsys, "ingest", "observations", "real.csv", *options)
    assert answer.code == 1
    assert answer.err[0].startswith(changed[0]) and f"[{code}]" in answer.err[0]
    assert hashed(owing) == before


@pytest.mark.parametrize("options", [AS_REPORT[:2], AS_REPORT[2:], AS_REPORT[:4]])
def test_a_report_takes_all_three_of_its_names(owing: str, capsys: Capture, options: tuple[str, ...]) -> None:
    assert call(capsys, "ingest", "observations", "real.csv", *options).code == 2
    assert arrived(owing) == []


def test_a_receipt_is_not_the_receipt_of_a_report(owing: str, capsys: Capture) -> None:
    assert call(capsys, "ingest", "regimes", "regimes.csv", *AS_REPORT).code == 2


# Screens on walls

PROFILE = next(iter(read_profiles(None)))


def test_a_screen_is_added_with_a_token_and_an_address_listed_and_revoked(kept_at: str, capsys: Capture) -> None:
    assert call(capsys, "screen", "list") == Answer(0, ["There is no screen yet."], [])
    added = call(capsys, "screen", "add", "Phòng họp", "--profile", PROFILE)
    assert (added.code, added.err) == (0, [])
    token = added.out[0].removeprefix("Enrolment token (shown this once): ")
    address = f"http://127.0.0.1:8050/wall/{PROFILE}#enrol={token}"
    assert added.out[1:] == [f"Open on the screen within 24 hours, once: {address}"]
    (line,) = call(capsys, "screen", "list").out
    assert line.startswith(f"Phòng họp: {PROFILE}, waits to be enrolled until ")
    store = open_store(kept_at)
    screens.exchange(store, token)
    store.close()
    (line,) = call(capsys, "screen", "list").out
    assert line.startswith(f"Phòng họp: {PROFILE}, enrolled since ")
    assert token not in line
    assert call(capsys, "screen", "revoke", "Phòng họp") == Answer(0, ["The screen Phòng họp is revoked."], [])
    (line,) = call(capsys, "screen", "list").out
    assert line.startswith(f"Phòng họp: {PROFILE}, revoked since ")


def test_the_address_of_a_screen_is_that_of_the_server(kept_at: str, capsys: Capture, monkeypatch: Patch) -> None:
    del kept_at
    monkeypatch.setenv("HOST", "::1")
    monkeypatch.setenv("PORT", "9000")
    added = call(capsys, "screen", "add", "hall", "--profile", PROFILE)
    assert f"http://[::1]:9000/wall/{PROFILE}#enrol=" in added.out[1]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "new", "--profile", "nothing"), "there is no wall profile 'nothing'; there are "),
        (("add", "hall", "--profile", PROFILE), "There is a screen hall already; revoke it or write another name."),
        (("add", " ", "--profile", PROFILE), "'' cannot be the name of a screen; write 1 to 60 letters on one line."),
        (
            ("revoke", "other"),
            "No screen other is there to be revoked; `python cli.py screen list` lists the screens.",
        ),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else "",
)
def test_a_step_of_a_screen_that_is_not_right_is_told(
    kept_at: str, capsys: Capture, arguments: tuple[str, ...], told: str
) -> None:
    assert call(capsys, "screen", "add", "hall", "--profile", PROFILE).code == 0
    before = hashed(kept_at)
    answer = call(capsys, "screen", *arguments)
    assert (answer.code, answer.out, len(answer.err)) == (1, [], 1)
    assert answer.err[0].startswith(told)
    if "nothing" in arguments:
        assert answer.err[0].endswith(", ".join(read_profiles(None)))
    assert hashed(kept_at) == before


# People

PASSWORD = "mười hai chữ là đủ"


def given(monkeypatch: Patch, line: str) -> None:
    """What stands in the input of the next call, which is no terminal."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(line))


def test_a_correction_of_a_closed_period_waits_for_a_second_person(kept_at: str, capsys: Capture) -> None:
    Path("first.csv").write_bytes(REAL)
    Path("second.csv").write_bytes(written(figure("10.9")))
    call(capsys, "ingest", "observations", "first.csv")
    assert call(capsys, "period", "list") == Answer(0, ["No period is closed."], [])
    assert call(capsys, "correction", "list") == Answer(0, ["No correction was proposed."], [])
    assert call(capsys, "period", "close", "DVC01", "2019-12", "--by", "An").code == 0
    assert call(capsys, "period", "close", "DVC01", "2019-12").code == 1
    (line,) = call(capsys, "period", "list").out
    assert re.fullmatch(r"DVC01 2019-12: closed at [0-9: -]{16} by An", line)
    deliver = ("ingest", "observations", "second.csv", "--reason", "typing error", "--by", "Lan")
    held = call(capsys, *deliver)
    assert (held.code, held.out) == (3, [])
    assert held.err == [
        "second.csv, line 2: DVC01/01/2019-12/GSO: the period is closed; the correction is kept as proposal 1; a"
        " second person has to approve it (python cli.py correction approve 1) [W_CLOSED]",
        "The period is closed, waiting for a second person, points: 1, shown: 1; nothing stored",
    ]
    assert count_of(kept_at, OBSERVATION) == 1
    assert call(capsys, *deliver, "--confirm") == held
    (line,) = call(capsys, "correction", "list").out
    assert re.fullmatch(
        r"1  DVC01/01/2019-12/GSO: value 10\.7 → 10\.9; reason: typing error; "
        r"proposed by Lan at [0-9: -]{16}; waiting",
        line,
    )
    own = call(capsys, "correction", "approve", "1", "--by", "lan")
    assert own == Answer(1, [], ["lan proposed it; somebody else has to approve it."])
    done = ["Proposal 1 is approved; the correction is stored."]
    assert call(capsys, "correction", "approve", "1", "--by", "Hoa") == Answer(0, done, [])
    assert count_of(kept_at, OBSERVATION) == 2
    assert "approved by Hoa at" in call(capsys, "correction", "list").out[0]
    Path("third.csv").write_bytes(written(figure("10.8")))
    Path("fourth.csv").write_bytes(written(figure("10.6")))
    for name in ("third.csv", "fourth.csv"):
        assert call(capsys, "ingest", "observations", name, "--reason", "x", "--by", "Lan").code == 3
    assert call(capsys, "correction", "approve", "2", "--by", "Hoa").code == 0
    outdated = call(capsys, "correction", "approve", "3", "--by", "Hoa")
    assert (outdated.code, outdated.out) == (1, [])
    assert outdated.err[0].startswith("Proposal 3 is outdated")
    assert call(capsys, "ingest", "observations", "fourth.csv", "--reason", "x", "--by", "Lan").code == 3
    assert call(capsys, "correction", "refuse", "4", "--by", "Hoa", "--reason", "no act").code == 0
    assert call(capsys, "correction", "list").out[3].endswith(": no act")
    assert call(capsys, "check").code == 0


def test_a_person_is_added_given_a_password_disabled_and_enabled(
    kept_at: str, capsys: Capture, monkeypatch: Patch
) -> None:
    assert call(capsys, "person", "list") == Answer(0, ["There is no person yet."], [])
    asked = ("person", "add", "An", "--role", "reporter", "--agency", "40-SNV", "--display", "Nguyễn Văn An")
    told = "The person an is added; `python cli.py person password an` gives them a password."
    assert call(capsys, *asked) == Answer(0, [told], [])
    assert call(capsys, "person", "add", "office", "--role", "pm_office").code == 0
    lines = call(capsys, "person", "list").out
    assert lines[0].startswith("an: Nguyễn Văn An, reporter of 40-SNV, has no password yet, added at ")
    assert lines[1].startswith("office: office, pm_office, has no password yet, added at ")
    given(monkeypatch, f"{PASSWORD}\r\nsomething else\n")
    told = "The password of an is set; every session of before has ended."
    assert call(capsys, "person", "password", "An") == Answer(0, [told], [])
    assert ", may sign in, added at " in call(capsys, "person", "list").out[0]
    signed_in(kept_at)
    told = "The person an is disabled; sessions ended: 1."
    assert call(capsys, "person", "disable", "an") == Answer(0, [told], [])
    assert ", disabled since " in call(capsys, "person", "list").out[0]
    assert call(capsys, "person", "enable", "an") == Answer(0, ["The person an is enabled."], [])
    signed_in(kept_at)


def signed_in(url: str) -> None:
    """Sign in as the page will."""
    store = open_store(url)
    sessions.log_in(store, "an", PASSWORD, "192.0.2.7")
    store.close()


def test_a_person_is_linked_to_the_single_sign_on_and_no_more(
    kept_at: str, capsys: Capture, monkeypatch: Patch
) -> None:
    assert call(capsys, "person", "add", "an", "--role", "admin").code == 0
    assert (
        call(capsys, "person", "link", "an", "--subject", "c0ffee").err[0].startswith("No single sign-on is set up")
    )
    given = {"AUTH": "oidc", "SECRET_KEY": "k" * 32, "OIDC_ISSUER": "https://sso.example"}
    for name, value in (given | {"OIDC_CLIENT_ID": "centre", "OIDC_CLIENT_SECRET": "s"}).items():
        monkeypatch.setenv(name, value)
    told = "an may sign in elsewhere as c0ffee. Every open session has ended."
    assert call(capsys, "person", "link", "an", "--subject", "c0ffee") == Answer(0, [told], [])
    (line,) = call(capsys, "person", "list").out
    assert "may sign in" in line and line.endswith(", single sign-on as c0ffee")
    assert call(capsys, "person", "add", "other", "--role", "admin").code == 0
    (refused,) = call(capsys, "person", "link", "other", "--subject", "c0ffee").err
    assert "The subject c0ffee is that of an already" in refused
    told = "an does not sign in elsewhere any more. Every open session has ended."
    assert call(capsys, "person", "unlink", "an") == Answer(0, [told], [])
    assert call(capsys, "person", "unlink", "an") == Answer(1, [], ["an does not sign in elsewhere."])


def test_the_sessions_of_a_person_are_listed_and_ended(kept_at: str, capsys: Capture, monkeypatch: Patch) -> None:
    assert call(capsys, "person", "add", "an", "--role", "admin").code == 0
    given(monkeypatch, PASSWORD)
    assert call(capsys, "person", "password", "an").code == 0
    assert call(capsys, "person", "sessions", "an").out == ["There was no session within the last 30 days."]
    signed_in(kept_at)
    (line,) = call(capsys, "person", "sessions", "an").out
    assert line.startswith("since ") and line.endswith(", goes on")
    assert call(capsys, "person", "end", "an") == Answer(0, ["Sessions of an that were ended: 1."], [])
    (line,) = call(capsys, "person", "sessions", "an").out
    assert ", ended at " in line
    with monkeypatch.context() as earlier:
        earlier.setattr(sessions, "now", lambda: now() - timedelta(hours=9))
        signed_in(kept_at)
    assert call(capsys, "person", "sessions", "an").out[0].endswith(", has expired")
    monkeypatch.setenv("LANGUAGE", "vi")
    assert call(capsys, "person", "end", "an").out == ["Số phiên đăng nhập của an đã kết thúc: 1."]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "AN", "--role", "admin"), "There is a person an already; "),
        (("add", "a b", "--role", "admin"), "'a b' cannot be the name of a person; write 1 to 60 letters"),
        (("add", "new", "--role", "admin", "--display", " "), "'' cannot be shown as a name; write 1 to 120 "),
        (("add", "new", "--role", "admin", "--agency", "BNV"), "The role admin is of no agency; "),
        (("add", "new", "--role", "minister"), "The role minister wants the code of a ministry or "),
        (("add", "new", "--role", "province_leader", "--agency", "BNV"), "The role province_leader wants the code "),
        (("add", "new", "--role", "reporter", "--agency", "VN"), "The role reporter wants the code of an agency "),
        (("password", "other"), "There is no person other; `python cli.py person list` lists the people."),
        (("password", "an"), "A password has 12 to 1000 characters; the password is as it was."),
        (("disable", "other"), "There is no person other; "),
        (("enable", "an"), "The person an is not disabled."),
        (("sessions", "other"), "There is no person other; "),
        (("end", "other"), "There is no person other; "),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else "",
)
def test_a_step_of_a_person_that_is_not_right_is_told(
    kept_at: str, capsys: Capture, monkeypatch: Patch, arguments: tuple[str, ...], told: str
) -> None:
    assert call(capsys, "person", "add", "an", "--role", "admin").code == 0
    before = hashed(kept_at)
    given(monkeypatch, "too short\n")
    answer = call(capsys, "person", *arguments)
    assert (answer.code, answer.out, len(answer.err)) == (1, [], 1)
    assert answer.err[0].startswith(told)
    assert "too short" not in answer.err[0]
    assert hashed(kept_at) == before


@pytest.mark.parametrize("again", [PASSWORD, f"{PASSWORD}?"], ids=["the same", "another"])
def test_a_password_is_asked_for_twice_on_a_terminal_and_not_shown(kept_at: str, capsys: Capture, again: str) -> None:
    assert call(capsys, "person", "add", "an", "--role", "admin").code == 0
    shown, terminal = os.openpty()
    program = [sys.executable, str(ROOT / "cli.py"), "person", "password", "an"]
    # In a session of its own it has no terminal but this one.
    with subprocess.Popen(
        program, stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as asking:
        assert asking.stdout is not None and asking.stderr is not None
        watch = Timer(120, asking.kill)
        watch.start()
        for prompt, answer in ((b"New password of an: ", PASSWORD), (b"The same again: ", again)):
            read = b""
            while not read.endswith(prompt):
                letter = asking.stderr.read(1)
                assert letter, read.decode()
                read += letter
            os.write(shown, f"{answer}\n".encode())
        out, err = (stream.read().decode().splitlines() for stream in (asking.stdout, asking.stderr))
        code = asking.wait()
        watch.cancel()
    os.close(terminal)
    os.set_blocking(shown, False)
    try:
        echoed = os.read(shown, 10_000)
    except OSError:
        echoed = b""
    os.close(shown)
    assert PASSWORD.encode() not in echoed
    if again == PASSWORD:
        assert (code, out) == (0, ["The password of an is set; every session of before has ended."])
        signed_in(kept_at)
    else:
        assert (code, out, [line for line in err if line]) == (1, [], ["The two differ; the password is as it was."])
        assert ", has no password yet, " in call(capsys, "person", "list").out[0]


# Programs


def test_a_token_is_added_listed_and_revoked(kept_at: str, capsys: Capture, monkeypatch: Patch) -> None:
    assert call(capsys, "token", "list") == Answer(0, ["There is no token yet."], [])
    added = call(capsys, "token", "add", "Cổng Nghệ An", "--agency", "40", "--days", "30")
    assert (added.code, added.err) == (0, [])
    token = added.out[0].removeprefix("Token (shown this once): ")
    assert len(token) == 43
    assert added.out[1:] == ["The program sends it with each delivery: Authorization: Bearer TOKEN"]
    (line,) = call(capsys, "token", "list").out
    assert re.fullmatch(r"Cổng Nghệ An: 40, made \S+ \S+, last used –, holds until \S+ \S+", line)
    store = open_store(kept_at)
    assert programs.known(store, token) is not None
    store.close()
    (line,) = call(capsys, "token", "list").out
    assert re.search(r"last used \d{4}-", line) and token not in line
    with monkeypatch.context() as later:
        later.setattr(token_calls, "now", lambda: now() + timedelta(days=31))
        assert ", expired at " in call(capsys, "token", "list").out[0]
    told = "The token of Cổng Nghệ An is revoked."
    assert call(capsys, "token", "revoke", " Cổng Nghệ An ") == Answer(0, [told], [])
    assert ", revoked since " in call(capsys, "token", "list").out[0]
    monkeypatch.setenv("LANGUAGE", "vi")
    assert ", bị thu hồi từ " in call(capsys, "token", "list").out[0]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "p", "--agency", "40", "--days", "1"), "There is a program p already; revoke its token or "),
        (("add", " ", "--agency", "40", "--days", "1"), "'' cannot be the name of a program; write 1 to 60 letters"),
        (("add", "q", "--agency", "VN", "--days", "1"), "A program delivers for one agency; VN is the code of none."),
        (("add", "q", "--agency", "40", "--days", "367"), "A token holds 1 to 366 days; 367 is not one of them."),
        (("revoke", "q"), "No program q has a token to be revoked; `python cli.py token list` lists them."),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else "",
)
def test_a_step_of_a_token_that_is_not_right_is_told(
    kept_at: str, capsys: Capture, arguments: tuple[str, ...], told: str
) -> None:
    assert call(capsys, "token", "add", "p", "--agency", "40", "--days", "1").code == 0
    before = hashed(kept_at)
    answer = call(capsys, "token", *arguments)
    assert (answer.code, answer.out, len(answer.err)) == (1, [], 1)
    assert answer.err[0].startswith(told)
    assert hashed(kept_at) == before


@pytest.mark.parametrize(
    "arguments",
    [("add",), ("add", "p", "--days", "1"), ("add", "p", "--agency", "40"), ("list", "p"), ("revoke",)],
    ids=" ".join,
)
def test_a_call_of_a_token_that_is_put_wrongly_is_told(
    kept_at: str, capsys: Capture, arguments: tuple[str, ...]
) -> None:
    del kept_at
    answer = call(capsys, "token", *arguments)
    assert (answer.code, answer.out, len(answer.err)) == (2, [], 1)
    assert answer.err[0].startswith(f"token {arguments[0]}: an argument is missing or one too many; it takes ")


def test_an_export_is_in_the_audit_log(kept_at: str, capsys: Capture) -> None:
    assert call(capsys, "export", "overview", "--to", "board.csv").out == ["Wrote board.csv"]
    store = open_store(kept_at)
    action, detail = audit_rows(store)[-1]
    store.close()
    told = json.loads(detail)
    assert (action, told["what"], told["file"]) == ("export", "overview", "board.csv")
    assert told["sha256"] == sha256(Path("board.csv").read_bytes()).hexdigest()
    assert " cli  export  " in call(capsys, "audit", "list", "--action", "export").out[0]


def test_no_option_takes_a_password() -> None:
    answer = run("person", "--help")
    assert answer.code == 0
    assert {word.strip("[]") for word in " ".join(answer.out).split() if word.strip("[]").startswith("--")} == {
        *("--help", "--role", "--agency", "--display", "--subject"),
    }


# The audit log


def test_the_audit_log_is_verified_and_what_was_noted_is_found_again(kept_at: str, capsys: Capture) -> None:
    answer = call(capsys, "audit", "verify")
    assert (answer.code, answer.err, len(answer.out)) == (0, [], 2)
    assert re.fullmatch(
        rf"The audit log is whole: rows 3, from ({HOUR}) to ({HOUR}) \(Viet Nam time\)", answer.out[0]
    )
    noted = answer.out[1].removeprefix("To be noted elsewhere and compared later: ")
    assert re.fullmatch(r"3:[0-9a-f]{64}", noted)
    Path("in.csv").write_bytes(WRONG)
    assert call(capsys, "ingest", "observations", "in.csv").code == 1
    before = hashed(kept_at), count_of(kept_at, AUDIT)
    again = call(capsys, "audit", "verify", "--noted", noted)
    assert (again.code, again.err) == (0, [])
    assert again.out[0].startswith("The audit log is whole: rows 4, ")
    other = call(capsys, "audit", "verify", "--noted", "3:" + "0" * 64)
    line = "Audit log, row 3: its checksum is not the one that was noted, the log was rewritten"
    assert other == Answer(1, [], [line])
    line = "Audit log, row 5: was cut off, from this row to the end nothing is left"
    assert call(capsys, "audit", "verify", "--noted", "9:" + "0" * 64) == Answer(1, [], [line])
    assert (hashed(kept_at), count_of(kept_at, AUDIT)) == before, "who looks leaves no trace"


def test_the_first_bad_row_of_the_audit_log_is_named(kept_at: str, capsys: Capture, monkeypatch: Patch) -> None:
    store = open_store(kept_at)
    tamper(store, AUDIT, AUDIT.update().where(AUDIT.c.id == 2).values(actor="nobody"))
    store.close()
    for language in LANGUAGES:
        monkeypatch.setenv("LANGUAGE", language)
        line = speaker(language)("finding.audit_altered", row=2)
        assert call(capsys, "audit", "verify") == Answer(1, [], [line])
        assert line in call(capsys, "check").out


def test_the_audit_log_is_listed_by_day_actor_and_action(kept_at: str, capsys: Capture) -> None:
    Path("in\x1b[2J.csv").write_bytes(WRONG)
    assert call(capsys, "ingest", "observations", "in\x1b[2J.csv").code == 1
    whole = call(capsys, "audit", "list")
    assert (whole.code, whole.err, len(whole.out)) == (0, [], 4)
    assert re.fullmatch(rf"1  {HOUR}  product  ingest agencies  {{.*}}", whole.out[0])
    assert whole.out[3].startswith("4  ") and "  cli  ingest observations  {" in whole.out[3]
    assert '"codes":["E_NUMBER"]' in whole.out[3] and "63,5" not in whole.out[3]
    assert whole.out[3].isprintable()
    assert call(capsys, "audit", "list", "--actor", "cli").out == whole.out[3:]
    assert call(capsys, "audit", "list", "--action", "ingest").out == whole.out
    assert call(capsys, "audit", "list", "--action", "ingest agencies", "--since", "2020-01-01").out == whole.out[:1]
    nothing = call(capsys, "audit", "list", "--since", "9999-01-01")
    assert nothing == Answer(0, ["There are no rows in the audit log."], [])
    del kept_at


def test_an_option_of_the_other_step_of_the_audit_log_is_told(kept_at: str, capsys: Capture) -> None:
    del kept_at
    line = "audit verify: an option is too many; it takes --noted"
    assert call(capsys, "audit", "verify", "--actor", "cli") == Answer(2, [], [line])
