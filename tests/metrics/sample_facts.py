"""Facts in one line each, for the tests of this folder."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from data.facts import Agency, Indicator, Observation, Path, Target
from data.periods import parse_period
from data.quantity import Qualifier, Quantity
from metrics import values
from metrics.values import Reading

_QUALIFIERS = {"≈": Qualifier.APPROX, ">": Qualifier.OVER, "<": Qualifier.UNDER}

_INDICATOR = Indicator(
    code="DVC01",
    name_vi="Tỷ lệ dịch vụ công trực tuyến mức độ 4",
    name_en="Level-4 share of online services",
    unit="%",
    unit_kind="share",
    direction="higher",
    formula="",
    levels=("national", "province"),
    theme="egov",
    cycle="month",
    calendar="civil",
    band=Decimal(5),
    decimals=1,
    bins=(),
    natural_min=Decimal(0),
    natural_max=Decimal(100),
    legal_basis="",
)

_TARGET = Target(
    indicator="DVC01",
    agency="ALL",
    due=parse_period("2020"),
    shape="at_least",
    value=Decimal(30),
    upper=None,
    strict=False,
    source="NQ17",
    set_on=date(2019, 3, 7),
    path=Path("linear", "inferred", date(2019, 3, 7), Decimal("5.35")),
    certainty="sourced",
    source_ref="",
    phrase="",
    revision=1,
)


def quantity_of(text: str) -> Quantity | None:
    """`10.7`, `>2.7` (over), `<30` (under), `≈24` (about), `61..62`; an empty text is absent."""
    if not text:
        return None
    qualifier = _QUALIFIERS.get(text[0], Qualifier.EXACT)
    low, _, high = text.lstrip("≈<>").partition("..")
    return Quantity(Decimal(low), qualifier, Decimal(high) if high else None)


def observation_of(
    value: str = "",
    period: str = "2020-02-12",
    *,
    terms: tuple[str, str] = ("", ""),
    agency: str = "VN",
    **other: Any,
) -> Observation:
    """An observation of DVC01, official, exact unless the text says otherwise."""
    span = parse_period(period)
    assert span is not None
    plain = Observation(
        indicator="DVC01",
        agency=agency,
        period=span,
        source="CP",
        value=quantity_of(value),
        numerator=quantity_of(terms[0]),
        denominator=quantity_of(terms[1]),
        unit="%",
        status="official",
        certainty="sourced",
        source_ref="",
        phrase="",
        note="",
        composition="",
        published=span.end,
        revision=1,
        reason="",
        recorded_at=datetime(2020, 8, 20, tzinfo=UTC),
    )
    return replace(plain, **other)


def indicator_of(**other: Any) -> Indicator:
    """DVC01 but for the fields named."""
    return replace(_INDICATOR, **other)


def target_of(text: str = "at_least 30", due: str | None = "2020", **other: Any) -> Target:
    """`at_least 30`, `at_most strict 4`, `range 33..34`, `about 6.8`; on the linear path of DVC01."""
    shape, *strict, ends = text.split()
    low, _, high = ends.partition("..")
    plain = replace(
        _TARGET,
        shape=shape,
        strict=bool(strict),
        value=Decimal(low),
        upper=Decimal(high) if high else None,
        due=parse_period(due) if due else None,
    )
    return replace(plain, **other)


def agency_of(code: str, valid_from: date | None = None) -> Agency:
    """A province of that code."""
    return Agency(code, f"Tỉnh {code}", f"Province {code}", "province", "VN", valid_from, None)


def reading_of(value: str, period: str = "2020-02-12", **other: Any) -> Reading:
    """A stated figure printed as written."""
    found = values.reading_of(observation_of(value, period, **other), indicator_of(decimals=9))
    assert found is not None
    return found
