"""What a card says in words, wherever a CRM draws it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from coach.crm.words import other_date
from tests.crm.test_hubspot_legacy import CARD

PAGES = Path(__file__).parents[2] / "coach" / "web" / "static" / "texts.js"
DAY, ANOTHER = date(2026, 3, 31), date(2026, 4, 30)


@pytest.mark.parametrize(
    ("judged", "now", "is_said"),
    [(DAY, DAY, False), (DAY, None, False), (None, None, False), (DAY, ANOTHER, True), (None, ANOTHER, True)],
)
def test_another_close_date_in_the_crm_is_said_as_on_coachs_own_card(
    judged: date | None, now: date | None, is_said: bool
) -> None:
    (sentence,) = re.findall(r'otherDate: "([^"]+)"', PAGES.read_text("utf-8"))
    expected = sentence.replace("{date}", "2026-04-30") if is_said else None
    assert expected == other_date(CARD.model_copy(update={"close_date": judged, "crm_close_date": now}))
