"""What screens are made of: figures, chips, bullets, labels, footers, and the states of a card."""

from collections.abc import Iterable, Sequence
from string import Formatter
from typing import Any

from figures.bullet import bullet_marks, place
from figures.node import Node
from i18n import Say
from layouts import html
from layouts.address import only, rule_path
from layouts.words import printed
from metrics.boards.agencies import GROUPS
from metrics.boards.ranking import Agency
from metrics.figure import Figure
from metrics.status import Status

Child = Any
_FORMATTER = Formatter()
#: The kinds of agencies that have a page and a scene of their own.
_OPENED = {kind for kinds in GROUPS.values() for kind in kinds}


def glyph(name: str, label: str = "") -> Node:
    """A shape; with a label it stands for a word, without one it decorates."""
    told = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    return html.Span(className=f"glyph glyph-{name}", **told)


def agency_mark(agency: Agency | None) -> dict[str, str]:
    """The mark of a row by which a meeting before a wall opens its agency; none where that has no scene."""
    return {"data-agency": agency.code} if agency is not None and agency.kind in _OPENED else {}


def number(figure: Figure, say: Say, *, unit: bool = True) -> Node:
    """A derived figure with its mark. Where the column names the unit it is there for readers who hear the page."""
    return html.Span(_number_parts(figure, say, unit=unit), **_mark(figure))


def figure_link(figure: Figure, say: Say, *, unit: bool = True) -> Node:
    """A figure of a source: its number is the link that opens its provenance; the browser makes it of the mark. What
    we derived has none of its own."""
    if figure.derived:
        return number(figure, say, unit=unit)
    return html.A(
        _number_parts(figure, say, unit=unit),
        className="figure",
        title=say("figure.open"),
        **_mark(figure),
    )


def _mark(figure: Figure) -> dict[str, str]:
    return {"data-derived" if figure.derived else "data-figure": figure.mark}


def _number_parts(figure: Figure, say: Say, *, unit: bool) -> list[Child]:
    text = printed(figure, say)
    parts: list[Child] = []
    if text.qualifier:
        parts += [html.Span(text.qualifier, className="qualifier"), "\u00a0"]
    parts.append(text.number)
    if text.unit:
        parts.append(html.Span(text.unit, className="unit" if unit else "offscreen"))
    return parts


def sentence(say: Say, key: str, /, **parts: Child) -> list[Child]:
    """A phrase whose places are filled with components, so that each number in it keeps its mark."""
    filled: list[Child] = []
    for literal, name, _, _ in _FORMATTER.parse(say.phrase(key, lambda name: html.Span(parts[name]).text)):
        if literal:
            filled.append(literal)
        if name:
            filled.append(parts[name])
    return filled


def chip(status: Status, word: str) -> Node:
    """A status by word, shape and colour."""
    return html.Span([glyph(status), word], className="chip", **{"data-status": str(status)})


def bullet(
    value: float | None,
    target: float,
    expected: float | None,
    status: Status | None = None,
    *,
    rings: Sequence[float] = (),
) -> Node:
    """Value, glidepath and target on one line; neutral in lists, in the status colour where `status` is given.
    `rings` are further values on the same scale."""
    marks = bullet_marks(value, target, expected)
    hero = {"data-status": str(status)} if status else {}
    parts = []
    if marks.bar_pct is not None:
        parts.append(html.Span(className="bullet-bar", style={"width": f"{marks.bar_pct:.2f}%"}))
    if marks.glide_pct is not None:
        parts.append(html.Span(className="bullet-glide", style={"left": f"{marks.glide_pct:.2f}%"}))
    parts.append(html.Span(className="bullet-target", style={"left": f"{marks.target_pct:g}%"}))
    parts += [
        html.Span(className="bullet-ring", style={"left": f"{100 * place(each, target):.2f}%"}) for each in rings
    ]
    name = "bullet bullet-hero" if status else "bullet"
    return html.Span(parts, className=name, **{"aria-hidden": "true"}, **hero)


