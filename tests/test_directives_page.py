"""The register of directives in a real browser: it fits, both dates stand, every choice is in the address."""

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
from tests.browser import DESKTOP, PHONE, TABLET, drawn, go
from tests.exports import exported
from tests.looks import ACTS, PLACES, VIETNAMESE, assert_fits_every_window, resized, texts
from tests.test_figures_agree import differences
from tests.trees import marked, sent

ANSWER = {
    "vi": "23 nhiệm vụ: 0 quá hạn, 2 quá ngày hạn mà chưa có số liệu, 14 không nêu thời hạn",
    "en": "23 tasks: 0 overdue, 2 past the deadline with nothing known, 14 without a deadline",
}
VIEWS: tuple[dict[str, str], ...] = (
    {},
    {"directive": "NV04", "at": "2020-12-31"},
    {"standing": "no_date", "at": "2020-08-19"},
    {"owner": "BTTTT", "directive": "NV13", "at": "2021-12-31"},
    {"owner": "BTC", "standing": "in_time"},
    {"at": "2019-01-01"},
)


def register_at(**query: str | None) -> str:
    """The address of the register with this query; what is None is left out."""
    given = {name: value for name, value in query.items() if value}
    return f"/directives?{urlencode(given)}" if given else "/directives"


def shown(page: Page) -> list[str]:
    """The codes of the rows, in their order."""
    found: list[str] = page.locator("table.tasks tr[data-directive]").evaluate_all(
        "(rows) => rows.map((row) => row.dataset.directive)"
    )
    return found


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: "-".join(view.values()) or "all")
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_and_can_be_read(page: Page, served: str, language: str, view: dict[str, str]) -> None:
    go(page, served, register_at(**view, lang=language))
    assert_fits_every_window(page, at_least=15)


def test_what_it_is_narrowed_to_is_chosen_from_lists_or_from_menus(page: Page, served: str) -> None:
    go(page, served, register_at())
    for size, lists in ((DESKTOP, True), (TABLET, False), (PHONE, False)):
        resized(page, size)
        assert page.locator(".card-filters").is_visible() is lists
        assert page.locator("main .controls .menu").first.is_visible() is not lists


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_is_the_answer(page: Page, served: str, language: str) -> None:
    go(page, served, register_at(lang=language))
    assert page.locator("h1").text_content() == ANSWER[language]
    assert page.title() == f"{ANSWER[language]} – {speaker(language)('shell.name_short')}"
    assert page.locator(".nav [aria-current]").text_content() == speaker(language)("nav.directives")


@pytest.mark.parametrize("view", VIEWS[:4], ids=lambda view: "-".join(view.values()) or "all")
def test_english_holds_vietnamese_only_where_it_quotes(page: Page, served: str, view: dict[str, str]) -> None:
    go(page, served, register_at(**view, lang="en"))
    left = [ACTS.sub("", PLACES.sub("", each["text"])) for each in texts(page) if each["lang"] == "en"]
    assert [text for text in left if VIETNAMESE.search(text)] == []
    assert any(each["lang"] == "vi" for each in texts(page))


