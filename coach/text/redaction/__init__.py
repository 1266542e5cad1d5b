"""Takes out of a text what tells who somebody is, before it goes anywhere, and finds the way back.

Rule: pure. Numbers are told from others by what well-kept libraries know of them (phone numbers, check digits); names
by a list that is given, never guessed.
"""

from coach.text.redaction.redact import Redacted, Redactor

__all__ = ["Redacted", "Redactor"]
