"""XLSX: the archive is looked through first, then its cells are read by a process with limits of its own."""

import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO, Any

from data.grid import Grid
from data.refusal import Problem, Refusal, refuse
from data.sources.area import Area
from data.sources.text import is_suspect, normal, refuse_cells, refuse_classified
from settings import ROOT

MOST_INFLATED = 50_000_000
MOST_COLUMNS = 1_000
MOST_CELLS = 5_000_000

_MOST_MEMBERS = 200
_MOST_RATIO = 100
_RATIO_FROM = 1_000_000
_LARGEST_DIRECTORY = 256 * 1024
_WALL_SECONDS = 20
_CHUNK = 256 * 1024


def read_workbook(raw: bytes, file: str, sheet: str | None, area: Area | None, most_rows: int) -> Grid:
    """The cells of one sheet (the first where `sheet` is None) as text, every row as wide as the widest.

    `area` is first column, first row, last column, last row, counted from 1. Rows after the last one that has a
    cell are left out. Raises E_ZIP, E_ZIP_PATH, E_ZIP_RATIO, E_CONTENT_TYPE, E_XML, E_CLASSIFIED, E_HEADER
    (no such sheet), E_TOO_MANY_ROWS, E_COLUMNS, E_LEGACY_FONT, E_CONTROL_CHAR, E_TOO_LONG.
    """
    _look_through(raw, file)
    asked = {"sheet": sheet, "area": area, "rows": most_rows + 1, "columns": MOST_COLUMNS}
    with tempfile.TemporaryFile() as answer:
        _run_child(raw, asked, answer, file)
        answer.seek(0)
        return _grid(answer, file, area)


def _look_through(raw: bytes, file: str) -> None:
    """Raise unless the archive is a plain workbook of bearable size without classified or active parts."""
    _refuse_directory(raw, file)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            _refuse_members(members, file)
            _refuse_kind([member.filename.casefold() for member in members], file)
            inflated = 0
            for member in members:
                inflated += _inflated(archive, member, MOST_INFLATED - inflated, file)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise refuse(file, "E_ZIP", "broken") from None


def _refuse_directory(raw: bytes, file: str) -> None:
    """A directory of a million names is refused before the zipfile module makes objects of it."""
    at = raw.rfind(b"PK\x05\x06", -65_557 if len(raw) > 65_557 else 0)
    if at < 0 or len(raw) < at + 22:
        raise refuse(file, "E_ZIP", "broken")
    size = int.from_bytes(raw[at + 12 : at + 16], "little")
    if size > _LARGEST_DIRECTORY or raw[max(at - 20, 0) : at].startswith(b"PK\x06\x07"):
        raise refuse(file, "E_ZIP", "members", most=str(_MOST_MEMBERS))


def _refuse_members(members: list[zipfile.ZipInfo], file: str) -> None:
    if len(members) > _MOST_MEMBERS:
        raise refuse(file, "E_ZIP", "members", most=str(_MOST_MEMBERS))
    seen: set[str] = set()
    for member in members:
        name = member.orig_filename
        plain = name.replace("\\", "/")
        if plain.startswith("/") or ".." in PurePosixPath(plain).parts or ":" in plain or "\0" in plain:
            raise refuse(file, "E_ZIP_PATH", "outside", value=name)
        if plain.casefold() in seen:
            raise refuse(file, "E_ZIP", "twice", value=name)
        seen.add(plain.casefold())
        if member.flag_bits & 0x1:
            raise refuse(file, "E_ZIP", "encrypted")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refuse(file, "E_ZIP", "broken")
        if member.file_size > max(_RATIO_FROM, _MOST_RATIO * member.compress_size):
            raise refuse(file, "E_ZIP_RATIO", "ratio", most=str(_MOST_RATIO))
    inflated = sum(member.file_size for member in members)
    if inflated > MOST_INFLATED:
        raise refuse(file, "E_ZIP_RATIO", "size", most=str(MOST_INFLATED // 1_000_000))
    if inflated > _MOST_RATIO * max(1, sum(member.compress_size for member in members)):
        raise refuse(file, "E_ZIP_RATIO", "ratio", most=str(_MOST_RATIO))


def _refuse_kind(names: list[str], file: str) -> None:
    if "xl/workbook.xml" not in names:
        raise refuse(file, "E_CONTENT_TYPE", "not_workbook")
    if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names):
        raise refuse(file, "E_CONTENT_TYPE", "macros")
    if any(name.startswith("xl/externallinks/") for name in names):
        raise refuse(file, "E_CONTENT_TYPE", "external_links")


def _inflated(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int, file: str) -> int:
    """The true size of a member, counted while it is read: what the directory says of it may be untrue."""
    size = 0
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > most:
                raise refuse(file, "E_ZIP_RATIO", "size", most=str(MOST_INFLATED // 1_000_000))
    return size


def _run_child(raw: bytes, asked: dict[str, Any], answer: IO[bytes], file: str) -> None:
    with tempfile.TemporaryFile() as book:
        book.write(raw)
        book.seek(0)
        try:
            subprocess.run(  # noqa: S603 - our own module, no shell; the arguments are JSON
                [sys.executable, "-m", "data.sources.workbook_child", json.dumps(asked)],
                stdin=book,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                env={"PATH": os.defpath, "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "OPENPYXL_LXML": "False"},
                timeout=_WALL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise refuse(file, "E_ZIP_RATIO", "too_heavy") from None


def _grid(answer: IO[bytes], file: str, area: Area | None) -> Grid:
    found: dict[int, list[str]] = {}
    marks: tuple[set[tuple[int, int]], set[tuple[int, int]]] = (set(), set())
    top = area[1] if area else 1
    kept: dict[str, str] = {}
    ended = False
    for line in answer:
        told = json.loads(line) if line.endswith(b"\n") else {}
        if isinstance(told, dict):
            if "refused" in told:
                code, rule, row, hints = told["refused"]
                raise Refusal([Problem(file, code, rule, line=row, hints=tuple(hints.items()))])
            ended = "end" in told
            break
        number, cells, *indexes = told
        found[number] = [kept.setdefault(text, text) for text in map(normal, cells)]
        for places, columns in zip(marks, indexes, strict=True):
            places.update((number - top, column) for column in columns)
    if not ended:
        raise refuse(file, "E_ZIP_RATIO", "too_heavy")
    width = area[2] - area[0] + 1 if area else max(map(len, found.values()), default=0)
    lines = list(range(top, max(found, default=top - 1) + 1))
    if width * len(lines) > MOST_CELLS:
        raise refuse(file, "E_TOO_MANY_ROWS", "cells", most=str(MOST_CELLS))
    rows = [_padded(found.pop(number, []), width) for number in lines]
    _refuse_texts(file, rows, lines)
    return Grid(file, rows, lines, frozenset(marks[0]), frozenset(marks[1]))


def _padded(row: list[str], width: int) -> list[str]:
    return row + [""] * (width - len(row))


def _refuse_texts(file: str, rows: list[list[str]], lines: list[int]) -> None:
    if rows:
        refuse_classified(
            file, ((n, cell) for n, row in zip(lines, rows, strict=True) for cell in row), rows[0], lines[0]
        )
    refuse_cells(file, rows, lines, any(is_suspect("\n".join(row)) for row in rows))
