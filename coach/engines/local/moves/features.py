"""What the sequence models are told of each sentence: strings, one for each thing that is so. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from coach.engines.local.moves.cues import find_cues, persons, shape
from coach.engines.local.moves.units import Talk, Unit
from coach.engines.local.moves.words import NAME, NUMBER, REP, Reading
from coach.text.segment import sentences

_MOOD = ("character", "you_are_a", "i_contact", "hand_over", "imperative", "praise", "reflect", "activity", "reassure", "you_did", "wh", "theirs")
"""Cues by whose share in the whole conversation its manager is known."""
_NEAR = ("k=", "q=", "p=", "m=", "f1=")
_SHARES = (0.0, 0.1, 0.2, 0.35)


class Sentence(NamedTuple):
    """A sentence, read."""

    words: list[str]
    cues: list[str]


def describe(text: str, talk: Talk, reading: Reading, vocabulary: Collection[str]) -> list[list[str]]:
    """Features of every sentence of the manager's, in order.

    Args:
        text: The transcript.
        talk: It, taken apart.
        reading: Reads its words.
        vocabulary: Words that may be features by themselves.
    """
    read = [_read(reading, text[unit.span.start : unit.span.end]) for unit in talk.units]
    replies = [_reply(reading, reply, vocabulary) for reply in talk.replies]
    mood = _mood(read)
    own = [_own(one, vocabulary) for one in read]
    near = [[one for one in each if one.startswith(_NEAR)] for each in own]
    found = []
    for i, unit in enumerate(talk.units):
        each = own[i] + _place(unit, len(talk.replies) - 1) + mood
        each += _around(talk.units, near, i)
        before, _ = replies[unit.turn]
        _, after = replies[unit.turn + 1]
        each += [f"r{min(unit.place, 1)}:{one}" for one in before]
        if unit.place == unit.of - 1:
            each += [f"a:{one}" for one in after]
        found.append(each)
    return found


def _read(reading: Reading, text: str) -> Sentence:
    words = reading.words(text)
    return Sentence(words, find_cues(words))


def _own(one: Sentence, vocabulary: Collection[str]) -> list[str]:
    words = [word if word in vocabulary or word[0] == "@" or not word[0].isalnum() else "@rare" for word in one.words]
    bare = [word for word in words if word[0].isalnum() or word[0] == "@" or word[0] == "'"] or ["@rare"]
    found = ["bias", *dict.fromkeys("w=" + word for word in words)]
    found += [f"b={a}_{b}" for a, b in dict.fromkeys(pairwise(words))]
    found += ["f1=" + bare[0], "f2=" + "_".join(bare[:2]), "f3=" + "_".join(bare[:3]), "l1=" + bare[-1], "l2=" + "_".join(bare[-2:])]
    found += ["k=" + cue for cue in one.cues]
    asks, auxiliary, subject = shape(one.words)
    found += [f"q={asks}", f"qs={asks}_{subject}", f"qas={asks}_{auxiliary}_{subject}", f"as={auxiliary}_{subject}"]
    who = persons(one.words)
    found += ["p=" + person for person in who] + ["ps=" + "+".join(who[:3]), "p1=" + (who[0] if who else "-")]
    mark = one.words[-1] if one.words and not one.words[-1][0].isalnum() else "-"
    question = "?" in one.words
    found += ["m=" + mark, f"m=?{question}", f"len={_length(len(bare))}", f"lenq={_length(len(bare))}_{question}"]
    found += [f"kq={question}_{cue}" for cue in one.cues]
    found += [f"kp={(who[0] if who else '-')}_{cue}" for cue in one.cues]
    for word in (NAME, REP, NUMBER):
        if word in one.words:
            found.append("m=" + word)
    return found


def _length(count: int) -> int:
    return next((step for step, most in enumerate((1, 2, 3, 5, 8, 12, 18, 26)) if count <= most), 8)


def _place(unit: Unit, turns: int) -> list[str]:
    found = [f"in={min(unit.place, 3)}", f"from_end={min(unit.of - 1 - unit.place, 2)}", f"of={min(unit.of, 4)}"]
    found.append(f"turn={unit.turn * 4 // max(1, turns)}")
    if unit.turn == 0:
        found.append("turn=first")
    if unit.turn == turns - 1:
        found.append("turn=last")
    return found


def _around(units: Sequence[Unit], near: Sequence[list[str]], i: int) -> list[str]:
    found = []
    for step in (-1, 1):
        j = i + step
        if 0 <= j < len(units) and units[j].turn == units[i].turn:
            found += [f"{step}:{one}" for one in near[j]]
        else:
            found.append(f"{step}:turn")
    return found


def _reply(reading: Reading, said: str, vocabulary: Collection[str]) -> tuple[list[str], list[str]]:
    """What a reply tells the sentence after it, and the one before it."""
    spans = sentences(said)
    if not spans:
        return ["none"], ["none"]
    first, last = (_read(reading, said[one.start : one.end]) for one in (spans[0], spans[-1]))
    whole = reading.words(said)
    size = f"size={_length(len(whole) // 2)}"
    about = ["p=" + person for person in persons(whole)]
    before = [size, *about, *("l=" + cue for cue in last.cues), "end=" + last.words[-1][:1] if not last.words[-1][0].isalnum() else "end=cut"]
    if "?" in whole:
        before.append("asks")
    if _plans(whole):
        before.append("plans")
    if NUMBER in whole:
        before.append("number")
    after = [size, *about, *("f=" + cue for cue in first.cues), *("p1=" + one for one in persons(first.words)[:1])]
    after += ["w1=" + (first.words[0] if first.words[0] in vocabulary or first.words[0][0] == "@" else "@rare")]
    if _plans(first.words):
        after.append("plans")
    if NUMBER in first.words[:3]:
        after.append("number")
    return before, after


def _plans(words: Sequence[str]) -> bool:
    return any(a in {"i", "we"} and b in {"will", "'d", "could", "can", "am", "would"} for a, b in pairwise(words))


def _mood(read: Sequence[Sentence]) -> list[str]:
    counts = Counter(cue for one in read for cue in one.cues)
    asked = sum("?" in one.words for one in read)
    size = max(1, len(read))
    shares = {**{cue: counts[cue] / size for cue in _MOOD}, "asked": asked / size}
    return [f"mood={cue}_{sum(share > step for step in _SHARES)}" for cue, share in shares.items()]
