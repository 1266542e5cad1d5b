"""Requests for a decision on hiring, firing, pay or discipline: Coach advises on none of them.

Rule: a request is of the rep, by name or as he, she or they; the same words about somebody else are no request.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coach.domain import Declined, RepPacket, Signal
from coach.rubrics import SkillWill
from coach.rubrics.skill_will import Counts

_SOMEBODY = ("him", "her", "them", "he", "she", "they", "this rep", "the rep")
_WHOSE = ("his", "her", "their", "this rep", "the rep")
_OWNED = frozenset({"pay", "salary", "bonus", "commission"})
"""What a cue has after `~` where that is whose it is; "terminate their contract" is of a supplier's as often."""
_NAME = re.compile(r"[^\W\d_]{2}")
"""What makes a part of a name one by which people are called; "1" and "J." are none."""


def declined(packet: RepPacket, signals: Sequence[Signal], rubric: SkillWill) -> Declined | None:
    """What of a packet asks for such a decision, and why that is declined; None where nothing does."""
    because = tuple(_marked(signals, rubric))
    asked = _pattern(rubric.cues["personnel"], packet.rep)
    quotes = tuple(dict.fromkeys(found[0] for text in packet.texts() for found in asked.finditer(text)))
    if not because and not quotes:
        return None
    return Declined(because=because, quotes=quotes, reason=rubric.declined)


def _marked(signals: Sequence[Signal], rubric: SkillWill) -> Iterator[int]:
    for index, one in enumerate(signals):
        rule = rubric.signal(one.signal)
        if rule and rule.counts is Counts.REQUEST:
            yield index


def _pattern(cues: Sequence[str], rep: str) -> re.Pattern[str]:
    names = [one for one in (rep.strip(), *rep.split()) if _NAME.search(one)]
    phrases = (r"\s+".join(_words(cue.split(), names)) for cue in cues)
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE)


def _words(cue: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    for word, after in zip(cue, (*cue[1:], ""), strict=True):
        if word == "~":
            people = sorted({*names, *(_WHOSE if after in _OWNED else _SOMEBODY)}, key=len, reverse=True)
            yield rf"(?:{'|'.join(map(re.escape, people))})(?:['’]s)?"
        else:
            yield _word(word)


def _word(word: str) -> str:
    return re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word)
