"""The national systems in a real browser: it fits, every choice is in the address, and the page is the file."""

import csv
import io
from pathlib import Path
from urllib.parse import urlencode

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page

from data.store import Store
from i18n import LANGUAGES, speaker
from settings import Settings
from tests.browser import drawn, go
from tests.exports import exported
from tests.looks import PLACES, VIETNAMESE, assert_fits_every_window, texts
from tests.test_figures_agree import differences
from tests.trees import marked, sent

ANSWER = {
    "vi": "4/16 hệ thống được nêu là đang vận hành; 1 hệ thống đã qua kỳ dự kiến mà chưa có số liệu",
    "en": "4 of 16 systems told to be in operation; 1 past a planned date with nothing known",
}
VIEWS: tuple[dict[str, str], ...] = (
    {},
    {"at": "2019-07-23"},
    {"system": "SYS06", "at": "2020-08-19"},
    {"system": "SYS09"},
    {"system": "SYS14", "at": "2021-12-31"},
    {"at": "2019-01-01"},
)


def systems_at(**query: str | None) -> str:
    """The address of the screen with this query; what is None is left out."""
    given = {name: value for name, value in query.items() if value}
    return f"/systems?{urlencode(given)}" if given else "/systems"


def text_of(page: Page, selector: str) -> str:
    return (page.locator(selector).first.text_content() or "").replace("\u00a0", " ")


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: "-".join(view.values()) or "all")
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_and_can_be_read(page: Page, served: str, language: str, view: dict[str, str]) -> None:
    go(page, served, systems_at(**view, lang=language))
    assert_fits_every_window(page, at_least=15)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_is_the_answer(page: Page, served: str, language: str) -> None:
    go(page, served, systems_at(lang=language))
    assert page.locator("h1").text_content() == ANSWER[language]
    assert page.title() == f"{ANSWER[language]} – {speaker(language)('shell.name_short')}"
    assert page.locator(".nav [aria-current]").text_content() == speaker(language)("nav.systems")


@pytest.mark.parametrize("view", VIEWS[:5], ids=lambda view: "-".join(view.values()) or "all")
def test_english_holds_vietnamese_only_where_it_quotes(page: Page, served: str, view: dict[str, str]) -> None:
    go(page, served, systems_at(**view, lang="en"))
    left = [PLACES.sub("", each["text"]) for each in texts(page) if each["lang"] == "en"]
    assert [text for text in left if VIETNAMESE.search(text)] == []
    assert any(each["lang"] == "vi" for each in texts(page))


def test_a_planned_date_that_passed_is_told_with_its_words_and_never_late(page: Page, served: str) -> None:
    go(page, served, systems_at(system="SYS03"))
    row = page.locator("tr[data-system='SYS03']")
    assert (row.get_attribute("data-stage"), row.get_attribute("data-status")) == ("unknown", "nr")
    assert row.locator(".sys-planned b").all_text_contents() == ["30/09/2019", "30/11/2019"]
    assert [each.replace("\u00a0", " ") for each in row.locator(".sys-planned small").all_text_contents()] == [
        "Chưa có số liệu, qua kỳ 137 ngày",
        "Chưa có số liệu, qua kỳ 76 ngày",
    ]
    detail = text_of(page, ".card-detail")
    assert speaker("vi")("systems.no_evidence") in detail
    for phrase in ("dự kiến thử nghiệm vào tháng 9", "vận hành chính thức tháng 11"):
        assert f"“{phrase}”" in detail
    assert page.locator("main .inv").count() == 0


def test_the_latest_milestone_stands_with_its_day_and_source(page: Page, served: str) -> None:
    go(page, served, systems_at(system="SYS04", at="2020-08-19"))
    row = text_of(page, "tr[data-system='SYS04'] .sys-last")
    assert row.startswith("Khai trương Hệ thống Thông tin báo cáo quốc gia19/08/2020, ")
    detail = text_of(page, ".card-detail .history")
    assert "“lễ khai trương Hệ thống Thông tin báo cáo quốc gia”" in detail
    assert "được nêu là như vậy vào ngày 23/07/2019" in detail


@pytest.mark.parametrize("language", LANGUAGES)
def test_connections_are_published_figures_and_no_list_of_agencies(page: Page, served: str, language: str) -> None:
    go(page, served, systems_at(lang=language))
    say = speaker(language)
    card = page.locator(".card-connections")
    assert card.locator("[data-figure='VB02/VN/2020-02-12']").text_content() == "100%"
    assert (card.locator(".provenance").first.text_content() or "").startswith(say("systems.no_list"))
    assert "63/63" in text_of(page, ".card-connections") or "63 of 63" in text_of(page, ".card-connections")
    assert say("status.never") in text_of(page, ".card-connections")
    # The platforms' share is simulated in the demonstration, and says so on every card that holds it.
    assert card.get_attribute("data-simulated") == "true"
    assert card.locator(".sim").count() == 2
    assert page.locator(".card-register").get_attribute("data-simulated") == "true"


