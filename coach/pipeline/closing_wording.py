"""What part 4, the warnings, the agenda and the proposed steps say: every sentence of theirs, in one place.

Rule: of people and a CRM these sentences repeat names, days and numbers, and a quote only between quotation marks.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from coach.domain.commitment import Owner
from coach.domain.evidence import Question
from coach.domain.money import Money
from coach.domain.one_on_one.movement import Slip, StageMove

NO_NOTE = "No note was reviewed, so nothing is known of what the customer did."

QUESTIONS = {
    Question.ACTION: "What has somebody there done for this purchase so far, who was it, and on what day?",
    Question.PROCESS: "Which steps come before a signature there, who takes each of them, and by what day?",
    Question.CRITERIA: "By what will each person there whose yes is needed choose, and how did you hear of it?",
    Question.PROBLEM: "What does somebody there say goes wrong without this, and what does it cost them?",
}
"""What to ask where no note was reviewed; so near to the close date the acts and the way to a signature come first."""

WOULD_IMPROVE = {
    Question.PROBLEM: "Somebody there says what the problem costs them, in figures of their own.",
    Question.CRITERIA: "Each person there whose yes is needed says by what they will choose.",
    Question.ACTION: "Somebody there does a thing for this purchase that can be checked.",
    Question.PROCESS: "They lay out their own steps to a signature, with a day for each.",
}
"""The act of the customer's that answers each buyer question."""

TITLES = (
    "Status: results beside the team's",
    "New opportunities",
    "Pre-existing opportunities",
    "Closing within 30 days",
    "Next steps",
)
"""The five parts, in their order (codebook, section 6)."""


def gone_by(days: int) -> str:
    """What to ask of a close date that went by so many days ago, 1 or more."""
    return f"The close date went by {counted(days, 'day')} ago. What day has somebody there named since, and for what?"


def counted(count: int, noun: str) -> str:
    """A number with its noun: `1 day`, `3 days`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def said_day(of: date, as_of: date) -> str:
    """A day as one says it on another: the year only where it is another one."""
    return f"{of.day} {of:%B}" + (f" {of.year}" if of.year != as_of.year else "")


def said_money(money: Money) -> str:
    """An amount in whole units, half to even, behind its currency where one is named: `EUR 120,000`."""
    whole = f"{money.amount.quantize(Decimal(1), rounding=ROUND_HALF_EVEN):,}"
    return f"{money.currency} {whole}" if money.currency else whole


REDATE = "Agree with the customer on a day, tied to a step of theirs, and set the close date to it, or take it off."
WRITE_DOWN = "Write down what the customer has done, said and promised in this deal: who, what, and on what day."
NEXT_ACT = "Have somebody there name what they do next for this purchase, and on what day."
JOIN = "Be there at the rep's next talk with the customer: listen, and leave the lead to the rep."
LACKS = "Have somebody there say what they still lack for a decision, and what they do about it, by what day."
FIRST_WORDS = "Hear from somebody there what the problem is and what it costs them, and note it in their own words."

PROMISE_GONE = "The day that they named for it has gone by, and no note says that it was done."
NEW_DEAL = "It is new: what the customer says of it now shows whether it is a deal."
NOTHING_YET = "There are no deals to go by yet."

FOR_WARNING = {
    "thin_pipeline": (
        "Go through the rep's calendar together, and free hours in each week for finding new deals.",
        7,
        "The pipeline is too thin.",
    ),
    "standing_pipeline": (
        "Go through the deals that stand still: name one act of the customer's to get for each, or take it out.",
        10,
        "At least half of the open deals have not moved since the last review.",
    ),
    "old_snapshot": (
        "Have new CRM data brought in before the next 1-on-1.",
        90,
        "The data are more than a week old.",
    ),
}
"""For each warning what the manager does, within how many days, and why."""

TO_BEGIN_WITH = (
    (Owner.REP, "List ten customers to go for, each with the problem that somebody there is likely to have.", 7),
    (Owner.MANAGER, "Take the rep along to two talks with customers, and go over them together afterwards.", 14),
)
"""Who does what first, and within how many days."""


def find_out(question: str) -> str:
    """The rep's task where a question has no answer yet."""
    return f"Bring the customer's own answer, and who gave it: {question}"


def ask_after(promise: str) -> str:
    """The rep's task where a promise of the customer's is overdue; the promise is in the note's own words."""
    return f"Ask the customer about what they promised, and agree on a new day: “{promise}”"


def date_gone(days: int) -> str:
    """Why a close date must be seen to that went by so many days ago."""
    return f"The close date went by {counted(days, 'day')} ago, and the deal is still open."


def not_borne_out(value: Money | None) -> str:
    """Why the manager takes part in a deal."""
    if value is None:
        return "The customer has not borne out the close date."
    return f"The customer has not borne out the close date: {said_money(value)} is at risk."


def not_moving(stage: StageMove, slip: Slip) -> tuple[str, str]:
    """What to do about a pre-existing deal that slipped, went back or stood still, and why."""
    if slip.times:
        times = {1: "once", 2: "twice"}.get(slip.times, f"{slip.times} times")
        return REDATE, f"The close date was pushed {times} since the last review, by {counted(slip.days, 'day')}."
    if stage is StageMove.BACK:
        return LACKS, "The deal went back a stage since the last review."
    return NEXT_ACT, "The deal has stood still since the last review."
