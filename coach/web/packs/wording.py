"""What a pack says of a deal, an act and a step, in words that are the same in every face.

Rule: plain text comes out, with no mark-up; each face escapes it for itself and chooses how a day is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from coach.domain import Coverage, Question, Refuter, Status
from coach.domain.commitment import Commitment, Owner
from coach.domain.one_on_one import (
    BuyerAct,
    ClosingDeal,
    DealLine,
    MovedDeal,
    OneOnOne,
    OpenStep,
    QuotaResult,
)
from coach.domain.opportunity import DealState
from coach.web.packs.amounts import NOT_KNOWN, counted, money, percent
from coach.web.packs.labels import DIRECTIONS, KEPT, KINDS, STAGE_MOVES

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Most(NamedTuple):
    """How much is shown of a closing deal."""

    quotes: int
    steps: int
    questions: int


def long_day(day: date) -> str:
    """`27 Nov 2026`, whatever the language of the machine."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def month(day: date) -> str:
    """`Nov` of a day in November."""
    return _MONTHS[day.month - 1]


@dataclass(frozen=True, slots=True)
class Wording:
    """Words, with days written in one way."""

    day: Callable[[date], str]

    def optional_day(self, day: date | None) -> str:
        """A day that may be missing."""
        return self.day(day) if day else NOT_KNOWN

    def since(self, pack: OneOnOne) -> str:
        """What "since the last review" counts from."""
        by = "the last 1-on-1" if pack.since.by == "one_on_one" else "a month; no 1-on-1 was held"
        return f"{self.day(pack.since.day)} ({by})"

    def header(self, pack: OneOnOne) -> Iterator[tuple[str, str]]:
        """Who, when and on which data."""
        yield "Manager", pack.manager or NOT_KNOWN
        yield "Team", pack.team or NOT_KNOWN
        yield "As of", self.day(pack.as_of)
        yield "Since", self.since(pack)
        yield "Data of", self.day(pack.snapshot) if pack.snapshot else "no snapshot yet"
        yield "Next 1-on-1", self.day(pack.next_on)

    def quota(self, one: QuotaResult) -> str:
        """A quota, and how far it is won."""
        attained = "" if one.attainment is None else f" ({percent(one.attainment)})"
        span = f"{self.day(one.first)} to {self.day(one.last)}"
        return f"{money(one.quota)} from {span}: {money(one.won)} won{attained}"

    def deal(self, deal: DealLine) -> str:
        """What the CRM has of a deal."""
        facts = (
            money(deal.amount) if deal.amount else "amount not known",
            deal.stage or "stage not known",
            self.ends(deal),
        )
        return " · ".join(facts)

    def end(self, deal: DealLine) -> str:
        """The same in a column of close dates."""
        return self.optional_day(deal.close_date) if deal.state is DealState.OPEN else self.ends(deal)

    def ends(self, deal: DealLine) -> str:
        """When it closes, or closed."""
        if deal.state is not DealState.OPEN:
            return f"{deal.state.value} {self.day(deal.closed_on) if deal.closed_on else 'on an unknown day'}"
        return f"closes {self.day(deal.close_date)}" if deal.close_date else "no close date"

    def moved_date(self, moved: MovedDeal) -> str:
        """Its close date now, and how it was pushed."""
        return ", ".join(filter(None, (self.ends(moved.deal), self.slip(moved))))

    def not_shown(self, closing: ClosingDeal, most: Most) -> str:
        """What is not shown of a deal; nothing where all of it is."""
        lists = (
            (len(closing.evidence) - most.quotes, "quote"),
            (len(closing.open_steps) - most.steps, "open step"),
            (len(closing.questions) - most.questions, "question"),
        )
        more = ", ".join(counted(number, thing) for number, thing in lists if number > 0)
        return f"left out: {more}" if more else ""

    def closes(self, closing: ClosingDeal) -> str:
        """The close date against the days left."""
        on, left = self.optional_day(closing.deal.close_date), closing.days_left
        if left < 0:
            return f"was to close {on}, {counted(-left, 'day')} ago"
        return f"closes {on}, " + (f"in {counted(left, 'day')}" if left else "today")

    def odds(self, closing: ClosingDeal) -> str:
        """The rep's probability and the reason for it."""
        source = {"note": "the rep's note", "next_step": "the next step in the CRM"}.get(closing.reason_from or "")
        reason = f"“{closing.reason}”" + (f" ({source})" if source else "") if closing.reason else "no reason given"
        odds = closing.deal.probability
        return f"{'gives no probability' if odds is None else f'puts it at {percent(odds)}'}: {reason}"

    def stage(self, moved: MovedDeal) -> str:
        """What became of a deal's stage."""
        now, before = moved.deal.stage, moved.stage_before
        word = STAGE_MOVES[moved.stage]
        if before and now and before != now:
            return f"{word}: {before} → {now}"
        return f"{word}: {now}" if now else word

    def slip(self, moved: MovedDeal) -> str:
        """How often and by how much the close date was pushed; nothing where it never was."""
        slip = moved.slip
        ever = f"{_times(slip.times_ever)} by {counted(slip.days_ever, 'day')} in all" if slip.times_ever else ""
        if not slip.times:
            return f"pushed {ever}, not since" if ever else ""
        before = f" from {self.day(moved.close_date_before)}" if moved.close_date_before else ""
        more = f", {ever}" if slip.times_ever > slip.times else ""
        return f"pushed {_times(slip.times)} by {counted(slip.days, 'day')}{before}{more}"

    def coverage(self, coverage: Coverage) -> Iterator[tuple[str, Status]]:
        """How far each of the four buyer questions is answered."""
        for question in Question:
            yield question.value, coverage[question].status

    def act(self, act: BuyerAct) -> str:
        """What a quote is: its grade, whether it was done, promised or said, which way it points, and its day."""
        on = self.day(act.on) if act.on else f"note of {self.day(act.noted_on)}"
        return f"grade {act.grade} · {KINDS[act.kind]}{DIRECTIONS[act.direction]} · {on}"

    def step_day(self, step: OpenStep) -> str:
        """The day of a step of theirs that is not done, and what is wrong with it; nothing where it has none."""
        marks = (
            f"by {self.day(step.by)}" if step.by else "",
            "after the close date" if step.too_late else "",
            "overdue" if step.overdue else "",
        )
        return ", ".join(filter(None, marks))

    def refuter(self, one: Refuter) -> str:
        """The act to watch for."""
        return f"by {self.day(one.by)}: {one.act}" if one.by else one.act

    def owner(self, owner: Owner, pack: OneOnOne) -> str:
        """Who is to do it, by name where it is known."""
        name = pack.rep if owner is Owner.REP else pack.manager
        return f"{name} ({owner.value})" if name else owner.value.capitalize()

    def kept(self, step: Commitment) -> str:
        """How an agreed step stands, with its proof."""
        on = f" {self.day(step.settled_on)}" if step.settled_on else ""
        return f"{KEPT[step.kept]}{on}" + (f": {step.proof}" if step.proof else "")

    def agreed(self, step: Commitment) -> str:
        """Who has agreed to it."""
        match step.agreed_by_rep, step.agreed_by_manager:
            case True, True:
                return "agreed by both"
            case True, False:
                return "agreed by the rep only"
            case False, True:
                return "agreed by the manager only"
            case _:
                return "agreed by neither yet"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
