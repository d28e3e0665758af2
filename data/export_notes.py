"""Who took which file away, for the audit log."""

from hashlib import sha256

from data.audit_notes import AuditNotes, Row, tell_lost
from data.clock import now
from data.refusal import escaped

_LONGEST = 300


class ExportNotes(AuditNotes):
    """The exports that are still to be written to the log of one store."""

    def add(self, actor: str, what: str, name: str, content: bytes) -> None:
        """Note that `actor` took the file `name` of this content away; `what` says where it was asked for. Returns at
        once and raises nothing."""
        detail = {
            "what": escaped(what)[:_LONGEST],
            "file": escaped(name)[:_LONGEST],
            "sha256": sha256(content).hexdigest(),
            "bytes": len(content),
            "at": now(),
        }
        row: Row = (actor, "export", detail)
        if not self.put(row):
            tell_lost(row)
