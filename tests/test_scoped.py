"""Two people of different provinces ask through one cache, in any order: neither is sent what is the other's."""

from collections.abc import Callable, Hashable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from access.viewer import Viewer
from callbacks import directives, reports, usage
from data.memory import Memory
from data.person_roles import Role
from data.scope import EVERYTHING, Scope
from data.store import Store
from settings import Settings
from tests.planted import (
    SECRET,
    behind_of,
    every_file,
    everything_sent,
    found_of,
    person,
    planted,
    planted_in,
    trees_of,
)
from tests.trees import nodes_of

OTHER = {"01": "40", "40": "01"}
LEADERS = [(Role.PROVINCE_LEADER, code) for code in SECRET]
PEOPLE = [*LEADERS, *((Role.REPORTER, code) for code in SECRET)]
#: What is asked: screens of all kinds, tables, panels, and what is another's by its address.
ADDRESSES = [
    "/",
    "/?indicator=DVC07&period=2020-01",
    "/?table=ranking&indicator=DVC07&period=2020-01",
    "/ranking?indicator=DVC07&period=2020-01",
    "/ranking?indicator=DVC07&period=2020-01&table=table",
    "/indicator/DVC07?period=2020-01",
    "/compare?pin=40&pin=01&indicator=DVC07&period=2020-01",
    "/compare?pin=40&pin=01&indicator=DVC07&period=2020-01&table=closing",
    "/province/01?indicator=DVC07&period=2020-01",
    "/province/40?indicator=DVC07&period=2020-01",
    "/usage",
    "/usage/01?period=2020-01",
    "/usage/40?period=2020-01",
    "/directives?directive=NV15",
    "/reports",
    "/?figure=DVC07/01/2020-01",
    "/?figure=DVC07/40/2020-01",
    "/systems",
]
#: Screens that are cheap to draw and hold something planted each.
FEW = [
    "/indicator/DVC07?period=2020-01",
    "/usage",
    "/directives?directive=NV15",
    "/?figure=DVC07/01/2020-01",
    "/?figure=DVC07/40/2020-01",
    "/ranking?indicator=DVC07&period=2020-01&table=table",
]


@pytest.fixture(scope="module", params=["sqlite", "postgresql, by a role"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    if request.param != "sqlite":
        yield request.getfixturevalue("by_role").reader
        return
    with planted(request.getfixturevalue("demonstration_url"), tmp_path_factory.mktemp("planted")) as opened:
        yield opened


def forget(store: Store) -> None:
    """Begin with empty caches."""
    store.memory, store.undated, store.screens = Memory(4), Memory(8), Memory(48)


def assert_own(code: str, text: str) -> None:
    """Nothing in it is the other's alone."""
    assert found_of(OTHER[code], text) == set()
    assert behind_of(OTHER[code], text) == set()


def asked(store: Store, settings: Settings, who: tuple[Role, str], address: str, *, files: bool = False) -> None:
    viewer = person(store, *who)
    assert_own(who[1], everything_sent(store, settings, viewer, address))
    for text in every_file(store, settings, viewer, address) if files else ():
        assert_own(who[1], text)


@examples(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(FEW), st.booleans()), min_size=2, max_size=6))
def test_neither_is_sent_what_is_the_others_in_whatever_order_they_ask(
    store: Store, settings: Settings, questions: list[tuple[tuple[Role, str], str, bool]]
) -> None:
    forget(store)
    for who, address, files in questions:
        asked(store, settings, who, address, files=files)


@pytest.mark.parametrize("first", list(SECRET))
def test_neither_is_sent_what_is_the_others_of_any_screen_or_file(
    store: Store, settings: Settings, first: str
) -> None:
    forget(store)
    for address in ADDRESSES:
        for code in (first, OTHER[first]):
            asked(store, settings, (Role.PROVINCE_LEADER, code), address, files=True)


@pytest.mark.parametrize("code", SECRET)
def test_each_is_sent_all_that_is_their_own(store: Store, settings: Settings, code: str) -> None:
    viewer = person(store, Role.PROVINCE_LEADER, code)
    seen: set[str] = set()
    for address in (*ADDRESSES, f"/usage/{code}/ho-tich-chung-thuc?period=2020-01"):
        seen |= found_of(code, everything_sent(store, settings, viewer, address))
    assert seen == set(planted_in(code))


