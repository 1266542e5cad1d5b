"""Who acted or spoke in a statement, as the note names them.

Rule: the subject of the statement, else the speaker of its line, else the nearest named before it in its sentence; a
pronoun only where it can mean one person.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import TYPE_CHECKING

from coach.text.people import PersonMention, find_people, speaker_labels
from coach.text.people.vocabulary import AUXILIARIES, ORGANISATIONS, ROLES, SPEECH_VERBS, common_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.text.span import Span

_LEADING = (
    r"[\W_]*(?:(?:and|but|so|then|that|because|since|when|where|also|plus|while|if|which|as|um|uh|ok|okay)\b[\W_]*)"
    r"{0,3}"
)
_PRONOUN = re.compile(
    rf"{_LEADING}(?:on\s[\w ]{{2,16}},?\s|(?:last|next|this)\s\w{{2,10}},?\s)?(?P<pronoun>he|she|his|her)\b",
    re.IGNORECASE,
)
# A statement that begins with its own subject takes none from before it.
_OWN_SUBJECT = re.compile(
    rf"{_LEADING}(?:they|their|we|our|my|i|you|your|it|its|nobody|no\sone|somebody|someone|everybody|everyone"
    rf"|both|the|a|an|this|these"
    r"|those|there|here|all|some|two|three|four|five|each|most|[0-9]+)\b",
    re.IGNORECASE,
)
# What somebody did not do is theirs though it begins with a noun.
_SILENCE = re.compile(
    rf"{_LEADING}(?:no|zero|nothing|none|still|not|never|(?:two|three|four|five|[0-9]+)\s(?:calls?|e?-?mails?"
    rf"|messages?))\b",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(rf"{_LEADING}(?:{'|'.join(sorted(SPEECH_VERBS - AUXILIARIES))})\b", re.IGNORECASE)
# Words that make what follows them something other than the actor.
_OBJECT_LED = re.compile(
    r"\b(?:to|for|with|of|about|from|at|on|against|after|before|than|like|per|in|into|via|over|through|told"
    r"|asked|called|rang"
    r"|met|emailed|mailed|sent|gave|see|saw|chase|chased|call|email|visit|is|are|was|were|not|under|by|says"
    r"|said)\s(?:the\s|their\s)?\Z",
    re.IGNORECASE,
)
_AGENT_LED = re.compile(r"\b(?:by|per|from|says|said|according\sto|w/|via)\s(?:the\s|their\s)?\Z", re.IGNORECASE)
_LABEL = re.compile(r"[^:.\n]{0,40}(?:\s[0-9]{1,2}[:.][0-9]{2})?:\s?[\"“«'‘]?\Z")

# Two words may be anybody's; one, only before a verb of somebody's: "Pavel sent IT clearance".
_NAME_HEAD = re.compile(
    rf"[\W_]{{0,3}}(?P<name>[^\W\d_a-z][\w'’-]{{2,20}}(?:\s[^\W\d_a-z][\w'’-]{{1,20}})?)\s"
    rf"(?:{'|'.join(sorted(SPEECH_VERBS - AUXILIARIES))}|[a-z]{{3,14}}ed)\b"
)
_CAPITAL_SUBJECT = re.compile(r"[\W_]{0,3}([^\W\d_a-z][\w'’-]{2,20})\s[a-z]")


@cache
def _no_names() -> frozenset[str]:
    return common_words() | ORGANISATIONS | ROLES


# How far back a quotation may open, its speaker stand, and a subject hold.
QUOTE_CHARS = 400
SPEAKER_CHARS = 90
CARRIED_CHARS = 300


class Actors:
    """The people of one note, asked for by statement."""

    def __init__(self, text: str, bounds: Sequence[Span]) -> None:
        self._text = text
        self._bounds = bounds
        self._bound_starts = [bound.start for bound in bounds]
        self._people = find_people(text)
        self._starts = [person.start for person in self._people]
        self._turns = _turns(text, self._people)
        self._turn_starts = [start for start, _ in self._turns]

    def of(self, span: Span, *, seller: bool) -> str | None:
        """The person or role, or None where the note names none."""
        inside = [person for person in self._between(span.start, span.end) if person.is_seller_side is seller]
        if seller:
            return inside[0].text if inside and self._is_subject(inside[0], span) else None
        found = self._subject(span, inside)
        return found.text if found else None

    def _subject(self, span: Span, inside: list[PersonMention]) -> PersonMention | None:
        """The actor of a buyer-centred statement."""
        pronoun = _PRONOUN.match(self._text, span.start, span.end)
        possessive = pronoun is not None and pronoun["pronoun"].lower() in {"his", "her"}
        if pronoun and not (inside and (possessive or inside[0].start < pronoun.end())):
            return self._antecedent(pronoun.start("pronoun"))
        chosen = next((person for person in inside if self._is_subject(person, span)), None)
        if chosen:
            return chosen
        agent = next(
            (each for each in inside if _AGENT_LED.search(self._text, max(each.start - 16, 0), each.start)), None
        )
        return agent or self._speaker(span.start) or self._unsure(span) or self._carried(span)

    def _speaker(self, offset: int) -> PersonMention | None:
        """Who says the words at an offset: before the quotation they stand in, or at the head of the line."""
        place = bisect_right(self._turn_starts, offset) - 1
        if place >= 0 and self._turns[place][1] is not None:
            speaker = self._turns[place][1]
            return speaker if speaker and not speaker.is_seller_side else None
        line = self._text.rfind("\n", 0, offset) + 1
        opening = _open_quote(self._text, max(line, offset - QUOTE_CHARS), offset)
        said = offset if opening is None else opening
        before = [
            person for person in self._between(max(line, said - SPEAKER_CHARS), said + 1) if not person.is_seller_side
        ]
        if not before:
            return None
        between = self._text[before[-1].end : said]
        if opening is not None or _LABEL.match(between):
            return before[-1] if len(between) < SPEAKER_CHARS else None
        return None

    def _unsure(self, span: Span) -> PersonMention | None:
        """A capital name at the head of a statement that acts: nobody else vouches for it, but the statement does."""
        named = _NAME_HEAD.match(self._text, span.start, span.end)
        if not named or {word.casefold() for word in named["name"].split()} & _no_names():
            return None
        return PersonMention(named.start("name"), named.end("name"), named["name"])

    def _carried(self, span: Span) -> PersonMention | None:
        """The nearest named before in the sentence, for words with no subject of their own."""
        text = self._text
        own: object = _OWN_SUBJECT.match(text, span.start, span.end)
        capital = _CAPITAL_SUBJECT.match(text, span.start, span.end)
        own = own or (capital and capital[1].casefold() not in common_words())
        if own and not _SILENCE.match(text, span.start, span.end):
            return self._aside(span)
        bound = max(self._sentence(span.start), span.start - CARRIED_CHARS)
        before = [each for each in self._between(bound - 1, span.start) if not each.is_seller_side]
        if before:
            return before[-1]
        pronouns = list(re.finditer(r"\b(?:he|she)\b", text[bound : span.start], re.IGNORECASE))
        if pronouns:
            return self._antecedent(bound + pronouns[0].start())
        return self._antecedent(span.start) if _ELLIPSIS.match(text, span.start, span.end) else self._aside(span)

    def _aside(self, span: Span) -> PersonMention | None:
        """The pronoun of an aside: "drills keep snapping, she said"."""
        aside = re.search(
            r"\b(?P<pronoun>he|she)\s(?:said|says|told|wrote|thinks|adds|added)\b", self._text[span.start : span.end]
        )
        return self._antecedent(span.start + aside.start()) if aside else None

    def _antecedent(self, offset: int) -> PersonMention | None:
        """The one person of the customer's side that a pronoun can mean."""
        place = bisect_right(self._bound_starts, offset) - 1
        if place < 0:
            return None
        for start, end in (
            (max(self._bounds[place].start, offset - CARRIED_CHARS), offset),
            (max(self._bounds[max(place - 1, 0)].start, offset - 2 * CARRIED_CHARS), self._bounds[place].start),
        ):
            people = [person for person in self._between(start, end) if not person.is_seller_side]
            named = [person for person in people if person.name] or people
            if named and all(named[0].same_person(other) for other in named[1:]):
                return named[-1]
            if named:
                return None
        return None

    def _is_subject(self, person: PersonMention, span: Span) -> bool:
        """Whether a person stands where a subject does: no preposition or verb of the statement leads to them."""
        return not _OBJECT_LED.search(self._text[max(span.start, person.start - 24) : person.start])

    def _between(self, start: int, end: int) -> tuple[PersonMention, ...]:
        first = bisect_left(self._starts, start)
        # A name that a sentence's bound cuts through still belongs to it: "Kapt. Friedrichs".
        if first and self._people[first - 1].end > start:
            first -= 1
        return self._people[first : bisect_left(self._starts, end)]

    def _sentence(self, offset: int) -> int:
        place = bisect_right(self._bound_starts, offset) - 1
        return self._bounds[place].start if place >= 0 else 0


def _turns(text: str, people: Sequence[PersonMention]) -> list[tuple[int, PersonMention | None]]:
    """Where each speaker of a conversation begins, and where nobody speaks any more."""
    turns: list[tuple[int, PersonMention | None]] = []
    starts = [person.start for person in people]
    for label in speaker_labels(text):
        place = bisect_left(starts, label.start("name"))
        person = people[place] if place < len(people) and people[place].start < label.end("name") else None
        turns.append((label.start(), person))
    if turns:
        blank = text.find("\n\n", turns[-1][0])
        turns.append((blank if blank >= 0 else len(text), None))
    return turns


def _open_quote(text: str, start: int, end: int) -> int | None:
    """Where the quotation that is open at the end of a stretch began, or None where none is."""
    opened: int | None = None
    for place in range(start, end):
        mark = text[place]
        if mark in "“«„":
            opened = place
        elif mark in "”»":
            opened = None
        elif mark == '"':
            opened = place if opened is None else None
    return opened
