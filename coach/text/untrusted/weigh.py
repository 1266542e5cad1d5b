"""How much speaks for a stretch of a note being meant for whoever, or whatever, reads it.

Rule: who is spoken to, what is asked of them, in whose words, in what form: each has a weight, and one of them is never
enough. People in a story talk of systems and prompts, and customers of instructions.
"""

# ruff: noqa: RUF001 - letters and marks of other scripts are what this is about

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from coach.text.untrusted.lexicon import Cue
from coach.text.untrusted.marks import Mark

SUSPECT = 4.0
"""From this weight on a stretch is suspected."""

SHAPED = frozenset({"label", "label_words", "rating", "system_message"})
"""What `shape_of` looks at, besides marks."""

# Without one of these, or a mark, nothing is said to a reader.
_ANCHORS = frozenset(
    {
        "machine",
        "reader",
        "whatever",
        "whoever",
        "drop",
        "label",
        "label_words",
        "rating",
        "secret",
        "approved",
        "final",
    }
    | {"system_message", "example"}
)

_HEAD = re.compile(
    r"(?:\A|[\n.!?:;(\[{>\"“«*|~─━═#@。！？（【「-]|<!--|\b(?:btw|ps|pps|also|fyi|nb|and|now)\b,?)\s{0,3}\Z"
)
_HEAD_OF_PAIR = re.compile(r"(?:\A|[\n.!?;(\[{>])\s{0,3}\W{0,3}[\w-]{2,14}\s\Z")
_LONGEST_CUE = 40
_STOP = re.compile(r"[.!?:;\n]\s|\n|[。！？]")
_CALL = re.compile(r"\s?[:,，：、!！>\]।]|\s?(?:जी|please|bitte)\b")
_ARROW = re.compile(r"->|=>|→|⇒|^\W{0,4}(?:a|answer|label|output|response|antwort|respuesta|reponse)\s?[:=]")
_SUBJECT = re.compile(
    r"\b(?:i|we|he|she|they|who|i'll|we'll|i'd|we'd|didn't|did|me to|us to|him to|her to|them to)\s\Z"
)
_HEARSAY = re.compile(
    r"\b(?:said|says|say|told|telling|tells|asked|asks|keeps?|kept|not|never|nie|nunca|jamais|wanted|wants)\b[^.\n]{0,30}\Z"
)


def shape_of(form: str, cues: Sequence[Cue], marks: Sequence[Mark]) -> float:
    """How much of the weight of a stretch is in the reader's own words and in its form."""
    by = _by_meaning(cues)
    return _vocabulary(by) + _structure(form, by, marks) + (2.0 if by["system_message"] else 0.0)


def weight_of(form: str, start: int, end: int, cues: Sequence[Cue], marks: Sequence[Mark]) -> float:
    """The weight of a stretch.

    Args:
        form: The folded text.
        start: Where the stretch begins.
        end: And ends.
        cues: The cues in it, in order.
        marks: The marks in it.
    """
    if not marks and _ANCHORS.isdisjoint([cue.meaning for cue in cues]):
        return 0.0
    by = _by_meaning(cues)
    for meaning in ("judge", "emit"):
        by[meaning] = [cue for cue in by[meaning] if not _SUBJECT.search(form, max(0, cue.start - 10), cue.start)]
    structure = _structure(form, by, marks)
    address = _address(form, start, end, by)
    asked = address == 3 and (any(by[meaning] for meaning in ("emit", "judge", "drop")) or _has_url(marks))
    return (
        address
        + asked
        + _override(form, by)
        + _relabel(by)
        + _demand(by, marks)
        + _vocabulary(by)
        + _authority(by)
        + structure
    )


def _by_meaning(cues: Sequence[Cue]) -> dict[str, list[Cue]]:
    by: dict[str, list[Cue]] = defaultdict(list)
    for cue in cues:
        by[cue.meaning].append(cue)
    return by


def _has_url(marks: Sequence[Mark]) -> bool:
    return any(mark.kind == "url" for mark in marks)


def _address(form: str, start: int, end: int, by: dict[str, list[Cue]]) -> float:
    """Whether somebody is spoken to who can only be a reader, and how plainly."""
    readings = [cue for cue in by["reads"] if _near([cue], by["this"], 30)]
    if _lead(form, by["whatever"], readings, 50) or _lead(form, by["machine"], readings, 45):
        return 3
    named = by["machine"] + by["reader"]
    if (by["emit"] or by["judge"]) and any(
        cue.start - one.end <= 2 and cue.end >= one.end for one, cue in _pairs(by["whatever"], named, 2, overlap=True)
    ):
        return 3
    best = 1.0 if by["machine"] else 0.5 if by["reader"] else 0.0
    if _lead(form, by["reader"], readings, 30) or _lead(form, by["whoever"], readings, 50):
        best = 2
    for meaning, plain in (("machine", 3.0), ("reader", 2.0)):
        for cue in by[meaning]:
            hailed = any(
                _heads(form, start, hail) and hail.start < cue.end + 2 for _, hail in _pairs([cue], by["hail"], 25)
            )
            called = _CALL.match(form, cue.end, end)
            if hailed:
                best = max(best, 3.0 if called else 2.0)
            elif called and (
                _heads(form, start, cue)
                or (plain > 2 and _heads_pair(form, start, cue))
                or (":" in called[0] and form[max(start, cue.start - 2) : cue.start] == ", ")
            ):
                best = max(best, plain)
    return best


