"""That somebody tried a token which is of no use, for the audit log: once in 15 minutes for a token and an address.

A program that goes on with an old token asks every minute, and whoever guesses asks as often as they can: neither may
fill the log. Of the token itself nothing is told: of one that was given out whose it was, and why it is of no use; of
all others only where they came from.
"""

from datetime import datetime

from sqlalchemy.engine import Connection

from data import login_tries
from data.audit_notes import AuditNotes, Row
from data.clock import now
from data.ledger.entries import audit
from data.programs import Useless
from data.refusal import shown

#: Who bears a token that was never given out is nobody.
_NOBODY = "ingest"


class TokenTries(AuditNotes):
    """The tries that are still to be written to the log of one store."""

    def add(self, found: Useless, address: str) -> None:
        """Note that what was found came from an address, the one that the server itself saw. Returns at once and
        raises nothing. Where there is no room nothing is noted: then so many others are."""
        whose = {} if found.name is None else {"program": found.name}
        actor = _NOBODY if found.name is None else f"program {found.name}"
        self.put((actor, "token refused", whose | {"why": str(found.why), "address": shown(address), "at": now()}))

    def _store_row(self, connection: Connection, row: Row) -> None:
        """Write the row, unless another process did; the moment that counts is that of the try."""
        actor, _, detail = row
        moment = detail["at"]
        assert isinstance(moment, datetime)
        tried = login_tries.print_of_token(f"{actor} {detail['why']}", str(detail["address"]))
        if login_tries.failed(connection, tried, moment):
            return
        login_tries.note(connection, tried, moment, throttled=False)
        audit(connection, *row)
