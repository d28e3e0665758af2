"""What sources say in words of a figure: their verdict on its target, and what they print in place of a number."""

from collections.abc import Sequence

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.parts import card, chip, footer, head, labels, plain_source, told
from layouts.words import period_of
from metrics.boards.plan_lines import Assessment
from metrics.status import Status

_COLUMNS = ("period", "verdict", "words", "source")


def verdict_chip(verdict: str, say: Say) -> Node:
    """Vượt, Đạt, Chưa đạt, in the short words of a plan."""
    return chip(Status(verdict), say(f"economy.verdict_{verdict}"))


def printed_words(said: Assessment, say: Say) -> str:
    """What a source prints in place of a number, in the reader's language; empty where it prints one."""
    return said.words_vi if say.language == "vi" else said.words_en


def said_words(said: Sequence[Assessment], say: Say) -> Child:
    """What sources say of one figure, each with its code; None without any."""
    found: list[Child] = []
    for each in said:
        verdict = [verdict_chip(each.verdict, say), " "] if each.verdict else []
        found.append(html.Div([*verdict, html.Span(f"{printed_words(each, say)} ({each.source})".strip())]))
    return found or None


def said_card(said: Sequence[Assessment], say: Say) -> Node:
    """The card: a row for each period and source, the latest first; without words in place of a number no column."""
    shown = [name for name in _COLUMNS if name != "words" or any(each.words_vi for each in said)]
    heads = [html.Th(say(f"said.{name}"), scope="col") for name in shown]
    rows = [_row(each, shown, say) for each in said]
    unconfirmed = any(each.certainty == "unconfirmed" for each in said)
    return card(
        [
            head(say("said.title")),
            html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="plain said"),
            footer(
                plain_source(say("said.note"), "plan"),
                labels(told(say("label.some_unconfirmed")) if unconfirmed else None),
            ),
        ],
        name="card card-said",
    )


def _row(said: Assessment, shown: Sequence[str], say: Say) -> Node:
    words = printed_words(said, say)
    note = say("label.unconfirmed") if said.certainty == "unconfirmed" else None
    cells: dict[str, Child] = {
        "period": period_of(said.period, say),
        "verdict": verdict_chip(said.verdict, say) if said.verdict else say("economy.no_verdict"),
        "words": [words, html.Small(say("economy.no_number"))] if words else "–",
        "source": [
            said.source,
            html.Small([say("said.known", day=day(said.published)), f"; {note}" if note else ""]),
        ],
    }
    return html.Tr([html.Td(cells[name]) for name in shown])
