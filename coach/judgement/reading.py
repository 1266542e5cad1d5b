"""The statements of one note as the rules look at them: each with its place, its cues and its times. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from coach.domain import Centre, Deal, Direction, Kind, Question, Statement
from coach.judgement.cues import Matcher
from coach.judgement.times import Period, times

_BUYER = frozenset(kind for kind in Kind if kind.centre is Centre.BUYER)


@dataclass(frozen=True, slots=True)
class Seen:
    """One statement and what the rules read in it."""

    index: int
    statement: Statement
    cues: frozenset[str]
    times: tuple[Period, ...] = ()

    @property
    def quote(self) -> str:
        """Its words."""
        return self.statement.quote

    @property
    def is_buyer(self) -> bool:
        """Whether it is the customer's act or word."""
        return self.statement.kind in _BUYER

    @property
    def is_action(self) -> bool:
        """Whether it is an act of the customer's, or their failure to act."""
        return self.statement.kind is Kind.BUYER_ACTION

    @property
    def is_commitment(self) -> bool:
        """Whether it is a promise of the customer's."""
        return self.statement.kind is Kind.BUYER_COMMITMENT

    @property
    def is_opinion(self) -> bool:
        """Whether it is our own belief."""
        return self.statement.kind is Kind.SELLER_OPINION

    @property
    def is_verifiable(self) -> bool:
        """Whether a manager could check it."""
        return self.statement.verifiable is True

    @property
    def advances(self) -> bool:
        """Whether it moves the purchase on."""
        return self.statement.direction is Direction.ADVANCES

    @property
    def stalls(self) -> bool:
        """Whether it holds the purchase up."""
        return self.statement.direction is Direction.STALLS

    @property
    def is_neutral(self) -> bool:
        """Whether it does neither."""
        return self.statement.direction is Direction.NEUTRAL

    @property
    def is_proof(self) -> bool:
        """Whether it is what a claim can rest on: a verifiable act of theirs that advances the purchase."""
        return self.is_action and self.is_verifiable and self.advances

    @property
    def is_omission(self) -> bool:
        """Whether it tells of no act: silence, a meeting that they did not come to, a task that they left undone."""
        return self.is_action and self.stalls and self.has("silence", "undone")

    def informs(self, question: Question) -> bool:
        """Whether it helps most to answer this question."""
        return self.statement.informs is question

    def has(self, *categories: str) -> bool:
        """Whether a cue of any of these categories occurs in its words."""
        return any(category in self.cues for category in categories)


_DOUBTS = ("money_gone", "sponsor_gone", "unfinished")


@dataclass(frozen=True, slots=True)
class Reading:
    """All statements of a note, with the deal and the day it was written."""

    seen: tuple[Seen, ...]
    deal: Deal
    written_on: date

    @classmethod
    def of(
        cls,
        statements: Sequence[Statement],
        deal: Deal,
        written_on: date,
        matcher: Matcher,
        *,
        fiscal_year_start: int = 1,
    ) -> Reading:
        """Look at each statement once; of our own statements the times are not read, for they prove nothing."""
        seen = (
            Seen(
                index,
                one,
                matcher.find(one.quote),
                times(one, written_on, fiscal_year_start=fiscal_year_start) if one.kind in _BUYER else (),
            )
            for index, one in enumerate(statements)
        )
        return cls(tuple(seen), deal, written_on)

    @property
    def buyer(self) -> Iterator[Seen]:
        """The customer's acts, promises and words."""
        return (one for one in self.seen if one.is_buyer)

    @property
    def stalls(self) -> Iterator[Seen]:
        """What holds the purchase up."""
        return (one for one in self.buyer if one.stalls)

    @property
    def proofs(self) -> Iterator[Seen]:
        """What a claim can rest on."""
        return (one for one in self.buyer if one.is_proof)

    @property
    def solid(self) -> Iterator[Seen]:
        """Proofs that hold though a reader may have erred: done by now, and nothing held up or unfinished in them."""
        return (one for one in self.proofs if not one.has(*_DOUBTS, "hold") and not self._is_ahead(one))

    @property
    def doubts(self) -> Iterator[Seen]:
        """What holds the purchase up, or says so in its words though it was not read so."""
        return (one for one in self.buyer if one.stalls or one.has(*_DOUBTS))

    def _is_ahead(self, one: Seen) -> bool:
        """Whether all its times lie ahead, so that it cannot have been done."""
        return bool(one.times) and min(period.first for period in one.times) > self.written_on

    def informing(self, question: Question) -> Iterator[Seen]:
        """The customer's statements that help most to answer a question."""
        return (one for one in self.buyer if one.informs(question))


def merged(*groups: Iterable[Seen]) -> tuple[Seen, ...]:
    """All of them once, in the order of the note."""
    unique = {one.index: one for group in groups for one in group}
    return tuple(unique[index] for index in sorted(unique))


def indexes(seen: Iterable[Seen]) -> tuple[int, ...]:
    """Their places among the statements."""
    return tuple(one.index for one in seen)
