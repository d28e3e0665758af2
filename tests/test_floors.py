"""Imports point down only, and three walls hold; the house of docs/adr/0001."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

FLOORS = (
    ("app", "cli"),
    ("callbacks",),
    ("layouts",),
    ("figures",),
    ("metrics",),
    ("geo",),
    ("access",),
    ("data",),
    ("i18n",),
    ("settings",),
)
HEIGHT = {room: -level for level, rooms in enumerate(FLOORS) for room in rooms}
WALLS = {
    "metrics": {"sqlalchemy", "dash", "dash_bootstrap_components", "plotly"},
    "figures": {"sqlalchemy", "dash", "dash_bootstrap_components"},
    "layouts": {"data", "sqlalchemy"},
}


def faults(room: str, source: str) -> Iterator[str]:
    """Every import of a module in `room` that points up, sideways to the other top, or through a wall."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""] if node.level == 0 else ["." * node.level]
        else:
            continue
        for name in names:
            top = name.split(".")[0]
            if not top:
                yield f"{name}: a relative import hides its floor"
            elif top in HEIGHT and top != room and HEIGHT[top] >= HEIGHT[room]:
                yield f"{room} imports {name}, which is not below it"
            elif top in WALLS.get(room, set()):
                yield f"{room} imports {name} through a wall"


def modules() -> list[tuple[str, Path]]:
    files = [(room, ROOT / f"{room}.py") for room in HEIGHT if (ROOT / f"{room}.py").exists()]
    return files + [(room, path) for room in HEIGHT for path in sorted((ROOT / room).rglob("*.py"))]


@pytest.mark.parametrize(("room", "path"), modules(), ids=lambda part: str(part).removeprefix(f"{ROOT}/"))
def test_imports_point_down(room: str, path: Path) -> None:
    assert list(faults(room, path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("data", "from metrics import status"),
        ("metrics", "import sqlalchemy as sa"),
        ("figures", "from dash import html"),
        ("layouts", "from data.queries import observations"),
        ("data", "from . import store"),
        ("app", "import cli"),
    ],
)
def test_a_planted_import_is_seen(room: str, source: str) -> None:
    assert list(faults(room, source))


def test_every_room_is_a_floor() -> None:
    rooms = {path.parent.name for path in ROOT.glob("*/*.py")} | {path.stem for path in ROOT.glob("*.py")}
    assert rooms - set(HEIGHT) <= {"tests"}


def test_no_page_needs_what_reads_files_or_migrates_a_store() -> None:
    heavy = {"pandas", "numpy", "pyarrow", "openpyxl", "docx", "alembic"}
    told = f"import sys, app, callbacks.forms; print(*{heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "", "a worker would hold up to 60 MB more"
