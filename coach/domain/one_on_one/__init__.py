"""The monthly 1-on-1 of thirty minutes in five parts: codebook, section 6, and `coach.one_on_one/1`."""

from coach.domain.one_on_one.closing import ClosingDeal, OpenStep
from coach.domain.one_on_one.deals import BuyerAct, DealLine, LeftOut
from coach.domain.one_on_one.ledger import Bin, ClaimLedger, EvidenceShare, Frequency, Hits, Optimism
from coach.domain.one_on_one.movement import CustomerMove, MovedDeal, Movements, NewDeals, Slip, StageMove
from coach.domain.one_on_one.pack import (
    AgendaItem,
    Charted,
    ClosingDeals,
    NextSteps,
    OneOnOne,
    ProposedStep,
    Since,
    Warned,
)
from coach.domain.one_on_one.results import Figures, PeriodResults, QuotaResult, Results

__all__ = [
    "AgendaItem",
    "Bin",
    "BuyerAct",
    "Charted",
    "ClaimLedger",
    "ClosingDeal",
    "ClosingDeals",
    "CustomerMove",
    "DealLine",
    "EvidenceShare",
    "Figures",
    "Frequency",
    "Hits",
    "LeftOut",
    "MovedDeal",
    "Movements",
    "NewDeals",
    "NextSteps",
    "OneOnOne",
    "OpenStep",
    "Optimism",
    "PeriodResults",
    "ProposedStep",
    "QuotaResult",
    "Results",
    "Since",
    "Slip",
    "StageMove",
    "Warned",
]
