"""The ranking in a real browser: every agency in its place, the address is the state, it fits."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import BrowserContext, Page

import cli
from data.store import Store
from i18n import LANGUAGES, speaker
from settings import Settings
from tests.browser import PHONE, drawn, environment, go, watched
from tests.looks import assert_fits_every_window
from tests.test_figures_agree import differences
from tests.trees import marked, sent

ANSWER = {"vi": "9/61 địa phương đúng lộ trình mức độ 4", "en": "9 of 61 provinces on track for level 4"}
REGION_ANSWER = {
    "vi": "0/4 địa phương vùng Tây Nguyên đúng lộ trình mức độ 4",
    "en": "0 of 4 provinces of Central Highlands on track for level 4",
}
#: What of the ranking has to fit: all, a region with a long name, ministries, a count with a long name, nobody,
#: a band of people by improvement with somebody pinned.
VIEWS: tuple[dict[str, str], ...] = (
    {},
    {"region": "R-NCC"},
    {"group": "ministries"},
    {"indicator": "TC01"},
    {"indicator": "HL01"},
    {"group": "people-1500", "sort": "improvement", "pin": "46"},
)

#: What holds more than it shows: sideways everywhere, downwards where the rest is cut off.
_CLIPPED = """() => Array.from(document.querySelectorAll(
    'main h1, main h2, main p, main th, main td, main summary, main section, main footer, main .control,'
    + ' main .answer-fact, main .legend, main .rank-cell, main .rank-name, main .terms, main .course-cell'))
  .filter((each) => each.clientWidth > 0 && !each.closest('.offscreen'))
  .filter((each) => each.scrollWidth > each.clientWidth + 1
    || (getComputedStyle(each).overflowY !== 'visible' && each.scrollHeight > each.clientHeight + 1))
  .map((each) => each.tagName + '.' + each.className + ': ' + each.textContent.slice(0, 60))"""
#: The rows of the table as a reader has them.
_ROWS = """(rows) => rows.map((row) => ({
    code: row.dataset.agency, status: row.dataset.status, absent: row.classList.contains('unreported'),
    place: row.querySelector('.rank-place') && row.querySelector('.rank-place').textContent,
    rank: row.querySelector('.rank-no').textContent, name: row.querySelector('.rank-name').textContent,
    number: (/\\d+[,.]\\d/.exec(row.querySelector('.rank-value').textContent) || [''])[0],
    figures: row.querySelectorAll('[data-figure]').length, marks: row.querySelectorAll('[data-derived]').length,
    hatched: Boolean(row.querySelector('.hatch')), drawn: Boolean(row.querySelector('.spark path'))}))"""


def ranking_at(**query: str | None) -> str:
    """The address of the ranking with this query; what is None is left out."""
    given = {name: value for name, value in query.items() if value}
    return f"/ranking?{urlencode(given)}" if given else "/ranking"


def settle(page: Page, path: str) -> None:
    """Wait until a click led to this address and its screen was drawn."""
    page.wait_for_url(lambda url: url.endswith(path))
    page.wait_for_function("() => window.centre.asked === null")
    drawn(page, "ranking")


@pytest.fixture(scope="module", params=LANGUAGES)
def opened(request: pytest.FixtureRequest, browser: BrowserContext, served: str) -> Iterator[tuple[Page, str]]:
    """The ranking as it stands when somebody enters, once per language, and that language."""
    with watched(browser) as page:
        go(page, served, ranking_at(lang=request.param))
        yield page, request.param


@pytest.fixture(scope="module", params=LANGUAGES)
def highlands(request: pytest.FixtureRequest, browser: BrowserContext, served: str) -> Iterator[tuple[Page, str]]:
    """The ranking of one region, once per language, and that language."""
    with watched(browser) as page:
        go(page, served, ranking_at(region="R-CHL", lang=request.param))
        yield page, request.param


def rows_of(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.locator("table.rank tbody tr[data-agency]").evaluate_all(_ROWS)
    return found


def test_the_title_is_the_answer(opened: tuple[Page, str]) -> None:
    page, language = opened
    assert page.locator("h1").all_text_contents() == [ANSWER[language]]
    assert page.title() == f"{ANSWER[language]} – {speaker(language)('shell.name_short')}"
    here = page.locator(".nav a[aria-current]").all_text_contents()
    assert here == [speaker(language)("nav.ranking")]


def test_every_province_has_a_row_in_the_order_of_its_rank(opened: tuple[Page, str]) -> None:
    page, _ = opened
    rows = rows_of(page)
    assert len(rows) == 63 == len({row["code"] for row in rows})
    ranks = [int(row["rank"]) for row in rows if not row["absent"]]
    assert ranks == sorted(ranks) and ranks[0] == 1
    for at, row in enumerate(rows[: len(ranks)]):
        assert row["number"]
        same = at > 0 and rows[at - 1]["number"] == row["number"]
        assert int(row["rank"]) == (int(rows[at - 1]["rank"]) if same else at + 1), row["name"]


def test_who_did_not_report_stands_below_without_a_rank(opened: tuple[Page, str]) -> None:
    page, language = opened
    rows = rows_of(page)
    absent = [row["absent"] for row in rows]
    assert absent == sorted(absent), "an unreported row stands above a reported one"
    assert [row["name"] for row in rows if row["absent"]] == ["Kon Tum", "Sóc Trăng"]
    for row in rows:
        if row["absent"]:
            assert (row["rank"], row["status"], row["figures"], row["marks"], row["hatched"]) == (
                "–",
                "nr",
                0,
                0,
                True,
            )
        else:
            assert (row["figures"], row["hatched"], row["drawn"]) == (1, False, True)
    assert page.locator("table.rank .rank-note").all_text_contents() == [speaker(language)("ranking.below")]


def test_the_counts_of_the_legends_add_up_to_all_that_owe(opened: tuple[Page, str]) -> None:
    page, _ = opened
    for legend in (".card-ranking .legend", ".map-legend"):
        counts = [int(text) for text in page.locator(f"{legend} [data-derived]").all_text_contents()]
        assert sum(counts) == 63, legend
    statuses = [row["status"] for row in rows_of(page)]
    told = [int(text) for text in page.locator(".card-ranking .legend [data-derived]").all_text_contents()]
    assert sorted(told) == sorted(statuses.count(status) for status in set(statuses))


def test_every_province_that_reported_has_a_dot(opened: tuple[Page, str]) -> None:
    page, _ = opened
    dots = page.locator(".dot").evaluate_all("(dots) => dots.map((dot) => dot.dataset.code)")
    assert sorted(dots) == sorted(row["code"] for row in rows_of(page) if not row["absent"])


def test_the_map_has_every_province_once_and_both_archipelagos(opened: tuple[Page, str]) -> None:
    page, _ = opened
    page.wait_for_selector("[data-archipelago]")
    drawn_codes = page.locator("[data-province]").evaluate_all("(all) => all.map((each) => each.dataset.province)")
    assert sorted(drawn_codes) == sorted(row["code"] for row in rows_of(page))
    assert page.locator("[data-archipelago]").evaluate_all(
        "(all) => all.map((each) => each.dataset.archipelago)"
    ) == [
        "hoang-sa",
        "truong-sa",
    ]


def test_a_region_shows_its_own_rank_beside_that_of_the_nation(highlands: tuple[Page, str]) -> None:
    page, language = highlands
    assert page.locator("h1").text_content() == REGION_ANSWER[language]
    seen = [(row["place"], row["rank"], row["name"]) for row in rows_of(page)]
    assert seen == [
        ("1", "11", "Đắk Lắk"),
        ("2", "23", "Lâm Đồng"),
        ("3", "49", "Gia Lai"),
        ("4", "58", "Đắk Nông"),
        ("–", "–", "Kon Tum"),
    ]
    assert page.locator(".dot.dot-group").count() == 4
    assert page.locator(".dot").count() == 61


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: "-".join(view.values()) or "all")
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits(page: Page, served: str, language: str, view: dict[str, str]) -> None:
    go(page, served, ranking_at(**view, lang=language))
    assert_fits_every_window(page, at_least=20)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_hides_distance_and_course(page: Page, served: str, language: str) -> None:
    go(page, served, ranking_at(lang=language), PHONE)
    assert page.locator("table.rank tbody .rank-value:visible").count() == 63
    assert page.locator(".rank-gap:visible, .rank-course:visible").count() == 0


def test_the_address_is_the_state(page: Page, served: str) -> None:
    go(page, served, "/ranking")
    page.locator(".ranking-parts summary").click()
    page.locator(".ranking-parts .menu-list a", has_text="Tây Nguyên").click()
    settle(page, ranking_at(region="R-CHL"))
    assert page.locator("h1").text_content() == REGION_ANSWER["vi"]
    page.reload()
    drawn(page, "ranking")
    assert page.locator("h1").text_content() == REGION_ANSWER["vi"]

    page.locator(".segment a", has_text="Bộ, ngành").click()
    settle(page, ranking_at(group="ministries"))
    assert len(rows_of(page)) == 22
    assert page.locator(".ranking-parts").count() == 0

    menu = page.locator("main details.menu").nth(1)
    menu.locator("summary").click()
    menu.get_by_role("link", name="tháng 12 năm 2019").click()
    settle(page, ranking_at(period="2019-12", group="ministries"))
    page.wait_for_function(
        "() => document.querySelector('table.rank [data-figure]').dataset.figure.endsWith('2019-12')"
    )

    page.go_back()
    settle(page, ranking_at(group="ministries"))
    page.wait_for_function(
        "() => document.querySelector('table.rank [data-figure]').dataset.figure.endsWith('2020-02-12')"
    )
    page.go_back()
    settle(page, ranking_at(region="R-CHL"))
    page.wait_for_function("() => document.querySelectorAll('table.rank tr[data-agency]').length === 5")


def test_a_name_leads_to_its_province_and_a_figure_to_its_source(page: Page, served: str) -> None:
    go(page, served, ranking_at(region="R-NCC"))
    row = page.locator("tr[data-agency='40']")
    assert (row.locator(".rank-name").get_attribute("href") or "").startswith("/province/40")
    assert row.locator(".terms").text_content() == "50 / gần\u00a01.800"
    row.locator("[data-figure]").click()
    page.locator("aside.panel").wait_for()
    assert page.url.endswith("region=R-NCC&figure=DVC01/40/2020-02-12")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_does_not_exist_is_told_and_falls_back(page: Page, served: str, language: str) -> None:
    go(page, served, ranking_at(region="R-XYZ", lang=language))
    told = page.locator(".notice").all_text_contents()
    assert told == [speaker(language)("notice.unknown_region", value="R-XYZ")]
    assert len(rows_of(page)) == 63


# The file


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"region": "R-NMM", "at": "2021-01-15"},
        {"group": "ministries", "indicator": "VB01"},
        {"indicator": "DVC08", "at": "2020-08-19"},
        {"indicator": "VB02"},
    ],
    ids=lambda asked: "-".join(asked.values()) or "all",
)
def test_every_figure_of_the_page_is_that_of_the_file(
    demonstration_url: str,
    held: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    asked: dict[str, str],
    language: str,
) -> None:
    for name, value in environment(demonstration_url).items():
        monkeypatch.setenv(name, value)
    for name in ("HOST", "PORT", "TODAY", "DEMO", "LANGUAGE", "AUTH", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    file = tmp_path / "ranking.json"
    options = [word for name, value in asked.items() for word in (f"--{name}", value)]
    assert cli.main(["export", "ranking", "--to", str(file), "--lang", language, *options]) == 0
    document = json.loads(file.read_text("utf-8"))
    assert document["board"] == "ranking"
    written = {row["mark"]: row["printed"] for row in document["figures"]}
    assert len(written) == len(document["figures"]), "a mark stands twice"
    settings = Settings.from_env({"DATABASE_URL": demonstration_url, "DEMO": "on"})
    query = "?" + urlencode({**asked, "lang": language})
    trees = sent(held, settings, f"/ranking{query}")
    page = marked(trees)
    assert page
    assert "card-failed" not in json.dumps(trees)
    assert differences(page, written) == []


def test_group_and_region_are_for_the_ranking_only(
    demonstration_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", demonstration_url)
    file = tmp_path / "out.json"
    assert cli.main(["export", "overview", "--to", str(file), "--region", "R-RRD"]) == 2
    assert cli.main(["export", "ranking", "--to", str(file), "--region", "R-XYZ"]) == 1
    assert "R-XYZ" in capsys.readouterr().err
    assert not file.exists()
