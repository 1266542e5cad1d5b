"""What a workspace has set, where that differs from the defaults; and whose turn a daily task is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from coach.store.answers import drop_answers
from coach.store.database import Database
from coach.store.rows import insert_into
from coach.store.tables import workspace_settings as table

_TASK = "task:"
_RUNNING, _DONE = "running", "done"
_DIED = timedelta(hours=6)
"""When whoever began a task and did not end it is taken to have died."""


class WorkspaceSettings:
    """Values by name; what they mean is known to `coach.service.workspace`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> dict[str, str]:
        """Everything that is set.

        Raises:
            StoreError: the store cannot be read.
        """
        async with self._database.reading() as connection:
            rows = await connection.execute(select(table.c.name, table.c.value))
            return {name: value for name, value in rows if not name.startswith(_TASK)}

    async def put(self, values: dict[str, str | None]) -> None:
        """Set values, all or none; None is the default again.

        Raises:
            StoreError: the store cannot be written.
        """
        now = datetime.now(UTC)
        async with self._database.writing() as connection:
            for name, value in values.items():
                await connection.execute(table.delete().where(table.c.name == name))
                if value is not None:
                    await connection.execute(table.insert().values(name=name, value=value, changed_at=now))
            # An answer that is given again was allowed by what held then.
            await drop_answers(connection)

    async def begin(self, task: str, gap: timedelta = timedelta(0)) -> bool:
        """Take a task on, unless somebody is at it, or it was done a short while ago.

        Args:
            task: Its name.
            gap: How long ago it has to be that it was done.

        Returns:
            Whether it is the caller's to do, and to `end`.

        Raises:
            StoreError: the store cannot be written.
        """
        now = datetime.now(UTC)
        done = (table.c.value == _DONE) & (table.c.changed_at <= now - gap)
        died = (table.c.value == _RUNNING) & (table.c.changed_at <= now - _DIED)
        async with self._database.writing() as connection:
            statement = insert_into(connection, table).values(name=_TASK + task, value=_RUNNING, changed_at=now)
            taken = statement.on_conflict_do_update(
                index_elements=["name"], set_={"value": _RUNNING, "changed_at": now}, where=done | died
            )
            return (await connection.execute(taken.returning(table.c.name))).first() is not None

    async def end(self, task: str, *, done: bool = True) -> None:
        """Say that a task is done or, where it is not, that anybody may begin it anew."""
        own = table.c.name == _TASK + task
        ended = table.update().values(value=_DONE, changed_at=datetime.now(UTC)) if done else table.delete()
        async with self._database.writing() as connection:
            await connection.execute(ended.where(own))
