"""The claim ledger in short: its sentences, by the grade of what claims stood on, and by the odds given.

Rule: what was measured is said with how many it is of; of fewer than ten it is "too few to say".
"""

from __future__ import annotations

from collections.abc import Iterator

from coach.domain.one_on_one import ClaimLedger, Frequency, Hits
from coach.pipeline.ledger.wording import sentences
from coach.web.packs.amounts import interval, percent


def claim_lines(ledger: ClaimLedger) -> Iterator[str]:
    """What a manager reads of it, line by line; one line where no claim has been made."""
    if not ledger.claims:
        yield "No claim has been made yet."
        return
    yield from sentences(ledger)
    if ledger.by_grade:
        by_grade = "; ".join(f"{_stood_on(one)}: {frequency(one.hits)}" for one in ledger.by_grade)
        yield f"By the strongest thing the customer did or said: {by_grade}."
    if ledger.optimism.curve:
        curve = "; ".join(
            f"{interval(one.low, one.high)} % given: {frequency(one.hits)}" for one in ledger.optimism.curve
        )
        yield f"By the odds given: {curve}."
    if score := _brier(ledger):
        yield score


def frequency(one: Frequency) -> str:
    """`12 of 14 (86 %, 60 to 96)`, or `3 of 4, too few to say`."""
    if not one.of:
        return "none settled"
    if one.too_few:
        return f"{one.true} of {one.of}, too few to say"
    between = interval(one.low, one.high)
    return f"{one.true} of {one.of} ({percent(one.share)}{f', {between}' if between else ''})"


def _stood_on(one: Hits) -> str:
    return "no note" if one.grade is None else f"grade {one.grade}"


def _brier(ledger: ClaimLedger) -> str:
    one = ledger.optimism
    if one.too_few or one.brier is None:
        return ""
    between = ""
    if one.brier_low is not None and one.brier_high is not None:
        between = f" ({one.brier_low:.2f} to {one.brier_high:.2f})"
    return f"Brier score of the odds: {one.brier:.2f}{between}; 0 is perfect, even odds score 0.25."
