"""What services are used: facts as pages get them, one frozen row each. Absent is None, never zero."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dossiers:
    """Dossiers of some days: received online and otherwise, resolved in time (or before) and late; still open at the
    end of the last of these days, and of them past their due date; satisfied, of how many rated.

    The last four are None where no portal told them.
    """

    received_online: int
    received_other: int
    resolved_on_time: int
    resolved_late: int
    pending: int | None
    pending_late: int | None
    satisfied: int | None
    rated: int | None

    @property
    def received(self) -> int:
        """Received in whichever way."""
        return self.received_online + self.received_other

    @property
    def resolved(self) -> int:
        """Resolved, in time or late."""
        return self.resolved_on_time + self.resolved_late


@dataclass(frozen=True, slots=True)
class Used:
    """The dossiers of one month. `of` is what they are of: an agency's code, a group's name, a procedure's code, or a
    kind of agencies, as the question says; `level` is 1 to 4."""

    month: int
    of: str
    level: int
    dossiers: Dossiers


@dataclass(frozen=True, slots=True)
class Delivered:
    """Of how many days of a month an agency delivered usage, and the last of them; whether any is simulated."""

    month: int
    agency: str
    days: int
    last_day: int
    simulated: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """How many services an agency offers at one level on a day; whether any of them is simulated."""

    agency: str
    level: int
    services: int
    simulated: bool


@dataclass(frozen=True, slots=True)
class Service:
    """A procedure as one agency offers it on a day: at which level, and since which day (20190701) at this one."""

    procedure: str
    level: int
    first_day: int
    simulated: bool


@dataclass(frozen=True, slots=True)
class Unused:
    """A procedure that agencies offered at level 4 throughout some months without a dossier, and who they are."""

    procedure: str
    name: str
    group: str
    agencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure of the catalogue; `owner` is the code of the ministry in charge of its field."""

    code: str
    name: str
    group: str
    owner: str
