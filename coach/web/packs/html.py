"""A pack as one page that stands by itself and prints on two sheets of A4 or Letter.

Rule: no script, no request, no font of its own; every text is escaped, and the page's policy lets only its own style
apply. The more there is to read, the smaller the print, so that the fullest pack `coach.pipeline.fit` makes still fits.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from coach.domain.one_on_one import OneOnOne
from coach.pipeline.closing_wording import TITLES
from coach.web.packs import amounts, charts, claims, figures, labels
from coach.web.packs.printable import printable
from coach.web.packs.wording import Most, Wording, long_day

_FOLDER = Path(__file__).parent
_SIZES = ((9_000, "roomy"), (11_000, "close"), (15_500, "dense"))
"""Below such a weight, so large a print; above them all `tight`, in which no text of a list has over two lines.

Measured in a browser on packs of many lengths, with a tenth to spare, on Letter, which is the shorter of the two.
"""
_BLOCK = re.compile(r"<(?:p|li|tr|h2|h3)[ >]")
_BLOCK_WEIGHT = 30
"""What a paragraph or a row weighs besides its characters, for the end of its last line."""
_WHOLE = Most(quotes=100, steps=100, questions=100)
_BRIEF = Most(quotes=1, steps=1, questions=1)
"""Of the closing deals after the second, where the print is `tight`."""


def to_html(pack: OneOnOne) -> str:
    """Write a pack as a page.

    Args:
        pack: The pack, cut to fit by `coach.pipeline.fit`; one that is not prints on as many sheets as it needs.
    """
    shown = printable(pack)
    page = _page(shown, _SIZES[0][1])
    size = print_size(page)
    return page if size == _SIZES[0][1] else _page(shown, size)


def print_size(page: str) -> str:
    """How large a page is to be printed: `roomy`, `close`, `dense` or `tight`, by how much there is to read.

    Args:
        page: The page in any of them; what stands in its body is weighed.
    """
    _, _, body = page.partition("</head>")
    text = Markup(body).striptags()  # noqa: S704 - only to be counted
    # A character of the East Asian scripts is as wide as two.
    wide = sum(character > "\u2e80" for character in text)
    weight = len(text) + wide + _BLOCK_WEIGHT * len(_BLOCK.findall(body))
    return next((size for most, size in _SIZES if weight < most), "tight")


def _page(pack: OneOnOne, size: str) -> str:
    style = _style() + _agenda_columns(pack)
    return (
        _environment()
        .get_template("one_on_one.html.j2")
        .render(
            pack=pack,
            style=Markup(style),  # noqa: S704 - our own file, and numbers
            policy=f"default-src 'none'; style-src {_hash(style)}; base-uri 'none'; form-action 'none'",
            size=size,
            whole=_WHOLE,
            brief=_BRIEF,
        )
    )


def _agenda_columns(pack: OneOnOne) -> str:
    """Minutes as widths."""
    columns = " ".join(f"minmax(9.2em, {item.minutes}fr)" for item in pack.agenda)
    return f"@media print, (min-width: 720px) {{ .agenda ol {{ grid-template-columns: {columns}; }} }}\n"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "amounts": amounts,
        "charts": charts,
        "claims": claims,
        "figures": figures,
        "labels": labels,
        "titles": TITLES,
        "words": Wording(long_day),
    }
    return environment


@cache
def _style() -> str:
    return (_FOLDER / "one_on_one.css").read_text("utf-8")


def _hash(content: str) -> str:
    """A source of the policy: exactly this content, and no other."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