def labels(*words: Node | None) -> Node | None:
    """The labels of a card side by side; None where there is none."""
    shown = [word for word in words if word is not None]
    return html.Span(shown, className="labels") if shown else None


def simulated(say: Say, *, partly: bool = False) -> Node:
    """What is simulated says so."""
    return html.Span(say("label.partly_simulated" if partly else "label.simulated"), className="sim")


def told(word: str) -> Node:
    """A plain label: Suy ra, Chưa xác nhận."""
    return html.Span(word, className="der")


def footer(source: Child, label: Node | None = None, table: Node | None = None) -> Node:
    """Where the figures of a card come from, and as of when; `table` opens them as a table."""
    end = html.Span([label, table], className="provenance-end") if table is not None else label
    return html.Footer([part for part in (source, end) if part is not None], className="provenance")


def table_link(name: str, say: Say) -> Node:
    """What opens the figures of the part of this name as a table, over the screen."""
    words = html.Span(say("twin.open"), className="table-word")
    marks = {"data-table": name, "aria-label": say("twin.open"), "aria-haspopup": "dialog", "title": say("twin.open")}
    return html.A([glyph("table"), words], href=only(table=name), className="table-link", **marks)


def plain_source(text: Child, rule: str | None = None) -> Node:
    """The left side of a footer; it leads to the rule that the card follows, where one is named."""
    if rule is None:
        return html.Span([glyph("info"), html.Span(text)], className="source")
    return html.A([glyph("info"), html.Span(text)], className="source", href=rule_path(rule))


def head(title: Child, aside: Child = None) -> Node:
    """The title of a card and what stands at its right end."""
    parts = [html.H2(title, className="card-title")]
    if aside is not None:
        parts.append(html.Span(aside, className="card-aside"))
    return html.Div(parts, className="card-head")


def facts(rows: Iterable[tuple[Child, ...]], *more: Node) -> Node | None:
    """Names and values in two columns, (name, value) or (name, value, tone), and `more` of them; None without any."""
    shown = [fact(name, value, *tone) for name, value, *tone in rows]
    return html.Dl([*shown, *more], className="facts") if shown or more else None


def fact(name: Child, value: Child, tone: Child = None, *, only: str = "") -> Node:
    """A name and its value; `only` names the class by which a style sheet shows it in some widths alone."""
    return html.Div([html.Dt(name), html.Dd(value, className=tone)], className=f"fact {only}".strip())


def card(children: list[Child], *, simulated: bool = False, name: str = "card") -> Node:
    """A card; it carries the mark of simulated data where it holds any."""
    mark = {"data-simulated": "true"} if simulated else {}
    return html.Section(children, className=name, **mark)


def state(title: str, text: Child, *, shape: str = "nr") -> Node:
    """What a card says where it has no figures: nothing yet, too old, failed."""
    return html.Div([html.Span([glyph(shape), title], className="state-title"), html.Span(text)], className="state")


def notice(text: Child, *, shape: str = "watch") -> Node:
    """A line across the page that something asked for is not there, or that something failed."""
    sign = glyph({"over": "overdue"}.get(shape, shape))
    role = "alert" if shape == "over" else "status"
    return html.Div([sign, html.Span(text)], className=f"notice notice-{shape}", role=role)


def scope_notice(words: str, short: str) -> Node:
    """Whose rows a screen is of: in a sentence, and on narrow screens in few words that unfold to it."""
    folded = html.Details([html.Summary(short), html.P(words)], className="short-only scope-more")
    body = [glyph("na"), html.Span(words, className="long-only"), folded]
    return html.Div(body, className="notice notice-na notice-scope", role="status")


def failed(reference: str, say: Say) -> Node:
    """What a card says of itself where it could not be made: the others stand as they are."""
    text = say("failure.card", reference=reference)
    return card([state(say("failure.card_title"), text, shape="overdue")], name="card card-failed")
