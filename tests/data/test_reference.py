"""The reference tables: whole, consistent with each other, and true to the material they were taken from."""

import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from callbacks.forms import OWN_WORD
from data.periods import parse_day, parse_period
from data.sources.kinds import KINDS

FOLDER = Path(__file__).resolve().parents[2] / "data" / "reference"
TABLES = (
    *("agencies", "assessments", "checkins", "directives", "indicators", "milestones"),
    *("observations", "sources", "systems", "targets"),
)
LAST_DAY_OF_63 = "2025-06-30"
FIRST_DAY_OF_34 = "2025-07-01"
ARTICLE_FILES = {"A": "000", "B": "001", "C": "002", "D": "003", "E": "004"}
ARTICLE_FIGURES = (
    "F001 F002 F004 F022 F023 F031 F032 F033 F038 F039 F040 F041 F042 F043 F063".split()  # noqa: SIM905 - shorter than a list
)

Row = dict[str, str]


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def reference(name: str) -> list[Row]:
    return rows_of(FOLDER / f"{name}.csv")


def of_articles() -> list[Row]:
    """The figures that the five articles print."""
    return [row for row in reference("observations") if row["source"] in ARTICLE_FILES]


def valid_on(rows: list[Row], day: str) -> list[Row]:
    return [row for row in rows if row["valid_from"] <= day and (not row["valid_to"] or day <= row["valid_to"])]


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.fixture(scope="module")
def articles(shared: Path) -> dict[str, str]:
    texts = {path.name[:3]: path.read_text(encoding="utf-8") for path in (shared / "sources").glob("*.txt")}
    return {letter: plain(texts[number]) for letter, number in ARTICLE_FILES.items()}


@pytest.mark.parametrize("name", TABLES)
def test_each_table_has_the_columns_of_its_kind_of_file(name: str) -> None:
    kind = KINDS[name]
    header = (FOLDER / f"{name}.csv").read_text(encoding="utf-8").split("\n", 1)[0].split(",")
    assert set(kind.required) <= set(header) <= set(kind.required + kind.optional)
    assert len(header) == len(set(header))


@pytest.mark.parametrize("name", TABLES)
def test_each_table_is_composed_text_with_line_feeds_and_no_key_twice(name: str) -> None:
    written = (FOLDER / f"{name}.csv").read_bytes()
    assert b"\r" not in written
    text = written.decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "\N{NO-BREAK SPACE}" not in text
    keys = Counter(tuple(row[column] for column in KINDS[name].key) for row in reference(name))
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize(
    ("kind", "count"),
    [("country", 1), ("region", 6), ("ministry", 18), ("ministerial_agency", 4), ("government_agency", 8)],
)
def test_agencies_of_each_kind_are_complete(kind: str, count: int) -> None:
    assert sum(row["kind"] == kind for row in reference("agencies")) == count


@pytest.mark.parametrize(("day", "count"), [("2020-02-12", 63), (LAST_DAY_OF_63, 63), (FIRST_DAY_OF_34, 34)])
def test_provinces_of_a_day_are_63_or_34_and_no_code_or_name_is_there_twice(day: str, count: int) -> None:
    provinces = [row for row in valid_on(reference("agencies"), day) if row["kind"] == "province"]
    assert len(provinces) == count
    assert len({row["code"] for row in provinces}) == count
    assert len({row["name_vi"] for row in provinces}) == count
    assert len({row["name_en"] for row in provinces}) == count


