"""Whom somebody may see: a rep their own page, a manager the reps that the roster gives them, an admin everybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from coach.domain.identity import Principal, Role
from coach.domain.opportunity import Rep, folded
from coach.errors import NotFound

_NOBODY = (
    "nobody of this name is known here, or not to you; an admin brings in the roster, which says who leads whom, with "
    "`coach import --people`"
)


class Roster(Protocol):
    """Who leads whom; see `coach.store.people`."""

    async def of_manager(self, name: str) -> tuple[Rep, ...]:
        """The reps of a manager."""


@dataclass(frozen=True, slots=True)
class Access:
    """What one principal may see of people."""

    principal: Principal
    roster: Roster
    asked: list[str] = field(default_factory=list)
    """Whom the caller asked about, for the audit log."""

    async def reps(self) -> frozenset[str] | None:
        """The reps whom this one sees, as names are looked for; None where it is everybody."""
        who = self.principal
        if who.sees_everybody:
            return None
        own = folded(who.person or "")
        if who.role is Role.REP:
            return frozenset({own})
        return frozenset(folded(one.name) for one in await self.roster.of_manager(own))

    async def rep(self, name: str | None) -> None:
        """Refuse somebody else's rep; where no name is given, nothing is asked of anybody.

        Raises:
            NotFound: as for a rep who does not exist, and in the same words.
        """
        if name:
            self.asked.append(name)
        seen = await self.reps() if name else None
        if seen is not None and folded(name or "") not in seen:
            raise NotFound(_NOBODY)

    async def only(self, rep: str | None) -> frozenset[str] | None:
        """Whom a list is narrowed to: one rep, or all whom this one sees; None where it is everybody.

        Raises:
            NotFound: as `rep`.
        """
        await self.rep(rep)
        return frozenset({folded(rep)}) if rep else await self.reps()

    def managers(self, name: str | None) -> frozenset[str] | None:
        """The managers whose conversations a list is narrowed to; None where it is everybody's.

        Raises:
            NotFound: as `rep`.
        """
        if name:
            self.manager(name)
        if self.principal.sees_everybody:
            return frozenset({folded(name)}) if name else None
        return frozenset({folded(self.principal.person or "")})

    def manager(self, name: str) -> None:
        """Refuse another manager's conversations.

        Raises:
            NotFound: as `rep`.
        """
        self.asked.append(name)
        who = self.principal
        if not who.sees_everybody and (who.role is not Role.MANAGER or folded(name) != folded(who.person or "")):
            raise NotFound(_NOBODY)
