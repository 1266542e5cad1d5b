"""The realistic deal note that ships with Coach, for `coach demo` and for the page's sample button."""

from __future__ import annotations

import json
from pathlib import Path

from coach.domain import DealNote

_FOLDER = Path(__file__).parent


def sample() -> DealNote:
    """The sample: a note that sounds nearly done, about a deal whose customer has said otherwise."""
    fields = json.loads((_FOLDER / "deal.json").read_text("utf-8"))
    return DealNote.model_validate(fields | {"note": (_FOLDER / "deal_note.txt").read_text("utf-8").strip()})
