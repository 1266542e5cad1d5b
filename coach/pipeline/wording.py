"""What parts 1 to 3 of the 1-on-1 say in words: the names of the bars, and what to ask about a deal.

Rule: a question is about what the customer does and says, never about our activity or our feeling; one per deal.
"""

from __future__ import annotations

from coach.domain.one_on_one.movement import CustomerMove, Slip, StageMove

REVENUE = "Won, year to date"
WIN_RATE = "Win rate"
CYCLE = "Days from creation to winning"
AVERAGE_DEAL = "Average deal"
PERCENT = "%"
DAYS = "days"

_SLIPPED = "The close date has moved {times}, by {days}. What has the customer said that fits the new one?"
_SLIPPED_MORE = "The close date has moved {times}, by {days} in all. What has the customer said that fits the new one?"
_WENT_BACK = (
    "It went back a stage. What did the customer do, or leave undone, that showed it was not as far as it looked?"
)
_STALLED = (
    "What the customer did holds the purchase up. What would have to change on their side, and who there can change it?"
)
_BOTH = "The customer moved on in one thing and held back in another. Which of the two decides for them, and why?"

_STILL = {
    CustomerMove.ADVANCED: "The customer moved on and the stage did not. Which act of theirs does it wait for?",
    CustomerMove.NOTHING: "Neither the stage nor the customer has moved. What does another month like this cost them?",
    CustomerMove.NO_NOTE: "The stage has not moved, and no note says what the customer did. What was it, and when?",
}
_MOVED_ON = {
    CustomerMove.ADVANCED: "The customer moved it on. Which act have they agreed to now, who does it, by when?",
    CustomerMove.NOTHING: "The stage moved on, and the notes have no act of the customer's for it. What did they do?",
    CustomerMove.NO_NOTE: "The stage moved on, and no note says why. What did the customer do that it rests on?",
}
_CHANGED = {
    CustomerMove.ADVANCED: _MOVED_ON[CustomerMove.ADVANCED],
    CustomerMove.NOTHING: "The stage changed, and the notes have no act of the customer's for it. What did they do?",
    CustomerMove.NO_NOTE: "The stage changed, and no note says why. What did the customer do that it rests on?",
}


def question(stage: StageMove, slip: Slip, customer: CustomerMove) -> str | None:
    """Choose what to ask about a deal that was open at the last review; None where it is won or lost.

    The first that holds decides: the close date was pushed since the last review (all its pushes are counted then, the
    earlier ones too), the stage went back, the customer held it up, or what stage and customer did together.
    """
    if stage.is_end:
        return None
    if slip.times:
        text = _SLIPPED if slip.times_ever == 1 else _SLIPPED_MORE
        return text.format(times=_times(slip.times_ever), days=_days(slip.days_ever))
    if stage is StageMove.BACK:
        return _WENT_BACK
    if customer in _HELD_UP:
        return _HELD_UP[customer]
    return {StageMove.STILL: _STILL, StageMove.FORWARD: _MOVED_ON}.get(stage, _CHANGED)[customer]


_HELD_UP = {CustomerMove.STALLED: _STALLED, CustomerMove.BOTH: _BOTH}


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"
