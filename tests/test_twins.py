"""The table twins: their rows are the figures of their cards, their files hold the same rows, and keys open them."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from playwright.sync_api import Page

from app import create_app
from data.quantity import Qualifier, Quantity
from data.store import Store
from i18n import LANGUAGES, speaker
from layouts.twin import Twin, notes_of
from metrics.figure import derived
from settings import Settings
from tests.browser import PHONE, go
from tests.looks import SIZES, assert_fits
from tests.test_accessible import grave, script
from tests.trees import Trees, marked, nodes_of, pointed, sent

SCREENS = (
    "/",
    "/?indicator=VB01&at=2020-08-20",
    "/?indicator=DVC08_4&map=gap",
    "/ranking",
    "/ranking?region=R-RRD",
    "/ranking?group=cities&sort=improvement",
    "/ranking?indicator=VB01&edition=34",
    "/ranking?indicator=DVC01&edition=34",
    "/compare?pin=40&pin=46&pin=79&pin=BTC",
    "/compare?pin=24&pin=40&edition=34&indicator=DVC02",
    "/province/24?edition=34",
    "/ranking?indicator=DVC02&group=ministries&at=2021-01-15",
    "/indicator/DVC01",
    "/indicator/BC01?at=2020-08-20",
    "/?theme=economy",
    "/province/01",
    "/province/40?indicator=DVC08&at=2020-08-20",
    "/ministry/BNV",
    "/directives",
    "/reports",
    "/reports?at=2020-08-19&agency=01",
    "/systems",
    "/usage",
    "/usage?measure=online&group=ministries&period=2020-02",
    "/usage/40?level=4",
    "/usage/40/ho-tich-chung-thuc",
    "/usage/BTP/thu-tuc-cap-bo",
    "/usage/40/ho-tich-chung-thuc/MP0002",
)
#: Cards that show figures and no chart or table: what an indicator is, and one directive or system in words.
IN_WORDS = ("card-definition", "card-detail", "card-filters")


def at(path: str, **more: str) -> str:
    return path + ("&" if "?" in path else "?") + "&".join(f"{name}={value}" for name, value in more.items())


def named(trees: Trees) -> list[str]:
    """The tables that the cards of a screen offer, each once, in their order."""
    links = [node for name, tree in trees.items() if name != "twin" for node in nodes_of(tree)]
    return list(dict.fromkeys(node[1]["data-table"] for node in links if "data-table" in node[1]))


def of_part(trees: Trees, name: str) -> list[tuple[str, str]]:
    """Mark and text of every figure of one part, and of the parts inside it."""
    return marked({**trees, "frame": trees[name]})


def text(node: Any) -> str:
    return node if isinstance(node, str) else "".join(text(each) for each in node[2:])


def table_of(trees: Trees) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the table that is open, as texts without the units that only a listener needs."""

    def seen(node: Any) -> str:
        if not isinstance(node, list):
            return str(node)
        return "" if "offscreen" in node[1].get("className", "") else "".join(seen(each) for each in node[2:])

    (table,) = [node for node in nodes_of(trees["twin"]) if "twin-table" in node[1].get("className", "")]
    lines = [node for node in nodes_of(table) if node[0] == "tr"]
    rows = [[seen(cell) for cell in line[2:]] for line in lines]
    return rows[0], rows[1:]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", SCREENS)
def test_every_figure_of_a_card_stands_in_its_table(
    held: Store, settings: Settings, path: str, language: str
) -> None:
    screen = at(path, lang=language)
    found = named(sent(held, settings, screen))
    assert found
    compared = 0
    for name in found:
        trees = sent(held, settings, at(screen, table=name))
        inside = dict(of_part(trees, "twin"))
        card = of_part(trees, name)
        if name == "map" and any(node[0] == "ProvinceMap" for node in nodes_of(trees["map"])):
            card += list(pointed({"map": trees["map"]}).items())
        assert [(mark, words, inside.get(mark)) for mark, words in card if inside.get(mark) != words] == [], name
        compared += len(card)
        assert table_of(trees)[1] or name == "laggards"
    assert compared > 0


