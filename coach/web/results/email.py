"""A message as HTML for mail programs: tables, styles at each element, no script, no picture, no request.

Rule: everything is escaped, and an address in somebody's words is broken, so that no program makes a link of it. Each
cell names its own ink and its own ground, so that a dark mail program, whether it leaves colours or turns them around,
shows dark on light or light on dark. The whole is shorter than what Gmail shows in one piece.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from coach.web.results.inert import inert
from coach.web.results.parts import Document, Facts, Part, Points, Section, faint, said

LONGEST = 80_000
"""Bytes. Gmail clips at 102 kB, and transport may add to it."""


def to_email(document: Document) -> str:
    """Write a message as HTML.

    Args:
        document: The message; parts at its end are left out, and said to be, where it would be too long.
    """
    page = _page(document)
    left_out = 0
    while len(page.encode()) > LONGEST and left_out < len(document.sections):
        left_out += 1
        rest = Section("Left out", (said(faint(f"{left_out} more parts: the message would have been too long.")),))
        kept = document.sections[: len(document.sections) - left_out]
        page = _page(Document(document.title, document.about, (*kept, rest)))
    return page


def _page(document: Document) -> str:
    return _environment().get_template("email.html.j2").render(document=document)


def _kind(part: Part) -> str:
    match part:
        case Points():
            return "points"
        case Facts():
            return "facts"
        case _:
            return "line"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"inert": inert, "kind": _kind}
    return environment
