"""The people a note mentions: names and roles, which of them may be one person, and which side they are on.

Rule: precision before recall; a product, a place or a company is nobody.
"""

from coach.text.people.find import find_people
from coach.text.people.mention import PersonMention
from coach.text.people.speakers import speaker_labels

__all__ = ["PersonMention", "find_people", "speaker_labels"]
