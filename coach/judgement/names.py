"""Names of people and days as they may stand in a sentence of our own. Pure.

Rule: a name comes from the note, so it is let in only where it is short and looks like one; otherwise the sentence does
without. Nothing else of the note's words is ever repeated.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from coach.domain import Kind
from coach.judgement.reading import Reading, Seen
from coach.judgement.times import Period

_LONGEST = 40
_MOST_WORDS = 4
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019.-][^\W\d_]+)*\.?")
_NOBODY = """
i we you he she they it him her them us me my our your his its their who somebody someone anybody anyone nobody everyone
everybody people both all one others customer client buyer prospect team
"""
_PRONOUNS = frozenset(_NOBODY.split())


@lru_cache(maxsize=1024)
def plain_name(who: str | None) -> str | None:
    """The name or role, where it may be repeated."""
    name = " ".join((who or "").split())
    words = name.split(" ")
    if not name or len(name) > _LONGEST or len(words) > _MOST_WORDS:
        return None
    if not name[0].isupper() or not all(_is_plain(word) for word in words) or name.lower() in _PRONOUNS:
        return None
    return name


def _is_plain(word: str) -> bool:
    if not _WORD.fullmatch(word) or (word.isupper() and len(word) > 4):
        return False
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in word if letter.isalpha())


def name_of(one: Seen) -> str | None:
    """Whose act or word a statement is."""
    return plain_name(one.statement.who) if one.is_buyer else None


def first_named(seen: Iterable[Seen]) -> str | None:
    """The first person named among statements."""
    return next((name for one in seen if (name := name_of(one))), None)


def main_person(reading: Reading) -> str | None:
    """The person there of whom the note tells most, unless they have left; the first of them where several tie."""
    gone = {name_of(one) for one in reading.stalls if one.has("sponsor_gone")}
    named = (name for one in reading.buyer if one.is_verifiable and (name := name_of(one)))
    counted = Counter(name for name in named if name not in gone)
    return max(counted, key=lambda name: counted[name], default=None)


def people(reading: Reading) -> tuple[str, ...]:
    """Everybody there who did, promised or said something that can be checked, in the order of the note."""
    return tuple(dict.fromkeys(name for one in reading.buyer if one.is_verifiable and (name := name_of(one))))


def day(of: date, written_on: date) -> str:
    """A day as one says it: the year only where it is another one."""
    year = f" {of.year}" if of.year != written_on.year else ""
    return f"{of.day} {of:%B}{year}"


def when(of: Period, written_on: date) -> str:
    """A day or period as one says it: a whole month by its name, anything else by its first day."""
    if of.first == of.last or of.first.day != 1 or (of.first.year, of.first.month) != (of.last.year, of.last.month):
        return day(of.first, written_on)
    return f"{of.first:%B}" + (f" {of.first.year}" if of.first.year != written_on.year else "")


def is_silence(one: Seen) -> bool:
    """Whether a statement tells that somebody there does not answer."""
    return one.statement.kind is Kind.BUYER_ACTION and one.stalls and one.has("silence")