def test_both_dates_stand_in_the_row_in_full_and_in_the_file(
    page: Page, served: str, demonstration_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(page, served, register_at(directive="NV04"))
    row = page.locator("tr[data-directive='NV04']")
    assert row.locator(".task-due .struck").all_text_contents() == ["31/12/2019"]
    assert row.locator(".task-due b").all_text_contents() == ["31/12/2020"]
    detail = page.locator(".card-detail")
    assert detail.locator(".facts .struck").all_text_contents() == ["31/12/2019"]
    assert detail.locator(".due-word.due-passed").text_content() == "31/12/2019ban hành"
    assert speaker("vi")("directives.two_dates", count=2) in (detail.text_content() or "")
    rows = exported("directives", demonstration_url, tmp_path / "x.json", "2020-02-14", monkeypatch)["directives"]
    assert [(each["source"], each["due"], each["replaced"]) for each in rows if each["directive"] == "NV04"] == [
        ("A", "2020-12-31", False),
        ("NQ17", "2019-12-31", True),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("at", ["2019-10-01", "2020-02-14", "2020-12-31", "2022-12-31"])
def test_every_figure_of_the_page_is_that_of_the_file(
    held: Store,
    settings: Settings,
    demonstration_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    at: str,
    language: str,
) -> None:
    found = exported("directives", demonstration_url, tmp_path / "x.json", at, monkeypatch, language)
    file = {row["mark"]: row["printed"] for row in found["figures"]}
    page = marked(sent(held, settings, register_at(at=at, lang=language)))
    assert len(page) >= 10
    assert differences(page, file) == []
    assert sum(bool(row["phrase"]) for row in found["directives"]) == int(file["phrases"])


def test_the_three_files_hold_the_same_demands(
    demonstration_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = exported("directives", demonstration_url, tmp_path / "x.json", "2020-12-31", monkeypatch)["directives"]
    exported("directives", demonstration_url, tmp_path / "x.csv", "2020-12-31", monkeypatch)
    exported("directives", demonstration_url, tmp_path / "x.xlsx", "2020-12-31", monkeypatch)
    table = list(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text("utf-8-sig"), newline="")))
    header, *cells = load_workbook(tmp_path / "x.xlsx")["directives"].iter_rows(values_only=True)
    assert list(table[0]) == [*rows[0], "classification"] and list(rows[0]) == list(header)
    assert {line["classification"] for line in table} == {"Nội bộ"}
    assert len(table) == len(rows) == len(cells) == 34
    for row, line, cell in zip(rows, table, cells, strict=True):
        held = dict(zip(header, cell, strict=True))
        for name, value in row.items():
            assert line[name].removeprefix("'") == ("" if value is None else str(value)), name
            assert (held[name] is None) == (value is None), name
        assert row["days"] is None or held["days"] == row["days"], "a number is a number"


def test_every_choice_is_in_the_address(page: Page, served: str) -> None:
    go(page, served, "/directives")
    assert shown(page)[0] == "NV05"
    page.locator("tr[data-directive='NV06'] .task-name").click()
    page.wait_for_selector("tr[data-directive='NV06'][aria-current]")
    assert page.url.endswith("/directives?directive=NV06")
    assert page.locator(".detail-standing .code").text_content() == "NV06"
    page.locator(".filter-list a", has_text="Bộ Công an").click()
    page.wait_for_function("() => document.querySelectorAll('table.tasks tr[data-directive]').length === 5")
    assert page.url.endswith("/directives?owner=BCA&directive=NV06")
    page.locator(".filter-list a", has_text="Không nêu thời hạn").click()
    page.wait_for_function("() => document.querySelectorAll('table.tasks tr[data-directive]').length === 3")
    page.reload()
    drawn(page, "directives")
    assert len(shown(page)) == 3
    assert page.locator(".filter-list a[aria-current]").count() == 2
    page.go_back()
    page.wait_for_function("() => document.querySelectorAll('table.tasks tr[data-directive]').length === 5")
    page.locator("tr[data-directive='NV03'] .task-indicator a").click()
    drawn(page, "indicator")
    assert page.url.endswith("/indicator/DL03")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_does_not_exist_is_told(page: Page, served: str, language: str) -> None:
    go(page, served, register_at(owner="XX", directive="NV99", standing="done?", lang=language))
    say = speaker(language)
    said = page.locator(".notice").all_text_contents()
    for name, value in (("owner", "XX"), ("directive", "NV99"), ("standing", "done?")):
        assert any(say(f"notice.unknown_{name}", value=value) in each for each in said), name
    assert len(shown(page)) == 23


def test_before_anything_was_given_the_page_says_so(page: Page, served: str) -> None:
    go(page, served, register_at(at="2019-01-01"))
    assert page.locator("h1").text_content() == speaker("vi")("directives.answer_none")
    assert page.locator("table").count() == 0
    assert speaker("vi")("directives.empty_title") in (page.locator("main").text_content() or "")


def test_a_directive_of_which_nothing_is_known_is_not_called_overdue(page: Page, served: str) -> None:
    go(page, served, register_at(directive="NV05"))
    detail = page.locator(".card-detail")
    said = detail.text_content() or ""
    assert speaker("vi")("directives.no_evidence") in said
    assert "“trình Chính phủ trong tháng 9 năm 2019”" in said
    assert detail.locator(".due-late").count() == 0
    row = page.locator("tr[data-directive='NV05']")
    assert (row.get_attribute("data-standing"), row.get_attribute("data-status")) == ("unknown", "nr")
    assert (row.locator(".task-days").text_content() or "").replace("\u00a0", " ") == "qua hạn 137 ngày"
