"""Whose rows a question may read, told to the server, which looks at each row itself.

On PostgreSQL the tables that hold rows of agencies have policies (migration 0013) for every role but the one that
owns them. They read three settings of the transaction: whose rows, whose figures, and the moment up to which
embargoes have passed. What is asked outside `within` is asked without them, and finds no row in these tables.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from data.scope import Scope

_Others = ParamSpec("_Others")
_Found = TypeVar("_Found")
#: What stands in a setting for every agency.
EVERY = "*"
#: For whoever sees figures under embargo; no embargo lasts longer.
_LAST = datetime.max.replace(microsecond=0, tzinfo=UTC)
_TELL = (
    "SELECT set_config('centre.scope', %s, true), set_config('centre.figures', %s, true),"
    " set_config('centre.moment', %s, true)"
)
#: In what SQLAlchemy keeps with a connection: the scope that is asked in, and the one that the server was told last.
_ASKED, _TOLD = "scope_asked", "scope_told"


@contextmanager
def within(snapshot: Connection, scope: Scope) -> Iterator[None]:
    """What is asked inside is answered by the server in this scope; afterwards in the one before, or in none.

    Nothing is sent until something is asked, and nothing where the server was told of the scope already.
    """
    kept: dict[Any, Any] = snapshot.info
    before = kept.get(_ASKED)
    kept[_ASKED] = scope
    try:
        yield
    finally:
        kept[_ASKED] = before


def in_scope(
    question: Callable[Concatenate[Connection, Scope, _Others], _Found],
) -> Callable[Concatenate[Connection, Scope, _Others], _Found]:
    """A question that the server answers in the scope in which it is asked. Every question of `data` that takes a
    scope is one; what it gives must be read by then, and not be a generator."""

    @wraps(question)
    def ask(snapshot: Connection, scope: Scope, /, *others: _Others.args, **named: _Others.kwargs) -> _Found:
        with within(snapshot, scope):
            return question(snapshot, scope, *others, **named)

    return ask


def tell_scopes(engine: Engine) -> None:
    """Let every transaction of an engine of PostgreSQL tell the server of the scope before what is asked in it."""

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # The settings end with their transaction, and the connection is used again.
        connection.info.pop(_TOLD, None)
        connection.info.pop(_ASKED, None)

    # Here and not before the cursor: what the server refuses is then told as of any other statement.
    @event.listens_for(engine, "do_execute")
    def tell(_cursor: object, _statement: str, _parameters: object, context: Any) -> None:
        connection: Connection = context.root_connection
        moment: datetime | None = connection.get_execution_options().get("asked_at")
        if moment is None:  # no snapshot: what the driver asks of its own, which has no scope
            return
        scope, told = connection.info.get(_ASKED), connection.info.get(_TOLD)
        if scope == told:
            return
        raw: Any = connection.connection.driver_connection
        raw.execute(_TELL, ("", "", "") if scope is None else _settings(scope, moment))
        connection.info[_TOLD] = scope


def _settings(scope: Scope, moment: datetime) -> tuple[str, str, str]:
    """The three settings of a scope at a moment."""
    seen = _LAST if scope.embargoed else moment
    return _codes(scope.agencies), _codes(scope.figures), seen.isoformat()


@lru_cache(maxsize=64)
def _codes(agencies: frozenset[str] | None) -> str:
    """Codes with a comma before each: the empty one is among them, by which stands what no agency told."""
    return EVERY if agencies is None else "".join(f",{code}" for code in sorted(agencies)) or ","
