"""The JSON that HubSpot's older cards show ("legacy CRM cards"): a list of objects, each with a few properties."""

from __future__ import annotations

from datetime import date
from typing import Literal

from coach.crm.words import WORDS, gaps, is_against, other_date, quoted, title
from coach.domain.base import Frozen
from coach.domain.card import Card, CardState
from coach.domain.judgement import Verdict

Tone = Literal["DEFAULT", "SUCCESS", "WARNING", "DANGER", "INFO"]
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
    return LegacyCards(
        results=(LegacyCard(objectId=int(card.record), title=title(card), link=link, properties=tuple(shown)),)
    )


def _reviewed(card: Card) -> list[LegacyProperty]:
    assert card.verdict is not None  # noqa: S101  a review has one
    word, tone = WORDS[card.verdict], _TONES[card.verdict]
    lines = [LegacyProperty(label="Verdict", dataType="STATUS", value=word, optionType=tone), _text("Why", card.says)]
    lines += [_date("It closes by", card.close_date), _text("Another close date", other_date(card))]
    lines.append(_date("Note of", card.written_on))
    if card.quote is not None:
        about = "Against the deal, the customer" if is_against(card.quote) else "The customer"
        lines.append(_text(about, quoted(card.quote)))
    lines.append(_text("Missing", ", ".join(gaps(card))))
    lines += [_text("Would establish it", card.would_establish), _text("Ask", card.ask)]
    return [one for one in lines if one.value]


def _text(label: str, value: str | None) -> LegacyProperty:
    return LegacyProperty(label=label, dataType="STRING", value=value or "")


def _date(label: str, value: date | None) -> LegacyProperty:
    return LegacyProperty(label=label, dataType="DATE", value=value.isoformat() if value else "")
