"""One agency per spelling, and never a neighbour's."""

import csv
import unicodedata
from collections import defaultdict
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from data.facts import Agency
from data.names import AmbiguousNameError, Matcher, aliases, key_of

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference" / "agencies.csv"
IN_2020 = date(2020, 12, 31)
IN_2025 = date(2025, 12, 31)
LAST = date(2025, 6, 30)
FIRST = date(2025, 7, 1)


def agency(
    code: str, name_vi: str, name_en: str = "", kind: str = "province", *, until: date | None = None
) -> Agency:
    return Agency(code, name_vi, name_en, kind, "VN", None, until)


@pytest.fixture(scope="module")
def everyone() -> tuple[Agency, ...]:
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Agency(
                row["code"],
                row["name_vi"],
                row["name_en"],
                row["kind"],
                row["parent"] or None,
                date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
                date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            )
            for row in csv.DictReader(file)
        )


@pytest.fixture(scope="module")
def matcher(everyone: tuple[Agency, ...]) -> Matcher:
    return Matcher(everyone)


def code_of(matcher: Matcher, text: str, on: date = IN_2020) -> str | None:
    found = matcher.find(text, on)
    return found.code if found else None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Nghệ An", "nghe an"),
        ("\t Nghệ\u00a0 An\u202f\n", "nghe an"),
        (unicodedata.normalize("NFD", "Nghệ An"), "nghe an"),
        ("ĐẮK NÔNG", "dak nong"),
        ("Ðà Nẵng", "da nang"),
        ("tỉnh Nghệ An", "nghe an"),
        ("Tỉnh\u00a0Nghệ An", "nghe an"),
        ("Thành phố Hồ Chí Minh", "ho chi minh"),
        ("TP Hồ Chí Minh", "ho chi minh"),
        ("TP. Hồ Chí Minh", "ho chi minh"),
        ("Tp.HCM", "hcm"),
        ("TP.", "tp"),
        ("Tỉnh", "tinh"),
        ("thành phố", "thanh pho"),
        ("Tịnh Biên", "tinh bien"),
        ("Thừa Thiên – Huế", "thua thien hue"),
        ("Thua Thien-Hue", "thua thien hue"),
        ("Bà Rịa — Vũng Tàu", "ba ria vung tau"),
        ("", ""),
        (" - ", ""),
    ],
)
def test_a_key_leaves_out_what_writers_vary(text: str, key: str) -> None:
    assert key_of(text) == key


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("46", "TT.Huế|TT-Hue|TT. Huế|Thừa Thiên - Huế|Thừa Thiên – Huế|Thua Thien-Hue|Thua Thien Hue|Huế|HUẾ"),
        ("77", "BRVT|BR. Vũng Tàu|BR-VT|Bà Rịa – Vũng Tàu|Ba Ria Vung Tau|Ba Ria - Vung Tau"),
        ("79", "Tp.HCM|TP. Hồ Chí Minh|TP.HCM|TPHCM|HCMC|Ho Chi Minh city|Hồ Chí Minh city|Ho Chi Minh City"),
        ("66", "Đăk Lăk|Dac Lac|Đắk Lắk|Dak Lak|Đắc Lắc"),
        ("67", "ĐẮC NÔNG|Đăk Nông|Dak Nong|Đắk Nông"),
        ("17", "Hoà Bình|Hòa Bình|Hoa Binh"),
        ("38", "Thanh Hoá|Thanh Hóa"),
        ("56", "Khánh Hoà|Khánh Hòa|Khanh  Hoa"),
        ("06", "Bac Can|Bắc Cạn|Bắc Kạn|Bac Kan"),
        ("19", "Thai  Nguyen|\tThái Nguyên| Thai Nguyen"),
        ("01", "Hanoi|Ha Noi|Thành phố Hà Nội"),
        ("VN", "WHOLE COUNTRY|Cả nước|Việt Nam"),
        ("R-RRD", "Red River Delta"),
        ("R-NMM", "Northern midlands and mountain areas"),
        ("R-NCC", "Northern Central area and Central coastal area"),
        ("R-CHL", "Central Highlands"),
        ("R-SE", "South East"),
        ("R-MRD", "Mekong River Delta"),
        ("BNV", "Bộ Nội vụ|BỘ NỘI VỤ|Ministry of Home Affairs"),
        ("BKHĐT", "Bộ Kế hoạch và Đầu tư|Bộ KH&ĐT"),
        ("BLĐTBXH", "Bộ Lao động – Thương binh và Xã hội|Bộ LĐ-TB&XH"),
    ],
)
def test_every_spelling_met_finds_its_agency(matcher: Matcher, code: str, texts: str) -> None:
    assert {text: code_of(matcher, text) for text in texts.split("|")} == dict.fromkeys(texts.split("|"), code)


@pytest.mark.parametrize("text", ["H<U+1EBE>", "Hà", "Bắc", "Quảng", "P04", "Tổng số", "", "-", "TP."])
def test_what_is_no_name_finds_nobody(matcher: Matcher, text: str) -> None:
    assert matcher.find(text, IN_2020) is None


LOOK_ALIKES = [
    "Hà Nam|Hà Nội|Hà Giang|Hậu Giang",
    "Quảng Nam|Quảng Ngãi|Quảng Ninh|Quảng Bình|Quảng Trị",
    "Bắc Giang|Bắc Kạn|Bắc Ninh",
    "Bình Định|Bình Dương|Bình Phước|Bình Thuận",
    "Hòa Bình|Thái Bình|Ninh Bình|Quảng Bình",
]


