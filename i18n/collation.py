"""Vietnamese names in ASCII, and in order: by letters (a ă â b c d đ e ê …), then by tones, by syllable."""

import re
import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
#: Tones as marks that stand after their letter, in the order of dictionaries; no mark is the level tone.
_TONES = "\u0300\u0309\u0303\u0301\u0323"

#: Words for what a place is do not count where its name follows: TP. Hồ Chí Minh stands under H.
_KIND = re.compile(r"^(?:tp\.? |thành phố |tỉnh )(?=\w)")

Key = tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]


def slug(name: str) -> str:
    """A name as a part of an address: `ho-tich-chung-thuc`; empty where nothing of it can be written in ASCII."""
    bare = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return re.sub("[^a-z0-9]+", "-", bare.encode("ascii", "ignore").decode("ascii")).strip("-")


def vietnamese_order(name: str) -> Key:
    """The key by which a name is sorted. Case and what is no letter do not count, but for parting syllables; nor does
    a leading "TP.", "thành phố" or "tỉnh"."""
    plain = _KIND.sub("", unicodedata.normalize("NFC", name).casefold())
    parted = "".join(each if each.isalpha() or unicodedata.combining(each) else " " for each in plain)
    return tuple(_syllable(each) for each in parted.split())


def _syllable(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    bare = unicodedata.normalize("NFD", text)
    tones = tuple(_TONES.index(each) + 1 for each in bare if each in _TONES)
    letters = unicodedata.normalize("NFC", "".join(each for each in bare if each not in _TONES))
    return tuple(_place(each) for each in letters), tones


def _place(letter: str) -> int:
    """Letters of other languages follow ours."""
    at = _LETTERS.find(letter)
    return at if at >= 0 else len(_LETTERS) + ord(letter)
