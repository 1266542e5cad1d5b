"""What keys are hashed and sign-ins signed with: given, or made once and kept in a file for its owner alone."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from coach.errors import StoreError

_LEAST = 32


class Secret:
    """Makes keyed hashes; each purpose has a key of its own, so that one is never good for another."""

    def __init__(self, given: str | None, file: Path) -> None:
        """Name it; the file is read, or made, at first use.

        Args:
            given: The secret, where it is set.
            file: Where it is, where it is not set.
        """
        self._given = given
        self._file = file
        self._key: bytes | None = None

    def digest(self, purpose: str, text: str) -> str:
        """The HMAC-SHA256 of a text for a purpose, as 64 hexadecimal digits.

        Raises:
            StoreError: the secret's file cannot be read or made, or is damaged.
        """
        return hmac.new(self.key(purpose), text.encode(), hashlib.sha256).hexdigest()

    def key(self, purpose: str) -> bytes:
        """The 32 bytes that belong to a purpose; raises as `digest`."""
        if self._key is None:
            self._key = (self._given or _kept(self._file)).encode()
        return hmac.new(self._key, purpose.encode(), hashlib.sha256).digest()


def _kept(file: Path) -> str:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Made aside and linked into place: of several processes that come first together, all read the same one.
        made = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
        if not file.exists():
            opened = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                os.write(opened, secrets.token_urlsafe(48).encode())
                os.fsync(opened)
            finally:
                os.close(opened)
            try:
                os.link(made, file)
            except FileExistsError:
                pass
            finally:
                made.unlink()
        found = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise StoreError(
            f"{file}: cannot be used as the secret of this service: {reason}; check the folder's permissions, or set "
            "COACH_SECRET"
        ) from None
    if len(found) < _LEAST:
        raise StoreError(f"{file}: is damaged; restore it from a copy, or remove it and make every key anew")
    return found
