"""The table twin of a card: over the screen, and as a file of the same rows."""

from dataclasses import dataclass
from typing import Any

from access.viewer import Viewer
from callbacks.filters import Filters
from data.store import Store
from figures.node import Child
from i18n import Say, speaker
from layouts.screen import Page
from layouts.twin import Twin, no_twin, notes_of, sheet_of, twin_panel

#: The name of the file that holds every table of a screen.
WHOLE = "board"


def show(screen: Any, filters: Filters, store: Store, viewer: Viewer) -> Child:
    """The table the address names; nothing where it names none."""
    name = filters.address.table
    if not name:
        return None
    say = speaker(filters.language)
    page: Page = (screen.tabled if hasattr(screen, "tabled") else screen.show)(filters, store, viewer)
    twin = _twin(page, name)
    return twin_panel(twin, name, filters.asked.at, say) if twin else no_twin(name, say)


@dataclass(frozen=True)
class File:
    """A file as it is sent: its name in words, and its bytes."""

    title: str
    content: bytes


def file_of(screen: Any, filters: Filters, store: Store, viewer: Viewer, named: tuple[str, str]) -> File | None:
    """The file of one table, or of all of a screen, by its name and form; None where there is none."""
    name, form = named
    say = speaker(filters.language)
    page: Page = (screen.filed if hasattr(screen, "filed") else screen.show)(filters, store, viewer)
    if name == WHOLE:
        return _whole(page, filters, say) if form == "xlsx" else None
    twin = _twin(page, name)
    return _one(twin, name, form, filters) if twin else None


def _twin(page: Page, name: str) -> Twin | None:
    make = page.twins.get(name)
    return make() if make else None


def _one(twin: Twin, name: str, form: str, filters: Filters) -> File:
    from layouts import files  # noqa: PLC0415 - the library is large, and few workers ever need it

    say = speaker(filters.language)
    sheet = sheet_of(twin, name, say)
    title = f"{twin.title} {filters.asked.at.isoformat()}"
    if form == "csv":
        return File(title, files.comma_separated(sheet))
    return File(title, files.workbook([sheet], notes_of(twin, filters.asked.at, say)))


def _whole(page: Page, filters: Filters, say: Say) -> File | None:
    from layouts import files  # noqa: PLC0415 - the library is large, and few workers ever need it

    if page.board is None:
        return None
    twins = {name: twin for name in page.twins if (twin := _twin(page, name)) is not None}
    sheets = [sheet_of(twin, name, say) for name, twin in twins.items()]
    title = f"{say('twin.whole')} {filters.address.path.strip('/')} {filters.asked.at.isoformat()}"
    return File(title, files.write_sheets(page.board, sheets, title, say))
