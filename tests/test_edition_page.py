"""The map of the 34 in a real browser: 34 paths and both archipelagos, codes kept apart, a way back."""

import pytest
from playwright.sync_api import Page

from i18n import LANGUAGES
from tests.browser import Visit, drawn, go
from tests.looks import PLACES, VIETNAMESE, assert_fits_every_window, texts

#: What of the map of the 34 has to fit: rankings by shares and by counts, the overview, an indicator, a province.
VIEWS = (
    "/ranking?edition=34",
    "/ranking?edition=34&indicator=TC01",
    "/?edition=34",
    "/indicator/DVC01?edition=34",
    "/province/24?edition=34",
)


def paths(page: Page) -> int:
    page.wait_for_selector("[data-province]")
    return page.locator("[data-province]").count()


def test_the_map_has_34_paths_and_both_archipelagos(visit: Visit) -> None:
    page = visit("/ranking?edition=34")
    assert paths(page) == 34
    assert {each.get_attribute("data-archipelago") for each in page.locator("[data-archipelago]").all()} == {
        "hoang-sa",
        "truong-sa",
    }
    page.locator(".segment a", has_text="63").click()
    page.wait_for_function("() => document.querySelectorAll('[data-province]').length === 63")
    assert "edition" not in page.url
    page.go_back()
    page.wait_for_function("() => document.querySelectorAll('[data-province]').length === 34")


def test_a_row_leads_to_the_place_of_this_map_and_from_there_to_the_former_ones(visit: Visit) -> None:
    page = visit("/ranking?edition=34")
    page.locator("tr[data-agency='24'] .rank-name").click()
    drawn(page, "province")
    assert page.locator("h1").text_content() == "Bắc Ninh"
    assert "edition=34" in page.url
    page.locator(".notice a", has_text="Bắc Giang").click()
    page.wait_for_function("() => document.querySelector('h1').textContent === 'Bắc Giang'")
    assert "edition=63" in page.url


def test_the_edition_is_left_where_the_day_decides_what_a_code_means(visit: Visit) -> None:
    page = visit("/?edition=34")
    page.locator(".card-laggards a.card-link, .card-laggards footer a").first.click()
    drawn(page, "directives")
    assert "edition" not in page.url
    page = visit("/?edition=34")
    page.locator(".nav a").nth(1).click()
    drawn(page, "ranking")
    assert "edition=34" in page.url


def test_the_tip_of_a_merged_province_is_derived_and_that_of_a_kept_one_is_not(visit: Visit) -> None:
    page = visit("/ranking?edition=34")
    assert paths(page) == 34
    marks = {}
    for code in ("24", "40"):
        page.locator(f"[data-province='{code}']").hover()
        page.wait_for_selector(".map-tip")
        span = page.locator(".map-tip span").first
        marks[code] = (span.get_attribute("data-figure"), span.get_attribute("data-derived"))
    assert marks == {"24": (None, "rebased/DVC01/24/2020-02-12"), "40": ("DVC01/40/2020-02-12", None)}


@pytest.mark.parametrize("path", VIEWS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screens_of_the_34_fit(page: Page, served: str, language: str, path: str) -> None:
    go(page, served, f"{path}&lang={language}")
    assert_fits_every_window(page, at_least=30)


@pytest.mark.parametrize("path", VIEWS[:1])
def test_english_holds_vietnamese_only_in_names(page: Page, served: str, path: str) -> None:
    go(page, served, f"{path}&lang=en")
    left = [PLACES.sub("", each["text"]) for each in texts(page) if each["lang"] == "en"]
    assert [text for text in left if VIETNAMESE.search(text)] == []
