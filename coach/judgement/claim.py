"""Whether the customer's own acts bear out the rep's close date: codebook, section 3. Pure.

Rule: the first ground that holds decides, and nothing of ours, however much, moves a claim off `unproven`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from coach.domain import Verdict
from coach.judgement.reading import Reading, Seen, merged
from coach.judgement.timeline import agreeing, conflicts, lapsed

_FAMILIES = ("contract_done", "approved", "ordered")
"""The papers at the end of a purchase; where all three are there, their timeline needs no date."""


class Ground(StrEnum):
    """What a ruling rests on."""

    NO_DATE = "no_date"
    SIGNED = "signed"
    MONEY = "money"
    SPONSOR = "sponsor"
    CONFLICT = "conflict"
    RIVAL = "rival"
    LAPSED = "lapsed"
    HOLD = "hold"
    AGREED = "agreed"
    PAPERS = "papers"
    SILENT = "silent"
    OPEN = "open"
    UNSURE = "unsure"


class Ruling(NamedTuple):
    """A verdict, what it rests on, and the statements that show it."""

    verdict: Verdict
    ground: Ground
    because: tuple[Seen, ...] = ()


def rule(reading: Reading) -> Ruling:
    """Judge the claim that this deal closes by its date.

    A claim exists where the deal's close date is filled in or the note states an expected close; otherwise `no_claim`.
    A close that stands only in our own words ("should land this quarter") gives no day to hold the customer's acts
    against, so only the deal's date makes a claim here.
    """
    if reading.deal.close_date is None:
        return Ruling(Verdict.NO_CLAIM, Ground.NO_DATE)
    for find in (_signed, _refuted, _established):
        if ruling := find(reading):
            return ruling
    return _unproven(reading)


def _signed(reading: Reading) -> Ruling | None:
    """A deal whose papers are signed is `established` with no further date.

    Two signs are asked for: a signature of theirs, and an order, a payment or an approval told in another statement.
    """
    if any(reading.doubts):
        return None
    proofs = tuple(reading.solid)
    for paper in (one for one in proofs if one.has("signature")):
        seconds = ("payment", "ordered", "approved") if paper.has("document") else ("payment",)
        for second in proofs:
            if second is not paper and second.has(*seconds):
                return Ruling(Verdict.ESTABLISHED, Ground.SIGNED, merged((paper, second)))
    return None


def _refuted(reading: Reading) -> Ruling | None:
    """`refuted`: something the customer did or said contradicts the date.

    Money or sponsor is gone; their own date lies later, or a step they require cannot be done by then; they chose
    somebody else; or they let their own committed date pass and went dark. Silence alone never refutes.
    """
    close_date = reading.deal.close_date
    if close_date is None:
        return None
    stalls = tuple(reading.stalls)
    sponsor = tuple(one for one in stalls if one.has("sponsor_gone"))
    grounds = {
        Ground.MONEY: tuple(one for one in reading.buyer if one.has("money_gone") and not one.advances),
        Ground.SPONSOR: () if any(agreeing(reading, close_date)) or _goes_on(reading, sponsor) else sponsor,
        Ground.CONFLICT: tuple(conflicts(reading, close_date)),
        Ground.RIVAL: _adverse(stalls),
        Ground.LAPSED: _gone_dark(reading),
    }
    return next((Ruling(Verdict.REFUTED, ground, because) for ground, because in grounds.items() if because), None)


def _goes_on(reading: Reading, sponsor: tuple[Seen, ...]) -> bool:
    """Whether somebody there moves the purchase on after its sponsor went: somebody else carries it."""
    gone = max((one.index for one in sponsor), default=0)
    return any(one.advances and one.index > gone for one in reading.buyer)


def _adverse(stalls: tuple[Seen, ...]) -> tuple[Seen, ...]:
    """At least three acts against us that are neither silence, undone tasks nor holds; fewer have other reasons."""
    acts = tuple(one for one in stalls if one.is_action and not one.has("silence", "undone", "hold"))
    return acts if len(acts) >= 3 else ()


def _gone_dark(reading: Reading) -> tuple[Seen, ...]:
    """A day of their own gone by, and silence."""
    past = tuple(lapsed(reading))
    silent = tuple(one for one in reading.stalls if one.has("silence"))
    return merged(past, silent) if past and silent else ()


def _established(reading: Reading) -> Ruling | None:
    """`established`: the customer's own timeline agrees with the date, an act lies on the path, and no stall is open.

    The customer must have put a deciding step before the date, and have done at least two verifiable things, one of
    them on the path to signature (criteria agreed, evaluation completed, approval, paperwork). Where their contract
    work, their approval and their order are all done, their timeline needs no date.
    """
    close_date = reading.deal.close_date
    proofs = tuple(reading.solid)
    if close_date is None or any(reading.doubts) or len(proofs) < 2:
        return None
    path = tuple(one for one in proofs if one.has("paper"))
    if path and (agreed := tuple(agreeing(reading, close_date))):
        return Ruling(Verdict.ESTABLISHED, Ground.AGREED, merged(agreed, path))
    if all(any(one.has(family) for one in proofs) for family in _FAMILIES):
        return Ruling(Verdict.ESTABLISHED, Ground.PAPERS, tuple(one for one in proofs if one.has(*_FAMILIES)))
    return None


def _unproven(reading: Reading) -> Ruling:
    """`unproven`: anything between; an open veto or hold while a way through remains, and silence alone."""
    stalls = tuple(reading.stalls)
    if held := tuple(one for one in stalls if one.has("hold") and not one.has("silence")):
        return Ruling(Verdict.UNPROVEN, Ground.HOLD, held)
    if silent := tuple(one for one in stalls if one.has("silence", "undone")):
        return Ruling(Verdict.UNPROVEN, Ground.SILENT, silent)
    return Ruling(Verdict.UNPROVEN, Ground.OPEN, stalls or tuple(reading.proofs))
