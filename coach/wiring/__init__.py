"""The use cases, wired from settings: what every face calls."""

from coach.wiring.build import build
from coach.wiring.coach import Coach
from coach.wiring.entrance import Entrance

__all__ = ["Coach", "Entrance", "build"]
