"""Tokens and cookies, and those who are known by them: each by a name that is its own until it is revoked.

A secret is 256 bits of chance and is given away once; the store keeps its sha256. What becomes of whoever holds it is
told by rows of the audit log.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data.clock import now
from data.labels import is_label, label
from data.ledger.entries import audit, next_id
from data.refusal import shown
from data.store import Store, StoreError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_BYTES = 32
#: A name is read by people, on one line.
_LONGEST = 60
_KEEPER = "cli"
#: What may be wrong with a name; the trouble is called by the noun and one of these.
TROUBLES = ("name", "taken", "unknown")
Holder = TypeVar("Holder", bound="DataclassInstance")


def new_token() -> str:
    """A secret of 256 bits, 43 characters that may stand in an address or a cookie."""
    return secrets.token_urlsafe(_BYTES)


def print_of(secret: str) -> str:
    """What is kept of a secret, its sha256 in hexadecimal; whatever a browser sends has one."""
    return sha256(secret.encode("utf-8", "backslashreplace")).hexdigest()


@dataclass(frozen=True)
class Holders(Generic[Holder]):
    """Those who hold the secrets of one table, which has `id`, `name`, `token_sha256`, `revoked_at` and the columns
    of `kind`, in which one of them is given. `noun` is what troubles and details of the log call one of them, `step`
    what the log calls what is done to them. Each raises what the store raises."""

    table: sa.Table
    kind: type[Holder]
    noun: str
    step: str

    def named(self, name: str) -> str:
        """A name as it is kept. StoreError where it cannot be used."""
        found = label(name)
        if not is_label(found, _LONGEST):
            raise StoreError(f"{self.noun}_name", name=shown(found), most=str(_LONGEST))
        return found

    def add(self, connection: Connection, name: str, cells: Mapping[str, object], **told: object) -> str:
        """Keep one more, with these cells, and give the token, which nobody can be told again; `told` is what the log
        says beside the name. StoreError where one that is not revoked has the name."""
        if self._held(connection, name) is not None:
            raise StoreError(f"{self.noun}_taken", name=name)
        token = new_token()
        row = {"id": next_id(connection, self.table), "name": name, "token_sha256": print_of(token)}
        connection.execute(self.table.insert(), [row | dict(cells)])
        audit(connection, _KEEPER, f"{self.step} add", {self.noun: name, **told})
        return token

    def given(self, connection: Connection, column: str, print_sha256: str) -> Holder | None:
        """Who was given the secret of this print, which stands in that column, also where they were revoked since;
        None where nobody ever was."""
        question = sa.select(*self._columns()).where(self.table.c[column] == print_sha256)
        found = connection.execute(question).one_or_none()
        return None if found is None else self.kind(*found)

    def revoke(self, store: Store, name: str) -> None:
        """Trust one no more; the name is free for another. StoreError where none that is not revoked has it."""
        name = label(name)
        with store.writing() as connection:
            number = self._held(connection, name)
            if number is None:
                raise StoreError(f"{self.noun}_unknown", name=shown(name))
            connection.execute(self.table.update().where(self.table.c.id == number).values(revoked_at=now()))
            audit(connection, _KEEPER, f"{self.step} revoke", {self.noun: name})

    def every(self, store: Store) -> list[Holder]:
        """Every one there ever was, in the order in which they were added."""
        with store.reading() as snapshot:
            found = snapshot.execute(sa.select(*self._columns()).order_by(self.table.c.id))
            return [self.kind(*row) for row in found]

    def _held(self, connection: Connection, name: str) -> int | None:
        """The number of the one that has the name and is not revoked."""
        wanted = self.table.c.name == name, self.table.c.revoked_at.is_(None)
        found: int | None = connection.execute(sa.select(self.table.c.id).where(*wanted)).scalar()
        return found

    def _columns(self) -> list[sa.Column[Any]]:
        return [self.table.c[field.name] for field in fields(self.kind)]
