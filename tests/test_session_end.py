"""A session that ends under an open page, in a real browser: no figure stays, and nothing that was typed is lost."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import BrowserContext, Page

from data import people, sessions
from data.clock import now
from data.schema import PERSON, PERSON_SESSION
from data.store import Store
from i18n import LANGUAGES, speaker
from tests.browser import DESKTOP, PHONE, WIDE
from tests.centre import Centre
from tests.looks import assert_fits, resized
from tests.people import awaited, centre_of_people, seated, sign_in
from tests.test_accessible import grave, script

OVER = "dialog.session-over"
#: Figures, names and whatever else was on the page: in the document, in our parts, and in what the renderer keeps.
_LEFT = """(words) => {
  const kept = [document.documentElement.outerHTML, JSON.stringify(Object.keys(window.centre)
    .filter((name) => typeof window.centre[name] !== 'function').map((name) => [name, String(window.centre[name])]))];
  return words.filter((word) => kept.some((text) => text.includes(word)));
}"""
_TYPED = "Đang lấy ý kiến các bộ"


@pytest.fixture(scope="module")
def served_people(demonstration_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Centre, Store]]:
    with centre_of_people(demonstration_url, tmp_path_factory.mktemp("people")) as found:
        yield found


def ended(page: Page) -> Any:
    page.wait_for_selector(OVER)
    return page.locator(OVER)


def grow_old(store: Store, name: str, seconds: int) -> None:
    """As if so much time had gone by since the person did anything."""
    number = sa.select(PERSON.c.id).where(PERSON.c.name == name).scalar_subquery()
    with store.writing() as connection:
        rows = connection.execute(sa.select(PERSON_SESSION).where(PERSON_SESSION.c.person_id == number)).all()
        for row in rows:
            moment = now().timestamp() - seconds
            seen = type(now()).fromtimestamp(moment, now().tzinfo)
            connection.execute(
                PERSON_SESSION.update().where(PERSON_SESSION.c.id == row.id).values(seen_at=seen, made_at=seen)
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_leave_the_page_and_the_way_back_is_the_page(
    browser: BrowserContext, served_people: tuple[Centre, Store], language: str
) -> None:
    centre, store = served_people
    say, path = speaker(language), f"/province/40?lang={language}"
    with seated(browser, centre, "pm", path) as page:
        assert page.locator("main [data-figure]").count() > 5
        shown = ["data-figure", "data-derived", "2,7", "2.7", "12/02/2020", "14/02/2020", "ProvinceMap", "Bắc Trung"]
        assert len(page.evaluate(_LEFT, shown)) >= 5, "what is looked for was there"
        sessions.end_every(store, "pm")
        dialog = ended(page)
        assert page.evaluate(_LEFT, shown) == []
        assert page.evaluate("() => ['frame', 'answer', 'freshness', 'panel'].filter(window.centre.has)") == []
        assert page.locator("#react-entry-point").count() == 0
        assert dialog.get_attribute("role") == "alertdialog" and dialog.get_attribute("lang") == language
        told = dialog.inner_text()
        assert say("alive.over") in told or say("alive.over_at", at="").strip() in told
        for words in (say("alive.over_ended"), say("screen.province"), "pm"):
            assert words in told
        assert say("alive.over_draft") not in told
        # The dialog holds the focus: nothing else can be reached, and Escape closes nothing.
        assert page.evaluate("() => document.activeElement.className") == "button session-again"
        for key in ("Tab", "Tab", "Shift+Tab", "Escape", "Escape"):
            page.keyboard.press(key)
        assert dialog.is_visible() and page.evaluate("() => document.querySelector('main').inert")
        for size in (WIDE, DESKTOP, PHONE):
            assert_fits_dialog(resized(page, size))
        page.evaluate(script())
        assert grave(page) == []
        page.locator(".session-again").focus()
        page.keyboard.press("Enter")
        sign_in(page, "pm")
        page.wait_for_url(lambda url: url.endswith(path))
        awaited(page, "province")
        assert page.locator("main [data-figure]").count() > 5


def assert_fits_dialog(page: Page) -> None:
    box, window = page.locator(OVER).bounding_box(), page.viewport_size
    assert box is not None and window is not None
    assert (
        box["x"] >= 0 and box["x"] + box["width"] <= window["width"] and box["y"] + box["height"] <= window["height"]
    )
    assert page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize(
    ("seconds", "why"), [(31 * 60, "over_idle"), (8 * 3600 + 60, "over_expired")], ids=["idle", "eight hours"]
)
def test_an_old_session_says_why_it_is_over(
    browser: BrowserContext, served_people: tuple[Centre, Store], seconds: int, why: str
) -> None:
    centre, store = served_people
    with seated(browser, centre, "leader", "/ranking") as page:
        grow_old(store, "leader", seconds)
        assert speaker("vi")(f"alive.{why}") in ended(page).inner_text()


def test_a_question_that_is_refused_ends_the_page_before_the_next_beat(
    browser: BrowserContext, served_people: tuple[Centre, Store]
) -> None:
    centre, store = served_people
    with seated(browser, centre, "minister", "/directives") as page:
        page.route("**/heartbeat", lambda route: route.abort())
        people.disable(store, "minister")
        try:
            page.click(".nav a[href^='/reports']")
            told = ended(page).inner_text()
            assert speaker("vi")("screen.directives") in told
            assert page.evaluate(_LEFT, ["data-derived", "data-figure"]) == []
        finally:
            people.enable(store, "minister")


def test_other_tabs_follow_out_and_in_again(browser: BrowserContext, served_people: tuple[Centre, Store]) -> None:
    centre, _ = served_people
    with seated(browser, centre, "pm", "/ranking") as page:
        other = page.context.new_page()
        other.goto(f"{centre.base}/reports")
        awaited(other, "reports")
        page.goto(f"{centre.base}/account")
        awaited(page, "account")
        page.locator(".post[action^='/logout'] button").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("main[data-screen=login]")
        assert speaker("vi")("screen.reports") in ended(other).inner_text()
        # Nothing of the page comes back by the way back.
        page.go_back()
        page.wait_for_selector("main[data-screen=login]")
        page.goto(f"{centre.base}/login")
        sign_in(page, "pm")
        awaited(page, "overview")
        awaited(other, "reports")


def test_a_tab_of_somebody_else_is_made_anew(browser: BrowserContext, served_people: tuple[Centre, Store]) -> None:
    centre, store = served_people
    with seated(browser, centre, "pm", "/ranking") as page:
        other = page.context.new_page()
        other.goto(f"{centre.base}/")
        awaited(other, "overview")
        assert other.locator("h1").count() == 1 and other.locator(".account").inner_text() == "pm"
        cookie = page.context.cookies()[0]
        token = sessions.log_in(store, "leader", "mật khẩu rất dài của người này", "127.0.0.1")
        page.context.add_cookies([{"name": cookie["name"], "value": token, "url": centre.base}])
        other.wait_for_function("() => (document.querySelector('.account') || {}).innerText === 'leader'")
        awaited(other, "overview")
        assert "/province/40" in other.locator(".nav").inner_html()


def test_what_was_typed_is_kept_for_the_same_person_alone(
    browser: BrowserContext, served_people: tuple[Centre, Store]
) -> None:
    centre, store = served_people
    path = "/directives?owner=VPCP"
    with seated(browser, centre, "reporter-of-office", path) as page:
        fold = page.locator("details:has(form[data-form=reminder])")
        fold.locator("summary").click()
        page.fill("form[data-form=reminder] [name=document]", _TYPED)
        sessions.end_every(store, "reporter-of-office")
        assert speaker("vi")("alive.over_kept") in ended(page).inner_text()
        assert page.evaluate(_LEFT, [_TYPED]) == []
        page.keyboard.press("Enter")
        sign_in(page, "reporter-of-office")
        awaited(page, "directives")
        page.wait_for_function(
            "(typed) => document.querySelector('form[data-form=reminder] [name=document]').value === typed",
            arg=_TYPED,
        )
        assert fold.get_attribute("open") is not None
        assert page.evaluate("() => sessionStorage.getItem('centre-drafts')") is None
        # Somebody else in the same window finds nothing of it.
        sessions.end_every(store, "reporter-of-office")
        ended(page)
        assert _TYPED in str(page.evaluate("() => sessionStorage.getItem('centre-drafts')"))
        page.keyboard.press("Enter")
        sign_in(page, "pm")
        awaited(page, "directives")
        page.wait_for_function("() => sessionStorage.getItem('centre-drafts') === null")
        assert page.evaluate(_LEFT, [_TYPED]) == []
        assert page.locator("form[data-form]").count() == 0, "no form for whom the matrix lets send none"


def test_a_wall_is_never_asked_to_sign_in(browser: BrowserContext, served_people: tuple[Centre, Store]) -> None:
    centre, store = served_people
    with seated(browser, centre, "pm", "/methods") as page:
        page.goto(f"{centre.base}/wall")
        page.wait_for_selector("main[data-screen]:not([data-screen=loading])")
        assert page.locator(".account").count() == 0
        sessions.end_every(store, "pm")
        page.wait_for_selector("main[data-screen=not-enrolled]")
        assert page.locator(f"{OVER}, form, a").count() == 0


# The form itself


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_by_keyboard_alone_in_every_window(
    browser: BrowserContext, served_people: tuple[Centre, Store], language: str
) -> None:
    centre, _ = served_people
    program = browser.browser
    assert program is not None
    context = program.new_context(java_script_enabled=True)
    try:
        page = context.new_page()
        page.goto(f"{centre.base}/login?lang={language}&next=/ranking")
        page.evaluate(script())
        for size in (WIDE, DESKTOP, PHONE):
            resized(page, size)
            assert_fits(page, 15)
            for field in ("#login-name", "#login-password", ".login-enter"):
                box = page.locator(field).bounding_box()
                assert box is not None and box["height"] >= 44
        assert grave(page) == []
        sign_in(page, "pm", "sai mật khẩu này rồi")
        page.wait_for_selector(".login-refused[role=alert]")
        assert page.evaluate("() => document.activeElement.id") == "login-name"
        told = page.locator("#login-name").get_attribute("aria-describedby")
        assert speaker(language)("login.refused_text") in page.locator(f"#{told}").inner_text()
        assert page.input_value("#login-name") == page.input_value("#login-password") == ""
        assert page.locator("html").get_attribute("lang") == language
        page.evaluate(script())
        assert grave(page) == []
        for size in (WIDE, DESKTOP, PHONE):
            assert_fits(resized(page, size), 15)
        sign_in(page, "pm")
        page.wait_for_url("**/ranking")
    finally:
        context.close()


def test_the_form_works_without_script(browser: BrowserContext, served_people: tuple[Centre, Store]) -> None:
    centre, _ = served_people
    program = browser.browser
    assert program is not None
    context = program.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(f"{centre.base}/methods")
        page.fill("#login-name", "pm")
        page.fill("#login-password", "mật khẩu rất dài của người này")
        page.click(".login-enter")
        page.wait_for_url("**/methods")
    finally:
        context.close()
