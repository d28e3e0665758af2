"""The overview in a real browser: it fits, it can be read, both languages are complete, every figure opens."""

import re
from collections.abc import Iterator
from string import Formatter

import pytest
from playwright.sync_api import BrowserContext, Locator, Page

from i18n import LANGUAGES, speaker
from tests.browser import DESKTOP, PHONE, TABLET, Visit, address, drawn, settled, watched
from tests.looks import ACTS, PLACES, SIZES, VIETNAMESE, assert_fits, assert_menus_open_inside, resized, texts

ANSWER = {
    "vi": "1/4 mục tiêu đúng lộ trình, mức độ 4 chậm 7,3\u00a0điểm %",
    "en": "1 of 4 targets on track; level 4 is 7.3\u00a0pp behind its glidepath",
}
#: The parts of the table of words that a screen without trouble is made of.
CHROME = (
    "shell", "nav", "status", "qualifier", "shape", "title", "tiny", "answer", "control", "fact", "tile", "label",
    "data_status", "rank", "nation", "target", "versions", "foot", "source_short", "source_title", "map", "course",
    "slider", "laggards",
)  # fmt: skip


@pytest.fixture(scope="module", params=LANGUAGES)
def opened(request: pytest.FixtureRequest, browser: BrowserContext, served: str) -> Iterator[tuple[Page, str]]:
    """The overview as it stands when somebody enters, once per language, and that language."""
    with watched(browser) as page:
        page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
        page.goto(served + address(lang=request.param))
        drawn(page)
        yield page, request.param


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def fitted(request: pytest.FixtureRequest, opened: tuple[Page, str]) -> Page:
    """The overview in a window of one of the sizes."""
    page, _ = opened
    return resized(page, request.param)


def numbers_in(found: Locator) -> list[int]:
    return [int(text) for text in found.all_text_contents()]


def test_it_fits_and_can_be_read(fitted: Page) -> None:
    assert_fits(fitted, at_least=250)


def test_an_open_menu_stays_within_the_window(fitted: Page) -> None:
    assert_menus_open_inside(fitted)


def test_four_tiles_are_shown(fitted: Page) -> None:
    assert fitted.locator("article.tile:visible").count() == 4
    assert fitted.locator("article.tile:visible .tile-value:visible").count() == 4
    assert fitted.locator("article.tile:visible .chip:visible").count() == 4


def test_every_measured_tile_names_its_target_and_every_window_the_hour(fitted: Page) -> None:
    measured = fitted.locator("article.tile").filter(has=fitted.locator(".tile-value [data-figure]"))
    named = measured.locator(".gauge-target:visible, .fact-aim:visible")
    assert measured.count() == named.count() == 3
    assert re.search(r"\d\d:\d\d, 14/02/2020$", fitted.locator(".freshness:visible").inner_text())


def test_on_a_phone_the_screens_are_under_the_thumb(visit: Visit) -> None:
    page = visit(size=PHONE)
    page.evaluate("() => window.scrollTo(0, 600)")
    tabs = page.locator(".nav a")
    for index in range(tabs.count()):
        box = tabs.nth(index).bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["y"] + box["height"] == PHONE[1]
    page.evaluate("() => window.scrollTo(0, document.documentElement.scrollHeight)")
    foot, bar = page.locator(".page-foot").bounding_box(), page.locator(".nav").bounding_box()
    assert foot and bar
    assert foot["y"] + foot["height"] <= bar["y"], "the tabs hide the foot"


def test_the_map_draws_63_provinces_and_both_archipelagos(fitted: Page) -> None:
    assert fitted.locator("svg [data-province]").count() == 63
    codes = fitted.locator("svg [data-province]").evaluate_all("(all) => all.map((each) => each.dataset.province)")
    assert len(set(codes)) == 63
    assert fitted.locator("svg [data-archipelago='hoang-sa'] circle:visible").count() == 12
    assert fitted.locator("svg [data-archipelago='truong-sa'] circle:visible").count() == 12
    drawn_size = fitted.locator(".map-land").bounding_box()
    assert drawn_size is not None
    assert drawn_size["height"] > 250


