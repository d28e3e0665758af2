"""The figures of the pinned agencies over each other, period by period."""

from figures.node import Node
from figures.several import Series, SeveralShape, several
from figures.trend_shape import Point
from i18n import Say
from i18n.formats import as_written
from layouts import html
from layouts.parts import (
    card,
    figure_link,
    footer,
    head,
    number,
    plain_source,
    sentence,
    simulated,
    state,
    table_link,
)
from layouts.pins import LETTERS, pin_mark
from layouts.words import begun, name_of, tiny_of, unit
from metrics.boards.compare import CompareBoard, Matched, PinnedCourse


def courses_card(board: CompareBoard, say: Say) -> Node:
    """The chart; where nobody has two figures, that."""
    chosen = board.chosen
    assert chosen is not None  # the caller asked
    title = say("compare.courses", indicator=begun(tiny_of(chosen.indicator, say)))
    drawn = [(at, each) for at, each in enumerate(board.courses) if any(point.value for point in each.points)]
    if max((sum(point.value is not None for point in each.points) for _, each in drawn), default=0) < 2:
        return card(
            [head(title), state(say("course.none_title"), say("compare.no_courses"))], name="card card-courses"
        )
    simulations = [point.simulated for _, each in drawn for point in each.points if point.value]
    is_simulated = any(simulations)
    label = simulated(say, partly=not all(simulations)) if is_simulated else None
    broken = [LETTERS[at] for at, each in enumerate(board.courses) if each.broken]
    aside = None if chosen.indicator.unit == "%" else unit(chosen.indicator.unit, say).strip()
    return card(
        [
            head(title, aside),
            several(_shape(chosen, drawn, say)),
            html.P(say("compare.broken", who=", ".join(broken)), className="method") if broken else None,
            footer(plain_source(say("compare.courses_note")), label, table_link("courses", say)),
        ],
        simulated=is_simulated,
        name="card card-courses",
    )


def _shape(chosen: Matched, drawn: list[tuple[int, PinnedCourse]], say: Say) -> SeveralShape:
    days = sorted({point.period.end for _, each in drawn for point in each.points})
    target = chosen.target
    return SeveralShape(
        description=say(
            "compare.courses_described",
            names=", ".join(name_of(each.agency, say) for _, each in drawn),
            n=len(days),
        ),
        series=tuple(_series(at, each, say) for at, each in drawn),
        dates=tuple((each, f"{each:%m/%y}") for each in days),
        say_tick=lambda value: as_written(value, say.language),
        target=None
        if target is None
        else (
            float(target.quantity.number),
            html.Span(sentence(say, "ranking.target", value=number(target, say))),
        ),
    )


def _series(at: int, course: PinnedCourse, say: Say) -> Series:
    points = tuple(
        Point(
            each.period.end,
            None if each.value is None else float(each.value.quantity.number),
            each.simulated,
        )
        for each in course.points
    )
    last = next(each.value for each in reversed(course.points) if each.value is not None)
    return Series(at, points, html.Span([pin_mark(at), figure_link(last, say)], className=f"pin-of pin-text-{at}"))
