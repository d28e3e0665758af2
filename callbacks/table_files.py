"""The addresses of the tables as files: /table, the path of the screen, the name of the table, and its query."""

import re
import unicodedata
from io import BytesIO
from urllib.parse import quote

from flask import Flask, Response, abort, request, send_file

from callbacks import exported, visitors
from callbacks.router import filters_of, screen_at
from callbacks.table import file_of
from data.store import Store
from settings import Settings

#: The path of a screen, the name of one of its tables, and the form.
FILES = re.compile(r"/table(?P<path>(?:/[^/]+)*)/(?P<name>[a-z_]{1,30})\.(?P<form>xlsx|csv)")
_TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv"}
#: What a file system does not take in a name.
_BARRED = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def hang(server: Flask, store: Store, settings: Settings) -> None:
    """Hang the door of the files; what is no table of a screen is not found."""

    @server.get("/table/<path:_rest>")
    def table(_rest: str) -> Response:
        found = FILES.fullmatch(request.path)
        screen = screen_at(found["path"] or "/") if found else None
        if found is None or screen is None:
            abort(404)
        viewer, query = visitors.viewer(), request.query_string.decode("ascii", "replace")
        filters, _ = filters_of(found["path"] or "/", query, store, viewer, settings)
        if hasattr(screen, "exists") and not screen.exists(filters, store, viewer):
            abort(404)
        file = file_of(screen, filters, store, viewer, (found["name"], found["form"]))
        if file is None:
            abort(404)
        whole = f"{file.title}.{found['form']}"
        exported.note(viewer, whole, file.content)
        answer = send_file(BytesIO(file.content), mimetype=_TYPES[found["form"]])
        answer.headers["Content-Disposition"] = disposition(whole)
        return answer


def disposition(name: str) -> str:
    """The header that gives a file its name: in ASCII that can be read, and in full."""
    whole = _BARRED.sub("-", name).strip()
    bare = unicodedata.normalize("NFD", whole.replace("đ", "d").replace("Đ", "D"))
    plain = re.sub(r"[^A-Za-z0-9.]+", "-", bare.encode("ascii", "ignore").decode("ascii")).strip("-")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(whole, safe='')}"
