"""That a file was taken away, for the audit log."""

from flask import Flask, current_app, request

from access.gate import Screen
from access.viewer import Viewer
from callbacks import gate
from data.export_notes import ExportNotes
from data.store import Store

_NAME = "export_notes"


def hang(server: Flask, store: Store) -> None:
    """Have the app keep what is to be noted of its files."""
    server.extensions[_NAME] = ExportNotes(store)


def note(viewer: Viewer, name: str, content: bytes) -> None:
    """Note that whoever asks in this request is given a file; of a screen, which nobody stands before, its name. It
    neither waits nor fails: whoever reads is not stopped by a store that takes nothing."""
    who = gate.visitor()
    actor = f"screen {who.name}" if isinstance(who, Screen) else viewer.name
    query = request.query_string.decode("ascii", "replace")
    notes: ExportNotes = current_app.extensions[_NAME]
    notes.add(actor, f"{request.path}?{query}" if query else request.path, name, content)
