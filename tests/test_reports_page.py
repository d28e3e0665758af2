"""The reports in a real browser: they fit, the title answers, the file has the same figures, and all is labelled."""

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page

from data.clock import VIETNAM
from data.scope import EVERYTHING
from data.store import Store
from figures.node import Node
from figures.report_matrix import places
from i18n import LANGUAGES, speaker
from layouts.reports import now_line
from metrics.asked import Asked
from metrics.boards.expected import CYCLES
from metrics.boards.reports import ReportsBoard, reports
from metrics.reporting import State
from settings import Settings
from tests.browser import go
from tests.exports import exported
from tests.looks import VIETNAMESE, assert_fits_every_window, texts
from tests.test_figures_agree import differences
from tests.trees import marked, nodes_of, sent

VIEWS: tuple[dict[str, str], ...] = (
    {},
    {"at": "2020-08-20"},
    {"at": "2020-08-20", "agency": "BYT"},
    {"at": "2020-10-01"},
)
DAYS = ("2020-02-14", "2020-08-20")
Tables = dict[str, list[dict[str, Any]]]


def reports_at(**query: str) -> str:
    return f"/reports?{urlencode(query)}" if query else "/reports"


def board_of(store: Store, at: str) -> ReportsBoard:
    return reports(store, EVERYTHING, Asked(datetime.fromisoformat(at).date()))


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: "-".join(view.values()) or "today")
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_and_can_be_read(page: Page, served: str, language: str, view: dict[str, str]) -> None:
    go(page, served, reports_at(**view, lang=language))
    assert_fits_every_window(page, at_least=15)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("at", DAYS)
def test_the_title_is_the_answer(page: Page, served: str, held: Store, at: str, language: str) -> None:
    go(page, served, reports_at(at=at, lang=language))
    say, intake = speaker(language), board_of(held, at).intake
    when = say("reports.today") if at == "2020-02-14" else say("reports.on_day", day="20/08/2020")
    counts = {str(state): count.quantity.number for state, count in intake.counts}
    told = say("reports.answer", when=when, received=intake.received.quantity.number,
               expected=intake.expected.quantity.number, **counts)  # fmt: skip
    assert page.locator("h1").text_content() == told
    assert page.locator(".nav [aria-current]").text_content() == say("nav.reports")


@pytest.mark.parametrize("view", VIEWS[1:3], ids=lambda view: "-".join(view.values()))
def test_english_holds_vietnamese_only_in_names(page: Page, served: str, held: Store, view: dict[str, str]) -> None:
    go(page, served, reports_at(**view, lang="en"))
    names = {each.agency.name_en for each in board_of(held, "2020-08-20").agencies}
    left = [each["text"] for each in texts(page) if each["lang"] == "en" and each["text"] not in names]
    foot = page.locator(".page-foot").text_content() or ""
    assert [text for text in left if VIETNAMESE.search(text) and text not in foot] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("at", DAYS)
def test_every_figure_of_the_page_is_that_of_the_file(
    held: Store,
    settings: Settings,
    demonstration_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    at: str,
    language: str,
) -> None:
    found = exported("reports", demonstration_url, tmp_path / "x.json", at, monkeypatch, language)
    file = {row["mark"]: row["printed"] for row in found["figures"]}
    page = marked(sent(held, settings, reports_at(at=at, lang=language)))
    assert len(page) >= 200
    assert differences(page, file) == []
    listed = board_of(held, at).listed
    assert [(row["regime"], row["agency"], row["state"]) for row in found["reports"]] == [
        (each.regime.code, each.agency.code, str(each.state)) for each in listed
    ]
    assert all(row["simulated"] and row["period_start"] < row["period_end"] <= row["due"] for row in found["reports"])


def test_the_three_files_hold_the_same_reports(
    demonstration_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = exported("reports", demonstration_url, tmp_path / "x.json", "2020-08-20", monkeypatch)["reports"]
    exported("reports", demonstration_url, tmp_path / "x.csv", "2020-08-20", monkeypatch)
    exported("reports", demonstration_url, tmp_path / "x.xlsx", "2020-08-20", monkeypatch)
    table = list(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text("utf-8-sig"), newline="")))
    header, *cells = load_workbook(tmp_path / "x.xlsx")["reports"].iter_rows(values_only=True)
    assert list(table[0]) == [*rows[0], "classification"] and list(rows[0]) == list(header)
    assert {line["classification"] for line in table} == {"Nội bộ"}
    assert len(table) == len(rows) == len(cells) > 100
    for row, line, cell in zip(rows, table, cells, strict=True):
        inside = dict(zip(header, cell, strict=True))
        for name, value in row.items():
            assert line[name].removeprefix("'") == ("" if value is None else str(value)), name
            assert (inside[name] is None) == (value is None), name
        assert inside["days"] == row["days"], "a number is a number"


@pytest.mark.parametrize("at", DAYS)
def test_no_card_that_holds_simulated_data_is_without_its_label(page: Page, served: str, at: str) -> None:
    go(page, served, reports_at(at=at))
    cards = page.locator("main .card")
    assert cards.count() >= 10
    for card in cards.all():
        assert card.get_attribute("data-simulated") == "true"
        assert card.locator(".sim").count() == 1


