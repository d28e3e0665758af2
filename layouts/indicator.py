"""The page of one indicator: what it is, where the nation stands and leads, who reported, what was corrected."""

from collections.abc import Callable, Iterator

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.address import HOME, Visit, to
from layouts.agency_twins import positions_twin, senders_twin
from layouts.controls import period_menu
from layouts.corrections import corrections_card
from layouts.course import course_card
from layouts.definition import definition_card
from layouts.edition import edition_notice
from layouts.map import map_card, map_twin, names
from layouts.nation import nation_card
from layouts.nation_twins import corrections_twin, course_twin, nation_twin, origin_twin, versions_twin
from layouts.notices import notices
from layouts.origin import origin_card
from layouts.parts import figure_link, number, sentence, simulated
from layouts.said import printed_words, said_card
from layouts.screen import Page
from layouts.senders import listed_of, senders_card
from layouts.shell import frame, nowhere, titled
from layouts.slider import slider
from layouts.standing import standing_card
from layouts.twin import Twin, Twins
from layouts.versions import versions_card
from layouts.words import period_of, period_words, title_of
from metrics.asked import EGOV
from metrics.boards.indicator import Indicator, IndicatorBoard
from metrics.boards.national import TargetVersion
from metrics.status import Status

NAME = "indicator"
#: A version of the target takes the room of so many lines of a list.
_VERSION_ROOM = 3
#: Of these it is told by how much.
_SHORT = (Status.WATCH, Status.BEHIND, Status.UNMET, Status.OVERDUE)


def page(board: IndicatorBoard, visit: Visit, say: Say) -> Page:
    """The screen in its parts."""
    period = board.period.text if board.period else None
    parts: dict[str, Callable[[], Child]] = {
        "answer": lambda: _head(board, say),
        "notices": lambda: [*notices(visit, say), *edition_notice(board.shown, say)],
        "controls": lambda: _controls(board, say),
        "definition": lambda: definition_card(board.nation, say),
        "versions": lambda: versions_card(board.nation, say),
        "corrections": lambda: corrections_card(board, say),
        "nation": lambda: nation_card(board.nation, board.sum_beside, period or "", say),
    }
    targets = [html.Part("versions"), html.Part("nation")]
    if board.said:
        parts["said"] = lambda: said_card(board.said, say)
        targets[1] = html.Div([html.Part("nation"), html.Part("said")], className="stack")
    origin = board.origin
    if origin is not None:
        parts["origin"] = lambda: origin_card(board.nation, origin, say)
    # Where nothing was ever measured, what is aimed at stands in the place of the course.
    bare = board.course.last is None and not board.tables
    beside = html.Div(targets, className="stack") if bare else html.Part("course")
    if not bare:
        parts["course"] = lambda: course_card(board.course, say, board.missed, board.nation.pace_needed)
    body = [html.Part("controls"), html.Div([html.Part("definition"), beside], className="grid-definition")]
    if bare:
        body.append(html.Part("corrections"))
    elif board.tables:
        parts |= _of_agencies(board, period, say)
        # The nation's figure stands beside what was corrected where it has no origin to stand there.
        middle: list[str] = ["positions", "versions"]
        side: list[str] = [name for name in ("senders", "standing") if name in parts]
        if origin is not None:
            (side if _long(board) else middle).append("nation")
        columns = [html.Div([html.Part(name) for name in names], className="stack") for names in (middle, side)]
        body += [
            html.Div([html.Part("map"), *columns], className="grid-indicator"),
            _closing(board, "origin" if origin else "nation"),
            html.Part("names"),
        ]
    else:
        body += [
            html.Div(targets, className="grid-main"),
            _closing(board, "origin") if origin else html.Part("corrections"),
        ]
    twins = {name: make for name, make in _twins(board, period, say).items() if name in parts}
    return Page({"frame": lambda: frame(NAME, say, body), **parts}, twins, board)


def _long(board: IndicatorBoard) -> bool:
    """Whether the versions of the target take more room than the list of those who reported late or not."""
    return _VERSION_ROOM * len(board.nation.versions) > listed_of(board.senders)


def _closing(board: IndicatorBoard, beside: str) -> Node:
    """The last row: what was corrected, and the card beside it; that there was none takes less room."""
    names = ("corrections", beside) if board.corrected else (beside, "corrections")
    return html.Div([html.Part(name) for name in names], className="grid-main")


def _twins(board: IndicatorBoard, period: str | None, say: Say) -> Twins:
    """The tables of the cards."""
    found = board.indicator

    def standing(group: int) -> Twin | None:
        return positions_twin(board.tables[group], found, period, say, median=board.medians[group])

    return {
        "course": lambda: course_twin(board.course, say, board.missed, board.nation.pace_needed),
        "map": lambda: map_twin(board.map, found, period, say),
        "positions": lambda: standing(0),
        "versions": lambda: versions_twin(board.nation, say),
        "senders": lambda: senders_twin(board, say),
        "standing": lambda: standing(1),
        "corrections": lambda: corrections_twin(board, say),
        "nation": lambda: nation_twin(board.nation, board.sum_beside, period or "", say),
        "origin": lambda: origin_twin(board.nation, board.origin, say),
    }


