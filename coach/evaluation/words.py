"""Words of a case, a model or a setting in Markdown: they are shown, and never draw a table, a link or a picture."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*\[\]<>|#~])")


def plain(text: str) -> str:
    """The words on one line, as Markdown takes them for words."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