def test_the_counts_of_the_legend_add_up_to_all_provinces(opened: tuple[Page, str]) -> None:
    page, _ = opened
    counted = numbers_in(page.locator(".map-legend [data-derived]"))
    assert counted == [1, 6, 7, 13, 19, 15, 2]
    shades = page.locator("svg [data-province]").evaluate_all("(all) => all.map((each) => each.classList[1])")
    in_order = [shades.count(shade) for shade in ("s6", "s5", "s4", "s3", "s2", "s1", "nr")]
    assert in_order == counted


def test_an_archipelago_has_the_shade_of_its_province(opened: tuple[Page, str]) -> None:
    page, _ = opened
    for group, code in (("hoang-sa", "48"), ("truong-sa", "56")):
        islands = page.locator(f"[data-archipelago='{group}']").get_attribute("class") or ""
        province = page.locator(f"svg [data-province='{code}']").get_attribute("class") or ""
        assert islands.split()[1] == province.split()[1]


def test_the_short_list_leaves_nobody_out_unsaid(opened: tuple[Page, str]) -> None:
    page, language = opened
    card = page.locator(".card-rank")
    shown = card.locator("tbody tr[data-agency]").count()
    folded = [int(re.findall(r"\d+", text)[0]) for text in card.locator(".rank-note").all_text_contents()]
    assert shown + sum(folded) == 63
    rows = card.locator("tbody tr[data-agency]").evaluate_all(
        """(rows) => rows.map((row) => ({
             absent: row.classList.contains('unreported'), status: row.dataset.status,
             rank: row.querySelector('.rank-no').textContent, figures: row.querySelectorAll('[data-figure]').length,
             marks: row.querySelectorAll('[data-derived]').length, hatched: Boolean(row.querySelector('.hatch')),
             said: row.textContent}))"""
    )
    absent = [row["absent"] for row in rows]
    assert absent == sorted(absent), "an unreported row stands above a reported one"
    assert sum(absent) == 2
    for row in rows:
        if row["absent"]:
            found = (row["rank"], row["status"], row["figures"], row["marks"], row["hatched"])
            assert found == ("–", "nr", 0, 0, True)
            assert speaker(language)("rank.absent") in row["said"]
        else:
            assert row["figures"] == 1
            assert int(row["rank"]) >= 1
    ranks = [int(row["rank"]) for row in rows if not row["absent"]]
    assert ranks == sorted(ranks)


def test_the_title_is_the_answer(opened: tuple[Page, str]) -> None:
    page, language = opened
    assert page.locator("h1").count() == 1
    assert page.locator("h1").text_content() == ANSWER[language]
    assert page.title() == f"{ANSWER[language]} – {speaker(language)('shell.name_short')}"
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("main").get_attribute("lang") == language


def test_what_is_simulated_says_so(opened: tuple[Page, str]) -> None:
    page, language = opened
    marked = page.locator("[data-simulated]:is(section, article)")
    assert marked.count() >= 3
    say = speaker(language)
    for index in range(marked.count()):
        label = marked.nth(index).locator(".sim").first.text_content()
        assert label in (say("label.simulated"), say("label.partly_simulated"))


def test_every_card_names_its_source(opened: tuple[Page, str]) -> None:
    page, _ = opened
    for index in range(page.locator("main .card").count()):
        assert page.locator("main .card").nth(index).locator("footer.provenance .source").count() == 1


@pytest.mark.parametrize("opened", ["en"], indirect=True)
def test_english_holds_no_vietnamese_word(opened: tuple[Page, str]) -> None:
    page, _ = opened
    left = [ACTS.sub("", PLACES.sub("", each["text"])) for each in texts(page)]
    assert [text for text in left if VIETNAMESE.search(text)] == []


