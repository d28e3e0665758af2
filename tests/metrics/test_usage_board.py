"""The board of usage: sums, both shares on time, ranks to a thousand inhabitants, what nobody used, and checks."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from data.peers import CENSUS, peers
from data.scope import EVERYTHING, Scope
from data.store import Store
from data.usage_facts import Dossiers
from i18n.collation import slug
from metrics.asked import Asked
from metrics.boards.known import knowing
from metrics.boards.usage import UsageBoard, usage, usage_exists
from metrics.boards.usage_card import usage_card
from metrics.figure import Figure, figures_of
from metrics.usage import added, per_thousand, percent
from tests.data.usage_files import USUAL, deliver_services, service, used
from tests.deliveries import deliver, figure, written

AT = date(2020, 2, 14)
GROUP = slug("Hộ tịch")
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


def board(store: Store, at: date = AT, **asked: Any) -> UsageBoard:
    found = usage(store, EVERYTHING, Asked(at, **asked))
    assert found is not None
    return found


def shown(found: Figure | None) -> object:
    """The number as printed."""
    return None if found is None else found.quantity.number


def test_the_nation_in_its_last_whole_month(filled: Store) -> None:
    found = board(filled)
    nation = found.whole
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
    assert [(row.agency.code, shown(row.rank)) for row in rows] == [("40", 1), ("01", 2)]
    people = peers(CENSUS, date(2020, 1, 31), AT)["40"].people
    assert people is not None
    assert shown(rows[0].per_thousand) == per_thousand(1500, people) == Decimal("0.5")
    (justice,) = board(filled, group="ministries").rows
    assert (justice.per_thousand, shown(justice.rank), shown(justice.measured)) == (None, 1, 0)


@pytest.mark.parametrize(
    ("asked", "ranks"),
    [
        ({"measure": "online"}, [("40", 1, "75.0"), ("01", 2, "30.0"), ("BTP", 3, "0.0")]),
        ({"measure": "on_time"}, [("01", 1, "72.0"), ("BTP", 2, "50.0"), ("40", 3, "45.0")]),
        ({"measure": "online", "group": "provinces"}, [("40", 1, "75.0"), ("01", 2, "30.0")]),
        # At level 4 nobody received anything, and a share of nothing has no rank.
        ({"measure": "online", "level": "4"}, [("01", None, "None"), ("40", None, "None"), ("BTP", None, "None")]),
    ],
)
def test_agencies_are_ranked_by_what_was_chosen(
    filled: Store, asked: dict[str, Any], ranks: list[tuple[str, int | None, str]]
) -> None:
    rows = board(filled, **asked).rows
    assert [(row.agency.code, shown(row.rank), str(shown(row.measured))) for row in rows] == ranks


def test_who_did_not_deliver_is_absent_and_not_zero(filled: Store) -> None:
    found = board(filled)
    assert (shown(found.reported), shown(found.owing)) == (3, 85)
    assert (len(found.absent), shown(found.rows_owing)) == (61, 63)
    assert len(board(filled, measure="online").absent) == 82
    december = board(filled, period="2019-12")
    assert [row.agency.code for row in december.rows] == ["01"]
    assert board(filled, period="2019-12", place=("40",)).whole is None
    assert "40" in {each.code for each in december.absent}


def test_months_run_up_to_the_one_that_is_not_over(filled: Store) -> None:
    found = board(filled, period="2020-02")
    assert [(month.period.text, month.whole) for month in found.months] == [
        ("2019-12", True),
        ("2020-01", True),
        ("2020-02", False),
    ]
    assert [shown(month.reported) for month in found.months] == [1, 3, 1]


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
    (silent,) = found.unused
    assert (silent.procedure.name, shown(silent.places)) == ("Đăng ký kết hôn", 2)
    assert [each.code for each in silent.agencies] == ["01", "40"]
    assert found.unused_count is not None
    assert (shown(found.unused_count.over), shown(found.unused_count.under)) == (2, 2)
    assert [
        (each.level, shown(each.offered), shown(each.used.over), each.tally is None) for each in found.levels
    ] == [
        (3, 3, 3, False),
        (4, 2, 0, True),
    ]
    one = board(filled, place=("40",)).unused_count
    assert one is not None and (shown(one.over), shown(one.under)) == (1, 1)


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
    assert closed is not None
    # The sum of one agency is told as its own, and not under the name of the nation.
    assert closed.place.path == ("40",) and closed.outside
    assert [part.path for part in closed.path.steps[0].parts] == [("40",)]
    assert not [each.mark for each in figures_of(closed) if "VN" in each.mark.split("/")]
    assert usage(filled, Scope(frozenset({"40"})), Asked(AT, place=("01",))) is None


def test_each_step_adds_up_to_what_it_is_a_part_of(filled: Store) -> None:
    """From the nation to one procedure in three steps; a service without a dossier has zeros, not nothing."""
    deepest = board(filled, place=("40", GROUP, "P1"))
    agencies, groups, procedures = deepest.path.steps
    assert (agencies.chosen, shown(agencies.received)) == (agencies.parts[0], 3050)
    assert [(part.path, shown(part.received)) for part in agencies.parts[:3]] == [
        (("40",), 2000), (("01",), 1000), (("BTP",), 50)]  # fmt: skip
    assert all(part.received is None for part in agencies.parts[3:])
    assert [(part.path, shown(part.received)) for part in groups.parts] == [(("40", GROUP), 2000)]
    assert [(part.path[-1], shown(part.received)) for part in procedures.parts] == [("P1", 2000), ("P2", 0)]
    for step in (groups, procedures):
        assert shown(step.received) == 2000
    found = deepest.path.procedure
    assert found is not None and found.tally is not None
    assert (shown(found.tally.online.over), found.level, found.since) == (1500, 3, date(2018, 1, 1))
    assert deepest.whole is not None and shown(deepest.whole.received) == 2000
    assert [shown(month.tally.received) if month.tally else None for month in deepest.months] == [None, 2000]


@pytest.mark.parametrize(
    "place", [("99",), ("VN",), ("40", "khong-co"), ("40", "GROUP", "P9"), ("40", "GROUP", "P1", "x")]
)
def test_a_path_that_means_nothing_has_no_board(filled: Store, place: tuple[str, ...]) -> None:
    path = tuple(GROUP if part == "GROUP" else part for part in place)
    assert usage(filled, EVERYTHING, Asked(AT, place=path)) is None
    assert not usage_exists(filled, EVERYTHING, Asked(AT, place=path))
    assert usage_exists(filled, EVERYTHING, Asked(AT, place=path[:0]))


def test_a_level_narrows_everything_but_the_table_of_levels(filled: Store) -> None:
    found = board(filled, level="3", place=("40",))
    assert found.whole is not None and shown(found.whole.received) == 2000
    assert [each.level for each in found.levels] == [3, 4]
    none = board(filled, level="4", place=("40",))
    assert none.whole is not None and (shown(none.whole.received), none.whole.online.share) == (0, None)
    assert [(part.path[-1], shown(part.received)) for part in none.path.steps[1].parts] == [(GROUP, 0)]


def test_the_change_is_told_between_whole_months_that_follow_each_other(filled: Store) -> None:
    # 25,0 in December (20 of 80), 59,0 in January.
    assert shown(board(filled).change) == Decimal("34.0")
    assert board(filled, period="2019-12").change is None
    assert board(filled, period="2020-02").change is None


def test_no_mark_stands_for_two_numbers(filled: Store) -> None:
    for asked in ({}, {"place": ("40", GROUP, "P1")}, {"level": "3"}, {"group": "provinces"}):
        printed: dict[str, set[object]] = {}
        for figure_ in figures_of(board(filled, **asked)):
            printed.setdefault(figure_.mark, set()).add(figure_.quantity)
        assert {mark: values for mark, values in printed.items() if len(values) > 1} == {}


def test_the_card_of_an_agency_holds_months_that_its_code_meant_it(filled: Store) -> None:
    with knowing(filled, EVERYTHING, AT) as known:
        agency = known.register.agency("40", AT)
        assert agency is not None
        card = usage_card(known, agency)
        assert card is not None and card.told is not None and card.told.tally is not None
        assert [each.period.text for each in card.months] == ["2019-12", "2020-01", "2020-02"]
        assert shown(card.told.tally.received) == 2000
        assert usage_card(known, replace(agency, valid_from=date(2025, 7, 1))) is None


def test_nothing_is_no_share() -> None:
    assert percent(0, 0) is None
    assert percent(0, 7) == 0
    assert added([]) is None
    told = Dossiers(1, 2, 3, 4, None, None, 5, 6)
    silent = Dossiers(1, 0, 0, 0, None, None, None, None)
    assert added([told, silent]) == Dossiers(2, 2, 3, 4, None, None, 5, 6)
