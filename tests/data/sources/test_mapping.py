"""Other publishers' tables, read by their mappings."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from data.facts import Agency
from data.grid import Grid
from data.names import Matcher
from data.refusal import Refusal
from data.sources.area import letters_of, position_of
from data.sources.mapped import COLUMNS, map_grid
from data.sources.mapping import Mapping, read_mapping
from data.sources.tables import read_grid
from data.sources.written import Marks, UnreadableError, quantity_of

ROOT = Path(__file__).resolve().parents[3]
SHIPPED = sorted((ROOT / "data" / "sources" / "mappings").glob("*.toml"))

HEAD = 'indicator = "PCI"\nperiod = "2016"\nunit = "điểm"\nsource = "PCI"\n'
BODY = '[table]\nheader_rows = 1\n[numbers]\ndecimal = "."\n[agency]\nspelt = "name"\n'
PAIR = '[[pairs]]\nagency = "Tỉnh"\nvalue = "Điểm"\n'

Write = Callable[..., Mapping]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(*parts: str) -> Mapping:
        path = tmp_path / "table.toml"
        path.write_text("".join(parts) or HEAD + BODY + PAIR, encoding="utf-8")
        return read_mapping(path)

    return written


@pytest.fixture
def matcher() -> Matcher:
    provinces = [
        ("40", "Nghệ An", "Nghe An"),
        ("42", "Hà Tĩnh", "Ha Tinh"),
        ("46", "Thừa Thiên Huế", "Thua Thien Hue"),
    ]
    return Matcher(Agency(code, vi, en, "province", "VN", None, None) for code, vi, en in provinces)


def grid(*rows: str, file: str = "table.csv", first: int = 1) -> Grid:
    """Rows with cells parted by a bar."""
    return Grid(file, [row.split("|") for row in rows], list(range(first, first + len(rows))))


def no_codebook(name: str) -> Grid:
    raise AssertionError(f"{name} was asked for")


def read(table: Grid, mapping: Mapping, matcher: Matcher) -> pd.DataFrame:
    return map_grid(table, mapping, matcher, no_codebook).frame


def figures(table: Grid, mapping: Mapping, matcher: Matcher) -> dict[str, str]:
    found = read(table, mapping, matcher)
    return dict(zip(found["agency_code"], found["value"], strict=True))


def troubles(refused: pytest.ExceptionInfo[Refusal]) -> list[tuple[str, str, int | None, str | None, str | None]]:
    return [(one.code, one.rule, one.line, one.column, one.value) for one in refused.value.problems]


def test_a_table_becomes_rows_of_observations(write: Write, matcher: Matcher) -> None:
    mapping = write('published = 2017-03-14\nnote = "ghi chú"\n', HEAD, BODY, PAIR)
    sheet = map_grid(grid("Tỉnh|Điểm", "Nghệ An|59.50", "Ha  Tinh|57"), mapping, matcher, no_codebook)
    assert sheet.file == "table.csv"
    assert tuple(sheet.frame.columns) == COLUMNS
    assert (sheet.frame.index.name, list(sheet.frame.index)) == ("line", [2, 3])
    given = {
        "indicator_code": "PCI",
        "agency_code": "40",
        "period": "2016",
        "value": "59.50",
        "unit": "điểm",
        "source": "PCI",
        "status": "official",
        "certainty": "sourced",
        "note": "ghi chú",
        "published": "2017-03-14",
    }
    assert sheet.frame.iloc[0].to_dict() == dict.fromkeys(COLUMNS, "") | given
    assert sheet.frame.iloc[1].to_dict() == dict.fromkeys(COLUMNS, "") | given | {"agency_code": "42", "value": "57"}


def test_columns_stand_by_letter_or_number_of_the_sheet(write: Write, matcher: Matcher) -> None:
    table = grid("Nghệ An|59.5", file="t.xlsx", first=2)
    body = BODY.replace("header_rows = 1", 'sheet = "S"\ncells = "V2:W64"\nheader_rows = 0')
    for agency, value in (('"V"', '"W"'), ("22", "23")):
        pair = f"[[pairs]]\nagency = {{column = {agency}}}\nvalue = {{column = {value}}}\n"
        mapping = write(HEAD, body, pair)
        assert (mapping.sheet, mapping.cells, mapping.first_column) == ("S", "V2:W64", 22)
        assert figures(table, mapping, matcher) == {"40": "59.5"}


def test_a_position_outside_the_cells_is_refused(write: Write, matcher: Matcher) -> None:
    mapping = write(HEAD, BODY, '[[pairs]]\nagency = "Tỉnh"\nvalue = {column = "C"}\n')
    with pytest.raises(Refusal) as refused:
        read(grid("Tỉnh|Điểm", "Nghệ An|1"), mapping, matcher)
    assert troubles(refused) == [("E_HEADER", "mapping_column", None, None, "C")]


@pytest.mark.parametrize(
    ("position", "letters"), [(1, "A"), (22, "V"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")]
)
def test_letters_and_positions(position: int, letters: str) -> None:
    assert (position_of(letters), letters_of(position)) == (position, letters)


def test_several_header_rows_and_line_breaks(write: Write, matcher: Matcher) -> None:
    table = grid("Tỉnh|Năm 2016|", "|Điểm\n số|Hạng", "Nghệ An|59.5|8")
    body = BODY.replace("header_rows = 1", "header_rows = 2")
    for header in ("Năm 2016 Điểm số", "Điểm số"):
        mapping = write(HEAD, body, f'[[pairs]]\nagency = "Tỉnh"\nvalue = "{header}"\n')
        assert figures(table, mapping, matcher) == {"40": "59.5"}


@pytest.mark.parametrize(
    ("header", "rule"), [("Tỉnh|Điểm số", "mapping_header"), ("Tỉnh|Điểm|Điểm", "mapping_header_twice")]
)
def test_a_header_stands_once(write: Write, matcher: Matcher, header: str, rule: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(grid(header, "Nghệ An|1|2"), write(), matcher)
    assert troubles(refused) == [("E_HEADER", rule, None, None, "Điểm")]


def test_pairs_side_by_side_each_with_its_own_order(write: Write, matcher: Matcher) -> None:
    body = BODY.replace("header_rows = 1", "header_rows = 0")
    pairs = "".join(
        f'[[pairs]]\nindicator = "{code}"\nagency = {{column = "{agency}"}}\nvalue = {{column = "{value}"}}\n'
        for code, agency, value in (("A1", "A", "B"), ("A2", "C", "D"))
    )
    found = read(grid("Nghệ An|1|Huế|4", "Hà Tĩnh|2|Nghệ An|3", "Huế|5||"), write(HEAD, body, pairs), matcher)
    keys = zip(found.index, found["indicator_code"], found["agency_code"], found["value"], strict=True)
    assert list(keys) == [
        (1, "A1", "40", "1"),
        (1, "A2", "46", "4"),
        (2, "A1", "42", "2"),
        (2, "A2", "40", "3"),
        (3, "A1", "46", "5"),
    ]


def test_a_column_per_year(write: Write, matcher: Matcher) -> None:
    pairs = "".join(
        f'[[pairs]]\nagency = "Tỉnh"\nvalue = "{year}"\nperiod = "{year}"\nstatus = "{status}"\n'
        for year, status in ((2019, "official"), (2020, "preliminary"))
    )
    found = read(grid("Tỉnh|2019|2020", "Nghệ An|1|2"), write(HEAD, BODY, pairs), matcher)
    assert list(zip(found["period"], found["value"], found["status"], strict=True)) == [
        ("2019", "1", "official"),
        ("2020", "2", "preliminary"),
    ]


def test_a_constant_agency_and_a_column_of_periods(write: Write, matcher: Matcher) -> None:
    head = HEAD.replace('"2016"', '{header = "Kỳ"}')
    pair = '[[pairs]]\nagency = {constant = "VN"}\nvalue = "Điểm"\n'
    found = read(grid("Kỳ|Điểm", "2019-Q4|1", "2020-02-12|2"), write(head, BODY, pair), matcher)
    assert list(zip(found["agency_code"], found["period"], found["value"], strict=True)) == [
        ("VN", "2019-Q4", "1"),
        ("VN", "2020-02-12", "2"),
    ]


@pytest.mark.parametrize(
    ("cycle", "cell", "period"),
    [("month", "9", "2019-09"), ("month", "12", "2019-12"), ("quarter", "IV", "2019-Q4"), ("half", "1", "2019-H1")],
)
def test_a_period_in_two_columns(write: Write, matcher: Matcher, cycle: str, cell: str, period: str) -> None:
    head = HEAD.replace('"2016"', f'{{year = "Năm", {cycle} = "Kỳ"}}')
    found = read(grid("Năm|Kỳ|Tỉnh|Điểm", f"2019|{cell}|Nghệ An|1"), write(head, BODY, PAIR), matcher)
    assert list(found["period"]) == [period]


def test_a_period_that_is_none_is_refused(write: Write, matcher: Matcher) -> None:
    mapping = write(HEAD.replace('"2016"', '{header = "Kỳ"}'), BODY, PAIR)
    with pytest.raises(Refusal) as refused:
        read(grid("Tỉnh|Kỳ|Điểm", "Nghệ An|9/2019|1", "Hà Tĩnh||1"), mapping, matcher)
    assert troubles(refused) == [
        ("E_PERIOD", "mapped", 2, "Kỳ", "9/2019"),
        ("E_MISSING", "mapped", 3, "Kỳ", None),
    ]


SUM = '[[pairs]]\nagency = "Tỉnh"\nvalue = {sum = ["A", "B"]}\n'


def test_a_sum_is_exact_and_says_of_what(write: Write, matcher: Matcher) -> None:
    found = read(
        grid("Tỉnh|A|B", "Nghệ An|0.1|0.2", "Hà Tĩnh|0.599759102|2.719765663"), write(HEAD, BODY, SUM), matcher
    )
    assert list(found["value"]) == ["0.3", "3.319524765"]
    assert list(found["composition"]) == ["A+B", "A+B"]


def test_a_long_sum_loses_no_digit(write: Write, matcher: Matcher) -> None:
    table = grid("Tỉnh|A|B", f"Nghệ An|1{'0' * 40}|0.{'0' * 39}1")
    assert figures(table, write(HEAD, BODY, SUM), matcher) == {"40": f"1{'0' * 40}.{'0' * 39}1"}


@pytest.mark.parametrize("part", ["", "-", "…"])
def test_a_sum_with_a_part_missing_is_refused(write: Write, matcher: Matcher, part: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(grid("Tỉnh|A|B", f"Nghệ An|1|{part}"), write(HEAD, BODY, SUM), matcher)
    assert troubles(refused) == [("E_MISSING", "mapped_part" if part else "mapped", 2, "B", part or None)]


def test_a_sum_with_every_part_marked_missing_was_not_reported(write: Write, matcher: Matcher) -> None:
    assert figures(grid("Tỉnh|A|B", "Nghệ An|-|…", "Hà Tĩnh|0|0"), write(HEAD, BODY, SUM), matcher) == {"42": "0"}


def test_a_bound_in_a_sum_makes_a_bound_of_it(write: Write, matcher: Matcher) -> None:
    found = read(grid("Tỉnh|A|B", "Nghệ An|trên 1|2", "Hà Tĩnh|trên 1|gần 2"), write(HEAD, BODY, SUM), matcher)
    assert list(zip(found["value"], found["qualifier"], strict=True)) == [("3", "over"), ("3", "approx")]


def test_not_given_is_no_row_and_zero_is_zero(write: Write, matcher: Matcher) -> None:
    table = grid("Tỉnh|Điểm", "Nghệ An|0", "Hà Tĩnh|-", "Huế|…")
    assert figures(table, write(), matcher) == {"40": "0"}


def test_an_empty_cell_counts_as_not_given_only_where_declared(write: Write, matcher: Matcher) -> None:
    table = grid("Tỉnh|Điểm", "Nghệ An|1", "Hà Tĩnh|")
    with pytest.raises(Refusal) as refused:
        read(table, write(), matcher)
    assert troubles(refused) == [("E_MISSING", "mapped", 3, "Điểm", None)]
    declared = write(HEAD, BODY.replace("header_rows = 1", 'header_rows = 1\nmissing = [""]'), PAIR)
    assert figures(table, declared, matcher) == {"40": "1"}


def test_a_table_without_any_figure_is_refused(write: Write, matcher: Matcher) -> None:
    with pytest.raises(Refusal) as refused:
        read(grid("Tỉnh|Điểm", "Nghệ An|-"), write(), matcher)
    assert troubles(refused) == [("E_NO_ROWS", "mapped", None, None, None)]


def test_rows_are_left_out_by_their_whole_label_only(write: Write, matcher: Matcher) -> None:
    mapping = write(HEAD, BODY.replace("header_rows = 1", 'header_rows = 1\nskip = ["Tổng  số"]'), PAIR)
    table = grid("Tỉnh|Điểm", "Tổng số|x", "|", "Nghệ An|1")
    assert figures(replace(table, formulas=frozenset({(1, 1)})), mapping, matcher) == {"40": "1"}
    with pytest.raises(Refusal) as refused:
        read(grid("Tỉnh|Điểm", "Tổng số chung|5", "Nghệ An|1"), mapping, matcher)
    assert troubles(refused) == [("E_CODE", "agency_name", 2, "Tỉnh", "Tổng số chung")]


def test_an_unknown_name_is_refused_with_the_nearest(write: Write, matcher: Matcher) -> None:
    with pytest.raises(Refusal) as refused:
        read(grid("Tỉnh|Điểm", "Nghệ Anh|1", "|2"), write(), matcher)
    assert troubles(refused) == [
        ("E_CODE", "agency_name", 2, "Tỉnh", "Nghệ Anh"),
        ("E_MISSING", "mapped", 3, "Tỉnh", None),
    ]
    assert refused.value.problems[0].hints == (("nearest", "Nghệ An"), ("day", "2016-12-31"))


def test_a_name_of_two_agencies_is_refused(write: Write) -> None:
    both = Matcher(Agency(code, "Thái Hòa", "", "province", None, None, None) for code in ("10", "20"))
    with pytest.raises(Refusal) as refused:
        read(grid("Tỉnh|Điểm", "Thái Hòa|1"), write(), both)
    assert troubles(refused) == [("E_CODE", "agency_ambiguous", 2, "Tỉnh", "Thái Hòa")]
    assert refused.value.problems[0].hints == (("codes", "10, 20"),)


def test_the_name_is_that_of_the_periods_last_day(write: Write) -> None:
    editions = Matcher(
        [
            Agency("27", "Bắc Ninh", "", "province", None, None, date(2025, 6, 30)),
            Agency("24", "Bắc Ninh", "", "province", None, date(2025, 7, 1), None),
        ]
    )
    mapping = write(HEAD.replace('"2016"', '{header = "Kỳ"}'), BODY, PAIR)
    table = grid("Tỉnh|Kỳ|Điểm", "Bắc Ninh|2025-H1|1", "Bắc Ninh|2025|2")
    assert figures(table, mapping, editions) == {"27": "1", "24": "2"}


def test_codes_are_taken_as_they_stand(write: Write, matcher: Matcher) -> None:
    mapping = write(HEAD, BODY.replace('"name"', '"code"'), PAIR)
    assert figures(grid("Tỉnh|Điểm", "40|1", "BKHĐT|2"), mapping, matcher) == {"40": "1", "BKHĐT": "2"}


def test_two_rows_for_one_agency_are_left_to_the_ingest(write: Write, matcher: Matcher) -> None:
    found = read(grid("Tỉnh|Điểm", "Huế|1", "TT.Huế|2"), write(), matcher)
    assert list(found["agency_code"]) == ["46", "46"]


BOOK = '[agency.codebook]\nfile = "books/provinces.csv"\nkey = "Code"\nname = "Name"\n'


def test_keys_are_joined_to_names_by_a_codebook(write: Write, matcher: Matcher) -> None:
    asked: list[str] = []

    def codebook(name: str) -> Grid:
        asked.append(name)
        return grid("Code|Name", "P27|Nghe An", "P28|Ha Tinh", file=name)

    mapping = write(HEAD, BODY, BOOK, PAIR)
    found = map_grid(grid("Tỉnh|Điểm", "P28|1", "P27|2"), mapping, matcher, codebook).frame
    assert asked == ["books/provinces.csv"]
    assert list(zip(found["agency_code"], found["value"], strict=True)) == [("42", "1"), ("40", "2")]


def test_what_the_codebook_lacks_is_refused(write: Write, matcher: Matcher) -> None:
    mapping = write(HEAD, BODY, BOOK, PAIR)
    book = grid("Code|Name", "P27|Nghe An", "P28|Atlantis", file="b.csv")
    with pytest.raises(Refusal) as refused:
        map_grid(grid("Tỉnh|Điểm", "P29|1", "P28|2", "Nghe An|3"), mapping, matcher, lambda _: book)
    assert troubles(refused) == [
        ("E_CODE", "codebook_key", 2, "Tỉnh", "P29"),
        ("E_CODE", "agency_name", 3, "Tỉnh", "Atlantis"),
        ("E_CODE", "codebook_key", 4, "Tỉnh", "Nghe An"),
    ]


def test_a_codebook_has_each_key_once_with_a_name(write: Write, matcher: Matcher) -> None:
    mapping = write(HEAD, BODY, BOOK, PAIR)
    book = grid("Code|Name", "P27|Nghe An", "P27|Ha Tinh", "P28|", file="b.csv")
    with pytest.raises(Refusal) as refused:
        map_grid(grid("Tỉnh|Điểm", "P27|1"), mapping, matcher, lambda _: book)
    assert troubles(refused) == [
        ("E_DUPLICATE", "codebook_key", 3, "Code", "P27"),
        ("E_MISSING", "mapped", 4, "Name", None),
    ]
    assert {one.file for one in refused.value.problems} == {"b.csv"}


def test_formulas_and_percentages_are_refused_where_they_would_be_read(write: Write, matcher: Matcher) -> None:
    table = grid("Tỉnh|Điểm|Khác", "Nghệ An|1|9", "Hà Tĩnh|0.1|9", file="t.xlsx")
    aside = replace(table, formulas=frozenset({(1, 2), (0, 1)}), percents=frozenset({(2, 2)}))
    assert figures(aside, write(), matcher) == {"40": "1", "42": "0.1"}
    inside = replace(table, formulas=frozenset({(1, 1)}), percents=frozenset({(2, 1)}))
    with pytest.raises(Refusal) as refused:
        read(inside, write(), matcher)
    assert troubles(refused) == [
        ("E_FORMULA", "mapped", 2, "Điểm", "1"),
        ("E_AMBIGUOUS_NUMBER", "mapped_percent", 3, "Điểm", "0.1"),
    ]


def test_shares_are_read_from_their_two_terms(write: Write, matcher: Matcher) -> None:
    pair = '[[pairs]]\nagency = "Tỉnh"\nnumerator = "Tử"\ndenominator = "Mẫu"\n'
    body = BODY.replace('decimal = "."', 'decimal = ","\nthousands = "."')
    found = read(grid("Tỉnh|Tử|Mẫu", "Nghệ An|50|gần 1.800", "Hà Tĩnh|-|-"), write(HEAD, body, pair), matcher)
    columns = ["agency_code", "value", "numerator", "denominator", "numerator_qualifier", "denominator_qualifier"]
    assert found[columns].to_numpy().tolist() == [["40", "", "50", "1800", "", "under"]]
    with pytest.raises(Refusal) as refused:
        read(grid("Tỉnh|Tử|Mẫu", "Nghệ An|50|-"), write(HEAD, body, pair), matcher)
    assert troubles(refused) == [("E_MISSING", "mapped_part", 2, "Mẫu", "-")]


def test_a_column_declared_empty_tells_one_year_from_another(write: Write, matcher: Matcher) -> None:
    mapping = write(HEAD, BODY.replace("header_rows = 1", 'header_rows = 1\nempty = ["C"]'), SUM)
    assert figures(grid("Tỉnh|A|B|C", "Nghệ An|1|2|"), mapping, matcher) == {"40": "3"}
    with pytest.raises(Refusal) as refused:
        read(grid("Tỉnh|A|B|C", "Nghệ An|1|2|3"), mapping, matcher)
    assert troubles(refused) == [("E_HEADER", "mapping_empty", 2, "C", "3")]


VIETNAMESE, ENGLISH, UNDECLARED = Marks(",", "."), Marks(".", ","), Marks()


@pytest.mark.parametrize(
    ("text", "marks", "unit", "number", "qualifier"),
    [
        ("1.800", VIETNAMESE, "dịch vụ", "1800", ""),
        ("1.234.567,89", VIETNAMESE, "đồng", "1234567.89", ""),
        ("1234,5", VIETNAMESE, "đồng", "1234.5", ""),
        ("86,5%", VIETNAMESE, "%", "86.5", ""),
        ("1,9 triệu", VIETNAMESE, "thẻ", "1900000", ""),
        ("1,5 tỷ", VIETNAMESE, "đồng", "1500000000", ""),
        ("gần 1.800", VIETNAMESE, "dịch vụ", "1800", "under"),
        ("Trên  1.100", VIETNAMESE, "dịch vụ", "1100", "over"),
        ("khoảng 12 triệu", VIETNAMESE, "thẻ", "12000000", "approx"),
        ("1 800,5", Marks(",", " "), "đồng", "1800.5", ""),
        ("1.800", ENGLISH, "điểm", "1.800", ""),
        ("1,800.25", ENGLISH, "điểm", "1800.25", ""),
        ("97582.70", Marks("."), "nghìn người", "97582.70", ""),
        ("\u22125,0", VIETNAMESE, "%", "-5.0", ""),
        ("0", UNDECLARED, "điểm", "0", ""),
        ("70.00139617919922", UNDECLARED, "điểm", "70.00139617919922", ""),
        ("0.107", UNDECLARED, "điểm", "0.107", ""),
    ],
)
def test_numbers_as_people_write_them(text: str, marks: Marks, unit: str, number: str, qualifier: str) -> None:
    found = quantity_of(text, marks, unit)
    assert (found.number, format(found.number, "f"), str(found.qualifier)) == (Decimal(number), number, qualifier)


@pytest.mark.parametrize(
    ("text", "marks", "unit", "code", "rule"),
    [
        ("1.800", UNDECLARED, "điểm", "E_AMBIGUOUS_NUMBER", "decimal_mark"),
        ("gần 1.800", UNDECLARED, "điểm", "E_AMBIGUOUS_NUMBER", "decimal_mark"),
        ("1.234.567", UNDECLARED, "điểm", "E_AMBIGUOUS_NUMBER", "decimal_mark"),
        ("1,800", UNDECLARED, "điểm", "E_AMBIGUOUS_NUMBER", "decimal_mark"),
        ("86,5", UNDECLARED, "điểm", "E_AMBIGUOUS_NUMBER", "decimal_mark"),
        ("1.800", Marks(","), "điểm", "E_AMBIGUOUS_NUMBER", "thousands_mark"),
        ("1,800", Marks("."), "điểm", "E_AMBIGUOUS_NUMBER", "thousands_mark"),
        ("1.234", Marks(",", ".", typed=True), "điểm", "E_AMBIGUOUS_NUMBER", "typed_dots"),
        ("86.5", VIETNAMESE, "điểm", "E_NUMBER", "mapped"),
        ("1.80", VIETNAMESE, "điểm", "E_NUMBER", "mapped"),
        ("0.800", VIETNAMESE, "điểm", "E_NUMBER", "mapped"),
        ("12.34.567", VIETNAMESE, "điểm", "E_NUMBER", "mapped"),
        ("1e3", ENGLISH, "điểm", "E_NUMBER", "mapped"),
        ("NaN", ENGLISH, "điểm", "E_NUMBER", "mapped"),
        ("٣", ENGLISH, "điểm", "E_NUMBER", "mapped"),
        ("hơn 5", ENGLISH, "điểm", "E_NUMBER", "mapped"),
        ("gần", ENGLISH, "điểm", "E_NUMBER", "mapped"),
        ("5%", ENGLISH, "điểm", "E_UNIT", "percent_sign"),
        ("1.9 triệu", ENGLISH, "nghìn người", "E_UNIT", "large_number_word"),
    ],
)
def test_numbers_that_are_none_or_may_be_two(text: str, marks: Marks, unit: str, code: str, rule: str) -> None:
    with pytest.raises(UnreadableError) as found:
        quantity_of(text, marks, unit)
    assert (found.value.code, found.value.rule) == (code, rule)


def test_a_number_is_refused_with_its_place(write: Write, matcher: Matcher) -> None:
    mapping = write(HEAD, BODY.replace('decimal = "."', ""), PAIR)
    with pytest.raises(Refusal) as refused:
        read(grid("Tỉnh|Điểm", "Nghệ An|1.800", "Hà Tĩnh|x"), mapping, matcher)
    assert troubles(refused) == [
        ("E_AMBIGUOUS_NUMBER", "decimal_mark", 2, "Điểm", "1.800"),
        ("E_NUMBER", "mapped", 3, "Điểm", "x"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('unit = "điểm"\n', "", "unit"),
        ('indicator = "PCI"\n', "", "indicator"),
        ('indicator = "PCI"', "indicator = 5", "indicator"),
        ('source = "PCI"', 'source = " "', "source"),
        ('period = "2016"', "period = 2016", "period"),
        ('period = "2016"', 'period = "quý I"', "period"),
        ('period = "2016"', 'period = {year = "A"}', "period"),
        ('unit = "điểm"', 'unit = "điểm"\nstatus = "done"', "status"),
        ('unit = "điểm"', 'unit = "điểm"\npublished = "14/03/2017"', "published"),
        ('unit = "điểm"', 'unit = "điểm"\nunits = "điểm"', "units"),
        ("header_rows = 1", "", "table.header_rows"),
        ("header_rows = 1", "header_rows = -1", "table.header_rows"),
        ("header_rows = 1", "header_rows = true", "table.header_rows"),
        ("header_rows = 1", 'header_rows = 1\ncells = "B4:A9"', "table.cells"),
        ("header_rows = 1", 'header_rows = 1\nskip = "Tổng số"', "table.skip"),
        ('decimal = "."', 'decimal = ";"', "numbers.decimal"),
        ('decimal = "."', 'thousands = "."', "numbers.decimal"),
        ('decimal = "."', 'decimal = "."\nthousands = "."', "numbers.thousands"),
        ('spelt = "name"', "", "agency.spelt"),
        ('spelt = "name"', 'spelt = "likely"', "agency.spelt"),
        (
            'spelt = "name"',
            'spelt = "name"\ncodebook = {file = "../b.csv", key = "a", name = "b"}',
            "agency.codebook.file",
        ),
        (
            'spelt = "name"',
            'spelt = "name"\ncodebook = {file = "/b.csv", key = "a", name = "b"}',
            "agency.codebook.file",
        ),
        ('spelt = "name"', 'spelt = "name"\ncodebook = {file = "b.csv", key = "a"}', "agency.codebook.name"),
        ('agency = "Tỉnh"\n', "", "pairs.1.agency"),
        ('value = "Điểm"\n', "", "pairs.1.value"),
        ('value = "Điểm"\n', 'numerator = "Điểm"\n', "pairs.1.value"),
        ('value = "Điểm"', 'value = "Điểm"\ndenominator = "B"', "pairs.1.numerator"),
        ('value = "Điểm"', 'value_max = "C"\nnumerator = "A"\ndenominator = "B"', "pairs.1.value"),
        ('value = "Điểm"', 'value = {sum = ["A"]}', "pairs.1.value.sum"),
        ('value = "Điểm"', 'value = {sum = ["A", "A"]}', "pairs.1.value.sum"),
        ('value = "Điểm"', "value = {column = 0}", "pairs.1.value"),
        ('value = "Điểm"', 'value = {column = "w"}', "pairs.1.value"),
        (PAIR, "", "pairs"),
        (BODY, "", "table"),
    ],
)
def test_a_mapping_that_cannot_be_read_names_the_key(write: Write, old: str, new: str, key: str) -> None:
    text = HEAD + BODY + PAIR
    assert old in text
    with pytest.raises(Refusal) as refused:
        write(text.replace(old, new, 1))
    (problem,) = refused.value.problems
    assert (problem.code, problem.rule, Path(problem.file).name) == ("E_HEADER", "mapping_key", "table.toml")
    hints = dict(problem.hints)
    assert hints["key"] == key
    assert hints["expected"]


def test_an_unknown_key_is_told_with_the_likely_one(write: Write) -> None:
    with pytest.raises(Refusal) as refused:
        write('indicater = "PCI"\n', HEAD, BODY, PAIR)
    assert dict(refused.value.problems[0].hints) == {"key": "indicater", "expected": "indicator"}


@pytest.mark.parametrize(
    ("content", "code", "rule", "line"),
    [
        (b'unit = "a"\nperiod = \n', "E_HEADER", "mapping_toml", 2),
        ('unit = "điểm"'.encode("utf-16"), "E_ENCODING", "mapping", None),
        (None, "E_HEADER", "mapping_file", None),
    ],
)
def test_a_file_that_is_no_mapping(
    tmp_path: Path, content: bytes | None, code: str, rule: str, line: int | None
) -> None:
    path = tmp_path / "m.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Refusal) as refused:
        read_mapping(path)
    assert troubles(refused) == [(code, rule, line, None, None)]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_mapping_can_be_read(path: Path) -> None:
    mapping = read_mapping(path)
    for pair in mapping.pairs:
        fixed = dict(pair.fixed)
        assert fixed["published"]
        assert "ngày công bố chưa xác nhận" in fixed["note"].lower()


def test_the_shipped_mappings_are_the_four_known() -> None:
    assert [path.stem for path in SHIPPED] == ["gso_population_2020", "papi_2018", "papi_2020", "pci_2016"]


# The tables themselves, where they lie beside the checkout.


def mapped(shared: Path, table: str, stem: str) -> pd.DataFrame:
    path = shared / "real" / table
    if not path.exists():
        pytest.skip(f"no {table} beside the checkout")
    mapping = read_mapping(ROOT / "data" / "sources" / "mappings" / f"{stem}.toml")
    with (ROOT / "data" / "reference" / "agencies.csv").open(encoding="utf-8", newline="") as file:
        matcher = Matcher(
            Agency(
                row["code"],
                row["name_vi"],
                row["name_en"],
                row["kind"],
                row["parent"],
                date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
                date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            )
            for row in csv.DictReader(file)
        )
    table_grid = read_grid(path, table, sheet=mapping.sheet, cells=mapping.cells)
    return map_grid(table_grid, mapping, matcher, lambda name: read_grid(path.parent / name, name)).frame.set_index(
        "agency_code", drop=False, append=False
    )


def test_the_population_table(shared: Path) -> None:
    found = mapped(shared, "gso_avg_population_2020.csv", "gso_population_2020")
    values = {str(code): Decimal(value) for code, value in found["value"].items()}
    assert len(values) == 70
    assert (values["VN"], values["R-RRD"], values["40"]) == (
        Decimal("97582.7"),
        Decimal("22920.2"),
        Decimal("3365.2"),
    )
    provinces = [code for code in values if code != "VN" and not code.startswith("R-")]
    assert len(provinces) == 63
    # Each printed to a tenth: the sum of regions is the country but for rounding.
    regions = sum((values[code] for code in values if code.startswith("R-")), Decimal(0))
    assert abs(regions - values["VN"]) <= Decimal("0.3")


def test_the_population_agrees_with_the_reference_table(shared: Path) -> None:
    found = mapped(shared, "gso_avg_population_2020.csv", "gso_population_2020")
    with (shared / "reference" / "provinces63.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert Decimal(found["value"][row["gso_code"]]) == Decimal(row["population_avg_2020_thousand"])


@pytest.mark.parametrize(
    ("year", "first", "composition"),
    [("2018", "3.319524765", "SC81+SC82"), ("2020", "2.917753041", "SC81+SC82+SC83")],
)
def test_the_papi_tables(shared: Path, year: str, first: str, composition: str) -> None:
    found = mapped(shared, f"papi_subcriteria_{year}.csv", f"papi_{year}")
    assert (len(found), found.index.nunique()) == (63, 63)
    assert found["value"]["01"] == first
    assert set(found["composition"]) == {composition}
    assert set(found["period"]) == {year}


def test_the_mapping_of_2018_refuses_the_table_of_2020(shared: Path) -> None:
    with pytest.raises(Refusal) as refused:
        mapped(shared, "papi_subcriteria_2020.csv", "papi_2018")
    assert {one.rule for one in refused.value.problems} == {"mapping_empty"}
    with pytest.raises(Refusal) as refused:
        mapped(shared, "papi_subcriteria_2018.csv", "papi_2020")
    assert {one.code for one in refused.value.problems} == {"E_MISSING"}


def test_the_competitiveness_workbook(shared: Path) -> None:
    found = mapped(shared, "PCI_2016.xlsx", "pci_2016")
    assert (len(found), found.index.nunique()) == (63, 63)
    assert found["value"]["48"] == "70.00139617919922"
    assert found["value"]["04"].startswith("52.98")
    assert {"46", "77", "79", "66", "67", "06"} <= set(found.index)
