"""What no cell may hold, and what looks like it but is good text."""

import unicodedata

import pytest

from data.refusal import Refusal
from data.sources.text import (
    classified_line,
    decoded,
    is_classified,
    is_classified_column,
    is_suspect,
    refuse_cells,
)

GOOD = (
    "Hà Nội",
    "Thừa Thiên - Huế",
    "PHƯỜNG XÃ, THỊ TRẤN",
    "“THỊ XÔ",
    "XÃ…",
    "hoà bình, thuỷ lợi, hoá chất, toán, quý, quá, giã, khoẻ",
    "TOÀ ÁN HOÀ GIẢI, ĐÔ THỊ HOÁ",
    "gần 1.800 dịch vụ",
    "1.800\xa0 dịch vụ",
    "XÃ\xa0A",
    "m² và km², dân số¹",
    "Noël",
    "naïve",
    "© 2020",
    "§ 5",
    "« l'été où août naît » : maïs, Michaël, ambiguë, jeûne, aéroport, coïncider, reçu",
    "«má»\xa0…",
    "Straße, geändert, beängstigend, Energieänderung, Koordination, kameraähnlich, ÜBERGRÖSSE",
    "10 µg, ½ l, 21 °C, ± 5, £ 10, ¥ 5, «trích»",
    "Windows® và Office®",
    "bí mật nhà nước, bảo mật, Mật độ dân số",
    "<U+> và U+1EBE",
    "Ý kiến, Ô nhiễm, Ê-đê, VÕ THỊ SÁU",
)
LEGACY = (
    "Hµ Néi",
    "§µ N½ng",
    "tØnh NghÖ An",
    "kinh tÕ",
    "CÇn Th¬",
    "c«ng nghÖ",
    "Haø Noäi",
    "Vieät Nam",
    "naêm 2020",
    "thuû tuïc haønh chính",
    "HAØ NOÄI",
    "H<U+1EBE>",
)


def _refused(cell: str) -> list[str]:
    with pytest.raises(Refusal) as caught:
        refuse_cells("a.csv", [["name"], [cell]], [1, 2], is_suspect(cell))
    assert [(problem.line, problem.column) for problem in caught.value.problems] == [(2, "name")]
    return [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize("text", GOOD)
def test_good_text_is_taken(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    refuse_cells("a.csv", [["name"], [text]], [1, 2], suspect=True)
    assert classified_line(text) is None


@pytest.mark.parametrize("text", LEGACY)
def test_legacy_fonts_are_refused(text: str) -> None:
    assert _refused(text) == ["E_LEGACY_FONT"]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize("name", ["Hà Nội", "Nghệ An", "Đồng Tháp", "Cần Thơ", "Hải Phòng", "Thừa Thiên – Huế"])
def test_text_encoded_twice_is_refused(name: str, encoding: str) -> None:
    twice = "".join(bytes([byte]).decode(encoding, errors="ignore") or chr(byte) for byte in name.encode("utf-8"))
    assert _refused(twice) == ["E_LEGACY_FONT"]


@pytest.mark.parametrize(
    "character", ["\0", "\x01", "\x0b", "\x1f", "\x7f", "\x85", "\xad", "\u200b", "\u202e", "\ufeff", "\u2028"]
)
def test_invisible_characters_are_refused(character: str) -> None:
    assert _refused(f"Hà{character}Nội") == ["E_CONTROL_CHAR"]


def test_tabs_and_line_ends_in_a_cell_are_taken() -> None:
    refuse_cells("a.csv", [["một\thai\r\nba"]], [1], suspect=True)


def test_the_length_of_a_cell_has_an_edge() -> None:
    refuse_cells("a.csv", [["name"], ["x" * 500]], [1, 2], suspect=False)
    assert _refused("x" * 501) == ["E_TOO_LONG"]


def test_a_replaced_character_is_refused() -> None:
    assert _refused("H\ufffd Nội") == ["E_ENCODING"]


@pytest.mark.parametrize(
    "text",
    [
        "Mật",
        "MẬT",
        "  tối   mật ",
        "Tuyệt mật",
        "Độ mật: Mật",
        "ĐỘ MẬT: TỐI MẬT",
        "độ mật:tuyệt mật",
        "M Ậ T",
        "[Mật]",
        "Mật.",
        "M\u200bật",
        unicodedata.normalize("NFD", "Độ mật: Tối mật"),
        "TuyÖt mËt",
        "Toái maät",
        "Tá»‘i máº\xadt",
        "M\xa0ật",
        "Mật" + " " * 300,
    ],
)
def test_a_mark_of_classification_is_known(text: str) -> None:
    assert is_classified(text)
    assert classified_line(unicodedata.normalize("NFC", f"a,b\n1,{text}\n")) == 2


@pytest.mark.parametrize("text", ["mặt", "Mất", "bí mật", "Mật độ", "bảo mật", "Mật ong", "Độ mật", "", "thuật"])
def test_a_word_is_not_a_mark(text: str) -> None:
    assert not is_classified(text)
    assert classified_line(f"a,b\n1,{text}\n") is None


def test_a_mark_within_a_quoted_sentence_is_not_a_cell() -> None:
    assert classified_line('a,b\n1,"bí mật, Mật, và khác"\n') is None
    assert classified_line('a,b\n1,"Mật"\r\n') == 2
    assert classified_line('a,b\r1,2\r"một\rMật\rhai",3\r') == 4


@pytest.mark.parametrize("name", ["Độ mật", "do_mat", "DO MAT", "classification", "độ_mật", "Mức độ mật"])
def test_a_column_of_marks_is_known(name: str) -> None:
    assert is_classified_column(name)


@pytest.mark.parametrize("name", ["indicator_code", "Mật độ dân số", "độ mặn", "class"])
def test_other_columns_are_not(name: str) -> None:
    assert not is_classified_column(name)


def test_decoding_composes_and_drops_the_byte_order_mark() -> None:
    raw = b"\xef\xbb\xbf" + unicodedata.normalize("NFD", "Hà Nội").encode()
    assert decoded(raw, "a.csv") == "Hà Nội"


@pytest.mark.parametrize(
    ("raw", "code", "rule"),
    [
        (b"", "E_EMPTY_FILE", "empty"),
        (b"\xef\xbb\xbf \r\n", "E_EMPTY_FILE", "empty"),
        ("tên\n".encode("utf-16"), "E_ENCODING", "utf16"),
        ("name,value\n".encode("utf-16-le"), "E_ENCODING", "utf16"),
        ("a\nHà".encode("cp1252"), "E_ENCODING", "not_utf8"),
    ],
)
def test_bytes_that_are_not_text(raw: bytes, code: str, rule: str) -> None:
    with pytest.raises(Refusal) as caught:
        decoded(raw, "a.csv")
    assert (caught.value.problems[0].code, caught.value.problems[0].rule) == (code, rule)


def test_a_byte_that_is_not_utf8_is_told_with_its_line() -> None:
    with pytest.raises(Refusal) as caught:
        decoded("a\nHà".encode("cp1252"), "a.csv")
    assert (caught.value.problems[0].line, caught.value.problems[0].value) == (2, "0xE0")
