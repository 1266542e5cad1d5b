"""A result as a message: a deal review, a diagnosis, a mirror or a 1-on-1 for chat, for mail, or as plain text.

`documents` says what is in a message, once for all; `slack`, `email` and `plain` each set it.
"""

from coach.web.results.documents import document
from coach.web.results.parts import Document

__all__ = ["Document", "document"]
