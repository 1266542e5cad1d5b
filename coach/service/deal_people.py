"""Who at the customer's has been heard in a deal's notes, and whom they only name.

Rule: heard is who did, promised or said something that a note has; who is only spoken of is not, nor is who is silent.
Silence, no-shows and undone tasks are no act (codebook, section 2, `action`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from coach.domain import Centre, DealReview, Statement
from coach.domain.deal_history import PersonHeard, PersonUnheard
from coach.domain.opportunity import folded
from coach.judgement.cues import Matcher
from coach.judgement.reading import Seen
from coach.text.people import PersonMention, find_people
from coach.text.people.mention import fold_role


@dataclass(slots=True)
class _Person:
    """Somebody, by all that may be the same person."""

    mentions: list[PersonMention]
    days: list[date] = field(default_factory=list)
    """Of the notes that name them."""
    said: list[tuple[date, Statement]] = field(default_factory=list)
    silent: list[Statement] = field(default_factory=list)
    """What notes tell of their not answering, not coming or not doing."""

    def is_same(self, mention: PersonMention) -> bool:
        return any(mention.same_person(one) for one in self.mentions)

    @property
    def who(self) -> str:
        # The fullest name; a role only where nobody has a name for them.
        return max(self.mentions, key=lambda one: (len(one.name), bool(one.role))).text

    @property
    def role(self) -> str | None:
        named = any(one.name for one in self.mentions)
        return next((one.role for one in self.mentions if one.role), None) if named else None


def people_of(
    noted: Sequence[tuple[DealReview, str]], rep: str | None, cues: Matcher
) -> tuple[tuple[PersonHeard, ...], tuple[PersonUnheard, ...]]:
    """Tell who has been heard and who never.

    Args:
        noted: Reviews with their notes' texts, in order of their days.
        rep: Whose deal it is: nobody at the customer's.
        cues: The rubric's, by which silence is told from an act.

    Returns:
        Whoever was heard last first; of those never heard whoever was named last first. Whoever has only a role is
        left out of the latter, unless a note tells of their silence: "procurement" that was never heard is no omission
        of anybody's.
    """
    people: list[_Person] = []
    for review, text in noted:
        mentions = find_people(text)
        for mention in mentions:
            if not mention.is_seller_side and folded(mention.text) != folded(rep or ""):
                _put(people, mention).days.append(review.written_on)
        for at, one in enumerate(review.statements):
            if one.kind.centre is Centre.BUYER and one.who:
                person = _put(people, _mention(one.who, mentions))
                person.days.append(review.written_on)
                if Seen(at, one, cues.find(one.quote)).is_omission:
                    person.silent.append(one)
                else:
                    person.said.append((review.written_on, one))
    heard = sorted((_heard(one) for one in people if one.said), key=lambda one: one.last_on, reverse=True)
    unheard = sorted(_unheard(people), key=lambda one: one.last_on, reverse=True)
    return tuple(heard), tuple(unheard)


def _mention(who: str, mentions: Sequence[PersonMention]) -> PersonMention:
    """Whom a statement names, as its note mentions them, or by the words alone."""
    same = next((one for one in mentions if one.text == who), None) or next(iter(find_people(who)), None)
    if same is not None:
        return same
    # Two words with capitals are a name, but for "Their Counsel".
    words = who.split()
    is_name = len(words) > 1 and all(word[0].isupper() for word in words) and fold_role(who) == who.casefold()
    return PersonMention(0, len(who), who, tuple(folded(who).split()) if is_name else ())


def _put(people: list[_Person], mention: PersonMention) -> _Person:
    same = [one for one in people if one.is_same(mention)]
    # A first name that two people have is neither's.
    if len(same) == 1:
        same[0].mentions.append(mention)
        return same[0]
    exact = next((one for one in same if any(folded(m.text) == folded(mention.text) for m in one.mentions)), None)
    if exact is None:
        exact = _Person([mention])
        people.append(exact)
    return exact


def _heard(person: _Person) -> PersonHeard:
    days = [day for day, _ in person.said]
    _, strongest = max(person.said, key=lambda one: (one[1].grade, one[0]))
    return PersonHeard(
        who=person.who,
        role=person.role,
        statements=len(person.said),
        first_on=min(days),
        last_on=max(days),
        quote=strongest.quote,
    )


def _unheard(people: Sequence[_Person]) -> Iterator[PersonUnheard]:
    for one in people:
        if not one.said and (one.silent or any(mention.name for mention in one.mentions)):
            quote = one.silent[-1].quote if one.silent else None
            yield PersonUnheard(who=one.who, role=one.role, first_on=min(one.days), last_on=max(one.days), quote=quote)
