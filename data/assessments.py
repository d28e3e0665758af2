"""Read what sources say in words of figures: one function per question, each of one snapshot and in a scope."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.engine import Row

from data.newest import newest
from data.row_security import in_scope
from data.schema import ASSESSMENT
from data.scope import Scope
from data.sources.kinds import ASSESSMENTS, WITHDRAWN
from data.store import Snapshot


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one source says in words of a figure of one agency and period, besides its number or in place of it.

    `verdict` on the target is exceeded, met or unmet, None where the source does not judge. `words_vi` and `words_en`
    are what it prints in place of a number, empty where it prints one. `published` is when it became known.
    """

    indicator: str
    agency: str
    period: str
    source: str
    verdict: str | None
    words_vi: str
    words_en: str
    certainty: str
    source_ref: str
    phrase: str
    published: date
    revision: int


@in_scope
def assessments(snapshot: Snapshot, scope: Scope, known_on: date) -> list[Assessment]:
    """The newest revision of every assessment known by the end of `known_on`, in the order of delivery; withdrawn
    ones are left out. Open to those who may see the rows of the agency."""
    among = [ASSESSMENT.c.published <= known_on]
    if scope.agencies is not None:
        among.append(ASSESSMENT.c.agency_code.in_(scope.agencies))
    found = newest(snapshot, ASSESSMENT, ASSESSMENTS.key, *among)
    return [_assessment(row) for row in found if row.status != WITHDRAWN]


def _assessment(row: Row[Any]) -> Assessment:
    return Assessment(
        indicator=row.indicator_code,
        agency=row.agency_code,
        period=row.period,
        source=row.source,
        verdict=row.verdict or None,
        words_vi=row.words_vi,
        words_en=row.words_en,
        certainty=row.certainty,
        source_ref=row.source_ref,
        phrase=row.phrase,
        published=row.published,
        revision=row.revision,
    )
