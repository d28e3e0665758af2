"""How Alembic runs here: on the connection it is given, in one transaction, DDL included."""

from alembic import context

from data.schema import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
