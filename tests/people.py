"""The product where people sign in, with one person of each kind, and what a browser does to sign in."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

from data import people
from data.store import Store, open_store
from tests.browser import DESKTOP, PAINTED
from tests.centre import Centre, served_copy
from tests.test_matrix import PASSWORD, PEOPLE

KEY = "k" * 32


@contextmanager
def centre_of_people(url: str, folder: Path) -> Iterator[tuple[Centre, Store]]:
    """The product on a copy of the store at `url`, and that copy, in which everybody of PEOPLE has a password."""
    with (
        served_copy(url, folder, AUTH="local", SECRET_KEY=KEY) as centre,
        closing(open_store(centre.database_url)) as store,
    ):
        for name, (role, agency) in PEOPLE.items():
            people.add(store, name, role, agency)
            people.give_password(store, name, PASSWORD)
        yield centre, store


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Fill in the form that is shown and send it, with the keyboard alone."""
    page.wait_for_selector("main[data-screen=login]")
    assert page.evaluate("() => document.activeElement.id") == "login-name"
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.insert_text(password)
    page.keyboard.press("Enter")


@contextmanager
def seated(browser: BrowserContext, centre: Centre, name: str, path: str = "/") -> Iterator[Page]:
    """A window of its own, without anybody's cookie, in which somebody signed in to see a page. What is asked in vain
    is told on the console, so nothing of that is looked at here."""
    program = browser.browser
    assert program is not None
    context = program.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce")
    context.set_default_timeout(15_000)
    try:
        page = context.new_page()
        page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
        page.goto(centre.base + path)
        sign_in(page, name)
        awaited(page, path.partition("?")[0].split("/")[1] or "overview")
        yield page
    finally:
        context.close()


def awaited(page: Page, screen: str) -> None:
    """Wait until a screen is drawn and its script has settled."""
    page.wait_for_selector(f"main[data-screen={screen}]")
    page.wait_for_selector(".account[data-person]")
    page.evaluate(PAINTED)


__all__ = ["PASSWORD", "PEOPLE", "awaited", "centre_of_people", "seated", "sign_in"]
