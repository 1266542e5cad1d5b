"""A message as plain text: no mark-up, for whatever shows text as it is."""

from __future__ import annotations

from collections.abc import Iterator

from coach.web.results.parts import Document, Facts, Part, Points, Said


def to_text(document: Document) -> str:
    """Write a message as plain text."""
    lines = [document.title.text, document.about.text]
    for section in document.sections:
        lines += ["", section.title, *(line for part in section.parts for line in _part(part))]
    return "\n".join(lines) + "\n"


def _part(part: Part) -> Iterator[str]:
    match part:
        case Points(lines=lines, numbered=numbered):
            for number, line in enumerate(lines, start=1):
                yield f"{f'{number}.' if numbered else '-'} {_line(line)}"
        case Facts(rows=rows):
            yield from (f"{name}: {_line(line)}" for name, line in rows)
        case _:
            yield _line(part)


def _line(line: Said) -> str:
    return " ".join(f"“{one.text}”" if one.tone.is_quote else one.text for one in line if one.text)
