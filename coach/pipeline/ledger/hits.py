"""How often claims came true, by the verdict on them and by the grade of evidence they stood on.

Rule: within a group each deal counts once, by its first claim there. The claims of one deal share its outcome, so a
deal that was dated anew twelve times is one case, not twelve, and the interval is as wide as the deals are few.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from coach.domain.claims import MadeClaim
from coach.domain.judgement import Verdict
from coach.domain.one_on_one import Frequency, Hits
from coach.pipeline.intervals import wilson
from coach.pipeline.ledger.outcomes import first_of_each_deal

FEWEST = 10
"""With fewer deals than this nothing is said: one more win would move a share by ten points or more."""


def counted(claims: Sequence[MadeClaim], as_of: date) -> tuple[MadeClaim, ...]:
    """Give the claims that a group is counted by: the first one of each deal, where it is settled.

    A deal whose first claim is still open is left out, although a later one may be settled: of a deal that is open
    only a missed date is known, and to count those alone would make claims look worse than they are.

    Args:
        claims: Those of the group, in the order of `known`.
        as_of: The day the ledger is read.
    """
    return tuple(claim for claim in first_of_each_deal(claims) if claim.came_true(as_of) is not None)


def frequency(claims: Sequence[MadeClaim], as_of: date) -> Frequency:
    """Count the deals of a group, each by its first claim there: so many came true of so many settled.

    Args:
        claims: Those of the group, in the order of `known`.
        as_of: The day the ledger is read.
    """
    cases = counted(claims, as_of)
    true, of = sum(claim.came_true(as_of) is True for claim in cases), len(cases)
    if not of:
        return Frequency(true=0, of=0, too_few=True)
    low, high = wilson(true, of)
    return Frequency(true=true, of=of, share=true / of, low=low, high=high, too_few=of < FEWEST)


def by_verdict(claims: Sequence[MadeClaim], as_of: date) -> tuple[Hits, ...]:
    """How often claims of each verdict came true: established first, those without a note last.

    Only verdicts of which a deal counts.
    """
    groups = (
        Hits(verdict=verdict, hits=frequency([one for one in claims if one.verdict is verdict], as_of))
        for verdict in Verdict
    )
    without = frequency([one for one in claims if one.verdict is None], as_of)
    return _counting((*groups, Hits(without_note=True, hits=without)))


def by_grade(claims: Sequence[MadeClaim], as_of: date) -> tuple[Hits, ...]:
    """How often claims came true by the grade they stood on: the strongest first, those without a note last.

    Only grades of which a deal counts.
    """
    groups = (
        Hits(grade=grade, hits=frequency([one for one in claims if one.grade == grade], as_of))
        for grade in range(5, -1, -1)
    )
    without = frequency([one for one in claims if one.grade is None], as_of)
    return _counting((*groups, Hits(without_note=True, hits=without)))


def _counting(groups: Sequence[Hits]) -> tuple[Hits, ...]:
    return tuple(group for group in groups if group.hits.of)
