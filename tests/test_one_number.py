"""A province's number is one number: where the map is pointed at, in the ranking, on its page and in the file."""

import json
from pathlib import Path

import pytest

import cli
import settings as product
from data import queries
from data.periods import parse_day
from data.scope import EVERYTHING
from data.store import Store
from settings import Settings
from tests.browser import Visit, address, drawn
from tests.trees import marked, pointed, sent

DAYS = ("2019-08-01", "2020-02-14", "2020-08-19", "2021-01-15")


def indicators_of_provinces(store: Store, day: str) -> list[str]:
    """Every indicator of which a province has reported something by that day."""
    at = parse_day(day)
    assert at is not None
    with store.reading() as snapshot:
        register = queries.register(snapshot, EVERYTHING)
        measured = queries.indicators_with_figures(snapshot, EVERYTHING, at)
        return [
            code
            for code, indicator in register.indicators.items()
            if code in measured
            and "province" in indicator.levels
            and any(each.agency.isdigit() for each in queries.known_observations(snapshot, EVERYTHING, code, at))
        ]


def exported(url: str, to: Path, indicator: str, day: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the command line writes of the ranking: the figure as printed, by its mark."""
    for known in product.KNOWN:
        monkeypatch.delenv(known.name, raising=False)
    monkeypatch.setenv("DATABASE_URL", url)
    call = ["export", "ranking", "--indicator", indicator, "--at", day, "--lang", "vi", "--to", str(to)]
    assert cli.main(call) == 0
    return {row["mark"]: row["printed"] for row in json.loads(to.read_bytes())["figures"]}


def of_provinces(figures: dict[str, str], indicator: str) -> dict[str, str]:
    """The figures of this indicator and of provinces among many."""
    parts = {mark: mark.split("/") for mark in figures}
    return {
        mark: text
        for mark, text in figures.items()
        if len(parts[mark]) == 3 and parts[mark][0] == indicator and parts[mark][1].isdigit()
    }


@pytest.mark.parametrize("day", DAYS)
def test_map_ranking_page_and_file_say_the_same_of_every_province(
    day: str,
    held: Store,
    settings: Settings,
    demonstration_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = indicators_of_provinces(held, day)
    assert len(asked) >= 6
    compared = 0
    for indicator in asked:
        query = f"indicator={indicator}&at={day}&lang=vi"
        on_map = pointed(sent(held, settings, f"/?{query}"))
        in_ranking = of_provinces(dict(marked(sent(held, settings, f"/ranking?{query}"))), indicator)
        on_its_map = pointed(sent(held, settings, f"/ranking?{query}"))
        in_file = of_provinces(
            exported(demonstration_url, tmp_path / "x.json", indicator, day, monkeypatch), indicator
        )
        assert on_map, f"nothing on the map of {indicator}"
        assert in_ranking == on_map == on_its_map == in_file
        for mark, text in on_map.items():
            _, code, period = mark.split("/")
            page = dict(marked(sent(held, settings, f"/province/{code}?{query}&period={period}")))
            assert page.get(mark) == text, f"{mark} on the page of the province"
            compared += 1
    assert compared >= 6


def test_pointing_at_a_province_shows_its_figure(visit: Visit, held: Store, settings: Settings) -> None:
    page = visit(address(lang="vi"))
    told = pointed(sent(held, settings, "/?lang=vi"))
    for code in ("40", "48", "01"):
        page.locator(f"svg [data-province='{code}']").dispatch_event("pointermove", {"clientX": 300, "clientY": 500})
        tip = page.locator(".map-tip [data-figure]")
        tip.wait_for()
        mark = f"DVC01/{code}/2020-02-12"
        page.wait_for_function(f"() => document.querySelector('.map-tip [data-figure]').dataset.figure === '{mark}'")
        assert tip.text_content() == told[mark]
    page.locator("svg [data-province='40']").dispatch_event("click")
    page.wait_for_url("**/province/40?lang=vi")
    drawn(page, "province")
    assert page.locator("[data-figure='DVC01/40/2020-02-12']").first.text_content() == told["DVC01/40/2020-02-12"]
