"""Figures of one edition of the map on the ground of another: terms and counts are added, shares never averaged."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from data.facts import Indicator, Observation
from data.quantity import Quantity, total
from geo.editions import Edition, formed_of, mergers
from metrics.values import Reading

#: What a sum is where its parts differ: the least sure of them.
_STATUSES = ("official", "preliminary", "estimated", "simulated")
_CERTAINTIES = ("sourced", "unconfirmed")
#: Kinds of figures that add up as they are; shares do by their terms.
_COUNTED = frozenset({"count", "amount"})


class Why(StrEnum):
    """What stops a figure from being made on the ground of another edition."""

    ABSENT = "absent"
    SHARE = "share"
    PARTS = "parts"
    KIND = "kind"
    MERGED = "merged"


@dataclass(frozen=True)
class Incomparable:
    """Why a place has no figure although one is known of its ground, and the codes, of the edition that reported, of
    the places that stop it. absent: they did not report. share: they gave no terms. parts: their figures are made up
    of other parts. kind: scores, ranks and rates do not add up. merged: it is a part of a place that reports."""

    why: Why
    stopped_by: tuple[str, ...]


@dataclass(frozen=True)
class Rebased:
    """What is known of one indicator and period on the ground of an edition, by code. A code in neither did not
    report, nor did any part of it."""

    observations: Mapping[str, tuple[Observation, ...]]
    incomparable: Mapping[str, Incomparable]


def rebased(
    readings: Mapping[str, Reading], every: Iterable[Observation], indicator: Indicator, edition: Edition
) -> Rebased:
    """The figures of the provinces of the other edition on the ground of this one.

    `readings` holds the figure to show of each that reported, `every` all their observations. A place of one part
    keeps the observations of that part as they are. One of several has the sum of their terms, or of their counts, as
    one observation that names its `parts`; it exists only where every part reported what can be added.
    """
    by_code: dict[str, list[Observation]] = {}
    for each in every:
        by_code.setdefault(each.agency, []).append(each)
    found: dict[str, tuple[Observation, ...]] = {}
    stopped: dict[str, Incomparable] = {}
    for code, parts in formed_of(edition).items():
        reported = [readings[part] for part in parts if part in readings]
        if len(parts) == 1:
            if reported:
                found[code] = tuple(replace(each, agency=code) for each in by_code[parts[0]])
        elif reported:
            trouble = _trouble(parts, readings, indicator)
            if trouble is not None:
                stopped[code] = trouble
            else:
                found[code] = (_sum(code, parts, reported),)
    if edition is Edition.OF_63:
        stopped |= _merged(readings, found)
    return Rebased(found, stopped)


def _trouble(parts: Sequence[str], readings: Mapping[str, Reading], indicator: Indicator) -> Incomparable | None:
    """What stops the sum; the first of the rules that anything breaks."""
    seen = {part: readings[part].observation for part in parts if part in readings}
    if indicator.unit_kind != "share" and indicator.unit_kind not in _COUNTED:
        return Incomparable(Why.KIND, tuple(seen))
    absent = tuple(part for part in parts if part not in seen)
    if absent:
        return Incomparable(Why.ABSENT, absent)
    without = tuple(part for part, each in seen.items() if not _adds(each, indicator))
    if without:
        return Incomparable(Why.SHARE, without)
    if len({each.series for each in seen.values()}) > 1:
        return Incomparable(Why.PARTS, tuple(seen))
    return None


def _adds(observation: Observation, indicator: Indicator) -> bool:
    if indicator.unit_kind in _COUNTED:
        return observation.value is not None and observation.value.upper is None
    return observation.numerator is not None and observation.denominator is not None


def _sum(code: str, parts: tuple[str, ...], readings: Sequence[Reading]) -> Observation:
    """The figures of the parts as one: as sure as the least sure of them; source and day are those of the part that
    became known last, the revision is the highest of theirs."""
    seen = [each.observation for each in readings]
    has_terms = all(each.numerator is not None and each.denominator is not None for each in seen)
    newest = max(seen, key=lambda each: each.published)
    return replace(
        newest,
        agency=code,
        value=None if has_terms else _added(each.value for each in seen),
        numerator=_added(each.numerator for each in seen) if has_terms else None,
        denominator=_added(each.denominator for each in seen) if has_terms else None,
        status=max((each.status for each in seen), key=_STATUSES.index),
        certainty=max((each.certainty for each in seen), key=_CERTAINTIES.index),
        source_ref="",
        phrase="",
        note="",
        reason="",
        revision=max(each.revision for each in seen),
        parts=parts,
    )


def _added(quantities: Iterable[Quantity | None]) -> Quantity | None:
    return total(each for each in quantities if each is not None)


def _merged(readings: Mapping[str, Reading], found: Container[str]) -> dict[str, Incomparable]:
    """Those of the 63 that went into a place which reported and is more than they were."""
    return {
        each.old: Incomparable(Why.MERGED, (each.new,))
        for each in mergers()
        if each.new in readings and each.old not in found
    }
