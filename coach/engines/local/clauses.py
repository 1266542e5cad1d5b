"""The clauses of a note as the engine sees them: words, subject, verb, categories, and place on the page. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from coach.domain import DealNote
from coach.engines.local.layout import Line, lines
from coach.engines.local.lexicon import Lexicon
from coach.engines.local.names import Names
from coach.text.segment import clauses, tokens
from coach.text.span import Span
from coach.text.wordlist import word_set

_SUBJECTS = {
    **dict.fromkeys(("i", "we", "he", "she", "they", "it", "you", "nobody", "no", "the", "who"), ""),
    "he": "he", "she": "he", "my": "my", "our": "our", "his": "their", "her": "their", "their": "their",
    "this": "it", "that": "it", "there": "it", "which": "who", "a": "the", "an": "the", "your": "you",
    "mr": "@theirs", "mrs": "@theirs", "ms": "@theirs", "dr": "@theirs", "none": "nobody",
}  # fmt: skip
_SKIPPED = word_set(
    "and but so then because also um uh well right ok okay anyway plus or since although though while when if still now"
    " today yesterday just basically meanwhile btw"
)
_AUXILIARIES = word_set(
    "is are was were be been am has have had do does did will would can could should may might must shall not n't never"
    " also just still only already even really then now finally to"
)
_PRONOUNS = word_set("i we he she they it you @name @theirs @ours @speaker @company who nobody")
_NEAR = 4


@dataclass(slots=True)
class Clause:
    """One clause and all that is read of it before any model is asked."""

    span: Span
    text: str
    words: list[str]
    categories: list[str]
    line: Line
    subject: str
    """What the clause begins with: `i`, `they`, a class of name, `none` …"""
    carried: str
    """The subject that holds: its own, else the one of the clause before it in the sentence."""
    verb: str
    begins_line: bool
    begins_sentence: bool
    mark_before: str


def read_clauses(note: DealNote, lexicon: Lexicon, known: Collection[str]) -> list[Clause]:
    """Read the clauses of a note, in order."""
    text = note.note
    page = lines(text)
    starts = [line.start for line in page]
    spans = clauses(text)
    raw = [
        [text[span.start + t.start : span.start + t.end] for t in tokens(text[span.start : span.end])] for span in spans
    ]
    names = Names(known, lexicon)
    names.add_speakers(page)
    names.add_introductions([word for words in raw for word in words])
    names.add_company(note.deal.name)
    found: list[Clause] = []
    for span, words in zip(spans, raw, strict=True):
        if not words:
            continue
        line = page[bisect_right(starts, span.start) - 1] if page else None
        if line is None:
            continue
        found.append(
            _clause(text, span, [names.read(word) for word in words], line, found[-1] if found else None, lexicon)
        )
    return found


def _clause(  # noqa: PLR0913, PLR0917  what a clause is made of
    text: str, span: Span, words: list[str], line: Line, before: Clause | None, lexicon: Lexicon
) -> Clause:
    begins_line = before is None or before.line is not line
    mark = text[before.span.end - 1] if before is not None else ""
    begins_sentence = begins_line or mark in ".!?…"
    at, subject = _subject(words)
    carried = subject
    if subject == "none" and before is not None and not begins_sentence:
        carried = before.carried
    return Clause(
        span=span,
        text=text[span.start : span.end],
        words=words,
        categories=lexicon.find(words),
        line=line,
        subject=subject,
        carried=carried,
        verb=_verb(words, at, subject),
        begins_line=begins_line,
        begins_sentence=begins_sentence,
        mark_before=mark,
    )


def _subject(words: Sequence[str]) -> tuple[int, str]:
    """Where the clause proper begins, and its subject."""
    at = 0
    while at < len(words) - 1 and (words[at] in _SKIPPED or not words[at][-1].isalnum()):
        at += 1
    stem = words[at].split("'")[0]
    if stem.startswith("@"):
        return at, stem
    if stem in _SUBJECTS:
        return at, _SUBJECTS[stem] or stem
    for word in words[at + 1 : at + _NEAR]:
        stem = word.split("'")[0]
        if stem in _PRONOUNS:
            return at, "~" + ("he" if stem == "she" else stem)
    return at, "none"


def _verb(words: Sequence[str], at: int, subject: str) -> str:
    """The first word after the subject that could be a verb with a meaning of its own."""
    if subject in _PRONOUNS:
        at += 1
    while at < len(words) and (words[at] in _AUXILIARIES or words[at][0] == "@"):
        at += 1
    return words[at] if at < len(words) else ""