def test_no_code_means_two_agencies_on_one_day() -> None:
    agencies = reference("agencies")
    for day in ("2020-02-12", LAST_DAY_OF_63, FIRST_DAY_OF_34):
        codes = Counter(row["code"] for row in valid_on(agencies, day))
        assert max(codes.values()) == 1


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("15", "Yên Bái", "Lào Cai"),
        ("24", "Bắc Giang", "Bắc Ninh"),
        ("44", "Quảng Bình", "Quảng Trị"),
        ("46", "Thừa Thiên Huế", "Huế"),
        ("52", "Bình Định", "Gia Lai"),
        ("80", "Long An", "Tây Ninh"),
        ("82", "Tiền Giang", "Đồng Tháp"),
        ("91", "Kiên Giang", "An Giang"),
    ],
)
def test_a_code_that_changed_its_meaning_means_each_at_its_time(code: str, before: str, after: str) -> None:
    agencies = reference("agencies")
    names = [
        next(row["name_vi"] for row in valid_on(agencies, day) if row["code"] == code)
        for day in (LAST_DAY_OF_63, FIRST_DAY_OF_34)
    ]
    assert names == [before, after]


def test_a_province_kept_whole_is_one_row_and_a_merged_one_two() -> None:
    rows = {code: [row for row in reference("agencies") if row["code"] == code] for code in ("40", "31", "27")}
    assert [(row["valid_from"], row["valid_to"]) for row in rows["40"]] == [("", "")]
    assert [row["valid_from"] for row in rows["31"]] == ["", FIRST_DAY_OF_34]
    assert [row["valid_to"] for row in rows["27"]] == [LAST_DAY_OF_63]


def test_every_parent_is_an_agency_and_regions_hold_the_provinces_of_2020() -> None:
    agencies = reference("agencies")
    codes = {row["code"] for row in agencies}
    assert [row["code"] for row in agencies if row["parent"] not in codes | {""}] == []
    assert [row["code"] for row in agencies if not row["parent"]] == ["VN"]
    parents = Counter(row["parent"] for row in valid_on(agencies, "2020-02-12") if row["kind"] == "province")
    assert parents == {"R-RRD": 11, "R-NMM": 14, "R-NCC": 14, "R-CHL": 5, "R-SE": 6, "R-MRD": 13}
    units = Counter(row["kind"] for row in agencies if row["parent"] == "40")
    assert units == {"district": 21, "department": 20}


DAYS = ("2020-02-12", FIRST_DAY_OF_34)


def test_provinces_are_those_of_the_two_lists(shared: Path) -> None:
    agencies = [row for row in reference("agencies") if row["kind"] == "province"]
    old = {(row["gso_code"], row["name_vi"]) for row in rows_of(shared / "reference" / "provinces63.csv")}
    new = {(row["new_gso_code"], row["new_name_vi"]) for row in rows_of(shared / "reference" / "crosswalk_63_34.csv")}
    # The city is told from the man it is named after, as its own papers do.
    ours = {
        day: {(row["code"], row["name_vi"].removeprefix("TP. ")) for row in valid_on(agencies, day)} for day in DAYS
    }
    assert ours == dict(zip(DAYS, (old, new), strict=True))
    assert {row["name_vi"] for row in agencies if row["code"] == "79"} == {"TP. Hồ Chí Minh"}


def test_places_keep_their_marks_in_english() -> None:
    provinces = [row for row in reference("agencies") if row["kind"] == "province" and row["code"] != "79"]
    assert [row["name_en"] for row in provinces] == [row["name_vi"] for row in provinces]


def test_indicators_are_those_of_the_catalogue(shared: Path) -> None:
    ours = reference("indicators")
    theirs = rows_of(shared / "reference" / "indicators.csv")
    columns = KINDS["indicators"].required[:-1]
    assert [[row[name] for name in columns] for row in ours] == [[row[name] for name in columns] for row in theirs]
    for row, told in zip(ours, theirs, strict=True):
        if "unconfirmed" in told["certainty"]:
            assert "chưa xác nhận" in row["legal_basis"], row["code"]


def test_legal_bases_are_in_vietnamese() -> None:
    for row in reference("indicators"):
        assert not re.search(r"article|unconfirmed|practice|ours|press|group", row["legal_basis"]), row["code"]
        assert row["legal_basis"], row["code"]


def test_bins_rise_and_end_inside_the_natural_limits() -> None:
    for row in reference("indicators"):
        bins = [float(edge) for edge in row["bins"].split(";") if edge]
        assert bins == sorted(set(bins))
        if bins and row["natural_max"]:
            assert bins[-1] < float(row["natural_max"])


