"""How Alembic runs our revisions: on one connection, in one transaction, foreign keys asleep.

SQLite changes a table by copying it, and dropping the old copy would take every row with it that
refers to it by ON DELETE. So foreign keys are off while revisions run, and are checked afterwards.
The pragma has no effect inside a transaction, which is why it goes past SQLAlchemy, to the driver.
"""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, create_engine

from storage.tables import metadata
from storage.tables.metadata import UtcTime


def run(connection: Connection) -> None:
    """Runs the revisions that were asked for."""
    on_sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=on_sqlite,
        render_item=render_item,
        compare_type=True,
        # Alembic does not trust SQLite with this, because its driver commits before schema
        # changes; on our connections it does not.
        transactional_ddl=True,
    )
    if on_sqlite:
        _forget_foreign_keys(connection)
    with context.begin_transaction():
        context.run_migrations()
        if on_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise RuntimeError("the migration would leave rows that refer to missing ones")


def render_item(kind: str, item: Any, autogenerating: AutogenContext) -> str | Literal[False]:
    """Writes our own column type into new revisions by its name."""
    if kind == "type" and isinstance(item, UtcTime):
        autogenerating.imports.add("from storage.tables.metadata import UtcTime")
        return "UtcTime()"
    return False


def _forget_foreign_keys(connection: Connection) -> None:
    """For the rest of this connection, which nobody uses for anything but migrating."""
    if connection.in_transaction():
        raise RuntimeError("migrations of SQLite begin outside a transaction")
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")


def main() -> None:
    """On the connection of `migrations.upgrade`, or for `alembic` on the command line on the URL
    in `alembic -x url=…`."""
    given = context.config.attributes.get("connection")
    if given is not None:
        run(given)
        return
    engine = create_engine(context.get_x_argument(as_dictionary=True)["url"])
    with engine.connect() as connection:
        run(connection)
    engine.dispose()


main()
