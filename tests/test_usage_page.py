"""Usage of services in a real browser: four clicks from the nation to one procedure, every choice in the address."""

import re
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page

from data.store import Store, open_store
from i18n import LANGUAGES, speaker
from settings import Settings
from tests.browser import PHONE, drawn, go
from tests.exports import exported
from tests.looks import ACTS, PLACES, VIETNAMESE, assert_fits_every_window, texts
from tests.test_figures_agree import differences
from tests.trees import marked, nodes_of, sent

VIEWS = (
    "/usage",
    "/usage?measure=online&period=2020-02",
    "/usage?group=ministries&level=3",
    "/usage?measure=on_time&pin=40",
    "/usage/40",
    "/usage/BTP?level=4",
    "/usage/40/ho-tich-chung-thuc",
    "/usage/40/ho-tich-chung-thuc/MP0002",
)
ANSWER = {
    "vi": "13,2% hồ sơ tiếp nhận trực tuyến; 1.179 dịch vụ mức độ 4 không phát sinh hồ sơ",
    "en": "13.2% of dossiers received online; 1,179 level-4 services without a dossier",
}


def with_language(path: str, language: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_and_can_be_read(page: Page, served: str, language: str, view: str) -> None:
    go(page, served, with_language(view, language))
    assert_fits_every_window(page, at_least=15)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_is_the_answer(page: Page, served: str, language: str) -> None:
    go(page, served, with_language("/usage", language))
    assert page.locator("h1").text_content() == ANSWER[language]
    assert page.locator(".nav [aria-current]").text_content() == speaker(language)("nav.usage")


@pytest.mark.parametrize("view", VIEWS)
def test_english_holds_vietnamese_only_in_names_of_the_catalogue(page: Page, served: str, view: str) -> None:
    go(page, served, with_language(view, "en"))
    left = [ACTS.sub("", PLACES.sub("", each["text"])) for each in texts(page) if each["lang"] == "en"]
    assert [text for text in left if VIETNAMESE.search(text)] == []
    assert any(each["lang"] == "vi" for each in texts(page))


@pytest.mark.parametrize("view", VIEWS)
def test_no_answer_reads_facts(held: Store, settings: Settings, view: str) -> None:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    with closing(open_store(held.url)) as fresh:  # nothing is kept from before
        sa.event.listen(fresh._reader, "before_cursor_execute", note)
        sent(fresh, settings, view)
    assert any("usage_by_" in one for one in seen)
    assert [one for one in seen if re.search(r"\b(?:FROM|JOIN) usage\b", one)] == []


def test_four_clicks_lead_to_one_procedure_and_back(page: Page, served: str) -> None:
    """The tab, a province, a group of services, a procedure; each address can be shared, and the month stays."""
    go(page, served, "/")
    page.locator(".nav a", has_text="Dịch vụ công").click()
    drawn(page, "usage")
    for name, path in (
        ("Nghệ An", "/usage/40"),
        ("Hộ tịch, chứng thực", "/usage/40/ho-tich-chung-thuc"),
        ("Đăng ký kết hôn", "/usage/40/ho-tich-chung-thuc/MP0002"),
    ):
        page.locator(".step-open .step-parts a", has_text=name).first.click()
        page.wait_for_function("(path) => location.pathname === path", arg=path)
        page.wait_for_function("(name) => document.querySelector('h1').textContent.startsWith(name)", arg=name)
    received = page.locator(".step-end dd").first.text_content()
    shared = page.url
    assert page.locator(".crumbs > :is(a, span:not([aria-hidden]))").all_text_contents() == [
        "Cả nước", "Nghệ An", "Hộ tịch, chứng thực", "Đăng ký kết hôn", "Trang của cơ quan"]  # fmt: skip
    page.go_back()
    page.wait_for_function("() => location.pathname === '/usage/40/ho-tich-chung-thuc'")
    page.goto(shared)
    drawn(page, "usage")
    assert page.locator(".step-end dd").first.text_content() == received


def test_a_step_keeps_the_month_and_the_level(page: Page, served: str) -> None:
    go(page, served, "/usage?period=2019-12&level=4")
    page.locator(".step-open .step-parts a", has_text="Nghệ An").click()
    page.wait_for_function("() => location.pathname === '/usage/40'")
    assert "period=2019-12" in page.url and "level=4" in page.url
    page.locator(".crumbs a", has_text="Cả nước").click()
    page.wait_for_function("() => location.pathname === '/usage'")
    assert "period=2019-12" in page.url and "level=4" in page.url


@pytest.mark.parametrize("view", ["/usage/40", "/usage/40/ho-tich-chung-thuc/MP0002"])
def test_the_parts_of_every_step_add_up_to_their_whole(held: Store, settings: Settings, view: str) -> None:
    trees = sent(held, settings, view)
    steps = [node for node in nodes_of(trees["steps"]) if "step" in node[1].get("className", "").split()]
    assert len(steps) == (2 if view == "/usage/40" else 4)
    for step in steps:
        sums = [number(node) for head in found(step, "step-head") for node in figures(head, "received/")]
        parts = [number(node) for part in found(step, "step-count") for node in figures(part, "received/")]
        assert not sums or sums == [sum(parts)]


def found(tree: Any, name: str) -> list[Any]:
    return [node for node in nodes_of(tree) if name in node[1].get("className", "").split()]


def figures(tree: Any, start: str) -> list[Any]:
    return [node for node in nodes_of(tree) if str(node[1].get("data-derived", "")).startswith(start)]


def number(node: Any) -> int:
    return int("".join(child for child in node[2:] if isinstance(child, str)).replace(".", ""))


def test_both_shares_on_time_stand_with_their_denominators(page: Page, served: str) -> None:
    go(page, served, "/usage")
    tile = page.locator(".tile-on_time")
    words = (tile.text_content() or "").replace("\u00a0", " ")
    assert "NĐ 61/2018/NĐ-CP, Điều 30; mẫu số 1.625.426" in words
    assert "cách tính của các cổng; mẫu số 1.623.833" in words
    assert tile.locator(".usage-value").all_text_contents() == ["96,2%", "96,3%"]


def test_what_counts_is_defined_at_the_number_and_links_to_its_rule(page: Page, served: str) -> None:
    go(page, served, "/usage")
    assert page.locator(".usage-rules dt").all_text_contents() == [
        "Hồ sơ", "Trực tuyến", "Đúng hạn", "Không phát sinh hồ sơ", "Trên 1.000 dân"]  # fmt: skip
    page.locator(".usage-rules dt a", has_text="Đúng hạn").click()
    drawn(page, "methods")
    assert page.url.endswith("/methods#rule-on_time")
    assert "hồ sơ tiếp nhận; các cổng chia cho hồ sơ đã giải quyết" in (
        page.locator("#rule-on_time").text_content() or "")  # fmt: skip


def test_the_list_of_what_nobody_used_holds_every_procedure(page: Page, served: str) -> None:
    go(page, served, "/usage")
    page.locator(".card-usage-unused .card-link").click()
    page.wait_for_selector(".twin-table tbody tr")
    rows = page.locator(".twin-table tbody tr")
    places = [int(text) for text in rows.locator("td:nth-child(4)").all_text_contents()]
    assert sum(places) == 1179
    assert places == sorted(places, reverse=True)


def test_who_did_not_report_has_no_rank_and_no_zero(held: Store, settings: Settings, page: Page, served: str) -> None:
    """In the demonstration every agency reported; a day before the first month has nobody, and says so."""
    go(page, served, "/usage?at=2019-01-01")
    assert page.locator("h1").text_content() == speaker("vi")("usage.answer_none")
    assert marked(sent(held, settings, "/usage?at=2019-01-01")) == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/usage", 200),
        ("/usage/40/ho-tich-chung-thuc/MP0002", 200),
        ("/usage/99", 404),
        ("/usage/40/khong-co", 404),
        ("/usage/40/dat-dai/MP0002", 404),
        ("/usage/40/ho-tich-chung-thuc/MP0002/x", 404),
        ("/table/usage/40/steps.csv", 200),
        ("/table/usage/99/steps.csv", 404),
    ],
)
def test_a_path_that_means_nothing_is_not_found(served: str, path: str, status: int) -> None:
    try:
        with urlopen(served + path) as found:
            told = found.status
    except HTTPError as refused:
        with refused:
            told = refused.code
    assert told == status


