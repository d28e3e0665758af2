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
#: What is evaluated in a page has no end of its own, so axe-core has two minutes.
_ASK = """([rules, contrast]) => Promise.race([
    axe.run(document, {
      resultTypes: ['violations'], runOnly: {type: 'tag', values: rules},
      rules: {'color-contrast': {enabled: contrast}},
    }),
    new Promise((_, refuse) => setTimeout(() => refuse(new Error('axe-core does not end')), 120000)),
  ])
  .then((found) => found.violations.map((each) => ({
    rule: each.id, impact: each.impact, places: each.nodes.slice(0, 3).map((node) => node.target.join(' ')),
  })))"""


@cache
def script() -> str:
    return str(AXE_SCRIPT)


def grave(page: Page, *, contrast: bool = True) -> list[tuple[str, list[str]]]:
    """What axe-core finds on a page that holds its script: the serious and critical rules, with the first places."""
    found = page.evaluate(_ASK, [_RULES, contrast])
    return [(each["rule"], each["places"]) for each in found if each["impact"] in _GRAVE]


@pytest.mark.parametrize("path", [*SCREENS, "/?theme=economy", "/indicator/KTXH04"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_serious(page: Page, served: str, language: str, path: str) -> None:
    go(page, served, f"{path}{'&' if '?' in path else '?'}lang={language}", DESKTOP)
    page.evaluate(script())
    assert grave(page) == []
    # Contrast takes axe-core most of its time; in these windows `assert_fits` measures it, on every text.
    for size in (TABLET, PHONE):
        assert grave(resized(page, size), contrast=False) == [], size


#: What a reader can do something with: those that are seen and not left out of the order on purpose.
_CONTROLS = """() => {
  const every = 'a[href], button, input, select, textarea, summary, [tabindex]';
  const found = Array.from(document.querySelectorAll(every)).filter((each) => each.tabIndex >= 0 && !each.disabled
    && each.checkVisibility({visibilityProperty: true}) && each.getClientRects().length
    && (each.type !== 'radio' || each.checked));
  found.forEach((each, at) => { each.dataset.order = at; });
  return found.length;
}"""
#: The control that has the focus, and whether that can be seen; None outside all of them.
_FOCUSED = """() => {
  const each = document.activeElement;
  if (!each || each === document.body) return null;
  const style = getComputedStyle(each);
  const drawn = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  return [each.dataset.order === undefined ? null : Number(each.dataset.order), drawn,
    each.outerHTML.slice(0, 160)];
}"""


@pytest.mark.parametrize("path", [*SCREENS, "/?theme=economy", "/ranking?edition=34", "/?at=2019-12-31"])
def test_tab_reaches_every_control_and_the_focus_is_seen(page: Page, served: str, path: str) -> None:
    go(page, served, path, DESKTOP)
    controls = page.evaluate(_CONTROLS)
    assert controls > 10
    reached, hidden = set(), []
    for _ in range(controls + 20):
        page.keyboard.press("Tab")
        focused = page.evaluate(_FOCUSED)
        if focused is None:
            break
        order, drawn, words = focused
        reached.add(order)
        hidden += [] if drawn else [words]
    assert hidden == []
    missed = sorted(set(range(controls)) - reached)
    assert [
        page.evaluate("(at) => document.querySelector(`[data-order='${at}']`).outerHTML.slice(0, 160)", at)
        for at in missed[:5]
    ] == []
