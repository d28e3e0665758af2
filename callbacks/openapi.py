"""What programs may ask, as OpenAPI tells it: `/api/v1/openapi.json`. It holds no figure."""

from typing import Any

from flask import Flask, Response

from access.gate import INGEST
from callbacks.bearer import as_json
from callbacks.ingest_door import LONGEST_REASON
from callbacks.spool import LARGEST
from data.refusal import SHOWN
from data.sources.kinds import KINDS
from i18n import LANGUAGES

OPENAPI = "/api/v1/openapi.json"
#: The version of what is described, not of the product.
_VERSION = "1.0.0"
_Tree = dict[str, Any]


def hang(server: Flask) -> None:
    """Hang the door of the description."""
    whole = description()

    @server.get(OPENAPI)
    def describe() -> Response:
        return as_json(200, whole)


def description() -> _Tree:
    """The description, made of what the doors themselves go by."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Command centre: deliveries by programs",
            "version": _VERSION,
            "description": "Files of figures, targets, reports and usage, taken by the doors of `cli.py ingest`: all "
            "files of a request, or none. The same file twice changes nothing and says so.",
        },
        "security": [{"token": []}],
        "paths": {
            f"{INGEST}{{kind}}": {"post": _ingest()},
            OPENAPI: {"get": _describe()},
        },
        "components": {
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A token of `cli.py token add`, for the rows of one agency, until it expires or "
                    "is revoked. Cookies are ignored.",
                }
            },
            "schemas": {
                "Taken": _taken(),
                "File": _file(),
                "Refused": _refused(["refused"]),
                "Held": _refused(["held"]),
                "Problem": _problem(),
                "Told": _object({"result": {"type": "string"}, "told": _lines()}),
            },
        },
    }


def _describe() -> _Tree:
    return {
        "operationId": "describe",
        "summary": "This description",
        "security": [],
        "responses": {"200": _answer("This description", {"type": "object"})},
    }


def _ingest() -> _Tree:
    binary: _Tree = {"schema": {"type": "string", "format": "binary"}}
    form = {"type": "object", "additionalProperties": {"type": "string", "format": "binary"}, "minProperties": 1}
    workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {
        "operationId": "ingest",
        "summary": "Deliver files of one kind",
        "parameters": [
            _parameter("kind", {"enum": list(KINDS)}, "What the rows are", place="path"),
            _parameter("dry_run", {"type": "boolean", "default": False}, "Check everything, store nothing"),
            _parameter("confirm", {"type": "boolean", "default": False}, "Take figures that were held"),
            _parameter(
                "reason",
                {"type": "string", "maxLength": LONGEST_REASON, "default": ""},
                "Why figures are corrected or withdrawn, for rows without a reason of their own",
            ),
            _parameter("lang", {"enum": list(LANGUAGES)}, "The language of what is told"),
        ],
        "requestBody": {
            "required": True,
            "description": f"Files in a form, or one file as the body; {LARGEST // 1024 // 1024} MiB at most. "
            "Parquet is for usage alone.",
            "content": {
                "multipart/form-data": {"schema": form},
                "text/csv": binary,
                workbook: binary,
                "application/vnd.apache.parquet": binary,
            },
        },
        "responses": {
            "200": _answer("Taken; known already; or, of a dry run, found right", _ref("Taken")),
            "400": _answer("The call is put wrongly, or the body is cut off", _ref("Told")),
            "401": _answer("No token, or one that is wrong, too old or revoked", _ref("Told")),
            "403": {"description": "Sent by a page of another site"},
            "404": _answer("No such kind", _ref("Told")),
            "405": _answer("Another method than POST", _ref("Told")),
            "409": _answer("Held: nothing is stored; deliver again with confirm=true", _ref("Held")),
            "413": _answer("The body is too large", _ref("Told")),
            "422": _answer("Refused: nothing is stored", _ref("Refused")),
            "500": _answer("A trouble nobody foresaw, with its reference", _ref("Told")),
            "503": _answer("The store takes nothing just now; deliver again after Retry-After", _ref("Told")),
        },
    }


def _taken() -> _Tree:
    return _object(
        {
            "result": {"enum": ["taken", "identical", "checked"]},
            "files": {"type": "array", "items": _ref("File"), "minItems": 1},
            "told": _lines(),
        }
    )


def _file() -> _Tree:
    counts = {name: {"type": "integer", "minimum": 0} for name in ("rows", "new", "corrected", "same")}
    before = {
        "type": ["integer", "null"],
        "description": "The number of the submission that brought the same file before",
    }
    return _object({"file": {"type": "string"}, **counts, "identical_to": before})


def _refused(results: list[str]) -> _Tree:
    return _object(
        {
            "result": {"enum": results},
            "total": {"type": "integer", "minimum": 1, "description": "How many troubles there are"},
            "problems": {"type": "array", "items": _ref("Problem"), "minItems": 1, "maxItems": SHOWN},
            "told": _lines(),
        }
    )


def _problem() -> _Tree:
    text: _Tree = {"type": ["string", "null"], "maxLength": 80}
    return _object(
        {
            "file": {"type": "string"},
            "line": {"type": ["integer", "null"], "minimum": 1, "description": "Counted from 1 with the header"},
            "column": text,
            "value": text | {"description": "What stood there, escaped; never of a classified file"},
            "code": {"type": "string", "pattern": "^[EW]_[A-Z_]+$"},
            "rule": {"type": "string"},
            "message": {"type": "string", "description": "What is wrong and how to mend it"},
        }
    )


def _lines() -> _Tree:
    lines = {"type": "array", "items": {"type": "string"}, "minItems": 1}
    return lines | {"description": "The lines that the command line would print"}


def _object(properties: _Tree) -> _Tree:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _parameter(name: str, schema: _Tree, words: str, *, place: str = "query") -> _Tree:
    return {"name": name, "in": place, "required": place == "path", "description": words, "schema": schema}


def _answer(words: str, schema: _Tree) -> _Tree:
    return {"description": words, "content": {"application/json": {"schema": schema}}}


def _ref(name: str) -> _Tree:
    return {"$ref": f"#/components/schemas/{name}"}
