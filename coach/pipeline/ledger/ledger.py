"""All of a rep's claim ledger, put together.

Rule: whatever is counted, is counted as it was known on one day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from coach.domain.claims import MadeClaim
from coach.domain.one_on_one import ClaimLedger
from coach.pipeline.ledger.hits import by_grade, by_verdict, frequency
from coach.pipeline.ledger.optimism import optimism
from coach.pipeline.ledger.outcomes import known
from coach.pipeline.ledger.share import evidence_shares


def read_ledger(
    rep: str, claims: Sequence[MadeClaim], shares: Sequence[tuple[date, int, int]], as_of: date
) -> ClaimLedger:
    """Read the claim ledger of a rep as it stood on a day.

    Args:
        rep: Whose ledger it is, for the title.
        claims: The rep's claims, in any order; those of other people are the caller's to leave out.
        shares: For each of the rep's notes its day, its buyer-centred and its seller-centred statements.
        as_of: The day; claims, notes and outcomes of later days are not known yet.

    Returns:
        Zeros and None where there is nothing to count.
    """
    made = known(claims, as_of)
    return ClaimLedger(
        rep=rep,
        as_of=as_of,
        claims=len(made),
        settled=sum(claim.came_true(as_of) is not None for claim in made),
        all=frequency(made, as_of),
        by_verdict=by_verdict(made, as_of),
        by_grade=by_grade(made, as_of),
        optimism=optimism(made, as_of),
        evidence=evidence_shares(shares, as_of),
    )
