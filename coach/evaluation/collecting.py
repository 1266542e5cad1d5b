"""How often Python looks for reference cycles while an evaluation runs: seldom, as there are none to find.

For a process that only evaluates; it is the process's own setting, so that no library function makes it.
"""

from __future__ import annotations

import atexit
import gc


def collect_seldom() -> None:
    """Look for cycles seldom, and not at the end: cases, predictions and figures form none, and are many."""
    gc.set_threshold(20_000, 50, 100)
    atexit.register(gc.freeze)
