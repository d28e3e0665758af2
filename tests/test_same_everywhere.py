"""The figure of an indicator, an agency, a period and a day is one figure: in the ranking, the comparison, on the
pages of the indicator and of the agency, in the tables and in the files of them."""

import io
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from app import create_app
from data.facts import Agency
from data.scope import EVERYTHING
from data.store import Store
from metrics.asked import MOST_PINS
from metrics.boards.agencies import GROUPS
from metrics.boards.known import knowing
from settings import Settings
from tests.trees import marked, nodes_of, pointed, sent

DAY = date(2020, 2, 14)
#: Everything that provinces or ministries report in the demonstration.
INDICATORS = (
    *("DVC01", "DVC02", "DVC07", "DVC08", "DVC08_2", "DVC08_3", "DVC08_4"),
    *("TT04", "HL02", "VB01", "TC01", "TC02"),
)
#: So many periods of an indicator, the latest first.
PERIODS = 2


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[FlaskClient]:
    """Asks the product without a browser."""
    with create_app(settings).server.test_client() as opened:
        yield opened


def reported(store: Store, indicator: str) -> dict[str, dict[str, dict[Agency, Decimal]]]:
    """What was reported by the end of the day, rounded as it is to be printed: by period, group and agency."""
    found: dict[str, dict[str, dict[Agency, Decimal]]] = {}
    with knowing(store, EVERYTHING, DAY) as known:
        of = known.register.indicators[indicator]
        for period in known.periods(indicator)[:PERIODS]:
            readings = known.readings(indicator, period.text)
            owing = known.register.owing(of, period.end)
            for group, kinds in GROUPS.items():
                members = {
                    each: readings[each.code].printed
                    for each in owing
                    if each.kind in kinds and each.code in readings
                }
                if members:
                    found.setdefault(period.text, {})[group] = members
    return found


def number_of(text: str) -> Decimal:
    """The number of a figure as printed in Vietnamese: "trên 1.100 dịch vụ" is 1100."""
    found = re.search(r"\d[\d.]*(,\d+)?", text)
    assert found is not None, text
    return Decimal(found[0].replace(".", "").replace(",", "."))


def figures(store: Store, settings: Settings, path: str) -> dict[str, str]:
    return dict(marked(sent(store, settings, path)))


def test_the_list_of_indicators_is_whole(held: Store) -> None:
    with knowing(held, EVERYTHING, DAY) as known:
        every = {code for code in known.register.indicators if code in known.measured}
    assert {code for code in every if reported(held, code)} == set(INDICATORS)


@pytest.mark.parametrize("indicator", INDICATORS)
def test_the_same_figure_stands_everywhere(
    held: Store, settings: Settings, client: FlaskClient, indicator: str
) -> None:
    compared = 0
    for at, (period, groups) in enumerate(reported(held, indicator).items()):
        query = f"indicator={indicator}&period={period}&at={DAY}&lang=vi"
        for group, members in groups.items():
            texts = {
                each: text
                for mark, text in figures(held, settings, f"/ranking?group={group}&{query}").items()
                for each in members
                if mark == f"{indicator}/{each.code}/{period}"
            }
            assert {each: number_of(text) for each, text in texts.items()} == members, "the ranking"
            marks = {f"{indicator}/{each.code}/{period}": text for each, text in texts.items()}
            _in_tables_and_files(held, settings, client, f"group={group}&{query}", marks)
            _on_the_page_of_the_indicator(held, settings, query, group, marks)
            _in_the_comparison(held, settings, query, marks)
            if at == 0:
                _on_the_pages_of_the_agencies(held, settings, query, group, marks)
            compared += len(marks)
    assert compared >= 1


def _in_tables_and_files(
    store: Store, settings: Settings, client: FlaskClient, query: str, marks: dict[str, str]
) -> None:
    opened = sent(store, settings, f"/ranking?{query}&table=table")
    inside = dict(marked({"frame": opened["twin"]}))
    assert {mark: inside.get(mark) for mark in marks} == marks
    book = load_workbook(io.BytesIO(client.get(f"/table/ranking/table.xlsx?{query}").data))
    heads, *rows = book["table"].iter_rows()
    # A column of qualifiers comes after the one it qualifies.
    places = {str(cell.value).split(" (")[0]: at for at, cell in reversed(list(enumerate(heads)))}
    cells = {str(row[places["Mã"]].value): row[places["Giá trị"]] for row in rows}
    for mark, text in marks.items():
        cell = cells[mark.split("/")[1]]
        assert cell.data_type == "n"
        assert Decimal(str(cell.value)) == number_of(text), mark


def _on_the_page_of_the_indicator(
    store: Store, settings: Settings, query: str, group: str, marks: dict[str, str]
) -> None:
    indicator = next(iter(marks)).split("/")[0]
    path = f"/indicator/{indicator}?{query}"
    page = sent(store, settings, path)
    tables = {node[1]["data-table"] for tree in page.values() for node in nodes_of(tree) if "data-table" in node[1]}
    seen: dict[str, str] = {}
    for name in tables:
        seen |= dict(marked({"frame": sent(store, settings, f"{path}&table={name}")["twin"]}))
    assert {mark: text for mark, text in seen.items() if mark in marks}.items() <= marks.items()
    if group == "provinces":
        assert set(marks) <= set(seen)
        on_map = pointed(page)
        assert {mark: number_of(on_map[mark]) for mark in marks} == {m: number_of(t) for m, t in marks.items()}


def _in_the_comparison(store: Store, settings: Settings, query: str, marks: dict[str, str]) -> None:
    codes = [mark.split("/")[1] for mark in marks]
    for first in range(0, len(codes), MOST_PINS):
        some = codes[first : first + MOST_PINS]
        if len(some) < 2:
            some = [*some, "BTC" if "BTC" not in some else "BNV"]
        pins = "&".join(f"pin={code}" for code in some)
        page = figures(store, settings, f"/compare?{pins}&{query}")
        for mark, text in marks.items():
            if mark.split("/")[1] in some:
                assert number_of(page[mark]) == number_of(text), f"{mark} in the comparison"


def _on_the_pages_of_the_agencies(
    store: Store, settings: Settings, query: str, group: str, marks: dict[str, str]
) -> None:
    screen = "province" if group == "provinces" else "ministry"
    for mark, text in marks.items():
        page = figures(store, settings, f"/{screen}/{mark.split('/')[1]}?{query}")
        assert number_of(page[mark]) == number_of(text), f"{mark} on the page of the agency"
