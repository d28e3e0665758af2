"""What axe-core finds on every screen, in both languages and three windows: nothing serious, nothing critical."""

from functools import cache

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from i18n import LANGUAGES
from tests.browser import DESKTOP, PHONE, TABLET, go
from tests.looks import resized
from tests.test_search import SCREENS

#: WCAG 2.2 at AA, and what axe-core calls best practice.
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_GRAVE = ("serious", "critical")
_ASK = """(rules) => axe.run(document, {resultTypes: ['violations'], runOnly: {type: 'tag', values: rules}})
  .then((found) => found.violations.map((each) => ({
    rule: each.id, impact: each.impact, places: each.nodes.slice(0, 3).map((node) => node.target.join(' ')),
  })))"""


@cache
def script() -> str:
    return str(AXE_SCRIPT)


@pytest.mark.parametrize("path", [*SCREENS, "/?theme=economy", "/indicator/KTXH04"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_serious(page: Page, served: str, language: str, path: str) -> None:
    go(page, served, f"{path}{'&' if '?' in path else '?'}lang={language}", DESKTOP)
    page.evaluate(script())
    grave = []
    for size in (DESKTOP, TABLET, PHONE):
        found = resized(page, size).evaluate(_ASK, _RULES)
        grave += [(size, each["rule"], each["places"]) for each in found if each["impact"] in _GRAVE]
    assert grave == []
