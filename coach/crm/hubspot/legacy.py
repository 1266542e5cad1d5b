"""The JSON that HubSpot's older cards show ("legacy CRM cards"): a list of objects, each with a few properties."""

from __future__ import annotations

from datetime import date
from typing import Literal

from coach.domain.base import Frozen
from coach.domain.card import Card, CardQuote, CardState
from coach.domain.evidence import Direction
from coach.domain.judgement import Status, Verdict

Tone = Literal["DEFAULT", "SUCCESS", "WARNING", "DANGER", "INFO"]
_WORDS = {
    Verdict.ESTABLISHED: "Established",
    Verdict.UNPROVEN: "Unproven",
    Verdict.REFUTED: "Refuted",
    Verdict.NO_CLAIM: "No claim",
}
_TONES: dict[Verdict, Tone] = {
    Verdict.ESTABLISHED: "SUCCESS",
    Verdict.UNPROVEN: "WARNING",
    Verdict.REFUTED: "DANGER",
    Verdict.NO_CLAIM: "DEFAULT",
}


class LegacyProperty(Frozen):
    """A line of a card."""

    label: str
    dataType: Literal["STATUS", "STRING", "DATE"]  # noqa: N815  HubSpot's own names
    value: str
    optionType: Tone | None = None  # noqa: N815
    """Of a status."""


class LegacyCard(Frozen):
    """One object of a card."""

    objectId: int  # noqa: N815
    title: str
    link: str | None
    properties: tuple[LegacyProperty, ...]


class LegacyCards(Frozen):
    """The answer to a card's request; without an action, as nothing is changed from here."""

    results: tuple[LegacyCard, ...]


def legacy_cards(card: Card | None, link: str | None) -> LegacyCards:
    """A deal's card in the older shape; nothing where there is none.

    Args:
        card: The card; its record is a number, as every record of HubSpot's.
        link: The address of its page.
    """
    if card is None:
        return LegacyCards(results=())
    shown = _reviewed(card) if card.state is CardState.REVIEWED else [_text("Coach", card.says)]
    title = card.name or f"Deal {card.record}"
    return LegacyCards(
        results=(LegacyCard(objectId=int(card.record), title=title, link=link, properties=tuple(shown)),)
    )


def _reviewed(card: Card) -> list[LegacyProperty]:
    assert card.verdict is not None  # noqa: S101  a review has one
    word, tone = _WORDS[card.verdict], _TONES[card.verdict]
    lines = [LegacyProperty(label="Verdict", dataType="STATUS", value=word, optionType=tone), _text("Why", card.says)]
    lines += [_date("It closes by", card.close_date), _date("Note of", card.written_on)]
    if card.quote is not None:
        against = card.quote.direction is Direction.STALLS
        lines.append(_text("Against the deal, the customer" if against else "The customer", _quoted(card.quote)))
    if card.missing:
        gaps = (f"{one.question.value}{' (partly)' if one.status is Status.PARTIAL else ''}" for one in card.missing)
        lines.append(_text("Missing", ", ".join(gaps)))
    lines += [_text("Would establish it", card.would_establish), _text("Ask", card.ask)]
    return [one for one in lines if one.value]


def _quoted(quote: CardQuote) -> str:
    about = ", ".join(part for part in (quote.who, quote.on.isoformat() if quote.on else None) if part)
    return f"“{quote.quote}”{f' ({about})' if about else ''}"


def _text(label: str, value: str | None) -> LegacyProperty:
    return LegacyProperty(label=label, dataType="STRING", value=value or "")


def _date(label: str, value: date | None) -> LegacyProperty:
    return LegacyProperty(label=label, dataType="DATE", value=value.isoformat() if value else "")
