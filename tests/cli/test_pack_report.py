"""A pack at a terminal: the order, what was left out, little data, and nothing but printable characters."""

from __future__ import annotations

from itertools import pairwise

import pytest

from coach.cli.pack_report import print_pack
from coach.domain.one_on_one import OneOnOne
from tests.web.packs.hostile import MARK, hostile
from tests.web.packs.samples import first_month, fullest, middle, new_hire


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")


def printed(pack: OneOnOne, capsys: pytest.CaptureFixture[str]) -> str:
    print_pack(pack)
    return capsys.readouterr().out


def test_the_order_is_that_of_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(fullest(), capsys)
    parts = (
        "Warning: Still to win",
        "Mara Lindqvist  1-on-1 of 2026-11-27",
        "Agenda, 30 minutes",
        "1. Status: results",
        "2. New opportunities",
        "3. Pre-existing opportunities\n",
        "4. Closing within 30 days\n",
        "5. Next steps\n",
        "Claims, and what came of them",
        "Not in the data",
        "Notice: ",
    )
    places = [text.index(f"{part}") for part in parts[:5]]
    places += [text.index(f"\n{part}", places[-1]) for part in parts[5:]]
    assert 0 == places[0]
    assert all(before < after for before, after in pairwise(places))


def test_what_was_left_out_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(fullest(), capsys)
    for words in (
        "and 12 more, EUR 340,000, left out",
        "and 12 more, EUR 611,500 + USD 48,000, left out",
        "and 4 more, EUR 96,000, left out",
        "and 3 more, left out",
    ):
        assert words in text


def test_a_closing_deal_has_its_verdict_its_evidence_and_what_to_ask(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(middle(), capsys)
    for words in (
        "Aldergate Foods  EUR 64,000 · Contract · closes 2026-12-11, in 14 days · at risk EUR 0",
        "ESTABLISHED  The customer has put a deciding step",
        "grade 5 · did ↑ · 2026-11-19 «Their counsel sent back redlines on the MSA on the 19th»",
        "open on their side: by 2026-12-09: Henrike will sign at the board meeting",
        "? What could still keep the board from it on the 9th?",
        "carried over, not kept",
        "Quota EUR 300,000 from 2026-07-01 to 2026-12-31: EUR 180,000 won (60 %)",
    ):
        assert words in text


@pytest.mark.parametrize("pack", [new_hire(), first_month()])
def test_little_data_is_said_and_makes_no_zero(pack: OneOnOne, capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(pack, capsys)
    assert "What moved is not known: there is no snapshot from 2026-10-27 or before" in text
    assert "Nothing is carried over, and nothing is proposed." in text
    assert "None" not in text


def test_nothing_reaches_the_terminal_that_moves_its_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(hostile(), capsys)
    assert 40 < text.count(MARK)
    assert set() == {one for one in text if not one.isprintable()} - {"\n"}
