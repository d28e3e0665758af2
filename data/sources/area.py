"""Parts of a sheet by their letters and numbers: V2:W64, counted as a spreadsheet does."""

import re

#: First column, first row, last column, last row, counted from 1.
Area = tuple[int, int, int, int]

_AREA = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})")


def read_area(text: str) -> Area | None:
    """`V2:W64` is (22, 2, 23, 64); None for anything else, an area turned round included."""
    found = _AREA.fullmatch(text)
    if not found:
        return None
    area = (position_of(found[1]), int(found[2]), position_of(found[3]), int(found[4]))
    return area if area[0] <= area[2] and area[1] <= area[3] else None


def position_of(letters: str) -> int:
    """`A` is 1, `W` is 23, `AA` is 27."""
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position


def letters_of(position: int) -> str:
    """The letters over a column of a sheet; the opposite of position_of."""
    letters = ""
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
