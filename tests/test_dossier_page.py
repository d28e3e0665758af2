"""The report to the Prime Minister in a real browser: it fits, it is the file, and a list goes from hand to hand."""

import io
import shutil
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from docx import Document
from playwright.sync_api import Page

from data.scope import EVERYTHING
from data.store import Store
from i18n import LANGUAGES, speaker
from metrics.asked import Asked
from metrics.boards.dossier import dossier
from settings import Settings
from tests.browser import go, serving
from tests.exports import exported
from tests.looks import PLACES, VIETNAMESE, assert_fits_every_window, texts
from tests.paper import SHEET, on_paper, printed, words
from tests.test_figures_agree import differences
from tests.trees import marked, sent

BEHIND, ABSENT = "behind/DVC01/06/2020-02-12", "unreported/DVC01/62/2020-02-12"
VIEWS: tuple[dict[str, str], ...] = (
    {},
    {"entry": ABSENT},
    {"entry": "unreported/reports/25"},
    {"at": "2021-03-31", "entry": "overdue/NV13/submit"},
    {"at": "2019-01-01"},
)
ONE, OTHER = "Nguyễn Văn An", "Trần Thị Bình"


def dossier_at(**query: str) -> str:
    return f"/dossier?{urlencode(query, safe='/')}" if query else "/dossier"


@pytest.fixture
def own(demonstration_url: str, page: Page, tmp_path: Path) -> Iterator[str]:
    """A demonstration that a test may write to, served until the page has left it."""
    copy = tmp_path / "centre.db"
    shutil.copyfile(demonstration_url.removeprefix("sqlite:///"), copy)
    with serving(f"sqlite:///{copy}", tmp_path / "log", DEMO="on") as base:
        yield base
        # A server that ends before it leaves its next heartbeat unanswered on the console.
        page.goto("about:blank")


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: "-".join(view.values()) or "list")
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_and_can_be_read(page: Page, served: str, language: str, view: dict[str, str]) -> None:
    go(page, served, dossier_at(**view, lang=language))
    page.locator(".form-fold").evaluate_all("(found) => found.forEach((each) => { each.open = true; })")
    assert_fits_every_window(page, at_least=15)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_is_the_answer_and_the_screen_belongs_to_the_directives(
    page: Page, served: str, language: str
) -> None:
    go(page, served, dossier_at(lang=language))
    say = speaker(language)
    assert page.locator("h1").text_content() == say("dossier.answer", count="91", day="14/02/2020")
    assert page.locator(".nav [aria-current]").text_content() == say("nav.directives")
    rules = [
        f"{say(f'laggards.{rule}')}: {count}" for rule, count in (("overdue", 0), ("unreported", 32), ("behind", 59))
    ]
    assert page.locator(".answer-fact").all_text_contents() == rules


@pytest.mark.parametrize("view", VIEWS[:4], ids=lambda view: "-".join(view.values()) or "list")
def test_english_holds_vietnamese_only_in_the_form_and_where_it_quotes(
    page: Page, served: str, view: dict[str, str]
) -> None:
    go(page, served, dossier_at(**view, lang="en"))
    left = [PLACES.sub("", each["text"]) for each in texts(page) if each["lang"] == "en"]
    assert [text for text in left if VIETNAMESE.search(text)] == []
    assert page.locator(".a4").get_attribute("lang") == "vi"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("at", ["2020-02-14", "2021-03-31"])
def test_every_figure_of_the_page_is_that_of_the_file(
    held: Store,
    settings: Settings,
    demonstration_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    at: str,
    language: str,
) -> None:
    found = exported("laggards", demonstration_url, tmp_path / "x.json", at, monkeypatch, language)
    # The form is Vietnamese on every page, and so are its numbers.
    form = exported("laggards", demonstration_url, tmp_path / "y.json", at, monkeypatch, "vi")
    trees = sent(held, settings, dossier_at(at=at, lang=language, entry="all"))
    sheets = marked({"frame": trees["sheets"]})
    assert len(sheets) > (8 if at == "2021-03-31" else 400)
    assert differences(sheets, {row["mark"]: row["printed"] for row in form["figures"]}) == []
    assert (
        differences(marked(trees | {"sheets": []}), {row["mark"]: row["printed"] for row in found["figures"]}) == []
    )
    assert [row["entry"] for row in found["laggards"]] == [row["entry"] for row in form["laggards"]]


def test_each_entry_is_a_link_to_its_sheet(page: Page, served: str) -> None:
    go(page, served, "/dossier")
    assert page.locator(".dossier-list a").count() == 2 + 91
    assert page.locator(".a4").get_attribute("data-sheet") == "list"
    page.locator(f".dossier-list a[href*='{BEHIND}']").click()
    page.wait_for_selector(f".a4[data-sheet='{BEHIND}']")
    assert page.url.endswith(f"/dossier?entry={BEHIND}")
    assert "Về việc Bắc Kạn chậm so với lộ trình" in (page.locator(".a4-about").text_content() or "")
    assert page.locator(".card-letters .history li").count() == 1
    page.go_back()
    page.wait_for_selector(".a4[data-sheet='list']")
    go(page, served, dossier_at(entry="all"))
    assert page.locator(".a4").count() == 92


