"""The pictures that are kept of the pages: one of each page in each look, all of them shown, and small."""

from __future__ import annotations

import re
from pathlib import Path

from tests.screenshots import LOOKS, PAGE, named
from tests.web.every_page import ADDRESSES, MORE

FOLDER = Path(__file__).parent / "screenshots"
AGAIN = "take them again: python -m tests.screenshots tests/web/screenshots"


def test_every_page_has_a_picture_in_each_look_and_all_are_shown() -> None:
    pictures = {one.name for one in FOLDER.glob("*.webp")}
    names = {*map(named, ADDRESSES), *(name for more in MORE.values() for name in more)}
    assert {f"{name}.{look}.webp" for name in names for look in LOOKS} - pictures == set(), AGAIN
    shown = re.findall(r"\]\(([^)]+)\)", (FOLDER / PAGE).read_text("utf-8"))
    assert sorted(pictures) == sorted(shown), AGAIN


def test_together_they_weigh_little() -> None:
    sizes = [one.stat().st_size for one in FOLDER.glob("*.webp")]
    assert 3_000 < min(sizes)
    assert sum(sizes) < 1_500_000
