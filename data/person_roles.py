"""The roles of people: a closed list, and of whom each one is.

What a role may see and do is for `access` to say; here stands only who can have it.
"""

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data.facts import OWING_KINDS
from data.refusal import shown
from data.schema import AGENCY
from data.store import StoreError


class Role(StrEnum):
    """What somebody is here for."""

    PM_OFFICE = "pm_office"
    MINISTER = "minister"
    PROVINCE_LEADER = "province_leader"
    REPORTER = "reporter"
    APPROVER = "approver"
    ADMIN = "admin"
    AUDITOR = "auditor"


#: The Office of the Government, which keeps the registers of the whole country.
OFFICE = "VPCP"
#: Roles that belong to no agency.
_OF_NOBODY = frozenset({Role.PM_OFFICE, Role.ADMIN, Role.AUDITOR})
#: Rows of the agencies' table that somebody lives in, and nobody works for.
PLACES = frozenset({"country", "group", "region"})


def require_pair(connection: Connection, role: Role, agency_code: str | None) -> None:
    """Raise StoreError unless somebody of this role can be of this agency; None is of no agency.

    A minister is of a ministry or an agency of ministerial rank, the leader of a province of a province, a reporter
    and an approver of any agency. A code is right that ever was one of such an agency: figures of old ones are seen.
    """
    if role in _OF_NOBODY:
        if agency_code is not None:
            raise StoreError("person_of_nobody", role=role)
        return
    code = agency_code or ""
    kinds = _kinds(connection, code)
    told = shown(code) or "–"
    if role == Role.MINISTER and kinds.isdisjoint(OWING_KINDS["ministry"]):
        raise StoreError("person_no_ministry", role=role, agency=told)
    if role == Role.PROVINCE_LEADER and kinds.isdisjoint(OWING_KINDS["province"]):
        raise StoreError("person_no_province", role=role, agency=told)
    if not kinds - PLACES:
        raise StoreError("person_no_agency", role=role, agency=told)


def is_agency(connection: Connection, code: str) -> bool:
    """Whether the code is, or ever was, that of an agency somebody works for."""
    return bool(_kinds(connection, code) - PLACES)


def _kinds(connection: Connection, code: str) -> set[str]:
    """What the code stands for, or ever did."""
    # What cannot be shown, a server of PostgreSQL would not even take.
    question = sa.select(AGENCY.c.kind).where(AGENCY.c.code == (code if code.isprintable() else ""))
    return set(connection.execute(question).scalars())
