"""Text of a file: its encoding, and what no cell may hold.

Checked in this order: classified, legacy fonts, invisible characters, length. A classified text is never
repeated, neither in a message nor in a log.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable

from data.refusal import Problem, Problems, Refusal, refuse

LONGEST_CELL = 500

_BOM = "\ufeff"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)

# What the bytes 80-9F and A0-BF look like in Windows-1252: the tail of a character encoded twice.
_TAIL = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_TWICE = (
    f"(?<=á)[º»][{_TAIL}]",
    "(?<=Ä)[‘ƒ‚©¨]",
    "(?<=Å)[©¨]",
    "(?<=Æ)[°¡¯]",
    "(?<=Ã)[¡-¿€ƒ„ˆ‰Š‚ŒŽ˜™šœžŸ“]",
    f"(?<=â)[€\x80][{_TAIL}]",
    "(?<=Â)[¡-¿]",
    "(?<=Ì)[€ƒ‰£›‚]",
    "(?<=ï)(?:»¿|¿½)",
    "(?<=[ÂÃÄÅÆÌ])[\x80-\x9f]",
)
# VNI writes the accent as a letter of its own after the vowel; the pairs are such as no Vietnamese, French or
# German word has.
_VNI = (
    "(?<=[aeoôöuyAEOÔÖUY][øØ])",
    "(?<=[aA][âêåùõáàûãÂÊÅÙÕÁÀÛÃ])",
    "(?<=[eE][âåõùàÂÅÕÙÀ])",
    "(?<=[oO][âåõÂÅÕ])",
    "(?<=[uyUY][õûÕÛ])",
    "(?<=[ôÔ][ùûõïÙÛÕÏ])",
    "(?<=[öÖ][ùûõïôÙÛÕÏÔ])",
    r"(?<=[aeoAEO][äÄ])(?:[tpcmuiTPCMUI]|n[gh]?|N[GH]?|ch|CH)?(?!\w)",
    r"(?<=[eE][áÁ])(?:[tpcmuTPCMU]|nh|NH|ch|CH)?(?!\w)",
)
# TCVN3 writes accented letters as signs and capitals in the middle of a word.
_TCVN3 = (
    "(?<=[A-Za-z][µ¸¼½¾¬])",
    "(?<=[A-Za-z][¶¹©ª«¨])[a-z]",
    r"(?<=(?<!\w)®)[^\W\d_]",
    "(?<=§)[a-zß-öø-ÿµÆÇÐÞÕÖ¾¹¸]",
    "(?<=[a-z][ØÞÆÇÐÏÎÑ])(?![A-Z])",
    "(?<=[a-np-z]Ë)(?![A-Z])",
    "(?<=iÖ)(?![A-Z])",
    "(?<=[A-Z][ÕÇÐÞ])[a-z]",
)
_LEGACY = re.compile(f"[\xa7-\xff](?:{'|'.join((*_TWICE, *_VNI, *_TCVN3))})|<U\\+[0-9A-Fa-f]{{4,6}}>")
# These say TCVN3 only where no letter of the cell belongs to Vietnamese alone.
_PERHAPS_TCVN3 = re.compile(r"[ÉÊÈÌÓÔÒÕ](?<=[a-z].)(?:[a-z]|(?!\w))")
_VIETNAMESE = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9]")


def _spaced(*words: str) -> str:
    """A pattern for any of the words, with spaces between the letters as stamps have them."""
    return "(?:" + "|".join(r"\s*".join(word) for word in words) + ")"


# Each word as it is, in TCVN3, in VNI, and encoded twice without what the eye does not see.
_SECRET = f"(?:{_spaced('mật', 'mËt', 'maät')}|máº¬?t)"
_HOW = rf"(?:{_spaced('tối', 'tèi', 'toái', 'tuyệt', 'tuyÖt', 'tuyeät')}|tá».?i|tuyá».?t)"
_DEGREE = rf"(?:{_spaced('độ', 'é', 'ñoä')}|ä.?á».?)"
_LEVEL = re.compile(
    rf"[\W_]*(?:{_DEGREE}\s*{_SECRET}[\W_]*)?(?:{_HOW}\s*)?{_SECRET}[\W_]*",
    re.IGNORECASE,
)
# Where the last word of a cell or line may be that one.
_AT_END = re.compile(rf"{_SECRET}(?:_|[^\w,;\t\r\n])*(?![^,;\t\r\n])", re.IGNORECASE)
_LONGEST_MARK = 200
_LINE_END = re.compile("\r\n|\r|\n")
_CLASSIFIED_COLUMNS = frozenset(
    (
        *("độmật", "mứcđộmật", "cấpđộmật", "domat", "mucdomat", "capdomat"),
        *("classification", "classified", "classificationlevel", "securityclassification"),
        *("securitylevel", "secrecy", "secrecylevel"),
    )
)


def decoded(raw: bytes, file: str) -> str:
    """The text of a file, NFC and without its byte order mark; raises E_EMPTY_FILE or E_ENCODING."""
    if raw.startswith(_UTF16) or _alternates_with_nul(raw):
        raise refuse(file, "E_ENCODING", "utf16")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise refuse(file, "E_ENCODING", "not_utf8", line=line, value=f"0x{raw[error.start]:02X}") from None
    text = text.removeprefix(_BOM)
    if not text.strip():
        raise refuse(file, "E_EMPTY_FILE", "empty")
    return normal(text)


def normal(text: str) -> str:
    """The text with each letter and its marks as one character (NFC), the form in which all text is kept."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def is_classified(text: str) -> bool:
    """Whether a text as a whole is a mark of classification: Mật, Tối mật, Tuyệt mật, with or without Độ mật."""
    if text.isascii():
        return False
    seen = _seen(text)
    if len(seen) > _LONGEST_MARK:
        seen = " ".join(seen.split())
    return bool(_LEVEL.fullmatch(seen))


