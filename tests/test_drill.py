"""The restore drill of docs/operations.md: a store is lost, and yesterday's backup takes its place."""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine.url import make_url

import cli
from app import create_app
from data.clock import minute_of
from data.store import Store, open_store
from i18n import speaker
from settings import Settings
from tests.browser import question
from tests.deliveries import deliver, figure, written
from tests.engines import Server, dump_hash

SAY = speaker("en")
#: Of a figure as the panel of provenance shows it.
ASK = "?lang=en&indicator=DVC01&figure=DVC01/01/2019-12"


@pytest.fixture
def lost(store: Store, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where there is no store: a file that is not there, an empty database."""
    if store.embedded:
        yield f"sqlite:///{tmp_path / 'new' / 'centre.db'}"
        return
    server: Server = request.getfixturevalue("postgresql")
    name = server.fresh()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Any:
    """The command line on the store at an address: exit code and what is told, whether it went right or wrong."""

    def call(url: str, *arguments: str) -> tuple[int, str]:
        for name, value in {"DATABASE_URL": url, "LANGUAGE": "en", "DEMO": "off", "TODAY": "2020-02-14"}.items():
            monkeypatch.setenv(name, value)
        code = cli.main(arguments)
        told = capfd.readouterr()
        return code, (told.out + told.err).strip()

    return call


def seen(url: str) -> tuple[Any, Any, str]:
    """Number and moment of the newest delivery as an open page is told them, and what is said of the figure."""
    settings = Settings.from_env({"DATABASE_URL": url, "DEMO": "off", "TODAY": "2020-02-14"})
    server = create_app(settings).server
    client = server.test_client()
    beat = client.get("/heartbeat").json
    answer = client.post("/_dash-update-component", json=question("/", ASK))
    trees = json.loads(answer.json["response"]["screen"]["answer"])["trees"]
    server.extensions["store"].close()
    return beat["data"], beat["delivered"], json.dumps(trees["panel"], ensure_ascii=False)


def test_yesterdays_backup_shows_what_was_known_then_and_its_log_is_whole(
    store: Store, lost: str, calls: Any, tmp_path: Path
) -> None:
    deliver(store, tmp_path, written(figure("10.7")))
    yesterday = seen(store.url)
    before = dump_hash(store)
    kept = tmp_path / "kept.backup"
    code, told = calls(store.url, "backup", str(kept))
    assert code == 0
    assert re.fullmatch(re.escape(SAY("cli.backed_up", file=str(kept), size="#")).replace("\\#", r"\d+\.\d"), told)
    assert kept.stat().st_mode & 0o777 == 0o600
    assert dump_hash(store) == before

    deliver(store, tmp_path, written(figure("11.9", published="2020-02-10", reason="corrected")))
    code, told = calls(store.url, "audit", "verify")
    noted = told.rpartition(" ")[2]
    assert seen(store.url)[0] != yesterday[0]
    store.close()

    code, told = calls(lost, "restore", str(kept))
    assert code == 0
    lines = told.splitlines()
    assert len(lines) == 3
    at = minute_of(datetime.fromisoformat(yesterday[1]))
    assert lines[0] == SAY("cli.restored", number=yesterday[0], at=at)
    assert seen(lost) == yesterday
    assert "10.7" in yesterday[2]
    assert "11.9" not in yesterday[2]
    with closing(open_store(lost)) as restored:
        assert dump_hash(restored) == before
        # What was delivered since is told from the row that was noted elsewhere.
        code, told = calls(lost, "audit", "verify", "--noted", noted)
        assert code == 1
        code, told = calls(lost, "audit", "verify")
        assert code == 0
        # It is a store like any other: the same file is delivered again.
        deliver(restored, tmp_path, written(figure("11.9", published="2020-02-10", reason="corrected")))
    assert seen(lost)[0] > yesterday[0]
    assert "11.9" in seen(lost)[2]
    assert calls(lost, "audit", "verify")[0] == 0
    assert calls(lost, "check")[0] == 0


def test_a_backup_is_of_one_moment_while_somebody_delivers(
    store: Store, lost: str, calls: Any, tmp_path: Path
) -> None:
    deliver(store, tmp_path, written(figure()))
    before = dump_hash(store)
    with store.writing() as connection:
        connection.execute(sa.text("DELETE FROM current"))
        assert calls(store.url, "backup", str(tmp_path / "kept"))[0] == 0
    assert dump_hash(store) != before
    assert calls(lost, "restore", str(tmp_path / "kept"))[0] == 0
    with closing(open_store(lost)) as restored:
        assert dump_hash(restored) == before


def test_nothing_takes_the_place_of_what_is_there(store: Store, calls: Any, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    assert calls(store.url, "backup", str(kept))[0] == 0
    before, content = dump_hash(store), kept.read_bytes()
    assert calls(store.url, "backup", str(kept)) == (1, SAY("store.backup_there", file=str(kept)))
    assert calls(store.url, "restore", str(kept)) == (1, SAY("store.store_there"))
    assert (dump_hash(store), kept.read_bytes()) == (before, content)


@pytest.mark.parametrize("content", [b"", b"SQLite", b"PGDM", b"a,b\n1,2\n"])
def test_what_is_no_backup_is_not_restored(lost: str, calls: Any, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "kept"
    file.write_bytes(content)
    assert calls(lost, "restore", str(file)) == (1, SAY("store.no_backup", file=str(file)))
    code, told = calls(lost, "restore", str(tmp_path / "nothing"))
    assert (code, "nothing" in told) == (1, True)


def test_a_backup_that_was_cut_off_leaves_nothing(store: Store, lost: str, calls: Any, tmp_path: Path) -> None:
    kept, cut = tmp_path / "kept", tmp_path / "cut"
    deliver(store, tmp_path, written(figure()))
    assert calls(store.url, "backup", str(kept))[0] == 0
    cut.write_bytes(kept.read_bytes()[: kept.stat().st_size // 2])
    code, told = calls(lost, "restore", str(cut))
    assert code == 1
    assert told.startswith(SAY("store.not_restored", why=""))
    if store.embedded:
        assert list((tmp_path / "new").iterdir()) == []
    assert calls(lost, "restore", str(kept))[0] == 0


def test_a_password_in_the_address_is_no_argument(
    store: Store, calls: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if store.embedded:
        pytest.skip("a file has no password")
    given = make_url(store.url).set(password="hidden").render_as_string(hide_password=False)
    program = tmp_path / "pg_dump"
    program.write_text(
        '#!/bin/sh\necho "$@" > "$(dirname "$0")/asked"\necho "$PGPASSWORD" >> "$(dirname "$0")/asked"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    calls(given, "backup", str(tmp_path / "kept"))
    asked = (tmp_path / "asked").read_text().splitlines()
    assert "hidden" not in asked[0]
    assert asked[1] == "hidden"


def test_without_the_programs_of_postgresql_it_says_so(
    store: Store, calls: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if store.embedded:
        pytest.skip("a file needs none")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert calls(store.url, "backup", str(tmp_path / "kept")) == (1, SAY("store.no_program", program="pg_dump"))
    assert not list(tmp_path.glob("kept*"))