def fragments(language: str, other: str) -> set[str]:
    """What the table of words says in one language and not in the other, without the places to be filled."""
    mine, theirs = speaker(language).words, speaker(other).words
    found = set()
    for key, phrase in mine.items():
        if key.split(".")[0] in CHROME and phrase != theirs[key]:
            found |= {literal.strip(" ,;:/()") for literal, _, _, _ in Formatter().parse(phrase)}
    return {literal for literal in found if len(literal) > 3}


def test_no_language_shows_words_of_the_other(opened: tuple[Page, str]) -> None:
    page, language = opened
    other = next(each for each in LANGUAGES if each != language)
    seen = "\n".join(each["text"] for each in texts(page))
    own = fragments(language, other)
    assert sum(phrase in seen for phrase in own) > 30, "the words of the screen are not found on it"
    foreign = {
        phrase for phrase in fragments(other, language) if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", seen)
    }
    assert foreign == set()


def panel_of(page: Page) -> Locator:
    panel = page.locator("aside.panel")
    panel.wait_for()
    return panel


@pytest.mark.parametrize(
    ("mark", "printed", "title", "phrase"),
    [
        (
            "DVC01/VN/2020-02-12",
            "10,7%",
            "Thủ tướng: CSGT cũng phải am hiểu Chính phủ điện tử",
            "“mục tiêu 30% tỷ lệ dịch vụ công trực tuyến mức độ 4, hiện nay mới đạt 10,7%”",
        ),
        ("VB01/VN/2019", "86,5%", "Xây dựng chiến lược phát triển Chính phủ điện tử", "“lên 86,5% năm 2019”"),
    ],
)
def test_one_click_leads_to_article_phrase_and_date(
    visit: Visit, mark: str, printed: str, title: str, phrase: str
) -> None:
    page = visit()
    figure = page.locator(f"article.tile [data-figure='{mark}']")
    assert figure.text_content() == printed
    figure.click()
    panel = panel_of(page)
    said = panel.text_content() or ""
    assert title in said
    assert panel.locator(".quote").text_content() == phrase
    assert "12/02/2020" in said
    assert page.url.endswith(address(figure=mark))

    page.reload()
    drawn(page)
    assert panel_of(page).text_content() == said
    page.locator(".panel-close").click()
    settled(page, address())
    assert page.locator("aside.panel").count() == 0


def test_the_keyboard_alone_opens_and_closes_a_figure(visit: Visit) -> None:
    page = visit()
    mark = "DVC01/VN/2020-02-12"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.dataset.figure || ''") == mark:
            break
    else:
        pytest.fail("40 presses of Tab do not reach the figure")
    shown = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
    assert shown != "none", "nobody sees where the focus is"
    page.keyboard.press("Enter")
    panel_of(page)
    page.wait_for_function("() => document.activeElement.closest('aside.panel') !== null")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "panel-close"
    page.keyboard.press("Escape")
    page.wait_for_selector("aside.panel", state="detached")
    page.wait_for_function(f"() => document.activeElement.dataset.figure === '{mark}'")
    assert page.url.endswith("/")


def test_the_figure_of_nghe_an_opens_with_both_terms(visit: Visit) -> None:
    page = visit(size=TABLET)
    row = page.locator("table.rank tr").filter(has=page.locator("[data-figure='DVC01/40/2020-02-12']"))
    assert row.locator(".rank-name").text_content() == "Nghệ An"
    figure = row.locator("[data-figure]")
    assert figure.text_content() == "trên\u00a02,7%"
    figure.evaluate("(each) => each.scrollIntoView({block: 'start'})")
    before = page.evaluate("() => window.scrollY")
    assert before > 0
    figure.click()
    panel = panel_of(page)
    assert abs(page.evaluate("() => window.scrollY") - before) <= 1
    said = panel.text_content() or ""
    assert "50 / gần\u00a01.800" in said
    assert "Xây dựng chiến lược phát triển Chính phủ điện tử" in said
    assert "“gần 1.800 … 50 dịch vụ công trực tuyến mức độ 4”" in said
    assert "12/02/2020" in said

    page.go_back()
    page.wait_for_selector("aside.panel", state="detached")
    assert page.url.endswith("/")
    assert abs(page.evaluate("() => window.scrollY") - before) <= 1


