"""The way from the nation to one procedure in columns: the steps that were taken and the next, one click each."""

from typing import cast

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.address import usage_path
from layouts.parts import card, footer, glyph, head, number, plain_source, sentence, simulated, table_link
from layouts.words import Named, name_of
from metrics.boards.usage import UsageBoard
from metrics.boards.usage_path import UsagePart, UsageProcedure, UsageStep

#: What is chosen at each step.
STEPS = ("agency", "group", "procedure")


def thing_name(thing: object, say: Say) -> Node:
    """The name of an agency, of a group of services or of a procedure; the catalogue's are in Vietnamese alone."""
    name = getattr(thing, "name", None)
    if isinstance(name, str):
        return html.Span(name, lang="vi")
    assert hasattr(thing, "name_vi")  # an agency has a name in both languages
    return html.Span(name_of(cast("Named", thing), say))


def steps_card(board: UsageBoard, say: Say) -> Node:
    """The steps to the place of the board and the next one."""
    path = board.path
    taken = len(board.place.path)
    address = "/".join(("/usage", *board.place.path))
    place = board.place
    of = (None, place.agency, place.group)
    columns = [_step((at, of[at]), step, taken, say, outside=board.outside) for at, step in enumerate(path.steps)]
    if path.procedure is not None:
        columns.append(_procedure(path.procedure, len(path.steps), board, say))
    return card(
        [
            head(say("usage.steps_title_own" if board.outside else "usage.steps_title"), html.Code(address)),
            html.Div(columns, className=f"steps steps-{len(columns)}"),
            footer(
                plain_source(say("usage.steps_note")),
                simulated(say) if board.simulated else None,
                table_link("steps", say),
            ),
        ],
        simulated=board.simulated,
        name="card card-usage-steps",
    )


def _step(which: tuple[int, object], step: UsageStep, taken: int, say: Say, *, outside: bool) -> Node:
    """One step, by its number and what it is a part of; of one that was taken the chosen part is in sight, the next
    one takes all the room there is. `outside` says that the nation's agencies are not all to be seen."""
    at, of = which
    title: Child = say("usage.step_own" if outside and at == 0 else f"usage.step_{STEPS[at]}")
    name = title
    if of is not None:
        name = thing_name(of, say).text
        title = sentence(say, f"usage.step_{STEPS[at]}_of", name=thing_name(of, say))
    whole = None
    if step.received is not None:
        counts = {"count": number(step.count, say), "received": number(step.received, say)}
        whole = html.Small(sentence(say, f"usage.step_sum_{STEPS[at]}", **counts))
    open_ = at == taken
    region = {} if open_ else {"tabIndex": 0, "role": "region", "aria-label": name, "data-scrolls": "true"}
    return html.Div(
        [
            html.P([html.Span(str(at + 1), className="step-no"), html.Span([title, whole])], className="step-head"),
            html.Div(html.Ul([_part(each, say) for each in step.parts]), className="step-parts", **region),
        ],
        className="step step-open" if open_ else "step",
    )


def _part(each: UsagePart, say: Say) -> Node:
    share: Child = None
    if each.online is not None:
        share = number(each.online.share, say) if each.online.share is not None else "–"
    counts: list[Child] = [
        html.Span(number(each.received, say) if each.received is not None else say("usage.not_reported"),
                  className="step-count" if each.received is not None else "step-absent"),
        html.Span(share, className="step-share"),
        glyph("chevron-right"),
    ]  # fmt: skip
    here = {"aria-current": "true"} if each.here else {}
    name = thing_name(each.thing, say)
    return html.Li(html.A([html.Span(name, className="step-name", title=name.text), *counts],
                          href=usage_path(*each.path), **here))  # fmt: skip


def _procedure(found: UsageProcedure, at: int, board: UsageBoard, say: Say) -> Node:
    """The end of the way: one procedure of one agency."""
    rows: list[tuple[str, Child]] = []
    tally = found.tally
    if tally is None:
        rows.append((say("usage.head_received"), say("usage.not_reported")))
    else:
        online = tally.online
        share: Child = [number(online.over, say)]
        if online.share is not None:
            share = [number(online.over, say), " (", number(online.share, say), ")"]
        received, resolved = tally.on_time_of_received.share, tally.on_time_of_resolved.share
        rows += [
            (say("usage.head_received"), number(tally.received, say)),
            (say("usage.head_online"), share),
            (say("usage.on_time_received_row"), number(received, say) if received else "–"),
            (say("usage.on_time_resolved_row"), number(resolved, say) if resolved else "–"),
        ]
    level: Child = say("usage.not_offered_title")
    if found.level is not None and found.since is not None:
        level = say("usage.level_since_row", level=found.level, day=day(found.since))
    rows.append((say("usage.level_row"), level))
    rows.append((say("column.code"), html.Span(found.procedure.code, className="number")))
    pairs = [html.Div([html.Dt(name), html.Dd(value)]) for name, value in rows]
    assert board.place.agency is not None  # a procedure is one of an agency
    name = [thing_name(found.procedure, say), ", ", name_of(board.place.agency, say)]
    return html.Div(
        [
            html.P([html.Span(str(at + 1), className="step-no"), html.Span(name)], className="step-head"),
            html.Dl(pairs, className="step-facts"),
        ],
        className="step step-end",
    )
