"""What somebody asks of a board, as plain values; nothing in it is trusted before a board looked it up."""

from dataclasses import dataclass
from datetime import date

from geo.editions import Edition

#: What a map may show: the values, or their distance to the path.
MAPS = ("value", "gap")
EDITIONS = tuple(Edition)
#: How a ranking is ordered: by the figures, by how far each came, or by name.
SORTS = LEVEL, IMPROVEMENT, NAME = ("level", "improvement", "name")
#: So many agencies can be held against each other.
MOST_PINS = 4
#: What the overview is of: e-Government, or the socio-economic targets of the year.
EGOV, ECONOMY = THEMES = ("egov", "economy")
#: What agencies are ranked by in usage: dossiers online to a thousand people, the share online, the share on time.
PEOPLE, ONLINE, ON_TIME = MEASURES = ("people", "online", "on_time")
#: The levels of services by NĐ 43/2011/NĐ-CP of which dossiers are told.
SERVICE_LEVELS = ("1", "2", "3", "4")


@dataclass(frozen=True)
class Asked:
    """`at` is the day as known on; `indicator`, `period`, `group` and `region` are None where the screen chooses;
    `map` is one of MAPS. `standing`, `owner` and `directive` narrow the directives and choose one of them; `agency`
    and `regime` narrow the reports, `system` chooses a system; `list` chooses a list of the slow by its number and
    `entry` one entry of it by its key. `edition` is that of the map, one of EDITIONS; None where the day decides.
    `sort` is one of SORTS; `pins` are codes of agencies to be compared, each once, at most MOST_PINS. `since` is the
    day against whose end changes are told; `theme` is one of THEMES. `level` is one of SERVICE_LEVELS, `measure` one
    of MEASURES; `place` is how far usage is narrowed, as the path says it: agency, group of services, procedure.
    `fresh_days` is after how many days data are too old for whoever asks, where their cycle is longer; None for the
    cycle alone."""

    at: date
    indicator: str | None = None
    period: str | None = None
    map: str = MAPS[0]
    group: str | None = None
    region: str | None = None
    standing: str | None = None
    owner: str | None = None
    directive: str | None = None
    agency: str | None = None
    regime: str | None = None
    system: str | None = None
    list: str | None = None
    entry: str | None = None
    edition: str | None = None
    sort: str = LEVEL
    pins: tuple[str, ...] = ()
    since: str | None = None
    theme: str | None = None
    level: str | None = None
    measure: str | None = None
    place: tuple[str, ...] = ()
    fresh_days: int | None = None
