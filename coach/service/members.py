"""Who comes in by a sign-in at the identity provider, or by the proof of a CRM."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from coach.domain.identity import MAY, Principal, Role
from coach.errors import InvalidInput, NotFound
from coach.store.members import Member, as_found

_CRM_USER = re.compile(r"(pipedrive|zendesk):[0-9]{1,19}")
"""Users of the CRMs whose proof has a number, and no address."""
_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}")


class MemberStore(Protocol):
    """Keeps members; see `coach.store.members`."""

    async def put(self, email: str, role: Role, person: str | None, crm_user: str | None = None) -> Member:
        """Add a member."""

    async def get(self, id_: int) -> Member | None:
        """The member with an id."""

    async def by_email(self, email: str) -> Member | None:
        """The member with an address."""

    async def by_crm_user(self, crm_user: str) -> Member | None:
        """The member who is this user of a CRM."""

    async def all(self) -> tuple[Member, ...]:
        """Everybody who may sign in."""

    async def remove(self, email: str) -> bool:
        """Let somebody in no more."""


@dataclass(frozen=True, slots=True)
class Circle:
    """The members of one workspace."""

    workspace: str
    store: MemberStore

    async def add(self, email: str, role: Role, person: str | None = None, crm_user: str | None = None) -> Member:
        """Let somebody in, from now on as this.

        Args:
            email: Their address.
            role: As what they come in.
            person: Of a manager or a rep: their name, as the roster has it.
            crm_user: Who they are in a CRM that proves its users by a number, as `pipedrive:123`; who they were so
                far where None. A member has one.

        Raises:
            InvalidInput: what is said does not fit together, or this user is another member.
        """
        if not _is_address(email.strip()):
            raise InvalidInput("this is no e-mail address; write it as name@company.example")
        person = (person or "").strip() or None
        if role is Role.SERVICE:
            raise InvalidInput("a program signs in nowhere; make it a key, with `coach keys create --role service`")
        if (person is None) is not (role is Role.ADMIN):
            wants = "needs the person's name, as the roster has it" if person is None else "is nobody's in particular"
            raise InvalidInput(f"role {role}: a member of this role {wants}")
        if crm_user is not None and not _CRM_USER.fullmatch(crm_user):
            raise InvalidInput(
                "this is no CRM's user; write it as pipedrive:123 or zendesk:456, by the user's id there"
            )
        holder = None if crm_user is None else await self.store.by_crm_user(crm_user)
        if holder is not None and as_found(holder.email) != as_found(email.strip()):
            raise InvalidInput(f"{crm_user} is {holder.email} already; give them another number, or remove them, first")
        return await self.store.put(email.strip(), role, person, crm_user)

    async def all(self) -> tuple[Member, ...]:
        """Everybody who may sign in."""
        return await self.store.all()

    async def remove(self, email: str) -> None:
        """Let somebody in no more, from this moment.

        Raises:
            NotFound: nobody with this address may sign in.
        """
        if not await self.store.remove(email):
            raise NotFound("nobody with this address may sign in; see `coach members list`")

    async def vouched(self, email: str) -> Principal | None:
        """Who comes in with an address that the provider has verified; None where nobody does."""
        return self._principal(await self.store.by_email(email)) if _is_address(email) else None

    async def known(self, crm_user: str) -> Principal | None:
        """Who comes in as a user of a CRM, which has proved them; None where nobody does."""
        return self._principal(await self.store.by_crm_user(crm_user))

    async def standing(self, id_: str) -> Principal | None:
        """Who a member is that came in before; None where they no longer may."""
        return self._principal(await self.store.get(int(id_))) if id_.isascii() and id_.isdigit() else None

    def _principal(self, member: Member | None) -> Principal | None:
        if member is None:
            return None
        return Principal(
            id=f"member:{member.id}",
            role=member.role,
            workspace=self.workspace,
            person=member.person,
            scopes=MAY[member.role],
        )


def _is_address(email: str) -> bool:
    # What does not print is no letter; a database may not even take it.
    return _ADDRESS.fullmatch(email) is not None and email.isprintable()
