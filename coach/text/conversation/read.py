"""Finds the turns of a conversation."""

from __future__ import annotations

import re

from coach.text.conversation.turn import Turn

_LABEL = re.compile(r"^(?:\[?[\d:]+\]?\s)?(?P<name>[^\W\d_][^\n:]{0,30}):[ \t]", re.MULTILINE)


def turns(text: str) -> tuple[Turn, ...]:
    """The turns of a conversation, in order; one without a speaker where nobody is named; none of an empty text."""
    labels = list(_LABEL.finditer(text))
    stops = [*(label.start() for label in labels[1:]), len(text)]
    found = [
        Turn(label["name"], label.end(), label.end() + len(text[label.end() : stop].rstrip()))
        for label, stop in zip(labels, stops, strict=True)
    ]
    start = len(text) - len(text.lstrip())
    return tuple(found) or ((Turn(None, start, len(text.rstrip())),) if text.strip() else ())
