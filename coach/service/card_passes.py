"""Passes to the card of one deal, for a page of a CRM that shows it in a frame.

A browser sends no sign-in along to a frame inside another site. So whoever has a key asks for a pass, and puts it into
the frame's address. It is signed, good for minutes and for that one card, and shows what its maker still may see. A
panel of a CRM, which has proved its user, gets one in that user's name.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from coach.domain.identity import Principal
from coach.store.kept import Key
from coach.store.secret import Secret

if TYPE_CHECKING:
    from itsdangerous import URLSafeTimedSerializer

PREFIX = "cp_"
"""What a pass begins with."""
ANY = ""
"""Stands for the record in a pass to the card of any deal of a CRM: some CRMs tell the page which, and not us."""
LASTS_S = 600
"""How long one is good."""
_PURPOSE = "card passes"


class CardPass(NamedTuple):
    """What a pass says."""

    principal: str
    """The id of who made it: `key:…` or `member:…`."""
    workspace: str
    crm: str
    record: str
    """The deal's, or `ANY`."""

    def opens(self, path: str) -> bool:
        """Whether it is a pass to what is at an address."""
        cards = f"/v1/cards/{self.crm}/"
        return path.startswith(cards) and self.record in {ANY, path.removeprefix(cards)}


class CardPasses:
    """Makes and reads passes."""

    def __init__(self, secret: Secret) -> None:
        """Set what they are signed with."""
        self._secret = secret

    def make(self, principal: Principal, key: Key) -> str:
        """A pass to a deal's card, good from now on."""
        return PREFIX + str(self._signer().dumps(CardPass(principal.id, principal.workspace, *key)))

    def read(self, shown: str) -> CardPass | None:
        """What a pass says; None where it is none of ours, or is over."""
        from itsdangerous import BadData  # noqa: PLC0415  loaded where one comes

        try:
            return CardPass(*self._signer().loads(shown.removeprefix(PREFIX), max_age=LASTS_S))
        except (BadData, TypeError):
            return None

    def _signer(self) -> URLSafeTimedSerializer:
        from itsdangerous import URLSafeTimedSerializer  # noqa: PLC0415  as above

        key = self._secret.key(_PURPOSE)
        return URLSafeTimedSerializer(key, salt=_PURPOSE, signer_kwargs={"digest_method": hashlib.sha256})
