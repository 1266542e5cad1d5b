"""The embedded engine: no network, no key, milliseconds."""

from coach.engines.local.artefact import ARTEFACT
from coach.engines.local.encoder import Encoder, shipped
from coach.engines.local.engine import LocalEngine

__all__ = ["ARTEFACT", "Encoder", "LocalEngine", "shipped"]
