"""What an indicator is: its formula as a fraction, unit, direction, cycle, who owes it, on which legal basis."""

from collections.abc import Iterator

from figures.node import Child, Node
from i18n import Say
from i18n.formats import as_written
from layouts import html
from layouts.parts import card, facts, footer, glyph, head, number, plain_source
from layouts.words import begun, in_sentence, unit
from metrics.boards.indicator import Indicator
from metrics.boards.national import National


def definition_card(nation: National, say: Say) -> Node:
    """The card; a share whose source gives no terms says so where its formula stands."""
    found = nation.indicator
    untold = found.unit_kind == "share" and nation.value is not None and not nation.terms
    return card(
        [
            head(say("indicator.definition"), html.Span(found.code, className="code")),
            _formula(nation, say),
            html.P([glyph("watch"), html.Span(say("indicator.no_terms"))], className="mismatch") if untold else None,
            facts(_facts(found, say)),
            footer(plain_source(say("indicator.definition_note"))),
        ],
        name="card card-definition",
    )


def fraction(formula: str) -> tuple[str, str] | None:
    """Numerator and denominator of a formula in words; None where it is no single division outside brackets."""
    depth, found = 0, []
    for at, sign in enumerate(formula):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if not depth and formula.startswith(" / ", at):
            found.append(at)
    if len(found) != 1:
        return None
    return formula[: found[0]], formula[found[0] + 3 :]


def _formula(nation: National, say: Say) -> Node:
    """The formula as it is kept, in Vietnamese; with the two terms of the nation where its source gives them."""
    found = nation.indicator
    if not found.formula:
        return html.P(say("indicator.no_formula"), className="method")
    parts = fraction(found.formula)
    if parts is None:
        return html.Div(html.Span(begun(found.formula), lang="vi"), className="formula")
    over, under = (html.Span(begun(each), className=name, lang="vi") for each, name in
                   zip(parts, ("formula-over", "formula-under"), strict=True))  # fmt: skip
    shown: list[Child] = [html.Span([over, under], className="formula-parts")]
    if found.unit == "%":
        shown.append(html.Span(say("indicator.hundred"), className="formula-times"))
    if nation.terms:
        numerator, denominator = (number(each, say) for each in nation.terms)
        shown.append(html.Span(["= ", numerator, " / ", denominator], className="formula-terms"))
    return html.Div(shown, className="formula")


def _facts(found: Indicator, say: Say) -> Iterator[tuple[Child, Child]]:
    yield say("indicator.unit"), unit(found.unit, say).strip() or "–"
    yield say("indicator.direction"), say(f"indicator.direction_{found.direction}")
    cycle = say(f"indicator.cycle_{found.cycle}")
    if found.calendar == "report":
        cycle = say("indicator.cycle_report", cycle=cycle)
    yield say("indicator.cycle"), cycle
    levels = [say(f"indicator.level_{level}") for level in found.levels]
    yield say("indicator.owners"), ", ".join([levels[0], *(in_sentence(each) for each in levels[1:])])
    if found.band is not None:
        side = "above" if found.direction == "lower" else "below"
        band = as_written(found.band, say.language)
        yield say("indicator.band"), say(f"indicator.band_{side}", band=band, unit=unit("điểm %", say).strip())
    if found.natural_min is not None and found.natural_max is not None:
        low, high = (as_written(each, say.language) for each in (found.natural_min, found.natural_max))
        yield say("indicator.limits"), f"{low} – {high}"
    basis: Child = html.Span(found.legal_basis, lang="vi") if found.legal_basis else say("indicator.no_basis")
    yield say("indicator.basis"), basis