def test_a_place_that_is_gone_is_told(held: Store, settings: Settings) -> None:
    """Inside the centre a link may lead to what is not there on another day."""
    trees = sent(held, settings, "/usage/99")
    assert speaker("vi")("not_found.title") in str(trees["answer"])
    assert "/usage/99" in str(trees["notices"])


def test_a_month_that_is_not_over_says_until_when(page: Page, served: str) -> None:
    go(page, served, "/usage?period=2020-02")
    assert "số liệu đến 12/02/2020" in (page.locator(".answer").text_content() or "")
    assert page.locator(".column-part").count() == 1
    assert page.locator(".column-name small").last.text_content() == "đến 12/02"


def test_a_pinned_province_stands_between_its_neighbours(page: Page, served: str) -> None:
    go(page, served, "/usage?pin=40")
    rows = page.locator(".usage-rank tbody tr[data-agency]")
    names = [row.get_attribute("data-agency") for row in rows.all()]
    at = names.index("40")
    assert len(names) == 16
    ranks = [int(text) for text in rows.locator(".rank-no").all_text_contents()[at - 1 : at + 2]]
    assert ranks == sorted(ranks)
    assert rows.nth(at).get_attribute("data-pinned") == "true"


def test_the_page_of_an_agency_shows_its_usage(page: Page, served: str) -> None:
    for path, code in (("/province/40", "40"), ("/ministry/BTP", "BTP")):
        go(page, served, path)
        card = page.locator(".card-usage")
        assert card.locator(".column").count() == 12
        assert card.locator(".column-part").count() == 1
        card.locator(".card-link").click()
        drawn(page, "usage")
        assert f"/usage/{code}" in page.url


def test_the_last_column_of_a_phone_is_in_sight(page: Page, served: str) -> None:
    go(page, served, "/usage", PHONE)
    box = page.locator(".usage-rank").bounding_box()
    assert box is not None and box["x"] + box["width"] <= PHONE[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_its_file(
    held: Store,
    settings: Settings,
    demonstration_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
) -> None:
    found = exported("usage", demonstration_url, tmp_path / "x.json", "2020-02-14", monkeypatch, language)
    parts = marked(sent(held, settings, with_language("/usage", language)))
    assert len(parts) > 200
    assert differences(parts, {row["mark"]: row["printed"] for row in found["figures"]}) == []
