"""How a wall looks to whoever stands before it: nothing overflows, is cut off, covered, too small or too faint."""

from typing import Any

from playwright.sync_api import Page

from tests.looks import CONTRAST, CONTRAST_LARGE, LARGE_BOLD_PX, LARGE_PX, texts

#: No letter is smaller than this part of the height of the screen.
SMALLEST = 60

#: The texts that leave the window or their card, those that lie over another, and what is scrolled.
_MISPLACED = """() => {
  const shown = [];
  const seen = (element) => element.checkVisibility({opacityProperty: true, visibilityProperty: true});
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim();
    if (!text || !seen(holder) || holder.closest('.offscreen, .is-leaving, .wall-plan > .wall-head')) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    for (const box of range.getClientRects()) {
      if (box.width > 1 && box.height > 1) shown.push({text, box, holder});
    }
  }
  const found = [];
  const name = (each) => each.holder.tagName.toLowerCase() + '.' + each.holder.className
    + ' "' + each.text.slice(0, 40) + '"';
  const within = (box, room, by) => box.left >= room.left - by && box.right <= room.right + by
    && box.top >= room.top - by && box.bottom <= room.bottom + by;
  const ink = (box) => ({
    left: box.left + 1, right: box.right - 1,
    top: box.top + box.height * 0.22, bottom: box.bottom - box.height * 0.22,
  });
  const window_ = {left: 0, top: 0, right: innerWidth, bottom: innerHeight};
  for (const each of shown) {
    if (!within(each.box, window_, 0.5)) found.push('out of the window: ' + name(each));
    for (let up = each.holder; up && up.tagName !== 'MAIN'; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
      if (up.tagName === 'svg') continue;
      if (!within(ink(each.box), up.getBoundingClientRect(), 0)) {
        found.push('cut off by ' + up.className + ': ' + name(each));
      }
    }
  }
  for (let one = 0; one < shown.length; one += 1) {
    const a = ink(shown[one].box);
    for (let two = one + 1; two < shown.length; two += 1) {
      const b = ink(shown[two].box);
      if (shown[one].holder === shown[two].holder) continue;
      if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) {
        found.push('over each other: ' + name(shown[one]) + ' and ' + name(shown[two]));
      }
    }
  }
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight) found.push('the window scrolls');
  return found;
}"""


#: The cards whose content ends long before they do.
_HOLLOW = """(part) => Array.from(document.querySelectorAll('.wall-body .card')).filter((card) => {
  const box = card.getBoundingClientRect();
  const inside = Array.from(card.querySelectorAll(':not(.wall-foot, .wall-foot *)')).filter((each) => {
    const drawn = each.matches('svg, canvas, .sq, .bullet') || Array.from(each.childNodes).some((node) =>
      node.nodeType === Node.TEXT_NODE && node.data.trim());
    return drawn && each.checkVisibility();
  });
  const ends = Math.max(...inside.map((each) => each.getBoundingClientRect().bottom));
  return ends < box.top + part * box.height;
}).map((card) => card.className)"""


def hollow(page: Page, part: float = 0.7) -> list[str]:
    """The cards of the scene that end in nothing: what stands in them is over before this part of their height."""
    found: list[str] = page.evaluate(_HOLLOW, part)
    return found


def misplaced(page: Page) -> list[str]:
    """What is out of place on the wall, in words; empty where nothing is."""
    found: list[str] = page.evaluate(_MISPLACED)
    return found


def too_small(page: Page) -> list[str]:
    """The texts below a sixtieth of the height of the screen."""
    height = page.evaluate("innerHeight")
    return [
        f"{each['size']} {each['text']!r} {each['place']}" for each in texts(page) if each["size"] < height / SMALLEST
    ]


def too_faint(page: Page) -> list[str]:
    """The texts that stand out less than AA asks for."""

    def asked(each: dict[str, Any]) -> float:
        large = each["size"] >= LARGE_PX or (each["bold"] and each["size"] >= LARGE_BOLD_PX)
        return CONTRAST_LARGE if large else CONTRAST

    return [
        f"{each['contrast']} {each['text']!r} {each['place']}"
        for each in texts(page)
        if each["contrast"] < asked(each)
    ]
