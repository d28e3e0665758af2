"""The search in the header: by key or button, with or without diacritics, from every screen."""

from datetime import date

import pytest
from playwright.sync_api import Page

from data.scope import EVERYTHING
from data.store import Store
from i18n import LANGUAGES, speaker
from metrics.boards.search import search
from settings import Settings
from tests.browser import DESKTOP, PHONE, TABLET, go
from tests.looks import assert_fits
from tests.trees import nodes_of, sent

#: One address of every screen, and the screen it shows.
SCREENS = (
    *("/", "/ranking", "/province/40", "/ministry/BCA", "/indicator/DVC01"),
    *("/directives", "/dossier", "/reports", "/systems", "/compare", "/compare?pin=40&pin=46&pin=BTC", "/methods"),
    "/corrections",
    *("/usage", "/usage/40", "/usage/40/ho-tich-chung-thuc/MP0002"),
)


def found(page: Page) -> list[str]:
    return page.locator(".search-box li span").all_text_contents()


def test_everything_of_the_day_can_be_found(held: Store) -> None:
    board = search(held, EVERYTHING, date(2020, 2, 14))
    kinds = [each.kind for each in board.agencies]
    assert (kinds.count("province"), len(board.agencies)) == (63, 85)
    assert len(board.indicators) == 67
    later = search(held, EVERYTHING, date(2025, 7, 1))
    assert [each.kind for each in later.agencies].count("province") == 34


@pytest.mark.parametrize("path", SCREENS)
def test_every_screen_has_it_and_it_is_sent_once(held: Store, settings: Settings, path: str) -> None:
    trees = sent(held, settings, path)
    (box,) = [node for node in nodes_of(trees["search"]) if node[0] == "Search"]
    first = sent(held, settings, "/")
    assert trees["search"] == first["search"]
    assert [thing[3] for thing in box[1]["things"]][:2] == ["/", "/ranking"]


@pytest.mark.parametrize(
    ("typed", "name", "address"),
    [
        ("nghe an", "Nghệ An", "/province/40"),
        ("NGHỆ AN", "Nghệ An", "/province/40"),
        ("ho chi minh", "TP. Hồ Chí Minh", "/province/79"),
        ("dak", "Đắk Lắk", "/province/66"),
        ("btttt", "Bộ Thông tin và Truyền thông", "/ministry/BTTTT"),
        ("dvc01", "Tỷ lệ dịch vụ công trực tuyến mức độ 4", "/indicator/DVC01"),
        ("xep hang", "Xếp hạng", "/ranking"),
        ("che phu rung", "Tỷ lệ che phủ rừng", "/indicator/KTXH12"),
        ("ktxh05", "Tổng vốn đầu tư phát triển toàn xã hội so với GDP", "/indicator/KTXH05"),
    ],
)
def test_a_name_or_code_leads_to_its_page(page: Page, served: str, typed: str, name: str, address: str) -> None:
    go(page, served, "/systems")
    page.keyboard.press("/")
    page.keyboard.type(typed)
    assert found(page)[0] == name
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")
    assert page.locator(".search-box").count() == 0


def test_the_keys_move_and_close_and_give_the_focus_back(page: Page, served: str) -> None:
    go(page, served, "/")
    page.locator(".search-open").click()
    page.keyboard.type("quang")
    names = found(page)
    assert names == ["Quảng Ninh", "Quảng Bình", "Quảng Trị", "Quảng Nam", "Quảng Ngãi", "Tuyên Quang"]
    here = page.locator(".search-box [aria-selected=true] span")
    page.keyboard.press("ArrowDown")
    assert here.text_content() == names[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert here.text_content() == names[-1]
    page.keyboard.press("Escape")
    assert page.locator(".search-box").count() == 0
    assert page.evaluate("() => document.activeElement.className") == "search-open"
    assert page.url == f"{served}/"
    page.keyboard.press("/")
    page.keyboard.type("quang")
    page.mouse.click(20, 500)
    assert page.locator(".search-box").count() == 0


def test_a_slash_that_is_typed_stays_a_slash(page: Page, served: str) -> None:
    go(page, served, "/directives?directive=NV22")
    page.locator(".form-fold:has([data-form=checkin]) summary").click()
    field = page.locator("[data-form=checkin] [name=evidence]")
    field.click()
    page.keyboard.type("12/BTC")
    assert field.input_value() == "12/BTC"
    assert page.locator(".search-box").count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_nobody_is_called_is_told(page: Page, served: str, language: str) -> None:
    go(page, served, f"/?lang={language}")
    page.keyboard.press("/")
    page.keyboard.type("xyzxyz")
    assert page.locator(".search-box [role=status]").text_content() == speaker(language)("search.none")


@pytest.mark.parametrize("size", [DESKTOP, TABLET, PHONE], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_opens_inside_the_window(page: Page, served: str, language: str, size: tuple[int, int]) -> None:
    go(page, served, f"/?lang={language}", size)
    page.locator(".search-open").click()
    page.keyboard.type("b")
    assert len(found(page)) == 12
    assert_fits(page, at_least=20)
    box = page.locator(".search-box").bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= size[0]