def _heads(form: str, start: int, cue: Cue) -> bool:
    """Whether a cue begins a sentence, or the stretch."""
    return bool(_HEAD.search(form[max(start, cue.start - 8) : cue.start]))


def _heads_pair(form: str, start: int, cue: Cue) -> bool:
    return bool(_HEAD_OF_PAIR.search(form[max(start, cue.start - 20) : cue.start]))


def _override(form: str, by: dict[str, list[Cue]]) -> float:
    """Whether rules are to be set aside."""
    best = 2.0 if _near(by["drop"], by["so_far"], 30) else 0.0
    for drop in by["drop"]:
        if _lead(form, [drop], by["rules"], 45):
            weight = 3.0 if _near([drop], by["prior"], 30) else 2.0
            # An order by itself: "Ignore previous instructions."
            weight += weight == 3.0 and _heads(form, 0, drop)
            line = _line_before(form, drop.start, 300)
            told = _HEARSAY.search(form, max(0, drop.start - 45), drop.start)
            if told or line.count('"') % 2 or line.count("“") > line.count("”"):
                weight = min(weight, 2.0)
            best = max(best, weight)
    return best


def _relabel(by: dict[str, list[Cue]]) -> float:
    """Whether something is to be given a label or a value."""
    if _near(by["judge"], by["label"], 120):
        return 3
    ours = by["label_words"] + by["rating"]
    if any(one.start - judge.end >= -25 for judge, one in _pairs(by["judge"], ours, 100)):
        return 2
    return 1.0 if _near(by["judge"], by["value"], 80) else 0.0


def _demand(by: dict[str, list[Cue]], marks: Sequence[Mark]) -> float:
    """Whether something is to be said, given away or kept quiet."""
    said = 0.0
    if _near(by["emit"], by["answer"], 70):
        said = 2
    elif _near(by["emit"], by["next_line"] + by["last_line"], 40):
        said = 1
    secret = 0.0
    envs = [Cue(mark.start, mark.end, "env") for mark in marks if mark.kind == "env"]
    if _near(by["emit"], by["secret"] + envs, 80):
        secret = 3
    quiet = 0.0
    if by["hide"]:
        quiet = 1.5 if _near(by["hide"], by["answer"], 60) else 1.0
    return said + secret + quiet


def _vocabulary(by: dict[str, list[Cue]]) -> float:
    """Whether the reader's own words stand there."""
    labels = len({cue.end - cue.start for cue in by["label"]})
    if labels:
        return 2.0 if labels == 1 else 3.0
    return 1.0 if by["label_words"] or len({cue.end - cue.start for cue in by["rating"]}) > 1 else 0.0


def _authority(by: dict[str, list[Cue]]) -> float:
    """Whether somebody above is said to have settled it."""
    if by["approved"] and by["final"]:
        return 4
    return (1.0 if by["final"] else 0.0) + (2.0 if by["system_message"] else 0.0) + (1.0 if by["example"] else 0.0)


def _structure(form: str, by: dict[str, list[Cue]], marks: Sequence[Mark]) -> float:
    """What the form alone says."""
    best: dict[str, float] = {}
    for mark in marks:
        more = 1.5 if mark.kind in {"command", "assignment"} and mark.kind in best else 0.0
        best[mark.kind] = max(best.get(mark.kind, 0.0), mark.weight) + more
    ours = by["label"] + by["label_words"] + by["rating"]
    headed = sum(_heads_line(form, cue) for cue in by["label"] + by["label_words"])
    arrows = sum(_follows_arrow(form, cue) for cue in ours)
    if by["decode"] and by["decode"] != by["emit"]:
        best["decode"] = 1.5
    return sum(best.values()) + min(4.0, 2.0 * max(headed, arrows))


def _heads_line(form: str, cue: Cue) -> bool:
    line = _line_before(form, cue.start, 12)
    return not any(map(str.isalpha, line)) and form[cue.end : cue.end + 3].lstrip(" ]*)")[:1] in {
        ":",
        "-",
        "–",
        "=",
        "：",
        "|",
    }


def _follows_arrow(form: str, cue: Cue) -> bool:
    if form[cue.start - 1 : cue.start] in {"[", "("} and form[cue.end : cue.end + 1] in {"]", ")", ",", ";"}:
        return True
    return bool(_ARROW.search(_line_before(form, cue.start, 60)))


def _lead(form: str, ones: Sequence[Cue], others: Sequence[Cue], most: int) -> bool:
    """Whether one of each stand near in one sentence."""
    return any(
        not _STOP.search(form, min(one.end, other.end), max(one.start, other.start))
        for one, other in _pairs(ones, others, most)
    )


def _near(ones: Iterable[Cue], others: Sequence[Cue], most: int) -> bool:
    """Whether one of each stand no more than so many characters apart."""
    return next(_pairs(ones, others, most), None) is not None


def _pairs(
    ones: Iterable[Cue], others: Sequence[Cue], most: int, *, overlap: bool = False
) -> Iterator[tuple[Cue, Cue]]:
    """One of each, no more than so many characters apart."""
    others = sorted(others)
    starts = [other.start for other in others]
    for one in ones:
        i = bisect_left(starts, one.start - most - _LONGEST_CUE)
        while i < len(others) and starts[i] <= one.end + most:
            other = others[i]
            if other.start >= one.end or 0 <= one.start - other.end <= most or (overlap and other != one):
                yield one, other
            i += 1


def _line_before(form: str, place: int, most: int) -> str:
    """What stands on the line before a place, so far back at most."""
    return form[max(0, place - most) : place].rpartition("\n")[2]
