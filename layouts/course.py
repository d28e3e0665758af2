"""The course of an indicator in a card: measured, path, target, projection, and the gap between."""

from collections.abc import Iterator, Sequence
from datetime import date

from figures.node import Child, Node
from figures.trend import Glide, Goal, Point, TrendShape, trend
from i18n import Say
from i18n.formats import as_written, day
from layouts import html
from layouts.parts import (
    card,
    figure_link,
    footer,
    glyph,
    head,
    labels,
    number,
    plain_source,
    sentence,
    simulated,
    state,
    table_link,
)
from layouts.words import begun, due_text, in_sentence, printed, tiny_of, unit
from metrics.boards.course import Break, Course, CoursePoint
from metrics.boards.national import TargetVersion
from metrics.figure import Figure


def course_title(course: Course, say: Say) -> str:
    """What the card shows, in few words: it stands beside others that name the indicator in full."""
    return say("course.title", indicator=begun(tiny_of(course.indicator, say)))


def course_card(course: Course, say: Say, missed: Sequence[TargetVersion] = (), pace: Figure | None = None) -> Node:
    """The course; where nothing was ever reported, that. `missed` are former targets that are drawn and told, `pace`
    is what the present one takes."""
    title = course_title(course, say)
    if course.last is None:
        return card([head(title), state(say("course.none_title"), say("course.none"))], name="card card-course")
    methods = [("projected", course.projection), ("band", course.band)]
    told = [name for name, drawn in methods if drawn is not None]
    words, whole = ("; ".join(say(f"course.{name}{end}") for name in told) for end in ("", "_full"))
    return card(
        [
            head(title, _aside(course, pace, say)),
            trend(_shape(course, missed, say)),
            html.P(words, className="method", title=whole) if told else None,
            *(html.P(_passed(each, say), className="method") for each in missed),
            *(html.P(_break(each, say), className="method") for each in course.breaks),
            footer(
                plain_source(say("course.summed" if course.summed else "course.published")),
                labels(simulated(say) if course.simulated else None),
                table_link("course", say),
            ),
        ],
        simulated=course.simulated,
        name="card card-course",
    )


def _aside(course: Course, pace: Figure | None, say: Say) -> Child:
    """The pace that the target takes, else the unit where the axis does not tell it."""
    if pace is not None:
        return sentence(say, "course.pace", pace=number(pace, say))
    return None if course.indicator.unit == "%" else unit(course.indicator.unit, say).strip()


def _passed(version: TargetVersion, say: Say) -> list[Child]:
    """A target whose day went by without it: how much was aimed at by when, and what was missing."""
    key = "course.missed_after" if version.reached_after else "course.missed"
    assert version.missing is not None  # the caller chose those that fell short
    parts = {"value": number(version.value, say), "missing": number(version.missing, say)}
    return [glyph("missed"), " ", *sentence(say, key, **parts, due=due_text(version, say))]


def _break(found: Break, say: Say) -> str:
    """What an act changed: which measure ends on its day and which begins, and that the two do not compare."""
    vi = say.language == "vi"
    before, after = (found.before_vi, found.after_vi) if vi else (found.before_en, found.after_en)
    words = say("course.break", day=day(found.day), act=found.act, before=before, after=after)
    return words if found.certainty == "sourced" else f"{words} ({in_sentence(say('label.unconfirmed'))})"


def _shape(course: Course, missed: Sequence[TargetVersion], say: Say) -> TrendShape:
    last = course.last
    assert last is not None and last.value is not None  # the caller asked
    figure = last.value
    return TrendShape(
        description=say("course.description", value=printed(figure, say).text, day=day(last.period.end)),
        series=tuple(
            Point(
                point.period.end,
                None if point.value is None else float(point.value.quantity.number),
                point.simulated,
                point.series,
            )
            for point in course.points
        ),
        dates=tuple((each, f"{each:%m/%y}") for each in _months(course)),
        say_tick=lambda value: as_written(value, say.language),
        last=number(figure, say) if figure.derived else figure_link(figure, say),
        as_of=day(last.period.end),
        glide=_glide(course, say),
        target=_target(course, say),
        projection=_projection(course, say),
        missed=tuple(
            (each.target.due.end, float(each.target.value), Node("span", _passed(each, say)).text)
            for each in missed
            if each.target.due
        ),
        breaks=tuple((each.day, say("course.break_word", year=f"{each.day:%Y}")) for each in course.breaks),
    )


def _glide(course: Course, say: Say) -> Glide | None:
    if not course.path:
        return None
    return Glide(
        tuple((on, float(value)) for on, value in course.path),
        say("course.path"),
        None if course.path_value is None else float(course.path_value.quantity.number),
        None if course.gap is None else number(course.gap, say),
        str(course.judgement.status),
    )


def _target(course: Course, say: Say) -> Goal | None:
    if course.target is None or course.due is None or course.due <= _first(course).period.end:
        return None
    value = float(course.target.quantity.number)
    return Goal(value, course.due, say("course.target"), number(course.target, say))


def _projection(course: Course, say: Say) -> Goal | None:
    if course.projection is None or course.due is None:
        return None
    ends = None if course.band is None else (float(course.band[0]), float(course.band[1]))
    value = float(course.projection.quantity.number)
    return Goal(value, course.due, say("course.projection"), number(course.projection, say), ends)


def _first(course: Course) -> CoursePoint:
    return course.points[0]


def _months(course: Course) -> Iterator[date]:
    """The months that may be named under the axis, from the first to the last of all."""
    days = [point.period.end for point in course.points] + [on for on, _ in course.path]
    days += [course.due] if course.due else []
    first, last = min(days), max(days)
    yield first
    at = _month_after(first)
    while at < last:
        yield at
        at = _month_after(at)
    if last > first:
        yield last


def _month_after(on: date) -> date:
    return date(on.year + on.month // 12, on.month % 12 + 1, 1)