def test_before_anybody_told_who_is_connected_the_card_says_so(page: Page, served: str) -> None:
    go(page, served, systems_at(at="2019-07-23"))
    card = text_of(page, ".card-connections")
    assert "63/63" not in card and "100%" in card
    assert page.locator(".card-connections [data-figure]").count() == 0
    assert "100%" in text_of(page, ".card-connections [data-derived]"), "only the target"


def test_shared_platforms_stand_with_the_sentence_and_nothing_simulated(page: Page, served: str) -> None:
    go(page, served, "/systems")
    card = page.locator(".card-shared")
    assert card.locator(".shared-answer").text_content() == (
        "3 nền tảng dùng chung được nêu, 0 được nêu là đang vận hành"
    )
    assert 'kiểu "trăm hoa đua nở", thiếu sự lãnh đạo tập trung' in text_of(page, ".card-shared .quote")
    assert card.locator("li").evaluate_all("(rows) => rows.map((row) => row.dataset.system)") == [
        "SYS13",
        "SYS14",
        "SYS15",
    ]
    assert speaker("vi")("systems.shared_note") in text_of(page, ".card-shared .provenance")
    assert card.get_attribute("data-simulated") is None
    go(page, served, systems_at(at="2019-07-23"))
    assert page.locator(".card-shared li").count() == 1


def test_every_choice_is_in_the_address(page: Page, served: str) -> None:
    go(page, served, "/systems")
    page.locator("tr[data-system='SYS06'] .task-name").click()
    page.wait_for_selector("tr[data-system='SYS06'][aria-current]")
    assert page.url.endswith("/systems?system=SYS06")
    assert page.locator(".detail-standing .code").text_content() == "SYS06"
    page.reload()
    drawn(page, "systems")
    assert page.locator(".detail-standing .code").text_content() == "SYS06"
    page.locator(".card-shared li[data-system='SYS15'] .task-name").click()
    page.wait_for_selector("tr[data-system='SYS15'][aria-current]")
    page.go_back()
    page.wait_for_selector("tr[data-system='SYS06'][aria-current]")
    page.locator(".card-detail .fact-link").click()
    drawn(page, "directives")
    assert page.url.endswith("/directives?directive=NV12")
    page.go_back()
    drawn(page, "systems")
    page.locator("tr[data-system='SYS01'] .sys-figure .figure").first.click()
    page.wait_for_selector(".panel")
    assert "figure=VB02/VN/2020-02-12" in page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_does_not_exist_is_told(page: Page, served: str, language: str) -> None:
    go(page, served, systems_at(system="SYS99", lang=language))
    assert page.locator(".notice").all_text_contents() == [speaker(language)("notice.unknown_system", value="SYS99")]
    assert page.locator("tr[data-system]").count() == 16


def test_before_anything_was_named_the_page_says_so(page: Page, served: str) -> None:
    go(page, served, systems_at(at="2019-01-01"))
    assert page.locator("h1").text_content() == speaker("vi")("systems.answer_none")
    assert page.locator("table").count() == 0
    assert speaker("vi")("systems.empty_title") in text_of(page, "main")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("at", ["2019-07-23", "2020-02-14", "2020-08-19"])
def test_every_figure_of_the_page_is_that_of_the_file(
    held: Store,
    settings: Settings,
    demonstration_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    at: str,
    language: str,
) -> None:
    found = exported("systems", demonstration_url, tmp_path / "x.json", at, monkeypatch, language)
    file = {row["mark"]: row["printed"] for row in found["figures"]}
    for chosen in sorted({row["system"] for row in found["systems"]}):
        page = marked(sent(held, settings, systems_at(at=at, lang=language, system=chosen)))
        assert len(page) >= 8
        assert differences(page, file) == []
    running = {row["system"] for row in found["systems"] if row["stage"] == "running"}
    assert file["systems/running"] == str(len(running))
    told = [row for row in found["systems"] if row["milestone"]]
    assert file["milestones"] == str(len(told))


def test_the_three_files_hold_the_same_milestones(
    demonstration_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for form in ("csv", "xlsx"):
        exported("systems", demonstration_url, tmp_path / f"x.{form}", "2020-08-19", monkeypatch)
    rows = exported("systems", demonstration_url, tmp_path / "x.json", "2020-08-19", monkeypatch)["systems"]
    table = list(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text("utf-8-sig"), newline="")))
    header, *cells = load_workbook(tmp_path / "x.xlsx")["systems"].iter_rows(values_only=True)
    assert list(table[0]) == [*rows[0], "classification"] and list(rows[0]) == list(header)
    assert {line["classification"] for line in table} == {"Nội bộ"}
    # 15 milestones, and a row for each of the eight systems of which none is told.
    assert len(table) == len(rows) == len(cells) == 23
    assert sum(row["milestone"] is None for row in rows) == 8
    assert {row["system"] for row in rows if row["silent"]} == {"SYS03"}
    for row, line, cell in zip(rows, table, cells, strict=True):
        held = dict(zip(header, cell, strict=True))
        for name, value in row.items():
            assert line[name].removeprefix("'") == ("" if value is None else str(value)), name
            assert (held[name] is None) == (value is None), name
        assert row["days"] is None or held["days"] == row["days"], "a number is a number"
