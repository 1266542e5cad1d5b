"""HubSpot: what its requests prove, and the shape of its older cards."""

from coach.crm.hubspot.asker import Asker, asker_of
from coach.crm.hubspot.legacy import LegacyCard, LegacyCards, legacy_cards
from coach.crm.hubspot.signature import check_signature

__all__ = ["Asker", "LegacyCard", "LegacyCards", "asker_of", "check_signature", "legacy_cards"]