def test_sources_are_those_of_the_catalogue(shared: Path) -> None:
    theirs = rows_of(shared / "reference" / "sources.csv")
    columns = KINDS["sources"].required
    ours = {row["code"]: row for row in reference("sources")}
    assert [ours[row["code"]] for row in theirs] == [{name: row[name] for name in columns} for row in theirs]
    outside = set(ours) - {row["code"] for row in theirs}
    assert outside == {"PD", "OGA", "ICT", "DTMN", "CHUNG", OWN_WORD}, (
        "what happened outside the articles, and what is typed"
    )
    assert len({row["rank"] for row in ours.values()}) == len(ours)


@pytest.mark.parametrize("name", ["observations", "targets"])
def test_every_code_of_a_row_is_known(name: str) -> None:
    indicators = {row["code"] for row in reference("indicators")}
    agencies = {row["code"] for row in reference("agencies")} | ({"ALL"} if name == "targets" else set())
    sources = {row["code"] for row in reference("sources")}
    for row in reference(name):
        assert row["indicator_code"] in indicators
        assert row["agency_code"] in agencies
        assert row["source"] in sources


def test_targets_of_the_articles_are_all_there(shared: Path) -> None:
    named = [row for row in rows_of(shared / "reference" / "article_rows.csv") if row["period"].startswith("target")]
    expected = {
        (
            row["indicator_code"],
            row["agency_code"],
            "".join(re.findall(r"\d{4}", row["period"])),
            row["value"],
            row["source"],
        )
        for row in named
    } | {("DVC01", "ALL", "2020", "30", "A")}
    columns = ("indicator_code", "agency_code", "due", "value", "source")
    ours = {tuple(row[name] for name in columns) for row in reference("targets") if row["source"] in ARTICLE_FILES}
    assert ours == expected
    assert len(ours) == 7


def test_targets_of_resolution_17_are_all_there(shared: Path) -> None:
    columns = ("indicator_code", "shape", "value", "value_max", "set_on", "certainty")
    named = [row for row in rows_of(shared / "reference" / "nq17_targets.csv") if row["indicator_code"]]
    expected = {(row["by"], *(row[name] for name in columns)) for row in named}
    ours = [row for row in reference("targets") if row["source"] == "NQ17"]
    assert {(row["due"], *(row[name] for name in columns)) for row in ours} == expected
    assert len(ours) == len(named)
    assert {row["phrase"] for row in ours} == {""}
    assert all("bản tóm tắt" in row["source_ref"] for row in ours)
    assert all("chưa xác nhận" in row["source_ref"] for row in ours if row["certainty"] == "unconfirmed")


@pytest.mark.parametrize(
    ("year", "source", "certainty"), [("2019", "NQ69", "unconfirmed"), ("2020", "NQ85", "sourced")]
)
def test_targets_of_the_assembly_are_all_there(shared: Path, year: str, source: str, certainty: str) -> None:
    named = {row["code"]: row for row in rows_of(shared / "reference" / "national_assembly_targets.csv")}
    ours = [row for row in reference("targets") if row["source"] == source]
    assert {row["indicator_code"] for row in ours} == set(named)
    for row in ours:
        plan = named[row["indicator_code"]]
        about = "about " if row["shape"] == "about" else "under " if row["shape"] == "at_most" else ""
        upper = f"-{row['value_max']}" if row["value_max"] else ""
        assert f"{about}{row['value']}{upper}" == plan[f"plan_{year}"]
        assert f"{row['shape']}{' strict' if row['strict'] == 'true' else ''}" == plan[f"shape_{year}"]
        assert (row["due"], row["set_on"], row["certainty"]) == (year, plan[f"set_on_{year}"], certainty)
        assert row["agency_code"] == "VN"


