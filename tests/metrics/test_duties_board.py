"""What one agency has to do: its own directives, everybody's, and what it is named for."""

from datetime import date

from data.scope import EVERYTHING
from data.store import Store
from metrics.asked import Asked
from metrics.boards.duties import Duties
from metrics.boards.ministry import MinistryBoard, ministry, ministry_exists
from metrics.boards.province import province

CLOCK = date(2020, 2, 14)


def of_ministry(store: Store, code: str, at: date = CLOCK) -> MinistryBoard:
    board = ministry(store, EVERYTHING, code, Asked(at))
    assert board is not None
    return board


def of_province(store: Store, code: str, at: date = CLOCK) -> Duties:
    board = province(store, EVERYTHING, code, Asked(at))
    assert board is not None
    assert board.duties is not None
    return board.duties


def test_a_ministry_has_what_it_leads_and_what_it_shares_in(held: Store) -> None:
    duties = of_ministry(held, "BCA").duties
    assert {"NV03", "NV06"} <= {each.code for each in duties.own}
    assert all(duties.agency in (each.owner, *each.co_owners) for each in duties.own)
    assert all(each.everybody for each in duties.shared)
    counts = (duties.named_count, duties.own_count, duties.shared_count)
    assert [int(each.quantity.number) for each in counts] == [1, 5, 9]
    shared_in = [each for each in of_ministry(held, "BTTTT").duties.own if each.owner == duties.agency]
    assert [each.code for each in shared_in] == ["NV23"]


def test_the_systems_of_an_agency_are_those_it_owns_or_shares_in(held: Store) -> None:
    owned = {code: [each.system.code for each in of_ministry(held, code).duties.systems] for code in ("BTTTT", "BCA")}
    assert owned == {"BTTTT": ["SYS16", "SYS13", "SYS15"], "BCA": ["SYS11", "SYS10", "SYS12"]}
    assert [each.system.code for each in of_province(held, "40").systems] == ["SYS09"]
    assert of_province(held, "62").systems == ()


def test_a_province_has_no_directive_of_its_own_and_all_of_everybodys(held: Store) -> None:
    duties = of_province(held, "62")
    assert duties.own == ()
    assert duties.shared == of_ministry(held, "BCA").duties.shared
    (named,) = duties.named
    assert (str(named.rule), named.agency.name_vi) == ("unreported", "Kon Tum")


def test_who_is_on_its_path_is_named_for_nothing(held: Store) -> None:
    assert of_province(held, "48").named == ()
    assert of_ministry(held, "BTTTT").duties.named == ()


def test_a_ministry_is_known_by_its_abbreviation_and_nothing_else(held: Store) -> None:
    for code, there in (("BKHĐT", True), ("BKHDT", False), ("40", False), ("VN", False), ("UBDT", True)):
        assert ministry_exists(held, EVERYTHING, code, CLOCK) is there
        assert (ministry(held, EVERYTHING, code, Asked(CLOCK)) is not None) is there


def test_every_figure_a_ministry_reported_is_ranked_among_ministries(held: Store) -> None:
    board = of_ministry(held, "BTTTT")
    assert len(board.own) == 6
    assert all(each.reported.quantity.number <= len(board.ministries) == 22 for each in board.own)
    assert board.simulated
    assert of_ministry(held, "BTTTT", date(2019, 1, 1)).own == ()
