"""A part of the agencies in words: a region, the cities run by the centre, a band of people with its limits."""

from decimal import Decimal

from i18n import Say
from i18n.formats import as_written
from layouts.words import name_of
from metrics.boards.groups import Group

_MILLION = 1_000_000


def part_name(group: Group, say: Say) -> str:
    """The name of a part of the provinces: "Tây Nguyên", "Thành phố trực thuộc trung ương", "Dưới 1 triệu dân"."""
    if group.region is not None:
        return name_of(group.region, say)
    if group.band is None:
        return say("ranking.cities")
    least, below = group.band
    if below is None:
        return say("ranking.band_from", least=_millions(least, say))
    if not least:
        return say("ranking.band_below", below=_millions(below, say))
    return say("ranking.band_between", least=_millions(least, say), below=_millions(below, say))


def _millions(people: int, say: Say) -> str:
    return as_written((Decimal(people) / _MILLION).normalize(), say.language)
