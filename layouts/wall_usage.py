"""The scene of usage: the share online by month, what was on time, levels, provinces, and what nobody used."""

from collections.abc import Callable, Sequence

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.parts import figure_link, glyph, number, sentence, state, told
from layouts.twin import Twin
from layouts.usage_twins import months_twin, usage_twins
from layouts.wall_age import age
from layouts.wall_scene import Answer, Far, Scene, own, part_simulated, signs, wall_card
from layouts.wall_usage_cards import levels_card, on_time_card
from layouts.wall_usage_months import months_card
from layouts.wall_usage_ranks import lowest_card, rank_card, unused_card
from layouts.wall_usage_twins import owners_twin, provinces_twin
from layouts.words import begun, name_of, period_of
from metrics.boards.wall_usage import UsageAim, UsagePlaced, WallUsage
from metrics.status import Status

#: The cards of the scene, by the column in which they stand.
COLUMNS = (("months", "portal"), ("on_time", "levels"), ("rank", "unused"))
#: So many are named where several are equally low.
_NAMED = 2


def scene(named: tuple[str, int], made: Callable[[], WallUsage], say: Say) -> Scene:
    """The scene; `named` is its name and how many seconds it stays."""
    name, seconds = named
    body = [
        html.Div([html.Part(own(name, part)) for part in parts], className=f"wall-stack wall-of-{parts[0]}")
        for parts in COLUMNS
    ]
    return Scene(
        name,
        "usage",
        seconds,
        title=lambda: say("wall.title_usage"),
        answers=lambda: _answers(made(), say),
        parts={
            "months": lambda: months_card(made(), say),
            "portal": lambda: _portal_card(made(), say),
            "on_time": lambda: on_time_card(made(), say),
            "levels": lambda: levels_card(made(), say),
            "rank": lambda: rank_card(made(), say),
            "unused": lambda: unused_card(made(), say),
        },
        body=body,
        foot=lambda: _foot(made(), say),
        boards=lambda: [made()],
        far=(
            Far(0, {"on_time": lambda: on_time_card(made(), say), "unused": lambda: unused_card(made(), say)}),
            Far(1, {"lowest": lambda: lowest_card(made(), say)}),
            Far(2, {"months": lambda: months_card(made(), say)}),
        ),
        twins={
            "usage": lambda: _twin(made(), "tiles", say),
            "months": lambda: months_twin(made().months, say, simulated=made().simulated),
            "levels": lambda: _twin(made(), "levels", say),
            "rank": lambda: provinces_twin(made(), say),
            "unused": lambda: owners_twin(made(), say),
        },
    )


def _twin(board: WallUsage, name: str, say: Say) -> Twin | None:
    """A table of the board of usage; None where there is no month."""
    make = None if board.board.period is None else usage_twins(board.board, say).get(name)
    return make() if make else None


def _answers(board: WallUsage, say: Say) -> Sequence[Answer]:
    return (_on_target(board, say), _least(board, say), _changed(board, say))


def _on_target(board: WallUsage, say: Say) -> Answer:
    """The share online; it has no target of its own, so the one that NQ 17/NQ-CP sets each agency stands under it."""
    question, whole, aim = say("wall.ask_target"), board.board.whole, board.aim
    under = say("wall.no_verdict") if aim is None else _aimed(aim, say)
    simulated = part_simulated(board.simulated, say)
    if whole is None or whole.online.share is None:
        return Answer(question, say("usage.answer_none"), under, "nr", simulated)
    words = sentence(say, "wall.usage_share", share=number(whole.online.share, say))
    return Answer(question, words, under, str(aim.status) if aim else "na", simulated)


def _aimed(aim: UsageAim, say: Say) -> Child:
    parts = {"source": aim.source.code, "target": number(aim.value, say)}
    if aim.stale:
        return sentence(say, "wall.usage_aim_old", **parts)
    if aim.reached is None or aim.reported is None:
        return sentence(say, "wall.usage_aim_nobody", **parts)
    return sentence(say, "wall.usage_aim", n=number(aim.reached, say), of=number(aim.reported, say), **parts)


