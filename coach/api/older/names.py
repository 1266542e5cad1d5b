"""Names of schemas that a program in Apex can bear: letters and digits alone, the first a letter, no two alike."""

from __future__ import annotations

import re
from collections.abc import Iterable

OR_NULL = "OrNull"
"""What the name of a schema's twin ends in that takes null, too."""


def plain_names(names: Iterable[str]) -> dict[str, str]:
    """Give each schema a name without signs; Apex does not tell upper from lower case, so no two differ in that alone.

    Args:
        names: As the 3.1 document has them. Where two classes share a name, it is the path of each, such as
            `coach__domain__mirror__Point`, and what becomes of it is the module with the class: `MirrorPoint`.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        words = re.findall(r"[A-Za-z0-9]+", "_".join(name.split("__")[-2:]))
        wanted = "".join(word[0].upper() + word[1:] for word in words)
        plain = wanted = wanted if wanted[:1].isalpha() else f"Schema{wanted}"
        number = 2
        while not taken.isdisjoint({plain.lower(), f"{plain}{OR_NULL}".lower()}):
            plain, number = f"{wanted}{number}", number + 1
        taken |= {plain.lower(), f"{plain}{OR_NULL}".lower()}
        found[name] = plain
    return found
