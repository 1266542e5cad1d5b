"""The embedded reader of a manager's moves: no network, no key, milliseconds."""

from coach.engines.local.moves.artefact import ARTEFACT
from coach.engines.local.moves.reader import MoveReader

__all__ = ["ARTEFACT", "MoveReader"]