def test_the_list_shows_the_entry_that_the_address_chooses_and_stays_where_it_is_scrolled(
    page: Page, served: str, held: Store
) -> None:
    last = list(dossier(held, EVERYTHING, Asked(date(2020, 2, 14))).laggards.entries)[-1].key
    go(page, served, dossier_at(entry=last))
    place = """() => {
      const list = document.querySelector('.dossier-list').getBoundingClientRect();
      const box = document.querySelector('.dossier-list [aria-current]').getBoundingClientRect();
      return box.top >= list.top && box.bottom <= list.bottom;
    }"""
    assert page.evaluate(place)
    page.evaluate("() => { document.querySelector('.dossier-list').scrollTop = 0; window.centre.ask(false); }")
    page.wait_for_function("() => window.centre.asked === null")
    assert not page.evaluate(place)


def test_the_list_beside_the_directives_leads_here(page: Page, served: str) -> None:
    go(page, served, "/directives")
    page.locator(f"tr[data-laggard='{ABSENT}'] .lag-matter a").click()
    page.wait_for_selector(f".a4[data-sheet='{ABSENT}']")


def test_printed_it_is_one_page_for_each_sheet(page: Page, served: str) -> None:
    go(page, served, dossier_at(at="2021-03-31", entry="all"))
    paper = printed(page)
    assert [round(float(side)) for side in paper.pages[0].mediabox[2:]] == [595, 842]
    assert len(paper.pages) == page.locator(".a4").count() == 2
    first = paper.pages[0].extract_text()
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first
    assert speaker("vi")("nav.ranking") not in first


def test_the_list_is_printed_as_a_document_of_several_pages(page: Page, served: str) -> None:
    """Numbered from the second page on, and nobody signs on a page without what they sign, wherever it ends."""
    go(page, served, dossier_at(at="2020-02-14"))
    counts = set()
    for lower in range(0, 240, 20):
        page.evaluate("(lower) => { document.querySelector('.a4-head').style.marginTop = lower + 'mm'; }", lower)
        pages = [words(each.extract_text()) for each in printed(page).pages]
        counts.add(len(pages))
        assert not pages[0].startswith("1") and not pages[0].endswith("1")
        for number, text in enumerate(pages[1:], 2):
            assert text.startswith(str(number)) or text.endswith(str(number))
        closing = [text for text in pages if "Nơinhận:" in text or "(chưaký)" in text or "trântrọngbáocáo" in text]
        assert closing == [pages[-1]], lower
        assert all(part in pages[-1] for part in ("Nơinhận:", "(chưaký)", "trântrọngbáocáo")), lower
    assert len(counts) > 1, "it ended on two pages"


def test_a_full_sheet_alone_is_one_page_under_the_words_of_its_day(page: Page, served: str) -> None:
    go(page, served, dossier_at(at="2021-03-31", entry="overdue/NV13/submit"))
    [paper] = printed(page).pages
    assert words(speaker("vi")("label.partly_simulated")) in words(paper.extract_text()), "its note stands on it"
    with on_paper(page, SHEET):
        boxes = {
            name: page.locator(name).bounding_box() for name in (".ribbon-words", ".a4-head", ".a4-foot", ".a4-note")
        }
    ends = [(box["y"], box["y"] + box["height"]) for box in boxes.values() if box]
    assert len(ends) == 4
    assert all(above[1] <= below[0] for above, below in pairwise(ends)), boxes


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_does_not_exist_is_told(page: Page, served: str, language: str) -> None:
    go(page, served, dossier_at(list="7", entry="behind/XX", lang=language))
    say, said = speaker(language), page.locator(".notice").all_text_contents()
    assert any(say("notice.unknown_list", value="7") in each for each in said)
    assert any(say("notice.unknown_entry", value="behind/XX") in each for each in said)
    with pytest.raises(Exception, match="404"):
        urlopen(f"{served}/dossier/7.docx")


def fill(page: Page, name: str, **cells: str) -> str:
    """Fill in a form and send it; what is said of it, the empty text where its place was drawn anew."""
    form = page.locator(f"[data-form={name}]")
    fold = page.locator(f".form-fold:has([data-form={name}])")
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    for cell, text in cells.items():
        field = form.locator(f"[name={cell}]")
        field.select_option(text) if cell == "state" else field.fill(text)
    form.locator("button").click()
    gone = f"() => {{ const said = document.querySelector('[data-form={name}] .form-said');"
    page.wait_for_function(f"{gone} return !said || !['open', 'sent'].includes(said.dataset.phase); }}")
    page.wait_for_function("() => window.centre.asked === null")
    said = page.locator(f"[data-form={name}] .form-said")
    return (said.text_content() or "") if said.count() else ""


