"""Every figure of the page is the figure of the file, and every sum is the sum of its terms."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import cli
from data import queries
from data.facts import Indicator, Observation
from data.periods import parse_day
from data.quantity import Quantity
from data.scope import EVERYTHING
from data.store import Store
from i18n import LANGUAGES
from metrics.asked import Asked
from metrics.boards.agencies import agency_sum, readings_at
from metrics.boards.overview import overview
from metrics.figure import Figure
from settings import Settings
from tests.browser import ROOT, Visit, address, environment
from tests.trees import marked, sent

INDICATORS = ("DVC01", "VB01", "DVC02", "DL01", "HL01", "DVC08_4")
DAYS = ("2019-08-01", "2020-02-14", "2020-08-19", "2021-01-15")
#: The whole of these in the browser as well; the other cases from what the browser is sent.
SEEN = (("DVC01", "2020-02-14", "vi"), ("DVC08_4", "2020-02-14", "en"), ("DVC02", "2021-01-15", "en"))
#: By this day every period of the demonstration is known.
LAST = DAYS[-1]

Row = dict[str, Any]


@pytest.fixture
def exported(demonstration_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Writes a board with `cli.py export` and gives the file: `exported("x.json", "DVC01", "2020-02-14", "vi")`."""
    for name, value in environment(demonstration_url).items():
        monkeypatch.setenv(name, value)
    for name in ("HOST", "PORT", "TODAY", "DEMO", "LANGUAGE", "AUTH", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)

    def write(name: str, indicator: str, at: str, language: str) -> Path:
        file = tmp_path / name
        asked = ["--indicator", indicator, "--at", at, "--lang", language]
        assert cli.main(["export", "overview", "--to", str(file), *asked]) == 0
        return file

    return write


def printed_in(file: Path) -> dict[str, str]:
    """What a JSON file prints for every mark."""
    figures = json.loads(file.read_text("utf-8"))["figures"]
    found = {row["mark"]: row["printed"] for row in figures}
    assert len(found) == len(figures), "a mark stands twice"
    return found


def differences(page: list[tuple[str, str]], file: dict[str, str]) -> list[tuple[str, str, str | None]]:
    return [(mark, text, file.get(mark)) for mark, text in page if file.get(mark) != text]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("indicator", INDICATORS)
def test_every_figure_of_the_page_is_that_of_the_file(
    exported: Any, held: Store, settings: Settings, indicator: str, day: str, language: str
) -> None:
    file = printed_in(exported("board.json", indicator, day, language))
    page = marked(sent(held, settings, address(indicator=indicator, at=day, lang=language)))
    assert len(page) >= 10
    assert differences(page, file) == []


@pytest.mark.parametrize(("indicator", "day", "language"), SEEN)
def test_the_browser_prints_what_the_file_holds(
    exported: Any, held: Store, settings: Settings, visit: Visit, indicator: str, day: str, language: str
) -> None:
    asked = address(indicator=indicator, at=day, lang=language)
    page = visit(asked)
    seen = page.locator("[data-figure], [data-derived]").evaluate_all(
        "(found) => found.map((each) => [each.dataset.figure || each.dataset.derived, each.textContent])"
    )
    assert len(seen) > 25
    file = printed_in(exported("x.json", indicator, day, language))
    assert differences([(mark, text) for mark, text in seen], file) == []
    assert [tuple(each) for each in seen] == marked(sent(held, settings, asked)), "other text than was sent"


