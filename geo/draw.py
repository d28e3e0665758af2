"""Draws a file of borders in its own process, `python -m geo.draw FILE OUT`: the geometry library ends with it."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from geo.files import OWN_DRAWING
from settings import ROOT, SettingError

_SECONDS = 120


def drawing_file(borders: Path | None, kept: Path) -> Path:
    """The drawing that maps show: the product's own, or that of a file of borders, made once below `kept`.

    Raises SettingError, which says what is wrong with the file and where, and how to mend it.
    """
    if borders is None:
        return OWN_DRAWING
    try:
        digest = sha256(borders.read_bytes()).hexdigest()
    except OSError as trouble:
        why = f"{borders} cannot be read ({trouble.strerror})"
        raise SettingError(f"BOUNDARIES: {why}; name a file that can.") from None
    drawn = kept / f"{digest[:16]}.json"
    if not drawn.is_file():
        kept.mkdir(parents=True, exist_ok=True)
        _draw_apart(borders, drawn)
    return drawn


def _draw_apart(borders: Path, drawn: Path) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            [sys.executable, "-m", "geo.draw", str(borders.resolve()), str(drawn.resolve())],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        why = f"{borders} was not drawn within {_SECONDS} seconds"
        raise SettingError(f"BOUNDARIES: {why}; thin its borders to about 0.002 degrees.") from None
    if done.returncode != 0:
        told = done.stderr.strip().splitlines()
        raise SettingError(f"BOUNDARIES: {told[-1] if told else 'the borders could not be drawn'}")


def main() -> int:
    """Draw one file; what is wrong with it goes to stderr in one line."""
    from geo.boundaries import BoundaryError, read_boundaries  # noqa: PLC0415 - only this process may load it
    from geo.drawing import drawing_of, written  # noqa: PLC0415 - as above
    from geo.islands import archipelagos  # noqa: PLC0415 - as above

    borders, drawn = map(Path, sys.argv[1:3])
    try:
        content = written(drawing_of(read_boundaries(borders), archipelagos()))
    except BoundaryError as trouble:
        print(trouble, file=sys.stderr)  # noqa: T201 - how this process answers
        return 1
    unfinished = drawn.with_suffix(".part")
    unfinished.write_bytes(content)
    unfinished.replace(drawn)
    return 0


if __name__ == "__main__":
    sys.exit(main())
