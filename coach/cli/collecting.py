"""How often Python looks for reference cycles: seldom, as there are next to none to find.

It is the process's own setting, so that no library function makes it. A `coach deal` starts a twelfth sooner.
"""

from __future__ import annotations

import atexit
import gc


def collect_seldom() -> None:
    """Look for cycles seldom, and not at the end: what is imported and made forms few, and is much."""
    gc.set_threshold(20_000, 50, 100)
    atexit.register(gc.freeze)
