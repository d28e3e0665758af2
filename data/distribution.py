"""Spreading the facts of usage over the machines of a Citus cluster; everything else stays on its coordinator.

Facts are cut by agency, the column that every delivery and every sum names. The three tables that give their numbers
a meaning are copied to every machine. Sums, ledgers and figures stay as they are: pages read those, in one snapshot.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data import migration
from data.store import Store, StoreError, because
from data.usage_tables import PROCEDURE, SERVICE_GROUP, USAGE, USAGE_AGENCY

#: By which column facts are cut; every unique key of theirs holds it, as Citus demands.
CUT_BY = "agency"
#: Copied to every machine, in the order in which they name each other.
EVERYWHERE = (SERVICE_GROUP.name, PROCEDURE.name, USAGE_AGENCY.name)

_CITUS = sa.text("SELECT count(*) FROM pg_extension WHERE extname = 'citus'")
_COORDINATOR = sa.text("SELECT count(*) FROM pg_dist_node WHERE groupid = 0")
_DONE = sa.text("SELECT count(*) FROM pg_dist_partition WHERE logicalrelid = CAST(:facts AS regclass)")
#: Every foreign key from or to what is copied.
_KEYS = sa.text(
    """
    WITH wanted AS (SELECT CAST(CAST(name AS regclass) AS oid) AS oid FROM unnest(CAST(:tables AS text[])) AS name)
    SELECT quote_ident(conname) AS name, CAST(CAST(conrelid AS regclass) AS text) AS of_table,
        pg_get_constraintdef(oid) AS words,
        conrelid IN (SELECT oid FROM wanted) AND confrelid IN (SELECT oid FROM wanted) AS among_themselves
    FROM pg_constraint
    WHERE contype = 'f' AND (conrelid IN (SELECT oid FROM wanted) OR confrelid IN (SELECT oid FROM wanted))
    ORDER BY of_table, name
    """
)


def distribute(store: Store) -> bool:
    """Spread the facts, all in one transaction; False where that was done before and nothing is to do.

    Raises StoreError where the store is on SQLite, is of another version, has no Citus or a cluster that does not
    know its coordinator, and where the engine refuses; then everything is as it was.
    """
    if store.embedded:
        raise StoreError("only_postgresql")
    migration.require_newest(store)
    try:
        with store.writing() as connection:
            return _spread(connection)
    except sa.exc.DBAPIError as trouble:
        raise StoreError("not_distributed", why=because(trouble)) from trouble


def _spread(connection: Connection) -> bool:
    if not connection.execute(_CITUS).scalar_one():
        raise StoreError("no_citus")
    if connection.execute(_DONE, {"facts": USAGE.name}).scalar_one():
        return False
    if not connection.execute(_COORDINATOR).scalar_one():
        raise StoreError("no_coordinator")
    for statement in _statements(connection):
        connection.exec_driver_sql(statement)
    return True


def _statements(connection: Connection) -> Iterator[str]:
    """What is done, in order: what takes long first, since pages wait for tables whose keys are dropped.

    A key between what is copied and what stays would make every table that it leads to a table of Citus, and those
    that lead there in turn: all ledgers and figures. Such keys are dropped; those among the copied tables come back.
    What is left of the facts on the coordinator is removed; no key leads to them, and so nothing else goes with it.
    """
    keys = connection.execute(_KEYS, {"tables": list(EVERYWHERE)}).all()
    back = [key for key in keys if key.among_themselves]
    # What is copied and what is cut share one transaction, and so have to go one after the other.
    yield "SET LOCAL citus.multi_shard_modify_mode TO 'sequential'"
    yield f"SELECT create_distributed_table('{USAGE.name}', '{CUT_BY}', colocate_with => 'none')"
    yield f"SELECT truncate_local_data_after_distributing_table('{USAGE.name}')"
    yield from (f"ALTER TABLE {key.of_table} DROP CONSTRAINT {key.name}" for key in keys)
    yield from (f"SELECT create_reference_table('{name}')" for name in EVERYWHERE)
    yield from (f"ALTER TABLE {key.of_table} ADD CONSTRAINT {key.name} {key.words}" for key in back)
