"""Draws a file of borders in its own process, which the geometry library ends with.

`python -m geo.draw FILE OUT63 OUT34` draws both editions.
"""

import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from geo.editions import Edition
from geo.files import OWN_DRAWINGS
from settings import ROOT, SettingError

_SECONDS = 120


def drawing_files(borders: Path | None, kept: Path) -> Mapping[Edition, Path]:
    """The drawing that the maps of each edition show: the product's own, or that of a file of borders of the 63, made
    once below `kept`.

    Raises SettingError, which says what is wrong with the file and where, and how to mend it.
    """
    if borders is None:
        return OWN_DRAWINGS
    try:
        digest = sha256(borders.read_bytes()).hexdigest()
    except OSError as trouble:
        why = f"{borders} cannot be read ({trouble.strerror})"
        raise SettingError(f"BOUNDARIES: {why}; name a file that can.") from None
    drawn = {edition: kept / f"{digest[:16]}-{edition}.json" for edition in Edition}
    if not all(path.is_file() for path in drawn.values()):
        kept.mkdir(parents=True, exist_ok=True)
        _draw_apart(borders, drawn)
    return drawn


def _draw_apart(borders: Path, drawn: Mapping[Edition, Path]) -> None:
    places = [str(drawn[edition].resolve()) for edition in Edition]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            [sys.executable, "-m", "geo.draw", str(borders.resolve()), *places],
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
    from geo.drawing import drawings_of  # noqa: PLC0415 - as above
    from geo.islands import archipelagos  # noqa: PLC0415 - as above

    borders, *places = map(Path, sys.argv[1:])
    try:
        drawings = drawings_of(read_boundaries(borders), archipelagos())
    except BoundaryError as trouble:
        print(trouble, file=sys.stderr)  # noqa: T201 - how this process answers
        return 1
    for edition, place in zip(Edition, places, strict=True):
        unfinished = place.with_suffix(".part")
        unfinished.write_bytes(drawings[edition])
        unfinished.replace(place)
    return 0


if __name__ == "__main__":
    sys.exit(main())
