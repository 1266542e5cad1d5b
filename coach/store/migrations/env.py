"""Runs migrations on a connection that is given; called by alembic."""

from alembic import context

from coach.store.migrating import OPTIONS

context.configure(connection=context.config.attributes["connection"], **OPTIONS)
context.run_migrations()
