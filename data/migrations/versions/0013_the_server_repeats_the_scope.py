"""On PostgreSQL the server repeats the scope: a role that does not own the tables is shown rows of agencies only
where the settings of its transaction say so, and none without them (`data/row_security.py`). SQLite has no roles.

No policy of a sum or of a fact names another table: Citus takes none with a question in it for a table that it cuts.
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

POLICY = "within_scope"
#: Facts are for whoever writes them: no page reads them, and no policy shows them.
FACTS = "usage"

# What stands within SELECT is worked out once for a question, and not for every row.
PASSED = "nullif(current_setting('centre.moment', true), '')::timestamptz"
EVERY = "(SELECT current_setting('centre.scope', true) = '*')"
ROWS, FIGURES = (
    f"((SELECT current_setting('centre.{name}', true) = '*') OR agency_code = ANY"
    f" ((SELECT string_to_array(current_setting('centre.{name}', true), ','))::text[]))"
    for name in ("scope", "figures")
)
NUMBERED = f"({EVERY} OR agency = ANY ((SELECT numbers_in_scope())::integer[]))"
THERE = f"(embargo_until IS NULL OR embargo_until <= (SELECT {PASSED}))"
TICK = f"(SELECT floor(date_part('epoch', {PASSED}))::bigint)"
SHOWN = {
    **dict.fromkeys(("report", "receipt", "letter", "checkin", "assessment", "service"), ROWS),
    **dict.fromkeys(("usage_by_procedure", "usage_by_group", "usage_by_agency"), NUMBERED),
    **dict.fromkeys(("usage_month", "usage_day", "service_now"), NUMBERED),
    "dossier": EVERY,
    "proposal": f"{ROWS} AND {THERE}",
    # The policy of the proposals holds within it.
    "decision": "proposal_id IN (SELECT id FROM proposal)",
    "observation": f"{FIGURES} AND {THERE}",
    "current": f"{FIGURES} AND seen_from <= {TICK}",
}
MAKE_FUNCTION = """
CREATE FUNCTION numbers_in_scope() RETURNS integer[] LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN ARRAY(
        SELECT id FROM usage_agency WHERE code = ANY (string_to_array(current_setting('centre.scope', true), ','))
    );
END $$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    op.execute(MAKE_FUNCTION)
    for table in (*SHOWN, FACTS):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    for table, shown in SHOWN.items():
        op.execute(f"CREATE POLICY {POLICY} ON {table} FOR SELECT USING ({shown})")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    for table in SHOWN:
        op.execute(f"DROP POLICY {POLICY} ON {table}")
    for table in (*SHOWN, FACTS):
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    op.execute("DROP FUNCTION numbers_in_scope()")
