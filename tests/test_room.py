"""The room that cards take in a real browser: no words are cut off, and columns beside each other end together."""

import pytest
from playwright.sync_api import Page

from i18n import LANGUAGES
from tests.browser import DESKTOP, PHONE, TABLET, go

SCREENS = (
    "/indicator/DVC01",
    "/compare?pin=40&pin=46",
    "/ministry/BTTTT",
    "/province/40",
    "/?theme=economy",
    "/methods",
    "/systems",
    "/directives",
)
#: Words in a box that shows fewer of them than it holds.
_CUT = """() => Array.from(document.querySelectorAll('main *'))
  .filter((each) => getComputedStyle(each).textOverflow === 'ellipsis' && each.scrollWidth > each.clientWidth + 1)
  .map((each) => each.textContent)"""
_ENDS = """(columns) => Array.from(document.querySelectorAll(columns))
  .map((each) => Math.round(each.lastElementChild.getBoundingClientRect().bottom))"""
_WIDTHS = """() => Array.from(document.querySelectorAll('.formulas tbody tr, .glossary tbody tr'))
  .map((row) => row.querySelector('th').getBoundingClientRect().width / row.getBoundingClientRect().width)"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", SCREENS)
def test_no_words_are_cut_off(page: Page, served: str, path: str, language: str) -> None:
    for size in (DESKTOP, TABLET, PHONE):
        go(page, served, f"{path}{'&' if '?' in path else '?'}lang={language}", size)
        assert page.evaluate(_CUT) == [], size


@pytest.mark.parametrize(
    ("path", "columns"),
    [
        ("/compare?pin=40&pin=46", ".grid-compare > .stack"),
        ("/compare?pin=40&pin=46&pin=79&pin=BTC", ".grid-compare > .stack"),
        ("/compare?pin=BTC&pin=BTTTT", ".grid-compare > .stack"),
        ("/indicator/DVC01", ".grid-indicator > .stack"),
        ("/indicator/VB01", ".grid-indicator > .stack"),
        ("/indicator/DVC02", ".grid-indicator > .stack"),
    ],
)
def test_columns_end_together(page: Page, served: str, path: str, columns: str) -> None:
    go(page, served, path)
    ends = page.evaluate(_ENDS, columns)
    assert len(ends) == 2 and max(ends) - min(ends) <= 1


def test_formulas_and_terms_take_the_width_of_a_phone(page: Page, served: str) -> None:
    go(page, served, "/methods", PHONE)
    shares = page.evaluate(_WIDTHS)
    assert len(shares) > 100 and min(shares) > 0.6


def test_a_dash_of_who_cannot_be_compared_takes_no_room_on_a_phone(page: Page, served: str) -> None:
    path = "/compare?pin=40&pin=46"
    go(page, served, path)
    assert page.locator("tr[data-comparable=false] .sheet-none:visible").count() > 0
    go(page, served, path, PHONE)
    assert page.locator("tr[data-comparable=false] .sheet-none:visible").count() == 0
    # How far the others lie apart stands beside the name, over the scale.
    row = page.locator("tr[data-comparable=true]").first
    apart, scale = row.locator(".sheet-apart").bounding_box(), row.locator(".sheet-scale").bounding_box()
    assert apart is not None and scale is not None and apart["y"] < scale["y"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_unit_of_a_count_stands_under_its_number_on_a_phone(page: Page, served: str, language: str) -> None:
    go(page, served, f"/province/40?lang={language}", PHONE)
    cells = page.locator(".own td.own-counted")
    assert cells.count() >= 6
    for cell in cells.all():
        unit = cell.locator(".unit").bounding_box()
        number = cell.bounding_box()
        assert unit is not None and number is not None and unit["y"] > number["y"] + number["height"] / 2 - 4
