"""The gender probe: everybody a text speaks of is of the other gender; names stay, they are another probe's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from coach.evaluation.case import DealCase
from coach.evaluation.prediction import Output
from coach.evaluation.probes.probe import Probe, Probed, Variant, rewrite_all
from coach.evaluation.probes.rewrite import Edit, Rewrite, any_of, edit, match_case, whole
from coach.evaluation.probes.words import words

_NEXT = re.compile(r"[ \t]+([\"“‘'«(]?)([\w'’-]+)")
_LAST = re.compile(r"([\w'’-]+)\s+\Z")
_STARTS = re.compile(r"(?:\A|[.!?:;\n([\"“-])\s*\Z")
_NUMBER = re.compile(r"\d+\w?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+%", re.IGNORECASE)


def _make(case: Probed, _output: Output) -> Variant | None:
    company = (case.input.deal.name or "") if isinstance(case, DealCase) else ""
    return rewrite_all(case, "gender", lambda text: swap_gender(text, company))


def swap_gender(text: str, company: str = "") -> Rewrite:
    """Swap every word of the list that tells a gender; a title that belongs to the name of the company stays."""
    return edit(text, _edits(text, company))


@cache
def _pattern() -> re.Pattern[str]:
    gender = words().gender
    return re.compile(
        rf"(?P<keep>{whole(any_of(gender.keep))})"
        rf"|(?P<title>(?-i:{whole(any_of(gender.titles))})(?=\.?\s+[^\W\d_]))"
        rf"|(?P<word>{whole(any_of([*gender.pronouns, *gender.nouns, 'her', 'his']))})",
        re.IGNORECASE,
    )


def _edits(text: str, company: str) -> Iterator[Edit]:
    for found in _pattern().finditer(text):
        new = None
        if found["title"]:
            new = _title(text, found, company)
        if new is None and not found["keep"]:
            new = _word(text, found)
        if new is not None:
            yield Edit(*found.span(), new)


def _title(text: str, found: re.Match[str], company: str) -> str | None:
    title = found["title"]
    named = re.match(r"\.?\s+(\w+)", text[found.end() :])
    if named is None or (title + named[0]) in company:
        return None
    return words().gender.titles[title] if title.islower() or named[1][0].isupper() else None


def _word(text: str, found: re.Match[str]) -> str | None:
    gender = words().gender
    word = found[0]
    low = word.casefold()
    if low == "her":
        return match_case(word, "him" if _is_object(text, found) else "his")
    if low == "his":
        # In capitals it is the hospital information system.
        return None if word.isupper() else match_case(word, "hers" if _is_alone(text, found.end()) else "her")
    if low in gender.pronouns:
        return match_case(word, gender.pronouns[low])
    if low not in gender.nouns or (word[0].isupper() and not _begins_sentence(text, found)):
        return None
    return match_case(word, gender.nouns[low])


def _begins_sentence(text: str, found: re.Match[str]) -> bool:
    """Whether a noun with a capital is no name: it begins a sentence, and no other capital follows."""
    following = _NEXT.match(text, found.end())
    return (
        not found[0].isupper()
        and bool(_STARTS.search(text[: found.start()]))
        and not (following and following[2][0].isupper())
    )


def _is_object(text: str, found: re.Match[str]) -> bool:
    """Whether "her" is whom something is done to ("told her that"), and not whose something is ("her list")."""
    gender = words().gender
    following = _NEXT.match(text, found.end())
    if not following:
        return True
    rest = text[following.start(2) :].casefold()
    if any(re.match(rf"{re.escape(phrase)}\b", rest) for phrase in gender.possessive_before):
        return False
    before, word = _before(text, found.start()), _bare(following[2])
    if following[1] or _NUMBER.fullmatch(word):
        return following[1] == "(" or before in gender.giving
    if word in gender.object_before_last:
        return _breaks_off(text, following.end())
    return word in gender.object_before or (before in gender.causing and word in gender.caused)


def _breaks_off(text: str, offset: int) -> bool:
    """Whether no noun follows that "her" could own."""
    following = _NEXT.match(text, offset)
    return not following or bool(following[1]) or _bare(following[2]) in words().gender.object_before


def _is_alone(text: str, offset: int) -> bool:
    """Whether "his" owns nothing named after it: "that one was his"."""
    if re.match(r"[ \t]+[\"“‘'«(]|['’-]", text[offset:]):
        return False
    following = _NEXT.match(text, offset)
    return not following or _bare(following[2]) in words().gender.his_alone_before


def _before(text: str, offset: int) -> str:
    last = _LAST.search(text[max(0, offset - 30) : offset])
    return last[1].casefold() if last else ""


def _bare(word: str) -> str:
    """A word without what is contracted with it: "he'd" is "he"."""
    return re.split("['’]", word.casefold())[0]


GENDER = Probe(
    name="gender",
    changes="Everybody is of the other gender: pronouns, titles, and nouns such as wife or foreman.",
    expects="No verdict changes.",
    make=_make,
)
