"""What the reader of a result must know about the text it came from: a line each, without the text's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coach.domain import Notice
from coach.text.language import looks_english
from coach.text.span import Span
from coach.text.untrusted import Readable

_MANY = 5
"""Invisible or look-alike characters that are worth a word; editors leave one or two."""


def suspected(text: str, spans: Sequence[Span], called: str, of: str) -> Iterator[Notice]:
    """That something in a text seems to speak to its reader, with its lines.

    Args:
        text: The text as it came.
        spans: Where.
        called: What the text is called, such as "note".
        of: What it should speak of, such as "of the deal".
    """
    if not spans:
        return
    lines = sorted({line for span in spans for line in _lines(text, span)})
    where = f"line {lines[0]}" if len(lines) == 1 else f"lines {', '.join(map(str, lines[:-1]))} and {lines[-1]}"
    yield Notice(
        code="suspected_instruction",
        text=f"Something in this {called} ({where}) seems to speak to whoever reads it, rather than {of}. It was left "
        "out of the reading; look at it yourself.",
    )


def hidden(called: str, *sources: Readable) -> Iterator[Notice]:
    """That a text holds characters that nobody sees, or that look like others."""
    invisible, lookalikes = sum(one.hidden for one in sources), sum(one.lookalikes for one in sources)
    if invisible >= _MANY or lookalikes >= _MANY:
        yield Notice(
            code="hidden_characters",
            text=f"This {called} holds {invisible} invisible characters, and {lookalikes} letters of other "
            "alphabets that look like Latin ones; it was read without them.",
        )


def foreign(text: str, engine: str, called: str) -> Iterator[Notice]:
    """That a text is not in English, which is all that the embedded engine reads."""
    if is_beyond(text, engine):
        yield Notice(
            code="not_english",
            text=f"This {called} does not read as English, which is all that the embedded engine reads; what was "
            "made of it is worth nothing. A model reads other languages.",
        )


def is_beyond(text: str, engine: str) -> bool:
    """Whether a text is in a language that its reader does not read."""
    return engine == "local" and not looks_english(text)


def _lines(text: str, span: Span) -> range:
    """The numbers of the lines that a span's words stand in."""
    words = text[span.start : span.end]
    first, last = span.end - len(words.lstrip()), span.start + len(words.rstrip())
    return range(text.count("\n", 0, first) + 1, text.count("\n", 0, last) + 2)
