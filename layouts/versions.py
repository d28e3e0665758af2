"""The versions of a target: set on which day, due when, on whose word, and what was reached."""

from typing import Any

from figures.node import Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.parts import (
    card,
    figure_link,
    footer,
    glyph,
    head,
    labels,
    number,
    plain_source,
    sentence,
    state,
    table_link,
    told,
)
from layouts.words import due_text, period_words, shape_key, source_title
from metrics.boards.national import National, TargetVersion
from metrics.status import Status


def versions_card(nation: National, say: Say) -> Node:
    """Every version known on the day; the one in force first, none ever removed."""
    if not nation.versions:
        body: Any = state(say("versions.none_title"), say("versions.none"), shape="na")
    else:
        heads = [html.Th(say(f"versions.{name}"), scope="col") for name in ("set_on", "value", "due", "standing")]
        rows = [_row(version, nation, say) for version in nation.versions]
        body = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="plain versions")
    unconfirmed = any(version.target.certainty == "unconfirmed" for version in nation.versions)
    return card(
        [
            head(say("versions.title"), say("versions.kept") if nation.versions else None),
            body,
            footer(
                plain_source(_sources(nation, say), "target"),
                labels(told(say("label.some_unconfirmed")) if unconfirmed else None),
                table_link("versions", say) if nation.versions else None,
            ),
        ],
        name="card card-versions",
    )


def _sources(nation: National, say: Say) -> str:
    if not nation.versions:
        return say("versions.no_source")
    return say("versions.sources", sources=", ".join(dict.fromkeys(each.source.code for each in nation.versions)))


def _row(version: TargetVersion, nation: National, say: Say) -> Node:
    due = due_text(version, say)
    return html.Tr(
        [
            html.Td(day(version.target.set_on), className="number"),
            html.Td(html.B(_value(version, say)) if version.governs else _value(version, say)),
            html.Td(
                html.Span(due, className="struck") if _replaced(version) else html.B(due) if version.governs else due,
                className="number" if version.target.due else None,
            ),
            html.Td([standing_words(version, nation, say), html.Small(_notes(version, nation, say))]),
        ]
    )


def _replaced(version: TargetVersion) -> bool:
    return version.due_passed and not version.governs and not version.periodic


def _value(version: TargetVersion, say: Say) -> Any:
    return html.Span(sentence(say, shape_key(version.target), value=number(version.value, say)), className="nowrap")


def standing_words(version: TargetVersion, nation: National, say: Say) -> Node:
    """How a version stands: met or not once its date has passed, in force, or kept beside the one in force."""
    judged = version.judgement
    if version.due_passed and judged is not None:
        met = judged.status in (Status.MET, Status.EXCEEDED)
        shape, tone = ("met", "good") if met else ("missed", "over")
        missed = "versions.missed_after" if version.reached_after else "versions.missed"
        word = say("versions.met" if met else missed)
    elif version.due_passed:
        shape, tone, word = "nr", "ink2", say("versions.unknown")
    elif version.governs:
        # The figure may be of a period that has a target of its own: then it says nothing of this one.
        status = nation.judgement.status if version is nation.aim or nation.value is None else Status.NA
        shape, tone, word = str(status), str(status), say("versions.governs")
    else:
        shape, tone, word = "na", "ink2", say("versions.listed")
    return html.Span([glyph(shape), word], className=f"standing {tone}")


def _rivals(version: TargetVersion, say: Say) -> list[str]:
    """Which sources name another date for the same value, by that date."""
    dates = sorted({due for _, due in version.rivals})
    return [
        say(
            "versions.two_dates",
            sources=", ".join(code for code, due in version.rivals if due == each),
            due=day(each),
        )
        for each in dates
    ]


def _notes(version: TargetVersion, nation: National, say: Say) -> list[Any]:
    notes: list[list[Any]] = [[source_title(version.source, say)]]
    if version.due_passed and version.governs:
        notes.append([say("versions.governs")])
    if version.reached:
        key = "versions.reached_after" if version.reached_after else "versions.reached"
        notes.append(
            sentence(
                say,
                key,
                value=figure_link(version.reached, say),
                as_of=html.Span(period_words(version.reached, say)),
            )
        )
        if version.missing:
            notes.append(sentence(say, "versions.missing", missing=number(version.missing, say)))
    elif version.due_passed:
        notes.append([say("versions.nothing_reached")])
    elif version.governs and nation.value and version is nation.aim:
        notes.append(sentence(say, "versions.now", value=figure_link(nation.value, say)))
    if version.rivals:
        notes += [[note] for note in _rivals(version, say)]
    if version.target.certainty == "unconfirmed":
        notes.append([say("label.unconfirmed")])
    joined: list[Any] = []
    for note in notes:
        joined += ["; ", *note] if joined else note
    return joined
