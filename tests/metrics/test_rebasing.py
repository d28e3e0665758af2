"""Figures on the ground of another edition: terms and counts are added, and what cannot be added is told apart."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from data.facts import Indicator, Observation
from data.periods import parse_period
from data.quantity import Qualifier, Quantity
from geo.editions import Edition
from metrics.editions import Incomparable, Rebased, Why, rebased
from metrics.figure import figure_of
from metrics.values import Reading, reading_of

SHARE = Indicator(
    "DVC01", "Tỷ lệ", "Share", "%", "share", "higher", "", ("province",), "egov", "month", "civil",
    Decimal(5), 1, (), None, None, "",
)  # fmt: skip
COUNT = replace(SHARE, code="DVC08", unit="dịch vụ", unit_kind="count", decimals=0)
SCORE = replace(SHARE, code="PCI", unit="điểm", unit_kind="score", decimals=2)


def told(agency: str, indicator: Indicator = SHARE, **given: Any) -> Observation:
    """A figure of one agency of December 2019; its value or its terms are given as texts, bounds with a sign."""
    quantities = {
        name: quantity(text) for name, text in given.items() if isinstance(text, str) and text[:1] in "<>0123456789"
    }
    period = parse_period("2019-12")
    assert period is not None
    return replace(
        Observation(
            indicator.code, agency, period, "GSO", None, None, None, indicator.unit, "official", "sourced", "tr. 1",
            "lời văn", "", "", date(2020, 1, 10), 1, "", datetime(2020, 1, 10, tzinfo=UTC),
        ),
        **{**given, **quantities},
    )  # fmt: skip


def quantity(text: str) -> Quantity:
    bound = {"<": Qualifier.UNDER, ">": Qualifier.OVER}.get(text[0], Qualifier.EXACT)
    return Quantity(Decimal(text.lstrip("<>")), bound)


def on(edition: Edition, indicator: Indicator, *observations: Observation) -> Rebased:
    readings: dict[str, Reading] = {}
    for each in observations:
        reading = reading_of(each, indicator)
        assert reading is not None
        readings.setdefault(each.agency, reading)
    return rebased(readings, observations, indicator, edition)


def test_a_merged_share_is_the_sum_of_the_terms_divided_once() -> None:
    made = on(
        Edition.OF_34,
        SHARE,
        told("24", numerator="30", denominator="100"),
        told("27", numerator="20", denominator="300", revision=3, published=date(2020, 1, 12)),
    )
    (only,) = made.observations["24"]
    assert (only.numerator, only.denominator) == (Quantity(Decimal(50)), Quantity(Decimal(400)))
    assert (only.parts, only.revision, only.published) == (("24", "27"), 3, date(2020, 1, 12))
    assert (only.phrase, only.source_ref, only.value) == ("", "", None)
    reading = reading_of(only, SHARE)
    assert reading is not None
    figure = figure_of(reading)
    assert (figure.quantity.number, figure.derived, figure.mark) == (
        Decimal("12.5"),
        True,
        "rebased/DVC01/24/2019-12",
    )
    assert made.incomparable == {}


def test_bounds_stay_bounds_in_a_sum() -> None:
    made = on(
        Edition.OF_34,
        SHARE,
        told("24", numerator="30", denominator="<100"),
        told("27", numerator="20", denominator="300"),
    )
    reading = reading_of(made.observations["24"][0], SHARE)
    assert reading is not None
    assert (reading.printed, reading.quantity.qualifier) == (Decimal("12.5"), Qualifier.OVER)


def test_counts_are_added_and_scores_are_not() -> None:
    counted = on(Edition.OF_34, COUNT, told("24", COUNT, value="7"), told("27", COUNT, value="5"))
    assert counted.observations["24"][0].value == Quantity(Decimal(12))
    scored = on(Edition.OF_34, SCORE, told("24", SCORE, value="60.1"), told("27", SCORE, value="70.2"))
    assert "24" not in scored.observations
    assert scored.incomparable == {"24": Incomparable(Why.KIND, ("24", "27"))}


def test_a_part_without_a_report_or_without_terms_stops_the_sum() -> None:
    absent = on(Edition.OF_34, SHARE, told("24", numerator="30", denominator="100"))
    assert absent.incomparable == {"24": Incomparable(Why.ABSENT, ("27",))}
    bare = on(Edition.OF_34, SHARE, told("24", numerator="30", denominator="100"), told("27", value="6.7"))
    assert bare.incomparable == {"24": Incomparable(Why.SHARE, ("27",))}
    assert absent.observations == bare.observations == {}


def test_figures_of_other_parts_are_not_added() -> None:
    made = on(
        Edition.OF_34,
        SHARE,
        told("24", numerator="30", denominator="100", composition="a;b"),
        told("27", numerator="20", denominator="300", composition="b"),
    )
    assert made.incomparable == {"24": Incomparable(Why.PARTS, ("24", "27"))}


def test_where_no_part_reported_the_place_did_not_report() -> None:
    made = on(Edition.OF_34, SHARE, told("40", value="2.7"))
    assert "24" not in made.observations
    assert "24" not in made.incomparable


def test_a_place_kept_whole_keeps_its_figures_as_they_are_a_share_without_terms_among_them() -> None:
    own = (told("40", value="2.7"), told("40", value="2.8", source="A"))
    assert on(Edition.OF_34, SHARE, *own).observations == {"40": own}
    assert on(Edition.OF_63, SHARE, *own).observations == {"40": own}


def test_a_sum_is_as_sure_as_its_least_sure_part() -> None:
    made = on(
        Edition.OF_34,
        SHARE,
        told("24", numerator="30", denominator="100", status="simulated"),
        told("27", numerator="20", denominator="300", certainty="unconfirmed"),
    )
    (only,) = made.observations["24"]
    assert (only.status, only.certainty) == ("simulated", "unconfirmed")


@pytest.mark.parametrize("code", ["24", "27"])
def test_a_merged_figure_is_not_split_into_the_former_places(code: str) -> None:
    made = on(Edition.OF_63, SHARE, told("24", numerator="50", denominator="400"))
    assert made.observations == {}
    assert made.incomparable[code] == Incomparable(Why.MERGED, ("24",))
    assert set(made.incomparable) == {"24", "27"}
