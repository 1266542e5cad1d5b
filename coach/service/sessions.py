"""Sign-ins of browsers: short-lived signed tokens, which say who it was, and never that they still may.

A token is good for minutes, and renewed while it is in use, up to some hours from the sign-in. Whether its key or
member is still in force is looked up each time.
"""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING, NamedTuple

from coach.domain.identity import Principal
from coach.store.secret import Secret

if TYPE_CHECKING:
    from itsdangerous import URLSafeSerializer

_PURPOSE = "sessions"


class Session(NamedTuple):
    """What a token says."""

    principal: str
    """The id: `key:…` or `member:…`."""
    workspace: str
    began: int
    """When somebody signed in, in seconds since 1970."""
    signed: int
    """When the token was made."""


class Sessions:
    """Makes and reads tokens."""

    def __init__(self, secret: Secret, *, minutes: float, hours: float) -> None:
        """Set how long they are good.

        Args:
            secret: What they are signed with.
            minutes: How long one is, unused.
            hours: How long one is after a sign-in, whatever happens.
        """
        self._secret = secret
        self.lasts_s = minutes * 60
        self._in_all_s = hours * 3600

    def begin(self, principal: Principal) -> str:
        """A token for somebody who has just signed in."""
        now = int(time.time())
        return self._signed(Session(principal.id, principal.workspace, now, now))

    def read(self, token: str) -> Session | None:
        """What a token says; None where it is none of ours, or is over."""
        from itsdangerous import BadData  # noqa: PLC0415  loaded where somebody signs in

        try:
            session = Session(*self._serializer().loads(token))
        except (BadData, TypeError):
            return None
        now = time.time()
        good = now < session.signed + self.lasts_s and now < session.began + self._in_all_s
        return session if good else None

    def renewed(self, session: Session) -> str | None:
        """A newer token, where the one that is in use has been so for a while."""
        now = int(time.time())
        return self._signed(session._replace(signed=now)) if now > session.signed + self.lasts_s / 3 else None

    def _signed(self, session: Session) -> str:
        return self._serializer().dumps(list(session))

    def _serializer(self) -> URLSafeSerializer:
        from itsdangerous import URLSafeSerializer  # noqa: PLC0415  as above

        key = self._secret.key(_PURPOSE)
        return URLSafeSerializer(key, salt=_PURPOSE, signer_kwargs={"digest_method": hashlib.sha256})
