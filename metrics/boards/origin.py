"""What stands behind the nation's figure beside its source: the digits of the source, and its corrections."""

from collections.abc import Sequence
from dataclasses import dataclass

from metrics.boards.corrected import Corrected
from metrics.boards.national import National
from metrics.boards.provenance import stated
from metrics.figure import Figure, derived


@dataclass(frozen=True)
class Origin:
    """`stated` is the number as its source wrote it, None where the same is printed; `revised` counts the corrections
    of the figure on the word of its source."""

    stated: Figure | None
    revised: Figure


def origin_of(nation: National, corrections: Sequence[Corrected]) -> Origin | None:
    """The origin of the nation's figure; None without one. `corrections` are those of its indicator."""
    if nation.value is None or nation.reading is None:
        return None
    seen = nation.reading.observation
    this = (seen.agency, seen.period, seen.source)
    after = (each.correction.after for each in corrections)
    count = sum((each.agency, each.period, each.source) == this for each in after)
    return Origin(stated(nation.reading), derived(f"revised/{nation.value.mark}", count))
