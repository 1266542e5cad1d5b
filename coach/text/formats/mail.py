"""The text of an e-mail: its subject, then its body.

Rule: the plain body before the HTML one; a quoted tail is kept, since what the customer wrote is in it; attachments
are left out and counted.
"""

from __future__ import annotations

from email import message_from_bytes
from email.policy import EmailPolicy
from typing import TYPE_CHECKING, Any, cast

from coach.errors import InvalidInput
from coach.text.formats.markup import text_of
from coach.text.formats.plain import decode

if TYPE_CHECKING:
    from email.message import EmailMessage

_LONGEST_HEADER = 300
"""Characters of a header that are read: what kind of text a part holds, and where it ends."""
_LONGEST_SUBJECT = 2_000
_MOST_PART_HEADERS = 300
"""Headers of parts in a mail; one with a dozen files attached has some fifty."""
_HEADERS = ("from", "to", "subject", "date", "message-id", "mime-version", "received")


class _Bounded(EmailPolicy):
    """The standard way to read a mail; its parser takes time by the square of a header's length, so these are cut."""

    def header_fetch_parse(self, name: str, value: str) -> Any:  # noqa: ANN401  as it stands there
        longest = _LONGEST_SUBJECT if name.lower() == "subject" else _LONGEST_HEADER
        return super().header_fetch_parse(name, value[:longest])


_POLICY = _Bounded()


def read_mail(raw: bytes) -> tuple[str, int]:
    """The text of a mail and the number of its attachments.

    Raises:
        InvalidInput: it is no e-mail, has no body of text, or has more parts than anybody attaches.
    """
    if raw.lower().count(b"\ncontent-") > _MOST_PART_HEADERS:
        raise InvalidInput("the mail has more parts than are read; save its text as .txt")
    try:
        message = cast("EmailMessage", message_from_bytes(raw, policy=_POLICY))
        subject = str(message.get("subject") or "").strip()
        body = _body(message)
        attachments = sum(1 for _ in message.iter_attachments()) if message.is_multipart() else 0
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError):
        # The standard parser raises any of these on headers and parts that no mail program writes.
        raise InvalidInput("the .eml file is damaged; save the mail again from the mail program, or as .txt") from None
    if not any(header in message for header in _HEADERS):
        raise InvalidInput("the .eml file has no mail headers; save the mail again from the mail program, or as .txt")
    if not body.strip():
        raise InvalidInput("the mail has no text in its body")
    return (f"Subject: {' '.join(subject.split())}\n\n{body}" if subject else body), attachments


def _body(message: EmailMessage) -> str:
    """The plain body, else the HTML body as text."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    text = _decoded(raw, part.get_content_charset()).replace("\r\n", "\n")
    return text_of(text) if part.get_content_subtype() == "html" else text


def _decoded(raw: bytes, charset: str | None) -> str:
    """The text of a part, in the encoding it names where that is true."""
    if charset:
        try:
            return raw.decode(charset)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(raw)
