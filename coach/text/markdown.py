r"""Words of people and sources in Markdown: they are shown as they are, and nothing in them becomes active.

Rule: what comes out is one line that draws no link, picture, HTML, heading, list, table, formula or emphasis, wherever
in a line it is put; a reader of the rendered text sees every character of the words but for runs of white space.
"""

from __future__ import annotations

import re

# An underscore between letters is one to every reader of Markdown.
_SPECIAL = re.compile(r"([\\`*\[\]<>|#~&$@!^]|(?<![^\W_])_|_(?![^\W_])|(?<=[A-Za-z]):(?=//)|(?<=www)\.)", re.IGNORECASE)
_LIKE_A_LIST = re.compile(r"^(?:([-+=])|(\d+)([.)]))")


def escaped(text: str) -> str:
    r"""Escape words for Markdown, GitHub's included.

    Args:
        text: Words from anybody.

    Returns:
        One line; `https://x.example` comes out as `https\://x.example`, which no reader of Markdown takes for a link.
    """
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _LIKE_A_LIST.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", line)
