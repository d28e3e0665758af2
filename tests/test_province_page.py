"""The page of a province in a real browser: what it says of Nghệ An and of an unreported one, and that it fits."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import BrowserContext, Locator, Page

import cli
from data.clock import now
from data.scope import EVERYTHING
from data.store import open_store
from figures.node import Node
from i18n import LANGUAGES, speaker
from i18n.collation import vietnamese_order
from layouts.address import Address, Moment, Visit
from layouts.province import page as page_of
from layouts.words import printed
from metrics.asked import Asked
from metrics.boards.province import province
from metrics.figure import figures_of
from tests.browser import DESKTOP, drawn, environment, watched
from tests.looks import SIZES, VIETNAMESE, assert_fits, assert_menus_open_inside, resized, texts

NGHE_AN, HA_NOI, KON_TUM, SOC_TRANG = "40", "01", "62", "94"

#: The text without the units that only a reader who hears the page is told.
_WITHOUT_UNITS = """(each) => {
  const copy = each.cloneNode(true);
  for (const unit of copy.querySelectorAll('.offscreen')) unit.remove();
  return copy.textContent;
}"""
#: What holds words or bars that run over one another.
_OVERLAPS = """() => Array.from(document.querySelectorAll('.scale-names, .hero, .levels li, .paces li'))
  .filter((each) => {
    const boxes = Array.from(each.children).map((child) => child.getBoundingClientRect());
    const across = (one, two) => one.left < two.right - 0.5 && two.left < one.right - 0.5;
    const down = (one, two) => one.top < two.bottom - 0.5 && two.top < one.bottom - 0.5;
    return boxes.some((one, at) => boxes.slice(at + 1).some((two) => across(one, two) && down(one, two)));
  }).map((each) => each.textContent)"""


def opened_at(page: Page, served: str, path: str, size: tuple[int, int] = DESKTOP) -> Page:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(served + path)
    drawn(page, "province")
    return page


@pytest.fixture(scope="module", params=LANGUAGES)
def nghe_an(request: pytest.FixtureRequest, browser: BrowserContext, served: str) -> Iterator[tuple[Page, str]]:
    """The page of Nghệ An, once per language, and that language."""
    with watched(browser) as page:
        yield opened_at(page, served, f"/province/{NGHE_AN}?lang={request.param}"), request.param


def text_of(found: Locator) -> str:
    return " ".join((found.text_content() or "").replace("\u00a0", " ").split())


def test_the_title_says_how_far_the_target_is(nghe_an: tuple[Page, str]) -> None:
    page, language = nghe_an
    answer = {
        "vi": "Mức độ 4 đạt trên 2,7%, cần thêm gần 490 dịch vụ để đạt 30% vào 31/12/2020",
        "en": "Level 4 at over 2.7%; nearly 490 services more to reach 30% by 31/12/2020",
    }
    assert page.locator("h1").all_text_contents() == ["Nghệ An"]
    assert text_of(page.locator(".answer-line")) == answer[language]
    assert page.locator(".answer .chip").get_attribute("data-status") == "behind"
    assert page.title().startswith("Nghệ An – ")
    assert text_of(page.locator(".nav [aria-current]")) == speaker(language)("nav.province")


def test_the_figures_of_the_article_carry_their_marks_and_terms(nghe_an: tuple[Page, str]) -> None:
    page, language = nghe_an
    hero = page.locator(".card-hero")
    share, terms = {"vi": ("trên 2,7%", "50 trên gần 1.800"), "en": ("over 2.7%", "50 of nearly 1,800")}[language]
    assert text_of(hero.locator(".hero-value [data-figure='DVC01/40/2020-02-12']")) == share
    assert text_of(hero.locator(".hero-lines")).startswith(terms)
    marks = hero.locator(".hero-lines [data-derived]").evaluate_all(
        "(each) => each.map((one) => one.dataset.derived)"
    )
    assert marks[:2] == ["numerator/DVC01/40/2020-02-12", "denominator/DVC01/40/2020-02-12"]
    levels = hero.locator(".levels [data-figure]").evaluate_all("(each) => each.map((one) => one.dataset.figure)")
    assert levels == [f"DVC08_{level}/40/2020-02-12" for level in (2, 3, 4)]


def test_levels_that_do_not_add_up_are_told_and_not_mended(nghe_an: tuple[Page, str]) -> None:
    page, language = nghe_an
    told = {
        "vi": "Nguồn làm tròn: trên 1.100 + gần 600 + 50 = khoảng 1.750, thấp hơn tổng “gần 1.800”. "
        "Nguồn không nêu mức độ 1. Giữ nguyên số báo cáo, không tự điều chỉnh.",
        "en": "Rounded by the source: over 1,100 + nearly 600 + 50 = about 1,750, below the total of “nearly 1,800”. "
        "The source does not name level 1. Figures stand as reported; none is adjusted.",
    }
    seen = page.locator(".mismatch").evaluate(_WITHOUT_UNITS)
    assert " ".join(seen.split()) == told[language]


def test_all_indicators_have_a_row_that_leads_to_them(nghe_an: tuple[Page, str]) -> None:
    page, _ = nghe_an
    rows = page.locator("table.own tbody tr")
    codes = rows.evaluate_all("(each) => each.map((row) => row.dataset.indicator)")
    assert len(codes) == len(set(codes)) >= 12
    assert {"DVC01", "DVC02", "VB01", "DVC08", "TC01"} <= set(codes)
    for index in range(rows.count()):
        assert rows.nth(index).locator(".own-value [data-figure]").count() == 1
    assert page.locator("table.own [aria-current]").count() == 1


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_it_fits_and_can_be_read(nghe_an: tuple[Page, str], size: tuple[int, int]) -> None:
    page = resized(nghe_an[0], size)
    assert_fits(page, at_least=100)
    assert page.evaluate(_OVERLAPS) == []
    assert_menus_open_inside(page)


@pytest.mark.parametrize("nghe_an", ["en"], indirect=True)
def test_english_holds_no_vietnamese_but_names(nghe_an: tuple[Page, str]) -> None:
    page, _ = nghe_an
    left = [each["text"] for each in texts(page) if VIETNAMESE.search(each["text"])]
    assert [text for text in left if not re.search("Nghệ An|Hoàng Sa|Trường Sa|Đà Nẵng|Khánh", text)] == []


def test_the_menu_holds_every_province_in_the_order_of_a_vietnamese_list(nghe_an: tuple[Page, str]) -> None:
    page, _ = nghe_an
    names = [name.strip() for name in page.locator(".menu-provinces .menu-list a").all_text_contents()]
    assert len(names) == 63
    assert names == sorted(names, key=vietnamese_order)
    assert (names[0], names[-1]) == ("An Giang", "Yên Bái")


def test_the_map_outlines_the_province_and_shows_both_archipelagos(nghe_an: tuple[Page, str]) -> None:
    page, _ = nghe_an
    page.wait_for_selector(".card-place .map-here")
    assert page.locator(".card-place [data-province]").count() == 63
    own = page.locator(f".card-place [data-province='{NGHE_AN}']").get_attribute("d")
    assert page.locator(".card-place .map-here").get_attribute("d") == own
    assert page.locator(".card-place [data-archipelago]").count() == 2


def test_every_card_names_its_source_and_says_what_is_simulated(nghe_an: tuple[Page, str]) -> None:
    page, _ = nghe_an
    cards = page.locator("main .card")
    assert cards.count() == 8
    for index in range(cards.count()):
        assert cards.nth(index).locator("footer.provenance .source").count() == 1
        if cards.nth(index).get_attribute("data-simulated"):
            assert cards.nth(index).locator(".sim").count() >= 1
    # What it has to do is simulated too: among it is a report of a simulated regime that never came.
    assert page.locator("main .card[data-simulated]").count() == 8


@pytest.mark.parametrize("code", [NGHE_AN, HA_NOI, "79"])
def test_the_rank_is_that_of_the_ranking(page: Page, served: str, code: str) -> None:
    page.goto(f"{served}/ranking")
    drawn(page, "ranking")
    said = page.locator(f"tr[data-agency='{code}'] [data-derived^='rank/']").first.text_content()
    opened_at(page, served, f"/province/{code}")
    ranks = page.locator(".card-place .fact [data-derived^='rank/']").all_text_contents()
    assert ranks == [said]
    row = page.locator("table.own tr[data-indicator='DVC01'] [data-derived^='rank/']").all_text_contents()
    assert row == [said]


def test_a_figure_opens_its_provenance(page: Page, served: str) -> None:
    opened_at(page, served, f"/province/{NGHE_AN}")
    page.locator(".hero-value .figure").click()
    panel = page.locator("aside.panel")
    panel.wait_for()
    assert "50 / gần 1.800" in text_of(panel)
    assert "“gần 1.800 … 50 dịch vụ công trực tuyến mức độ 4”" in text_of(panel)
    assert page.url.endswith("?figure=DVC01/40/2020-02-12")
    page.locator(".panel-close").click()
    page.wait_for_selector("aside.panel", state="detached")
    page.locator(".levels [data-figure='DVC08_2/40/2020-02-12']").click()
    panel.wait_for()
    assert "trên 1.100 dịch vụ công mức độ 2" in text_of(panel)


def test_a_province_without_levels_has_no_bars_of_them(page: Page, served: str) -> None:
    opened_at(page, served, f"/province/{HA_NOI}")
    assert page.locator(".levels, .mismatch").count() == 0
    assert page.locator(".hero-value [data-figure^='DVC01/01/']").count() == 1


@pytest.mark.parametrize("code", [KON_TUM, SOC_TRANG])
def test_an_unreported_province_says_so_and_shows_its_last_figure_as_such(page: Page, served: str, code: str) -> None:
    opened_at(page, served, f"/province/{code}")
    hero = page.locator(".card-hero")
    assert page.locator(".answer .chip").get_attribute("data-status") == "nr"
    assert "Chưa báo cáo kỳ 12/02/2020" in text_of(hero)
    assert "Số gần nhất, tháng 11 năm 2019" in text_of(hero)
    assert hero.locator(f".hero-value [data-figure='DVC01/{code}/2019-11']").count() == 1
    assert hero.locator(".hatch").count() == 1
    assert hero.locator(".bullet, .paces").count() == 0
    assert page.locator(f"[data-figure='DVC01/{code}/2020-02-12']").count() == 0
    assert "chưa báo cáo" in text_of(page.locator(".card-place .facts"))
    assert page.locator(".card-place [data-derived^='rank/']").count() == 0
    row = page.locator("table.own tr[data-indicator='DVC01']")
    assert row.get_attribute("data-status") == "stale"
    assert "Số liệu cũ" in text_of(row.locator("td.own-standing"))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/province/40", 200),
        ("/province/00", 404),
        ("/province/99", 404),
        ("/province/040", 404),
        ("/province/", 404),
        ("/province/27", 200),
        ("/province/27?at=2025-06-30", 200),
        ("/province/27?at=2025-07-01", 404),
        ("/province/24?at=2025-07-01", 200),
        ("/province/27?at=no-day", 200),
    ],
)
def test_a_code_that_means_no_province_on_that_day_is_a_404(served: str, path: str, status: int) -> None:
    try:
        with urlopen(served + path, timeout=10) as answer:
            found = answer.status
    except HTTPError as refused:
        found = refused.code
        assert 'data-screen="not-found"' in refused.read().decode("utf-8")
    assert found == status


def test_going_to_no_province_within_the_page_is_told(page: Page, served: str) -> None:
    opened_at(page, served, f"/province/{NGHE_AN}")
    page.evaluate("() => window.centre.go('/province/99')")
    page.wait_for_selector(".notice-over")
    assert "Mã 99 không ứng với tỉnh, thành phố nào vào ngày 14/02/2020." in text_of(page.locator(".notice-over"))
    page.go_back()
    page.wait_for_selector(".hero-value [data-figure='DVC01/40/2020-02-12']")


def test_what_is_chosen_is_in_the_address_and_stays_on_the_way_to_another(page: Page, served: str) -> None:
    opened_at(page, served, f"/province/{NGHE_AN}")
    page.locator("table.own tr[data-indicator='VB01'] a.own-name").click()
    page.wait_for_selector(".hero-value [data-figure='VB01/40/2020-02-12']")
    assert page.url.endswith("/province/40?indicator=VB01")
    page.locator(".menu-provinces summary").click()
    page.locator(".menu-provinces .menu-list a", has_text="Kon Tum").click()
    page.wait_for_selector(".hero-value [data-figure='VB01/62/2020-02-12']")
    assert page.url.endswith("/province/62?indicator=VB01")
    page.reload()
    drawn(page, "province")
    assert page.locator("h1").text_content() == "Kon Tum"


def test_an_indicator_it_has_no_figure_of_is_told(page: Page, served: str) -> None:
    opened_at(page, served, f"/province/{HA_NOI}?indicator=DL01")
    assert "Hà Nội không có số liệu của chỉ tiêu DL01" in text_of(page.locator(".notice").first)
    assert page.locator(".hero-value [data-figure^='DVC01/01/']").count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("code", "indicator", "at"),
    [
        (NGHE_AN, None, "2020-02-14"),
        (NGHE_AN, "DVC08_3", "2020-02-14"),
        (HA_NOI, "VB01", "2020-08-19"),
        (KON_TUM, None, "2020-02-14"),
        ("24", None, "2025-08-01"),
    ],
)
def test_every_figure_of_the_page_is_one_of_the_board(
    demonstration_url: str, code: str, indicator: str | None, at: str, language: str
) -> None:
    say, day = speaker(language), date.fromisoformat(at)
    store = open_store(demonstration_url)
    board = province(store, EVERYTHING, code, Asked(day, indicator))
    store.close()
    assert board is not None
    known = {figure.mark: printed(figure, say) for figure in figures_of(board)}
    screen = page_of(board, Visit(Address(), Moment(now(), day), ()), say)
    seen = 0
    for draw in screen.parts.values():
        for node in Node("div", draw()).nodes():
            mark = node.attributes.get("data-figure") or node.attributes.get("data-derived")
            if mark is not None:
                seen += 1
                assert node.text in (known[mark].text, known[mark].number), mark
    assert seen > (0 if board.own else -1)


def test_the_command_line_writes_the_board_of_a_province(
    demonstration_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in environment(demonstration_url).items():
        monkeypatch.setenv(name, value)
    file = tmp_path / "nghe-an.json"
    assert cli.main(["export", "province", "--province", "40", "--to", str(file)]) == 0
    found = json.loads(file.read_text("utf-8"))
    figures = {row["mark"]: row["printed"] for row in found["figures"]}
    assert (found["board"], found["indicator"], found["at"]) == ("province", "DVC01", "2020-02-14")
    assert figures["DVC01/40/2020-02-12"] == "trên\u00a02,7%"
    assert figures["remaining/DVC01/40/2020-02-12"] == "gần\u00a0490"
    assert cli.main(["export", "province", "--province", "99", "--to", str(file)]) == 1
    assert "99" in capsys.readouterr().err
    assert cli.main(["export", "province", "--to", str(file)]) == 2
    assert cli.main(["export", "overview", "--province", "40", "--to", str(file)]) == 2
