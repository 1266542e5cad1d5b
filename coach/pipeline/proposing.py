"""Next steps that a rep and a manager may agree on, or not: codebook, section 6, part 5.

Rule: each step has one owner, a day before the next 1-on-1 and a reason; what is agreed and open is not proposed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coach.domain.commitment import Commitment, Kept, Owner
from coach.domain.judgement import Verdict
from coach.domain.one_on_one.closing import ClosingDeal
from coach.domain.one_on_one.movement import MovedDeal, Movements, NewDeals, StageMove
from coach.domain.one_on_one.pack import ClosingDeals, ProposedStep, Warned
from coach.domain.opportunity import folded
from coach.pipeline import closing_wording as wording

MOST_STEPS = 6
_MOST_CLOSING = 3
"""Closing deals that the rep gets a step for."""
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a step may be due on."""

    as_of: date
    next_on: date

    def due(self, days: int, before: date | None = None) -> date:
        """A working day so many days on, before the next 1-on-1 and before a day, though never before today.

        One on a weekend is moved to the Friday before it, where that lies ahead.
        """
        ends = [self.as_of + timedelta(days=days), self.next_on - timedelta(days=1)]
        if before:
            ends.append(before - timedelta(days=1))
        day = max(min(ends), self.as_of)
        friday = day - timedelta(days=max(day.weekday() - _SATURDAY + 1, 0))
        return friday if friday > self.as_of else day


def proposed(  # noqa: PLR0913  what the steps depend on
    closing: ClosingDeals,
    movements: Movements,
    added: NewDeals,
    warned: Iterable[Warned],
    *,
    as_of: date,
    next_on: date,
    carried: Iterable[Commitment],
) -> tuple[ProposedStep, ...]:
    """Propose at most six steps, the most pressing first.

    The deal most at risk comes first, and the manager's place beside the rep in it; then what the warnings call for;
    then the next two closing deals, a deal that slipped, went back or stood still, and the largest new one. Where there
    is nothing of all that and nothing is agreed yet, as with a new hire, there are two steps to begin with.

    Args:
        closing: Part 4, whole: before anything is cut from it.
        movements: Part 3, whole.
        added: Part 2, whole.
        warned: The warnings that hold.
        as_of: The day of the 1-on-1.
        next_on: The day of the next one, later than `as_of`; every step is due before it, and none before `as_of`.
        carried: What was agreed earlier; a deal of which something is still open gets no more.
    """
    days = Days(as_of, next_on)
    pending = [one for one in carried if one.kept is Kept.OPEN]
    taken = {folded(one.deal) for one in pending if one.deal}
    near = [one for one in closing.deals if folded(one.deal.name) not in taken]
    risky = [one for one in near if one.verdict is not Verdict.ESTABLISHED][:_MOST_CLOSING]
    taken |= {folded(one.deal.name) for one in closing.deals}
    steps = [
        *(_closing_step(one, days) for one in risky[:1]),
        *(_join(one, days) for one in risky[:1]),
        *_warning_steps(warned, days),
        *(_closing_step(one, days) for one in risky[1:]),
        *_moved_steps([one for one in movements.deals if folded(one.deal.name) not in taken], days),
        *_new_steps(added, taken, days),
    ]
    if not steps and not pending and not closing.deals:
        steps = list(_first_steps(days))
    agreed = {folded(one.what) for one in pending}
    return tuple([one for one in steps if folded(one.what) not in agreed][:MOST_STEPS])


def _closing_step(closing: ClosingDeal, days: Days) -> ProposedStep:
    """What the rep does about a deal that is said to close soon and is not borne out."""
    name, close_date = closing.deal.name, closing.deal.close_date
    late = next((step for step in closing.open_steps if step.overdue), None)
    if closing.days_left < 0:
        what, within, before = wording.REDATE, 7, None
        why = wording.date_gone(-closing.days_left)
    elif closing.verdict is None:
        what, within, before, why = wording.WRITE_DOWN, 3, close_date, wording.NO_NOTE
    elif closing.verdict is Verdict.REFUTED:
        what, within, before, why = wording.REDATE, 7, close_date, closing.explanation
    elif late:
        what, within, before, why = wording.ask_after(late.what), 7, close_date, wording.PROMISE_GONE
    else:
        what = wording.find_out(closing.questions[0]) if closing.questions else wording.NEXT_ACT
        within, before, why = 7, close_date, closing.explanation
    return ProposedStep(what=what, owner=Owner.REP, due_on=days.due(within, before), deal=name, why=why)


def _join(closing: ClosingDeal, days: Days) -> ProposedStep:
    """The manager's part in the deal most at risk."""
    at_risk = closing.at_risk if closing.at_risk and closing.at_risk.amount > 0 else None
    before = closing.deal.close_date if closing.days_left >= 0 else None
    return ProposedStep(
        what=wording.JOIN,
        owner=Owner.MANAGER,
        due_on=days.due(10, before),
        deal=closing.deal.name,
        why=wording.not_borne_out(at_risk),
    )


def _warning_steps(warned: Iterable[Warned], days: Days) -> Iterator[ProposedStep]:
    """One step of the manager's for each kind of warning."""
    for code in dict.fromkeys(one.code for one in warned):
        what, within, why = wording.FOR_WARNING[code]
        yield ProposedStep(what=what, owner=Owner.MANAGER, due_on=days.due(within), why=why)


def _moved_steps(moved: Sequence[MovedDeal], days: Days) -> Iterator[ProposedStep]:
    """The first deal that slipped, went back or stood still, in the order of part 3."""
    for one in moved:
        if not one.stage.is_end and (one.slip.times or one.stage in {StageMove.BACK, StageMove.STILL}):
            what, why = wording.not_moving(one.stage, one.slip)
            yield ProposedStep(what=what, owner=Owner.REP, due_on=days.due(14), deal=one.deal.name, why=why)
            return


def _new_steps(added: NewDeals, taken: set[str], days: Days) -> Iterator[ProposedStep]:
    """The largest new deal that nothing else is proposed or agreed for."""
    for one in added.deals:
        if folded(one.name) not in taken:
            yield ProposedStep(
                what=wording.FIRST_WORDS,
                owner=Owner.REP,
                due_on=days.due(14),
                deal=one.name,
                why=wording.NEW_DEAL,
            )
            return


def _first_steps(days: Days) -> Iterator[ProposedStep]:
    """Where there is nothing to go by yet."""
    for owner, what, within in wording.TO_BEGIN_WITH:
        yield ProposedStep(what=what, owner=owner, due_on=days.due(within), why=wording.NOTHING_YET)
