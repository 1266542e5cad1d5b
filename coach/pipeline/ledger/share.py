"""How much of what a rep's notes say is the customer's, month by month.

Rule: statements are counted, never weighed; a month without a note has no line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from coach.domain.one_on_one import EvidenceShare


def evidence_shares(notes: Iterable[tuple[date, int, int]], as_of: date) -> tuple[EvidenceShare, ...]:
    """Give the share of buyer-centred statements of each month that has notes, the oldest first.

    Args:
        notes: For each note its day, its buyer-centred and its seller-centred statements.
        as_of: The last day that counts.
    """
    months: defaultdict[date, list[tuple[int, int]]] = defaultdict(list)
    for day, buyer, seller in notes:
        if day <= as_of:
            months[day.replace(day=1)].append((buyer, seller))
    return tuple(_month(month, counts) for month, counts in sorted(months.items()))


def _month(month: date, counts: list[tuple[int, int]]) -> EvidenceShare:
    buyer, seller = (sum(column) for column in zip(*counts, strict=True))
    share = buyer / (buyer + seller) if buyer + seller else None
    return EvidenceShare(month=month, notes=len(counts), buyer=buyer, seller=seller, share=share)
