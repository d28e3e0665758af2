"""What the boards of usage read: months that were delivered, their sums, and what is offered; each is asked once."""

from collections.abc import Sequence
from datetime import date

from data import usage_queries
from data.facts import OWING_KINDS, Agency
from data.periods import Period, parse_period
from data.scope import Scope
from data.usage.days import month_of, number_of
from data.usage_facts import Delivered, Offered, Procedure, Service, Unused, Used
from metrics.boards.known import Known

#: The kinds of agencies that owe usage.
OWING = OWING_KINDS["ministry"] | OWING_KINDS["province"]


def periods_of(known: Known) -> tuple[Period, ...]:
    """The months that can be shown, the latest first: not those that begin after the day of the board, nor one that
    facts of later days belong to."""

    def make() -> tuple[Period, ...]:
        months = known.ask("usage-months", lambda snapshot, scope, _: usage_queries.delivered_months(snapshot, scope))
        found = []
        for month in months:
            period = parse_period(f"{month // 100}-{month % 100:02}")
            assert period is not None  # months are those of days that were read
            if period.end <= known.at or (
                period.start <= known.at and _last_day(known, month) <= number_of(known.at)
            ):
                found.append(period)
        return tuple(reversed(found))

    return known.once("usage-periods", make)


def last_whole(known: Known) -> Period | None:
    """The latest month that was over by the day of the board; the latest of all where none was; None without any."""
    periods = periods_of(known)
    return next((each for each in periods if each.end <= known.at), periods[0] if periods else None)


def month_number(period: Period) -> int:
    """The month as sums have it: 202001."""
    return month_of(number_of(period.start))


def owing_agencies(known: Known, on: date) -> tuple[Agency, ...]:
    """Who owes usage on a day: provinces and ministries, in the order of their table."""
    return tuple(each for each in known.register.agencies if each.kind in OWING and each.valid_on(on))


def delivered_in(known: Known, months: Sequence[int]) -> list[Delivered]:
    """Of how many days of these months each agency delivered."""
    ask = usage_queries.deliveries_of_usage
    return known.ask(("usage-delivered", tuple(months)), lambda snapshot, scope, _: ask(snapshot, scope, months))


def by_agency(known: Known, months: Sequence[int], only: str | None = None) -> list[Used]:
    """What each agency sums to in these months; one of them where `only` names it."""
    ask = usage_queries.usage_by_agency
    key = ("usage-agencies", tuple(months), only)
    return known.ask(key, lambda snapshot, scope, _: ask(snapshot, _narrowed(scope, only), months))


def by_group(known: Known, agency: str, months: Sequence[int]) -> list[Used]:
    """What the groups of services of one agency sum to in these months."""
    ask = usage_queries.usage_by_group
    key = ("usage-groups", agency, tuple(months))
    return known.ask(key, lambda snapshot, scope, _: ask(snapshot, scope, agency, months))


def by_procedure(known: Known, agency: str, months: Sequence[int], code: str | None = None) -> list[Used]:
    """What the procedures of one agency sum to in these months; one of them where `code` names it."""
    narrow = None if code is None else [code]
    ask = usage_queries.usage_by_procedure
    key = ("usage-procedures", agency, tuple(months), code)
    return known.ask(key, lambda snapshot, scope, _: ask(snapshot, scope, agency, months, narrow))


def offered_on(known: Known, day: date) -> list[Offered]:
    """How many services each agency offers at each level on a day."""
    number = number_of(day)
    ask = usage_queries.services_offered
    return known.ask(("services-offered", day), lambda snapshot, scope, _: ask(snapshot, scope, number))


def services_at(known: Known, agency: str, day: date) -> list[Service]:
    """What one agency offers on a day."""
    number = number_of(day)
    ask = usage_queries.services_of
    return known.ask(("services-of", agency, day), lambda snapshot, scope, _: ask(snapshot, scope, agency, number))


def used_in(known: Known, period: Period, only: str | None = None) -> list[Offered]:
    """How many services of each agency and level had any dossier in a month; of one agency where `only` names it."""
    month = month_number(period)
    ask = usage_queries.services_used
    key = ("services-used", month, only)
    return known.ask(key, lambda snapshot, scope, _: ask(snapshot, _narrowed(scope, only), month))


def unused_in(known: Known, period: Period, day: date, only: str | None = None) -> list[Unused]:
    """The services at level 4 on every day from the first of a month to `day` of which no dossier was received; those
    of one agency where `only` names it."""
    span = number_of(period.start), number_of(day)
    months = [month_number(period)]
    ask = usage_queries.services_unused
    key = ("services-unused", span, only)
    return known.ask(key, lambda snapshot, scope, _: ask(snapshot, _narrowed(scope, only), months, span))


def catalogue(known: Known) -> dict[str, Procedure]:
    """Every procedure, by its code."""
    return known.ask("procedures", lambda snapshot, scope, _: usage_queries.procedures(snapshot, scope))


def _narrowed(scope: Scope, only: str | None) -> Scope:
    return scope if only is None else scope.narrowed(only)


def _last_day(known: Known, month: int) -> int:
    """The last day of a month that anybody delivered."""
    return max(each.last_day for each in delivered_in(known, [month]))