@pytest.mark.parametrize("path", SCREENS)
def test_every_card_with_figures_has_its_table(held: Store, settings: Settings, path: str) -> None:
    trees = sent(held, settings, path)
    cards = [
        node
        for tree in trees.values()
        for node in nodes_of(tree)
        if node[0] in ("section", "article") and "card" in node[1].get("className", "").split()
    ]
    assert cards
    for card in cards:
        kind = card[1]["className"]
        marks = [node for node in nodes_of(card) if {"data-figure", "data-derived"} & set(node[1])]
        offered = [node for node in nodes_of(card) if "data-table" in node[1]]
        if marks and not any(each in kind for each in IN_WORDS):
            assert len(offered) == 1, kind


@pytest.mark.parametrize("path", SCREENS)
def test_opening_a_table_sends_nothing_else(held: Store, settings: Settings, path: str) -> None:
    before, name = sent(held, settings, path), named(sent(held, settings, path))[0]
    after = sent(held, settings, at(path, table=name))
    told_anew = {"freshness", "now"}
    assert {each for each in after if after[each] != before.get(each)} - told_anew == {"twin"}


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[FlaskClient]:
    """Asks the product without a browser."""
    with create_app(settings).server.test_client() as opened:
        yield opened


def parsed(cell: str, language: str) -> Any:
    """A cell of the page as a file has it: a number, a day, or words; None for a dash."""
    if cell == "–":
        return None
    if re.fullmatch(r"\d\d/\d\d/\d{4}", cell):
        return date(*map(int, reversed(cell.split("/"))))
    bare = cell.replace("\u2212", "-").replace("+", "")
    thousands, mark = (".", ",") if language == "vi" else (",", ".")
    if re.fullmatch(rf"-?\d{{1,3}}(\{thousands}\d{{3}})*(\{mark}\d+)?", bare):
        return Decimal(bare.replace(thousands, "").replace(mark, "."))
    return cell


def path_of_file(path: str, name: str, form: str) -> str:
    where, _, query = path.partition("?")
    return f"/table{where.rstrip('/')}/{name}.{form}" + (f"?{query}" if query else "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", SCREENS)
def test_the_files_hold_the_rows_of_the_page(
    held: Store, settings: Settings, client: FlaskClient, path: str, language: str
) -> None:
    screen = at(path, lang=language)
    checked = 0
    for name in named(sent(held, settings, screen)):
        heads, rows = table_of(sent(held, settings, at(screen, table=name)))
        answer = client.get(path_of_file(screen, name, "csv"))
        assert answer.status_code == 200
        assert answer.data.startswith(b"\xef\xbb\xbf")
        columns, *lines = csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""))
        book = load_workbook(io.BytesIO(client.get(path_of_file(screen, name, "xlsx")).data))
        sheet = list(book[name].iter_rows())
        assert [*(cell.value for cell in sheet[0]), speaker(language)("column.classification")] == columns
        assert len(lines) == len(sheet) - 1 == len(rows)
        places = [columns.index(head) for head in dict.fromkeys(heads)]
        numeric = {at for at, head in enumerate(heads) if _is_numeric(sheet, columns.index(head))}
        for seen, line, cells in zip(rows, lines, sheet[1:], strict=True):
            for number, place in enumerate(places):
                shown, written, cell = seen[number], line[place], cells[place]
                if shown == "–":
                    assert written == "" and cell.value is None, "absent is empty, never zero"
                elif number in numeric:
                    # A qualifier and the other end of a range have columns of their own.
                    bare = re.sub(r"^[^\d+\u2212]+", "", shown).split("–")[0]
                    assert Decimal(written) == parsed(bare, language), (name, heads[number], shown)
                    assert cell.data_type == "n" and Decimal(str(cell.value)) == Decimal(written)
                elif isinstance(parsed(shown, language), date):
                    assert (written, bool(getattr(cell, "is_date", False))) in {
                        (parsed(shown, language).isoformat(), True), (shown, False),
                    }  # fmt: skip
                else:
                    assert written.removeprefix("'") == shown == str(cell.value).removeprefix("'")
                checked += 1
    assert checked > 5


