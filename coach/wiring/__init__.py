"""The use cases, wired from settings: what every face calls."""

from coach.wiring.build import build
from coach.wiring.coach import Coach

__all__ = ["Coach", "build"]
