"""How a card reads where a CRM draws it by itself, from a few labelled lines of text."""

from __future__ import annotations

from coach.domain.card import Card, CardQuote
from coach.domain.evidence import Direction
from coach.domain.judgement import Status, Verdict

WORDS = {
    Verdict.ESTABLISHED: "Established",
    Verdict.UNPROVEN: "Unproven",
    Verdict.REFUTED: "Refuted",
    Verdict.NO_CLAIM: "No claim",
}


def title(card: Card) -> str:
    """What the deal is called."""
    return card.name or f"Deal {card.record}"


def other_date(card: Card) -> str | None:
    """That the CRM has another close date now than the one which the verdict is about; None where it has not."""
    now = card.crm_close_date
    if now is None or now == card.close_date:
        return None
    return f"The CRM now says {now.isoformat()}. The verdict is not about that day."


def is_against(quote: CardQuote) -> bool:
    """Whether what the customer did or said counts against the deal, however strong it is."""
    return quote.direction is Direction.STALLS


def quoted(quote: CardQuote) -> str:
    """The customer's words, with who and when."""
    about = ", ".join(part for part in (quote.who, quote.on.isoformat() if quote.on else None) if part)
    return f"“{quote.quote}”{f' ({about})' if about else ''}"


def gaps(card: Card) -> tuple[str, ...]:
    """Which of the four questions are open, and which are in part."""
    return tuple(f"{one.question.value}{' (partly)' if one.status is Status.PARTIAL else ''}" for one in card.missing)
