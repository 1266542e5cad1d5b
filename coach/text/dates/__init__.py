"""The dates a note mentions, resolved against the day it was written and never invented.

Rule: what is not sure to be a date, or which date it is, is no mention.
"""

from coach.text.dates.entries import Entry
from coach.text.dates.find import DatedText, DateMention, find_dates, read_dates

__all__ = ["DateMention", "DatedText", "Entry", "find_dates", "read_dates"]