def test_the_paths_are_the_two_inferred_ones_and_flat_annual_rates() -> None:
    targets = reference("targets")
    linear = {
        (row["indicator_code"], row["source"], row["start_on"], row["start_value"], row["path_status"])
        for row in targets
        if row["path"] == "linear"
    }
    assert linear == {
        ("DVC01", "A", "2019-03-07", "5.35", "inferred"),
        ("DVC01", "C", "2019-03-07", "5.35", "inferred"),
        ("VB01", "C", "2018-12-31", "72", "inferred"),
    }
    flat = {row["indicator_code"] for row in targets if row["path"] == "flat"}
    assert flat == {"KTXH01", "KTXH02", "KTXH03", "KTXH04", "KTXH05", "KTXH06", "KTXH06a"}
    assert {row["path"] for row in targets} == {"linear", "flat", "none"}
    assert all(not row["start_on"] and not row["path_status"] for row in targets if row["path"] != "linear")


def test_due_dates_and_days_can_be_read_and_one_target_has_no_due() -> None:
    targets = reference("targets")
    assert all(parse_day(row["set_on"]) for row in targets)
    assert all(parse_period(row["due"]) for row in targets if row["due"])
    assert [row["indicator_code"] for row in targets if not row["due"]] == ["BC01"]


def test_figures_of_the_articles_are_all_there(shared: Path) -> None:
    folder = shared / "reference"
    words = {row["fact_id"]: row["phrase_vi"] for row in rows_of(folder / "article_facts.csv")}
    named = [row for row in rows_of(folder / "article_rows.csv") if parse_period(row["period"])]
    assert [row["fact_id"] for row in named] == ARTICLE_FIGURES
    columns = ("indicator_code", "agency_code", "period", "value", "qualifier", "source")
    expected = [(*(row[name] for name in columns), words[row["fact_id"]]) for row in named]
    ours = [(*(row[name] for name in columns), row["phrase"]) for row in of_articles() if row["value"]]
    assert ours == expected


def test_the_share_of_nghe_an_is_given_by_its_terms_alone() -> None:
    [row] = [row for row in of_articles() if not row["value"]]
    assert (row["indicator_code"], row["agency_code"], row["period"], row["source"]) == (
        "DVC01",
        "40",
        "2020-02-12",
        "C",
    )
    assert (row["numerator"], row["denominator"]) == ("50", "1800")
    assert (row["numerator_qualifier"], row["denominator_qualifier"]) == ("", "under")
    assert row["phrase"] == "gần 1.800 … 50 dịch vụ công trực tuyến mức độ 4"


def test_observations_are_official_in_the_unit_of_their_indicator() -> None:
    units = {row["code"]: row["unit"] for row in reference("indicators")}
    for row in reference("observations"):
        assert row["unit"] == units[row["indicator_code"]]
    for row in of_articles():
        assert (row["status"], row["certainty"], row["published"]) == ("official", "sourced", "")
        assert row["source_ref"].startswith(f"Bài {row['source']}, ")


#: How the table of the Assembly's targets writes what is a word of a column here.
QUALIFIERS = {"approx": "about ", "over": "over ", "": ""}
VERDICTS = {"exceeded": "Vượt", "met": "Đạt"}


@pytest.mark.parametrize(
    ("year", "source", "column", "certainty"),
    [("2019", "PRESS", "actual_2019", "sourced"), ("2020", "CHUNG", "result_2020", "unconfirmed")],
)
def test_results_of_the_assembly_are_all_there(
    shared: Path, year: str, source: str, column: str, certainty: str
) -> None:
    table = rows_of(shared / "reference" / "national_assembly_targets.csv")
    named = {row["code"]: row[column] for row in table if row[column]}
    figures = [row for row in reference("observations") if (row["source"], row["period"]) == (source, year)]
    words = [row for row in reference("assessments") if (row["source"], row["period"]) == (source, year)]
    found = {row["indicator_code"]: row["words_vi"] for row in words if row["words_vi"]}
    for row in figures:
        upper = f"-{row['value_max']}" if row["value_max"] else ""
        found[row["indicator_code"]] = f"{QUALIFIERS[row['qualifier']]}{row['value']}{upper}"
    assert found == named
    # What the source calls a surplus has no number, and a number has no words in its place.
    assert {row["indicator_code"] for row in words if row["words_vi"]} == {"KTXH04"}
    told = [*figures, *words]
    assert {(row["agency_code"], row["certainty"]) for row in told} == {("VN", certainty)}
    assert {row["status"] for row in figures} == {"estimated"}


