"""Cards of the wall whose data are too old: exactly those say so, in grey, and fit in every window."""

from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from data.store import Store
from i18n import LANGUAGES, speaker
from settings import Settings
from tests.test_wall_page import HD, UHD, WINDOWS, hang, scenes, turn
from tests.trees import nodes_of, sent
from tests.wall_looks import misplaced, too_faint, too_small

#: A day on which some cards are past their limit, and one on which all are but those of what nobody told.
SOME, ALL = "2020-08-20", "2021-12-31"
#: The cards that are old then, scene by scene: the share at level 4 is of 12/02/2020, and so is the last usage.
OLD = {
    "targets": ["wall-tile"],
    "map-DVC01": [],
    "usage": ["wall-months", "wall-on-time", "wall-levels", "wall-usage-rank", "wall-unused"],
    "tasks": [],
    "today": [],
    "economy": [],
}
PROFILES = """
[hall]
scene = [ { show = "tasks", fresh_days = 1 }, { show = "map" }, { show = "economy", fresh_days = 45 } ]
[hall-en]
language = "en"
scene = [ { show = "tasks", fresh_days = 1 }, { show = "economy", fresh_days = 44 } ]
"""
#: What goes on the edge of a card stays between its sides and inside the window.
_BESIDE = """() => Array.from(document.querySelectorAll('.wall-old')).filter((each) => {
  const line = each.getBoundingClientRect(), card = each.parentElement.getBoundingClientRect();
  return line.left < card.left || line.right > card.right || line.top < 0 || !line.width;
}).map((each) => each.parentElement.className)"""
#: The colours in which a card draws what is late, and what it writes in its fainter ink.
_COLOURS = """(card) => ['--over-f', '--good-f', '--s5', '--ink-3'].map(
  (name) => getComputedStyle(card).getPropertyValue(name).trim())"""


def cards(store: Store, settings: Settings, path: str) -> list[dict[str, Any]]:
    """The attributes of every card of a wall, with the words on its edge as `told`."""
    found = []
    for tree in sent(store, settings, path).values():
        for node in nodes_of(tree):
            if "wall-card" in str(node[1].get("className", "")).split():
                lines = [each for each in nodes_of(node[2:]) if each[1].get("className") == "wall-old"]
                found.append({**node[1], "told": [words_of(each) for each in lines]})
    return found


def words_of(tree: Any) -> str:
    """The text of an element, its parts apart."""
    if not isinstance(tree, list):
        return str(tree).replace("\u00a0", " ")
    return " ".join(filter(None, map(words_of, tree[2:])))


def old_of(page: Page) -> list[str]:
    """The cards of the scene that say that they are old, by their class."""
    found: list[str] = page.evaluate(
        "() => Array.from(document.querySelectorAll('.wall-card[data-old]'), (each) => each.classList[2])"
    )
    assert page.locator(".wall-old").count() == len(found)
    return found


