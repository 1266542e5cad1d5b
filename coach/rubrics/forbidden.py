"""Questions that Coach never puts in a manager's mouth: about the forecast, about our own activity, or mere stock."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile(
    r"""confiden(?:t|ce) | decision[\s-]?maker | next\s+(?:steps?|moves?|actions?) | what(?:'s|\s+is)\s+next\b
    | probab | \bforecast | how\s+(?:sure|certain|likely) | gut\s+feel | best\s+case | \bscore\b
    | (?:is\s+it|will\s+(?:it|this|we))\s+(?:still\s+)?(?:com(?:e|ing)\s+in|clos(?:e|ing))
    | when\s+will\s+(?:it|this|they)\s+close
    | (?:did|have)\s+you\s+(?:send|sent|call|called|follow|followed|chase|chased|quote|quoted)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def is_forbidden(ask: str) -> bool:
    """Whether a question asks about our forecast or activity, or is one of the stock questions that teach nothing."""
    return _FORBIDDEN.search(ask) is not None
