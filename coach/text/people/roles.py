"""Roles, bodies and departments that act in a note: "their finance director", "the tender board", "procurement".

Rule: a role needs its article, a word of its trade before it, or a verb of its own after it; "the lead time" is
nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.text.people.vocabulary import DEPARTMENTS, MIND_VERBS, ROLES, SELLER_POSSESSIVES, SPEECH_VERBS
from coach.text.people.words import in_quotes
from coach.text.wordlist import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.text.people.words import Word

DETERMINERS = word_set("""the their his her its a an our my your some another both all two three each""")
# Words that end the look back for an article.
_STOPS = word_set(
    """and or but to of for with by from at in on as is was are were be been has had have said says told asked not
    no than that this who which when where so if then i we he she they it you me him them us also just only very
    too more"""
)
_STOPS_OR_DETERMINERS = _STOPS | DETERMINERS
_PLACES = DEPARTMENTS | ROLES
MODIFIERS_AT_MOST = 3
# Furniture, metals, circuits and everyday things by the same words; they need a trade or a verb beside them.
_AMBIGUOUS = word_set(
    """head lead leads chair panel cab board host principal partner partners guard user users people staff crew
    team coach producer champion tech counsel rep baker cook officer exec eng dir supt vet panels"""
)
_THINGS = word_set("""panel panels chair cab board host head""")
_OF_BODIES = DEPARTMENTS | word_set(
    """of management executive advisory tender owners trustees supervisory evaluation selection investment
    governing school company group plant brand estate programme procurement directors member members steering
    ethics"""
)
_ANYBODY = word_set("""man woman guy people lady girl lad customer client user users guys team staff gentleman""")
_ACTS = SPEECH_VERBS | word_set("""meets sits votes approves signs decides wants needs reviews checks runs asks""")


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """A role phrase; `core` is where its words begin after the article."""

    start: int
    core: int
    end: int
    is_seller_side: bool


def find_roles(text: str, words: Sequence[Word]) -> list[RoleSpan]:
    """Every role phrase, in order."""
    found: list[RoleSpan] = []
    for place, word in enumerate(words):
        if found and word.start < found[-1].end:
            continue
        if word.folded in ROLES:
            span = _role_at(text, words, place)
        elif word.folded in DEPARTMENTS and (word.folded != "it" or word.text == "IT"):
            span = _department_at(text, words, place)
        else:
            continue
        if span is not None:
            found.append(span)
    return found


def _role_at(text: str, words: Sequence[Word], place: int) -> RoleSpan | None:
    """The phrase whose head, or whose first head, is at `place`."""
    last = _last_head(text, words, place)
    first = _first_of_phrase(text, words, place)
    determiner = words[first - 1].folded if first and _adjoin(text, words, first - 1) else ""
    has_article = determiner in DETERMINERS or (
        first > 0 and text[words[first - 1].end : words[first].start].strip() in {"'s", "’s"}
    )
    trade = first < place or last > place
    acts = last + 1 < len(words) and _adjoin(text, words, last) and words[last + 1].folded in _ACTS
    if words[place].folded in _AMBIGUOUS and not (trade or acts):
        return None
    if words[place].folded in _THINGS and not (acts or {word.folded for word in words[first : last + 1]} & _OF_BODIES):
        return None
    if words[place].folded in _ANYBODY and determiner in {"a", "an", ""}:
        return None
    speaks = acts and words[last + 1].folded in MIND_VERBS
    if words[place].folded in _AMBIGUOUS and not (has_article or speaks or _titled(words, first, last)):
        return None
    if not (has_article or acts or _titled(words, first, last)):
        return None
    start = words[first - 1].start if has_article and determiner in DETERMINERS else words[first].start
    ours = _is_ours(text, determiner, start)
    return RoleSpan(start, words[first].start, words[last].end, ours)


def _is_ours(text: str, determiner: str, start: int) -> bool:
    """Whether a possessive puts a role on the writer's side: "our" in his own words, "your" in the customer's."""
    return determiner == "your" if in_quotes(text, start) else determiner in SELLER_POSSESSIVES


def _titled(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a phrase without article is a title: `CFO`, `finance director`, `head of sourcing`."""
    return (words[first].text.isupper() and len(words[first].text) < 5) or (
        first < last and {word.folded for word in words[first:last]} & _PLACES != set()
    )


def _last_head(text: str, words: Sequence[Word], place: int) -> int:
    """The last word of the phrase: `head of sourcing`, `VP ops`."""
    last = place
    while last + 1 < len(words) and _adjoin(text, words, last) and words[last + 1].folded in _PLACES:
        last += 1
    if last + 2 < len(words) and words[last + 1].folded in {"of", "for"} and _adjoin(text, words, last):
        after = words[last + 2]
        if _adjoin(text, words, last + 1) and after.folded not in _STOPS_OR_DETERMINERS:
            last += 2
    return last


def _first_of_phrase(text: str, words: Sequence[Word], place: int) -> int:
    """The first word of the phrase after its article, or the head itself where no article is near."""
    first = place
    while first and _adjoin(text, words, first - 1) and words[first - 1].folded in _PLACES:
        first -= 1
    for back in range(first, max(first - MODIFIERS_AT_MOST, 0) - 1, -1):
        if back and words[back - 1].folded in DETERMINERS and _adjoin(text, words, back - 1):
            return back
        if not back or not _adjoin(text, words, back - 1) or words[back - 1].folded in _STOPS:
            break
    return first


def _department_at(text: str, words: Sequence[Word], place: int) -> RoleSpan | None:
    """A department as somebody: with a verb after it, or "their" before it and no noun after."""
    word = words[place]
    before = words[place - 1].folded if place and _adjoin(text, words, place - 1) else ""
    follows = words[place + 1] if place + 1 < len(words) and _adjoin(text, words, place) else None
    acts = follows is not None and (
        follows.folded in _ACTS or (follows.folded.endswith("ed") and len(follows.folded) > 4)
    )
    owned = before in {"their", "his", "her", "our", "my", "from", "by"} and (
        follows is None or follows.folded in _STOPS
    )
    if not (acts and before not in {"a", "an", "of"}) and not owned:
        return None
    determined = before in DETERMINERS
    start = words[place - 1].start if determined else word.start
    return RoleSpan(start, word.start, word.end, _is_ours(text, before, start))


def _adjoin(text: str, words: Sequence[Word], place: int) -> bool:
    """Whether only a space or a stroke is between a word and the next."""
    return text[words[place].end : words[place + 1].start] in {" ", "\u00a0", "/", " & ", "-"}
