"""What speaks for a run of capitals being a person: a role beside it, an act, a place in a list of people.

Rule: each test looks a bounded stretch around the name and no further.
"""

from __future__ import annotations

import re

from coach.text.people.runs import SINGLE_LETTER, Run, is_rare
from coach.text.people.vocabulary import (
    BODIES,
    CONTACT_VERBS,
    DEPARTMENTS,
    LIST_HEADS,
    MIND_VERBS,
    ROLES,
    SELLER_TAGS,
    SPEECH_VERBS,
)
from coach.text.people.words import heads_sentence
from coach.text.wordlist import word_set

_ROLE_IN_BRACKETS = re.compile(r"\s?\(([^()\n]{2,70})\)")
_ROLE_IN_COMMAS = re.compile(
    r"\s?[,–—-]\s(?:the |their |our |his |her |an? |your )?([^,.;:()\n–—]{2,45}?)(?=\s?[,.;:()\n–—]|\s-\s|\Z)"
)
_ROLE_OF_PLACE = re.compile(r",?\s(?:from|in|over\sin|at|of)\s(?:the\s|their\s)?((?:[\w&-]{2,20}\s)?[\w&-]{2,20})")
# "Meera Joglekar (commercial)": what a person does, in words of no other use here.
_PLAIN_BRACKET = re.compile(r"[a-z][a-z&/-]{1,20}(?:,?\s[a-z][a-z&/-]{1,20}){0,2}\Z")
_WHO = re.compile(r"(?:,\s[^,.;:\n]{2,30})?,?\swho\b|,?\s(?:he|she)(?:['’]s|\sis|\swas)\s")
_DOES = re.compile(
    r"\s?\((?:runs|heads|owns|leads|manages|does|decides|buys|signs|signatory|in\scharge|reports|works|joined"
    r"|ex-|from|new\s|their\s)",
    re.I,
)
_ROLE_BEFORE = re.compile(r"([\w-]{2,20})([,:]?)[ ]\Z")
_APPOSED = re.compile(r",?\s(?:the|their|that['’]?s\sthe)\s((?:[\w-]{2,15}\s){0,2}[\w-]{2,15})")
# A name with no more than a relative clause after it is a person with no role.
WHO = "who"
_VERB_AFTER = re.compile(
    r"(?:['’](?:ll|d))?\s(?:also\s|then\s|just\s|still\s|herself\s|himself\s|never\s|even\s)?([^\W\d_]+(?:['’]t)?)"
)
_SAYS = re.compile(r"\s?(?:[0-9]{1,2}[:.][0-9]{2}\s?)?:\s?[\"“«'‘]")
_OWNED = re.compile(r"['’]s?\s([^\W\d_]+)")
_TASK = re.compile(rf"\sto\s[a-z]{{2,}}\b|\s[-–—]\s(?:{'|'.join(sorted(SPEECH_VERBS))}|[a-z]{{3,}}ed)\b")
_PERSONAL = word_set(
    """number phone reply answer assistant pa office boss team wife husband son daughter words mail email note desk
    diary signature redlines guys guy driver"""
)


def role_beside(text: str, run: Run) -> str | None:
    """The role that stands after a name or before it."""
    bracket = _ROLE_IN_BRACKETS.match(text, run.end, run.end + 90)
    if bracket and (
        _role_in(bracket[1], most=8, ends=False, tags=len(bracket[1].split()) < 4)
        or (len(run.words) > 1 and _PLAIN_BRACKET.match(bracket[1]))
    ):
        return bracket[1].strip()
    for pattern, most, ends in ((_ROLE_IN_COMMAS, 5, True), (_ROLE_OF_PLACE, 2, False), (_APPOSED, 3, False)):
        found = pattern.match(text, run.end, run.end + 90)
        role = found and _role_in(found[1], most=most, ends=ends, departments=pattern is not _APPOSED)
        if role:
            return role
    if bracket and _DOES.match(text, run.end):
        return bracket[1].strip()
    if _WHO.match(text, run.end):
        return WHO
    before = _ROLE_BEFORE.search(text, max(0, run.start - 24), run.start)
    if not before or (before[2] and text[run.end : run.end + 1] not in set(",:();.\n")):
        return None
    wanted = (ROLES - BODIES) | (DEPARTMENTS if before[2] else frozenset())
    return before[1] if before[1].casefold() in wanted else None


def _role_in(words: str, *, most: int, ends: bool, departments: bool = True, tags: bool = False) -> str | None:
    """The words as far as the role or department in them; with `ends`, only where they end there or go on with "of"."""
    wanted = ROLES | (DEPARTMENTS if departments else frozenset()) | (SELLER_TAGS if tags else frozenset())
    parts = list(re.finditer(r"[^\W\d_]+(?:[-&][^\W\d_]+)*", words))
    if not parts or len(parts) > most:
        return None
    hits = [part for part in parts if part[0].casefold() in wanted and (part[0] != "it")]
    if not hits:
        return None
    rest = words[hits[-1].end() :].strip()
    if ends and rest and not re.match(r"(?:of|for|in)\b", words[hits[0].end() :].strip()):
        return None
    return words.strip() if ends else words[: hits[-1].end()].strip()


def acts(text: str, run: Run, *, dictated: bool) -> bool:
    """Whether a name does what people do, or is written as only people's are: M. Adeyemi."""
    after = text[run.end : run.end + 40]
    verb = _VERB_AFTER.match(after)
    told = verb is not None and verb[1].casefold() in MIND_VERBS
    task = heads_sentence(text, run.start) and _TASK.match(after) is not None
    owned = _OWNED.match(after)
    sure = told or task or _SAYS.match(after) is not None or (owned is not None and owned[1].casefold() in _PERSONAL)
    return sure or (not dictated and (_is_initialled(run) or _is_met(text, run) or _is_told_of(text, run, verb)))


def _is_initialled(run: Run) -> bool:
    return len(run.words) > 1 and SINGLE_LETTER.match(run.words[0].text) is not None and is_rare(run.words[-1])


def _is_met(text: str, run: Run) -> bool:
    """Whether somebody is said to have met or called the name."""
    before = re.search(r"([^\W\d_]+)\s\Z", text[max(0, run.start - 20) : run.start])
    return before is not None and before[1].casefold() in CONTACT_VERBS


def _is_told_of(text: str, run: Run, verb: re.Match[str] | None) -> bool:
    """Whether a verb follows that companies have too, and then "he" or "she"."""
    if verb is None or not (verb[1].casefold() in SPEECH_VERBS or re.match(r"[a-z]{3,}ed\Z", verb[1])):
        return False
    return re.search(r"\b(?:he|she|him|his|her|hers)\b", text[run.end : run.end + 160], re.IGNORECASE) is not None


_LIST = re.compile(
    rf"^[\s>*•–-]*(?:{'|'.join(sorted(LIST_HEADS))})(?:\s?\([^)\n]{{1,20}}\))?[^:\n]{{0,20}}:", re.IGNORECASE
)


def listed(text: str, run: Run) -> bool:
    """Whether a name stands in a list of people."""
    line = text[max(text.rfind("\n", 0, run.start) + 1, run.start - 300) : run.start]
    return _LIST.match(line) is not None and (
        len(run.words) > 1 or text[run.end : run.end + 2] in {", ", " (", "\n", ""}
    )
