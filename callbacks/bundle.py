"""The files of the page, gathered once: one script, one style sheet, fonts, shapes and borders, compressed at build.

They lie in a folder named after their content, so that a browser may keep each for ever; a changed byte is another
address. `prepare` makes the folder before the server starts; making it again finds it there.
"""

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import dash
from dash import _dash_renderer
from whitenoise.compress import Compressor

from geo.editions import Edition
from geo.files import OWN_DRAWINGS
from settings import ROOT

ASSETS = ROOT / "assets"
PREFIX = "/static/"
#: Dash looks for its renderer by name in the document it is about to serve.
SCRIPT, STYLE = "dash-renderer-and-centre.js", "centre.css"
#: What the wall has besides; no other page fetches it.
WALL_SCRIPT, WALL_STYLE = "wall.js", "wall.css"
#: What a page that is refused to a screen needs of the script; every other page has it within that.
ENROLMENT = "enrol.js"
#: The borders of each edition, whoever drew them.
BORDERS = {edition: f"geo/map{edition}.json" for edition in Edition}
#: In this order; the others follow in order of name, and what holds on paper has the last word.
_STYLES = ("tokens.css", "fonts.css", "base.css", "parts.css")
_PAPER = "print.css"
_COPIED = ("fonts/*.woff2", "glyphs/*.svg", "vendor/*.js", ENROLMENT)
#: Of what the renderer depends on, all but what only browsers without ES2015 need.
_NEEDED = ("react@", "react-dom@", "prop-types@")


@dataclass(frozen=True)
class Bundle:
    """Where the files lie, and the address under which they are served."""

    folder: Path
    root: str


def prepare(kept: Path, drawings: Mapping[Edition, Path] = OWN_DRAWINGS) -> Bundle:
    """The files of the page below `kept`, made where they are not there yet; `drawings` hold the borders."""
    files = dict(_files(drawings))
    digest = sha256()
    for name in sorted(files):
        digest.update(name.encode("utf-8") + b"\0" + sha256(files[name]).digest())
    fingerprint = digest.hexdigest()[:16]
    folder = kept / fingerprint
    if not folder.is_dir():
        _write(files, folder)
    return Bundle(folder, f"{PREFIX}{fingerprint}/")


def _files(drawings: Mapping[Edition, Path]) -> Iterator[tuple[str, bytes]]:
    yield SCRIPT, b";\n".join(path.read_bytes() for path in _scripts())
    yield STYLE, _with_shapes(b"\n".join(path.read_bytes() for path in _styles()))
    yield WALL_SCRIPT, b";\n".join(path.read_bytes() for path in _walls("js"))
    yield WALL_STYLE, _with_shapes(b"\n".join(path.read_bytes() for path in _walls("css")))
    for pattern in _COPIED:
        for path in sorted(ASSETS.glob(pattern)):
            yield path.relative_to(ASSETS).as_posix(), path.read_bytes()
    for edition, name in BORDERS.items():
        yield name, drawings[edition].read_bytes()


def _scripts() -> list[Path]:
    """React, the renderer of Dash, then ours: each needs those before it."""
    folder = Path(dash.__file__).parent
    theirs = _dash_renderer._js_dist_dependencies[0]["relative_package_path"]["prod"]
    needed = [name for name in theirs if name.removeprefix("deps/").startswith(_NEEDED)]
    renderer = _dash_renderer._js_dist[0]["relative_package_path"]
    ours = sorted(ASSETS.glob("*.js"), key=lambda path: (path.name != "screen.js", path.name))
    return [*(folder / name for name in (*needed, renderer)), *ours]


def _styles() -> list[Path]:
    every = sorted(ASSETS.glob("*.css"))
    place = {name: at for at, name in enumerate(_STYLES)} | {_PAPER: len(_STYLES) + 1}
    return sorted(every, key=lambda path: place.get(path.name, len(_STYLES)))


def _walls(form: str) -> list[Path]:
    """The frame of the wall first, then its scenes."""
    return sorted(ASSETS.glob(f"wall/*.{form}"), key=lambda path: (path.stem != "wall", path.name))


def _with_shapes(style: bytes) -> bytes:
    """The sheet with its shapes in it: some twenty requests fewer, and none of them is seen to come late."""

    def inlined(found: re.Match[bytes]) -> bytes:
        shape = (ASSETS / found[1].decode("ascii")).read_text("utf-8").strip()
        return (
            b'url("data:image/svg+xml,' + quote(shape, safe=" =:/'(),.-").replace("'", "%27").encode("ascii") + b'")'
        )

    return re.sub(rb"url\((glyphs/[a-z-]+\.svg)\)", inlined, style)


def _write(files: dict[str, bytes], folder: Path) -> None:
    """Write and compress the files beside their place, then move them there at once: two starts may do the same."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix="making-", dir=folder.parent))
    try:
        compressor = Compressor(quiet=True)
        for name, content in files.items():
            path = making / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            if compressor.should_compress(name):
                for _ in compressor.compress(str(path)):
                    pass
        making.chmod(0o755)
        try:
            making.rename(folder)
        except OSError:
            if not folder.is_dir():
                raise
    finally:
        shutil.rmtree(making, ignore_errors=True)