@pytest.mark.parametrize("group", LOOK_ALIKES)
def test_names_that_look_alike_never_stand_for_each_other(everyone: tuple[Agency, ...], group: str) -> None:
    for present, asked in permutations(group.split("|"), 2):
        rest = [one for one in everyone if one.name_vi != asked]
        assert any(one.name_vi == present for one in rest)
        for spelling in (asked, asked.upper(), unicodedata.normalize("NFD", asked), key_of(asked)):
            assert Matcher(rest).find(spelling, IN_2020) is None, f"{asked} taken for another of {group}"


def test_every_official_name_finds_its_own_agency_on_each_edition(
    matcher: Matcher, everyone: tuple[Agency, ...]
) -> None:
    for day in (IN_2020, LAST, FIRST, IN_2025):
        for one in everyone:
            if one.valid_on(day) and one.kind != "department":
                assert matcher.find(one.name_vi, day) == one
                assert matcher.find(one.name_en, day) == one


def test_a_department_is_meant_by_its_code_alone(matcher: Matcher, everyone: tuple[Agency, ...]) -> None:
    departments = [one for one in everyone if one.kind == "department"]
    assert "Sở Tư pháp" in {one.name_vi for one in departments}
    assert {matcher.find(one.name_vi, IN_2020) for one in departments} == {None}
    # The ministry-level committee keeps its English name, though a committee of Nghệ An bears the same.
    assert code_of(matcher, "Committee for Ethnic Minority Affairs", IN_2020) == "UBDT"


def test_a_name_means_whoever_bears_it_on_that_day(matcher: Matcher) -> None:
    assert (code_of(matcher, "Bắc Ninh", LAST), code_of(matcher, "Bắc Ninh", FIRST)) == ("27", "24")
    assert (code_of(matcher, "Bắc Giang", LAST), code_of(matcher, "Bắc Giang", FIRST)) == ("24", None)
    assert (code_of(matcher, "BRVT", LAST), code_of(matcher, "BRVT", FIRST)) == ("77", None)


@pytest.mark.parametrize("text", ["Huế", "Thừa Thiên Huế", "TT.Huế"])
def test_hue_is_46_in_both_editions(matcher: Matcher, text: str) -> None:
    before, after = matcher.find(text, LAST), matcher.find(text, FIRST)
    assert before and after
    assert (before.code, before.name_vi, after.code, after.name_vi) == ("46", "Thừa Thiên Huế", "46", "Huế")


def test_one_key_for_two_agencies_is_refused_not_guessed() -> None:
    both = Matcher([agency("40", "Thái Hòa"), agency("414", "Thị xã Khác", "Thai Hoa", "district")])
    with pytest.raises(AmbiguousNameError, match="40, 414") as caught:
        both.find("Thái Hoà", IN_2020)
    assert [one.code for one in caught.value.agencies] == ["40", "414"]


def test_only_one_of_two_namesakes_may_be_valid() -> None:
    namesakes = Matcher(
        [agency("27", "Bắc Ninh", until=LAST), Agency("24", "Bắc Ninh", "", "province", None, FIRST, None)]
    )
    assert (code_of(namesakes, "Bắc Ninh", LAST), code_of(namesakes, "Bắc Ninh", FIRST)) == ("27", "24")


def test_a_ministry_and_a_province_share_no_key(everyone: tuple[Agency, ...]) -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for one in everyone:
        if one.kind != "department":  # never meant by name, see above
            kinds[key_of(one.name_vi)].add(one.kind)
            kinds[key_of(one.name_en)].add(one.kind)
    coded = {one.code: one.kind for one in everyone}
    for key, code in aliases():
        kinds[key].add(coded[code])
    assert {key: found for key, found in kinds.items() if len(found) > 1} == {}


def test_an_alias_names_one_code_that_means_one_place_for_good(everyone: tuple[Agency, ...]) -> None:
    codes: dict[str, set[str]] = defaultdict(set)
    for key, code in aliases():
        codes[key].add(code)
    assert {key for key, found in codes.items() if len(found) > 1} == set()
    names: dict[str, set[str]] = defaultdict(set)
    for one in everyone:
        names[one.code].add(one.name_vi)
    assert {code for _, code in aliases()} <= set(names)
    assert {code for _, code in aliases() if len(names[code]) > 1} == {"46"}


def test_an_official_name_goes_before_an_alias() -> None:
    # Were there an agency called Huế besides, its own name would be meant, not the alias of 46.
    named = Matcher([agency("46", "Thừa Thiên Huế"), agency("99", "Huế")])
    assert code_of(named, "Huế") == "99"


@pytest.mark.parametrize(
    ("text", "nearest"), [("Nghe Am", "Nghệ An"), ("Thừa Thiên Hế", "Thừa Thiên Huế"), ("Bộ Nội vu.", "Bộ Nội vụ")]
)
def test_the_nearest_is_an_official_name_and_only_a_hint(matcher: Matcher, text: str, nearest: str) -> None:
    assert matcher.nearest(text, IN_2020) == nearest


def test_the_nearest_is_valid_on_the_day(matcher: Matcher) -> None:
    assert matcher.nearest("Bắc Giangg", LAST) == "Bắc Giang"
    assert matcher.nearest("Bắc Giangg", FIRST) != "Bắc Giang"
    assert Matcher([]).nearest("Nghệ An", LAST) == ""


@pytest.mark.parametrize("table", ["gso_avg_population_2020.csv", "papi_codebook_provinces.csv"])
def test_every_name_of_the_real_tables_is_found(shared: Path, matcher: Matcher, table: str) -> None:
    path = shared / "real" / table
    if not path.exists():
        pytest.skip(f"no {table} beside the checkout")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in list(csv.reader(file))[1:] if row]
    names = [row[0] if table.startswith("gso") else row[1] for row in rows]
    codes = [code_of(matcher, name) for name in names]
    assert None not in codes
    assert len(codes) == len(set(codes)) == (70 if table.startswith("gso") else 63)
