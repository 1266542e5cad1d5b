"""Why a claim was judged as it was, what would establish it and what would refute it, in plain words. Pure.

Rule: these are sentences of our own; of the note they repeat a person's name and days, never its words.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from coach.domain import Claim, Refuter, Verdict
from coach.judgement.claim import Ground, Ruling
from coach.judgement.gaps import Gap, last_sign
from coach.judgement.names import day, first_named, name_of, when
from coach.judgement.reading import Reading, Seen, indexes
from coach.judgement.timeline import agreeing


def state(reading: Reading, ruling: Ruling, gaps: tuple[Gap, ...]) -> Claim:
    """The claim with its reasons."""
    return Claim(
        verdict=ruling.verdict,
        close_date=reading.deal.close_date,
        because=indexes(ruling.because),
        explanation=_EXPLAIN[ruling.ground](reading, ruling, gaps),
        would_establish=_would_establish(reading, ruling),
        refuter=_refuter(reading, ruling),
    )


_Explain = Callable[[Reading, Ruling, tuple[Gap, ...]], str]


def _plain(text: str) -> _Explain:
    return lambda _reading, _ruling, _gaps: text


def _who(ruling: Ruling) -> str:
    return first_named(ruling.because) or "the customer"


def _close(reading: Reading) -> str:
    return day(reading.deal.close_date, reading.written_on) if reading.deal.close_date else "the date"


def _on(ruling: Ruling, gaps: tuple[Gap, ...], reading: Reading) -> str | None:
    on = next((gap.on for gap in gaps if gap.because == ruling.because and gap.on), None)
    return when(on, reading.written_on) if on else None


def _conflict(reading: Reading, ruling: Ruling, gaps: tuple[Gap, ...]) -> str:
    theirs = _on(ruling, gaps, reading)
    what = f"speaks of {theirs}" if theirs else "puts it later, or needs longer for a step of their own"
    return f"The customer's own timetable contradicts the date: {_who(ruling)} {what}; the rep says {_close(reading)}."


def _lapsed(reading: Reading, ruling: Ruling, gaps: tuple[Gap, ...]) -> str:
    theirs = _on(ruling, gaps, reading)
    which = f"their own day, {theirs}," if theirs else "their own day"
    return f"The customer let {which} go by and has gone quiet since."


def _agreed(reading: Reading, ruling: Ruling, _gaps: tuple[Gap, ...]) -> str:
    acts = sum(one.is_proof for one in ruling.because)
    return (
        f"The customer has put a deciding step of their own before {_close(reading)}, has done {acts} "
        f"thing{'s' if acts != 1 else ''} that can be checked on the way to it, and nothing holds it up."
    )


def _silent(reading: Reading, _ruling: Ruling, _gaps: tuple[Gap, ...]) -> str:
    since = last_sign(reading)
    how_long = f" since {when(since, reading.written_on)}" if since else ""
    return (
        f"The customer has gone quiet{how_long} or left things undone; silence alone neither proves nor refutes a date."
    )


def _open(reading: Reading, _ruling: Ruling, _gaps: tuple[Gap, ...]) -> str:
    proofs = sum(1 for _ in reading.proofs)
    if not proofs:
        return f"Nothing that the customer has done bears out {_close(reading)}; what we did or hope does not count."
    agreed = reading.deal.close_date and any(agreeing(reading, reading.deal.close_date))
    lack = (
        "too little of it leads to a signature" if agreed else "has put no deciding step of their own before the date"
    )
    against = " Some of what they did or said points the other way." if any(reading.stalls) else ""
    return f"The customer has done {proofs} thing{'s' if proofs != 1 else ''} that can be checked, but {lack}.{against}"


_EXPLAIN: dict[Ground, _Explain] = {
    Ground.NO_DATE: _plain("The deal has no close date, so there is no claim to judge."),
    Ground.SIGNED: _plain("The customer has signed, and has ordered, paid or approved as well."),
    Ground.PAPERS: _plain("The customer's contract work, approval and order are all done, and nothing holds them up."),
    Ground.MONEY: _plain("The money for this is gone on the customer's side."),
    Ground.SPONSOR: _plain("The person who carried this on the customer's side is gone, and nobody has taken it over."),
    Ground.RIVAL: _plain("Several acts of the customer's point to another supplier, or away from this purchase."),
    Ground.HOLD: _plain("Somebody on the customer's side holds it up; while a way through remains, the date is open."),
    Ground.CONFLICT: _conflict,
    Ground.LAPSED: _lapsed,
    Ground.AGREED: _agreed,
    Ground.SILENT: _silent,
    Ground.OPEN: _open,
    Ground.UNSURE: _plain(
        "The customer's acts would bear out the date, but the note can be read another way where it counts most."
    ),
}


def _would_establish(reading: Reading, ruling: Ruling) -> tuple[str, ...]:
    """The acts of theirs that are still missing; none where there is no claim or nothing is missing."""
    close_date = reading.deal.close_date
    if close_date is None or ruling.verdict is Verdict.ESTABLISHED:
        return ()
    wanted = []
    if ruling.ground is Ground.UNSURE:
        wanted.append("The points that are not clear turn out to be their own acts: who did them, and when.")
    if any(reading.stalls):
        wanted.append(_UNDO.get(ruling.ground, "They end what now holds it up, by an act that can be checked."))
    if not any(agreeing(reading, close_date)):
        wanted.append(f"Somebody there names a day of their own for the deciding step, on or before {_close(reading)}.")
    if sum(1 for _ in reading.proofs) < 2 or not any(one.has("paper") for one in reading.proofs):
        wanted.append("They do something that leads to a signature: an approval, a contract review, an order.")
    return tuple(wanted)


_UNDO = {
    Ground.MONEY: "Somebody there who may spend finds the money, and says so in writing.",
    Ground.SPONSOR: "Somebody there takes it over and acts for it.",
    Ground.CONFLICT: "They bring their own date forward, for a reason of their own.",
    Ground.RIVAL: "They reopen the choice, by an act that can be checked.",
    Ground.LAPSED: "They do what they let go by, and set a new day.",
    Ground.HOLD: "Whoever holds it up lifts the hold.",
    Ground.SILENT: "They answer, and do what was asked of them.",
}


def _refuter(reading: Reading, ruling: Ruling) -> Refuter | None:
    """The one act of theirs that would show the claim false; none where there is no claim or it is already refuted."""
    close_date = reading.deal.close_date
    if close_date is None or ruling.verdict is Verdict.REFUTED:
        return None
    promised = sorted(
        (one for one in reading.buyer if one.is_commitment and _due(one, reading.written_on, close_date)),
        key=lambda one: (one.times[0].last, one.index),
    )
    if promised:
        first = promised[0]
        return Refuter(act=f"{_they(first)} lets the promised day pass without doing it.", by=first.times[0].last)
    if ruling.ground is Ground.SIGNED:
        return Refuter(act="They withdraw what they have signed.", by=close_date)
    if ruling.verdict is Verdict.ESTABLISHED:
        return Refuter(act="Their deciding step is moved past the date, or does not take place.", by=close_date)
    return Refuter(
        act="Nobody there has started an approval, a contract review or an order.", by=_half_way(reading, close_date)
    )


def _due(one: Seen, written_on: date, close_date: date) -> bool:
    return bool(one.times) and written_on <= one.times[0].last <= close_date


def _they(one: Seen) -> str:
    return name_of(one) or "The customer"


def _half_way(reading: Reading, close_date: date) -> date:
    """Half of the time that is left; the close date itself where none is."""
    left = close_date - reading.written_on
    return reading.written_on + left / 2 if left.days > 0 else close_date
