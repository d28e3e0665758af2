"""The label of classification: on every file and every screen, and by one rule."""

import csv
import io
import json
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from flask.testing import FlaskClient
from openpyxl import load_workbook

import cli
import settings as product
from access.viewer import ANYBODY
from app import create_app
from callbacks.export_calls import BOARDS
from callbacks.lists import draft_list
from callbacks.router import answer
from data.clock import machine_today
from data.delivery import Delivery
from data.embargo import waiting
from data.scope import EVERYTHING, Scope
from data.store import Store, open_store
from i18n import LANGUAGES, Say, speaker
from settings import Settings
from tests.deliveries import deliver, figure, written
from tests.engines import audit_rows

#: Files of the demonstration, and whether they are public.
TABLES = {
    "/ranking/map": True,
    "/ranking/positions": True,
    "/ranking/table": True,
    "/tiles": True,
    "/nation": True,
    "/laggards": False,
    "/changes": False,
    "/indicator/DVC01/course": True,
    "/indicator/DVC01/senders": False,
    "/province/40/hero": False,
    "/usage/tiles": True,
    "/usage/unused": False,
    "/usage/40/tiles": False,
    "/directives/register": False,
    "/reports/counts": False,
    "/systems/register": False,
    "/compare/sheet": False,
    "/audit/entries": False,
}
SCREENS = {"/": False, "/ranking": True, "/indicator/DVC01": False, "/province/40": False, "/reports": False}


@pytest.fixture(scope="module")
def store(demonstration_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    file = tmp_path_factory.mktemp("labels") / "centre.db"
    shutil.copyfile(demonstration_url.removeprefix("sqlite:///"), file)
    opened = open_store(f"sqlite:///{file}")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def settings(store: Store) -> Settings:
    return Settings.from_env({"DATABASE_URL": store.url, "DEMO": "on"})


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[FlaskClient]:
    with create_app(settings).server.test_client() as opened:
        yield opened


def words(say: Say, *, public: bool) -> str:
    return say("classification.public" if public else "classification.internal")


def query(name: str, language: str) -> str:
    return f"?lang={language}" + ("&pin=01&pin=79" if name.startswith("/compare") else "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TABLES)
def test_a_table_bears_its_label(client: FlaskClient, name: str, language: str) -> None:
    say, found = speaker(language), client.get(f"/table{name}.csv{query(name, language)}")
    assert found.status_code == 200, name
    label = words(say, public=TABLES[name])
    rows = list(csv.DictReader(io.StringIO(found.data.decode("utf-8-sig"), newline="")))
    assert rows and {row[say("column.classification")] for row in rows} == {label}
    book = client.get(f"/table{name}.xlsx{query(name, language)}").data
    assert labels_of(book) == {label}
    assert (say("column.classification"), label) in notes_of(book)


@pytest.mark.parametrize("path", SCREENS)
def test_a_screen_and_its_workbook_bear_the_higher(
    client: FlaskClient, store: Store, settings: Settings, path: str
) -> None:
    for language in LANGUAGES:
        say = speaker(language)
        label = words(say, public=SCREENS[path])
        book = client.get(f"/table{path.rstrip('/')}/board.xlsx?lang={language}").data
        assert labels_of(book) == {label}
        assert ("classification", label) in notes_of(book)
        asked = {"path": path, "search": f"?lang={language}", "number": 1, "shown": {}}
        sent = json.loads(answer(asked, store, settings, ANYBODY))["trees"]["label"]
        mark = "public" if SCREENS[path] else "internal"
        assert sent == ["span", {"data-classification": mark}, say("classification.line", label=label)]


def test_the_minutes_of_a_wall_are_internal(client: FlaskClient) -> None:
    assert labels_of(client.get("/table/wall/board.xlsx").data) == {"Nội bộ"}


@pytest.mark.parametrize("what", BOARDS)
def test_a_board_of_the_command_line_bears_its_label(
    store: Store, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for known in product.KNOWN:
        monkeypatch.delenv(known.name, raising=False)
    monkeypatch.setenv("DATABASE_URL", store.url)
    monkeypatch.chdir(tmp_path)
    more = {"province": ["--province", "40"], "compare": ["--pin", "01", "--pin", "79"]}.get(what, [])
    label = "Public" if what == "ranking" else "Internal"
    for form in ("csv", "json", "xlsx"):
        assert cli.main(["export", what, "--to", f"x.{form}", "--lang", "en", *more]) == 0
    assert json.loads(Path("x.json").read_text("utf-8"))["classification"] == label
    rows = list(csv.DictReader(io.StringIO(Path("x.csv").read_text("utf-8-sig"), newline="")))
    head = Path("x.csv").read_text("utf-8-sig").splitlines()[0]
    assert {row["classification"] for row in rows} == {label} if rows else head.endswith(f",classification: {label}")
    assert labels_of(Path("x.xlsx").read_bytes()) == {label}


def test_the_theme_of_the_economy_is_public(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", store.url)
    monkeypatch.chdir(tmp_path)
    assert cli.main(["export", "overview", "--theme", "economy", "--to", "x.json", "--lang", "vi"]) == 0
    assert json.loads(Path("x.json").read_text("utf-8"))["classification"] == "Công khai"


def test_where_figures_are_under_embargo_who_sees_them_takes_nothing_public(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    shutil.copyfile(migrated_sqlite, tmp_path / "centre.db")
    opened = open_store(f"sqlite:///{tmp_path / 'centre.db'}")
    given = Settings.from_env({"DATABASE_URL": opened.url, "DEMO": "off", "TODAY": "2020-02-14"})
    deliver(opened, tmp_path, written(figure("10", agency_code="79")))
    with create_app(given).server.test_client() as client:
        before = labels_of(client.get("/table/ranking/positions.xlsx?indicator=DVC01").data)
        deliver(opened, tmp_path, written(figure("77.7", embargo_until="2999-03-01T10:00")))
        after = labels_of(client.get("/table/ranking/positions.xlsx?indicator=DVC01").data)
    assert (before, after) == ({"Công khai"}, {"Nội bộ"})
    with opened.reading() as snapshot:
        assert waiting(snapshot, EVERYTHING) and not waiting(snapshot, Scope(embargoed=False))
    opened.close()


def test_a_list_bears_its_label_on_every_page(store: Store, client: FlaskClient) -> None:
    day = machine_today()
    number = draft_list(store, Delivery(day, day, demo=True), "Nguyễn Văn An", day)
    document: Any = Document(io.BytesIO(client.get(f"/dossier/{number}.docx").data))
    for section in document.sections:
        assert section.footer.paragraphs[0].text.startswith("Phân loại: Nội bộ. ")


def test_a_file_of_the_audit_log_is_noted_in_it(store: Store, client: FlaskClient) -> None:
    content = client.get("/table/audit/entries.csv?lang=vi&action=ingest").data
    assert client.application.extensions["export_notes"].written(30)
    notes = [json.loads(detail) for action, detail in audit_rows(store) if action == "export"]
    of_log = [note for note in notes if note["what"].startswith("/table/audit/entries.csv")]
    assert of_log[-1]["sha256"] == sha256(content).hexdigest()


def labels_of(book: bytes) -> set[str]:
    """What is printed at the head and foot of the pages of a workbook."""
    pages = load_workbook(io.BytesIO(book)).worksheets
    edges: list[Any] = [edge for page in pages for edge in (page.oddHeader, page.oddFooter)]
    return {edge.right.text for edge in edges}


def notes_of(book: bytes) -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(book))["about"].iter_rows(values_only=True))
