"""A conversation of a manager and a rep as text: its turns, its speakers, and who the manager is.

Rule: a colon is no speaker. A label is one only where it recurs, carries a time, or is named like a person who talks
with others by turns.
"""

from coach.text.conversation.lead import Manager, find_manager
from coach.text.conversation.managers import managers_spans
from coach.text.conversation.read import turns
from coach.text.conversation.roles import is_role
from coach.text.conversation.turn import Turn, speakers

__all__ = ["Manager", "Turn", "find_manager", "is_role", "managers_spans", "speakers", "turns"]
