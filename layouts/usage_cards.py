"""Three cards of usage: by level with how dossiers are counted, what nobody used, and reported beside computed."""

from collections.abc import Sequence
from datetime import date

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.address import only, rule_path, usage_path
from layouts.parts import (
    card,
    figure_link,
    footer,
    glyph,
    head,
    number,
    plain_source,
    sentence,
    simulated,
    table_link,
)
from layouts.words import begun, name_of, printed, tiny_of
from metrics.boards.usage import UnusedService, UsageBoard
from metrics.boards.usage_checks import Check
from metrics.boards.usage_levels import UsageLevel

#: So many are shown; all of them stand in the table.
_LISTED, _CHECKED = 8, 7
_HEADS = ("level", "offered", "used", "used_share", "received", "online", "online_share")
#: What is defined at the number, each by its rule.
_RULES = ("dossier", "online", "on_time", "unused", "per_thousand")


def levels_card(board: UsageBoard, say: Say) -> Node:
    """Services and dossiers by level, and the definitions of what is counted; of one procedure those alone."""
    heads = [
        html.Th(say("usage.head_share" if name.endswith("_share") else f"usage.head_{name}"), scope="col",
                className=f"level-{name}")
        for name in _HEADS
    ]  # fmt: skip
    rows = [_level(each, say) for each in board.levels]
    low = [each for each in board.levels if each.level <= 2]
    defined = [
        html.Div(
            [html.Dt(html.A(say(f"rule.{name}_title"), href=rule_path(name))), html.Dd(say(f"usage.short_{name}"))]
        )
        for name in _RULES
    ]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="plain usage-levels")
    shown = [
        head(say("usage.levels_title")),
        table,
        html.P(say("usage.levels_low"), className="method") if low else None,
        html.H3(say("usage.counting")),
    ]
    return card(
        [
            *(shown if rows else [head(say("usage.counting"))]),
            html.Dl(defined, className="usage-rules"),
            footer(
                plain_source(say("usage.levels_note", day=day(_counted_on(board)))),
                simulated(say) if board.simulated else None,
                table_link("levels", say) if rows else None,
            ),
        ],
        simulated=board.simulated,
        name="card card-usage-levels",
    )


def _counted_on(board: UsageBoard) -> date:
    assert board.period is not None  # there are levels
    return min(board.period.end, board.at)


def _level(each: UsageLevel, say: Say) -> Node:
    tally = each.tally
    share = each.used.share
    cells: list[Child] = [
        number(each.offered, say),
        number(each.used.over, say),
        number(share, say) if share is not None else "–",
        number(tally.received, say) if tally else "–",
        number(tally.online.over, say) if tally else "–",
        number(tally.online.share, say) if tally and tally.online.share is not None else "–",
    ]
    row = [html.Td(cell, className=f"number end level-{name}") for name, cell in zip(_HEADS[1:], cells, strict=True)]
    return html.Tr([html.Th(say("usage.of_level", level=each.level), scope="row"), *row])


def unused_card(board: UsageBoard, say: Say) -> Node:
    """The procedures at level 4 that had no dossier, by the number of agencies that offer them."""
    count = board.unused_count
    assert count is not None  # the caller asked
    listed = board.unused[:_LISTED]
    every = html.A(
        sentence(say, "usage.unused_all", count=html.Span(printed(count.over, say).text)),
        href=only(table="unused"),
        className="card-link",
    )
    table = _by_places(listed, say) if board.place.whole else _by_name(listed, say)
    return card(
        [
            head(say("usage.unused_title"), every if len(board.unused) > _LISTED else None),
            table if listed else html.P(say("usage.unused_none"), className="method"),
            html.P(say("usage.unused_method"), className="method") if listed else None,
            footer(
                plain_source(say("usage.unused_note"), "unused"),
                simulated(say) if board.simulated else None,
                table_link("unused", say) if listed else None,
            ),
        ],
        simulated=board.simulated,
        name="card card-usage-unused",
    )


