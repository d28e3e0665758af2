"""The rules of all screens, the formulas of the indicators, and the terms, each with an anchor to link to."""

import re
from collections.abc import Callable

from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.address import Visit, indicator_path
from layouts.definition import fraction
from layouts.notices import notices
from layouts.parts import card, footer, head, number, plain_source, sentence
from layouts.screen import Page
from layouts.shell import frame, titled
from layouts.words import begun, name_of, unit
from metrics.boards.methods import Indicator, MethodsBoard, Term

NAME = "methods"
#: The rules in the order of the page.
RULES = (
    *("status", "band", "path", "projection", "pace", "target", "plan", "rank", "sum", "unreported"),
    *(
        "fresh",
        "known",
        "correction",
        "qualifier",
        "rounding",
        "source",
        "certainty",
        "simulated",
        "laggards",
        "edition",
    ),
    *("dossier", "online", "on_time", "unused", "per_thousand", "satisfied", "crosscheck"),
)
_SECTIONS = ("rules", "formulas", "glossary")


def page(board: MethodsBoard, visit: Visit, say: Say) -> Page:
    """The screen in its parts."""
    parts: dict[str, Callable[[], Child]] = {
        "answer": lambda: titled(_answer(board, say), _contents(say), say),
        "notices": lambda: notices(visit, say),
        "rules": lambda: _rules(say),
        "formulas": lambda: _formulas(board, say),
        "glossary": lambda: _glossary(board, say),
    }
    body = html.Div([html.Part(name) for name in _SECTIONS], className="stack methods")
    return Page({"frame": lambda: frame(NAME, say, body), **parts})


def _answer(board: MethodsBoard, say: Say) -> list[Child]:
    counts = {"n": board.count, "formulas": board.with_formula, "terms": board.worded}
    return sentence(say, "methods.title", **{name: number(each, say) for name, each in counts.items()})


def _contents(say: Say) -> Node:
    links = [html.A(say(f"methods.{name}"), href=f"?#{name}") for name in _SECTIONS]
    return html.Nav(links, className="methods-contents", **{"aria-label": say("methods.contents")})


def _card(name: str, body: Child, say: Say) -> Node:
    title = html.Span(say(f"methods.{name}"), id=name)
    return card([head(title), body, footer(plain_source(say(f"methods.{name}_note")))], name="card card-methods")


def _rules(say: Say) -> Node:
    rules = [
        html.Div([html.Dt(say(f"rule.{each}_title")), html.Dd(say(f"rule.{each}"))], id=f"rule-{each}")
        for each in RULES
    ]
    return _card("rules", html.Dl(rules, className="rules"), say)


def _formulas(board: MethodsBoard, say: Say) -> Node:
    heads = [html.Th(say(f"methods.{name}"), scope="col") for name in ("code", "name", "formula", "unit", "basis")]
    rows = [_formula(each, say) for each in board.indicators]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="plain formulas")
    return _card("formulas", table, say)


def _formula(found: Indicator, say: Say) -> Node:
    parts = fraction(found.formula)
    words = " / ".join(begun(each) for each in parts) if parts else begun(found.formula)
    formula = html.Span(words, lang="vi") if words else html.Span(say("indicator.no_formula"), className="ink2")
    basis = html.Span(found.legal_basis, lang="vi") if found.legal_basis else "–"
    return html.Tr(
        [
            html.Td(html.A(found.code, href=indicator_path(found.code)), className="number"),
            html.Th(name_of(found, say), scope="row"),
            html.Td(formula),
            html.Td(unit(found.unit, say).strip() or "–"),
            html.Td(basis),
        ],
        id=f"formula-{found.code}",
    )


def _glossary(board: MethodsBoard, say: Say) -> Node:
    heads = [html.Th(say(f"methods.{name}"), scope="col") for name in ("vi", "en", "meaning")]
    rows = [_term(each, say) for each in board.terms]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="plain glossary")
    return _card("glossary", table, say)


def _term(term: Term, say: Say) -> Node:
    meaning = term.meaning_vi if say.language == "vi" else term.meaning_en
    cells = [html.Th(html.Span(term.vi, lang="vi"), scope="row"), html.Td(html.Span(term.en, lang="en"))]
    return html.Tr([*cells, html.Td(meaning)], id=anchor_of(term))


def anchor_of(term: Term) -> str:
    """The anchor of a term, by its English name: `term-report-regime`."""
    return "term-" + re.sub("[^a-z0-9]+", "-", term.en.lower()).strip("-")
