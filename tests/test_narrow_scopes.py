"""How a screen looks to whoever sees a part: what they may not see leaves no hole, what is said of it is short."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from i18n import LANGUAGES, speaker
from tests.browser import PAINTED
from tests.centre import Centre
from tests.people import awaited, centre_of_people, seated

WIDTHS = (1200, 1280, 1366, 1440, 1600, 1920)


@pytest.fixture(scope="module")
def centre(demonstration_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    with centre_of_people(demonstration_url, tmp_path_factory.mktemp("narrow")) as (found, _):
        yield found


def lines(page: Page, place: str) -> int:
    """How many lines of text an element has."""
    count: int = page.evaluate(
        """(place) => {
          const range = document.createRange();
          range.selectNodeContents(document.querySelector(place));
          return new Set([...range.getClientRects()].map((box) => Math.round(box.bottom / 6))).size;
        }""",
        place,
    )
    return count


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hour_stands_on_one_line_beside_a_name(browser: BrowserContext, centre: Centre, language: str) -> None:
    with seated(browser, centre, "leader", f"/?lang={language}") as page:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(PAINTED)
            assert lines(page, ".freshness > span:not(.glyph)") == 1, width
            ends = page.evaluate(
                "() => ['.nav', '.topbar-end'].map((each) => document.querySelector(each).getBoundingClientRect())"
                ".map((box) => [box.left, box.right])"
            )
            assert ends[0][1] <= ends[1][0] and ends[1][1] <= width, width


@pytest.mark.parametrize("name", ["minister", "leader"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_what_may_be_seen_is_said_in_two_lines_and_unfolds(
    browser: BrowserContext, centre: Centre, name: str, language: str
) -> None:
    with seated(browser, centre, name, f"/?lang={language}") as page:
        note = page.locator(".notice-scope")
        whole = note.locator(".long-only").text_content()
        assert note.locator(".scope-more").is_hidden() and whole
        page.set_viewport_size({"width": 390, "height": 844})
        page.evaluate(PAINTED)
        assert note.locator(".long-only").is_hidden()
        assert lines(page, ".scope-more > summary") <= 2
        note.locator("summary").click()
        assert note.locator(".scope-more > p").inner_text() == whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_sees_no_agency_beside_others_sees_no_empty_card(
    browser: BrowserContext, centre: Centre, language: str
) -> None:
    with seated(browser, centre, "minister", f"/?lang={language}") as page:
        assert page.locator(".card-map, .card-rank").count() == 0
        assert speaker(language)("scope.outside") not in (page.locator("main").text_content() or "")
        cards = page.evaluate(
            "() => [...document.querySelectorAll('.grid-two > *')].map((each) => each.getBoundingClientRect().width)"
        )
        assert len(cards) == 2 and sum(cards) > 0.95 * page.evaluate(
            "() => document.querySelector('main').clientWidth"
        )
        page.locator(".choice-row .menu > summary").click()
        page.locator(".choice-row .menu-list a:not([aria-current])").first.click()
        awaited(page, "overview")
        assert "indicator=" in page.url
