"""How a snapshot is taken in: deals, their state on its day, what is claimed of them, and what came of them.

One transaction, so that a snapshot is there whole or not at all; a thousand rows at a time, so that memory stays flat.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coach.domain.opportunity import DealState, Opportunity, folded
from coach.store.kept import Standing, Stands
from coach.store.rows import ids_of, in_parts, insert_into, put
from coach.store.tables import claims, deals, imports, outcomes, reps, reviews, snapshots


class Import(NamedTuple):
    """What is known of a snapshot before it is read."""

    crm: str
    as_of: date
    source: str
    sha256: str


NOTE = "note"
"""The CRM of a deal that is known from a note alone."""
GONE = "gone"
"""The state of a deal that the CRM has thrown away."""
_SET = (
    "import_id", "rep_id", "name", "account", "state", "stage", "stage_rank", "amount", "currency", "probability",
    "forecast_category", "created_on", "close_date", "closed_on", "next_step", "product",
)  # fmt: skip


class Writer:
    """Writes the rows of one snapshot."""

    def __init__(self, connection: AsyncConnection, head: Import, stands: Stands | None) -> None:
        self._db = connection
        self._head = head
        self._stands = stands
        self._import_id = 0
        self._kept = 0
        self._looked_at = 0
        self._again = False
        """Whether a snapshot of the day is there already, and this one takes its place deal by deal."""
        self._reps: dict[str, int] = {}

    async def begin(self) -> None:
        """Say that a snapshot comes."""
        values = {
            **self._head._asdict(),
            "source": self._head.source[:300],
            "kept": 0,
            "imported_at": datetime.now(UTC),
        }
        same_day = select(imports.c.id).where(imports.c.crm == self._head.crm, imports.c.as_of == self._head.as_of)
        self._again = (await self._db.execute(same_day.limit(1))).first() is not None
        made = await self._db.execute(imports.insert().values(values).returning(imports.c.id))
        self._import_id = made.scalar_one()

    async def write(self, batch: Sequence[Opportunity]) -> None:
        """Take in some rows."""
        if not batch:
            return
        await self._know(batch)
        ids = await self._deal_ids(batch)
        rows = [self._row(one, ids[one.record]) for one in batch]
        await put(self._db, snapshots, ("deal_id", "as_of"), rows)
        await self._claim(batch, ids)
        self._kept += len(batch)
        await self._look()

    async def _look(self, *, at_end: bool = False) -> None:
        """Have PostgreSQL look at what was written, each time it is four times as much.

        Until it has, it takes the tables for nearly empty, and compares each of a thousand ids with every row.
        """
        if self._db.dialect.name == "postgresql" and (at_end or self._kept >= 4 * self._looked_at):
            await self._db.execute(text("ANALYZE deals, snapshots, claims"))
            self._looked_at = self._kept

    async def delete(self, records: Sequence[str]) -> None:
        """Say that the CRM has thrown deals away: from this day on they are not there; of new ones nothing is kept."""
        ids = await self._found(records)
        nothing = dict.fromkeys(_SET) | {"import_id": self._import_id, "state": GONE}
        rows = [nothing | {"deal_id": key, "as_of": self._head.as_of} for key in ids.values()]
        await put(self._db, snapshots, ("deal_id", "as_of"), rows)

    async def end(self) -> None:
        """Say that all rows were written: every snapshot of these deals holds until the next one of the same deal."""
        await self._look(at_end=True)
        day = self._head.as_of
        later = snapshots.alias("later")
        following = (
            select(func.min(later.c.as_of))
            .where(later.c.deal_id == snapshots.c.deal_id, later.c.as_of > snapshots.c.as_of)
            .scalar_subquery()
        )
        own = select(later.c.deal_id).where(later.c.import_id == self._import_id)
        overlaps = and_(
            snapshots.c.as_of <= day, (snapshots.c.superseded_on.is_(None)) | (snapshots.c.superseded_on > day)
        )
        await self._db.execute(
            update(snapshots).where(snapshots.c.deal_id.in_(own), overlaps).values(superseded_on=following)
        )
        await self._settle(own)
        done = imports.update().where(imports.c.id == self._import_id).values(kept=self._kept)
        await self._db.execute(done)

    async def _know(self, batch: Sequence[Opportunity]) -> None:
        new = {one.rep for one in batch if one.rep and folded(one.rep) not in self._reps}
        if new:
            self._reps |= await ids_of(self._db, reps, new)

    def _rep_id(self, one: Opportunity) -> int | None:
        return self._reps.get(folded(one.rep)) if one.rep else None

    async def _deal_ids(self, batch: Sequence[Opportunity]) -> dict[str, int]:
        found = await self._found(one.record for one in batch)
        new = [one for one in batch if one.record not in found]
        if new:
            found |= await self._adopted(new)
        rows = [
            {
                "crm": self._head.crm,
                "record": one.record,
                "name": one.name,
                "found_by": folded(one.name or ""),
                "rep_id": self._rep_id(one),
            }
            for one in batch
        ]
        statement = insert_into(self._db, deals)
        # By its name, for within ON CONFLICT the table itself would be joined anew, and any deal's snapshot would do.
        own: ColumnElement[int] = literal_column("deals.id")
        is_older = (
            select(snapshots.c.deal_id).where(snapshots.c.deal_id == own, snapshots.c.as_of > self._head.as_of).exists()
        )
        changed = {name: statement.excluded[name] for name in ("name", "found_by", "rep_id")}
        keep = statement.on_conflict_do_update(index_elements=["crm", "record"], set_=changed, where=~is_older)
        await self._db.execute(keep, rows)
        return await self._found(one.record for one in batch) if new else found

    async def _found(self, records: Iterable[str]) -> dict[str, int]:
        wanted = select(deals.c.record, deals.c.id).where(deals.c.crm == self._head.crm)
        found: dict[str, int] = {}
        for some in in_parts(records):
            found.update(
                (record, key) for record, key in await self._db.execute(wanted.where(deals.c.record.in_(some)))
            )
        return found

    async def _adopted(self, new: Sequence[Opportunity]) -> dict[str, int]:
        """Deals known from a rep's notes that are now known by record: the same rep, the same name, and only one."""
        by_name: dict[tuple[str, int | None], list[Opportunity]] = {}
        for one in new:
            by_name.setdefault((folded(one.name or ""), self._rep_id(one)), []).append(one)
        found: dict[str, int] = {}
        for some in in_parts({name for name, _ in by_name}):
            chosen = select(deals.c.id, deals.c.found_by, deals.c.rep_id).where(
                deals.c.crm == NOTE, deals.c.found_by.in_(some)
            )
            for key, name, rep_id in (await self._db.execute(chosen)).all():
                same = by_name.get((name, rep_id), [])
                if len(same) == 1:
                    values = {"crm": self._head.crm, "record": same[0].record}
                    await self._db.execute(deals.update().where(deals.c.id == key).values(values))
                    found[same[0].record] = key
        return found

    def _row(self, one: Opportunity, deal_id: int) -> dict[str, Any]:
        same = {name: getattr(one, name) for name in _SET if name not in {"import_id", "rep_id", "state"}}
        return same | {
            "deal_id": deal_id,
            "as_of": self._head.as_of,
            "import_id": self._import_id,
            "rep_id": self._rep_id(one),
            "state": one.state.value,
        }

    async def _claim(self, batch: Sequence[Opportunity], ids: Mapping[str, int]) -> None:
        """Keep what is claimed of open deals, where it is not what was claimed last."""
        day = self._head.as_of
        for some in in_parts(ids.values()) if self._again else ():
            replaced = (claims.c.made_on == day) & (claims.c.source == "crm")
            await self._db.execute(claims.delete().where(claims.c.deal_id.in_(some), replaced))
        made = {ids[one.record]: one for one in batch if one.state is DealState.OPEN and one.close_date}
        last = await self._last_claims(made)
        new = {key: one for key, one in made.items() if last.get(key) != (one.close_date, one.probability)}
        standing = await self._standing(new)
        rows = [
            {
                "deal_id": key,
                "rep_id": self._rep_id(one),
                "made_on": day,
                "close_date": one.close_date,
                "probability": one.probability,
                "source": "crm",
                "verdict": standing[key].verdict,
                "grade": standing[key].grade,
            }
            for key, one in new.items()
        ]
        await put(self._db, claims, ("deal_id", "made_on", "source"), rows)

    async def _last_claims(self, keys: Iterable[int]) -> dict[int, tuple[date, float | None]]:
        latest = claims.alias("latest")
        is_latest = claims.c.made_on == (
            select(func.max(latest.c.made_on))
            .where(latest.c.deal_id == claims.c.deal_id, latest.c.source == "crm", latest.c.made_on < self._head.as_of)
            .scalar_subquery()
        )
        found: dict[int, tuple[date, float | None]] = {}
        for some in in_parts(keys):
            chosen = select(claims.c.deal_id, claims.c.close_date, claims.c.probability).where(
                claims.c.deal_id.in_(some), claims.c.source == "crm", is_latest
            )
            found.update((key, (close, odds)) for key, close, odds in await self._db.execute(chosen))
        return found

    async def _standing(self, new: Mapping[int, Opportunity]) -> dict[int, Standing]:
        """What the latest note of each deal says of what is now claimed."""
        standing = dict.fromkeys(new, Standing(None, None))
        stands = self._stands
        if stands is None:
            return standing
        for some in in_parts(new):
            chosen = (
                select(reviews.c.deal_id, reviews.c.content)
                .where(reviews.c.deal_id.in_(some), reviews.c.day <= self._head.as_of, reviews.c.is_latest)
                .order_by(reviews.c.day, reviews.c.id)
            )
            latest = {row.deal_id: row.content for row in await self._db.execute(chosen)}
            for key, content in latest.items():
                close_date = new[key].close_date
                if close_date is not None:
                    standing[key] = stands(content, close_date)
        return standing

    async def _settle(self, own: Select[tuple[int]]) -> None:
        """Keep what has become of these deals: the latest snapshot says it, whichever came last."""
        same, other = snapshots.alias("same"), snapshots.alias("other")
        changed = (
            select(other.c.deal_id)
            .where(other.c.deal_id == same.c.deal_id, other.c.state != same.c.state, other.c.as_of > same.c.as_of)
            .exists()
        )
        known_on = (
            select(func.min(same.c.as_of))
            .where(same.c.deal_id == snapshots.c.deal_id, same.c.state == snapshots.c.state, ~changed)
            .scalar_subquery()
        )
        closed = select(snapshots.c.deal_id, snapshots.c.state, snapshots.c.closed_on, known_on).where(
            snapshots.c.deal_id.in_(own), snapshots.c.superseded_on.is_(None), snapshots.c.state != DealState.OPEN
        )
        await self._db.execute(outcomes.delete().where(outcomes.c.deal_id.in_(own)))
        columns = ["deal_id", "state", "closed_on", "known_on"]
        await self._db.execute(outcomes.insert().from_select(columns, closed))
