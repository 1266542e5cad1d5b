"""Makes a note, which anybody may have written, safe to be read by an engine.

Rule: pure, and linear in the length of the note; what is suspected is cut out whole and told, never followed.
"""

from coach.text.untrusted.readable import Readable, readable

__all__ = ["Readable", "readable"]