def test_on_a_phone_a_figure_opens_within_the_window(visit: Visit) -> None:
    page = visit(size=PHONE)
    page.locator("article.tile [data-figure='DVC01/VN/2020-02-12']").click()
    panel_of(page)
    box = page.evaluate("() => { const b = document.querySelector('.panel').getBoundingClientRect();"
                        " return [b.left, b.top, b.right, b.bottom]; }")  # fmt: skip
    assert box[0] >= 0
    assert box[1] >= 0
    assert box[2] <= PHONE[0]
    assert box[3] <= PHONE[1]
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE[0]
    page.locator(".panel-close").click()
    page.wait_for_selector("aside.panel", state="detached")


def versions(page: Page) -> list[str]:
    """The rows of the table of target versions: day it was set, value, due, and the rest."""
    rows = page.locator("table.plain tbody tr")
    return [" | ".join(rows.nth(index).locator("td").all_text_contents()) for index in range(rows.count())]


def test_before_the_articles_of_2020_the_target_of_2019_governs(visit: Visit) -> None:
    page = visit(address(at="2019-08-01"))
    found = versions(page)
    assert len(found) == 2
    assert found[0].startswith("23/07/2019 | từ 30% | 31/12/2019 | Đang áp dụng")
    assert "NQ17 nêu 31/12/2020" in found[0], "the other date stands beside it"
    assert found[1].startswith("07/03/2019 | từ 30% | 31/12/2020 | Được ghi nhận")
    assert "Nghị quyết 17/NQ-CP" in found[1]


def test_a_target_whose_day_has_passed_tells_what_was_reached(visit: Visit) -> None:
    page = visit(address(at="2020-02-14"))
    found = versions(page)
    assert len(found) == 4
    assert found[0].startswith("12/02/2020 | từ 30% | 31/12/2020 | Đang áp dụng")
    assert "Thủ tướng: CSGT" in found[0]
    missed = next(row for row in found if row.startswith("23/07/2019"))
    assert missed.startswith("23/07/2019 | từ 30% | 31/12/2019 | Không đạt, xét sau hạn")
    assert "10,7% (12/02/2020)" in missed
    assert "thiếu 19,3\u00a0điểm %" in missed
    assert any(row.startswith("07/03/2019 | từ 30% | 31/12/2020 | Được ghi nhận") for row in found)


def test_the_language_is_switched_in_place(visit: Visit) -> None:
    page = visit(address(indicator="DVC01", at="2019-08-01"))
    assert page.locator("html").get_attribute("lang") == "vi"
    vietnamese = page.title()
    page.locator(".lang a[lang=en]").click()
    page.wait_for_selector("main[lang=en]")
    settled(page, address(indicator="DVC01", at="2019-08-01", lang="en"))
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.title() != vietnamese
    assert page.title().endswith("Command centre")
    assert (page.locator("table.plain tbody tr").first.text_content() or "").startswith("23/07/2019")
    page.locator(".lang a[lang=vi]").click()
    page.wait_for_selector("main[lang=vi]")
    settled(page, address(indicator="DVC01", at="2019-08-01", lang="vi"))
    assert page.title() == vietnamese
    assert page.locator("html").get_attribute("lang") == "vi"


def test_a_choice_of_the_menu_leads_to_its_address(visit: Visit) -> None:
    page = visit(address(lang="en"))
    menu = page.locator("main details.menu").first
    menu.locator("summary").click()
    menu.get_by_role("link", name="Documents exchanged electronically").click()
    settled(page, address(indicator="VB01", lang="en"))
    assert page.locator("main details.menu[open]").count() == 0
    page.locator("main details.menu summary", has_text="Documents").first.wait_for()
    page.go_back()
    page.locator("main details.menu summary", has_text="Level-4").first.wait_for()
