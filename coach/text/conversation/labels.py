"""What looks like the label of a speaker at the head of a line: "Name:", "[00:41] Name:", "Name, 09:14", "<v Name>".

Rule: here only the form counts; whether the label is somebody is decided over the whole text.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:\s?[AaPp]\.?[Mm]\b\.?)?"
_DATE = (
    r"(?:\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?\.?|(?:\d{1,2}\.?\s)?[^\W\d_]{3,9}\.?(?:\s\d{1,2}(?:st|nd|rd|th)?)?(?:,?\s\d{4})?)"
)
_STAMP = rf"(?:{_DATE}(?:,?\sat)?,?\s{{1,2}})?{_TIME}"
# Brackets of a time.
_IN = rf"[\[(<{{]\s?{_STAMP}\s?[\])>}}]"
_MARKS = r"(?:\*{1,3}|_{1,3}|`)?"

_LEAD = re.compile(r"(?:(?:[-*•>+–—·]|#{1,6}|\d{1,3}[.)]|\|)[ \t]{1,4}){0,3}")
_BEFORE = re.compile(
    rf"{_MARKS}(?:{_IN}|\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}},?\s{_TIME}|{_TIME}){_MARKS}(?:\s{{0,4}}[-–—|:]?\s{{1,4}}|$)"
)
_WORD = r"[^\W\d_][^\s:：()\[\]<>{}!?;,\"“”„«»|/\\=#*`…]{0,29}"
_NAME = re.compile(
    rf"{_MARKS}(?P<open>[\[<@~]?)(?P<name>{_WORD}(?:,?[ \u00a0](?!\d){_WORD}){{0,4}}(?:[ \u00a0]\d{{1,2}}(?![\d:./]))?"
    rf"|\+\d[\d ()\u00a0\-‑]{{6,20}}\d)[\]>]?"
)
_TAG = re.compile(r"[ \u00a0]?\((?P<tag>[^()\n]{1,60})\)|,[ \u00a0](?P<title>[^\W\d_][^:：()\[\]<>\d]{1,40})(?=[:：])")
_AFTER = re.compile(rf"{_MARKS}(?:,\s?|\s{{1,6}}[-–—|@·•]?\s?|\s?[-–—|@·•]\s)(?:{_IN}|{_STAMP}){_MARKS}(?:\s{{0,2}}edited)?")
_COLON = re.compile(rf"{_MARKS}\s?[:：]{_MARKS}(?:\s+|(?=[^\d\s/\\:])|$)")
_WIDE = re.compile(r"\t\s*|\s{2,8}")
_DASH = re.compile(rf"{_MARKS}\s[-–—]\s+")
_STAMP_TAG = re.compile(rf"{_STAMP}$")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,40})?\s+(?P<name>[^<>\n]{1,100})>\s*")


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
    before = _BEFORE.match(text, place, end)
    named = _NAME.match(text, before.end() if before else place, end)
    if not named:
        return None
    tag, place = _tags(text, named.end(), end)
    stamped = before is not None or tag == ":"
    after = _AFTER.match(text, place, end)
    if after:
        stamped, place = True, after.end()
    tag = tag.removesuffix(":")
    form, words = _words(text, place, end, stamped=stamped, after=after is not None, closed=named["open"] == "<")
    return Label(named["name"].strip(), tag, form, words) if form else None


def voices(text: str, start: int, end: int) -> list[Label]:
    """Every further voice in a line of WebVTT."""
    return [Label(found["name"].strip(), "", Form.VOICE, found.end()) for found in _VOICE.finditer(text, start, end)]


def _tags(text: str, place: int, end: int) -> tuple[str, int]:
    """What stands in brackets after a name, with a colon at its end where one of them is a time, and where it ends."""
    said, stamped = "", False
    for _ in range(2):
        tag = _TAG.match(text, place, end)
        if not tag:
            break
        inside = (tag["tag"] or tag["title"]).strip()
        if _STAMP_TAG.match(inside):
            stamped = True
        else:
            said = inside
        place = tag.end()
    return said + ":" * stamped, place


def _words(text: str, place: int, end: int, *, stamped: bool, after: bool, closed: bool) -> tuple[Form | None, int]:
    """The form of a label whose name, tags and times end at `place`, and where its words begin."""
    if colon := _COLON.match(text, place, end):
        return (Form.STAMPED if stamped else Form.COLON), colon.end()
    marks = re.compile(_MARKS).match(text, place, end)
    rest = marks.end() if marks else place
    if rest == end:
        return (Form.STAMPED if stamped else Form.BARE), end
    if after and (wide := _WIDE.match(text, rest, end)):
        return Form.STAMPED, wide.end()
    if stamped and closed:
        return Form.STAMPED, rest
    if dash := _DASH.match(text, place, end):
        return (Form.STAMPED if stamped else Form.DASH), dash.end()
    return None, place
