"""Two scenes of the wall, usage of services and the plan of the National Assembly, beside their screens."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.scope import EVERYTHING
from data.store import Store
from figures.columns import Grid
from figures.share_line import Beside, SharePoint, share_line
from i18n import LANGUAGES, speaker
from layouts.wall_usage_ranks import rank_card
from metrics.asked import Asked
from metrics.boards.wall_usage import wall_usage
from metrics.figure import figures_of
from settings import Settings
from tests.test_figures_agree import differences
from tests.trees import Trees, marked, nodes_of, sent

PROFILES = """
[uses]
scene = [ { show = "usage" }, { show = "economy" } ]
[uses-en]
language = "en"
scene = [ { show = "usage" }, { show = "economy" } ]
[far]
density = "far"
scene = [ { show = "usage" }, { show = "economy" } ]
"""
PROFILE_OF = {"vi": "/wall/uses", "en": "/wall/uses-en"}
CARDS = ("months", "portal", "on_time", "levels", "rank", "unused")
#: The lines of the plan of 2019, in their official order.
LINES = [f"KTXH{number:02}" for number in range(1, 13)]


@pytest.fixture
def hung(demonstration_url: str, tmp_path: Path) -> Settings:
    """The settings of the demonstration, with profiles of these two scenes alone."""
    file = tmp_path / "wall.toml"
    file.write_text(PROFILES, "utf-8")
    return Settings.from_env({"DATABASE_URL": demonstration_url, "DEMO": "on", "WALL_PROFILES": str(file)})


def within(trees: Trees, name: str) -> list[tuple[str, str]]:
    """Mark and text of every figure of one part and of those in it."""
    return marked({**trees, "frame": ["div", {}, ["Part", {"name": name}]]})


def words_of(tree: Any) -> str:
    if not isinstance(tree, list):
        return str(tree).replace("\u00a0", " ")
    return "".join(map(words_of, tree if not tree or isinstance(tree[0], list) else tree[2:]))


def with_class(tree: Any, name: str) -> Iterator[list[Any]]:
    return (node for node in nodes_of(tree) if name in str(node[1].get("className", "")).split())


def card_of(trees: Trees, name: str) -> list[Any]:
    return next(with_class(trees[name], "wall-card"))


def answers_of(trees: Trees, scene: str) -> list[tuple[str, str]]:
    """The sentence of each answer and the line under it."""
    answers = [node for node in nodes_of(trees[f"{scene}-answers"]) if node[0] == "section"]
    return [
        (words_of(next(with_class(each, "wall-words"))), words_of(next(with_class(each, "wall-under"))))
        for each in answers
    ]


def same_figures(wall: list[tuple[str, str]], screens: list[tuple[str, str]], at_least: int) -> None:
    """Whatever both show reads the same; so many are shown by both."""
    known = dict(screens)
    both = [(mark, text) for mark, text in wall if mark in known]
    assert len(both) >= at_least
    assert differences(both, known) == []


# Usage


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_of_usage_are_those_of_its_screens(held: Store, hung: Settings, language: str) -> None:
    wall = within(sent(held, hung, PROFILE_OF[language]), "usage")
    same_figures(wall, marked(sent(held, hung, f"/usage?lang={language}")), 20)
    same_figures(wall, marked(sent(held, hung, f"/usage?lang={language}&group=provinces&measure=online")), 20)
    for code in ("48", "40"):
        own = marked(sent(held, hung, f"/usage/{code}?lang={language}"))
        same_figures([each for each in wall if each[0].startswith("unused/")], own, 2 if code == "48" else 0)


def test_usage_answers_who_uses_least_and_what_moved(held: Store, hung: Settings) -> None:
    assert answers_of(sent(held, hung, "/wall/uses"), "usage") == [
        ("13,2% hồ sơ trực tuyến", "NQ17: mỗi nơi 20% hồ sơ giải quyết trực tuyến; 0/84 nơi đạt"),
        ("Thấp nhất: Khánh Hòa 8,1%", "85/85 cơ quan đã báo cáo tháng 01 năm 2020"),
        ("+0,7 điểm % trực tuyến", "Tiếp nhận 1.625.426 hồ sơ, tháng trước 1.960.473"),
    ]


def test_a_share_without_a_target_has_no_verdict(held: Store, hung: Settings) -> None:
    """The target is of dossiers handled online, and no path leads to it: nothing is called late."""
    trees = sent(held, hung, "/wall/uses")
    shapes = [node[1].get("data-status") for node in nodes_of(trees["usage-answers"]) if node[0] == "section"]
    assert shapes == ["na", None, None]
    assert [node for name in CARDS for node in nodes_of(trees[f"usage-{name}"]) if node[1].get("data-status")] == []


def test_both_shares_on_time_and_what_was_late_stand_with_their_terms(held: Store, hung: Settings) -> None:
    words = words_of(sent(held, hung, "/wall/uses")["usage-on_time"])
    for part in (
        *("96,2%", "mẫu số 1.625.426", "96,3%", "mẫu số 1.623.833"),
        *("3,7% quá hạn (60.263)", "96.327", "3.576 quá hạn"),
    ):
        assert part in words


def test_the_first_and_the_last_provinces_are_ranked_and_those_between_told(held: Store, hung: Settings) -> None:
    rows = [
        node
        for node in nodes_of(sent(held, hung, "/wall/uses")["usage-rank"])
        if node[0] == "tr" and node[1].get("data-agency")
    ]
    ranks = [words_of(next(with_class(row, "rank-no"))) for row in rows]
    assert ranks == ["1", "2", "3", "4", "5", "59", "60", "60", "62", "63"]
    assert "53 địa phương, hạng 5 đến 58" in words_of(sent(held, hung, "/wall/uses")["usage-rank"])


def test_who_did_not_report_has_no_rank_and_takes_the_room_of_the_first(held: Store) -> None:
    board = wall_usage(held, EVERYTHING, Asked(date(2020, 2, 14)))
    missing = tuple(each.row.agency for each in board.placed[:4])
    tree = rank_card(replace(board, absent=missing), speaker("vi"))
    rows = [node for node in tree.nodes() if node.tag == "tr" and "data-agency" in node.attributes]
    absent = [row.text for row in rows if row.attributes.get("className") == "unreported"]
    assert len(rows) == 2 + 5 + 2
    assert absent == [f"–  {each.name_vi}chưa báo cáo".replace("  ", " ") for each in missing[:2]]
    assert "và 2 cơ quan nữa chưa báo cáo" in tree.text


def test_the_month_that_runs_is_apart_and_dated(held: Store, hung: Settings) -> None:
    tree = sent(held, hung, "/wall/uses")["usage-months"]
    assert len(list(with_class(tree, "share-part"))) == len(list(with_class(tree, "column-part"))) == 1
    assert "đến 12/02" in words_of(next(with_class(tree, "share-now")))
    assert "mục tiêu 20%" in words_of(next(with_class(tree, "share-aim")))


def test_what_nobody_used_is_told_of_all_and_of_who_offers_most(held: Store, hung: Settings) -> None:
    tree = sent(held, hung, "/wall/uses")["usage-unused"]
    assert "1.179trên 2.451 dịch vụ" in words_of(tree) and "cần xác minh" in words_of(tree)
    rows = [words_of(row).partition("/")[0] for row in with_class(tree, "unused-row")]
    counts = [int("".join(filter(str.isdigit, row))) for row in rows]
    assert len(counts) == 4 and counts == sorted(counts, reverse=True)
    assert "và 78 cơ quan khác" in words_of(tree)


def test_every_simulated_card_says_so_and_no_other(held: Store, hung: Settings) -> None:
    trees = sent(held, hung, "/wall/uses")
    told = {name for name in CARDS if card_of(trees, f"usage-{name}")[1].get("data-simulated")}
    assert told == set(CARDS) - {"portal"}
    for name in told:
        assert list(with_class(trees[f"usage-{name}"], "sim"))
    assert [name for name in ("first", "last") if card_of(trees, f"economy-{name}")[1].get("data-simulated")] == []


def test_what_is_not_counted_of_the_portal_is_told_unknown(held: Store, hung: Settings) -> None:
    words = words_of(sent(held, hung, "/wall/uses")["usage-portal"])
    assert "09/12/2019Khai trương Cổng Dịch vụ công quốc gia" in words
    assert "Số tài khoản, lượt truy cập, số dịch vụ: chưa có số liệu" in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_without_usage_or_plan_says_so_in_every_card(held: Store, hung: Settings, language: str) -> None:
    trees = sent(held, hung, f"{PROFILE_OF[language]}?at=2018-01-01")
    say = speaker(language)
    assert within(trees, "usage") == within(trees, "economy") == []
    for name in set(CARDS) - {"portal"}:
        assert say("wall.usage_empty") in words_of(trees[f"usage-{name}"])
    for name in ("first", "last"):
        assert say("economy.nothing") in words_of(trees[f"economy-{name}"])
    assert answers_of(trees, "usage")[0][0] == say("usage.answer_none")
    assert answers_of(trees, "economy")[0][0] == say("wall.economy_no_plan")


# The plan


@pytest.mark.parametrize("day", ["2020-02-14", "2019-12-01", "2019-06-01"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_of_the_plan_are_those_of_its_screen(
    held: Store, hung: Settings, language: str, day: str
) -> None:
    wall = within(sent(held, hung, f"{PROFILE_OF[language]}?at={day}"), "economy")
    same_figures(wall, marked(sent(held, hung, f"/?theme=economy&lang={language}&at={day}")), 12)


def test_twelve_lines_stand_in_their_official_order(held: Store, hung: Settings) -> None:
    trees = sent(held, hung, "/wall/uses")
    rows = [node for name in ("first", "last") for node in nodes_of(trees[f"economy-{name}"])]
    assert [node[1]["data-line"] for node in rows if "data-line" in node[1]] == LINES
    assert [node[1]["data-line"] for node in rows if node[1].get("data-doubt")] == [
        "KTXH06", "KTXH07", "KTXH11", "KTXH12"]  # fmt: skip


def test_the_official_verdicts_are_quoted_beside_our_count(held: Store, hung: Settings) -> None:
    trees = sent(held, hung, "/wall/uses")
    assert answers_of(trees, "economy") == [
        ("11/12 đạt hoặc vượt", "Đánh giá chính thức: 7 vượt, 5 đạt; 1 không ghi số"),
        ("0 chưa đạt, 4 cần đối chiếu", "Lệch đánh giá: số 6, 7; bằng kế hoạch: số 11, 12"),
        ("5 nâng, 4 giữ nguyên", "3 đổi cách ghi: số 1, 2, 3"),
    ]
    chips = [words_of(chip) for name in ("first", "last") for chip in with_class(trees[f"economy-{name}"], "chip")]
    assert (chips.count("Vượt"), chips.count("Đạt")) == (7, 5)


def test_a_line_tells_where_it_stands_and_what_is_below_it(held: Store, hung: Settings) -> None:
    trees = sent(held, hung, "/wall/uses")
    rows = {
        node[1]["data-line"]: words_of(node)
        for name in ("first", "last")
        for node in nodes_of(trees[f"economy-{name}"])
        if "data-line" in node[1]
    }
    assert "cao hơn cận trên 0,22 điểm %" in rows["KTXH01"]
    assert "xuất siêunguồn không ghi số" in rows["KTXH04"]
    assert "Trong đó: huyện nghèo trên 4" in rows["KTXH06"] and "quy tắc: đạt" in rows["KTXH06"]
    assert "quy tắc: vượt" in rows["KTXH07"]
    assert "bằng đúng kế hoạch" in rows["KTXH12"]


def test_what_has_no_number_has_no_bar(held: Store, hung: Settings) -> None:
    trees = sent(held, hung, "/wall/uses")
    row = next(node for node in nodes_of(trees["economy-first"]) if node[1].get("data-line") == "KTXH04")
    assert list(with_class(row, "plan-good")) and not list(with_class(row, "plan-value"))
    before = sent(held, hung, "/wall/uses?at=2019-06-01")
    assert not list(with_class(before["economy-first"], "plan-value"))
    assert len(list(with_class(before["economy-first"], "hatch"))) == 6


# Seen from far, and what a meeting keeps


def test_from_far_every_part_has_one_answer_and_its_own_figures(held: Store, hung: Settings) -> None:
    trees = sent(held, hung, "/wall/far")
    parts = [*(f"usage-{at}" for at in (1, 2, 3)), *(f"economy-{at}" for at in (1, 2, 3, 4))]
    for name in parts:
        assert len(answers_of(trees, name)) == 1
        assert len(within(trees, name)) >= 5
    lines = [
        [node[1]["data-line"] for node in nodes_of(trees[name]) if "data-line" in node[1]]
        for name in ("economy-1-first", "economy-2-last", "economy-3-doubted", "economy-4-changed")
    ]
    assert lines[0] + lines[1] == LINES
    assert lines[2] == ["KTXH06", "KTXH07", "KTXH11", "KTXH12"]
    assert lines[3] == LINES[7:]


def test_a_month_without_a_report_is_a_gap_and_not_a_line() -> None:
    points = [SharePoint(4.0), SharePoint(None), SharePoint(6.0), SharePoint(7.0, whole=False)]
    drawn = share_line(points, [Grid(10.0, "10")], 10.0, [Beside(10.0, "aim", 30.0), Beside(9.9, "last", 30.0)], "x")
    nodes = list(drawn.nodes())
    names = [str(node.attributes.get("className", "")) for node in nodes]
    assert names.count("share-actual") == 2 and names.count("hatch share-absent") == 1
    assert names.count("share-running") == 1 and names.count("share-goal") == 1
    tops = [
        float(node["style"]["top"].rstrip("%"))
        for node in nodes
        if "share-beside" in str(node.attributes.get("className"))
    ]
    assert tops[1] - tops[0] >= 29.9


def test_a_mark_names_one_number_on_the_whole_board(held: Store) -> None:
    """The board is written to a file for the minutes, where each mark stands once."""
    told: dict[str, set[str]] = {}
    for figure in figures_of(wall_usage(held, EVERYTHING, Asked(date(2020, 2, 14)))):
        told.setdefault(figure.mark, set()).add(str(figure.quantity))
    assert len(told) > 500
    assert {mark: values for mark, values in told.items() if len(values) > 1} == {}
