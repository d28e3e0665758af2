"""A table of a TOML file, read key by key; whatever is missing, unknown or of another type is refused."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches

from data.refusal import Refusal, refuse
from data.sources.text import is_marked

_TEXT = '"…"'


def holds_mark(found: object) -> bool:
    """Whether a text in what was read of a TOML file, or a key of it, is a mark of classification."""
    if isinstance(found, dict):
        return any(map(holds_mark, (*found, *found.values())))
    if isinstance(found, list):
        return any(map(holds_mark, found))
    return isinstance(found, str) and is_marked(found)


class Section:
    """The keys of one table of a file. `name` is its dotted name, empty for the file itself."""

    def __init__(self, file: str, name: str, keys: Mapping[str, object]) -> None:
        self.file = file
        self.name = name
        self.keys = keys

    def wrong(self, key: str, expected: str) -> Refusal:
        """The refusal of a key, to be raised; `expected` is told in the notation of the file."""
        full = f"{self.name}.{key}" if self.name else key
        return refuse(self.file, "E_HEADER", "mapping_key", key=full, expected=expected)

    def only(self, *allowed: str) -> None:
        """Refuse the first key that is not one of these."""
        for key in self.keys:
            if key not in allowed:
                likely = get_close_matches(key, allowed, n=1) or allowed
                raise self.wrong(key, " | ".join(likely))

    def text(self, key: str, default: str | None = None) -> str:
        """A text that says something; `default` where the key is absent, refused where there is none."""
        found = self.keys.get(key, default)
        if not isinstance(found, str) or (key in self.keys and not found.strip()):
            raise self.wrong(key, _TEXT)
        return found

    def choice(self, key: str, choices: Sequence[str], default: str | None = None) -> str:
        """One of the texts listed."""
        found = self.keys.get(key, default)
        if not isinstance(found, str) or (key in self.keys and found not in choices):
            raise self.wrong(key, " | ".join(f'"{choice}"' for choice in choices))
        return found

    def texts(self, key: str, default: Sequence[str]) -> tuple[str, ...]:
        """A list of texts, empty ones included."""
        found = self.keys.get(key, list(default))
        if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
            raise self.wrong(key, f"[{_TEXT}, {_TEXT}]")
        return tuple(found)

    def listed(self, key: str) -> list[object]:
        """A list of anything; an empty one where the key is absent."""
        found = self.keys.get(key, [])
        if not isinstance(found, list):
            raise self.wrong(key, "[…]")
        return found

    def whole(self, key: str) -> int:
        """A whole number, 0 or more."""
        found = self.keys.get(key)
        if not isinstance(found, int) or isinstance(found, bool) or found < 0:
            raise self.wrong(key, "0 | 1 | 2 …")
        return found

    def day(self, key: str) -> str:
        """A day, written as a date or as a text, in the form YYYY-MM-DD; empty where the key is absent."""
        found = self.keys.get(key, "")
        if isinstance(found, date) and not isinstance(found, datetime):
            return found.isoformat()
        if not isinstance(found, str):
            raise self.wrong(key, '"2020-02-12"')
        return found

    def section(self, key: str, *, required: bool = True) -> "Section":
        """A table inside this one; an empty one where it is absent and not required."""
        found = self.keys.get(key, None if required else {})
        if not isinstance(found, dict):
            raise self.wrong(key, "{…}")
        return Section(self.file, self._inside(key), found)

    def sections(self, key: str) -> tuple["Section", ...]:
        """The tables of a list, one or more; named by their number from 1."""
        found = self.keys.get(key)
        if not isinstance(found, list) or not found or not all(isinstance(table, dict) for table in found):
            raise self.wrong(key, f"[[{key}]]")
        return tuple(
            Section(self.file, f"{self._inside(key)}.{number}", table) for number, table in enumerate(found, 1)
        )

    def _inside(self, key: str) -> str:
        return f"{self.name}.{key}" if self.name else key
