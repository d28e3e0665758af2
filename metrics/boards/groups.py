"""Who is ranked beside whom: all of a kind, the provinces of a region, the cities run by the centre, and those of
about as many people. The bands of people have fixed limits, so that nobody changes sides with a new figure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from data.facts import Agency, Indicator
from data.peers import CENSUS, CITY, Peer, peers
from data.periods import Period
from metrics.boards.agencies import GROUPS
from metrics.boards.known import Known
from metrics.boards.regions import Part
from metrics.figure import Figure, derived

PROVINCES = "provinces"
CITIES = "cities"
#: The bands of people by the census of 2019, from the first number up to below the second, by their name.
BANDS: dict[str, tuple[int, int | None]] = {
    "people-0": (0, 1_000_000),
    "people-1000": (1_000_000, 1_500_000),
    "people-1500": (1_500_000, 2_500_000),
    "people-2500": (2_500_000, None),
}
#: What an address may name as a group.
CHOICES = (*GROUPS, CITIES, *BANDS)


@dataclass(frozen=True)
class Group:
    """A group that can be chosen, by its name in addresses, and how many of it owe a report.

    `region` is the region it is, None for any other; `band` the least number of people and the number they stay below
    (None without an end), None where it is no band. `part` holds its members. `certain` is False where what makes
    them members is not confirmed.
    """

    name: str
    owing: Figure
    part: Part
    region: Agency | None = None
    band: tuple[int, int | None] | None = None
    certain: bool = True


def whole_groups(owing: Sequence[Agency], of: tuple[Indicator, Period | None]) -> tuple[Group, ...]:
    """The provinces and the ministries that owe the indicator; one of which nobody does is left out."""
    members = {name: [each.code for each in owing if each.kind in kinds] for name, kinds in GROUPS.items()}
    return tuple(_group(name, codes, of) for name, codes in members.items() if codes)


def region_groups(known: Known, owing: Sequence[Agency], of: tuple[Indicator, Period | None]) -> tuple[Group, ...]:
    """The regions that hold provinces owing the indicator, in the order of the agencies' table."""
    on = of[1].end if of[1] else known.at
    found = []
    for region in known.register.agencies:
        if region.kind == "region" and region.valid_on(on):
            codes = [each.code for each in _provinces(owing) if each.parent == region.code]
            found += [replace(_group(region.code, codes, of), region=region)] if codes else []
    return tuple(found)


def peer_groups(
    days: tuple[date, date], owing: Sequence[Agency], of: tuple[Indicator, Period | None]
) -> tuple[Group, ...]:
    """The cities run by the centre, then the bands of people; those without a member are left out, and the bands as
    long as no census is known that holds for the provinces. `days` are the one of which they are told and the one as
    known on."""
    cities, census = (peers(kind, *days) for kind in (CITY, CENSUS))
    codes = [each.code for each in _provinces(owing)]
    found = [_peers(_group(CITIES, [each for each in codes if each in cities], of), cities, None)]
    for name, band in BANDS.items():
        inside = [code for code in codes if code in census and _is_in(band, census[code])]
        found.append(_peers(_group(name, inside, of), census, band))
    return tuple(each for each in found if each.part.codes)


def _peers(group: Group, facts: Mapping[str, Peer], band: tuple[int, int | None] | None) -> Group:
    sourced = all(facts[code].certainty == "sourced" for code in group.part.codes)
    return replace(group, band=band, certain=sourced)


def _is_in(band: tuple[int, int | None], peer: Peer) -> bool:
    least, below = band
    return peer.people is not None and peer.people >= least and (below is None or peer.people < below)


def _provinces(owing: Iterable[Agency]) -> Iterable[Agency]:
    return (each for each in owing if each.kind in GROUPS[PROVINCES])


def _group(name: str, codes: Sequence[str], of: tuple[Indicator, Period | None]) -> Group:
    indicator, period = of
    mark = f"owing/{name}/{indicator.code}/{period.text if period else ''}"
    return Group(name, derived(mark, len(codes)), Part(name, frozenset(codes)))