def test_a_list_goes_from_one_hand_to_the_next(page: Page, own: str) -> None:
    say = speaker("vi")
    go(page, own, "/dossier")
    assert "[E_MISSING]" in fill(page, "draft", person=" ")
    before = page.locator(".a4-note").text_content() or ""
    assert fill(page, "draft", person=ONE) == say("form.drafted", number=1)
    page.locator(".card-steps .filter-list a").click()
    page.wait_for_selector(".dossier-steps")
    assert page.locator("h1").text_content() == say("dossier.answer_drafted", number=1, day="14/02/2020")
    assert (page.locator(".dossier-hash code").text_content() or "-") in before
    with urlopen(f"{own}/dossier/1.docx") as answer:
        draft = answer.read()
        assert answer.headers["Content-Disposition"] == "attachment; filename=danh-sach-1.docx"
        assert answer.headers["Cache-Control"] == "no-store"
    assert "DỰ THẢO" in words_of(draft)
    for same in (ONE, "nguyễn  VĂN An"):
        assert "[E_SCOPE]" in fill(page, "sign", person=same)
    assert page.locator("li[data-step=signed]").get_attribute("data-taken") == "false"
    fill(page, "sign", person=OTHER)
    page.wait_for_selector("li[data-step=signed][data-taken=true]")
    assert page.locator(".a4-draft").count() == 0
    assert OTHER in (page.locator(".a4-signature").text_content() or "")
    assert "[E_MISSING]" in fill(page, "report", person=ONE, document="")
    fill(page, "report", person=ONE, document="45/BC-VPCP")
    page.wait_for_selector("li[data-step=reported][data-taken=true]")
    assert page.locator("[data-form]").count() == 0
    with urlopen(f"{own}/dossier/1.docx") as answer:
        assert OTHER in words_of(answer.read())


def words_of(file: bytes) -> str:
    """The words of the first page of a DOCX that stand in tables."""
    document = Document(io.BytesIO(file))
    return " ".join(cell.text for table in document.tables[:4] for row in table.rows for cell in row.cells)


def test_what_an_owner_sends_is_on_the_page_and_marked(page: Page, own: str) -> None:
    say = speaker("vi")
    go(page, own, "/directives?directive=NV22")
    wrong = fill(page, "checkin", state="open", note="Đang tổng hợp", link="mof.gov.vn")
    assert wrong.startswith(f"{say('field.link')}: 'mof.gov.vn'") and wrong.endswith("[E_CODE]")
    assert page.locator("[data-form=checkin] [name=note]").input_value() == "Đang tổng hợp", "what was typed stays"
    right = {"note": "Đang tổng hợp", "link": "https://mof.gov.vn/1", "evidence": "12/BTC"}
    assert fill(page, "checkin", **right) == say("form.taken")
    page.wait_for_selector(".history a[href='https://mof.gov.vn/1']")
    assert page.locator("[data-form=checkin] [name=note]").input_value() == ""
    assert fill(page, "checkin", **right) == say("form.same")
    assert fill(page, "checkin", note="Khác") == f"{say('form.no_reason')} [E_CONFLICT]"
    assert fill(page, "checkin", note="Khác", reason="ghi nhầm") == say("form.corrected")
    assert "[E_INCONSISTENT]" in fill(page, "checkin", note="Sớm", date="2019-09-24")
    assert "[E_CLASSIFIED]" in fill(page, "reply", words="Tuyệt mật")
    assert fill(page, "reply", words="Đang xin ý kiến") == say("form.taken")
    assert "[E_MISSING]" in fill(page, "reminder", sent_by="VPCP")
    assert fill(page, "reminder", sent_by="VPCP", document="7/VPCP") == say("form.taken")
    rows = page.locator(".history li:has-text('14/02/2020')")
    assert rows.count() == 3
    for row in rows.all():
        assert row.locator(".sim").count() == 1


def test_a_server_that_does_not_answer_is_told_and_the_words_stay(page: Page, served: str) -> None:
    go(page, served, "/directives?directive=NV22")
    page.evaluate("() => { window.centre.send = () => {}; }")
    page.locator(".form-fold:has([data-form=reply]) summary").click()
    form = page.locator("[data-form=reply]")
    form.locator("[name=words]").fill("Đang làm")
    form.locator("button").click()
    assert form.locator(".form-said").text_content() == speaker("vi")("form.sending")
    page.wait_for_selector("[data-form=reply] .form-said[data-phase=late]", timeout=20_000)
    assert form.locator("[name=words]").input_value() == "Đang làm"
