"""What the page shows before, without and instead of figures: loading, an empty store, old figures, a failure."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, Route

from data.store import open_store
from i18n import LANGUAGES, speaker
from tests.browser import DESKTOP, PHONE, Visit, address, drawn, serving


@dataclass(frozen=True)
class Spare:
    """A store without figures, served; `log` is what the server prints."""

    base: str
    database_url: str
    log: Path


@pytest.fixture(scope="module")
def spare(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spare]:
    folder = tmp_path_factory.mktemp("spare")
    shutil.copyfile(migrated_sqlite, folder / "store.db")
    url = f"sqlite:///{folder / 'store.db'}"
    with serving(url, folder / "log", DEMO="off", TODAY="2020-02-14") as base:
        yield Spare(base, url, folder / "log")


def rename(database_url: str, old: str, new: str) -> None:
    """Take a table away, or bring it back."""
    store = open_store(database_url)
    with store.writing() as connection:
        connection.execute(sa.text("PRAGMA legacy_alter_table = ON"))
        connection.execute(sa.text(f'ALTER TABLE "{old}" RENAME TO "{new}"'))
    store.close()


def text_of(page: Page, selector: str) -> str:
    return page.locator(selector).inner_text()


def test_the_frame_of_the_screen_is_there_before_its_figures(page: Page, served: str) -> None:
    waiting: list[Route] = []
    asked = re.compile("/_dash-update-component")

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route(asked, hold)
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    with page.expect_request(asked):
        page.goto(served)
    drawn(page, "loading")
    assert page.locator(".skeleton:visible").count() > 20
    assert page.locator(".grid-tiles .tile").count() == 4
    assert page.locator("[data-figure], [data-derived]").count() == 0
    assert page.locator("main").get_attribute("data-screen") == "loading"
    assert speaker("vi")("shell.loading") in page.title()
    assert not re.search(r"\d", text_of(page, "main"))
    assert waiting, "the screen was not asked for"
    for route in waiting:
        route.continue_()
    drawn(page)
    assert page.locator(".skeleton").count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_store_says_what_to_do_next(page: Page, spare: Spare, language: str) -> None:
    say = speaker(language)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto(spare.base + address(lang=language))
    drawn(page)
    assert page.locator("[data-figure]").count() == 0
    assert page.locator("h1").text_content() == say("answer.nothing", of=4)
    assert page.locator("article.tile").count() == 4
    assert page.locator("article.tile .chip").all_text_contents() == [say("status.never")] * 4
    said = text_of(page, "main")
    assert say("empty.title") in said
    for step in say("empty.steps").split("\n"):
        assert step in said
        assert step.startswith("python cli.py ingest")
    assert "%" not in said
    assert page.locator("table").count() == 0
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE[0]


def test_a_store_that_fails_is_told_by_a_reference_and_can_be_tried_again(page: Page, spare: Spare) -> None:
    say = speaker("en")
    rename(spare.database_url, "submission", "submission_away")
    try:
        page.goto(spare.base + address(lang="en"))
        drawn(page, "failure")
        said = text_of(page, "body")
        assert page.locator("h1").text_content() == say("failure.title")
        assert page.title().startswith(say("failure.title"))
        found = re.search(r"\b[0-9a-f]{8}\b", text_of(page, "[role=alert]"))
        assert found is not None
        for inside in ("Traceback", "sqlalchemy", "OperationalError", "no such table", ".py"):
            assert inside not in said
            assert inside not in page.content()
        assert page.locator("[data-figure], [data-derived]").count() == 0
        assert page.locator(".freshness").get_attribute("data-freshness") == "lost"
        log = spare.log.read_text("utf-8")
        assert found.group() in log
        assert "no such table" in log
    finally:
        rename(spare.database_url, "submission_away", "submission")
    page.get_by_role("link", name=say("failure.retry")).click()
    drawn(page)
    assert page.locator("main").get_attribute("data-screen") == "overview"


def test_an_old_figure_is_called_old_and_leads_nowhere(visit: Visit) -> None:
    page = visit(address(at="2020-08-20"))
    say = speaker("vi")
    tile = page.locator("article.tile").filter(has_text=say("title.DVC01"))
    assert tile.get_attribute("data-status") == "stale"
    assert tile.locator(".chip").text_content() == say("status.stale")
    assert tile.locator("[data-figure='DVC01/VN/2020-02-12']").text_content() == "10,7%"
    said = tile.inner_text()
    for word in (say("status.behind"), say("fact.projection"), say("fact.needed"), say("fact.path")):
        assert not re.search(rf"\b{word}\b", said), said
    assert "190 ngày" in said
    assert tile.locator("[data-derived^='gap/'], [data-derived^='projection/'], [data-derived^='pace/']").count() == 0
    assert "mức độ 4 chậm" not in (page.locator("h1").text_content() or "")


def test_a_day_in_the_past_says_that_it_is_not_today(visit: Visit) -> None:
    page = visit(address(at="2019-08-01"))
    notice = page.locator(".ribbon")
    assert "01/08/2019" in notice.inner_text()
    notice.locator(".ribbon-back").click()
    page.wait_for_selector(".ribbon", state="detached")
    assert page.url.endswith("/")


def test_what_the_address_asks_in_vain_is_said_on_the_page(visit: Visit) -> None:
    page = visit(address(indicator="DVC99", lang="en"))
    assert "DVC99" in page.locator(".notice").inner_text()
    assert page.locator("article.tile").count() == 4
