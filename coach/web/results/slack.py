"""A message in Slack's own mark-up, mrkdwn, to be posted as it is.

Rule: what stands between two blank lines fits one section block, and the whole fits one message. Nothing that somebody
wrote becomes a link, a mention, an emoji or a format: `&`, `<` and `>` are escaped as Slack asks, and a character that
formats, for which Slack has no escape, comes as its look-alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.web.packs.amounts import counted
from coach.web.results.inert import inert
from coach.web.results.parts import Document, Facts, Part, Points, Said, Section, Tone, Words

SECTION = 3_000
"""Characters that a section block takes."""
MESSAGE = 40_000
"""Characters that a message takes."""
_LENGTHS = (700, 300, 100, 30)
"""Of the words in a line, so many characters; the next where the line is still too long."""
_LINE = 1_400
_ROOM = 60
"""For the line that says what is left out."""
_LOOK_ALIKES = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ", "&": "&amp;", "<": "&lt;", ">": "&gt;"})  # noqa: RUF001
_EDGE_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_EMOJI = re.compile(r":(?=[\w+'-]+:)")


def to_slack(document: Document) -> str:
    """Write a message for Slack."""
    title = f"*{escaped(_cut(document.title.text, 300))}*"
    blocks = ["\n".join(filter(None, (title, escaped(_cut(document.about.text, 600)))))]
    left = MESSAGE - len(blocks[0]) - _ROOM
    rest = [block for section in document.sections for block in _blocks(section)]
    for number, block in enumerate(rest):
        left -= len(block) + 2
        if left < 0:
            blocks.append(f"_and {counted(len(rest) - number, 'more part')}, left out_")
            break
        blocks.append(block)
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Words that Slack shows as they are."""
    plain = _EMOJI.sub(":\N{WORD JOINER}", inert(text))
    said = _EDGE_UNDERSCORE.sub("ˍ", plain).translate(_LOOK_ALIKES)
    # At the start of a line it would be a quote, escaped or not.
    return f"\N{WORD JOINER}{said}" if said.startswith("&gt;") else said


def _blocks(section: Section) -> Iterator[str]:
    """A section, in as many blocks as it takes; each says what it is of."""
    title = f"*{escaped(_cut(section.title, 300))}*"
    block = title
    for line in (line for part in section.parts for line in _part(part)):
        if len(block) + 1 + len(line) > SECTION:
            yield block
            block = title
        block = f"{block}\n{line}"
    yield block


def _part(part: Part) -> Iterator[str]:
    match part:
        case Points(lines=lines, numbered=numbered):
            for number, line in enumerate(lines, start=1):
                yield f"{f'{number}.' if numbered else '•'} {_line(line)}"
        case Facts(rows=rows):
            yield from (f"{escaped(_cut(name, 100))}: {_line(line)}" for name, line in rows)
        case _:
            yield _line(part)


def _line(line: Said) -> str:
    said = ""
    for most in _LENGTHS:
        said = " ".join(_said(one, most) for one in line if one.text)
        if len(said) <= _LINE:
            break
    return said


def _said(words: Words, most: int) -> str:
    text = escaped(_cut(words.text, most))
    match words.tone:
        case Tone.STRONG:
            return f"*{text}*"
        case Tone.FAINT:
            return f"_{text}_"
        case Tone.BUYER | Tone.SELLER:
            return f"“{text}”"
        case _:
            return text


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
