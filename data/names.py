"""The many spellings of an agency -> one. Exact after folding, never by likeness."""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path

from data.facts import Agency

_ALIASES = Path(__file__).parent / "reference" / "agency_aliases.csv"

#: Characters of a text that are compared for a hint; the longest official name has fewer.
_HINT_LENGTH = 80

#: Stripped with its accents, so that Tịnh Biên keeps its first word.
_PREFIX = re.compile(r"^(?:tỉnh|tinh|thành phố|thanh pho|tp) (?=.)")
#: Dots, and the dashes of Unicode that stand in tables, the minus sign among them.
_PARTING = re.compile(r"[.\u2212\-\u058a\u05be\u1400\u1806\u2010-\u2015\u2e3a\u2e3b\u301c\u3030\ufe58\ufe63\uff0d]")
_ACCENTS = re.compile(r"[\u0300-\u036f]")
#: đ has no decomposition; the eth of Latin-1 and the African đ look like it and stand in real tables.
_D = str.maketrans({"đ": "d", "ð": "d", "ɖ": "d"})


class AmbiguousNameError(LookupError):
    """One spelling, several agencies on that day; `agencies` are those it may mean."""

    def __init__(self, text: str, agencies: tuple[Agency, ...]) -> None:
        self.agencies = agencies
        super().__init__(f"{text!r} may mean {', '.join(agency.code for agency in agencies)}")


@lru_cache(maxsize=4096)
def key_of(text: str) -> str:
    """The spelling with all that writers vary taken out: `Tp.HCM` is `hcm`, `Thừa Thiên – Huế` is `thua thien hue`.

    Case, accents, đ, white space of any kind, dashes and dots do not count, nor does a leading tỉnh, thành phố
    or TP with something behind it. Two different names may share a key; see Matcher.find.
    """
    spelt = " ".join(_PARTING.sub(" ", unicodedata.normalize("NFC", text)).casefold().split())
    return _ACCENTS.sub("", unicodedata.normalize("NFD", _PREFIX.sub("", spelt))).translate(_D)


class Matcher:
    """Finds agencies by name. `agencies` may hold several editions; the day asked for decides between them.

    A department is never found: every province has its Sở Tư pháp, so such a name alone says nobody; a table
    gives its code.
    """

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self._agencies = tuple(agency for agency in agencies if agency.kind != "department")
        self._named: dict[str, list[Agency]] = defaultdict(list)
        coded: dict[str, list[Agency]] = defaultdict(list)
        for agency in self._agencies:
            coded[agency.code].append(agency)
            for key in sorted({key_of(agency.name_vi), key_of(agency.name_en)} - {""}):
                self._named[key].append(agency)
        self._aliased: dict[str, list[Agency]] = defaultdict(list)
        for key, code in aliases():
            self._aliased[key] += coded.get(code, [])

    def find(self, text: str, on: date) -> Agency | None:
        """The agency so called on that day by its Vietnamese or English name, else by a listed alias; None where
        nobody is. Raises AmbiguousNameError where several are: it is for the writer of the table to say which."""
        key = key_of(text)
        for known in (self._named, self._aliased):
            found = tuple(agency for agency in known.get(key, ()) if agency.valid_on(on))
            if len(found) > 1:
                raise AmbiguousNameError(text, found)
            if found:
                return found[0]
        return None

    def nearest(self, text: str, on: date) -> str:
        """The official Vietnamese name most like the text on that day, as a hint for a person only; empty where
        no agency is known."""
        best, name = -1.0, ""
        # The matcher keeps what it learns of its second text; a hint needs no more than the beginning of a long one.
        likeness = SequenceMatcher(autojunk=False, b=key_of(text)[:_HINT_LENGTH])
        for known in (self._named, self._aliased):
            for spelling, agencies in known.items():
                likeness.set_seq1(spelling)
                if likeness.real_quick_ratio() <= best or likeness.quick_ratio() <= best:
                    continue
                valid = [agency for agency in agencies if agency.valid_on(on)]
                if valid and likeness.ratio() > best:
                    best, name = likeness.ratio(), valid[0].name_vi
        return name


@cache
def aliases() -> tuple[tuple[str, str], ...]:
    """Key and agency code of every alias, each pair once. Source: reference/agency_aliases.csv."""
    with _ALIASES.open(encoding="utf-8", newline="") as file:
        return tuple(dict.fromkeys((key_of(row["alias"]), row["code"]) for row in csv.DictReader(file)))
