"""Who asks: roles, what each may do, and in whose name."""

from __future__ import annotations

import re
from enum import StrEnum

from coach.domain.base import Frozen

MAIN = "main"
"""The workspace that is there unasked."""
WORKSPACE = re.compile(r"[a-z][a-z0-9]{0,30}")
"""What a workspace may be called: its name is a part of its keys, and of a file's or schema's name."""


class Role(StrEnum):
    """What somebody is here."""

    ADMIN = "admin"
    """Everything in the workspace."""
    MANAGER = "manager"
    """The reps whom the roster gives to this manager, and the manager's own conversations."""
    REP = "rep"
    """What is about this rep."""
    SERVICE = "service"
    """A program, in the whole workspace, for what its scopes name."""


class Scope(StrEnum):
    """What a request needs; a role has some, and a key may have fewer."""

    READ_REVIEWS = "reviews:read"
    WRITE_REVIEWS = "reviews:write"
    REPLY = "replies:write"
    CORRECT = "feedback:write"
    DIAGNOSE = "diagnoses:write"
    MIRROR = "manager-reviews:write"
    READ_PIPELINE = "pipeline:read"
    IMPORT = "pipeline:write"
    PEOPLE = "people:write"
    """Bring in the roster, which says who leads whom, and so who sees whom."""
    AGREE = "agreements:write"
    """Change what was agreed in a 1-on-1; a rep, to agree to it."""
    HOLD = "one-on-ones:write"
    """Keep a 1-on-1 as held."""
    OBSERVE = "metrics:read"
    AUDIT = "audit:read"
    PRIVACY = "privacy:write"
    """Export and erase what is held on a person."""
    ADMIN = "admin"
    """Keys, members, the workspace's settings."""


_REP = frozenset({Scope.READ_REVIEWS, Scope.WRITE_REVIEWS, Scope.REPLY, Scope.READ_PIPELINE, Scope.AGREE})
_MANAGER = _REP - {Scope.REPLY} | {Scope.CORRECT, Scope.DIAGNOSE, Scope.MIRROR, Scope.HOLD}
MAY: dict[Role, frozenset[Scope]] = {
    Role.ADMIN: frozenset(Scope),
    Role.MANAGER: frozenset(_MANAGER),
    Role.REP: _REP,
    Role.SERVICE: frozenset(Scope) - {Scope.ADMIN, Scope.PRIVACY},
}
"""The most that a key of a role may do."""


class Principal(Frozen):
    """Who asks, proved or, where nobody has to log in, assumed."""

    id: str
    """`key:…`, `member:…`, or `local`: never a name."""
    role: Role
    workspace: str = MAIN
    person: str | None = None
    """The rep's or manager's own name, as the roster has it."""
    scopes: frozenset[Scope]

    def may(self, scope: Scope) -> bool:
        """Whether this is allowed at all; of whom, `coach.service.access` tells."""
        return scope in self.scopes

    def reading(self) -> Principal:
        """The same one, to read reviews and nothing else: who comes by a CRM does no more."""
        return self.model_copy(update={"scopes": self.scopes & {Scope.READ_REVIEWS}})

    @property
    def sees_everybody(self) -> bool:
        """Whether there is nobody in the workspace whom this one does not see."""
        return self.role in {Role.ADMIN, Role.SERVICE}


LOCAL = Principal(id="local", role=Role.ADMIN, scopes=MAY[Role.ADMIN])
"""The one user of a machine where no key was ever made."""
