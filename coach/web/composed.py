"""Puts a page together: what all of them have in their head, and the scripts that it will need, asked for at once."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
STATIC = HERE / "static"
_HEAD, _MODULES = "  <!-- head -->\n", "  <!-- modules -->\n"
_SCRIPT = re.compile(r'<script type="module" src="static/([a-z_]+\.js)">')
_IMPORT = re.compile(r'from "\./([a-z_]+\.js)"')


def composed(page: Path, root: str = "") -> str:
    """A page's text, with its head and the scripts that its own one imports.

    Args:
        page: The file, which has a place for each.
        root: What leads from the page's address to that of the first page, such as `../../`.
    """
    html = page.read_text("utf-8")
    asked = "".join(f'  <link rel="modulepreload" href="static/{name}">\n' for name in _imported(_SCRIPT.search(html)))
    html = html.replace(_HEAD, (HERE / "head.html").read_text("utf-8")).replace(_MODULES, asked)
    return re.sub(r'(href|src)="static/', rf'\1="{root}static/', html)


def _imported(script: re.Match[str] | None) -> list[str]:
    """Every script that another one imports, or one that this one imports does."""
    found: set[str] = set()
    waiting = [] if script is None else [script[1]]
    while waiting:
        new = _imports(waiting.pop()) - found
        found |= new
        waiting.extend(new)
    return sorted(found)


@cache
def _imports(name: str) -> frozenset[str]:
    return frozenset(_IMPORT.findall((STATIC / name).read_text("utf-8")))