def _is_numeric(sheet: list[Any], place: int) -> bool:
    return any(row[place].data_type == "n" and row[place].value is not None for row in sheet[1:])


def test_numbers_of_a_workbook_show_their_digits(client: FlaskClient) -> None:
    book = load_workbook(io.BytesIO(client.get("/table/ranking.xlsx?at=2020-02-14").data))
    heads, first, *_ = book["ranking"].iter_rows()
    formats = {head.value: cell.number_format for head, cell in zip(heads, first, strict=True)}
    assert formats["Giá trị (%)"] == "#,##0.0"
    assert formats["Mẫu số"] == "#,##0"
    assert formats["Số liệu đến ngày"] == "dd/mm/yyyy"
    about = {row[1].value for row in book["about"].iter_rows()}
    assert "Mô phỏng một phần" in about


def test_what_stands_beside_the_rows_of_a_file_keeps_its_unit_and_its_qualifier() -> None:
    bound = derived("path/X", Quantity(Decimal("2.7"), Qualifier.OVER), "%")
    ends = derived("target/X", Quantity(Decimal(7), upper=Decimal(8)), "%")
    beside = (("Lộ trình", derived("plain/X", Decimal("18.0"), "%")), ("Cả nước", bound), ("Mục tiêu", ends))
    rows = notes_of(Twin("Bảng", (), (), beside=beside), date(2020, 2, 14), speaker("vi"))
    assert dict(rows[2:]) == {"Lộ trình (%)": Decimal("18.0"), "Cả nước": "trên\u00a02,7%", "Mục tiêu": "7–8%"}


def test_a_file_is_named_in_words_and_in_ascii(client: FlaskClient) -> None:
    answer = client.get("/table/map.xlsx?at=2020-02-14")
    plain, whole = re.fullmatch(
        r"attachment; filename=\"([\x20-\x7e]+)\"; filename\*=UTF-8''(\S+)", answer.headers["Content-Disposition"]
    ).groups()  # type: ignore[union-attr]  # a header of another form fails the test
    assert plain == "Ban-do-Dich-vu-cong-truc-tuyen-muc-do-4-2020-02-14.xlsx"
    assert unquote(whole) == "Bản đồ- Dịch vụ công trực tuyến mức độ 4 2020-02-14.xlsx"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", SCREENS)
def test_the_file_of_the_screen_holds_every_table_and_every_figure(
    held: Store, settings: Settings, client: FlaskClient, path: str
) -> None:
    book = load_workbook(io.BytesIO(client.get(path_of_file(path, "board", "xlsx")).data))
    trees = sent(held, settings, path)
    assert set(book.sheetnames) >= {*named(trees), "figures", "about"}
    columns, *rows = [[cell.value for cell in row] for row in book["figures"].iter_rows()]
    known = {row[columns.index("mark")] for row in rows}
    assert {mark for mark, _ in marked(trees)} <= known


@pytest.mark.parametrize(
    "path",
    ["/table/none.xlsx", "/table/map.pdf", "/table/map", "/table/", "/table/nowhere/map.csv", "/table/board.csv",
     "/table/province/99/map.csv", "/table/province/01/map.csv", "/table/../map.xlsx"],
)  # fmt: skip
def test_what_is_no_table_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_table_that_is_none_says_so(page: Page, served: str) -> None:
    go(page, served, "/?table=nothing")
    assert speaker("vi")("twin.none", name="nothing") in (page.locator(".twin").text_content() or "")
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "table" not in url)


