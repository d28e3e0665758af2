"""The table twin of a card: over the screen, and as a file of the same rows."""

from dataclasses import dataclass, replace
from typing import Any

from access.viewer import Viewer
from callbacks import within
from callbacks.filters import Filters
from data.embargo import waiting
from data.scope import Scope
from data.store import Store
from figures.node import Child
from i18n import speaker
from layouts import classification
from layouts.screen import Page
from layouts.twin import Cell, Twin, no_twin, notes_of, sheet_of, twin_panel
from metrics.figure import Figure

#: The name of the file that holds every table of a screen.
WHOLE = "board"


def show(screen: Any, filters: Filters, store: Store, viewer: Viewer) -> Child:
    """The table the address names; nothing where it names none."""
    name = filters.address.table
    if not name:
        return None
    say = speaker(filters.language)
    page: Page = (screen.tabled if hasattr(screen, "tabled") else screen.show)(filters, store, viewer)
    twin = _twin(page, name, viewer.scope)
    return twin_panel(twin, name, filters.asked.at, say) if twin else no_twin(name, say)


@dataclass(frozen=True)
class File:
    """A file as it is sent: its name in words, and its bytes."""

    title: str
    content: bytes


def file_of(screen: Any, filters: Filters, store: Store, viewer: Viewer, named: tuple[str, str]) -> File | None:
    """The file of one table, or of all of a screen, by its name and form; None where there is none."""
    name, form = named
    page: Page = (screen.filed if hasattr(screen, "filed") else screen.show)(filters, store, viewer)
    told = within.words_of(filters, store, viewer)
    if name == WHOLE and (form != "xlsx" or page.board is None):
        return None
    public = is_public(page, filters, store, viewer, None if name == WHOLE else name)
    if name == WHOLE:
        return _whole(page, filters, viewer.scope, told, public=public)
    twin = _twin(page, name, viewer.scope)
    return _one(twin, (name, form), filters, told, public=public) if twin else None


def label(page: Page, filters: Filters, store: Store, viewer: Viewer) -> Child:
    """What the foot of a screen, and so its paper, says of all that is on it."""
    public = is_public(page, filters, store, viewer)
    return classification.label_line(speaker(filters.language), public=public)


def is_public(page: Page, filters: Filters, store: Store, viewer: Viewer, name: str | None = None) -> bool:
    """Whether a table of a screen, or all of it with every figure, is for everybody; nothing is where figures are
    seen that are under embargo for others."""
    path = filters.address.path
    if name is None and not classification.is_public_board(page.board):
        return False
    twins = {each: make() for each, make in page.twins.items() if name in (None, each)}
    if not all(classification.is_public(path, each, twin) for each, twin in twins.items() if twin):
        return False
    with store.reading() as snapshot:
        return not waiting(snapshot, viewer.scope)


def _twin(page: Page, name: str, scope: Scope) -> Twin | None:
    """The table of a part; what stands behind a figure is told of those alone of whom the scope sees the rows."""
    make = page.twins.get(name)
    twin = make() if make else None
    if twin is None or scope.agencies is None:
        return twin
    return replace(twin, rows=tuple(tuple(_bare(cell, scope) for cell in row) for row in twin.rows))


def _bare(cell: Cell, scope: Scope) -> Cell:
    return cell.bare(scope.covers) if isinstance(cell, Figure) else cell


def _one(twin: Twin, named: tuple[str, str], filters: Filters, told: str, *, public: bool) -> File:
    from layouts import files  # noqa: PLC0415 - the library is large, and few workers ever need it

    say = speaker(filters.language)
    name, form = named
    sheet = sheet_of(twin, name, say)
    title = f"{twin.title} {filters.asked.at.isoformat()}"
    label = say("column.classification"), classification.label_of(say, public=public)
    if form == "csv":
        return File(title, files.comma_separated(sheet, label))
    notes = [*notes_of(twin, filters.asked.at, say), label, *_of(told)]
    return File(title, files.workbook([sheet], notes, label[1]))


def _of(told: str) -> list[tuple[str, object]]:
    """Whose the rows of a file are, where they are not all there are."""
    return [("", told)] if told else []


def _whole(page: Page, filters: Filters, scope: Scope, told: str, *, public: bool) -> File:
    from layouts import files  # noqa: PLC0415 - the library is large, and few workers ever need it

    assert page.board is not None  # a screen without one has no file
    say = speaker(filters.language)
    twins = {name: twin for name in page.twins if (twin := _twin(page, name, scope)) is not None}
    sheets = [sheet_of(twin, name, say) for name, twin in twins.items()]
    title = f"{say('twin.whole')} {filters.address.path.strip('/')} {filters.asked.at.isoformat()}"
    named = title, classification.label_of(say, public=public)
    return File(title, files.write_sheets(page.board, sheets, named, say, (scope.covers, told)))
