"""The embedded engine: no network, no key, milliseconds."""

from coach.engines.local.artefact import ARTEFACT
from coach.engines.local.encoder import Encoder
from coach.engines.local.engine import LocalEngine

__all__ = ["ARTEFACT", "Encoder", "LocalEngine"]
