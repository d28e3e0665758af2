"""What screens are made of: figures, chips, bullets, labels, footers, and the states of a card."""

from string import Formatter
from typing import Any

from dash import html

from figures.bullet import bullet_marks
from i18n import Say
from layouts.address import Address
from layouts.words import printed
from metrics.figure import Figure
from metrics.status import Status

Child = Any
_FORMATTER = Formatter()


def glyph(name: str, label: str = "") -> html.Span:
    """A shape; with a label it stands for a word, without one it decorates."""
    told = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    return html.Span(className=f"glyph glyph-{name}", **told)


def number(figure: Figure, say: Say, *, unit: bool = True) -> html.Span:
    """A derived figure with its mark. Where the column names the unit it is there for readers who hear the page."""
    return html.Span(_number_parts(figure, say, unit=unit), **_mark(figure))


def figure_link(figure: Figure, address: Address, say: Say, *, unit: bool = True) -> html.A:
    """A figure of a source: its number is the link that opens its provenance."""
    return html.A(
        _number_parts(figure, say, unit=unit),
        href=address.href(figure=figure.mark),
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
    for literal, name, _, _ in _FORMATTER.parse(say.words[key]):
        if literal:
            filled.append(literal)
        if name:
            filled.append(parts[name])
    return filled


def chip(status: Status, word: str) -> html.Span:
    """A status by word, shape and colour."""
    return html.Span([glyph(status), word], className="chip", **{"data-status": str(status)})


def bullet(value: float | None, target: float, expected: float | None, status: Status | None = None) -> html.Span:
    """Value, glidepath and target on one line; neutral in lists, in the status colour where `status` is given."""
    marks = bullet_marks(value, target, expected)
    hero = {"data-status": str(status)} if status else {}
    parts = []
    if marks.bar_pct is not None:
        parts.append(html.Span(className="bullet-bar", style={"width": f"{marks.bar_pct:.2f}%"}))
    if marks.glide_pct is not None:
        parts.append(html.Span(className="bullet-glide", style={"left": f"{marks.glide_pct:.2f}%"}))
    parts.append(html.Span(className="bullet-target", style={"left": f"{marks.target_pct:g}%"}))
    name = "bullet bullet-hero" if status else "bullet"
    return html.Span(parts, className=name, **{"aria-hidden": "true"}, **hero)


def labels(*words: html.Span | None) -> html.Span | None:
    """The labels of a card side by side; None where there is none."""
    shown = [word for word in words if word is not None]
    return html.Span(shown, className="labels") if shown else None


def simulated(say: Say, *, partly: bool = False) -> html.Span:
    """What is simulated says so."""
    return html.Span(say("label.partly_simulated" if partly else "label.simulated"), className="sim")


def told(word: str) -> html.Span:
    """A plain label: Suy ra, Chưa xác nhận."""
    return html.Span(word, className="der")


def footer(source: Child, label: html.Span | None = None) -> html.Footer:
    """Where the figures of a card come from, and as of when."""
    return html.Footer([part for part in (source, label) if part is not None], className="provenance")


def plain_source(text: Child) -> html.Span:
    """The left side of a footer that opens nothing."""
    return html.Span([glyph("info"), html.Span(text)], className="source")


def head(title: Child, aside: Child = None) -> html.Div:
    """The title of a card and what stands at its right end."""
    parts = [html.H2(title, className="card-title")]
    if aside is not None:
        parts.append(html.Span(aside, className="card-aside"))
    return html.Div(parts, className="card-head")


def card(children: list[Child], *, simulated: bool = False, name: str = "card") -> html.Section:
    """A card; it carries the mark of simulated data where it holds any."""
    mark = {"data-simulated": "true"} if simulated else {}
    return html.Section(children, className=name, **mark)


def state(title: str, text: Child, *, shape: str = "nr") -> html.Div:
    """What a card says where it has no figures: nothing yet, too old, failed."""
    return html.Div([html.Span([glyph(shape), title], className="state-title"), html.Span(text)], className="state")


def notice(text: Child, *, shape: str = "watch") -> html.Div:
    """A line across the page that something asked for is not there, or that something failed."""
    sign = glyph({"replay": "stale"}.get(shape, shape))
    return html.Div([sign, html.Span(text)], className=f"notice notice-{shape}", role="status")
