"""Names of speakers: what shape one has, when two are one person's, and who is meant by a name that is typed in.

Rule: a short form is somebody only where it fits one speaker and no other.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from enum import Enum, auto
from functools import lru_cache

from coach.text.conversation.roles import is_role, words_of
from coach.text.people.vocabulary import DEPARTMENTS, HEADINGS, HONORIFICS, ORGANISATIONS, PARTICLES, common_words
from coach.text.wordlist import word_set

_FIELDS = word_set(
    """note notes step steps item items task tasks todo todos day week month quarter year q1 q2 q3 q4 update updates
    warning caveat caution example question questions answer answers result results reason reasons option options
    goal goals target targets total amount value deadline location venue time duration attendees participants present
    attachments attached link url http https mailto phone mobile email e-mail tel fax from to cc bcc sent re fwd
    company account industry size contact contacts website address city country region website version title recap
    takeaway takeaways highlights blockers blocker concern concerns issue issues strengths weaknesses positives
    negatives pros cons background context situation implication need needs payoff want wants start stop continue
    yes no ok okay well so but and because then also plus meaning translation correction edit editor transcript
    recording recorded meeting call calls talk review session intro introduction conclusion comment comments remark
    commitment commitments follow-up followup followups aside however anyway important reminder key point points fact
    idea plan plans proposal offer quote contract renewal expansion pilot demo discovery signature deals pipeline
    quota revenue probability confidence commit upside won lost open closed new old next first second third last
    finally today tomorrow yesterday monday tuesday wednesday thursday friday saturday sunday morning afternoon evening
    january february march april may june july august september october november december what who when where why how
    lesson lessons learning learnings bonus priority priorities sidebar kickoff homework rule title headline bottom line
    competitor competitors alternative alternatives requirements requirement paperwork legal security outcome"""
)
"""Words that head a line of a note, and no speaker's."""
_GIVEN = word_set(
    """april art bill chase chip dean drew frank gift grace grant guy hope joy june mark max may ray rich rob rose sage
    skip stone summer sunny ward will"""
)
"""Names that are words, too."""
_SURNAMES = word_set("""banks case close day field fields lane law march may mills park price read steel street west""")
"""Surnames that are words of a note, too: somebody's only after a first name that is no word."""
_PAIR = 2
_PERSON_WORDS = 3


class Shape(Enum):
    """What a label looks like."""

    NAME = auto()
    ROLE = auto()
    INITIAL = auto()
    WORD = auto()
    """A word or two that may be a name written without a capital, or a name that is a word, too."""
    NONE = auto()


@lru_cache(maxsize=1 << 15)
def shape_of(label: str) -> Shape:
    """What a label looks like, whatever the text around it."""
    if is_role(label):
        return Shape.ROLE
    if label.startswith("+"):
        return Shape.NAME
    words = words_of(label)
    if _ends_in_surname(label.split(), words):
        return Shape.NAME
    if not words or any(word in _FIELDS or word in HEADINGS for word in words if word not in _GIVEN):
        return Shape.NONE
    if len(words) == 1 and len(words[0]) == 1:
        return Shape.INITIAL
    return _shape_of_parts([part for part in label.replace("\u00a0", " ").split(" ") if part])


def is_person(label: str) -> bool:
    """Whether a label that stands once can be a person's name: one to three words with capitals, none of a note."""
    if shape_of(label) is not Shape.NAME:
        return False
    return (
        sum(_bare(part) not in PARTICLES and _bare(part) not in HONORIFICS for part in label.split()) <= _PERSON_WORDS
    )


def _ends_in_surname(parts: list[str], words: list[str]) -> bool:
    """Whether a label is a first name with a surname that is a word, too: "Sam Price", and not "Next Price"."""
    if len(parts) != _PAIR or len(words) != _PAIR or words[1] not in _SURNAMES:
        return False
    is_word = words[0] in _FIELDS | HEADINGS | ORGANISATIONS | DEPARTMENTS or words[0] in common_words()
    return all(part[0].isupper() for part in parts) and (words[0] in _GIVEN or not is_word)


def _shape_of_parts(parts: list[str]) -> Shape:
    own = [part for part in parts if _bare(part) not in PARTICLES and _bare(part) not in HONORIFICS]
    own = own or parts[: len(parts) == 1]
    bodies = [part for part in own if _bare(part) in ORGANISATIONS or _bare(part) in DEPARTMENTS]
    if not own or (bodies and len(own) > 1):
        return Shape.NONE
    if any(part[0].islower() for part in own):
        return Shape.WORD if len(parts) <= 2 and not any(_is_common(part) for part in own) else Shape.NONE
    named = not _is_common(own[0]) or not _is_common(own[-1])
    return Shape.NAME if named and not bodies else Shape.WORD


def _bare(part: str) -> str:
    return part.strip(".'’-").casefold()


def _is_common(part: str) -> bool:
    return _bare(part) in common_words() and _bare(part) not in _GIVEN


@lru_cache(maxsize=1 << 15)
def fold(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents and titles: what two spellings of one name share."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    words = tuple(word.strip(".'’-()[]\"") for word in letters.replace(",", " ").split())
    own = tuple(word for word in words if word and word not in HONORIFICS)
    return own or tuple(word for word in words if word)


def meant(name: str, names: Sequence[str]) -> str | None:
    """The one of the names that a name stands for: itself, a part of it, its beginning or its initials; else None."""
    asked = fold(name)
    if not asked:
        return None
    for fits in _FITS:
        found = [one for one in names if fits(asked, fold(one))]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def merged(names: Sequence[tuple[str, str]]) -> dict[str, str]:
    """For every name the fullest one of the same person: "Anna" and "Dr Berg" are "Anna Berg", if nobody else is.

    Args:
        names: Names with what stands in brackets beside them, in order of appearance. A role that stands beside one
            name is that person, too.
    """
    fullest: dict[tuple[str, ...], str] = {}
    by_role: dict[tuple[str, ...], set[str]] = {}
    for name, tag in names:
        fullest.setdefault(fold(name), name)
        if tag and is_role(tag):
            by_role.setdefault(fold(tag), set()).add(name)
    by_word: dict[str, list[str]] = {}
    for words, name in fullest.items():
        for word in set(words) if len(words) > 1 and not is_role(name) else ():
            by_word.setdefault(word, []).append(name)
    found = {}
    for name in dict.fromkeys(name for name, _ in names):
        words = fold(name)
        longer = by_word.get(words[0], []) if len(words) == 1 else []
        if is_role(name):
            longer = list(by_role.get(words, ()))
        found[name] = longer[0] if len(longer) == 1 else fullest[words]
    return found


def _starts(asked: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return any(word.startswith(" ".join(asked)) for word in (" ".join(name), *name))


def _initials(asked: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return len(name) > 1 and "".join(asked).replace(".", "") == "".join(word[0] for word in name)


def _initialled(asked: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether a speaker is called by the initials, or the initial, of the name asked for."""
    letters = "".join(name).replace(".", "")
    return 0 < len(letters) <= 3 and letters in {"".join(word[0] for word in asked), asked[0][0]}


_FITS: tuple[Callable[[tuple[str, ...], tuple[str, ...]], bool], ...] = (
    lambda asked, name: asked == name,
    lambda asked, name: bool(name) and (set(asked) <= set(name) or set(name) <= set(asked)),
    _starts,
    _initials,
    _initialled,
)
"""From the strictest to the loosest; the first that fits anybody decides."""
