"""Figures and words of two provinces that nobody else may see, planted in a store so that each is known again
wherever it is sent."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from access.matrix import Member
from access.viewer import Viewer, viewer_of
from callbacks.router import answer, filters_of, screen_at
from callbacks.table import file_of
from data import roles, stock
from data.person_roles import Role
from data.store import Store, open_store
from settings import Settings
from tests.data.usage_files import service, used
from tests.deliveries import checkin, deliver, figure, letter, said, written
from tests.engines import Server

#: The provinces, each with a number of seven digits that nothing else in the store begins with.
SECRET = {"01": 7310017, "40": 5470031}
#: Two check-ins of one day and source would be one.
_DAYS = {"01": "2020-02-10", "40": "2020-02-11"}
#: What stands between the digits of a number as it is printed.
_BETWEEN = re.compile(r"(?<=\d)[.,\s\u00a0\u202f](?=\d)")


def planted_in(code: str) -> dict[str, str]:
    """What is planted of a province: what it is, and the text by which it is known again."""
    number = SECRET[code]
    words = ("reply", "document", "checkin", "reason", "brought", "procedure")
    return {"numerator": str(number), "denominator": f"{number}0", "usage": str(number + 1)} | {
        each: f"{each}-{number}" for each in words
    }


@contextmanager
def planted(demonstration_url: str, folder: Path) -> Iterator[Store]:
    """A demonstration with all of that, delivered as agencies deliver it."""
    shutil.copyfile(demonstration_url.removeprefix("sqlite:///"), folder / "centre.db")
    with closing(open_store(f"sqlite:///{folder / 'centre.db'}")) as store:
        for code in SECRET:
            _plant(store, folder, code)
        yield store


@dataclass(frozen=True)
class ByRole:
    """The same on PostgreSQL, read by its owner, whom no policy holds, and by a role that may only read."""

    owner: Store
    reader: Store


@pytest.fixture(scope="session")
def by_role(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ByRole]:
    """A demonstration with what is planted, for both roles; nobody may change it."""
    name = postgresql.fresh()
    url, role = postgresql.url(name), f"planted_reader_{name}"
    with postgresql.role(role), closing(open_store(url)) as owner:
        stock.migrate(owner)
        stock.demonstrate(owner)
        for code in SECRET:
            _plant(owner, tmp_path_factory.mktemp("planted"), code)
        roles.let_read(owner, role)
        with closing(open_store(url, reader_url=url.replace("postgres@", f"{role}@"))) as reader:
            roles.require_reader(reader)
            yield ByRole(owner, reader)
        postgresql.drop(name)


def _plant(store: Store, folder: Path, code: str) -> None:
    told, number, day = planted_in(code), SECRET[code], _DAYS[code]
    terms = {"indicator_code": "DVC07", "agency_code": code, "period": "2020-01", "source": "CQ", "value": ""}
    first = figure(**terms, numerator=str(number - 9), denominator=f"{number}0", published="2020-02-08")
    deliver(store, folder, written(first))
    mended = figure(**terms, numerator=told["numerator"], denominator=told["denominator"], published=day)
    deliver(store, folder, written(mended), delivery=said(reason=told["reason"], actor=told["brought"], confirm=True))
    task = {"agency_code": code, "date": day}
    reply = {"kind": "reply", "subject": "NV15", "part": "carry_out", "words": told["reply"]}
    deliver(store, folder, written(letter(**task, **reply, document=told["document"], sent_by="")), "letters")
    noted = checkin(**task, directive_code="NV15", event="carry_out", source="CQ", published=day)
    deliver(store, folder, written(noted | {"note": told["checkin"]}), "checkins")
    own = {"procedure_code": f"RIENG{code}", "agency_code": code, "level": "4"}
    named = service(**own, name=told["procedure"], group="Hộ tịch, chứng thực", owner_code="BTP")
    deliver(store, folder, written(named), "services")
    counts = used(**own, date="2020-01-31", received_online=told["usage"], received_other="0")
    deliver(store, folder, written(counts), "usage", said(confirm=True))


def person(store: Store, role: Role, agency: str | None) -> Viewer:
    """Somebody of a role who signed in."""
    return viewer_of(Member(f"{role}-{agency}", "", role, agency), store)


def everything_sent(store: Store, settings: Settings, viewer: Viewer, address: str) -> str:
    """All that a viewer is sent of an address: the whole answer, its prints with it; empty where it is refused."""
    path, _, query = address.partition("?")
    if not viewer.opens(path):
        return ""
    return answer({"path": path, "search": query, "number": 1, "shown": {}}, store, settings, viewer)


def every_file(store: Store, settings: Settings, viewer: Viewer, address: str) -> Iterator[str]:
    """Every file of an address, as the texts of its cells: the workbook of the screen, each table in both forms."""
    path, _, query = address.partition("?")
    screen = screen_at(path)
    if not viewer.opens(path) or screen is None:
        return
    filters, _ = filters_of(path, query, store, viewer, settings)
    if hasattr(screen, "exists") and not screen.exists(filters, store, viewer):
        return
    names = screen.show(filters, store, viewer).twins
    for name, form in [("board", "xlsx"), *((name, form) for name in names for form in ("xlsx", "csv"))]:
        file = file_of(screen, filters, store, viewer, (name, form))
        if file is not None:
            yield file.content.decode("utf-8-sig") if form == "csv" else cells_of(file.content)


def cells_of(workbook: bytes) -> str:
    """Every cell of a workbook, a line each."""
    book = load_workbook(BytesIO(workbook))
    rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    return "\n".join(str(cell) for row in rows for cell in row if cell is not None)


def found_of(code: str, text: str) -> set[str]:
    """What of a province's planted things is in a text, however its numbers are printed."""
    plain = _BETWEEN.sub("", text)
    return {name for name, secret in planted_in(code).items() if secret in plain}


def behind_of(code: str, text: str) -> set[str]:
    """The marks in a text that name what stands behind figures of a province: terms, reports, letters, usage."""
    kinds = "numerator|denominator|days|missing|reminders|sent|laggard-days|reports|owing|received|online|offered"
    marks = re.findall(rf'(?:{kinds})/[^"\s]*', text)
    return {mark for mark in marks if code in mark.split("/")}


def trees_of(sent: str) -> dict[str, object]:
    """The parts of an answer."""
    found: dict[str, object] = json.loads(sent)["trees"]
    return found
