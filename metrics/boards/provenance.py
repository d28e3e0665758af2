"""Where one figure comes from: source, words, dates, terms, targets, other sources, every revision."""

from dataclasses import dataclass
from datetime import date

from data import queries
from data.assessments import Assessment, assessments
from data.corrections import approvals
from data.facts import Agency, Indicator, Observation, Source, Target
from data.quantity import Quantity
from data.scope import Scope
from data.store import Store
from metrics.boards.national import preferred
from metrics.figure import Figure, derived, figure_of, mark_of, term
from metrics.status import Judgement, judge
from metrics.targets import judging, versions
from metrics.values import Reading, reading_of


@dataclass(frozen=True)
class Revision:
    """One revision of the figure; `value` is None where it was withdrawn. `made_by` and `approved_by` name the two
    persons of one that needed a second, else both are empty."""

    number: int
    value: Figure | None
    source: Source
    published: date
    reason: str
    withdrawn: bool
    made_by: str
    approved_by: str


@dataclass(frozen=True)
class OtherSource:
    """The same figure on another's word."""

    value: Figure
    source: Source
    phrase: str
    source_ref: str


@dataclass(frozen=True)
class Provenance:
    """Everything behind one printed figure, as known at the end of `at`.

    `aim` is the target it is judged by, None without one; `said` what sources say of it in words. `terms` are
    numerator and denominator, empty where the source gives none. `stated` is the number as its source
    wrote it, where that has more digits than are printed. `target` and `path` are what it is judged by.
    """

    at: date
    mark: str
    indicator: Indicator
    agency: Agency
    value: Figure
    observation: Observation
    source: Source
    derived: bool
    stated: Figure | None
    terms: tuple[Figure, ...]
    judgement: Judgement
    aim: Target | None
    said: tuple[Assessment, ...]
    target: Figure | None
    target_source: Source | None
    target_due: date | None
    path: Figure | None
    path_status: str
    others: tuple[OtherSource, ...]
    revisions: tuple[Revision, ...]


def provenance(store: Store, scope: Scope, mark: str, at: date) -> Provenance | None:
    """The provenance of INDICATOR/AGENCY/PERIOD; None where no such figure is known that day, or it is not yours."""
    parts = mark.split("/")
    if len(parts) != 3:
        return None
    code, agency_code, period = parts
    with store.reading() as snapshot:
        register = queries.register(snapshot, scope)
        indicator = register.indicators.get(code)
        if indicator is None or not scope.covers(agency_code):
            return None
        found = queries.known_observations(snapshot, scope.narrowed(agency_code), code, at, [period])
        history = queries.revisions(snapshot, scope, code, agency_code, period, at)
        persons = approvals(snapshot, scope, code, agency_code, period, at)
        targets = queries.targets(snapshot, scope, [code])
        told = assessments(snapshot, scope, at)
    shown = [(each, reading) for each in preferred(found, register) if (reading := reading_of(each, indicator))]
    if not shown:
        return None
    observation, reading = shown[0]
    agency = register.agency(agency_code, observation.period.end)
    assert agency is not None
    ranks = {each.code: each.rank for each in register.sources.values()}
    owed = agency.kind == "country" or indicator.owed_by(agency)
    known = versions(targets, agency_code, at, ranks) if owed else ()
    target = judging(known, observation.period)
    judgement = judge(reading, target, indicator, at)
    key = mark_of(reading)
    return Provenance(
        at=at,
        mark=key,
        indicator=indicator,
        agency=agency,
        value=figure_of(reading),
        observation=observation,
        source=register.sources[observation.source],
        derived=reading.derived,
        stated=stated(reading),
        terms=tuple(
            term(f"{name}/{key}", quantity)
            for name, quantity in (("numerator", observation.numerator), ("denominator", observation.denominator))
            if quantity is not None
        ),
        judgement=judgement,
        aim=target,
        said=tuple(each for each in told if [each.indicator, each.agency, each.period] == parts),
        target=derived(
            f"target/{code}/{target.agency}/{target.due.text if target.due else 'none'}/{target.source}",
            Quantity(target.value, upper=target.upper),
            indicator.unit,
        )
        if target
        else None,
        target_source=register.sources[target.source] if target else None,
        target_due=target.due.end if target and target.due else None,
        path=None if judgement.expected is None else derived(f"path/{key}", judgement.expected, indicator.unit),
        path_status=target.path.status if target else "",
        others=tuple(
            OtherSource(figure_of(other), register.sources[each.source], each.phrase, each.source_ref)
            for each, other in shown[1:]
        ),
        revisions=tuple(
            Revision(
                each.revision,
                figure_of(read) if not withdrawn and (read := reading_of(each, indicator)) else None,
                register.sources[each.source],
                each.published,
                each.reason,
                withdrawn,
                *persons.get((each.source, each.revision), ("", "")),
            )
            for each, withdrawn in history
        ),
    )


def stated(reading: Reading) -> Figure | None:
    """The number with all digits of its source, where fewer are printed."""
    value = reading.observation.value
    if value is None or value.number == reading.printed:
        return None
    return derived(f"stated/{mark_of(reading)}", value, reading.observation.unit)
