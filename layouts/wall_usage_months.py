"""The months of usage on the wall: the share online as a line, and under it what was received, month by month."""

from collections.abc import Iterator
from decimal import Decimal

from figures.axis import ticks
from figures.columns import Grid
from figures.node import Child, Node
from figures.share_line import Beside, SharePoint, share_line
from i18n import Say
from i18n.formats import as_written, day
from layouts import html
from layouts.parts import number, sentence, state
from layouts.usage_months import months_drawing
from layouts.wall_age import age
from layouts.wall_scene import part_simulated, wall_card
from metrics.boards.usage_months import UsageMonth
from metrics.boards.wall_usage import WallUsage

#: How much of the line's plot the words beside it take, in percent: two lines, or one.
_HIGH, _LOW = 38.0, 22.0


def months_card(board: WallUsage, say: Say) -> Node:
    """The share online over the dossiers received, month under month; the one that runs is dashed and dated."""
    title = say("usage.months_title")
    last = max((each.last_day for each in board.months if each.last_day), default=None)
    if not board.months or last is None:
        nothing = state(say("usage.empty_title"), say("wall.usage_empty"), shape="nr")
        return wall_card("wall-months", title, nothing, "")
    foot: list[Child] = [say("wall.usage_until", day=day(last))]
    if board.aim is not None:
        foot.append(sentence(say, "wall.usage_aim_note", source=board.aim.source.code))
    body = html.Div(
        [
            html.H3(say("wall.usage_share_axis")),
            _shares(board, say),
            html.H3(_volume_title(board, say)),
            html.Div([months_drawing(board.months, say, shares=False), _keys(say)],
                     className="usage-volume"),
        ],
        className="usage-time",
    )  # fmt: skip
    label, aged = part_simulated(board.simulated, say), age(board.fresh.months, say)
    return wall_card("wall-months", title, body, foot, label=label, age=aged)


def _shares(board: WallUsage, say: Say) -> Node:
    months, aim = board.months, board.aim
    goal = None if aim is None else float(aim.value.quantity.number)
    first = next((at for at, each in enumerate(months) if _share(each) is not None), None)
    points = [_point(each, say, labelled=at == first) for at, each in enumerate(months)]
    top = max([*(each.value for each in points if each.value is not None), goal or 0.0], default=0.0)
    grid = [Grid(float(mark), as_written(Decimal(mark), say.language)) for mark in ticks(top)]
    beside = list(_beside(board, say))
    return share_line(points, grid, goal, beside, say("wall.usage_share_described", months=len(months)))


def _share(month: UsageMonth) -> float | None:
    share = month.tally.online.share if month.tally else None
    return None if share is None else float(share.quantity.number)


def _point(month: UsageMonth, say: Say, *, labelled: bool) -> SharePoint:
    share = month.tally.online.share if month.tally else None
    label = number(share, say) if share is not None and labelled else None
    return SharePoint(_share(month), label, month.whole)


def _beside(board: WallUsage, say: Say) -> Iterator[Beside]:
    """The target, the latest whole month, and the one that runs, each as high as it stands."""
    if board.aim is not None:
        words: list[Child] = [
            html.B(sentence(say, "wall.usage_goal", target=number(board.aim.value, say))),
            html.Small(say("wall.usage_goal_of")),
        ]
        yield Beside(float(board.aim.value.quantity.number), words, _HIGH, "share-aim")
    whole = next((each for each in reversed(board.months) if each.whole and _share(each) is not None), None)
    running = board.months[-1] if not board.months[-1].whole else None
    for month, name in ((running, "share-now"), (whole, "share-last")):
        share = month.tally.online.share if month and month.tally else None
        if month is None or share is None:
            continue
        when = _digits(month)
        if month is running and month.last_day is not None:
            when = say("usage.to_day", day=f"{month.last_day:%d/%m}")
        words = [html.B(number(share, say)), " ", html.Small(when)]
        yield Beside(float(share.quantity.number), words, _LOW, name)


def _volume_title(board: WallUsage, say: Say) -> Child:
    """What the columns are of, and how much it was in the latest whole month."""
    whole = next((each for each in reversed(board.months) if each.whole and each.tally is not None), None)
    if whole is None or whole.tally is None:
        return say("wall.usage_volume_axis")
    figures = {"received": number(whole.tally.received, say), "online": number(whole.tally.online.over, say)}
    return sentence(say, "wall.usage_volume_of", month=_digits(whole), **figures)


def _keys(say: Say) -> Node:
    """What the two parts of a column are, the upper one first."""
    keys = [
        html.Span(
            [html.Span(className=f"usage-key key-{name}"), html.Span(say(f"usage.key_{name}"))],
            className="usage-part-name",
        )
        for name in ("other", "online")
    ]
    return html.Div(keys, className="usage-beside")


def _digits(month: UsageMonth) -> str:
    return f"{month.period.start:%m/%Y}"