def _by_places(listed: Sequence[UnusedService], say: Say) -> Node:
    """Of many agencies: at how many each procedure had no dossier."""
    most = max((float(each.places.quantity.number) for each in listed), default=1.0)
    heads = [html.Th(say(f"usage.head_{name}"), scope="col") for name in ("procedure", "places")]
    rows = []
    for each in listed:
        width = 100 * float(each.places.quantity.number) / most
        bar = html.Span(html.Span(className="usage-bar", style={"width": f"{width:.1f}%"}), className="usage-track")
        cells = [html.Td(number(each.places, say), className="number end"), html.Td(bar, className="usage-bars")]
        rows.append(html.Tr([_procedure(each, html.Small(each.procedure.group, lang="vi")), *cells]))
    head_ = html.Tr([*heads, html.Th(html.Span(say("usage.bar"), className="offscreen"), scope="col")])
    return html.Table([html.Thead(head_), html.Tbody(rows)], className="plain usage-unused unused-places")


def _by_name(listed: Sequence[UnusedService], say: Say) -> Node:
    """Of one agency: which procedures, and of which group."""
    heads = [html.Th(say(f"usage.head_{name}"), scope="col") for name in ("procedure", "group")]
    rows = [html.Tr([_procedure(each), html.Td(html.Span(each.procedure.group, lang="vi"))]) for each in listed]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="plain usage-unused")


def _procedure(each: UnusedService, more: Node | None = None) -> Node:
    code = html.Span(each.procedure.code, className="number procedure-code")
    return html.Th([html.Span(each.procedure.name, lang="vi"), more or html.Small(code)], scope="row")


def checks_card(board: UsageBoard, say: Say) -> Node:
    """Each share as reported beside the one that services and dossiers add up to."""
    listed = board.checks[:_CHECKED]
    top = max((_height(each) for each in listed), default=1.0) or 1.0
    heads = [html.Th(say(f"usage.head_{name}"), scope="col") for name in ("check", "reported", "computed", "points")]
    table = html.Table(
        [html.Thead(html.Tr(heads)), html.Tbody([_check(each, top, board, say) for each in listed])],
        className="plain usage-checks",
    )
    key = html.Span(
        [
            html.Span([html.Span(className=f"check-key check-{name}"), word], className="legend-part")
            for name, word in (("reported", say("usage.check_reported")), ("computed", say("usage.check_computed")))
        ],
        className="legend",
    )
    shown = any(each.simulated for each in board.checks)
    return card(
        [
            head(say("usage.checks_title"), key),
            table,
            html.P(say("usage.checks_method"), className="method"),
            footer(
                plain_source(say("usage.checks_note"), "crosscheck"),
                simulated(say, partly=True) if shown else None,
                table_link("checks", say),
            ),
        ],
        simulated=shown,
        name="card card-usage-checks",
    )


def _height(each: Check) -> float:
    computed = each.computed.share
    values = [each.reported.quantity.number, *([computed.quantity.number] if computed else [])]
    return float(max(values))


def _check(each: Check, top: float, board: UsageBoard, say: Say) -> Node:
    computed = each.computed.share
    assert computed is not None  # a check has both sides
    words = say("usage.nation") if each.national else name_of(each.agency, say)
    who = html.Span(words)
    if board.place.whole and not each.national:
        who = html.A(words, href=usage_path(each.agency.code))
    terms = {name: printed(getattr(each.computed, name), say).text for name in ("over", "under")}
    difference: list[Child] = [number(each.difference, say, unit=False)]
    if each.to_verify:
        difference = [glyph("watch", say("usage.to_verify")), " ", *difference]
    cells: list[Child] = [figure_link(each.reported, say), number(computed, say), difference]
    counted = [begun(tiny_of(each.indicator, say)), say("usage.check_terms", **terms)]
    if each.on != _counted_on(board):
        counted.append(say("usage.on_day", day=day(each.on)))
    name = [who, html.Small(", ".join(counted)), _line(each, top)]
    marks = {"data-simulated": "true"} if each.simulated else {}
    return html.Tr(
        [html.Th(name, scope="row"), *(html.Td(cell, className="number end") for cell in cells)],
        **{"data-check": f"{each.indicator.code}/{each.agency.code}"},
        **marks,
    )


def _line(each: Check, top: float) -> Node:
    """Both shares on one line from zero, with what is between them."""
    figures = {"reported": each.reported, "computed": each.computed.share}
    ends = {name: 100 * float(one.quantity.number) / top for name, one in figures.items() if one is not None}
    low, high = min(ends.values()), max(ends.values())
    between = html.Span(className="check-between", style={"left": f"{low:.2f}%", "width": f"{high - low:.2f}%"})
    spots = [
        html.Span(className=f"check-spot check-{name}", style={"left": f"{end:.2f}%"}) for name, end in ends.items()
    ]
    return html.Span([between, *spots], className="check-line", **{"aria-hidden": "true"})