def _of_agencies(board: IndicatorBoard, period: str | None, say: Say) -> dict[str, Callable[[], Child]]:
    """What is shown of an indicator that agencies owe: where each stands, and who reported."""
    title = html.H2(say("indicator.map"), className="card-title")
    found: dict[str, Callable[[], Child]] = {
        "map": lambda: map_card(board.map, title, period, html.Part("periods"), say),
        "periods": lambda: slider(board.periods, board.period, say),
        "names": lambda: names(board.map, say),
        "positions": lambda: _standing(board, 0, say),
    }
    if board.senders is not None or not board.scoped:
        found["senders"] = lambda: senders_card(board, say)
    if len(board.tables) > 1:
        found["standing"] = lambda: _standing(board, 1, say)
    return found


def _standing(board: IndicatorBoard, group: int, say: Say) -> Node:
    name = ("positions", "standing")[group]
    return standing_card(board.tables[group], board.indicator, board.period, board.medians[group], say, twin=name)


def unknown(code: str, say: Say) -> Page:
    """What stands there where no indicator has the code."""
    return nowhere(NAME, say("indicator.unknown", code=code), say)


def _head(board: IndicatorBoard, say: Say) -> Node:
    crumbs = [
        html.A(say("nav.overview"), href=to(HOME, **_theme(board.indicator))),
        html.Span("/", **{"aria-hidden": "true"}),
        html.Span(say("indicator.crumb", code=board.indicator.code)),
    ]
    return html.Div(
        [
            html.Nav(crumbs, className="crumbs", **{"aria-label": say("province.crumbs")}),
            titled(_answer(board, say), list(_told(board, say)), say),
        ],
        className="indicator-head",
    )


def _theme(indicator: Indicator) -> dict[str, str | None]:
    """What leads to the overview of the indicator's theme."""
    return {"theme": None} if indicator.theme == EGOV else {"theme": indicator.theme, "indicator": None}


def _answer(board: IndicatorBoard, say: Say) -> Child:
    nation, name = board.nation, title_of(board.indicator, say)
    if nation.value is None:
        whole = board.whole
        words = next((each for each in board.said if each.words_vi), None)
        if words is not None:
            period = period_of(words.period, say)
            return say("indicator.answer_words", name=name, words=printed_words(words, say), period=period)
        if (whole is None or not whole.rows) and board.outside:
            return say("indicator.answer_outside", name=name)
        if whole is None or not whole.rows:
            return say("indicator.answer_never", name=name)
        counts = {"n": number(whole.reported, say), "of": number(whole.owing, say)}
        return sentence(say, f"indicator.answer_{whole.group}", name=name, **counts)
    status, aim = nation.judgement.status, nation.aim
    told: dict[str, Child] = {"name": name, "value": figure_link(nation.value, say)}
    if status is Status.STALE:
        return sentence(say, "indicator.answer_stale", as_of=html.Span(period_words(nation.value, say)), **told)
    if aim is None or status is Status.NA or (status in _SHORT and board.amount is None):
        return sentence(say, "indicator.answer_value", **told)
    told["target"] = number(aim.value, say)
    if board.amount is not None:
        told["amount"] = number(board.amount, say)
    return sentence(say, f"indicator.answer_{status}", **told)


def _told(board: IndicatorBoard, say: Say) -> Iterator[Node]:
    """Targets whose date passed unmet, how many reported, and whether any of it is simulated."""
    for version in board.missed:
        yield html.Span(_missed(version, say), className="answer-fact")
    if board.senders is not None and board.period is not None:
        counts = {"n": number(board.senders.reported, say), "of": number(board.senders.owing, say)}
        words = sentence(say, "indicator.fact_reported", period=period_of(board.period.text, say), **counts)
        yield html.Span(words, className="answer-fact")
    if board.simulated:
        yield html.Span(simulated(say, partly=True), className="label")


def _missed(version: TargetVersion, say: Say) -> Child:
    due = version.target.due
    assert due is not None  # its date passed
    return sentence(say, "indicator.fact_missed", target=number(version.value, say), due=day(due.end))


def _controls(board: IndicatorBoard, say: Say) -> Node | None:
    shown = [period_menu(board.periods, board.period, say)]
    if board.tables:
        link = html.A(say("nav.ranking"), href=to("/ranking", indicator=board.indicator.code), className="button")
        shown.append(html.Div(link, className="control control-end"))
    found = [each for each in shown if each is not None]
    return html.Div(found, className="controls") if found else None
