"""The report to the Prime Minister: from an address to a screen, and the file of a list that was drafted."""

import re
from io import BytesIO

from flask import Flask, Response, abort, send_file

from access.viewer import Viewer
from callbacks import exported, visitors
from callbacks.filters import Filters
from callbacks.lists import file_of
from data.clock import now
from data.store import Store
from i18n import speaker
from layouts import dossier as layout
from layouts.address import Moment, Visit
from layouts.screen import Page
from metrics.boards.dossier import dossier

PATH = re.compile("/dossier")
#: The addresses of files.
FILES = re.compile(r"/dossier/[0-9]{1,6}\.docx")
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show(filters: Filters, store: Store, viewer: Viewer) -> Page:
    """The screen of the address. Raises what the store raises."""
    board = dossier(store, viewer.scope, filters.asked)
    visit = Visit(filters.address, Moment(now(), filters.clock), (*filters.unknown, *board.unknown), viewer.member)
    return layout.page(board, visit, speaker(filters.language))


def hang(server: Flask, store: Store) -> None:
    """Hang the door of the files: the one that was signed byte by byte, else the draft."""

    @server.get("/dossier/<int:number>.docx")
    def file(number: int) -> Response:
        viewer, name = visitors.viewer(), f"danh-sach-{number}.docx"
        found = file_of(store, viewer.scope, number)
        if found is None:
            abort(404)
        exported.note(viewer, name, found)
        return send_file(BytesIO(found), mimetype=_DOCX, as_attachment=True, download_name=name)
