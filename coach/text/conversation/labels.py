"""What looks like the label of a speaker at the head of a line: "Name:", "[00:41] Name:", "Name, 09:14", "<v Name>".

Rule: here only the form counts; whether the label is somebody is decided over the whole text.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from coach.text.conversation.roles import is_role

_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:\s?[AaPp]\.?[Mm]\b\.?)?"
_MONTH_OR_DAY = r"[^\W\d_]{3,9}\.?(?:\s\d{1,2}(?:st|nd|rd|th)?)?(?:,?\s\d{4})?"
_DATE = rf"(?:\d{{1,4}}[./-]\d{{1,2}}(?:[./-]\d{{2,4}})?\.?|(?:\d{{1,2}}\.?\s)?{_MONTH_OR_DAY})"
_STAMP = rf"(?:{_DATE}(?:,?\sat)?,?\s{{1,2}})?{_TIME}"
# Brackets of a time, with the date before or after it.
_IN = rf"[\[(<{{]\s?(?:{_STAMP}|{_TIME},?\s{{1,2}}{_DATE})\s?[\])>}}]"
_MARKS = r"(?:\*{1,3}|_{1,3}|`)?"

_LEAD = re.compile(r"(?:(?:[-*•>+–—·]|#{1,6}|\d{1,3}[.)]|\|)[ \t]{1,4}){0,3}")
_BEFORE = re.compile(
    rf"{_MARKS}(?:{_IN}|\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}},?\s{_TIME}|{_TIME}){_MARKS}(?:\s{{0,4}}[-–—|:]?\s{{1,4}}|$)"
)
_WORD = r"[^\W\d_][^\s:\uff1a()\[\]<>{}!?;,\"“”„«»|/\\=#*`…]{0,29}"
_NAME = re.compile(
    rf"{_MARKS}(?P<open>[\[<@~]?)(?P<name>{_WORD}(?:,?[ \u00a0](?!\d){_WORD}){{0,4}}"
    rf"(?:[ \u00a0]\d{{1,2}}(?!\d|[:./]\d|[ ][^\W\d_]))?|\+\d[\d ()\u00a0\-\u2011]{{6,20}}\d)[\]>]?"
)
_TAG = re.compile(r"[ \u00a0]?\((?P<tag>[^()\n]{1,60})\)")
_AFTER = re.compile(
    rf"{_MARKS}(?:,\s?|\s{{1,6}}[-–—|@·•]?\s?|\s?[-–—|@·•]\s)(?:{_IN}|{_STAMP}){_MARKS}(?:\s{{0,2}}edited)?"
)
_COLON = re.compile(rf"{_MARKS}\s?(?::{_MARKS}(?:\s+|(?=[^\d\s/\\:])|$)|\uff1a\s*)")
_WIDE = re.compile(r"\t\s*|\s{2,8}")
_DASH = re.compile(rf"{_MARKS}\s[-–—]\s+")
_STAMP_TAG = re.compile(rf"{_STAMP}$")
_FROM = re.compile(r"From\s+(.{1,80}?)(?:\s+to\s.*)?$", re.IGNORECASE)
_MARK = re.compile(_MARKS)
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,40})?\s+(?P<name>[^<>\n]{1,100})>\s*")


_AFTER_TIME, _AFTER_BRACKET = "time", "bracket"
"""After what words may follow a label without a colon: "Ana  09:14  words", "[09:14] <Ana> words"."""


class Form(Enum):
    """How a label is written."""

    COLON = auto()
    """`Name: words`."""
    STAMPED = auto()
    """With a time beside it."""
    VOICE = auto()
    """`<v Name>` of WebVTT."""
    BARE = auto()
    """A name on a line of its own."""
    DASH = auto()
    """`Name – words`."""


class Label(NamedTuple):
    """What may be a speaker's label: the name is `text[start:end]`, and the words begin at `words`."""

    name: str
    tag: str
    """What stands in brackets after the name."""
    form: Form
    words: int
    listed: bool = False
    """Whether a bullet or a number stands before it."""


def time_alone(text: str, start: int, end: int) -> bool:
    """Whether a line is a time and nothing else."""
    lead = _LEAD.match(text, start, end)
    before = _BEFORE.match(text, lead.end() if lead else start, end)
    return before is not None and before.end() == end


def label_of(text: str, start: int, end: int) -> Label | None:
    """The label at the head of a line."""
    lead = _LEAD.match(text, start, end)
    place = lead.end() if lead else start
    voice = _VOICE.match(text, place, end)
    if voice:
        return Label(voice["name"].strip(), "", Form.VOICE, voice.end())
    place_of_name, before = place, _BEFORE.match(text, place, end)
    named = _NAME.match(text, before.end() if before else place, end)
    if not named:
        return None
    closed = named["open"] == "<"
    tag, place = ("", named.end()) if closed else _tags(text, named.end(), end)
    stamped = before is not None or tag == ":"
    after = _AFTER.match(text, place, end)
    if after:
        stamped, place = True, after.end()
    tag = tag.removesuffix(":")
    free = _AFTER_BRACKET if stamped and closed else _AFTER_TIME if after else ""
    form, words = _words(text, place, end, stamped=stamped, free=free)
    if not form:
        return None
    sent = _FROM.match(named["name"]) if stamped else None
    name, _, title = (sent[1] if sent else named["name"]).strip().partition(", ")
    if title and not is_role(title):
        name, title = f"{title} {name}", ""
    if is_role(name) and tag and tag[0].isupper() and not is_role(tag) and not tag.casefold().startswith("me"):
        name, tag = tag, name
    return Label(name, tag or title, form, words, place_of_name > start)


class Voice(NamedTuple):
    """A voice inside a line of WebVTT: where its mark begins, and its label."""

    start: int
    label: Label


def voices(text: str, start: int, end: int) -> list[Voice]:
    """Every voice in a stretch of WebVTT."""
    return [
        Voice(found.start(), Label(found["name"].strip(), "", Form.VOICE, found.end()))
        for found in _VOICE.finditer(text, start, end)
    ]


def _tags(text: str, place: int, end: int) -> tuple[str, int]:
    """What stands in brackets after a name, with a colon at its end where one of them is a time, and where it ends."""
    said, stamped = "", False
    for _ in range(2):
        tag = _TAG.match(text, place, end)
        if not tag:
            break
        inside = tag["tag"].strip()
        if _STAMP_TAG.match(inside):
            stamped = True
        else:
            said = inside
        place = tag.end()
    return said + ":" * stamped, place


def _words(text: str, place: int, end: int, *, stamped: bool, free: str) -> tuple[Form | None, int]:
    """The form of a label whose name, tags and times end at `place`, and where its words begin."""
    if colon := _COLON.match(text, place, end):
        return (Form.STAMPED if stamped else Form.COLON), colon.end()
    marks = _MARK.match(text, place, end)
    rest = marks.end() if marks else place
    if rest == end:
        return (Form.STAMPED if stamped else Form.BARE), end
    if free == _AFTER_TIME and (wide := _WIDE.match(text, rest, end)):
        return Form.STAMPED, wide.end()
    if free == _AFTER_BRACKET:
        return Form.STAMPED, rest
    if dash := _DASH.match(text, place, end):
        return (Form.STAMPED if stamped else Form.DASH), dash.end()
    return None, place