class Forgetful(Memory):
    """A cache whose keys do not say who asks."""

    def once(self, key: Hashable, make: Callable[[], Any], worth: Callable[[Any], bool] = lambda _: True) -> Any:
        assert isinstance(key, tuple)
        return super().once(tuple(each for each in key if not isinstance(each, Scope)), make, worth)


@pytest.mark.parametrize("name", ["memory", "screens"])
def test_it_would_be_seen_if_a_cache_were_kept_without_the_scope(store: Store, settings: Settings, name: str) -> None:
    forget(store)
    setattr(store, name, Forgetful(48))
    # Of one standing: what tells roles and agencies apart must not be what saves it.
    first, second = (person(store, Role.PROVINCE_LEADER, code) for code in SECRET)
    second = Viewer(second.name, second.scope, second.writes, first.member)
    try:
        for viewer in (first, second):
            text = everything_sent(store, settings, viewer, "/directives?directive=NV15")
        with pytest.raises(AssertionError):
            assert_own("40", text)
    finally:
        forget(store)


@pytest.mark.parametrize(
    ("screen", "board", "address"),
    [
        (directives, "directives", "/directives?directive=NV15"),
        (usage, "usage", "/usage/40?period=2020-01"),
        (reports, "reports", "/reports"),
    ],
)
def test_it_would_be_seen_if_a_board_asked_for_everything(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch, screen: Any, board: str, address: str
) -> None:
    forget(store)
    real = getattr(screen, board)
    monkeypatch.setattr(screen, board, lambda store, _scope, asked: real(store, EVERYTHING, asked))
    with pytest.raises(AssertionError):
        asked(store, settings, (Role.PROVINCE_LEADER, "40"), "/usage" if board == "usage" else address)
        asked(store, settings, (Role.PROVINCE_LEADER, "01"), address)
    forget(store)


@pytest.mark.parametrize("who", PEOPLE)
def test_no_link_leads_where_they_may_not_go(store: Store, settings: Settings, who: tuple[Role, str]) -> None:
    viewer = person(store, *who)
    links = 0
    for address in ADDRESSES:
        sent = everything_sent(store, settings, viewer, address)
        for node in (node for tree in trees_of(sent).values() for node in nodes_of(tree)) if sent else ():
            tag, given = node[0], node[1]
            found = [given["href"]] if tag == "a" and "href" in given else []
            found += [each[3] for each in given["things"]] if tag == "Search" else []
            found += [f"{given['path']}{code}" for code in given["leads"]] if tag == "ProvinceMap" else []
            for link in (each.partition("?")[0].partition("#")[0] for each in found):
                links += 1
                assert not link.startswith("/") or viewer.opens(link), (address, link)
                assert OTHER[who[1]] not in link.split("/"), (address, link)
            if tag == "a" and "href" not in given:
                assert given["data-figure"].split("/")[1] != OTHER[who[1]]
    assert links > 100


@pytest.mark.parametrize("code", SECRET)
def test_the_own_row_stands_first_and_keeps_its_rank(store: Store, settings: Settings, code: str) -> None:
    viewer, everybody = person(store, Role.PROVINCE_LEADER, code), person(store, Role.PM_OFFICE, None)
    for address in ("/ranking?indicator=DVC01", "/?indicator=DVC01", "/ranking?indicator=DVC01&sort=name"):
        rows, others = (ranked(everything_sent(store, settings, each, address)) for each in (viewer, everybody))
        assert rows[0][0] == code and rows[0][2]
        assert not [row for row in rows[1:] if row[2] or row[0] == code]
        assert not [row for row in others if row[2]]
        ranks = {agency: rank for agency, rank, _ in others}
        assert {agency: rank for agency, rank, _ in rows if agency in ranks} == {
            agency: rank for agency, rank in ranks.items() if agency in {row[0] for row in rows}
        }


def ranked(sent: str) -> list[tuple[str, str, bool]]:
    """Agency, rank and whether it is marked of every row of the ranking."""
    trees = trees_of(sent)
    rows = [node for node in nodes_of(trees.get("table") or trees["ranking"]) if node[0] == "tr"]
    return [
        (row[1]["data-agency"], json_text(row[2]), "aria-current" in row[1])
        for row in rows
        if "data-agency" in row[1]
    ]


def json_text(node: Any) -> str:
    return node if isinstance(node, str) else "".join(json_text(child) for child in node[2:])
