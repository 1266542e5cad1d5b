"""One word or mark for each value that a pack knows, the same in every face.

Rule: every value of an enumeration has its word here; a test counts them.
"""

from __future__ import annotations

from coach.domain import Direction, Kind, Status, Verdict
from coach.domain.commitment import Kept
from coach.domain.one_on_one import CustomerMove, StageMove

STATUS_MARKS = {Status.ANSWERED: "●", Status.PARTIAL: "◐", Status.MISSING: "○"}
STAGE_MOVES = {
    StageMove.FORWARD: "moved forward",
    StageMove.STILL: "stood still",
    StageMove.BACK: "went back",
    StageMove.CHANGED: "changed stage",
    StageMove.WON: "won",
    StageMove.LOST: "lost",
}
CUSTOMER_MOVES = {
    CustomerMove.ADVANCED: "the customer moved it on",
    CustomerMove.STALLED: "the customer stalled",
    CustomerMove.BOTH: "the customer moved it on, and stalled",
    CustomerMove.NOTHING: "nothing in the notes moved it",
    CustomerMove.NO_NOTE: "no note",
}
KEPT = {Kept.OPEN: "open", Kept.KEPT: "kept", Kept.NOT_KEPT: "not kept", Kept.DROPPED: "dropped"}
KINDS = {
    Kind.BUYER_ACTION: "did",
    Kind.BUYER_COMMITMENT: "promised",
    Kind.BUYER_STATEMENT: "said",
    Kind.SELLER_ACTION: "we did",
    Kind.SELLER_OPINION: "we think",
}
DIRECTIONS = {Direction.ADVANCES: " ↑", Direction.STALLS: " ↓", Direction.NEUTRAL: ""}
ARROWS = "↑ moves the purchase on, ↓ holds it up; grade 5 is the strongest, an act that can be checked"


def verdict(one: Verdict | None) -> str:
    """`ESTABLISHED`, `UNPROVEN`, `REFUTED`, `NO CLAIM`, or `NO NOTE` where none was reviewed."""
    return "NO NOTE" if one is None else one.replace("_", " ").upper()
