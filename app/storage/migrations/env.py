"""What Alembic runs: `app.storage.migrate` hands over an open connection."""

from alembic import context
from sqlalchemy import Connection

from app.storage.tables import Base


def run(connection: Connection) -> None:
    """Run the steps, each in a transaction of its own, so that a failing one leaves the step before it whole."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transaction_per_migration=True,
        transactional_ddl=True,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
