"""Where one agency stands in one indicator: the figure in large, its terms, the way to the target, its levels."""

from decimal import Decimal
from typing import Any

from figures.bullet import bullet_marks
from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.address import change
from layouts.parts import (
    bullet,
    card,
    facts,
    figure_link,
    footer,
    glyph,
    head,
    labels,
    number,
    plain_source,
    sentence,
    simulated,
    state,
    table_link,
    told,
)
from layouts.words import as_of, period_of, period_words, source_title, title_of
from metrics.boards.breakdown import Breakdown
from metrics.boards.province import ProvinceBoard, Way
from metrics.figure import Figure
from metrics.status import Status

#: Between these, in percent of the scale, the name of the path stands clear of zero and of the target's name.
_FIRST, _LAST = 15.0, 56.0


def hero_card(board: ProvinceBoard, say: Say) -> Node:
    """The card; without a report for the period it says so and shows the last figure as such."""
    shown = board.row.value or board.last
    if shown is None:
        body: list[Child] = [state(say("province.never_title"), say("province.never"))]
    elif board.row.value is None:
        body = [_absent(board, shown, say)]
    else:
        body = [_figure(board, board.row.value, say), _scale(board, say)]
    if board.breakdown is not None:
        body += _levels(board.breakdown, board.row.judgement.status, say)
    else:
        body.append(_goal(board, say))
    body += _pace(board.way, say)
    is_simulated = _is_simulated(shown) or bool(board.breakdown and board.breakdown.simulated)
    marked = is_simulated or (board.way.pace_seen is not None and board.way.seen_simulated)
    return card(
        [
            head(title_of(board.indicator, say)),
            *body,
            footer(
                _source(board, shown, say),
                _labels(board, shown, say),
                table_link("hero", say) if shown or board.breakdown else None,
            ),
        ],
        simulated=marked,
        name="card card-hero",
    )


def things_of(code: str, say: Say) -> str:
    """What the terms of an indicator count: "dịch vụ"; the empty text where it has no word."""
    return say(f"things.{code}") if say.knows(f"things.{code}") else ""


def _is_simulated(figure: Figure | None) -> bool:
    return figure is not None and figure.trace is not None and figure.trace.status == "simulated"


def _figure(board: ProvinceBoard, value: Figure, say: Say) -> Node:
    lines: list[Child] = [html.P(_terms(board.row.terms, board, say))]
    if board.row.gap and board.way.path:
        gap = html.B(number(board.row.gap, say), className=str(board.row.judgement.status))
        lines.append(html.P(sentence(say, "province.gap", gap=gap, path=number(board.way.path, say))))
    elif board.row.target is None:
        lines.append(html.P(say("status.no_target"), className="ink2"))
    return html.Div(
        [html.P(figure_link(value, say), className="hero-value"), html.Div(lines, className="hero-lines")],
        className="hero",
    )


def _terms(terms: tuple[Figure, ...], board: ProvinceBoard, say: Say) -> Child:
    """Both terms of a share with what they count; a share without them says so, a count has none to tell."""
    if not terms:
        return say("provenance.no_terms") if board.indicator.unit_kind == "share" else None
    over, under = (number(term, say) for term in terms)
    things = things_of(board.indicator.code, say)
    if things:
        return sentence(say, "province.terms", numerator=over, denominator=under, things=html.Span(things))
    return sentence(say, "provenance.both_terms", numerator=over, denominator=under)


def _scale(board: ProvinceBoard, say: Say) -> Node | None:
    """The bullet with its three names; None without a target above zero."""
    target, expected = board.row.target, board.row.judgement.expected
    if board.row.number is None or target is None or target <= 0 or board.course.target is None:
        return None
    marks = float(board.row.number), float(target), None if expected is None else float(expected)
    place = bullet_marks(*marks).glide_pct
    names: list[Child] = [html.Span("0", className="scale-zero")]
    if place is not None and board.way.path:
        left = min(max(place, _FIRST), _LAST)
        words = sentence(say, "province.scale_path", path=number(board.way.path, say))
        names.append(html.Span(words, className="scale-path", style={"left": f"{left:.2f}%"}))
    words = sentence(say, "province.scale_target", target=number(board.course.target, say))
    names.append(html.Span(words, className="scale-target"))
    return html.Div(
        [bullet(*marks, board.row.judgement.status), html.Div(names, className="scale-names")], className="scale"
    )


def _absent(board: ProvinceBoard, last: Figure, say: Say) -> Node:
    """No report for the period: hatch in place of a bar, and the last figure with its own period and terms."""
    period = period_of(board.period.text, say) if board.period else ""
    lines: list[Child] = [html.P(say("province.last", period=period_words(last, say)))]
    if board.last_terms:
        lines.append(html.P(_terms(board.last_terms, board, say)))
    names: list[Child] = [html.Span("0", className="scale-zero")]
    if board.course.target is not None:
        words = sentence(say, "province.scale_target", target=number(board.course.target, say))
        names.append(html.Span(words, className="scale-target"))
    return html.Div(
        [
            html.P([glyph("nr"), say("province.absent", period=period)], className="state-title"),
            html.Div(
                [
                    html.Span(className="hatch", **{"aria-hidden": "true"}),
                    html.Div(names, className="scale-names"),
                ],
                className="scale",
            ),
            html.Div(
                [html.P(figure_link(last, say), className="hero-value"), html.Div(lines, className="hero-lines")],
                className="hero hero-last",
            ),
        ],
        className="hero-absent",
    )


