"""What the clients ask, how often each, and what must be there in the end."""

from __future__ import annotations

import random
from typing import Any, NamedTuple

REPS = [f"Rep {number:02}" for number in range(30)]
_BUYER = (
    "Dana's counsel sent redlines on Tuesday.",
    "Priya asked her CFO for the budget on Monday.",
    "They ran the pilot in two plants and sent us the figures.",
    "The board meets on 12 March to decide.",
)
_WRITES = 0.27
_SELLER = ("I sent the order form.", "I think we close this month.", "I followed up twice.", "They love us.")


class Ask(NamedTuple):
    """One request."""

    kind: str
    method: str
    path: str
    body: Any = None


class Known:
    """What was acknowledged: it must be there in the end, and may be asked for meanwhile."""

    def __init__(self) -> None:
        self.reviews: dict[str, str] = {}
        """By id, the rep."""
        self.replies: dict[str, set[str]] = {}
        """By review, the words of each."""
        self.corrections: set[str] = set()
        """The reason of each, which no other has."""
        self.held: dict[str, set[tuple[str, str]]] = {}
        """By rep, the day and the words of each step agreed."""


def rosters() -> str:
    """Who leads whom."""
    return "rep,manager,team\n" + "".join(
        f"{rep},Manager {number % 3},Team {number % 3}\n" for number, rep in enumerate(REPS)
    )


def deals() -> str:
    """Ten opportunities of each rep."""
    head = "Record ID,Deal Name,Deal owner,Deal Stage,Amount,Close Date,Create Date\n"
    rows = (
        f"{at * 10 + number},Deal {at}-{number},{rep},Proposal,{1000 * (number + 1)},2026-03-{number + 10},2026-01-10\n"
        for at, rep in enumerate(REPS)
        for number in range(10)
    )
    return head + "".join(rows)


def next_ask(chance: random.Random, number: int, known: Known) -> Ask:
    """One of the mix: a good quarter writes; reviews of notes, and replies to them, are what costs most."""
    return _write(chance, number, known) if chance.random() < _WRITES else _read(chance, known)


def _write(chance: random.Random, number: int, known: Known) -> Ask:
    rep = chance.choice(REPS)
    dice = chance.random()
    if dice < 0.3 or not known.reviews:
        words = [*chance.sample(_BUYER, 2), *chance.sample(_SELLER, 2), f"Note {number}."]
        deal = {"name": f"Deal {chance.randrange(300)}", "close_date": "2026-03-31"}
        body = {"rep": rep, "deal": deal, "written_on": "2026-03-02", "note": " ".join(words)}
        return Ask("review", "POST", "/v1/deal-reviews", body)
    if dice < 0.65:
        body = {"right": True, "why": f"Correction {number}."}
        return Ask("correct", "POST", f"/v1/findings/{_recent(chance, known)}.0/feedback", body)
    if dice < 0.95:
        day = f"2026-02-{chance.randrange(1, 29):02}"
        step = {"what": f"Step {number}", "owner": "rep", "due_on": "2026-03-09"}
        return Ask("hold", "POST", "/v1/one-on-ones/held", {"rep": rep, "held_on": day, "steps": [step]})
    body = {"text": f"Dana signed order {number}.", "written_on": "2026-03-04"}
    return Ask("reply", "POST", f"/v1/reviews/{_recent(chance, known)}/reply", body)


def _read(chance: random.Random, known: Known) -> Ask:
    rep = chance.choice(REPS)
    asks = {
        Ask("list", "GET", f"/v1/deal-reviews?rep={rep}&limit=5"): 14,
        Ask("deals", "GET", f"/v1/opportunities?rep={rep}&as_of=2026-03-05"): 20,
        Ask("steps", "GET", f"/v1/commitments?rep={rep}&as_of=2026-03-05"): 20,
        Ask("claims", "GET", f"/v1/claims?rep={rep}&as_of=2026-03-05"): 6,
        Ask("about", "GET", chance.choice(["/healthz", "/v1/rubrics", "/v1/me"])): 23,
    }
    if known.reviews:
        asks[Ask("read", "GET", f"/v1/deal-reviews/{_recent(chance, known)}")] = 14
    if chance.random() < 0.03:
        return Ask("pack", "POST", "/v1/one-on-ones", {"rep": rep, "as_of": "2026-03-05"})
    return chance.choices(list(asks), list(asks.values()))[0]


def note(known: Known, asked: Ask, answer: Any) -> None:
    """Remember what was acknowledged."""
    if asked.kind == "review":
        known.reviews[answer["id"]] = asked.body["rep"]
    elif asked.kind == "hold":
        step = asked.body["held_on"], asked.body["steps"][0]["what"]
        known.held.setdefault(asked.body["rep"], set()).add(step)
    elif asked.kind == "correct":
        known.corrections.add(asked.body["why"])
    elif asked.kind == "reply":
        known.replies.setdefault(asked.path.split("/")[3], set()).add(asked.body["text"])


def _recent(chance: random.Random, known: Known) -> str:
    some = list(known.reviews)[-200:]
    return chance.choice(some)
