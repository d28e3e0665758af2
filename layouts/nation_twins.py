"""The table twins of what is shown of the nation: its targets, its figure and the sum beside it, its course."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from i18n import Say
from i18n.formats import day
from layouts.course import course_title
from layouts.twin import Row, Twin, text_of, told
from layouts.versions import standing_words
from layouts.words import due_text, name_of, period_of, shape_key, source_title, status_word, title_of
from metrics.boards.agencies import AgencySum
from metrics.boards.course import Course, CoursePoint
from metrics.boards.indicator import Corrected, IndicatorBoard
from metrics.boards.national import National, TargetVersion
from metrics.boards.origin import Origin
from metrics.figure import Figure, derived

_TARGETS = (
    "indicator",
    "code",
    "value",
    "path",
    "gap",
    "target",
    "due",
    "missing",
    "projection",
    "pace",
    "before",
    "before_period",
    "numerator",
    "denominator",
    "age",
    "standing",
)

_ORIGIN = (
    *("indicator", "code", "period", "value", "stated", "numerator", "denominator"),
    *("phrase", "place_in", "remark"),
)


def targets_twin(headline: Sequence[National], say: Say) -> Twin:
    """The national targets of the tiles, a row each."""
    return Twin(
        title=say("twin.targets"),
        columns=_TARGETS,
        rows=tuple(_target(each, say) for each in headline),
        traced="value",
        beside=tuple(
            (f"{title_of(nation.indicator, say)}, {version.source.code}", version.value)
            for nation in headline
            for version in nation.versions[1:2]
        ),
        simulated=any(each.simulated for each in headline),
    )


def _target(nation: National, say: Say) -> Row:
    over, under = nation.terms or (None, None)
    aim = nation.governing
    before = period_of(nation.before_period, say) if nation.before_period else None
    return (
        name_of(nation.indicator, say),
        nation.indicator.code,
        nation.value,
        nation.path_value,
        nation.gap,
        aim.value if aim else None,
        due_text(aim, say) if aim else None,
        nation.missing,
        nation.projection,
        nation.pace_needed,
        nation.before,
        before,
        over,
        under,
        nation.age,
        status_word(nation, say),
    )


def nation_twin(nation: National, beside: AgencySum | None, period: str, say: Say) -> Twin | None:
    """The published figure, what other sources state, and the sum of the agencies; None where there is nothing."""
    rows: list[Row] = []
    if nation.value:
        over, under = nation.terms or (None, None)
        rows.append((say("twin.published"), nation.value, over, under, None, None))
    rows += [(source_title(source, say), value, None, None, None, None) for value, source in nation.others]
    if beside:
        name = say("twin.summed", period=period_of(period, say))
        rows.append((name, beside.share, beside.numerator, beside.denominator, beside.reported, beside.owing))
    if not rows:
        return None
    return Twin(
        title=say("nation.title", indicator=name_of(nation.indicator, say)),
        columns=("figure", "value", "numerator", "denominator", "reported", "owing"),
        rows=tuple(rows),
        note=say("nation.method") if beside and beside.share else say("nation.note"),
        traced="value",
        simulated=nation.simulated or bool(beside and beside.simulated),
    )


def versions_twin(nation: National, say: Say) -> Twin | None:
    """Every version of the target; None without any."""
    if not nation.versions:
        return None
    return Twin(
        title=f"{say('versions.title')}: {title_of(nation.indicator, say)}",
        columns=("set_on", "shape", "target", "due", "set_by", "standing", "reached", "missing"),
        rows=tuple(_version(each, nation, say) for each in nation.versions),
    )


def _version(version: TargetVersion, nation: National, say: Say) -> Row:
    now = nation.value if version.governs and not version.due_passed else None
    shape = say(shape_key(version.target), value="").strip()
    standing = text_of(standing_words(version, nation, say))
    return (
        version.target.set_on,
        shape,
        version.value,
        due_text(version, say),
        source_title(version.source, say),
        standing,
        version.reached or now,
        version.missing,
    )


def course_twin(
    course: Course, say: Say, missed: Sequence[TargetVersion] = (), pace: Figure | None = None
) -> Twin | None:
    """What was measured period by period, then the path day by day; None where nothing ever was. What the card tells
    of missed targets and of the pace stands beside."""
    if course.last is None:
        return None
    measured: list[Row] = [_point(point, say) for point in course.points]
    path: list[Row] = [(day(on), None, _of_path(course, on.isoformat(), value)) for on, value in course.path]
    ends = [
        (
            say("twin.band_low" if not at else "twin.band_high"),
            derived(f"band-{at}/{course.indicator.code}", end, course.indicator.unit),
        )
        for at, end in enumerate(course.band or ())
    ]
    return Twin(
        title=f"{course_title(course, say)}: {title_of(course.indicator, say)}",
        columns=("period", "value", "path"),
        rows=(*measured, *path),
        note=say("course.summed" if course.summed else "course.published"),
        traced="value",
        beside=(
            *told(
                (say("course.path"), course.path_value),
                (say("column.gap"), course.gap),
                (say("course.target"), course.target),
                (say("course.projection"), course.projection),
            ),
            *ends,
            *told((say("column.pace"), pace), *_missed(missed, say)),
        ),
        simulated=course.simulated,
    )


def _missed(versions: Sequence[TargetVersion], say: Say) -> Iterator[tuple[str, Figure | None]]:
    for each in versions:
        yield f"{say('course.target')} {due_text(each, say)}", each.value
        yield f"{say('column.missing')} {due_text(each, say)}", each.missing


def _point(point: CoursePoint, say: Say) -> Row:
    return period_of(point.period.text, say), point.value, None


def _of_path(course: Course, on: str, value: Decimal) -> Figure:
    return derived(f"path/{course.indicator.code}/{on}", value, course.indicator.unit)


def corrections_twin(board: IndicatorBoard, say: Say) -> Twin | None:
    """Every correction of an indicator, the latest first; None where there was none."""
    if not board.corrected:
        return None
    return Twin(
        title=f"{say('indicator.corrections')}: {title_of(board.indicator, say)}",
        columns=(
            "period",
            "agency",
            "code",
            "set_by",
            "before",
            "after",
            "change",
            "by",
            "approved_by",
            "published",
            "reason",
        ),
        rows=tuple(_corrected(each, say) for each in board.corrected),
        note=say("indicator.corrections_note"),
        beside=((say("indicator.corrections"), board.corrections),),
        simulated=any(each.correction.after.status == "simulated" for each in board.corrected),
    )


def _corrected(each: Corrected, say: Say) -> Row:
    seen = each.correction.after
    return (
        period_of(seen.period.text, say),
        name_of(each.agency, say) if each.agency else None,
        seen.agency,
        each.source.code,
        each.before,
        each.after,
        each.change,
        each.correction.delivered_by,
        each.correction.approved_by or None,
        seen.published,
        seen.reason or None,
    )


def origin_twin(nation: National, origin: Origin | None, say: Say) -> Twin | None:
    """The figure with what its source says of it; None where there is none."""
    reading, value = nation.reading, nation.value
    if reading is None or value is None or origin is None:
        return None
    seen = reading.observation
    over, under = nation.terms or (None, None)
    row = (
        *(name_of(nation.indicator, say), nation.indicator.code, period_of(seen.period.text, say), value),
        *(origin.stated, over, under, seen.phrase, seen.source_ref, seen.note),
    )
    return Twin(
        title=say("origin.twin"),
        columns=_ORIGIN,
        rows=(row,),
        note=say("origin.note"),
        traced="value",
        beside=told((say("origin.revised"), origin.revised)),
        simulated=nation.simulated,
    )
