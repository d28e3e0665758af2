"""Pinning in the ranking and the comparison in a real browser: the address is the state, it fits, the file agrees."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

import cli
from data.store import Store
from i18n import LANGUAGES, speaker
from settings import Settings
from tests.browser import PHONE, drawn, go
from tests.exports import exported
from tests.looks import ACTS, PLACES, VIETNAMESE, assert_fits_every_window, assert_menus_open_inside, texts
from tests.test_figures_agree import differences
from tests.trees import marked, sent

ANSWER = {
    "vi": "Thừa Thiên Huế dẫn 5/6 chỉ tiêu so sánh được",
    "en": "Thừa Thiên Huế leads in 5 of 6 comparable indicators",
}
#: What of the comparison has to fit: two, four of both kinds, one that cannot be compared, nobody.
VIEWS: tuple[tuple[tuple[str, ...], dict[str, str]], ...] = (
    (("40", "46"), {}),
    (("40", "46", "79", "BNNPTNT"), {"indicator": "VB01"}),
    (("40", "46"), {"indicator": "DVC08"}),
    ((), {}),
)


def compare_at(*pins: str, **query: str) -> str:
    given = [("pin", pin) for pin in pins]
    return "/compare?" + urlencode([*query.items(), *given])


def settle(page: Page, end: str, screen: str) -> None:
    """Wait until a click led to this address and its screen was drawn."""
    page.wait_for_url(lambda url: url.endswith(end))
    page.wait_for_function("() => window.centre.asked === null")
    drawn(page, screen)


def shown_rows(page: Page) -> list[str]:
    return page.locator("tr[data-agency]:visible .rank-name").all_text_contents()


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: "-".join((*view[0], *view[1].values())) or "nobody")
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits(page: Page, served: str, language: str, view: tuple[tuple[str, ...], dict[str, str]]) -> None:
    go(page, served, compare_at(*view[0], **view[1], lang=language))
    assert_fits_every_window(page, at_least=20)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_is_the_answer_and_english_is_english(page: Page, served: str, language: str) -> None:
    go(page, served, compare_at("40", "46", lang=language))
    assert page.locator("h1").text_content() == ANSWER[language]
    assert page.locator(".nav [aria-current]").all_text_contents() == [speaker(language)("nav.ranking")]
    assert_menus_open_inside(page)
    if language == "en":
        left = [ACTS.sub("", PLACES.sub("", each["text"])) for each in texts(page) if each["lang"] == "en"]
        assert [text for text in left if VIETNAMESE.search(text)] == []


def test_it_can_be_pinned_compared_gone_back_and_reloaded(page: Page, served: str) -> None:
    go(page, served, "/ranking?region=R-NCC")
    for code, name, end in (("40", "Nghệ An", "pin=40"), ("46", "Thừa Thiên Huế", "pin=40&pin=46")):
        button = page.locator(f"tr[data-agency='{code}'] a.pin-button")
        assert button.get_attribute("aria-label") == speaker("vi")("pins.add", name=name)
        button.click()
        settle(page, f"/ranking?region=R-NCC&{end}", "ranking")
    assert page.locator("tr:has([data-pinned])").evaluate_all("(all) => all.map((each) => each.dataset.agency)") == [
        "46",
        "40",
    ]
    assert page.locator(".pin-names .pin").all_text_contents() == ["A", "B"]
    assert page.locator(".dot-first").get_attribute("data-code") == "40"
    assert page.locator(".dot-second").get_attribute("data-code") == "46"
    page.locator(".button-compare").click()
    settle(page, "/compare?pin=40&pin=46", "compare")
    assert page.locator("h1").text_content() == ANSWER["vi"]
    page.reload()
    drawn(page, "compare")
    assert page.locator("h1").text_content() == ANSWER["vi"]
    page.go_back()
    settle(page, "/ranking?region=R-NCC&pin=40&pin=46", "ranking")
    page.locator(".nav a").nth(1).click()
    settle(page, "/ranking?pin=40&pin=46", "ranking")
    page.locator(".pin-close").first.click()
    settle(page, "/ranking?pin=46", "ranking")
    page.locator("tr[data-agency='46'] a.pin-button").click()
    settle(page, "/ranking", "ranking")
    assert page.locator(".control-pins").count() == 0


def test_four_are_the_most(page: Page, served: str) -> None:
    go(page, served, "/ranking?pin=40&pin=46&pin=79&pin=01")
    assert page.locator("a.pin-button").count() == 4
    full = page.locator("tr[data-agency='48'] .pin-button")
    assert full.get_attribute("aria-label") == speaker("vi")("pins.full", most=4)
    go(page, served, "/compare?pin=40&pin=46&pin=79&pin=01&pin=48&pin=XYZ&pin=40")
    told = page.locator(".notice").all_text_contents()
    assert told == [speaker("vi")("notice.unknown_pins", value=code) for code in ("48", "XYZ")]
    assert page.locator(".pin-names .pin").all_text_contents() == ["A", "B", "C", "D"]
    go(page, served, "/compare?pin=40&pin=XYZ&pin=46")
    assert page.locator(".notice").all_text_contents() == [speaker("vi")("notice.unknown_pin", value="XYZ")]
    assert page.locator(".pin-names .pin-name").all_text_contents() == ["Nghệ An", "Thừa Thiên Huế"]


def test_a_name_of_the_sheet_chooses_its_indicator(page: Page, served: str) -> None:
    go(page, served, compare_at("40", "46"))
    assert page.locator(".sheet [aria-current]").count() == 1
    page.locator("tr[data-indicator=VB01] .sheet-name a").click()
    settle(page, "/compare?indicator=VB01&pin=40&pin=46", "compare")
    assert page.locator("tr[data-indicator=VB01] [aria-current]").count() == 1
    assert page.locator(".several-line.several-0").count() == 1
    value = page.locator("tr[data-indicator=VB01] .of-pin [data-figure]").first
    assert value.get_attribute("data-figure") == "VB01/40/2020-02-12"
    value.click()
    page.locator("aside.panel").wait_for()
    assert page.url.endswith("pin=40&pin=46") and "figure=VB01/40/2020-02-12" in page.url


def test_nobody_pinned_is_told_how_and_given_a_start(page: Page, served: str) -> None:
    go(page, served, "/compare")
    assert page.locator("h1").text_content() == speaker("vi")("compare.answer_none")
    assert page.locator(".card-how .sim").count() == 1
    page.locator(".start").first.click()
    settle(page, "/compare?pin=48&pin=06", "compare")
    assert page.locator("table.sheet").count() == 1
    go(page, served, "/province/40")
    page.locator(".controls a.button", has_text="So sánh").click()
    settle(page, "/compare?pin=40", "compare")
    page.locator("main details.menu summary").first.click()
    page.locator(".menu-list a", has_text="TP. Hồ Chí Minh").click()
    settle(page, "/compare?pin=40&pin=79", "compare")
    assert page.locator(".pin-names .pin-name").all_text_contents() == ["Nghệ An", "TP. Hồ Chí Minh"]


# The filter of the ranking


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("nghe an", ["Nghệ An"]),
        ("Nghệ An", ["Nghệ An"]),
        ("  NGHE  an ", ["Nghệ An"]),
        ("dak", ["Đắk Lắk", "Đắk Nông"]),
        ("Đắk", ["Đắk Lắk", "Đắk Nông"]),
        ("kon", ["Kon Tum"]),
        ("40", ["Nghệ An"]),
    ],
)
def test_a_row_is_found_by_name_with_or_without_its_marks(
    page: Page, served: str, typed: str, names: list[str]
) -> None:
    go(page, served, "/ranking")
    assert len(shown_rows(page)) == 63
    field = page.locator(".row-filter-bar input")
    field.focus()
    page.keyboard.type(typed)
    assert shown_rows(page) == names
    told = page.locator(".row-filter-count").text_content()
    assert told == speaker("vi")("ranking.found", n=len(names), of=63)
    assert page.url.endswith("/ranking"), "what is typed does not change the address"
    page.keyboard.press("Escape")
    assert len(shown_rows(page)) == 63
    assert page.locator(".row-filter-count").text_content() == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_typed_holds_over_another_order_and_nothing_found_is_told(
    page: Page, served: str, language: str
) -> None:
    say = speaker(language)
    go(page, served, f"/ranking?lang={language}", PHONE)
    page.locator(".row-filter-bar input").fill("thanh hoa")
    page.locator(".row-filter-bar a", has_text=say("ranking.sort_improvement")).click()
    settle(page, f"/ranking?lang={language}&sort=improvement", "ranking")
    assert shown_rows(page) == ["Thanh Hóa"]
    page.locator(".row-filter-bar input").fill("xyz")
    assert shown_rows(page) == []
    assert page.locator(".row-filter-count").text_content() == say("ranking.found_none")


def test_rows_stand_in_the_order_that_is_asked_for(page: Page, served: str) -> None:
    go(page, served, "/ranking?sort=name")
    names = shown_rows(page)
    assert names[:5] == ["An Giang", "Bà Rịa - Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Kạn"]
    assert names.index("Hòa Bình") < names.index("TP. Hồ Chí Minh") < names.index("Hưng Yên")
    assert names[-2:] == ["Kon Tum", "Sóc Trăng"], "who did not report stands below"
    go(page, served, "/ranking?sort=improvement")
    ranks = page.locator("tr[data-agency]:not(.unreported) .rank-no").all_text_contents()
    numbers = [int(each) for each in ranks]
    assert numbers == sorted(numbers) and numbers[0] == 1 and len(numbers) == 61
    go(page, served, "/ranking?sort=beauty")
    assert page.locator(".notice").all_text_contents() == [speaker("vi")("notice.unknown_sort", value="beauty")]


# The file


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS[:3], ids=lambda view: "-".join((*view[0], *view[1].values())))
def test_every_figure_of_the_page_is_that_of_the_file(
    held: Store,
    settings: Settings,
    demonstration_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    view: tuple[tuple[str, ...], dict[str, str]],
    language: str,
) -> None:
    pins, query = view
    options = [word for pin in pins for word in ("--pin", pin)]
    options += [word for name, value in query.items() for word in (f"--{name}", value)]
    found = exported("compare", demonstration_url, tmp_path / "x.json", "2020-02-14", monkeypatch, language, *options)
    page = marked(sent(held, settings, compare_at(*pins, **query, at="2020-02-14", lang=language)))
    assert len(page) > 30
    assert differences(page, {row["mark"]: row["printed"] for row in found["figures"]}) == []
    lines: list[dict[str, Any]] = found["lines"]
    assert {row["agency"] for row in lines} == set(pins)
    assert len(lines) % len(pins) == 0
    assert {row["comparable"] for row in lines} == {"yes", "no"}


@pytest.mark.parametrize("options", [("--group", "people-0"), ("--group", "cities", "--sort", "improvement")])
def test_the_file_of_a_ranking_agrees_in_every_group_and_order(
    held: Store,
    settings: Settings,
    demonstration_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
) -> None:
    found = exported("ranking", demonstration_url, tmp_path / "x.json", "2020-02-14", monkeypatch, "vi", *options)
    query = urlencode(
        {name.removeprefix("--"): value for name, value in zip(options[::2], options[1::2], strict=True)}
    )
    page = marked(sent(held, settings, f"/ranking?at=2020-02-14&{query}"))
    assert differences(page, {row["mark"]: row["printed"] for row in found["figures"]}) == []


def test_a_comparison_wants_two_to_four(
    demonstration_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", demonstration_url)
    file = tmp_path / "out.json"
    for pins, board, code in ((1, "compare", 2), (5, "compare", 2), (2, "overview", 2), (0, "compare", 2)):
        options = [word for at in range(pins) for word in ("--pin", f"{40 + 2 * at}")]
        assert cli.main(["export", board, "--to", str(file), *options]) == code
    assert cli.main(["export", "overview", "--to", str(file), "--sort", "name"]) == 2
    assert cli.main(["export", "compare", "--to", str(file), "--pin", "40", "--pin", "99"]) == 1
    assert "99" in capsys.readouterr().err
    assert not file.exists()
