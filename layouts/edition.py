"""The edition of the map: which one is shown, on which ground its figures stand, and which codes changed their
place."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.address import agency_path, change
from layouts.controls import choice, segment
from layouts.parts import card, figure_link, footer, glyph, head, notice, plain_source, sentence
from layouts.rank import Look, absent_cell, rule_row, unit_cell
from layouts.words import name_of
from metrics.boards.agencies import AgencyRow, Incommensurable
from metrics.boards.placed import CHANGED, EDITIONS, Formed, Kin, Map

#: So many places stop a figure by name; of more the first are named.
_NAMED = 3


def edition_control(shown: Map, say: Say) -> Node:
    """The choice between the maps; that of the days of the figures needs no part of the address."""
    links = [
        choice(
            say(f"edition.of_{each}", day=day(CHANGED[each])),
            here=each is shown.edition,
            edition=None if each is shown.own else str(each),
        )
        for each in EDITIONS
    ]
    name = html.Span(say("edition.control"), className="control-name")
    return html.Div([name, segment(links, say("edition.control"))], className="control")


def edition_notice(shown: Map, say: Say, *, duties: bool = False) -> list[Node]:
    """What a reader has to know of figures on another ground than their own, and the way back; nothing on their own.
    `duties` where the screen also tells who has to do something, which the merger changes nothing about."""
    if not shown.rebased:
        return []
    back = html.A(say(f"edition.back_{shown.own}"), href=change(edition=None))
    rules = [say(f"edition.rule_{shown.edition}"), *([say("edition.duties")] if duties else [])]
    return [notice([html.B(say("edition.act", act=shown.act)), " ", " ".join(rules), " ", back], shape="info")]


def kin_notice(kin: Kin, say: Say) -> list[Node]:
    """Of which provinces one of the 34 was formed, or into which one of the 63 went, each with a way there."""
    if not kin.agencies:
        return []
    other = next(each for each in EDITIONS if each is not kin.edition)
    links: list[Child] = []
    for each in kin.agencies:
        links += [", "] if links else []
        links.append(html.A(name_of(each, say), href=agency_path(each.kind, each.code, edition=str(other))))
    since = html.Span(day(CHANGED[EDITIONS[1]]))
    told = sentence(say, f"edition.kin_{kin.edition}", names=html.Span(links), day=since)
    return [notice([*told, " ", html.Span(say("edition.by_act", act=kin.act))], shape="info")]


def rebased_look(shown: Map, say: Say) -> Look:
    """The columns of a table on another ground: of what each place is formed, its former parts as rings on its bar,
    its value and both terms."""
    formed = {each.agency.code: each for each in shown.formed}
    reused = {each.code for each in shown.reused}
    more: Mapping[str, Callable[[AgencyRow], Child]] = {
        "code": lambda row: _code(row.agency.code, reused, say),
        "formed": lambda row: formed_words(formed.get(row.agency.code), say),
        "terms": lambda row: _terms(row, say),
    }
    return Look(
        ("no", "code", "unit", "formed", "bar", "value", "terms"),
        terms=False,
        more=more,
        heads={name: say(f"edition.head_{name}") for name in more},
        rings=_rings(shown),
        under=lambda row: html.Span(formed_words(formed.get(row.agency.code), say), className="formed-under"),
    )


def formed_words(formed: Formed | None, say: Say) -> Child:
    """The places that make up the ground of one: "Bắc Giang + Bắc Ninh", or that it was kept."""
    if formed is None:
        return "–"
    if len(formed.members) == 1:
        only = formed.members[0].agency
        same = name_of(only, say) == name_of(formed.agency, say)
        return say("edition.kept" if same else "edition.renamed", name=name_of(only, say))
    parts: list[Child] = []
    for each in formed.members:
        parts += [" + "] if parts else []
        parts.append(html.Span(name_of(each.agency, say), className="nowrap"))
    return parts


def member_words(formed: Formed, say: Say) -> list[Child]:
    """The same with the figure of each as it reported it."""
    parts: list[Child] = []
    for each in formed.members:
        value = figure_link(each.value, say) if each.value else say("rank.absent")
        parts += ["; "] if parts else []
        parts += [name_of(each.agency, say), " ", value]
    return parts


def incomparable_rows(rows: tuple[Incommensurable, ...], look: Look, say: Say) -> list[Node]:
    """Below the line: places of which no figure can be made, and who stops it."""
    if not rows:
        return []
    return [rule_row("edition.below", look, say), *(_incomparable(each, look, say) for each in rows)]


def _incomparable(each: Incommensurable, look: Look, say: Say) -> Node:
    own = replace(look, under=lambda _row: html.Span(why_words(each, say), className="rank-why"))
    cells = [
        unit_cell(each.row, "na", own, say)
        if name == "unit"
        else html.Td(absent_cell(name, each.row, look), className=f"rank-{name}")
        for name in look.columns
    ]
    marks = {"data-status": "na", "data-agency": each.row.agency.code}
    return html.Tr(cells, className="unreported", **marks)


def why_words(each: Incommensurable, say: Say) -> str:
    """Why no figure can be made: "Bắc Kạn chỉ gửi tỷ lệ"."""
    names = [name_of(agency, say) for agency in each.stopped_by]
    named = ", ".join(names[:_NAMED]) + ("…" if len(names) > _NAMED else "")
    return say(f"edition.why_{each.why}", names=named)


def codes_card(shown: Map, say: Say) -> Node:
    """The codes that mean another place since the merger."""
    heads = [
        html.Th(say(f"edition.codes_{name}", day=day(CHANGED[each])), scope="col")
        for name, each in (("before", EDITIONS[0]), ("after", EDITIONS[1]))
    ]
    rows = [
        html.Tr(
            [
                html.Th(html.Code(each.code), scope="row"),
                html.Td(name_of(each.before, say)),
                html.Td(name_of(each.after, say)),
            ]
        )
        for each in shown.reused
    ]
    code = html.Th(say("edition.head_code"), scope="col")
    table = html.Table([html.Thead(html.Tr([code, *heads])), html.Tbody(rows)], className="codes")
    return card(
        [
            head(say("edition.codes", n=len(shown.reused))),
            table,
            html.P(say("edition.codes_rule"), className="method"),
            footer(plain_source(say("edition.codes_source", act=shown.act))),
        ],
        name="card card-codes",
    )


def _code(code: str, reused: set[str], say: Say) -> Child:
    if code not in reused:
        return code
    star = html.Span("*", **{"aria-hidden": "true"})
    return html.Span([code, star, html.Span(say("edition.reused"), className="offscreen")], className="code-reused")


def _terms(row: AgencyRow, say: Say) -> Child:
    if not row.terms:
        return "–"
    over, under = (figure_link(term, say) for term in row.terms)
    return html.Span([over, "/", under])


def _rings(shown: Map) -> Mapping[str, tuple[float, ...]]:
    """The values of the parts of each place that is formed of several."""
    return {
        each.agency.code: tuple(float(part.value.quantity.number) for part in each.members if part.value is not None)
        for each in shown.formed
        if len(each.members) > 1
    }


def ring_key(say: Say) -> Node:
    """What a ring on a bar means."""
    return html.Span([glyph("ring"), say("edition.ring")], className="ring-key")
