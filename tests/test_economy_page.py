"""The socio-economic theme in a real browser: it fits, its title answers, its file agrees, links lead to it."""

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page

import cli
from data.clock import machine_today
from data.store import Store
from i18n import LANGUAGES, speaker
from settings import Settings
from tests.browser import DESKTOP, PHONE, address, drawn, go, settled
from tests.exports import exported
from tests.looks import ACTS, PLACES, VIETNAMESE, assert_fits_every_window, assert_menus_open_inside, texts
from tests.test_figures_agree import differences
from tests.trees import marked, sent

#: Days with the figures, with two plans, with one, with none.
DAYS = ("2020-02-14", "2019-12-01", "2019-06-01", "2018-01-01")


def economy_at(**query: str) -> str:
    return address(theme="economy", **query)


def words_of(page: Page, selector: str) -> str:
    return (page.locator(selector).text_content() or "").replace("\u00a0", " ")


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_and_can_be_read(page: Page, served: str, language: str, day: str) -> None:
    go(page, served, economy_at(at=day, lang=language))
    assert_fits_every_window(page, at_least=12)


@pytest.mark.parametrize("code", ["KTXH01", "KTXH04", "KTXH07"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_an_indicator_fits(page: Page, served: str, language: str, code: str) -> None:
    go(page, served, f"/indicator/{code}?lang={language}")
    assert_fits_every_window(page, at_least=30)


@pytest.mark.parametrize("path", [*(economy_at(at=day, lang="en") for day in DAYS), "/indicator/KTXH04?lang=en"])
def test_english_holds_vietnamese_only_where_it_quotes(page: Page, served: str, path: str) -> None:
    go(page, served, path)
    left = [ACTS.sub("", PLACES.sub("", each["text"])) for each in texts(page) if each["lang"] == "en"]
    assert [text for text in left if VIETNAMESE.search(text)] == []


@pytest.mark.parametrize(
    ("language", "day", "title"),
    [
        ("vi", "2020-02-14", "11/12 chỉ tiêu đạt hoặc vượt kế hoạch năm 2019"),
        ("en", "2020-02-14", "11/12 indicators met or exceeded the plan of 2019"),
        ("vi", "2019-06-01", "Kế hoạch năm 2019: 12 chỉ tiêu, chưa có số liệu"),
        ("vi", "2018-01-01", "Chưa có kế hoạch kinh tế - xã hội đến ngày này"),
    ],
)
def test_the_title_is_the_answer(page: Page, served: str, language: str, day: str, title: str) -> None:
    go(page, served, economy_at(at=day, lang=language))
    assert words_of(page, "h1") == title
    assert page.locator(".nav [aria-current]").text_content() == speaker(language)("nav.overview")


def test_the_facts_tell_verdicts_doubts_and_the_next_plan(page: Page, served: str) -> None:
    go(page, served, economy_at())
    assert [text.replace("\u00a0", " ") for text in page.locator(".answer-fact").all_text_contents()] == [
        "Nguồn không ghi số: 1",
        "Nguồn đánh giá: 7 vượt, 5 đạt",
        "Cần đối chiếu 4: 2 lệch đánh giá (số 6, 7), 2 bằng đúng kế hoạch (số 11, 12)",
        "Kế hoạch năm 2020: 5 nâng, 3 đổi cách ghi, 4 giữ nguyên",
    ]
    why = [words_of(page, f".plan tbody tr:nth-child({row}) .plan-doubt small") for row in (6, 8)]
    assert why == [
        "trong khoảng kế hoạch: quy tắc xếp Đạt, nguồn ghi Vượt; với lao động qua đào tạo, cũng thế, nguồn ghi Đạt",
        "thấp hơn 0,9 điểm %: quy tắc xếp Vượt, nguồn ghi Đạt; với giá tiêu dùng (CPI) bình quân, cũng thế, "
        "nguồn ghi Vượt",
    ]
    # Rows of the parts stand below the sixth and the eighth line.
    assert page.locator(".plan tr[data-doubt=at_plan] .plan-no").all_text_contents() == ["11", "12"]
    assert page.locator(".plan-doubt").count() == 4


def test_what_has_no_number_is_neither_zero_nor_a_bar(page: Page, served: str) -> None:
    go(page, served, economy_at())
    row = page.locator(".plan tbody tr").nth(3)
    assert (row.locator(".plan-value-cell").text_content() or "") == "xuất siêunguồn không ghi số"
    assert row.locator("[data-figure]").count() == row.locator(".plan-value").count() == 0
    assert row.get_attribute("data-status") == "na"
    go(page, served, economy_at(at="2019-06-01"))
    assert page.locator(".plan .plan-absent").count() == 14
    assert page.locator("[data-figure]").count() == page.locator("span.plan-value").count() == 0
    assert page.locator(".plan tr[data-status=nr]").count() == 14


def test_every_figure_opens_its_provenance_with_the_verdict_of_the_source(page: Page, served: str) -> None:
    go(page, served, economy_at())
    figures = page.locator(".plan [data-figure]")
    assert figures.count() == 13
    page.locator("[data-figure='KTXH07/VN/2019']").click()
    page.wait_for_selector("aside.panel[data-for='KTXH07/VN/2019']")
    told = words_of(page, ".panel-rows")
    for part in ("Vượt mục tiêu", "Đạt (PRESS)", "qdnd.vn 608493", "01/01/2020", "dưới 4%, 31/12/2019", "Ước tính"):
        assert part in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", DAYS)
def test_every_figure_of_the_page_is_that_of_the_file(
    held: Store,
    settings: Settings,
    demonstration_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    day: str,
    language: str,
) -> None:
    found = exported("overview", demonstration_url, tmp_path / "x.json", day, monkeypatch, language,
                     "--theme", "economy")  # fmt: skip
    page = marked(sent(held, settings, economy_at(at=day, lang=language)))
    assert bool(page) == (day != "2018-01-01")
    assert differences(page, {row["mark"]: row["printed"] for row in found["figures"]}) == []
    assert len(found["plan"]) == (0 if day == "2018-01-01" else 14)


def test_the_plan_is_a_table_of_its_own_in_every_form(
    demonstration_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for form in ("csv", "xlsx"):
        exported("overview", demonstration_url, tmp_path / f"x.{form}", "2020-02-14", monkeypatch, "vi",
                 "--theme", "economy")  # fmt: skip
    rows = list(csv.DictReader((tmp_path / "x.csv").read_text("utf-8-sig").splitlines()))
    seventh = next(row for row in rows if row["indicator"] == "KTXH07")
    wanted = {
        "value": "3.1",
        "verdict": "met",
        "status": "exceeded",
        "doubt": "differs",
        "strict": "True",
        "by": "0.9",
    }
    assert {name: seventh[name] for name in wanted} == wanted
    fourth = next(row for row in rows if row["indicator"] == "KTXH04")
    assert (fourth["words"], fourth["value"], fourth["status"]) == ("xuất siêu", "", "")
    assert load_workbook(tmp_path / "x.xlsx")["overview"].max_row == 15
    assert cli.main(["export", "ranking", "--theme", "economy", "--to", str(tmp_path / "y.csv")]) == 2


def test_a_theme_is_chosen_on_the_overview_and_kept_across_screens(page: Page, served: str) -> None:
    go(page, served, "/?indicator=VB01")
    page.locator(".theme-choice a").nth(1).click()
    settled(page, "/?theme=economy")
    page.wait_for_selector(".card-plan")
    page.locator(".nav a").nth(1).click()
    page.wait_for_selector("main[data-screen=ranking]")
    assert page.url.endswith("/ranking?theme=economy")
    said = speaker("vi")("economy.national_only")
    assert said in " ".join(page.locator(".notice").all_text_contents())
    page.locator(".nav a").nth(0).click()
    drawn(page)
    page.wait_for_selector(".card-plan")
    assert page.url.endswith("/?theme=economy")
    page.locator(".theme-choice a").nth(0).click()
    settled(page, "/")
    page.wait_for_selector(".grid-tiles")


def test_an_indicator_leads_to_its_theme_and_back(page: Page, served: str) -> None:
    go(page, served, "/indicator/KTXH05")
    assert words_of(page, "h1") == "Vốn đầu tư toàn xã hội so với GDP: 33,9%, đạt mục tiêu 33–34%"
    page.locator(".crumbs a").click()
    settled(page, "/?theme=economy")
    page.wait_for_selector(".card-plan")
    page.locator(".plan-name a").nth(3).click()
    page.wait_for_selector("main[data-screen=indicator]")
    assert page.url.endswith("/indicator/KTXH04?theme=economy")
    assert words_of(page, "h1") == "Nhập siêu so với xuất khẩu: xuất siêu (năm 2019), nguồn không ghi số"
    page.locator(".nav a").nth(0).click()
    page.wait_for_selector(".card-plan")
    go(page, served, "/?indicator=KTXH05")
    page.wait_for_selector(".card-plan")


def test_a_year_is_chosen_in_the_address_and_a_vain_one_is_told(page: Page, served: str) -> None:
    go(page, served, economy_at(period="2020"))
    assert words_of(page, "h1") == "Kế hoạch năm 2020: 12 chỉ tiêu, chưa có số liệu"
    assert page.locator(".plan-next-cell").count() == 0
    assert_menus_open_inside(page)
    for query, key, value in (({"period": "2018"}, "period", "2018"), ({"theme": "x"}, "theme", "x")):
        go(page, served, address(**({"theme": "economy"} | query)))
        said = speaker("vi")(f"notice.unknown_{key}", value=value)
        assert said in " ".join(page.locator(".notice").all_text_contents())


def test_no_card_is_told_simulated_and_what_is_unconfirmed_says_so(page: Page, served: str) -> None:
    go(page, served, economy_at())
    assert page.locator("[data-simulated]").count() == page.locator("main .sim").count() == 0
    assert page.locator(".card-plan .der").all_text_contents() == ["Ước tính", "Kế hoạch NQ69 chưa xác nhận"]
    go(page, served, economy_at(at=machine_today().isoformat()))
    assert words_of(page, "h1").startswith("1/12 chỉ tiêu đạt hoặc vượt kế hoạch năm 2020; Tăng trưởng GDP chưa đạt")
    assert page.locator(".answer .der").all_text_contents() == ["Số chưa xác nhận"]
    assert page.locator(".plan-value-cell b").all_text_contents() == ["chưa xác nhận"] * 3


def test_a_phone_has_one_column(page: Page, served: str) -> None:
    go(page, served, economy_at(), PHONE)
    boxes = [each.bounding_box() for each in page.locator(".plan tbody tr").all()]
    assert all(box and box["x"] < 20 and box["width"] > 350 for box in boxes)
    tops = [box["y"] for box in boxes if box]
    assert tops == sorted(tops) and len(tops) == 14
    go(page, served, economy_at(), DESKTOP)
    assert page.locator(".plan thead").is_visible()
