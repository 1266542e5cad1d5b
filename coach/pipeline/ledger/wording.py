"""The claim ledger in three to six plain sentences.

Rule: each says what came of claims and odds, with the interval or that there are too few; none says what a rep is like.
"""

from __future__ import annotations

from collections.abc import Sequence

from coach.domain.judgement import Verdict
from coach.domain.one_on_one import ClaimLedger, EvidenceShare, Frequency, Optimism

_WHERE = {
    Verdict.ESTABLISHED: "Where the customer's acts established the day claimed",
    Verdict.UNPROVEN: "Where the customer's acts left the day claimed unproven",
    Verdict.REFUTED: "Where the customer's acts refuted the day claimed",
}


def sentences(ledger: ClaimLedger) -> tuple[str, ...]:
    """Say what a claim ledger shows.

    Returns:
        What became of all claims; of those with a verdict, one sentence each; how the odds compare; and how much of
        the notes is the customer's.
    """
    verdicts = (
        f"{_WHERE[group.verdict]}, {_won(group.hits)} by it{_sure(group.hits)}."
        for group in ledger.by_verdict
        if group.verdict in _WHERE
    )
    return _all(ledger), *verdicts, _odds(ledger.optimism), _notes(ledger.evidence)


def _all(ledger: ClaimLedger) -> str:
    if not ledger.claims:
        return "No claim has been made yet."
    start = f"{_number(ledger.claims, 'claim')} so far, {ledger.settled or 'none'} of them settled"
    if not ledger.all.of:
        return f"{start}."
    return f"{start}: {_won(ledger.all)} by the day first claimed{_sure(ledger.all)}."


def _odds(odds: Optimism) -> str:
    return f"{_compared(odds)}{_early(odds.won_early)}"


def _compared(odds: Optimism) -> str:
    if not odds.claims:
        return "No claim that gave odds is settled."
    if odds.bias is None or odds.bias_low is None or odds.bias_high is None:
        return (
            "Too few settled claims with odds to say how they compare with what came true "
            f"({_number(odds.deals, 'deal')})."
        )
    ends = sorted((abs(odds.bias_low), abs(odds.bias_high)))
    start = f"The odds given run {_points(odds.bias)} what came true"
    if odds.leaning == "neither":
        return f"{start}, and anything from {_end(odds.bias_low)} to {_end(odds.bias_high)} fits: no leaning shown."
    return f"{start} ({_hundredths(ends[0])} to {_hundredths(ends[1])}): {odds.leaning}."


def _early(deals: int) -> str:
    were = "was" if deals == 1 else "were"
    return f" {_number(deals, 'deal')} {were} won over 30 days before the day first claimed." if deals else ""


def _notes(months: tuple[EvidenceShare, ...]) -> str:
    counted = [month for month in months if month.share is not None]
    if not counted:
        return "No note has a statement to count."
    *before, last = counted
    are = "is" if last.buyer == 1 else "are"
    start = f"In the notes of {last.month:%Y-%m} {_part([last], 'statements ')} {are} the customer's"
    return f"{start}; in the months before, {_part(before)}." if before else f"{start}."


def _part(months: Sequence[EvidenceShare], noun: str = "") -> str:
    buyer = sum(month.buyer for month in months)
    every = buyer + sum(month.seller for month in months)
    return f"{buyer} of {every} {noun}({_hundredths(buyer / every)} %)"


def _won(hits: Frequency) -> str:
    return f"{hits.true} of {_number(hits.of, 'deal')} {'was' if hits.true == 1 else 'were'} won"


def _sure(hits: Frequency) -> str:
    if hits.too_few or hits.share is None or hits.low is None or hits.high is None:
        return "; too few to say"
    return f" ({_hundredths(hits.share)} %, {_hundredths(hits.low)} to {_hundredths(hits.high)})"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _points(bias: float) -> str:
    size = _hundredths(abs(bias))
    unit = "point" if size == "1" else "points"
    return f"{size} {unit} {'above' if bias >= 0 else 'below'}"


def _end(bias: float) -> str:
    size = _hundredths(abs(bias))
    return size if size == "0" else f"{size} {'above' if bias > 0 else 'below'}"


def _hundredths(share: float) -> str:
    return f"{100 * share:.0f}"
