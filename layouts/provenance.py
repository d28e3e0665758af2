"""The panel behind a figure: on whose word it stands, in which words, by which dates and revisions."""

from typing import Any

from figures.node import Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.address import indicator_path, only, rule_path
from layouts.parts import chip, glyph, labels, number, sentence, simulated, told
from layouts.said import said_words
from layouts.words import name_of, period_of, printed, publisher, shape_key, source_title, title_of, unit
from metrics.boards.provenance import Provenance, Revision
from metrics.status import Status


def panel(found: Provenance, say: Say) -> Node:
    """The provenance of one figure; every row is there or says that its source gives none."""
    title = say(
        "provenance.heading",
        title=title_of(found.indicator, say),
        agency=name_of(found.agency, say),
        value=printed(found.value, say).text,
    )
    rows = [html.Div([html.Dt(name), html.Dd(value)]) for name, value in _rows(found, say) if value]
    body: list[Any] = [_head(title, say), html.Dl(rows, className="panel-rows")]
    body.append(html.H3(say("provenance.revisions"), className="panel-sub"))
    body.append(_revisions(found, say))
    marks = {"data-for": found.mark, "aria-labelledby": "panel-title"}
    return html.Aside(body, className="panel", role="dialog", lang=say.language, **marks)


def missing(mark: str, say: Say, *, outside: bool = False) -> Node:
    """The panel of a figure that is not known on that day, or behind which the reader may not see."""
    key = "scope.behind" if outside else "provenance.unknown"
    title = say("scope.behind_title") if outside else say("provenance.unknown_title")
    return html.Aside(
        [_head(title, say), html.P(say(key, mark=mark))],
        className="panel",
        role="dialog",
        **{"data-for": mark, "aria-labelledby": "panel-title"},
    )


def _head(title: str, say: Say) -> Node:
    close = html.A(
        glyph("close"), className="panel-close", href=only(figure=None), **{"aria-label": say("panel.close")}
    )
    return html.Header([html.H2(title, className="panel-title", id="panel-title"), close], className="panel-head")


def _rows(found: Provenance, say: Say) -> list[tuple[str, Any]]:
    seen, source = found.observation, found.source
    trace = found.value.trace
    assert trace is not None
    return [
        (
            say("provenance.status"),
            [
                chip(found.judgement.status, say(f"status.{found.judgement.status}")),
                html.Small(html.A(say("rule.status_title"), href=rule_path("status"))),
            ]
            if found.target or found.judgement.status is Status.STALE
            else None,
        ),
        (say("economy.head_verdict"), said_words(found.said, say)),
        (say("provenance.source"), _source(found, say)),
        (say("provenance.phrase"), html.Span(f"“{seen.phrase}”", className="quote") if seen.phrase else None),
        (say("provenance.as_of"), f"{period_of(seen.period.text, say)}{_days(found)}"),
        (say("provenance.published"), day(seen.published)),
        (say("provenance.terms"), _terms(found, say)),
        (say("provenance.stated"), number(found.stated, say) if found.stated else None),
        (say("provenance.formula"), _formula(found, say)),
        (say("provenance.composition"), seen.composition),
        (say("provenance.target"), _target(found, say)),
        (say("provenance.path"), _path(found, say)),
        (say("provenance.note"), seen.note),
        (say("provenance.basis"), found.indicator.legal_basis),
        (
            say("provenance.kind"),
            labels(
                told(say("label.derived" if found.derived else f"data_status.{seen.status}"))
                if seen.status != "simulated" or found.derived
                else None,
                told(say("label.unconfirmed")) if trace.certainty == "unconfirmed" else None,
                simulated(say) if seen.status == "simulated" else None,
            ),
        ),
        (say("provenance.others"), _others(found, say)),
        (say("provenance.address"), html.Small(source.address) if source.address else None),
    ]


def _days(found: Provenance) -> str:
    """The first and last day, where the period is not the one its name says."""
    seen = found.observation.period
    return "" if seen.cycle == "day" else f" ({day(seen.start)} – {day(seen.end)})"


def _source(found: Provenance, say: Say) -> list[Any]:
    seen, source = found.observation, found.source
    parts = [part for part in (publisher(source, say), seen.source_ref) if part]
    dated = say("provenance.dated", day=day(source.published)) if source.published else ""
    return [
        f"{source_title(source, say)} ({source.code})",
        html.Small("; ".join([*parts, *([dated] if dated else [])])),
    ]


def _terms(found: Provenance, say: Say) -> Any:
    if not found.terms:
        return say("provenance.no_terms") if found.indicator.unit_kind == "share" else None
    return sentence(
        say, "provenance.both_terms", numerator=number(found.terms[0], say), denominator=number(found.terms[1], say)
    )


def _formula(found: Provenance, say: Say) -> list[Any]:
    """How it is counted, and the way to all that is known of the indicator."""
    more = html.A(say("provenance.definition"), href=indicator_path(found.indicator.code))
    return [html.Span(found.indicator.formula), html.Small(more)]


def _target(found: Provenance, say: Say) -> Any:
    if found.target is None or found.target_source is None:
        return say("provenance.no_target")
    due = day(found.target_due) if found.target_due else say("target.no_due")
    shaped = found.aim is not None and (found.aim.shape, found.aim.strict) != ("at_least", False)
    value = number(found.target, say)
    aim = sentence(say, shape_key(found.aim), value=value) if shaped and found.aim else value
    return [aim, ", ", due, html.Small(source_title(found.target_source, say))]


def _path(found: Provenance, say: Say) -> Any:
    if found.path is None:
        return say("fact.no_path") if found.target else None
    key = "provenance.path_inferred" if found.path_status == "inferred" else "provenance.path_approved"
    band = found.indicator.band
    rule = (
        [] if band is None else [html.Small(say("provenance.band", band=f"{band}", unit=unit("điểm %", say).strip()))]
    )
    return [*sentence(say, key, value=number(found.path, say)), *rule]


def _others(found: Provenance, say: Say) -> Any:
    if not found.others:
        return None
    return [
        html.Div(
            [
                number(other.value, say),
                f", {source_title(other.source, say)} ({other.source.code})",
                html.Small(f"“{other.phrase}”") if other.phrase else None,
            ]
        )
        for other in found.others
    ]


def _revisions(found: Provenance, say: Say) -> Node:
    heads = [html.Th(say(f"provenance.{name}"), scope="col") for name in ("revision", "value", "published", "reason")]
    rows = [_revision(each, found, say) for each in found.revisions]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="plain")


def _revision(each: Revision, found: Provenance, say: Say) -> Node:
    newest = each.source.code == found.source.code and each.number == found.observation.revision
    value: Any = say("provenance.withdrawn")
    if each.value is not None:
        text = printed(each.value, say).text
        value = html.B(text) if newest else html.Span(text, className="struck" if _replaced(each, found) else "")
    return html.Tr(
        [
            html.Td(f"{each.source.code} {each.number}", className="number"),
            html.Td(value),
            html.Td(day(each.published), className="number"),
            html.Td([each.reason or "–", _persons(each, say)]),
        ]
    )


def _persons(each: Revision, say: Say) -> Node | None:
    """Who made and who approved a revision that needed two."""
    if not each.approved_by:
        return None
    return html.Small(say("provenance.two_persons", made=each.made_by, approved=each.approved_by))


def _replaced(each: Revision, found: Provenance) -> bool:
    return any(other.source.code == each.source.code and other.number > each.number for other in found.revisions)