def is_marked(text: str) -> bool:
    """Whether a text that somebody typed, or any line of it, is a mark of classification. Its commas and tabs divide
    nothing, as in a cell that is quoted."""
    return is_classified(text) or any(map(is_classified, text.splitlines()))


def is_classified_column(name: str) -> bool:
    """Whether a column of that name would hold marks of classification."""
    return re.sub(r"[\W_]", "", _seen(name)).casefold() in _CLASSIFIED_COLUMNS


def classified_line(text: str) -> int | None:
    """The first line of a text that is, or has a cell that is, a mark of classification; None without one."""
    seen = _seen(text)
    looked = 0
    for found in _AT_END.finditer(seen):
        if found.start() < looked:
            continue
        back = max(0, found.start() - _LONGEST_MARK)
        before = [seen.rfind(mark, back, found.start()) for mark in ",;\t\r\n"]
        if (max(before) < 0 and back) or not is_classified(seen[max(before) + 1 : found.end()]):
            continue
        start = max(seen.rfind("\r", 0, found.start()), seen.rfind("\n", 0, found.start())) + 1
        end = _LINE_END.search(seen, found.end())
        looked = end.start() if end else len(seen)
        if any(map(is_classified, _pieces(seen[start:looked]))):
            return len(_LINE_END.findall(seen, 0, found.start())) + 1
    return None


def is_suspect(text: str) -> bool:
    """Whether any cell of this text may be troubled; a cheap look before `refuse_cells` looks at each."""
    return bool(
        _INVISIBLE.search(text)
        or "\ufffd" in text
        or ("<U+" in text if text.isascii() else _LEGACY.search(text) or _PERHAPS_TCVN3.search(text))
    )


def refuse_cells(file: str, rows: list[list[str]], lines: list[int], suspect: bool) -> None:
    """Raise for every cell with legacy, invisible or too much text; `suspect` False looks at length only."""
    problems = Problems(file)
    for row, line in zip(rows, lines, strict=True):
        if not suspect and (not row or len(max(row, key=len)) <= LONGEST_CELL):
            continue
        for index, cell in enumerate(row):
            trouble = _trouble(cell) if suspect else None
            if trouble is None and len(cell) > LONGEST_CELL:
                trouble = ("E_TOO_LONG", "cell")
            if trouble:
                column = None if row is rows[0] else column_name(rows, index)
                problems.add(*trouble, line=line, column=column, value=cell)
    problems.stop()


def refuse_classified(file: str, cells: Iterable[tuple[int, str]], header: list[str], line: int) -> None:
    """Raise E_CLASSIFIED for a mark among the cells (line, text), or a column of marks in the header."""
    for number, cell in cells:
        if len(cell) > 1 and not cell.isascii() and is_classified(cell):
            raise classified(file, number)
    if any(map(is_classified_column, header)):
        raise classified(file, line, "column")


def classified(file: str, line: int | None, rule: str = "mark") -> Refusal:
    """The refusal of a classified file: it says where, and never what stands there."""
    return Refusal([Problem(file, "E_CLASSIFIED", rule, line=line)])


def column_name(rows: list[list[str]], index: int) -> str:
    """What the first row calls a column; its number, from 1, where it has no name."""
    header = rows[0] if rows else []
    return header[index] if index < len(header) and header[index] else str(index + 1)


def _trouble(cell: str) -> tuple[str, str] | None:
    if not cell.isascii() or "<U+" in cell:
        # A closing guillemet after a vowel looks like the middle of a character encoded twice.
        words = cell.replace("»", " ").replace("«", " ") if "«" in cell and "»" in cell else cell
        found = _LEGACY.search(words)
        if found:
            return "E_LEGACY_FONT", "escape" if found[0].startswith("<U+") else "font"
        if _PERHAPS_TCVN3.search(words) and not _VIETNAMESE.search(words):
            return "E_LEGACY_FONT", "font"
    if "\ufffd" in cell:
        return "E_ENCODING", "replaced"
    if found := _INVISIBLE.search(cell):
        return "E_CONTROL_CHAR", "nul" if found[0] == "\0" else "invisible"
    return None


def _seen(text: str) -> str:
    """What the eye sees of a text: composed, without invisible characters."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def _pieces(line: str) -> Iterable[str]:
    """A line, and its cells by whichever mark it may be divided."""
    yield line
    for delimiter in ",;\t":
        try:
            yield from next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            yield from line.split(delimiter)


def _alternates_with_nul(raw: bytes) -> bool:
    """Whether every other byte of the beginning is NUL, as in UTF-16 without its mark."""
    start = raw[:200]
    return len(start) >= 4 and (not any(start[::2]) or not any(start[1::2]))
