"""What a store starts with: its tables, the reference tables, and the demonstration where it is wanted."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from data import migration, queries
from data.clock import machine_today
from data.delivery import Delivery
from data.ingest import Taken, ingest
from data.sample import DEMO_CLOCK, write_letters, write_reports, write_sample
from data.schema import STORE_META
from data.scope import EVERYTHING
from data.store import Store, StoreError, open_store

REFERENCE = Path(__file__).parent / "reference"
#: In the order in which they build on each other.
_TABLES = ("agencies", "indicators", "sources")
_TOLD = ("targets", "observations", "directives", "checkins", "systems", "milestones", "assessments")
#: Of which the demonstration holds simulated rows, written in this order.
_SIMULATED = ("regimes", "receipts", "checkins", "letters", "services", "usage")


def migrate(store: Store) -> None:
    """Create or upgrade the tables and their reference tables (agencies, indicators, sources); no observations."""
    migration.upgrade(store)
    _bring(store, _TABLES, _delivery(machine_today(), demo=False))


def ready(url: str) -> Store:
    """A store that is there and of this code's version. Raises StoreError for any other."""
    store = open_store(url)
    try:
        migration.require_newest(store)
    except StoreError:
        store.close()
        raise
    return store


def published_figures(store: Store) -> list[Taken]:
    """Take everything that the sources of the reference folder publish: targets, figures and their assessments,
    directives and what is told of them, systems and their milestones."""
    return _bring(store, _TOLD, _delivery(machine_today(), demo=False))


def demonstrate(store: Store) -> None:
    """Fill a store that holds no figures with the published and the simulated ones, and set its clock.

    Running it again goes on where an earlier run was stopped, and changes nothing in a finished one.
    """
    with store.writing() as connection:
        if connection.execute(sa.select(STORE_META.c.content)).first() is None:
            notes = {"demonstration_clock": DEMO_CLOCK.isoformat(), "demonstration": "begun"}
            connection.execute(STORE_META.insert(), [{"name": name, "content": notes[name]} for name in notes])
    published_figures(store)
    with TemporaryDirectory() as folder:
        files = [(path, path.name) for path in write_sample(Path(folder))]
        ingest("observations", files, store, _delivery(DEMO_CLOCK, demo=True))
        told = (*write_reports(Path(folder)), *write_letters(Path(folder)))
        for kind, path in zip(_SIMULATED, told, strict=False):
            ingest(kind, [(path, path.name)], store, _delivery(DEMO_CLOCK, demo=True))
        _use_services(store, Path(folder))
    with store.writing() as connection:
        connection.execute(STORE_META.update().where(STORE_META.c.name == "demonstration").values(content="complete"))


def _use_services(store: Store, folder: Path) -> None:
    """The catalogue of services and what is used of them."""
    from data.sample.services import write_services  # noqa: PLC0415 - only who writes usage needs numpy and Arrow
    from data.sample.usage import write_usage  # noqa: PLC0415 - see above

    for kind, paths in (("services", write_services(folder)), ("usage", write_usage(folder))):
        ingest(kind, [(path, path.name) for path in paths], store, _delivery(DEMO_CLOCK, demo=True))


def wants_demonstration(store: Store) -> bool:
    """Whether the store holds no figures, or a demonstration that is not finished: it was stopped, or what is told
    has become more since."""
    with store.reading() as snapshot:
        state = queries.demonstration(snapshot, EVERYTHING)
        delivered = queries.delivered_kinds(snapshot, EVERYTHING)
        nothing = delivered.isdisjoint((*_TOLD, *_SIMULATED))
        return nothing or (
            state is not None and (state == "begun" or not delivered.issuperset((*_TOLD, *_SIMULATED)))
        )


def _delivery(clock: date, *, demo: bool) -> Delivery:
    return Delivery(clock, machine_today(), demo, actor="product", reason="Bảng đi kèm sản phẩm")


def _bring(store: Store, kinds: tuple[str, ...], delivery: Delivery) -> list[Taken]:
    taken = []
    for kind in kinds:
        path = REFERENCE / f"{kind}.csv"
        taken += ingest(kind, [(path, path.name)], store, delivery)
    return taken
