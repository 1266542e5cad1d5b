"""The note that ships with Coach."""

from __future__ import annotations

from datetime import date

from coach.samples import sample


def test_the_sample_is_a_whole_deal_note() -> None:
    note = sample()
    assert 150 <= len(note.note.split()) <= 200
    assert (note.written_on, note.deal.close_date) == (date(2026, 5, 19), date(2026, 6, 30))
    assert note.deal.name
    assert note.note == note.note.strip()
