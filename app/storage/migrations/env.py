"""What Alembic runs: `app.storage.migrate` hands over an open connection."""

from alembic import context
from sqlalchemy import Connection

from app.storage.tables import Base


def run(connection: Connection) -> None:
    """Run the steps; a failing one leaves the database as it was before."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        # On PostgreSQL a step lets go of its tables when it is done; on SQLite one transaction keeps a second process out.
        transaction_per_migration=connection.dialect.name != "sqlite",
        transactional_ddl=True,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
