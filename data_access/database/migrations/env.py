"""Run the migrations on the connection that data_access.database.opening hands over."""

from alembic import context

from data_access.database.schema.metadata import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
