"""The board of usage: sums, both shares on time, ranks to a thousand inhabitants, what nobody used, and checks."""

from datetime import date
from decimal import Decimal

import pytest

from data.peers import CENSUS, peers
from data.scope import EVERYTHING, Scope
from data.store import Store
from data.usage_facts import Dossiers
from metrics.asked import Asked
from metrics.boards.usage import UsageBoard, usage
from metrics.figure import Figure
from metrics.usage import added, per_thousand, percent
from tests.data.usage_files import USUAL, deliver_services, service, used
from tests.deliveries import deliver, figure, written

AT = date(2020, 2, 14)
MARRIAGE = {"procedure_code": "P2", "name": "Đăng ký kết hôn", "level": "4"}


@pytest.fixture(scope="module")
def filled(module_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Ha Noi and Nghệ An in January, Ha Noi alone in December, the Ministry of Justice in January."""
    folder = tmp_path_factory.mktemp("board")
    services = [
        *(service(agency_code=code) for code in ("01", "40", "BTP")),
        *(service(**MARRIAGE, agency_code=code) for code in ("01", "40")),
    ]
    deliver_services(module_store, folder, *services)
    rows = [
        used(date="2019-12-31", received_online="20", received_other="60", resolved_on_time="60", resolved_late="20"),
        used(received_online="300", received_other="700", resolved_on_time="720", resolved_late="80"),
        used(
            agency_code="40",
            received_online="1500",
            received_other="500",
            resolved_on_time="900",
            resolved_late="100",
        ),
        used(agency_code="BTP", received_online="0", received_other="50", rated="", satisfied=""),
        used(date="2020-02-10", received_online="9"),
    ]
    deliver(module_store, folder, written(*rows), "usage", USUAL)
    shares = [
        figure("31.0", indicator_code="DVC07", period="2020-01"),
        figure("75.4", indicator_code="DVC07", agency_code="40", period="2020-01"),
    ]
    deliver(module_store, folder, written(*shares))
    return module_store


def board(store: Store, at: date = AT, period: str | None = None) -> UsageBoard:
    return usage(store, EVERYTHING, Asked(at, period=period))


def shown(found: Figure | None) -> object:
    """The number as printed."""
    return None if found is None else found.quantity.number


def test_the_nation_in_its_last_whole_month(filled: Store) -> None:
    found = board(filled)
    nation = found.nation
    assert found.period is not None and nation is not None
    assert found.period.text == "2020-01"
    # 300 + 1500 + 0 of 1000 + 2000 + 50 received; 720 + 900 + 25 resolved in time, 80 + 100 + 5 late.
    assert (shown(nation.received), shown(nation.online.share)) == (3050, Decimal("59.0"))
    assert (shown(nation.online.over), shown(nation.online.under)) == (1800, 3050)
    assert shown(nation.on_time_of_received.share) == Decimal("53.9")
    assert shown(nation.on_time_of_resolved.share) == Decimal("89.9")
    assert (shown(nation.on_time_of_received.under), shown(nation.on_time_of_resolved.under)) == (3050, 1830)
    assert nation.satisfied is not None and shown(nation.satisfied.under) == 18


def test_provinces_are_ranked_to_a_thousand_inhabitants_and_ministries_are_not(filled: Store) -> None:
    rows = board(filled).rows
    assert [(row.agency.code, shown(row.rank)) for row in rows] == [("40", 1), ("01", 2), ("BTP", None)]
    people = peers(CENSUS, date(2020, 1, 31), AT)["40"].people
    assert people is not None
    assert shown(rows[0].per_thousand) == per_thousand(1500, people) == Decimal("0.5")
    assert rows[2].per_thousand is None


def test_who_did_not_deliver_is_absent_and_not_zero(filled: Store) -> None:
    found = board(filled)
    assert (shown(found.reported), shown(found.owing)) == (3, 85)
    assert len(found.absent) == 82
    december = board(filled, period="2019-12")
    assert [row.agency.code for row in december.rows] == ["01"]
    assert "40" in {each.code for each in december.absent}


def test_months_run_up_to_the_one_that_is_not_over(filled: Store) -> None:
    found = board(filled, period="2020-02")
    assert [(month.period.text, month.whole) for month in found.months] == [
        ("2019-12", True),
        ("2020-01", True),
        ("2020-02", False),
    ]
    assert [shown(month.agencies) for month in found.months] == [1, 3, 1]


@pytest.mark.parametrize(
    ("at", "months"),
    [
        (date(2020, 2, 9), ["2020-01", "2019-12"]),
        (date(2020, 1, 5), ["2019-12"]),
        (date(2019, 12, 30), []),
    ],
)
def test_no_month_holds_facts_of_days_after_the_board(filled: Store, at: date, months: list[str]) -> None:
    found = board(filled, at)
    assert [each.text for each in found.periods] == months
    assert found.empty == (not months)


def test_services_at_level_4_that_nobody_used(filled: Store) -> None:
    found = board(filled)
    assert [(each.procedure.name, shown(each.places), each.agencies) for each in found.unused] == [
        ("Đăng ký kết hôn", 2, ("01", "40"))
    ]
    assert found.unused_count is not None
    assert (shown(found.unused_count.over), shown(found.unused_count.under)) == (2, 2)
    assert [(each.level, shown(each.offered), each.tally is None) for each in found.levels] == [
        (3, 3, False),
        (4, 2, True),
    ]


def test_a_reported_share_stands_beside_the_computed_one(filled: Store) -> None:
    found = {each.agency.code: each for each in board(filled).checks}
    # Ha Noi reports 31,0 and its services add up to 300 of 1000; Nghệ An reports 75,4 beside 1500 of 2000.
    assert (shown(found["01"].computed.share), shown(found["01"].difference)) == (Decimal("30.0"), Decimal("1.0"))
    assert found["01"].to_verify
    assert shown(found["40"].difference) == Decimal("0.4")
    assert not found["40"].to_verify


def test_an_unknown_month_is_told_and_a_scope_closes(filled: Store) -> None:
    assert board(filled, period="2018-01").unknown == (("period", "2018-01"),)
    closed = usage(filled, Scope(frozenset({"40"})), Asked(AT))
    assert [row.agency.code for row in closed.rows] == ["40"]


def test_nothing_is_no_share() -> None:
    assert percent(0, 0) is None
    assert percent(0, 7) == 0
    assert added([]) is None
    told = Dossiers(1, 2, 3, 4, None, None, 5, 6)
    silent = Dossiers(1, 0, 0, 0, None, None, None, None)
    assert added([told, silent]) == Dossiers(2, 2, 3, 4, None, None, 5, 6)