def _least(board: WallUsage, say: Say) -> Answer:
    """Which province received the least online; nobody is judged by it."""
    question, usage = say("wall.usage_ask_least"), board.board
    if usage.period is None or not board.placed:
        return Answer(question, say("wall.nobody_reported"), shape="nr")
    counts = {"n": number(usage.reported, say), "of": number(usage.owing, say)}
    under = sentence(say, "wall.usage_reported", period=period_of(usage.period.text, say), **counts)
    last = board.placed[-1].row.measured
    assert last is not None  # who has a rank has a share
    low = [each for each in board.placed if _share_of(each) == last.quantity.number]
    names = ", ".join(name_of(each.row.agency, say) for each in low[:_NAMED])
    words = sentence(say, "wall.usage_least", name=names, share=number(last, say))
    shape = "nr" if usage.reported.quantity != usage.owing.quantity else None
    return Answer(question, words, under, shape, part_simulated(board.simulated, say))


def _share_of(placed: UsagePlaced) -> object:
    return placed.row.measured.quantity.number if placed.row.measured else None


def _changed(board: WallUsage, say: Say) -> Answer:
    """The last month beside the one before, as delivered by now."""
    months = board.board.months
    if board.before is None or len(months) < 2:
        return Answer(say("wall.usage_ask_month"), say("wall.nothing_changed"), say("wall.usage_unchanged"))
    question = say("wall.usage_ask_changed", period=period_of(board.before.text, say))
    now, then = months[-1].tally, months[-2].tally
    label = part_simulated(board.simulated, say)
    under = None
    if now is not None and then is not None:
        under = sentence(say, "wall.usage_received", now=number(now.received, say), then=number(then.received, say))
    if board.board.change is None:
        return Answer(question, say("wall.usage_unchanged"), under, None, label)
    words = sentence(say, "wall.usage_changed", change=number(board.board.change, say))
    return Answer(question, words, under, None, label)


def _portal_card(board: WallUsage, say: Say) -> Node:
    """What sources told of the portal, and what is counted of it; nothing of it is simulated."""
    portal = board.portal
    if portal is None:
        body = state(say("status.never"), "", shape="nr")
        return wall_card("wall-portal", say("wall.usage_portal"), body, "")
    lines = [
        html.Li(
            [
                html.Span(day(step.on), className="num portal-day"),
                html.Span(step.milestone.name_vi if say.language == "vi" else step.milestone.name_en),
            ]
        )
        for step in portal.system.told[:2]
    ]
    known = [(indicator, figure) for indicator, figure in portal.counted if figure is not None]
    unknown = [say(f"wall.usage_of_{each.code}") for each, figure in portal.counted if figure is None]
    lines += [
        html.Li([html.Span(html.B(figure_link(figure, say))), html.Span(name_of(each, say))])
        for each, figure in known
        if figure is not None
    ]
    if unknown:
        words = sentence(say, "wall.usage_unknown", what=", ".join(unknown))
        lines.append(html.Li([glyph("nr", say("status.nr")), begun("".join(words))], className="portal-unknown"))
    sources = dict.fromkeys(step.source.code for step in portal.system.told[:2])
    foot = say("wall.source", source=", ".join(sources)) if sources else ""
    title, label = [name_of(portal.system.system, say)], told(say("data_status.official"))
    body, aged = html.Ul(lines, className="portal-lines"), age(board.fresh.portal, say)
    return wall_card("wall-portal", title, body, foot, label=label, age=aged)


def _foot(board: WallUsage, say: Say) -> list[Child]:
    shown = [(str(Status.NA), say("status.no_target")), (str(Status.OVERDUE), say("status.overdue"))]
    if board.absent:
        shown.append((str(Status.NR), say("status.nr")))
    shown += [("up", say("wall.usage_up")), ("down", say("wall.usage_down"))]
    return signs(shown, say("wall.source", source=say("wall.usage_source")))
