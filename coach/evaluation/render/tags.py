"""The few pieces of HTML that every part of the page is made of; what comes in is HTML, but for titles and captions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from urllib.parse import quote


def section(anchor: str, title: str, *parts: str) -> str:
    """A part of the page under a heading; nothing where it has no parts."""
    inside = "".join(parts)
    return f"{opening(anchor, title)}{inside}{CLOSING}" if inside else ""


def opening(anchor: str, title: str) -> str:
    """Where a section begins, for one that is too long to be made at once."""
    heading = f'<h2 id="{anchor}-title">{escape(title)}</h2>'
    return f'<section id="{anchor}" aria-labelledby="{anchor}-title">{heading}'


CLOSING = "</section>"
"""Where it ends."""


def table(
    caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, kind: str = "", said: bool = False
) -> str:
    """A table whose rows begin with their name.

    Args:
        caption: What the table holds.
        head: The columns, as text.
        rows: Cells as HTML.
        kind: Its class.
        said: The caption is for whoever hears the page; a heading says the same to the eye.
    """
    columns = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    body = "".join(f'<tr><th scope="row">{row[0]}</th><td>{"</td><td>".join(row[1:])}</td></tr>' for row in rows)
    unseen = ' class="unseen"' if said else ""
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table class="{kind}">'
        f"<caption{unseen}>{escape(caption)}</caption><thead><tr>{columns}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def folded(title: str, *parts: str) -> str:
    """Something to open; nothing where there is nothing in it."""
    inside = "".join(parts)
    return f'<details class="more"><summary>{escape(title)}</summary>{inside}</details>' if inside else ""


def bullets(items: Iterable[str]) -> str:
    """A list of HTML."""
    inside = "</li><li>".join(items)
    return f"<ul><li>{inside}</li></ul>" if inside else ""


def differing(answer: str) -> str:
    """An answer that is not the one it is held against, in a sign and not in colour alone."""
    return f'<span class="differs">≠ {answer}</span>'


@cache
def anchor_of(case_id: str) -> str:
    """Where a case stands in the page; an id may hold spaces, which an anchor may not."""
    return f"case-{quote(case_id, safe='')}"


def case_link(case_id: str) -> str:
    """A link to a case further down the page."""
    return f'<a href="#{anchor_of(case_id)}">{escape(case_id)}</a>'
