"""Where the nation's figure comes from: its source's own words, its days, how exact it is, and what was corrected."""

from collections.abc import Iterator

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.parts import (
    card,
    facts,
    figure_link,
    footer,
    head,
    labels,
    number,
    plain_source,
    sentence,
    simulated,
    table_link,
    told,
)
from layouts.words import Titled, period_of, source_title
from metrics.boards.national import National
from metrics.boards.origin import Origin
from metrics.figure import Figure


def origin_card(nation: National, origin: Origin, say: Say) -> Node:
    """The card of a figure that is there; every row holds or says that its source gives none."""
    value, source = nation.value, nation.source
    assert value is not None and source is not None  # it has an origin
    title = sentence(say, "origin.title", value=figure_link(value, say))
    return card(
        [
            head(title, _kind(nation, say)),
            facts(_rows(nation, origin, say)),
            footer(plain_source(say("origin.note"), "source"), None, table_link("origin", say)),
        ],
        simulated=nation.simulated,
        name="card card-origin",
    )


def _kind(nation: National, say: Say) -> Node | None:
    """What the figure is: reported, derived, estimated, simulated; confirmed or not."""
    trace = nation.value.trace if nation.value else None
    if trace is None:
        return None
    if trace.status == "simulated":
        return labels(simulated(say))
    return labels(
        told(say("label.derived" if trace.divided else f"data_status.{trace.status}")),
        told(say("label.unconfirmed")) if trace.certainty == "unconfirmed" else None,
    )


def _rows(nation: National, origin: Origin, say: Say) -> Iterator[tuple[Child, Child]]:
    reading, source = nation.reading, nation.source
    assert reading is not None and source is not None  # it has an origin
    seen = reading.observation
    phrase: Child = html.Span(f"“{seen.phrase}”", lang="vi") if seen.phrase else say("origin.no_phrase")
    yield say("provenance.phrase"), phrase
    where = html.Small(seen.source_ref, lang="vi") if seen.source_ref else None
    yield say("provenance.source"), [f"{source_title(source, say)} ({source.code})", where]
    yield say("origin.days"), f"{period_of(seen.period.text, say)} / {day(seen.published)}"
    yield say("origin.precision"), _precision(nation, origin, say)
    yield say("origin.qualifier"), say(f"origin.qualifier_{reading.quantity.qualifier or 'exact'}")
    if nation.terms:
        over, under = (number(each, say) for each in nation.terms)
        yield say("provenance.terms"), sentence(say, "provenance.both_terms", numerator=over, denominator=under)
    elif nation.indicator.unit_kind == "share":
        yield say("provenance.terms"), say("provenance.no_terms")
    yield say("origin.revised"), sentence(say, "origin.times", n=number(origin.revised, say))
    if nation.others:
        yield say("provenance.others"), [_other(*each, say) for each in nation.others]


def _precision(nation: National, origin: Origin, say: Say) -> Child:
    """How many decimals are printed, and what the source wrote where it wrote more."""
    assert nation.value is not None  # it has an origin
    digits = say("origin.decimals", n=nation.value.decimals) if nation.value.decimals else say("origin.whole")
    if origin.stated is not None:
        return sentence(say, "origin.stated", digits=digits, stated=number(origin.stated, say))
    divided = nation.value.trace is not None and nation.value.trace.divided
    return say("origin.divided" if divided else "origin.same", digits=digits)


def _other(value: Figure, source: Titled, say: Say) -> Node:
    return html.Div([figure_link(value, say), f", {source_title(source, say)} ({source.code})"])