@pytest.mark.parametrize(("path", "name"), [("/", "ranking"), ("/ranking", "table"), ("/reports", "matrix")])
def test_keys_open_and_close_it_and_focus_comes_back(page: Page, served: str, path: str, name: str) -> None:
    go(page, served, path)
    link = page.locator(f"[data-table={name}]").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f".twin[data-twin={name}]")
    page.wait_for_function("() => document.activeElement.classList.contains('twin')")
    assert page.locator("#main").evaluate("(main) => main.inert")
    page.keyboard.press("Tab")
    assert page.evaluate("() => Boolean(document.activeElement.closest('.twin'))")
    page.keyboard.press("Escape")
    page.wait_for_selector(".twin", state="detached")
    assert page.evaluate("() => document.activeElement.dataset.table") == name
    assert "table" not in page.url


def test_a_figure_of_the_table_opens_its_provenance_over_it(page: Page, served: str) -> None:
    go(page, served, "/?table=ranking")
    page.locator(".twin a[data-figure]").first.click()
    page.wait_for_selector(".panel[data-for]")
    assert page.locator(".twin").count() == 1
    page.keyboard.press("Escape")
    page.wait_for_selector(".panel[data-for]", state="detached")
    assert page.locator(".twin").count() == 1
    page.keyboard.press("Escape")
    page.wait_for_selector(".twin", state="detached")


def test_the_rows_are_copied_with_tabs(page: Page, served: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=served)
    go(page, served, "/?table=ranking&at=2020-02-14")
    page.locator("button[data-copy]").click()
    page.wait_for_function("() => document.querySelector('.twin-copied').textContent !== ''")
    lines = page.evaluate("() => navigator.clipboard.readText()").splitlines()
    assert lines[0].split("\t")[:4] == ["Cơ quan, địa phương", "Mã", "Hạng", "Giá trị (%)"]
    assert lines[1].split("\t")[:4] == ["Đà Nẵng", "48", "1", "31,2"]
    assert len(lines) == 64


@pytest.mark.parametrize("link", [".twin a[data-file$='csv']", ".actions a[data-file]"])
def test_a_file_is_downloaded_for_what_the_screen_shows(page: Page, served: str, link: str) -> None:
    go(page, served, "/?indicator=VB01&at=2020-08-20" + ("&table=course" if "twin" in link else ""))
    with page.expect_download() as waiting:
        page.locator(link).first.click()
    assert "indicator=VB01&at=2020-08-20" in waiting.value.url
    assert "2020-08-20" in waiting.value.suggested_filename
    assert page.locator("main[data-screen=overview]").count() == 1


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    ["/?table=tiles", "/indicator/DVC01?table=map", "/directives?table=register", "/directives?table=laggards",
     "/systems?table=register", "/province/01?table=own"],
)  # fmt: skip
def test_an_open_table_fits(page: Page, served: str, path: str, language: str, size: tuple[int, int]) -> None:
    go(page, served, at(path, lang=language), size)
    page.wait_for_selector(".twin")
    assert_fits(page, at_least=30)


@pytest.mark.parametrize("size", [SIZES[1], PHONE], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("path", ["/?table=ranking", "/reports?table=matrix", "/systems?table=register"])
def test_axe_finds_nothing_serious_in_an_open_table(
    page: Page, served: str, path: str, size: tuple[int, int]
) -> None:
    go(page, served, path, size)
    page.wait_for_selector(".twin")
    page.evaluate(script())
    assert grave(page) == []


@pytest.mark.parametrize("path", (*SCREENS, "/dossier", "/methods", "/compare", "/province/40"))
def test_a_file_of_the_whole_screen_is_offered_where_there_is_one(
    held: Store, settings: Settings, client: FlaskClient, path: str
) -> None:
    trees = sent(held, settings, path)
    offered = [node for node in nodes_of(trees["file"]) if node[1].get("data-file") == "board.xlsx"]
    bare, _, query = path.partition("?")
    found = client.get(f"/table{bare.rstrip('/')}/board.xlsx?{query}").status_code
    assert (len(offered), found) in ((1, 200), (0, 404))
    assert (path == "/methods") == (found == 404) or bare == "/compare"
