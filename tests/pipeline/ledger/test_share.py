"""The customer's share of the notes, month by month."""

from __future__ import annotations

from datetime import date

from coach.domain.one_on_one import EvidenceShare
from coach.pipeline.ledger import read_ledger


def test_notes_are_summed_by_month_the_oldest_first() -> None:
    notes = [(date(2026, 7, 1), 4, 4), (date(2026, 5, 31), 1, 3), (date(2026, 7, 31), 2, 6), (date(2026, 5, 1), 2, 2)]
    months = read_ledger("Ilse", [], notes, date(2026, 7, 31)).evidence
    # May: 1 + 2 of 4 + 4; July: 4 + 2 of 8 + 8; June has no note.
    may = EvidenceShare(month=date(2026, 5, 1), notes=2, buyer=3, seller=5, share=0.375)
    july = EvidenceShare(month=date(2026, 7, 1), notes=2, buyer=6, seller=10, share=0.375)
    assert (may, july) == months


def test_a_note_of_a_later_day_does_not_count() -> None:
    notes = [(date(2026, 7, 30), 1, 1), (date(2026, 7, 31), 9, 0)]
    (july,) = read_ledger("Ilse", [], notes, date(2026, 7, 30)).evidence
    assert (1, 1, 1, 0.5) == (july.notes, july.buyer, july.seller, july.share)


def test_a_month_whose_notes_hold_no_statement_has_no_share() -> None:
    (july,) = read_ledger("Ilse", [], [(date(2026, 7, 30), 0, 0)], date(2026, 7, 31)).evidence
    assert (1, 0, 0, None) == (july.notes, july.buyer, july.seller, july.share)
