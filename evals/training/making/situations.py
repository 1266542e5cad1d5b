"""Draws situation sheets: what happened, to whom, where and in whose voice, for somebody who then writes the text.

    python evals/training/making/situations.py deal na 300 > sheets.jsonl

Task (`deal`, `rep`, `talk`), prefix of the ids, and how many. The same three give the same sheets. No sheet says what
a label would say.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import sys
from pathlib import Path
from typing import Any

import yaml

LISTS: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("situations.yaml").read_text(encoding="utf-8"))
WORDS = [30, 50, 80, 110, 110, 140, 140, 180, 180, 220, 220, 270, 330]
FIRST, LAST = dt.date(2024, 1, 8), dt.date(2027, 6, 1)


class Dice(random.Random):
    """Draws from the lists."""

    def one(self, name: str) -> str:
        """One entry of a list."""
        return self.choice(LISTS[name])


def deal(dice: Dice, id_: str) -> dict[str, Any]:
    """A situation that a deal note is written about."""
    written = FIRST + dt.timedelta(days=dice.randrange((LAST - FIRST).days))
    close = None
    if dice.random() >= 0.22:
        close = written + dt.timedelta(days=dice.choice([6, 12, 20, 30, 45, 60, 90, 150]) + dice.randrange(10))
    words, form = dice.choice(WORDS), dice.one("forms")
    if form.startswith("two to"):
        words = dice.choice([30, 45, 60])
    many = 1 + words // 45
    lean = dice.choice(["theirs", "ours", "even", "even"])
    theirs = dice.sample(LISTS["theirs"], max(0, many + {"theirs": 1, "ours": -2, "even": 0}[lean]))
    ours = dice.sample(LISTS["ours"], max(1, many // 2 + {"theirs": -1, "ours": 2, "even": 0}[lean]))
    return {
        "id": id_,
        "we sell": dice.one("trades"),
        "customer in": dice.one("places"),
        "written on": str(written),
        "crm close date": close and str(close),
        "stage": dice.one("stages"),
        "amount": dice.one("amounts") + " in the local currency or $",
        "form": form,
        "words": words,
        "voice": dice.one("voices"),
        "people there": dice.one("people"),
        "happened on their side": theirs,
        "we did": ours,
        "the rep thinks": dice.one("thinks") if dice.random() < 0.8 else "nothing written",
        "aside": dice.one("asides"),
    }


def rep(dice: Dice, id_: str) -> dict[str, Any]:
    """A situation that a rep packet is written about."""
    return {
        "id": id_,
        "rep works in": dice.one("places"),
        "sells": dice.one("trades"),
        "tenure": dice.one("tenures"),
        "subject": dice.one("subjects"),
        "the truth about it": dice.one("reps"),
        "voice of the rep": dice.one("voices"),
        "self-rating": dice.one("ratings"),
        "texts present": dice.sample(LISTS["texts"], dice.choice([1, 2, 2, 3])),
        "manager is": dice.one("observers"),
        "red herring": dice.one("herrings"),
    }


def talk(dice: Dice, id_: str) -> dict[str, Any]:
    """A situation that a conversation is written about."""
    return {
        "id": id_,
        "setting": dice.one("settings"),
        "place": dice.one("places"),
        "they sell": dice.one("trades"),
        "manager": dice.one("mgrs"),
        "second side of the manager": dice.one("mgrs"),
        "rep": dice.one("voices"),
        "turns in all": dice.choice([10, 14, 18, 22, 26]),
        "talk about": dice.sample(LISTS["topics"], 2),
    }


if __name__ == "__main__":
    task, prefix, count = sys.argv[1:]
    drawn = Dice(f"{task}{prefix}")
    for number in range(1, int(count) + 1):
        sheet = {"deal": deal, "rep": rep, "talk": talk}[task](drawn, f"{prefix}-{number:03d}")
        sys.stdout.write(json.dumps(sheet, ensure_ascii=False) + "\n")
