"""A pack as Markdown: the golden file, the order, what was left out, and words that are only words."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from coach.domain.one_on_one import OneOnOne
from coach.web.packs.markdown import to_markdown
from tests.web.packs.hostile import MARK, hostile
from tests.web.packs.samples import first_month, fullest, middle, new_hire

GOLDEN = Path(__file__).parent / "golden" / "middle.md"


def test_the_middle_pack_is_the_golden_file() -> None:
    """`UPDATE_GOLDEN=1` writes it."""
    now = to_markdown(middle())
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(now, encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8") == now


def test_the_order_is_warnings_header_agenda_five_parts_claims_and_what_is_missing() -> None:
    text = to_markdown(fullest())
    parts = (
        "> **Warning:** Still to win",
        "# 1-on-1: Mara Lindqvist",
        "- Manager: Ruth Abanda",
        "## Agenda, 30 minutes",
        "## 1. Status",
        "## 2. New",
        "## 3. Pre-existing",
        "## 4. Closing",
        "## 5. Next steps",
        "## Claims",
        "## Not in the data",
        "## Notices",
    )
    places = [text.index(part) for part in parts]
    assert 0 == places[0]
    assert all(before < after for before, after in pairwise(places))


def test_what_was_left_out_is_told_in_every_part() -> None:
    text = to_markdown(fullest())
    for words in (
        "\nand 12 more, EUR 340,000, left out\n",
        "\nand 12 more, EUR 611,500 + USD 48,000, left out\n",
        "\nand 4 more, EUR 96,000, left out\n",
        "\nand 3 more, left out\n",
    ):
        assert words in text
    assert "left out" not in to_markdown(middle())


@pytest.mark.parametrize(
    ("pack", "words"),
    [
        (
            new_hire(),
            (
                "- Data of: no snapshot yet",
                "- Manager: not known",
                "- Quota: not known",
                "No opportunity was added.",
                "What moved is not known",
                "Nothing is said to close by then.",
                "Nothing is carried over, and nothing is proposed.",
                "No claim has been made yet.",
            ),
        ),
        (first_month(), ("- Since: 2026-10-27 (a month; no 1-on-1 was held)", "What moved is not known", "Too few")),
    ],
)
def test_a_pack_with_little_in_it_says_so(pack: OneOnOne, words: tuple[str, ...]) -> None:
    text = to_markdown(pack)
    assert [] == [one for one in words if one not in text]
    assert "None" not in text
    assert "nan" not in text.split()


def test_no_word_becomes_a_link_a_picture_html_or_a_heading() -> None:
    text = to_markdown(hostile())
    assert 40 < text.count(MARK)
    assert "https://" not in text
    assert "\x1b" not in text
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    inside = [child for token in tokens for child in token.children or ()]
    assert set() == {one.type for one in inside} & {"link_open", "image", "html_inline", "code_inline"}
    assert "html_block" not in {one.type for one in tokens}
    plain = MarkdownIt("commonmark", {"html": True}).enable("table").parse(to_markdown(fullest()))
    assert [one.type for one in plain] == [one.type for one in tokens]
