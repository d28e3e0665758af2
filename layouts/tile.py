"""One of the four national targets: gauge, chip, at most three facts, and on whose word."""

from typing import Any

from figures.gauge import GaugeShape, as_data_uri, gauge_svg
from figures.node import Node
from figures.theme import LIGHT, Palette
from i18n import Say
from layouts import html
from layouts.address import change
from layouts.parts import (
    bullet,
    chip,
    fact,
    facts,
    figure_link,
    footer,
    glyph,
    labels,
    number,
    plain_source,
    sentence,
    simulated,
    table_link,
    told,
)
from layouts.words import as_of, due_text, period_of, printed, source_short, source_title, status_word, title_of
from metrics.boards.national import National
from metrics.status import Status

_ON_ITS_WAY = (Status.GOOD, Status.MET, Status.EXCEEDED)


def tile(nation: National, say: Say) -> Node:
    """The tile of one indicator. Without a measurement there is no arc and no number, and it says so."""
    status = nation.judgement.status
    body: list[Any] = [
        html.Div(gauge(nation, say, LIGHT), className="gauge"),
        html.P(
            figure_link(nation.value, say)
            if nation.value
            else html.Span("–", className="ink3", **{"aria-hidden": "true"}),
            className="tile-value",
        ),
        html.P(chip(status, status_word(nation, say)), className="tile-chip"),
    ]
    if nation.governing:
        marks = (float(nation.value.quantity.number) if nation.value else None, *_scale(nation))
        body.append(html.Div(bullet(*marks, status), className="tile-bullet"))
    body.append(facts(tile_facts(nation, say), *_aim(nation, say)))
    mark = {"data-simulated": "true"} if nation.simulated else {}
    return html.Article(
        [
            html.H2(title_of(nation.indicator, say), className="card-title"),
            html.Div(body, className="tile-body"),
            footer(_source(nation, say), _labels(nation, say), table_link("tiles", say)),
        ],
        className="card tile",
        **{"data-status": str(status)},
        **mark,
    )


def _scale(nation: National) -> tuple[float, float | None]:
    assert nation.governing is not None
    path = nation.path_value.quantity.number if nation.path_value else None
    return float(nation.governing.target.value), None if path is None else float(path)


def gauge(nation: National, say: Say, palette: Palette) -> list[Any]:
    """The half circle with its zero and target; nothing without a target above zero."""
    if nation.governing is None or nation.governing.target.value <= 0:
        return []
    target, path = _scale(nation)
    ceiling = nation.indicator.natural_max
    shape = GaugeShape(
        value=float(nation.value.quantity.number) if nation.value else None,
        target=target,
        glide=path,
        status=str(nation.judgement.status),
        ceiling=None if ceiling is None else float(ceiling),
        lower_is_better=nation.indicator.direction == "lower",
    )
    return [
        html.Img(src=as_data_uri(gauge_svg(shape, palette)), className="gauge-arc", alt=""),
        html.Span(f"0{printed(nation.governing.value, say).unit}", className="gauge-zero"),
        html.Span(number(nation.governing.value, say), className="gauge-target"),
    ]


def _aim(nation: National, say: Say) -> list[Node]:
    """The target in words, for widths in which no gauge names it; a tile without a measurement has it anyway."""
    if nation.value is None or nation.governing is None:
        return []
    return [fact(say("fact.target"), number(nation.governing.value, say), only="fact-aim")]


def tile_facts(nation: National, say: Say) -> list[tuple[str, Any, str]]:
    """At most three: where it stands to its path, where it leads or comes from, what is still needed."""
    if nation.value is None:
        return _targets(nation, say)
    if nation.judgement.status is Status.STALE and nation.age:
        return [(say("fact.age"), sentence(say, "fact.days", days=number(nation.age, say)), "")]
    facts: list[tuple[str, Any, str]] = []
    if nation.gap:
        facts.append((say("fact.path"), number(nation.gap, say), str(nation.judgement.status)))
    elif nation.governing:
        facts.append((say("fact.path"), say("fact.no_path"), ""))
    on_its_way = nation.judgement.status in _ON_ITS_WAY
    facts += _second(nation, on_its_way, say)
    if nation.pace_needed and not on_its_way:
        facts.append((say("fact.needed"), number(nation.pace_needed, say), ""))
    elif nation.missing:
        facts.append((say("fact.missing"), number(nation.missing, say), ""))
    return facts


def _targets(nation: National, say: Say) -> list[tuple[str, Any, str]]:
    """The versions of a target that nothing was measured against yet, and when they are due where all agree."""
    facts: list[tuple[str, Any, str]] = [
        (say("fact.target_of", source=source_short(version.source, say)), number(version.value, say), "")
        for version in nation.versions[:2]
    ]
    due = {due_text(version, say) for version in nation.versions}
    return [*facts, (say("fact.due"), due.pop(), "")] if len(due) == 1 else facts


def _second(nation: National, on_its_way: bool, say: Say) -> list[tuple[str, Any, str]]:
    """Where it leads while it falls short, where it comes from once it is on its way; else its terms."""
    found: dict[str, tuple[str, Any, str]] = {}
    if nation.projection:
        found["ahead"] = (say("fact.projection"), number(nation.projection, say), "")
    if nation.before and nation.before_period:
        name = say("fact.before", period=period_of(nation.before_period, say))
        found["before"] = (name[:1].upper() + name[1:], number(nation.before, say), "")
    if nation.terms:
        both = [number(nation.terms[0], say), "/", number(nation.terms[1], say)]
        found["terms"] = (say("fact.terms"), both, "")
    order = ("before", "terms", "ahead") if on_its_way else ("ahead", "terms", "before")
    return [found[name] for name in order if name in found][:1]


def _source(nation: National, say: Say) -> Any:
    if nation.value is None or nation.source is None:
        governing = nation.governing
        return plain_source(say("tile.never_measured" if governing else "tile.nothing_known"))
    return html.A(
        [
            glyph("info"),
            html.Span(say("tile.source", as_of=as_of(nation.value, say), source=source_title(nation.source, say))),
        ],
        className="source",
        href=change(figure=nation.value.mark),
    )


def _labels(nation: National, say: Say) -> Node | None:
    governing = nation.governing
    trace = nation.value.trace if nation.value else None
    inferred = governing and nation.path_value and governing.target.path.status == "inferred"
    unconfirmed = (trace and trace.certainty == "unconfirmed") or (
        governing and governing.target.certainty == "unconfirmed"
    )
    return labels(
        told(say("label.unconfirmed")) if unconfirmed else None,
        told(say("label.inferred_path")) if inferred else None,
        simulated(say) if nation.simulated else None,
    )
