"""The socio-economic targets on a page: how many were reached, and a line for each with what is said of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.address import Visit, rule_path
from layouts.controls import period_menu, theme_segment
from layouts.economy_table import plan_table
from layouts.economy_twins import plan_twin
from layouts.notices import notices
from layouts.parts import (
    card,
    footer,
    head,
    labels,
    number,
    plain_source,
    sentence,
    simulated,
    state,
    table_link,
    told,
)
from layouts.screen import Page
from layouts.shell import frame, titled
from layouts.twin import Twins
from layouts.words import in_sentence, period_of, publisher, title_of
from metrics.asked import ECONOMY
from metrics.boards.economy import Economy
from metrics.boards.plan_lines import PlanLine
from metrics.figure import Figure


def page(board: Economy, visit: Visit, say: Say) -> Page:
    """The screen in its parts."""
    parts: dict[str, Callable[[], Child]] = {
        "answer": lambda: titled(_answer(board, say), [*_facts(board, say), _years(board, say)], say),
        "notices": lambda: notices(visit, say),
        "plan": lambda: _plan(board, say),
    }
    twins: Twins = {"plan": lambda: plan_twin(board, say)}
    return Page(
        {"frame": lambda: frame("overview", say, html.Part("plan"), choice=theme_segment(ECONOMY, say)), **parts},
        twins,
        board,
    )


def _years(board: Economy, say: Say) -> Node:
    return html.Div(period_menu(board.years, board.year, say), className="plan-controls")


def _plan(board: Economy, say: Say) -> Node:
    if board.year is None:
        nothing = state(say("economy.nothing_title"), say("economy.nothing"), shape="nr")
        return card([head(say("economy.title_none")), nothing], name="card card-plan")
    return card(
        [
            head(
                say("economy.title", year=period_of(board.year.text, say)),
                html.Span(legend_parts(board, say), className="legend"),
            ),
            plan_table(board, say),
            html.P(
                [say("economy.rule"), " ", html.A(say("rule.plan_title"), href=rule_path("plan"))], className="method"
            ),
            footer(plain_source(_sources(board, say)), _labels(board, say), table_link("plan", say)),
        ],
        simulated=board.simulated,
        name="card card-plan",
    )


def _answer(board: Economy, say: Say) -> Child:
    if board.year is None:
        return say("economy.answer_nothing")
    year = period_of(board.year.text, say)
    told: dict[str, Child] = {"n": number(board.reached, say), "of": number(board.of, say), "year": year}
    if not board.told:
        return sentence(say, "economy.answer_untold", of=told["of"], year=year)
    if board.worst is not None and board.worst.missing is not None:
        told |= {"name": title_of(board.worst.indicator, say), "amount": number(board.worst.missing, say)}
        return sentence(say, "economy.answer_short", **told)
    return sentence(say, "economy.answer_reached", **told)


def _facts(board: Economy, say: Say) -> Iterator[Node]:
    """What else there is to say of the year: of whom nothing is known, the verdicts, the doubts, the next plan."""

    def fact(key: str, **parts: Child) -> Node:
        return html.Span(sentence(say, key, **parts), className="answer-fact")

    if board.told and board.short.quantity.number:
        yield fact("economy.fact_short", n=number(board.short, say))
    if board.told and board.unnumbered.quantity.number:
        yield fact("economy.fact_unnumbered", n=number(board.unnumbered, say))
    if board.told and board.untold.quantity.number:
        yield fact("economy.fact_untold", n=number(board.untold, say))
    if board.verdicts:
        yield fact(
            "economy.fact_verdicts",
            counts=counts([(in_sentence(say(f"economy.verdict_{word}")), n) for word, n in board.verdicts], say),
        )
    if board.doubts:
        doubted = {
            doubt: numbers_of(line for line in board.lines if line.doubt is doubt) for doubt, _ in board.doubts
        }
        named = [(say(f"economy.count_{doubt}", names=doubted[doubt]), n) for doubt, n in board.doubts]
        yield fact("economy.fact_doubts", n=number(board.doubtful, say), counts=counts(named, say))
    if board.changes and board.after:
        named = [(say(f"economy.count_{change}"), n) for change, n in board.changes]
        yield fact("economy.fact_next", year=period_of(board.after.text, say), counts=counts(named, say))
    if board.unconfirmed:
        yield html.Span(told(say("economy.unconfirmed_figures")), className="label")
    if board.simulated:
        yield html.Span(simulated(say, partly=True), className="label")


def counts(counted: Sequence[tuple[str, Figure]], say: Say) -> list[Child]:
    """ "7 vượt, 5 đạt": each number with its mark, then its word."""
    found: list[Child] = []
    for word, count in counted:
        found += [", " if found else None, number(count, say), f" {word}"]
    return found


def numbers_of(lines: Iterable[PlanLine]) -> str:
    """The numbers of these lines: "6, 7"."""
    return ", ".join(str(line.number.quantity.number) for line in lines if line.number)


def legend_parts(board: Economy, say: Say) -> list[Node]:
    """What the marks of a bar mean."""
    marks = [("good", "legend_good"), ("value", "legend_value"), ("edge", "legend_edge")]
    if board.after:
        marks.append(("next", "legend_next"))
    year = period_of(board.after.text, say) if board.after else ""
    return [
        html.Span([html.Span(className=f"plan-key plan-key-{mark}"), say(f"economy.{key}", year=year)],
                  className="legend-part")
        for mark, key in marks
    ]  # fmt: skip


def _sources(board: Economy, say: Say) -> Child:
    """On whose word figures and plans stand, and since when they are known."""
    figures, plans = figure_sources(board, say), plan_sources(board, say)
    return plans if figures is None else [figures, "; ", in_sentence(plans)]


def plan_sources(board: Economy, say: Say) -> str:
    """On whose word the plans stand."""
    plans = {each.source.code: each.target.set_on for line in board.lines for each in (line.plan, line.next) if each}
    named = [say("economy.plan_source", source=code, day=day(on)) for code, on in plans.items()]
    return say("economy.plan_sources", sources=", ".join(named))


def figure_sources(board: Economy, say: Say) -> str | None:
    """On whose word the figures stand, and since when they are known; None without any."""
    if not board.sources or board.published is None:
        return None
    names = ", ".join(f"{publisher(each, say)} ({each.code})" for each in board.sources)
    return say("economy.sources", sources=names, day=day(board.published))


def _labels(board: Economy, say: Say) -> Node | None:
    return labels(
        *figure_labels(board, say), plan_label(board, say), simulated(say, partly=True) if board.simulated else None
    )


def figure_labels(board: Economy, say: Say) -> list[Node]:
    """How sure the figures are: that they are estimated, that some are unconfirmed."""
    traces = (line.value.trace for line in board.lines if line.value is not None)
    estimated = any(trace is not None and trace.status == "estimated" for trace in traces)
    found = [told(say("data_status.estimated"))] if estimated else []
    return [*found, told(say("economy.unconfirmed_figures"))] if board.unconfirmed else found


def plan_label(board: Economy, say: Say) -> Node | None:
    """Which plans are unconfirmed; None where none is."""
    shown = [line.plan for line in board.lines] + [line.next for line in board.lines]
    plans = sorted({each.source.code for each in shown if each and each.target.certainty == "unconfirmed"})
    return told(say("economy.unconfirmed_plan", sources=", ".join(plans))) if plans else None
