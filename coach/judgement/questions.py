"""At most five questions for the manager to put to the rep, about the customer, each tied to a gap in this deal. Pure.

Rule: wording comes from the rubric's question bank; only a person's name and days are filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from coach.domain import Ask, Question
from coach.judgement.gaps import Gap
from coach.judgement.names import day, plain_name, when
from coach.judgement.reading import Reading, indexes
from coach.rubrics import BankQuestion, BuyerEvidence, EvidenceGap
from coach.rubrics.forbidden import is_forbidden
from coach.rubrics.slots import fill, slots

MOST = 5
_MOST_OF_A_KIND = 2
"""Of one buyer question, so that the five do not all chase the same one."""


def ask_about(gaps: Sequence[Gap], reading: Reading, rubric: BuyerEvidence) -> tuple[Ask, ...]:
    """The questions for a deal's gaps, the gravest first."""
    asked: list[Ask] = []
    for gap in gaps:
        kind = gap.gap.question
        if len(asked) == MOST or sum(one.question is kind for one in asked) == _MOST_OF_A_KIND:
            continue
        wordings = (text for text in worded(gap, reading, rubric) if text not in {one.ask for one in asked})
        if text := next(wordings, None):
            asked.append(Ask(ask=text, question=kind, because=indexes(gap.because)))
    return tuple(asked)


def ask_for(question: Question, gaps: Sequence[Gap], reading: Reading, rubric: BuyerEvidence) -> tuple[str, ...]:
    """What to ask where one buyer question is not answered: the two best wordings of its first gap."""
    for gap in gaps:
        if gap.gap.question is question and gap.gap in _UNANSWERED:
            return tuple(islice(worded(gap, reading, rubric), 2))
    return ()


_UNANSWERED = frozenset(gap for gap in EvidenceGap if gap.name.startswith(("PROBLEM", "CRITERIA", "ACTION", "PROCESS")))


def worded(gap: Gap, reading: Reading, rubric: BuyerEvidence) -> Iterator[str]:
    """Every question of the bank that closes a gap and can be filled in this deal; those that name most come first."""
    values = slot_values(gap, reading)
    bank = [entry for entry in rubric.question_bank if entry.gap is gap.gap]
    # Another deal starts at another wording: a manager reads many reviews, and one stock question teaches nothing.
    turn = len(reading.seen) % max(len(bank), 1)
    bank = sorted(bank[turn:] + bank[:turn], key=_named, reverse=True)
    filled = (fill(entry.ask, values) for entry in bank)
    return (text for text in filled if text and not is_forbidden(text))


def _named(entry: BankQuestion) -> int:
    return len(slots(entry.ask))


def slot_values(gap: Gap, reading: Reading) -> Mapping[str, str]:
    """What can be filled in: `them` and `deal` always, the rest where the deal or the note gives it."""
    written_on, close_date = reading.written_on, reading.deal.close_date
    values = {"deal": plain_name(reading.deal.name) or "this deal", "them": gap.who or "somebody there"}
    if gap.who:
        values["who"] = gap.who
    if gap.on:
        values["since" if gap.gap is EvidenceGap.ACTION_SILENT else "date"] = when(gap.on, written_on)
    if close_date:
        values["close_date"] = day(close_date, written_on)
        left = (close_date - written_on).days
        if left > 0:
            values["days_left"] = f"{left} day{'s' if left > 1 else ''}"
    return values
