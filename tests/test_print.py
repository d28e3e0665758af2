"""A screen on paper: A4, light, whole cards, with title, days, labels and feet, and without what is for a screen."""

from typing import Any

import pytest
from playwright.sync_api import Page

from i18n import LANGUAGES, speaker
from tests.browser import go
from tests.paper import on_paper, printed, words

#: Each screen with the most pages it may take.
SCREENS = (
    ("/", 4),
    ("/ranking", 4),
    ("/indicator/DVC01", 4),
    ("/province/01", 4),
    ("/ministry/BNV", 3),
    ("/directives", 5),
    ("/reports", 6),
    ("/systems", 4),
    ("/usage", 5),
    ("/usage/40/ho-tich-chung-thuc/MP0002", 4),
)
_A4 = (595, 842)
#: What stands only on a screen.
UNPRINTED = ".nav, .lang, .actions, .table-link, .segment, .controls, .slider, .twin, .panel, .search, .skip, form"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("path", "most"), SCREENS)
def test_a_screen_is_printed_on_few_pages_of_a4(page: Page, served: str, path: str, most: int, language: str) -> None:
    go(page, served, f"{path}?lang={language}")
    title = page.locator("h1").text_content() or ""
    cards = page.locator("main .card .card-title").all_text_contents()
    paper = printed(page)
    assert 1 <= len(paper.pages) <= most
    for each in paper.pages:
        assert (round(each.mediabox.width), round(each.mediabox.height)) == _A4
    text = words("".join(each.extract_text() for each in paper.pages))
    assert words(title) in text
    assert "14/02/2020" in text, "the day of the product"
    assert (
        words(speaker(language)("label.partly_simulated")) in text
        or words(speaker(language)("label.simulated")) in text
    )
    assert words(speaker(language)("foot.rule")) in text
    missing = [each for each in cards if words(each) and words(each) not in text]
    assert missing == []


def test_a_day_of_replay_is_told_on_paper(page: Page, served: str) -> None:
    go(page, served, "/?at=2020-01-15")
    text = words("".join(each.extract_text() for each in printed(page).pages))
    assert words(speaker("vi")("replay.title", day="15/01/2020")) in text


def test_the_heads_of_a_long_table_are_told_on_every_page(page: Page, served: str) -> None:
    go(page, served, "/ranking")
    pages = [words(each.extract_text()) for each in printed(page).pages]
    with_rows = [text for text in pages if sum(name in text for name in ("NghệAn", "TiềnGiang", "BắcKạn"))]
    assert len(with_rows) > 1
    assert all("Địaphương" in text for text in with_rows)


@pytest.mark.parametrize("path", [path for path, _ in SCREENS])
def test_nothing_of_the_screen_alone_is_on_paper_and_nothing_is_cut(page: Page, served: str, path: str) -> None:
    go(page, served, path)
    with on_paper(page):
        assert page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert [each for each in page.locator(UNPRINTED).all() if each.is_visible()] == []
        labels = page.locator("main .card[data-simulated]")
        for card in labels.all():
            assert card.locator(".sim").first.is_visible()
        feet = page.locator("main .card > .provenance")
        assert all(each.is_visible() for each in feet.all())
        blue = page.evaluate(
            """() => Array.from(document.querySelectorAll('main a'))
              .filter((link) => link.getClientRects().length && getComputedStyle(link).color === 'rgb(27, 79, 138)')
              .map((link) => link.textContent)"""
        )
        assert blue == []
        over: Any = page.evaluate(
            """() => Array.from(document.querySelectorAll('main .card')).filter((card) => {
              const foot = card.querySelector(':scope > .provenance');
              const last = foot && foot.previousElementSibling;
              return last && last.getBoundingClientRect().bottom > foot.getBoundingClientRect().top + 1;
            }).map((card) => card.className)"""
        )
        assert over == [], "a foot lies over the rows"


def test_the_button_prints(page: Page, served: str) -> None:
    go(page, served, "/")
    page.evaluate("() => { window.asked = 0; window.print = () => { window.asked += 1; }; }")
    page.locator("button[data-print]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("() => window.asked") == 1
