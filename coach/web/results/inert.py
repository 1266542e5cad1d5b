"""Words in which no mail or chat program finds an address to link, a person to call or a picture to fetch."""

from __future__ import annotations

import re

_JOINER = "\N{WORD JOINER}"
"""Seen by nobody, and a part of no address."""
_LINKS = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=mailto):|(?<=\w)\.(?=[^\W\d_]{2})|@", re.IGNORECASE)


def inert(text: str) -> str:
    """Words that look the same, with a joiner in each thing that a program could take for an address."""
    return _LINKS.sub(lambda found: f"{found[0]}{_JOINER}", text)