def test_verdicts_of_2019_are_those_of_the_table(shared: Path) -> None:
    table = rows_of(shared / "reference" / "national_assembly_targets.csv")
    named = {row["code"]: row["assessment_2019"] for row in table if row["assessment_2019"]}
    ours = [row for row in reference("assessments") if row["verdict"]]
    assert {row["indicator_code"]: VERDICTS[row["verdict"]] for row in ours} == named
    assert {(row["period"], row["source"], row["phrase"]) for row in ours} == {
        ("2019", "PRESS", word) for word in VERDICTS.values()
    }
    (source,) = [row for row in reference("sources") if row["code"] == "PRESS"]
    assert source["date"] == "2020-01-01"


def test_nothing_is_said_of_what_was_never_measured() -> None:
    assert {"HL01", "BC01", "DL01"} & {row["indicator_code"] for row in reference("observations")} == set()


@pytest.mark.parametrize("name", ["observations", "targets", "checkins", "systems", "milestones"])
def test_every_phrase_stands_in_its_article(name: str, articles: dict[str, str]) -> None:
    told = [row for row in reference(name) if row["source"] in ARTICLE_FILES]
    assert told
    for row in told:
        assert row["phrase"], row
        for part in row["phrase"].split(" … "):
            assert plain(part) in articles[row["source"]], part


def test_directives_are_the_33_phrases_of_the_articles(shared: Path, articles: dict[str, str]) -> None:
    facts = [row for row in rows_of(shared / "reference" / "article_facts.csv") if row["kind"] == "obligation"]
    letters = {number: letter for letter, number in ARTICLE_FILES.items()}
    expected = sorted((letters[row["article_file"]], row["phrase_vi"]) for row in facts)
    told = [row for row in reference("directives") if row["phrase"]]
    assert sorted((row["source"], row["phrase"]) for row in told) == expected
    assert (len(told), len({row["code"] for row in reference("directives")})) == (33, 31)
    for row in told:
        assert plain(row["phrase"]) in articles[row["source"]]


def test_deadlines_of_directives_are_those_of_the_articles(shared: Path) -> None:
    facts = {row["phrase_vi"]: row for row in rows_of(shared / "reference" / "article_facts.csv")}
    # The plan of the second half of 2019 gives its last day; the year of the targets is that of the resolution.
    written_otherwise = {"2019-12-31": "2019-H2"}
    for row in reference("directives"):
        if row["phrase"]:
            stated = facts[row["phrase"]]["target_date"]
            assert row["due"] == written_otherwise.get(stated, stated), row["code"]


def test_what_happened_to_the_decrees_is_that_of_the_table(shared: Path) -> None:
    table = {row["actual_no"]: row for row in rows_of(shared / "reference" / "decrees.csv")}
    done = {row["evidence"]: row for row in reference("checkins") if row["source"] == "PD"}
    assert {number: row["date"] for number, row in done.items()} == {
        number: row["signed"] for number, row in table.items()
    }
    assert {row["note"] for row in done.values()} == {row["actual_title_vi"] for row in table.values()}
    assert {row["status"] for row in reference("checkins")} == {"official"}


#: The table gives these systems a figure in place of a purpose; the figure stands in the indicator they name.
FIGURES_FOR_PURPOSES = {"SYS09": "TC01;TC02;DVC08", "SYS11": "DL05", "SYS12": "DL04", "SYS14": "DL01"}


