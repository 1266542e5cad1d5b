"""Cuts a note into sentences, clauses and tokens, as spans of code points. Pure, and linear in the length of the text.

Notes are bullets, chat lines, abbreviations and dictation as often as prose, so a line always ends a sentence, and a
clause may begin where a new subject does, with no comma before it. A cut too many does less harm than one too few:
readers join.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coach.text.span import Span
from coach.text.wordlist import word_set

_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*\w*|\w+(?:['’\-]\w+)*|[^\w\s]")
_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_LEAD = re.compile(r"(?:\s|[-*•·–—>▪●◦‣+=#|]|\d{1,2}[.)](?=\s)|\(?[a-zA-Z][.)](?=\s))+")
"""White space, bullets, quote marks of mail and list numbers before the words of a line."""
_STOP = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)")

_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'“‘/])(?:mr|mrs|ms|dr|prof|sr|sra|st|capt|lt|col|gen|rev|hon|jr|no|nr|approx|ca|vs|etc|e\.g|i\.e|inc|ltd|co|corp"
    r"|dept|tel|ext|incl|excl|min|max|avg|est|fig|ref|att|attn|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tue|tues"
    r"|wed|thu|thur|thurs|fri|sat|sun|[a-z]|(?:[a-z]\.)+[a-z])\.$",
    re.IGNORECASE,
)
_LOOK_BACK = 12
"""How far before a full stop an abbreviation may begin; a bound keeps long runs of them linear."""

_SUBJECTS = word_set(
    "i we he she they it you there this that these those who nobody somebody everyone everybody someone "
    "nothing none one both all his her their our my your its the a an no mr mrs ms dr"
)
_NOMINATIVE = word_set("i we he she they")
_JOINS = word_set(
    "and but so then because since although though while whereas when if until till unless after before where "
    "which who or yet plus nor & w/ anyway however also um uh er right ok okay well"
)
_HOLDS = word_set(
    "that if when what how who why because as than said says say saying told tell tells think thinks thought "
    "reckon believe hope hoping guess sure and but so or which where while until till since after before "
    "whether like & then know knows knew assume assuming feel suppose suspect bet mean means the a an of to "
    "for with by from at in on once unless though although plus also just now um uh asked asks mentioned "
    "mentions"
)
_PAST = word_set(
    "sent gave got took met said told came went left put made had did was were wrote brought found saw called "
    "asked signed paid held ran spoke kept built bought chose heard told led lost set let cut quoted wants "
    "want will is are has have needs can could would may might must should"
)
_HARD = frozenset(";:—–|")
_OPEN = frozenset("([{")
_CLOSE = frozenset(")]}")
_RUN_ON = 6
"""Words without a cut after which a bare subject pronoun begins a clause of its own: dictation has no commas."""


def tokens(text: str) -> tuple[Span, ...]:
    """Words (with inner apostrophes and hyphens), numbers, and single marks."""
    return tuple(Span(*found.span()) for found in _TOKEN.finditer(text))


def sentences(text: str) -> tuple[Span, ...]:
    """Sentences: a line always ends one; bullets and list numbers are outside."""
    return tuple(span for line in _LINE.finditer(text) for span in _of_line(text, *line.span()))


def clauses(text: str) -> tuple[Span, ...]:
    """Clauses and clause-like parts of every sentence, in order."""
    return tuple(span for sentence in sentences(text) for span in _of_sentence(text, sentence))


def _of_line(text: str, start: int, end: int) -> Iterator[Span]:
    lead = _LEAD.match(text, start, end)
    begin = lead.end() if lead else start
    for stop in _STOP.finditer(text, begin, end):
        after = stop.end()
        if _ends_sentence(text, begin, stop.start(), after):
            yield from _trimmed(text, begin, after)
            begin = after
    yield from _trimmed(text, begin, end)


def _ends_sentence(text: str, begin: int, mark: int, after: int) -> bool:
    if text[mark] != "." or text[mark : mark + 2] == "..":
        return True
    if not _ABBREVIATION.search(text[max(begin, mark - _LOOK_BACK) : mark + 1]):
        return True
    following = text[after + 1 : after + 2]
    return following.isupper() and text[mark - 1 : mark].isdigit()


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


def _of_sentence(text: str, sentence: Span) -> Iterator[Span]:
    found = [Span(*one.span()) for one in _TOKEN.finditer(text, *sentence)]
    words = [text[one.start : one.end].lower().replace("’", "'") for one in found]
    begin, since = sentence.start, 0
    for i in range(1, len(found)):
        if _cuts(text, found, words, i, i - since):
            yield from _trimmed(text, begin, found[i].start)
            begin, since = found[i].start, i
    yield from _trimmed(text, begin, sentence.end)


def _cuts(text: str, found: Sequence[Span], words: Sequence[str], i: int, length: int) -> bool:
    """Whether a clause begins at token i, `length` tokens after the last one did."""
    before, word = words[i - 1], words[i]
    if before in _HARD or word in _OPEN or before in _CLOSE:
        return word not in _HARD and word not in ",."
    if before in "-/" and text[found[i - 1].end : found[i].start].isspace():
        return True
    if before == ",":
        return _begins(text, found, words, i)
    if word in _JOINS and length > 1:
        return i + 1 < len(words) and _begins(text, found, words, i + 1)
    return length > _RUN_ON and word.split("'")[0] in _NOMINATIVE and before not in _HOLDS


def _begins(text: str, found: Sequence[Span], words: Sequence[str], i: int) -> bool:
    """Whether the token at i may be the first of a clause: a subject, a name, a joining word, or a verb in the past."""
    word = words[i]
    if word.split("'")[0] in _SUBJECTS or word in _JOINS or word in _PAST:
        return True
    return text[found[i].start].isupper() or (word.endswith("ed") and len(word) > 4)
