"""The text of a recorded meeting: captions of a .vtt or .srt file, a line for each turn of a speaker.

Rule: times and markup are no text; a speaker's voice is kept as "Name: …", and what one speaker says in a row is one
line.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from io import StringIO
from typing import TYPE_CHECKING

from coach.errors import InvalidInput
from coach.text.conversation.names import is_person
from coach.text.formats.plain import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,40})?\s+(?P<name>[^<>]{1,100})>")
_TAG = re.compile(r"</?[a-zA-Z0-9:.][^<>]{0,200}>")
_LABEL = re.compile(r"(?P<name>[^\W\d_][\w.'’-]{0,29}(?: [^\W\d_][\w.'’-]{0,29}){0,3}):\s+(?=\S)")
_SPEAKERS = 2
_SENTENCE_END = (".", "!", "?", "…", '"', "”", ":")


def read_captions(raw: bytes, kind: str) -> str:
    """The text of captions.

    Args:
        raw: The file.
        kind: `vtt` or `srt`.

    Raises:
        InvalidInput: it holds no captions, or not those of its kind.
    """
    import webvtt  # noqa: PLC0415  loaded only for captions
    from webvtt.errors import MalformedCaptionError, MalformedFileError  # noqa: PLC0415

    try:
        captions = webvtt.from_buffer(StringIO(decode(raw)), format=kind)
    except (MalformedFileError, MalformedCaptionError, ValueError, IndexError):
        raise InvalidInput(
            f"the .{kind} file holds no captions that can be read; export the transcript again, or as .txt"
        ) from None
    said = [one for caption in captions.captions for one in _said(caption.lines)]
    return "\n".join(_turns(_voiced(said)))


def _said(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Who says what in one caption."""
    text = " ".join(lines)
    voices = list(_VOICE.finditer(text))
    starts = [0, *(voice.end() for voice in voices)]
    stops = [*(voice.start() for voice in voices), len(text)]
    names = ["", *(voice["name"].strip() for voice in voices)]
    for name, start, stop in zip(names, starts, stops, strict=True):
        words = " ".join(html.unescape(_TAG.sub("", text[start:stop])).split())
        if words:
            yield name, words


def _voiced(said: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Names that captions begin with are voices, too, where two or more recur.

    One that stands once may be a word; beside names that recur it is a voice where it has the shape of a person's.
    """
    labels = [_LABEL.match(words) for name, words in said if not name]
    counts = Counter(label["name"] for label in labels if label)
    people = {name for name in counts if is_person(name)}
    names = {name for name, count in counts.items() if count > 1}
    if len(names) >= _SPEAKERS or names & people:
        names |= people
    if len(names) < _SPEAKERS:
        yield from said
        return
    speaker = ""
    for name, words in said:
        label = None if name else _LABEL.match(words)
        label = label if label and label["name"] in names else None
        # A caption without a name goes on with what the one before said.
        speaker = name or (label["name"] if label else speaker)
        yield speaker, words[label.end() :] if label else words


def _turns(said: Iterator[tuple[str, str]]) -> Iterator[str]:
    """What each speaker says in a row; without voices, a line that goes on where the last caption ended no sentence."""
    speaker, words = "", ""
    for name, part in said:
        goes_on = name == speaker if name else not speaker and words and not words.endswith(_SENTENCE_END)
        if goes_on:
            words = f"{words} {part}"
            continue
        if words:
            yield f"{speaker}: {words}" if speaker else words
        speaker, words = name, part
    if words:
        yield f"{speaker}: {words}" if speaker else words
