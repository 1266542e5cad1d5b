"""The text of an HTML mail.

Rule: one pass, linear whatever the markup; scripts, styles and comments are no text, and nothing is fetched.
"""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,20})(?P<rest>[^<>]*)>")
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript"})
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "tr",
        "table",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "section",
        "article",
        "header",
        "footer",
        "hr",
        "pre",
        "address",
        "dt",
        "dd",
        "body",
    ]
)
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n[ \n]*\n")


def text_of(markup: str) -> str:
    """The words of an HTML document, blocks on lines of their own."""
    out: list[str] = []
    place = 0
    while place < len(markup):
        opening = markup.find("<", place)
        if opening < 0:
            out.append(markup[place:])
            break
        out.append(_flat(markup[place:opening]))
        place = _after_tag(markup, opening, out)
    text = html.unescape("".join(out)).replace("\u00a0", " ")
    lines = "\n".join(line.strip() for line in _SPACES.sub(" ", text).splitlines())
    return _BLANK_LINES.sub("\n\n", lines).strip()


def _flat(words: str) -> str:
    """White space of the source is a space of the text."""
    return re.sub(r"\s+", " ", words)


def _after_tag(markup: str, opening: int, out: list[str]) -> int:
    """Take in one tag, comment or stray bracket, and say where to read on."""
    if markup.startswith("<!--", opening):
        return _past(markup, "-->", opening)
    if markup.startswith(("<!", "<?"), opening):
        return _past(markup, ">", opening)
    tag = _TAG.match(markup, opening)
    if not tag:
        out.append("<")
        return opening + 1
    name = tag["name"].lower()
    if name in _SILENT and not tag["close"]:
        closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(markup, tag.end())
        return closing.end() if closing else len(markup)
    if name in _BLOCKS:
        out.append("\n- " if name == "li" and not tag["close"] else "\n")
    elif name in {"td", "th"} and tag["close"]:
        out.append(" ")
    return tag.end()


def _past(markup: str, mark: str, start: int) -> int:
    found = markup.find(mark, start)
    return found + len(mark) if found >= 0 else len(markup)
