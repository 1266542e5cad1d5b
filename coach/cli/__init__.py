"""The command line: Contract 1. Each command imports what it needs when it runs, so that starting stays quick."""

from coach.cli.main import main

__all__ = ["main"]