def test_the_day_is_drawn_report_by_report(page: Page, served: str, held: Store) -> None:
    go(page, served, reports_at(at="2020-08-20"))
    intake = board_of(held, "2020-08-20").intake
    drawn_marks = page.locator(".intake-stack").evaluate_all("(found) => found.map((each) => +each.dataset.count)")
    assert sum(drawn_marks) == len(intake.deliveries)
    assert page.locator(".intake-ring").count() == min(40, int(intake.waiting.quantity.number))
    assert page.locator(".intake-now").count() == 0, "the day is over"


def test_the_line_of_now_stands_on_the_machines_own_day_only(held: Store) -> None:
    board, say = board_of(held, "2020-08-20"), speaker("vi")
    found = now_line(board, datetime(2020, 8, 20, 10, 40, tzinfo=VIETNAM), say)
    assert isinstance(found, Node) and found.text == "10:40, bây giờ"
    assert now_line(board, datetime(2020, 8, 21, 10, 40, tzinfo=VIETNAM), say) is None


def test_the_matrix_has_a_mark_for_every_report_of_the_agencies_it_shows(held: Store, settings: Settings) -> None:
    trees = sent(held, settings, reports_at(at="2020-08-20"))
    rows = [node for node in nodes_of(trees["matrix"]) if node[0] == "tr" and "data-agency" in node[1]]
    shown = {each.agency.code: each for each in board_of(held, "2020-08-20").agencies if not each.folded}
    assert {row[1]["data-agency"] for row in rows} == set(shown)
    for row in rows:
        marks = {node[1]["className"]: node[1]["d"].count("M") for node in nodes_of(row) if node[0] == "path"}
        for state, found in shown[row[1]["data-agency"]].columns:
            parts = 2 if state == "rejected" else 1
            assert marks[f"mark-{state}"] == parts * len(found)


def test_the_mark_under_the_pointer_or_the_keys_is_named(page: Page, served: str, held: Store) -> None:
    go(page, served, reports_at(at="2020-08-20"))
    say, board = speaker("vi"), board_of(held, "2020-08-20")
    mine = board.agencies[0]
    columns = dict(mine.columns)
    row = page.locator(f"tr[data-agency='{mine.agency.code}']")
    lefts, width = places([sum(each.regime.periodicity == name for each in board.owed) for name in CYCLES])
    row.scroll_into_view_if_needed()
    for state in (State.MISSING, State.ON_TIME):
        column = columns[state][0]
        box = row.locator(".matrix-row").bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] * (lefts[column] + 1.5) / width, box["y"] + box["height"] / 2)
        owed = board.owed[column]
        told = page.locator(".matrix-tip").text_content() or ""
        assert told.startswith(owed.regime.name_vi) and told.endswith(say(f"report.{state}"))
        assert f"{owed.period.start:%d/%m/%Y} – {owed.period.end:%d/%m/%Y}" in told
        assert f"{owed.due:%d/%m/%Y}" in told
    page.mouse.move(0, 0)
    assert page.locator(".matrix-tip").count() == 0
    row.locator("th a").focus()
    first, second, *_ = sorted(column for found in columns.values() for column in found)
    for key, column in (("ArrowRight", first), ("ArrowRight", second), ("ArrowLeft", first)):
        page.keyboard.press(key)
        assert (page.locator(".matrix-tip b").text_content() or "") == board.owed[column].regime.name_vi
    page.keyboard.press("Escape")
    assert page.locator(".matrix-tip").count() == 0


def test_what_nobody_told_is_hatched_and_the_demand_stands_once_it_is_known(page: Page, served: str) -> None:
    go(page, served, "/reports")
    tile = page.locator(".card-count").last
    assert tile.locator(".count-hatch").count() == 1
    assert speaker("vi")("reports.tile_no_target") in (tile.text_content() or "")
    go(page, served, reports_at(at="2020-08-20"))
    assert tile.locator(".count-hatch").count() == 1
    assert speaker("vi")("target.no_due") in (tile.text_content() or "")


def test_every_choice_is_in_the_address(page: Page, served: str, held: Store) -> None:
    go(page, served, reports_at(at="2020-08-20"))
    board = board_of(held, "2020-08-20")
    first = board.listed[0]
    mine = [each for each in board.listed if each.agency == first.agency]
    page.locator(".report-agency").first.click()
    page.wait_for_function(f"() => document.querySelectorAll('.report-list li').length === {len(mine)}")
    assert page.url.endswith(f"at=2020-08-20&agency={first.agency.code}")
    assert page.locator("tr[data-agency][aria-current]").get_attribute("data-agency") == first.agency.code
    page.locator(".card-reports .button").click()
    page.wait_for_function("() => document.querySelectorAll('.report-list li').length === 24")
    page.locator(".report-what small a").first.click()
    page.wait_for_function("() => !document.querySelector('.card-reports .method')")
    assert page.url.endswith(f"regime={first.regime.code}")
    page.go_back()
    page.wait_for_function("() => document.querySelectorAll('.report-list li').length === 24")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_does_not_exist_is_told(page: Page, served: str, language: str) -> None:
    go(page, served, reports_at(agency="XX", regime="YY", lang=language))
    said = page.locator(".notice").all_text_contents()
    for name, value in (("agency", "XX"), ("regime", "YY")):
        assert any(speaker(language)(f"notice.unknown_{name}", value=value) in each for each in said), name


def test_without_a_regime_in_force_the_page_says_so(page: Page, served: str) -> None:
    go(page, served, reports_at(at="2020-10-01"))
    assert page.locator("h1").text_content() == speaker("vi")("reports.answer_none")
    assert page.locator(".intake, .matrix").count() == 0
