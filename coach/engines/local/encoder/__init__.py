"""A small transformer encoder that reads clauses and sentences in their context; the embedded engine's better half."""

from coach.engines.local.encoder.artefact import ARTEFACT
from coach.engines.local.encoder.encoder import Encoder, Odds, shipped
from coach.engines.local.encoder.views import View, view_note, view_talk

__all__ = ["ARTEFACT", "Encoder", "Odds", "View", "shipped", "view_note", "view_talk"]
