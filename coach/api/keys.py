"""`/v1/keys`: an admin makes, lists, rotates and revokes the API keys of the workspace; each is shown once."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Request
from pydantic import Field

from coach.api.fields import Day, json_only, text
from coach.api.wired import Allowed, Caller, Made, Wired, needs
from coach.domain.base import Frozen
from coach.domain.identity import LOCAL, MAY, Principal, Role, Scope
from coach.errors import InvalidInput, NotAllowed
from coach.service.days import check_day
from coach.service.keys import KeyRing
from coach.service.keys import Made as MadeKey
from coach.store.keys import StoredKey

router = APIRouter(prefix="/v1", tags=["keys"])

_ADMIN = [needs(Scope.ADMIN)]
_CHANGES = [Depends(json_only), *_ADMIN]
_LONGEST_OVERLAP_H = 24 * 30
KeyId = Annotated[str, Path(pattern=r"^[0-9a-f]{12}$", description="The public part of a key.")]


class KeyOut(Frozen):
    """A key that was made; what opens anything is not kept, and never shown again."""

    id: str
    """Its public part, by which it is named."""
    name: str
    role: Role
    person: str | None
    scopes: tuple[Scope, ...]
    state: Literal["good", "ended", "revoked"]
    made_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


class KeyList(Frozen):
    """The keys of a workspace, the first made first."""

    keys: tuple[KeyOut, ...]


class KeyMade(Frozen):
    """A key that was just made."""

    key: str
    """What its owner sends: `ck_…`. Keep it now, it is never shown again."""
    made: KeyOut


class KeyRequest(Frozen):
    """A key that is to be made."""

    name: Annotated[str, text(200)] = "unnamed"
    """What to call it."""
    role: Role = Role.ADMIN
    person: Annotated[str, text(200)] | None = None
    """Of a manager or a rep, the name that the roster has."""
    scopes: Annotated[tuple[Scope, ...], Field(max_length=len(Scope))] = ()
    """What it may do, where that is less than its role may; of a service they have to be said."""
    last_day: Day = None
    """The last day, in UTC, that it opens anything; it never ends where null."""


class Rotation(Frozen):
    """How a key is to give way to another."""

    overlap_hours: float = Field(default=0, strict=True, ge=0, le=_LONGEST_OVERLAP_H)
    """How long the old one still works."""


async def _ring(request: Request, coach: Wired, caller: Caller) -> KeyRing:
    _ = coach.pipeline  # refuses where nothing is kept, and so no key, either
    ring: KeyRing = await request.app.state.entrance.keys(caller.workspace)
    return ring


Ring = Annotated[KeyRing, Depends(_ring)]


@router.get("/keys", operation_id="listKeys", dependencies=_ADMIN)
async def list_keys(ring: Ring) -> KeyList:
    """List the keys of the workspace, in force or not; none of them is shown."""
    return KeyList(keys=tuple(map(_out, await ring.all())))


@router.post("/keys", operation_id="makeKey", dependencies=_CHANGES)
async def make_key(ring: Ring, caller: Caller, access: Allowed, made: Made, wanted: KeyRequest) -> KeyMade:
    """Make a key, and show it: this once, and never again. From the first key on, nobody comes in without one."""
    if caller == LOCAL and wanted.role is not Role.ADMIN:
        raise InvalidInput(
            "role: the first key has to be an administrator's; from then on nobody comes in without a key, and nobody "
            "else could make another"
        )
    _refuse_more_than_own(caller, frozenset(wanted.scopes) or MAY[wanted.role])
    if wanted.person:
        access.asked.append(wanted.person)
    check_day("last_day", wanted.last_day)
    ends = None if wanted.last_day is None else datetime.combine(wanted.last_day + timedelta(days=1), time(), UTC)
    key = await ring.create(wanted.name, wanted.role, person=wanted.person, scopes=wanted.scopes, expires_at=ends)
    return _shown(key, made)


@router.post("/keys/{key}/rotate", operation_id="rotateKey", dependencies=_CHANGES)
async def rotate_key(ring: Ring, caller: Caller, made: Made, key: KeyId, how: Rotation) -> KeyMade:
    """Make a key that stands in for another, which ends: at once, or in some hours. It is shown this once."""
    old = next((one for one in await ring.all() if one.id == key), None)
    _refuse_more_than_own(caller, frozenset() if old is None else old.scopes)
    return _shown(await ring.rotate(key, timedelta(hours=how.overlap_hours)), made)


@router.post("/keys/{key}/revoke", operation_id="revokeKey", dependencies=_ADMIN)
async def revoke_key(ring: Ring, key: KeyId) -> KeyOut:
    """End a key at once; whoever is signed in by it is out with their next request."""
    await ring.revoke(key)
    return next(_out(one) for one in await ring.all() if one.id == key)


def _refuse_more_than_own(caller: Principal, wanted: frozenset[Scope]) -> None:
    """Refuse to make a key that may do what the caller's own may not.

    Raises:
        NotAllowed: it would.
    """
    if beyond := wanted - caller.scopes:
        raise NotAllowed(f"A key gives no more than it has itself, and yours has no {', '.join(sorted(beyond))}.")


def _shown(key: MadeKey, made: dict[str, object]) -> KeyMade:
    made |= {"made": key.key.id, "role": key.key.role.value}
    return KeyMade(key=key.shown, made=_out(key.key))


def _out(key: StoredKey) -> KeyOut:
    state: Literal["good", "ended", "revoked"] = "revoked" if key.revoked_at else "ended"
    if key.is_good(datetime.now(UTC)):
        state = "good"
    names = ("id", "name", "role", "person", "made_at", "expires_at", "revoked_at")
    return KeyOut(**{name: getattr(key, name) for name in names}, scopes=tuple(sorted(key.scopes)), state=state)