def test_on_a_day_when_all_is_fresh_cards_carry_their_days_alone(held: Store, settings: Settings) -> None:
    for profile in ("national", "national-en", "nghe-an"):
        found = cards(held, settings, f"/wall/{profile}")
        assert len(found) >= 10
        assert [each for each in found if "data-old" in each or each["told"]] == []
        unknown = [each for each in found if "data-as-of" not in each]
        # The fourth target was never measured.
        assert [each["data-status"] for each in unknown] == ["nr"]
        for each in found:
            if each not in unknown:
                assert each["data-as-of"] <= "2020-02-14" <= each["data-fresh-until"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_fresh_day_and_the_next(held: Store, settings: Settings, language: str) -> None:
    """The share at level 4 as at 12/02/2020 is told anew every month."""
    path, say = {"vi": "/wall/national", "en": "/wall/national-en"}[language], speaker(language)
    for at, days in (("2020-03-12", None), ("2020-03-13", 1), ("2020-04-12", 31)):
        tile = next(each for each in cards(held, settings, f"{path}?at={at}") if "wall-tile" in each["className"])
        assert (tile["data-as-of"], tile["data-fresh-until"]) == ("2020-02-12", "2020-03-12")
        if days is None:
            assert "data-old" not in tile and tile["told"] == []
            continue
        counted = {"vi": f"{days} ngày", "en": "1 day" if days == 1 else f"{days} days"}[language]
        assert tile["data-old"] == "true"
        assert tile["told"] == [f"{say('wall.old', days=counted)} {say('wall.old_limit', day='12/03/2020')}"]


def test_every_line_tells_the_days_since_its_limit(held: Store, settings: Settings) -> None:
    found = [each for each in cards(held, settings, f"/wall/national?at={ALL}") if "data-old" in each]
    assert len(found) >= 20
    for each in found:
        days = date.fromisoformat(ALL) - date.fromisoformat(each["data-fresh-until"])
        assert days > timedelta(0)
        (words,) = each["told"]
        assert f"{days.days} ngày" in words


def test_a_scene_may_have_a_shorter_limit(held: Store, demonstration_url: str, tmp_path: Path) -> None:
    file = tmp_path / "wall.toml"
    file.write_text(PROFILES, "utf-8")
    hall = Settings.from_env({"DATABASE_URL": demonstration_url, "DEMO": "on", "WALL_PROFILES": str(file)})
    found = {each["className"]: each for each in cards(held, hall, "/wall/hall")}
    names = {name.split()[2] for name, each in found.items() if "data-old" in each}
    # Orders were last given or followed on 12/02, systems told of on the 14th, the plan of 2019 ended 45 days ago.
    assert names == {"wall-lanes", "wall-urgent"}
    assert found["card wall-card wall-lanes"]["data-fresh-until"] == "2020-02-13"
    assert found["card wall-card wall-systems"]["data-fresh-until"] == "2020-02-15"
    assert found["card wall-card wall-plan"]["data-fresh-until"] == "2020-02-14"
    assert found["card wall-card wall-map-card"]["data-fresh-until"] == "2020-03-12"
    english = {each["className"].split()[2]: each["told"] for each in cards(held, hall, "/wall/hall-en")}
    assert english["wall-plan"] == ["Old data, 1 day over (limit 13/02/2020)"]


def test_exactly_the_old_cards_say_so(page: Page, served: str) -> None:
    hang(page, served, f"/wall/national?at={SOME}")
    assert scenes(page) == list(OLD)
    for name, wanted in OLD.items():
        turn(page, name)
        assert old_of(page) == wanted, name


def test_an_old_card_turns_grey_alone(page: Page, served: str) -> None:
    hang(page, served, f"/wall/national?at={SOME}&scene=usage")
    grey = page.locator(".wall-on-time").evaluate(_COLOURS)
    fresh = page.locator(".wall-portal").evaluate(_COLOURS)
    assert fresh == page.locator("main").evaluate(_COLOURS)
    assert grey[:2] == [fresh[3]] * 2  # states in the fainter ink
    assert grey[2] != fresh[2]  # and shades are mixed of ink
    late = page.locator(".resolved-late").evaluate("(each) => getComputedStyle(each).backgroundColor")
    red, green, blue = (int(part) for part in late.removeprefix("rgb(").removesuffix(")").split(","))
    assert max(red, green, blue) - min(red, green, blue) < 40
    line = page.locator(".wall-on-time > .wall-old")
    assert line.locator(".glyph-stale").count() == 1
    assert "repeating-linear-gradient" in line.evaluate(
        "(each) => getComputedStyle(each, '::before').backgroundImage"
    )


@pytest.mark.parametrize(
    ("profile", "size"), [*product(("national", "far"), WINDOWS), *product(("national-en", "nghe-an"), (HD, UHD))]
)
def test_old_cards_fit(page: Page, served: str, profile: str, size: tuple[int, int]) -> None:
    hang(page, served, f"/wall/{profile}?at={ALL}", size)
    troubles, old = [], 0
    for name in scenes(page):
        turn(page, name)
        old += len(old_of(page))
        found = [*misplaced(page), *too_small(page), *too_faint(page), *page.evaluate(_BESIDE)]
        troubles += [f"{name}: {each}" for each in found]
    assert old >= 10
    assert not troubles, "\n".join(troubles)


def test_a_card_that_grows_old_moves_nothing(page: Page, served: str) -> None:
    """The line lies on the edge: the same scene of a day before has its cards where they are."""
    places = (
        "() => Array.from(document.querySelectorAll('.wall-card'), (each) => each.getBoundingClientRect().toJSON())"
    )
    for at, count in (("2020-03-12", 0), ("2020-03-13", 5)):
        hang(page, served, f"/wall/national?at={at}&scene=usage", HD)
        assert len(old_of(page)) == count
        found = page.evaluate(places)
        if not count:
            before = found
    assert found == before


def test_no_verdict_is_drawn_from_old_figures(held: Store, settings: Settings) -> None:
    say = speaker("vi")
    for scene in ("targets", "map-DVC01"):
        answers = sent(held, settings, f"/wall/national?at={ALL}")[f"{scene}-answers"]
        assert shapes_of(answers) == ["stale", "stale", None]
        assert say("wall.nobody_behind") not in words_of(answers)
        assert say("wall.behind_old") in words_of(answers)
    some = sent(held, settings, f"/wall/national?at={SOME}")["targets-answers"]
    assert shapes_of(some) == ["stale", "behind", None]
    assert "số liệu cũ" in words_of(some)


def shapes_of(answers: Any) -> list[str | None]:
    return [node[1].get("data-status") for node in nodes_of(answers) if node[0] == "section"]
