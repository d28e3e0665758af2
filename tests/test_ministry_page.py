"""The page of a ministry in a real browser: what it says, what leads to it, and that it fits."""

from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from playwright.sync_api import BrowserContext, Page

from data.store import Store
from i18n import LANGUAGES, speaker
from settings import Settings
from tests.browser import DESKTOP, drawn, watched
from tests.looks import SIZES, VIETNAMESE, assert_fits, assert_menus_open_inside, resized, texts
from tests.trees import marked, sent

NAMES = {"vi": "Bộ Thông tin và Truyền thông", "en": "Ministry of Information and Communications"}


@pytest.fixture(scope="module", params=LANGUAGES)
def opened(request: pytest.FixtureRequest, browser: BrowserContext, served: str) -> Iterator[tuple[Page, str]]:
    """The page of the Ministry of Information and Communications, once per language, and that language."""
    with watched(browser) as page:
        page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
        page.goto(f"{served}/ministry/BTTTT?lang={request.param}")
        drawn(page, "ministry")
        yield page, request.param


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_it_fits_and_can_be_read(opened: tuple[Page, str], size: tuple[int, int]) -> None:
    page = resized(opened[0], size)
    page.locator("details.lag-group").evaluate_all("(each) => each.forEach((one) => { one.open = true; })")
    assert_fits(page, at_least=60)
    assert_menus_open_inside(page)


@pytest.mark.parametrize("opened", ["en"], indirect=True)
def test_english_holds_no_vietnamese(opened: tuple[Page, str]) -> None:
    left = [each["text"] for each in texts(opened[0]) if VIETNAMESE.search(each["text"])]
    assert [text for text in left if "Hoàng Sa" not in text] == []


def test_it_says_who_it_is_and_what_it_has_to_do(opened: tuple[Page, str]) -> None:
    page, language = opened
    assert page.locator("h1").all_text_contents() == [NAMES[language]]
    assert page.locator(".answer-line [data-derived='duties/own/BTTTT']").all_text_contents() == ["6"]
    tasks = page.locator(".card-duties > .lags a").evaluate_all("(each) => each.map((one) => one.href)")
    assert len(tasks) == 6 and all("/directives?directive=NV" in each for each in tasks)
    folds = page.locator(".card-duties details")
    assert [fold.locator(".lags li").count() for fold in folds.all()] == [9, 3]
    systems = folds.last.locator("a").evaluate_all("(each) => each.map((one) => one.href)")
    assert [each.rsplit("=", 1)[1] for each in systems] == ["SYS16", "SYS13", "SYS15"]
    roles = page.locator(".card-duties > .lags small").all_text_contents()
    for key in ("duties.leads", "duties.shares"):
        assert any(each.startswith(speaker(language)(key)) for each in roles)
    assert page.locator("table.own tbody tr").count() == 6


def test_the_ranking_leads_to_it_and_its_task_to_the_register(browser: BrowserContext, served: str) -> None:
    with watched(browser) as page:
        page.goto(f"{served}/ranking?group=ministries")
        drawn(page, "ranking")
        page.locator("tr[data-agency='BKHĐT'] .rank-name").click()
        drawn(page, "ministry")
        assert page.url.startswith(f"{served}/ministry/{quote('BKHĐT')}")
        assert page.locator("h1").all_text_contents() == ["Bộ Kế hoạch và Đầu tư"]
        page.goto(f"{served}/ministry/BTTTT")
        drawn(page, "ministry")
        page.locator(".card-duties > .lags a").first.click()
        drawn(page, "directives")
        assert page.locator(".card-detail .code").all_text_contents() == ["NV02"]


@pytest.mark.parametrize("path", ["/ministry/XYZ", "/ministry/40", "/ministry/bca", "/ministry/", "/province/BCA"])
def test_what_is_no_ministry_is_not_found(served: str, path: str) -> None:
    with pytest.raises(HTTPError) as refused:
        urlopen(served + path)
    refused.value.close()
    assert refused.value.code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_figures_are_those_of_the_ranking(held: Store, demonstration_url: str, language: str) -> None:
    settings = Settings.from_env({"DATABASE_URL": demonstration_url, "DEMO": "on"})
    mark = "DVC01/BTTTT/2020-02-12"
    there = dict(marked(sent(held, settings, f"/ranking?group=ministries&lang={language}")))
    here = dict(marked(sent(held, settings, f"/ministry/BTTTT?lang={language}")))
    both = {each for each in here if each in there}
    assert {mark, f"gap/{mark}", f"rank/{mark}"} <= both
    assert {each: here[each] for each in both} == {each: there[each] for each in both}
