"""How a page looks to whoever reads it: what is seen of it, in which size and contrast, what is cut off."""

import csv
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser import DESKTOP, PAINTED, PHONE, TABLET, WIDE

#: The windows that every screen has to fit, each in both languages.
SIZES = (WIDE, DESKTOP, TABLET, PHONE)
SMALLEST_PX = 11
#: What WCAG asks of text in AA: 4.5 to 1, of large text 3 to 1.
CONTRAST, CONTRAST_LARGE = 4.5, 3.0
LARGE_PX, LARGE_BOLD_PX = 24, 18.66
VIETNAMESE = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
#: Names of places keep their marks in English: of the archipelagos, and of provinces as their table has them.
_AGENCIES = Path(__file__).resolve().parents[1] / "data" / "reference" / "agencies.csv"
with _AGENCIES.open(encoding="utf-8", newline="") as _file:
    _PROVINCES = [row["name_en"] for row in csv.DictReader(_file) if row["kind"] == "province"]
PLACES = re.compile("|".join(map(re.escape, ("Hoàng Sa", "Trường Sa", *sorted(_PROVINCES, key=len, reverse=True)))))
#: Numbers of acts are the same in every language.
ACTS = re.compile(r"\d+(?:/\d{4})?/(?:NĐ-CP|NQ-CP|QĐ-TTg)")

#: Every text of the page that somebody sees: its sides, size, weight, colour, and the colour it stands on.
_TEXTS = """() => {
  const unseen = '.offscreen, .skip, .control-name, script, style, details:not([open]) > :not(summary)';
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const known = new Map();
  const rgba = (colour) => {
    if (!known.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(colour, [red, green, blue, alpha / 255]);
    }
    return known.get(colour);
  };
  const over = (upper, lower) => [0, 1, 2].map((at) => upper[at] * upper[3] + lower[at] * (1 - upper[3])).concat(1);
  const grounds = new Map([[null, [255, 255, 255, 1]]]);
  const ground = (element) => {
    if (!grounds.has(element)) {
      const own = rgba(getComputedStyle(element).backgroundColor);
      grounds.set(element, over(own, ground(element.parentElement)));
    }
    return grounds.get(element);
  };
  const light = (colour) => {
    const parts = colour.slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    const holder = walker.currentNode.parentElement;
    if (!text || !holder.getClientRects().length || holder.closest(unseen)) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const box = range.getBoundingClientRect();
    const style = getComputedStyle(holder);
    const cut = style.textOverflow === 'ellipsis';
    const lower = ground(holder);
    const lights = [light(over(rgba(style.color), lower)), light(lower)].sort((one, other) => other - one);
    found.push({
      text, size: parseFloat(style.fontSize), bold: Number(style.fontWeight) >= 600, left: box.left,
      right: cut ? holder.getBoundingClientRect().right : box.right,
      contrast: Math.round(100 * (lights[0] + 0.05) / (lights[1] + 0.05)) / 100,
      place: holder.tagName.toLowerCase() + '.' + holder.className, lang: holder.closest('[lang]').lang,
    });
  }
  return found;
}"""
#: What holds more than it shows: sideways everywhere, downwards where the rest is cut off.
_CLIPPED = """() => Array.from(document.querySelectorAll(
    'h1, h2, h3, p, li, dl, dt, dd, th, td, summary, article, section, footer, header, nav, main .card, .chip,'
    + ' .notice, .control, .crumbs, .answer-fact, .answer-line, .legend, .rank-cell, .rank-name, .terms, .statement,'
    + ' .standing, .source, .freshness, .brand, .course-cell, .scale-names, .level-value'))
  .filter((each) => each.clientWidth > 0 && !each.closest('.offscreen, .skip, details:not([open]) > :not(summary)'))
  .filter((each) => each.scrollWidth > each.clientWidth + 1
    || (getComputedStyle(each).overflowY !== 'visible' && each.scrollHeight > each.clientHeight + 1))
  .map((each) => each.tagName + '.' + each.className + ': ' + each.textContent.slice(0, 60))"""
#: What of the answer lies under what can be done with the screen.
_COVERED = """() => {
  const over = Array.from(document.querySelectorAll('.actions > *'), (each) => each.getBoundingClientRect());
  const found = [];
  const answer = document.querySelector('.answer-row > :first-child');
  const walker = document.createTreeWalker(answer || document.createElement('p'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    if (walker.currentNode.parentElement.closest('.offscreen, details:not([open]) > :not(summary)')) continue;
    const covered = Array.from(range.getClientRects()).some((text) => over.some((box) => text.left < box.right - 1
      && text.right > box.left + 1 && text.top < box.bottom - 1 && text.bottom > box.top + 1));
    if (covered) found.push(walker.currentNode.data);
  }
  return found;
}"""


def texts(page: Page) -> list[dict[str, Any]]:
    """Every text that is seen outside closed menus: `text`, `lang`, `size`, `bold`, sides, `contrast`, `place`."""
    found: list[dict[str, Any]] = page.evaluate(_TEXTS)
    return found


def resized(page: Page, size: tuple[int, int]) -> Page:
    """The page in a window of that size, drawn anew."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate(PAINTED)
    return page


def assert_fits(page: Page, at_least: int) -> None:
    """No text leaves the window, is cut off, too small or too faint; `at_least` so many texts have to be there."""
    wide, window = page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= window
    seen = texts(page)
    assert len(seen) > at_least
    assert [each for each in seen if each["left"] < -0.5 or each["right"] > window + 0.5] == []
    assert [each for each in seen if each["size"] < SMALLEST_PX] == []
    assert [each for each in seen if each["contrast"] < _asked(each)] == []
    assert page.evaluate(_CLIPPED) == []
    assert page.evaluate(_COVERED) == []


def assert_fits_every_window(page: Page, at_least: int) -> None:
    """The page fits each of the windows; it is drawn once, since a screen is the same in all of them."""
    for size in SIZES:
        try:
            assert_fits(resized(page, size), at_least)
        except AssertionError as trouble:
            trouble.add_note(f"in a window of {size[0]}x{size[1]}")
            raise


def _asked(text: dict[str, Any]) -> float:
    large = text["size"] >= (LARGE_BOLD_PX if text["bold"] else LARGE_PX)
    return CONTRAST_LARGE if large else CONTRAST


def assert_menus_open_inside(page: Page) -> None:
    """Every menu of the page opens within the window, and Escape closes it."""
    window = page.evaluate("() => document.documentElement.clientWidth")
    for index in range(page.locator("details.menu").count()):
        menu = page.locator("details.menu").nth(index)
        menu.locator("summary").click()
        box = menu.locator(".menu-list").bounding_box()
        assert box is not None
        assert box["x"] >= 0 and box["x"] + box["width"] <= window
        assert page.evaluate("() => document.documentElement.scrollWidth") <= window
        page.keyboard.press("Escape")
        assert menu.get_attribute("open") is None
