"""Every choice of the overview is in its address: by pointer, by keys, back, forward, after a reload; no flash."""

import re

from playwright.sync_api import Page

from tests.browser import PHONE, Visit, address, settled


def shown(page: Page) -> str:
    """The period that is chosen on the line, as its link tells it."""
    return page.locator(".slider-stop[aria-current]").get_attribute("aria-label") or ""


def shades(page: Page) -> list[str]:
    """The shade of each province, in order of code."""
    found: list[str] = page.locator("svg [data-province]").evaluate_all(
        "(all) => all.map((each) => each.classList[1])"
    )
    return found


def test_the_arrow_keys_move_along_the_periods(visit: Visit) -> None:
    page = visit()
    assert shown(page) == "12/02/2020"
    page.locator(".slider-stop[aria-current]").focus()
    page.keyboard.press("ArrowLeft")
    settled(page, address(period="2020-01"))
    assert shown(page) == "tháng 01 năm 2020"
    page.keyboard.press("Home")
    settled(page, address(period="2019-03"))
    assert shown(page) == "tháng 3 năm 2019"
    before = shades(page)
    page.keyboard.press("End")
    settled(page, address(period="2020-02-12"))
    assert shades(page) != before
    assert page.evaluate("() => document.activeElement.classList.contains('slider-stop')"), (
        "the focus stays on the line"
    )


def test_play_runs_from_the_first_period_to_the_last_and_rests(visit: Visit) -> None:
    page = visit(address(period="2019-12"))
    button = page.locator(".slider-play")
    button.click()
    assert button.get_attribute("data-play") == "on"
    settled(page, address(period="2020-01"))
    settled(page, address(period="2020-02-12"))
    page.wait_for_function("() => document.querySelector('.slider-play').dataset.play === 'off'")
    button.click()
    settled(page, address(period="2019-03"))
    button.click()
    assert button.get_attribute("data-play") == "off"


def test_a_stop_can_be_pointed_at_on_a_phone(visit: Visit) -> None:
    page = visit(size=PHONE)
    stop = page.locator(".slider-stop").nth(3)
    box = stop.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    stop.click()
    settled(page, address(period="2019-06"))


def test_the_map_shows_the_gap_to_the_path(visit: Visit) -> None:
    page = visit()
    page.locator(".segment a", has_text="So lộ trình").click()
    settled(page, address(map="gap"))
    assert {shade[0] for shade in shades(page)} == {"d", "n"}
    counted = [int(text) for text in page.locator(".map-legend [data-derived]").all_text_contents()]
    assert sum(counted) == 63
    assert len(counted) == 8
    page.reload()
    settled(page, address(map="gap"))
    assert page.locator(".card .segment a[aria-current]").text_content() == "So lộ trình"
    page.go_back()
    page.wait_for_function("() => document.querySelector('svg [data-province]').classList[1].startsWith('s')")
    assert page.url.endswith("/")
    page.go_forward()
    page.wait_for_function("() => /^[dn]/.test(document.querySelector('svg [data-province]').classList[1])")


def test_a_change_keeps_the_screen_its_elements_and_the_place(visit: Visit) -> None:
    page = visit(size=(1440, 700))
    page.evaluate("""() => {
      window.kept = ['main', '.tile', '.map-land'].map((name) => document.querySelector(name));
      window.emptied = 0;
      new MutationObserver(() => { if (!document.querySelector('main .tile, main .map')) window.emptied += 1; })
        .observe(document.body, {subtree: true, childList: true});
      window.scrollTo(0, 240);
    }""")
    for indicator in ("DVC02", "TT04", "DVC01"):
        page.evaluate(f"() => window.centre.go('?indicator={indicator}&period=')")
        settled(page, address(indicator=indicator))
        assert page.evaluate("() => window.scrollY") == 240
    assert page.evaluate("() => window.kept.every((each) => document.contains(each))")
    assert page.evaluate("() => window.emptied") == 0


def test_a_shared_address_opens_the_same_view(visit: Visit) -> None:
    asked = address(indicator="DVC02", period="2020-01", at="2020-02-10", lang="en", map="gap")
    page = visit(asked)
    assert page.url.endswith(asked)
    assert page.locator("details.menu summary").first.text_content() == "Share of dossiers handled online"
    assert shown(page) == "01/2020"
    assert page.locator("main").get_attribute("lang") == "en"
    assert "10/02/2020" in (page.locator(".notice-replay").text_content() or "")
    before = shades(page)
    other = visit(asked)
    assert shades(other) == before


def test_a_link_can_be_opened_elsewhere_with_the_whole_address(visit: Visit) -> None:
    page = visit(address(lang="en", at="2020-02-10"))
    link = page.locator(".card-rank .rank-name").first
    link.hover()
    href = link.get_attribute("href") or ""
    assert re.fullmatch(r"/province/48\?at=2020-02-10&lang=en", href)
