"""Words of the screens and messages in Vietnamese and English, those of the administrative form in Vietnamese, and
how numbers and dates are written."""

import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

LANGUAGES = ("vi", "en")
#: A number with the words that follow it: "{n:report|reports}"; "{n:|report|reports}" is the words alone, where the
#: number stands elsewhere.
_COUNTED = re.compile(r"\{(\w+):(\|?)([^|{}]*)\|([^|{}]*)\}")


class Say:
    """Speaks one language: `say("status.behind")`, `say("gap.behind", gap="7,3")`.

    What is counted agrees with its number: of `{n:report|reports}` 1 makes "1 report", any other number "9 reports".
    An unknown key is a KeyError: a missing word must fail a test, not show a key to a minister.
    """

    def __init__(self, language: str, words: dict[str, str]) -> None:
        self.language = language
        self._words = words
        self._counted = {key for key, phrase in words.items() if _COUNTED.search(phrase)}

    def __call__(self, key: str, /, **values: object) -> str:
        phrase = self.phrase(key, lambda name: str(values[name]))
        return phrase.format(**values) if values else phrase

    def phrase(self, key: str, written: Callable[[str], str]) -> str:
        """The phrase with its places still to be filled, and words that agree with their numbers; `written` gives the
        number of a place as it is written, such as "1", "+1" or "1.204". KeyError of an unknown key."""
        phrase = self._words[key]
        if key not in self._counted:
            return phrase

        def agreeing(found: re.Match[str]) -> str:
            name, alone, one, more = found.groups()
            words = one if written(name).lstrip("+\u2212") == "1" else more
            return words if alone else f"{{{name}}} {words}"

        return _COUNTED.sub(agreeing, phrase)

    def knows(self, key: str) -> bool:
        """Whether this language has a phrase of that name."""
        return key in self._words

    @property
    def words(self) -> dict[str, str]:
        """Every key with its phrase, for the tests that compare languages."""
        return dict(self._words)


@cache
def speaker(language: str) -> Say:
    """The speaker of `vi` or `en`; raises KeyError for any other language."""
    if language not in LANGUAGES:
        raise KeyError(f"no language {language!r}; there are {', '.join(LANGUAGES)}")
    with (Path(__file__).parent / f"{language}.toml").open("rb") as file:
        return Say(language, dict(_flat(tomllib.load(file), "")))


@cache
def official() -> Say:
    """The words of the administrative form, in Vietnamese; what it has no word of its own for it takes from there."""
    with (Path(__file__).parent / "official.toml").open("rb") as file:
        return Say("vi", speaker("vi").words | dict(_flat(tomllib.load(file), "official.")))


def _flat(table: dict[str, object], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in table.items():
        if isinstance(value, dict):
            found += _flat(value, f"{prefix}{name}.")
        else:
            found.append((f"{prefix}{name}", str(value)))
    return found
