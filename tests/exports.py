"""What the command line writes of a board that has a register of its own."""

import json
from pathlib import Path
from typing import Any

import pytest

import cli
from tests.browser import environment

#: The tables of a file by name, each as its rows by column.
Tables = dict[str, list[dict[str, Any]]]


def exported(
    board: str, url: str, to: Path, at: str, monkeypatch: pytest.MonkeyPatch, language: str = "vi", *more: str
) -> Tables:
    """Write the board as known on a day to a file; its tables where the file is JSON, else none."""
    for name, value in environment(url).items():
        monkeypatch.setenv(name, value)
    for name in ("HOST", "PORT", "TODAY", "DEMO", "LANGUAGE", "AUTH", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    assert cli.main(["export", board, "--to", str(to), "--at", at, "--lang", language, *more]) == 0
    found: Tables = json.loads(to.read_bytes()) if to.suffix == ".json" else {}
    return found
