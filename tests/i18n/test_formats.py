"""How numbers, days and periods are written in both languages."""

from datetime import date
from decimal import Decimal

import pytest

from i18n import LANGUAGES, speaker
from i18n.formats import as_written, day, number, period


@pytest.mark.parametrize(
    ("value", "decimals", "vietnamese", "english"),
    [
        ("1234.5", 1, "1.234,5", "1,234.5"),
        ("10.7", 1, "10,7", "10.7"),
        ("10.70", 2, "10,70", "10.70"),
        ("50", 0, "50", "50"),
        ("1234567", 0, "1.234.567", "1,234,567"),
        ("1234567.891", 2, "1.234.567,89", "1,234,567.89"),
        ("0", 1, "0,0", "0.0"),
        ("-7.3", 1, "\u22127,3", "\u22127.3"),
        ("-1234.5", 1, "\u22121.234,5", "\u22121,234.5"),
    ],
)
def test_a_number_has_its_decimals_and_groups(value: str, decimals: int, vietnamese: str, english: str) -> None:
    assert number(Decimal(value), decimals, "vi") == vietnamese
    assert number(Decimal(value), decimals, "en") == english


@pytest.mark.parametrize(
    ("value", "printed"), [("0.5", "0,5"), ("20", "20"), ("1000", "1.000"), ("-2.50", "\u22122,50")]
)
def test_a_mark_of_an_axis_has_the_decimals_it_is_written_with(value: str, printed: str) -> None:
    assert as_written(Decimal(value), "vi") == printed


@pytest.mark.parametrize(("value", "expected"), [("7.3", "+7,3"), ("-7.3", "\u22127,3"), ("0", "0,0")])
def test_a_signed_number_has_its_plus_and_zero_none(value: str, expected: str) -> None:
    assert number(Decimal(value), 1, "vi", signed=True) == expected


def test_digits_of_a_large_number_are_exact() -> None:
    assert number(Decimal("12345678901234567890.123"), 3, "en") == "12,345,678,901,234,567,890.123"


def test_a_day_is_written_with_two_digits_each() -> None:
    assert day(date(2020, 2, 4)) == "04/02/2020"
    assert day(date(2020, 12, 31)) == "31/12/2020"


@pytest.mark.parametrize(
    ("text", "vietnamese", "english"),
    [
        ("2019", "năm 2019", "2019"),
        ("2019-H1", "6 tháng đầu năm 2019", "first half of 2019"),
        ("2019-H2", "6 tháng cuối năm 2019", "second half of 2019"),
        ("2019-Q1", "quý I năm 2019", "Q1 2019"),
        ("2019-Q4", "quý IV năm 2019", "Q4 2019"),
        ("2020-01", "tháng 01 năm 2020", "01/2020"),
        ("2020-02", "tháng 02 năm 2020", "02/2020"),
        ("2020-03", "tháng 3 năm 2020", "03/2020"),
        ("2020-12", "tháng 12 năm 2020", "12/2020"),
        ("2020-02-12", "12/02/2020", "12/02/2020"),
    ],
)
def test_a_period_is_written_in_words(text: str, vietnamese: str, english: str) -> None:
    assert period(text, "vi") == vietnamese
    assert period(text, "en") == english


def test_there_are_two_languages_and_a_missing_word_is_an_error() -> None:
    assert LANGUAGES == ("vi", "en")
    with pytest.raises(KeyError, match="no language 'fr'"):
        speaker("fr")
    say = speaker("vi")
    with pytest.raises(KeyError):
        say("no.such.word")
    assert (say.knows("no.such.word"), say.knows("status.behind")) == (False, True)


def test_a_word_is_filled_in() -> None:
    assert speaker("en")("fact.days", days=2) == "2 days old"
    with pytest.raises(KeyError, match="days"):
        speaker("en")("fact.days", hours=2)