def test_the_command_line_writes_the_same_file_as_its_own_process(
    demonstration_url: str, exported: Any, tmp_path: Path
) -> None:
    ours = exported("ours.json", "DVC01", "2020-02-14", "vi")
    theirs = tmp_path / "theirs.json"
    done = subprocess.run(
        [sys.executable, "cli.py", "export", "overview", "--to", str(theirs), "--at", "2020-02-14", "--lang", "vi"],
        cwd=ROOT, env=environment(demonstration_url), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert theirs.read_bytes() == ours.read_bytes()
    figures = printed_in(theirs)
    assert figures["DVC01/VN/2020-02-12"] == "10,7%"
    assert figures["VB01/VN/2019"] == "86,5%"
    assert figures["denominator/DVC01/40/2020-02-12"] == "gần\u00a01.800"


def unguarded(text: str | None) -> str:
    """A text cell without the mark that keeps a spreadsheet from taking it for a formula."""
    return (text or "").removeprefix("'")


@pytest.mark.parametrize(("indicator", "day", "language"), SEEN)
def test_the_three_files_hold_the_same_rows(exported: Any, indicator: str, day: str, language: str) -> None:
    asked = (indicator, day, language)
    rows = json.loads(exported("x.json", *asked).read_text("utf-8"))["figures"]
    names = list(rows[0])

    raw = exported("x.csv", *asked).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    table = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert list(table[0]) == [*names, "classification"]
    assert [{name: unguarded(row[name]) for name in names} for row in table] == [
        {name: "" if row[name] is None else str(row[name]) for name in names} for row in rows
    ]

    book = load_workbook(exported("x.xlsx", *asked))
    header, *cells = book["overview"].iter_rows()
    assert [cell.value for cell in header] == names
    assert len(cells) == len(rows)
    numbers = ("number", "upper", "numerator", "denominator")
    for row, line in zip(rows, cells, strict=True):
        held = dict(zip(names, line, strict=True))
        assert unguarded(held["mark"].value) == row["mark"]
        assert unguarded(held["printed"].value) == row["printed"]
        assert held["printed"].data_type == "s"
        for name in numbers:
            if row[name] is None:
                assert held[name].value is None, "absent is empty, never zero"
            else:
                assert held[name].data_type == "n"
                assert Fraction(str(held[name].value)) == Fraction(row[name])
        for name in ("as_of", "published"):
            assert (held[name].value is None) == (row[name] is None)
            assert not row[name] or held[name].is_date


def preferred_by_hand(found: list[Observation], ranks: dict[str, int]) -> Observation:
    """Delivered before simulated, then the better source, then the later revision."""
    return min(found, key=lambda each: (each.status == "simulated", ranks[each.source], -each.revision))


def cases(store: Store, day: str) -> Iterator[tuple[Indicator, str, list[Observation], list[str], list[Observation]]]:
    """Every share in per cent and period known on the day: the indicator, the period, the figure shown of every
    agency that owes it, the codes of those that owe it, and every row known of it."""
    at = parse_day(day)
    assert at is not None
    with store.reading() as snapshot:
        register = queries.register(snapshot, EVERYTHING)
        ranks = {code: source.rank for code, source in register.sources.items()}
        for indicator in register.indicators.values():
            if indicator.unit != "%" or indicator.unit_kind != "share":
                continue
            known = queries.known_observations(snapshot, EVERYTHING, indicator.code, at)
            for period in sorted({each.period for each in known}):
                owing = [agency.code for agency in register.owing(indicator, period.end)]
                of_period = [each for each in known if each.period.text == period.text]
                shown = [
                    preferred_by_hand(rows, ranks)
                    for code in owing
                    if (rows := [each for each in of_period if each.agency == code])
                ]
                yield indicator, period.text, shown, owing, of_period


def added_by_hand(shown: list[Observation]) -> tuple[Fraction, Fraction] | None:
    """Both terms added up; None where somebody states none."""
    if not shown or any(each.numerator is None or each.denominator is None for each in shown):
        return None
    return (
        sum((Fraction(each.numerator.number) for each in shown if each.numerator), Fraction(0)),
        sum((Fraction(each.denominator.number) for each in shown if each.denominator), Fraction(0)),
    )


@pytest.mark.parametrize("day", DAYS)
def test_every_sum_of_agencies_is_the_sum_of_their_terms(held: Store, day: str) -> None:
    """Every share in per cent and every period known; the latest period by way of the whole board."""
    at = parse_day(day)
    assert at is not None
    with held.reading() as snapshot:
        register = queries.register(snapshot, EVERYTHING)
    found = [case for case in cases(held, day) if case[2]]
    latest = {indicator.code: period for indicator, period, _, _, _ in found}
    checked = 0
    for indicator, period, shown, owing, rows in found:
        agencies = register.owing(indicator, shown[0].period.end)
        beside = agency_sum(readings_at(rows, period, indicator, register), agencies, indicator, period)
        assert beside is not None
        if latest[indicator.code] == period:
            assert overview(held, EVERYTHING, Asked(at, indicator.code, period)).sum_beside == beside
        assert beside.reported.quantity.number == len(shown)
        assert beside.owing.quantity.number == len(owing)
        added = added_by_hand(shown)
        if added is None:
            assert beside.share is None
            continue
        assert beside.share is not None
        assert beside.numerator is not None
        assert beside.denominator is not None
        numerator, denominator = (
            Fraction(beside.numerator.quantity.number),
            Fraction(beside.denominator.quantity.number),
        )
        assert (numerator, denominator) == added
        assert_rounded(beside.share, 100 * numerator / denominator, indicator.decimals)
        checked += 1
    assert checked >= 5


def assert_rounded(share: Figure, exact: Fraction, decimals: int) -> None:
    """A printed share is its exact value at so many decimals; a bound never promises more than is known."""
    step, shown = Fraction(1, 10**decimals), Fraction(share.quantity.number)
    if share.quantity.qualifier == "over":
        assert shown <= exact < shown + step
    elif share.quantity.qualifier == "under":
        assert shown - step < exact <= shown
    else:
        assert abs(shown - exact) <= step / 2


def test_what_only_the_nation_reports_has_no_sum(held: Store) -> None:
    at = parse_day(LAST)
    assert at is not None
    board = overview(held, EVERYTHING, Asked(at, "VB02"))
    assert board.chosen.value is not None
    assert board.sum_beside is None
    assert board.tables == ()


def test_an_agency_that_did_not_report_is_neither_zero_nor_the_mean(held: Store) -> None:
    at = parse_day("2020-02-14")
    assert at is not None
    with held.reading() as snapshot:
        register = queries.register(snapshot, EVERYTHING)
    checked = 0
    for indicator, period, shown, owing, rows in cases(held, "2020-02-14"):
        expected = added_by_hand(shown)
        if expected is None or len(shown) < 3:
            continue
        agencies = register.owing(indicator, shown[0].period.end)
        for left in (shown[0], shown[len(shown) // 2], shown[-1]):
            remaining = [each for each in rows if each.agency != left.agency]
            found = agency_sum(readings_at(remaining, period, indicator, register), agencies, indicator, period)
            assert found is not None
            assert found.share is not None
            assert found.numerator is not None
            assert found.denominator is not None
            assert left.numerator is not None
            assert left.denominator is not None
            assert found.reported.quantity.number == len(shown) - 1
            assert found.owing.quantity.number == len(owing)
            assert Fraction(found.numerator.quantity.number) == expected[0] - Fraction(left.numerator.number)
            assert Fraction(found.denominator.quantity.number) == expected[1] - Fraction(left.denominator.number)
        checked += 1
    assert checked >= 2


def test_an_agency_that_states_no_terms_makes_the_sum_impossible(held: Store) -> None:
    with held.reading() as snapshot:
        register = queries.register(snapshot, EVERYTHING)
    indicator, period, shown, _, rows = next(
        case for case in cases(held, "2020-02-14") if case[0].code == "DVC01" and case[1] == "2020-02-12"
    )
    agencies = register.owing(indicator, shown[0].period.end)
    silent = shown[0].agency
    told = [
        replace(each, value=Quantity(Decimal(5)), numerator=None, denominator=None) if each.agency == silent else each
        for each in rows
    ]
    found = agency_sum(readings_at(told, period, indicator, register), agencies, indicator, period)
    assert found is not None
    assert found.share is None
    assert found.without_terms == (silent,)
    assert found.reported.quantity.number == len(shown)


def test_the_sum_of_february_2020_is_a_lower_bound_beside_the_published_figure(held: Store) -> None:
    at = parse_day("2020-02-14")
    assert at is not None
    board = overview(held, EVERYTHING, Asked(at, "DVC01", "2020-02-12"))
    beside = board.sum_beside
    assert beside is not None
    assert beside.share is not None
    assert str(beside.share.quantity.number) == "10.7"
    assert beside.share.quantity.qualifier == "over"
    assert beside.reported.quantity.number == 83
    assert beside.owing.quantity.number == 85
    assert board.chosen.value is not None
    assert board.chosen.value.quantity.qualifier == ""
    assert beside.share.mark != board.chosen.value.mark
    assert beside.simulated
    assert not board.chosen.simulated