def test_systems_are_the_17_of_the_table(shared: Path) -> None:
    table = {row["code"]: row for row in rows_of(shared / "reference" / "systems.csv")}
    ours = {row["code"]: row for row in reference("systems")}
    assert list(ours) == list(table)
    assert len(ours) == 17
    for code, row in ours.items():
        named = table[code]
        # An abbreviation that no article holds stands in the table as a remark.
        english = named["name_en"].removesuffix(" (LGSP/NGSP; abbreviation not in article)")
        assert (row["name_vi"], row["name_en"], row["owner_words"]) == (named["name_vi"], english, named["owner"])
        if code in FIGURES_FOR_PURPOSES:
            assert row["indicators"] or row["connects"]
            assert FIGURES_FOR_PURPOSES[code] in (row["indicators"], row["connects"])
        else:
            assert row["purpose_vi"] == named["purpose_vi"]
        articles = [ARTICLE_FILES[row["source"]], *named["articles"].split(";")]
        assert articles.count(articles[0]) == 2, "its source is an article that names it"
    assert {code: row["shared_as"] for code, row in ours.items() if row["shared_as"]} == {
        code: {"đề xuất": "proposed", "mục tiêu": "aimed", "yêu cầu": "demanded"}[table[code]["status_in_articles"]]
        for code in ("SYS13", "SYS14", "SYS15")
    }


def test_a_system_is_known_from_the_first_article_that_names_it(shared: Path) -> None:
    days = {ARTICLE_FILES[row["code"]]: row["date"] for row in reference("sources") if row["code"] in ARTICLE_FILES}
    table = {row["code"]: row["articles"].split(";") for row in rows_of(shared / "reference" / "systems.csv")}
    for row in reference("systems"):
        assert days[ARTICLE_FILES[row["source"]]] == min(days[number] for number in table[row["code"]])


def test_an_owner_is_the_agency_that_the_table_names() -> None:
    agencies = {row["name_vi"]: row["code"] for row in reference("agencies") if row["kind"] != "region"}
    words = {"Bộ TT&TT": "BTTTT", "UBND tỉnh Nghệ An": agencies["Nghệ An"], "bộ, tỉnh": "ALL"}
    words |= {"bộ, ngành, địa phương": "ALL", "VPCP": "VPCP", "Bộ Công an": agencies["Bộ Công an"]}
    for row in reference("systems"):
        first = re.split(r" \(|; |, Bộ", row["owner_words"])[0]
        assert row["owner"] == words[first], row["code"]


def test_milestones_are_the_eleven_of_the_articles(shared: Path) -> None:
    facts = [row for row in rows_of(shared / "reference" / "article_facts.csv") if row["kind"] == "milestone"]
    assert len(facts) == 11
    letters = {number: letter for letter, number in ARTICLE_FILES.items()}
    expected = {(letters[row["article_file"]], row["phrase_vi"]): row for row in facts}
    told = [row for row in reference("milestones") if row["source"] in ARTICLE_FILES]
    assert {(row["source"], row["phrase"]) for row in told} == set(expected)
    for row in told:
        fact = expected[row["source"], row["phrase"]]
        assert (row["due"], row["reached"]) == (fact["target_date"], fact["as_of"]), row["name_vi"]
        assert (row["state"] == "planned") == (fact["value_qualifier"] == "dự kiến")


def test_what_happened_outside_the_articles_has_its_source_and_no_words_of_ours() -> None:
    others = [row for row in reference("milestones") if row["source"] not in ARTICLE_FILES]
    assert {(row["system_code"], row["event"], row["source"], row["reached"]) for row in others} == {
        ("SYS01", "launch", "DTMN", "2019-03-12"),
        ("SYS06", "launch", "OGA", "2019-12-09"),
        ("SYS06", "connect", "OGA", "2020-02-14"),
    }
    assert {(row["certainty"], row["phrase"]) for row in others} == {("sourced", "")}


def test_a_phrase_that_no_article_holds_would_be_found(articles: dict[str, str]) -> None:
    assert "mới đạt 10,7%" in articles["A"]
    assert "mới đạt 10,8%" not in articles["A"]
