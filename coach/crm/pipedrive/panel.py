"""The JSON that Pipedrive's JSON panel shows: one object, with the fields of the schema that the app has been given.

By https://pipedrive.readme.io/docs/json-panels-adding-a-panel. A field that the schema does not have spoils the whole
panel, null is shown as empty, and an empty object as "Nothing to show". Texts are plain: what is no markdown is not
read as any, so that a note's brackets become no link.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from coach.crm.words import WORDS, gaps, is_against, other_date, quoted, title
from coach.domain.base import Frozen
from coach.domain.card import Card
from coach.domain.judgement import Verdict

Colour = Literal["green", "red", "blue", "yellow", "purple", "grey"]
_COLOURS: dict[Verdict, Colour] = {
    Verdict.ESTABLISHED: "green",
    Verdict.UNPROVEN: "yellow",
    Verdict.REFUTED: "red",
    Verdict.NO_CLAIM: "grey",
}
_NOT_REVIEWED = "Not reviewed yet"
_OPEN = "Open in Coach"


class PanelLabel(Frozen):
    """A word on a colour."""

    color: Colour
    label: str


class PanelLink(Frozen):
    """The button below the panel."""

    url: str
    label: str


class PanelFields(Frozen):
    """A deal, as the schema beside the guide has it."""

    id: int
    header: str
    verdict: PanelLabel
    why: str
    closes: date | None
    other_date: str | None
    noted: date | None
    customer: str | None
    against: str | None
    missing: tuple[str, ...]
    would_establish: str | None
    ask: str | None


class Panel(Frozen):
    """The answer to a JSON panel's request; without an action, as nothing is changed from here."""

    data: PanelFields
    external_link: PanelLink


class NoFields(Frozen):
    """Nothing to show."""


class EmptyPanel(Frozen):
    """The answer of a deal that is not known, or not to the one who looks."""

    data: NoFields = NoFields()


def panel_of(card: Card | None, link: str | None) -> Panel | EmptyPanel:
    """A deal's card as a panel.

    Args:
        card: The card; its record is a number, as every record of Pipedrive's. None where there is none.
        link: The address of the deal's page, where there is a card.
    """
    if card is None or link is None:
        return EmptyPanel()
    quote = None if card.quote is None else quoted(card.quote)
    stalls = card.quote is not None and is_against(card.quote)
    fields = PanelFields(
        id=int(card.record),
        header=title(card),
        verdict=_label(card.verdict),
        why=card.says,
        closes=card.close_date,
        other_date=other_date(card),
        noted=card.written_on,
        customer=None if stalls else quote,
        against=quote if stalls else None,
        missing=gaps(card),
        would_establish=card.would_establish,
        ask=card.ask,
    )
    return Panel(data=fields, external_link=PanelLink(url=link, label=_OPEN))


def _label(verdict: Verdict | None) -> PanelLabel:
    if verdict is None:
        return PanelLabel(color="grey", label=_NOT_REVIEWED)
    return PanelLabel(color=_COLOURS[verdict], label=WORDS[verdict])