def _levels(found: Breakdown, status: Status, say: Say) -> list[Child]:
    """A bar for each level on one scale from zero, and what does not add up."""
    most = max(each.number for each in found.levels) or Decimal(1)
    rows = [
        _bar(
            say("province.level", level=each.level),
            f"level-{each.level}",
            each.number / most,
            figure_link(each.value, say, unit=False),
        )
        for each in found.levels
    ]
    shown: list[Child] = [
        html.H3(sentence(say, "province.levels", period=html.Span(period_of(found.period.text, say)))),
        html.Ul(rows, className="levels", **{"data-status": str(status)}),
    ]
    if found.stated is not None:
        shown.append(_total(found, found.stated, say))
    return shown


def _bar(name: str, kind: str, part: Decimal, value: Node) -> Node:
    """A row of a small bar chart; `part` is how much of the scale the bar takes, 0 to 1."""
    bar = html.Span(className=f"level-bar {kind}", style={"width": f"{100 * part:.2f}%"})
    return html.Li(
        [
            html.Span(name),
            html.Span(bar, className="level-track", **{"aria-hidden": "true"}),
            html.Span(value, className="level-value"),
        ]
    )


def _total(found: Breakdown, stated: Figure, say: Say) -> Node:
    """The total of the source; where the levels do not add up to it both are told, and neither is mended."""
    total = figure_link(stated, say, unit=False)
    if not found.differs:
        return html.P(sentence(say, "province.levels_total", total=total), className="method")
    added: list[Child] = []
    for each in found.levels:
        added += [" + ", number(each.value, say, unit=False)] if added else [number(each.value, say, unit=False)]
    inexact = any(each.value.quantity.qualifier for each in found.levels) or stated.quantity.qualifier
    words: list[Child] = [
        html.B(say("province.levels_rounded" if inexact else "province.levels_unequal")),
        " ",
        *sentence(
            say,
            "province.levels_less" if found.differs < 0 else "province.levels_more",
            parts=html.Span(added),
            added=number(found.added, say),
            total=total,
        ),
    ]
    if found.unnamed:
        words += [" ", say("province.levels_unnamed", levels=", ".join(found.unnamed))]
    words += [" ", say("province.levels_kept")]
    return html.Div([glyph("watch"), html.P(words)], className="mismatch")


def _goal(board: ProvinceBoard, say: Say) -> Node | None:
    """The target, its day, and what is missing; None without a target."""
    target, due, shortfall = board.course.target, board.course.due, board.way.shortfall
    if target is None:
        return None
    rows: list[tuple[Child, ...]] = [(say("course.target"), number(target, say))]
    rows.append((say("fact.due"), day(due) if due else say("target.no_due")))
    if shortfall is not None:
        rows.append((say("fact.missing"), number(shortfall, say)))
    return facts(rows)


def _pace(way: Way, say: Say) -> list[Child]:
    """The pace seen and the one needed on one scale; nothing where none is needed."""
    if way.pace_needed is None:
        return []
    rows = [("needed", say("province.pace_needed"), way.pace_needed)]
    if way.pace_seen is not None and way.seen_since is not None:
        rows.insert(0, ("seen", say("province.pace_since", period=period_of(way.seen_since, say)), way.pace_seen))
    most = max(abs(figure.quantity.number) for _, _, figure in rows) or Decimal(1)
    bars = [
        _bar(name, f"pace-{kind}", max(Decimal(0), figure.quantity.number) / most, number(figure, say))
        for kind, name, figure in rows
    ]
    label = simulated(say) if way.pace_seen is not None and way.seen_simulated else None
    return [html.Div([html.H3(say("province.pace")), label], className="hero-head"), html.Ul(bars, className="paces")]


def _source(board: ProvinceBoard, shown: Figure | None, say: Say) -> Node:
    if shown is None or board.source is None:
        return plain_source(say("province.no_source"))
    words = say("tile.source", as_of=as_of(shown, say), source=source_title(board.source, say))
    return html.A([glyph("info"), html.Span(words)], className="source", href=change(figure=shown.mark))


def _labels(board: ProvinceBoard, shown: Figure | None, say: Say) -> Node | None:
    trace: Any = shown.trace if shown else None
    return labels(
        told(say("label.unconfirmed")) if trace and trace.certainty == "unconfirmed" else None,
        told(say("label.derived")) if trace and trace.divided else None,
        told(say("label.inferred_path")) if board.way.path and board.path_status == "inferred" else None,
        simulated(say) if _is_simulated(shown) else None,
    )
