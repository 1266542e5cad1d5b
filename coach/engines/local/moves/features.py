"""What the sequence models are told of each sentence: strings, one for each thing that is so. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from coach.domain import Move
from coach.engines.local.moves.cues import VERBAL, WH, find_cues, persons, shape
from coach.engines.local.moves.guess import guess
from coach.engines.local.moves.units import Talk, Unit
from coach.engines.local.moves.words import NAME, NUMBER, REP, Reading
from coach.text.segment import sentences, tokens
from coach.text.wordlist import word_set

_MOOD = (
    "character",
    "you_are_a",
    "i_contact",
    "hand_over",
    "imperative",
    "praise",
    "reflect",
    "activity",
    "reassure",
    "you_did",
    "wh",
    "theirs",
)
"""Cues by whose share in the whole conversation its manager is known."""
_NEAR = ("g=",)
_LEAD = word_set(
    "and so then but just please right ok okay well now listen look no yes yeah actually also oh @rep first fine good great hm "
    "mm maybe alright anyway perfect honestly ah um see"
)
_SHARES = (0.0, 0.1, 0.2, 0.35)


class Sentence(NamedTuple):
    """A sentence, read."""

    words: list[str]
    core: list[str]
    """Its words without those that only lead in, and without marks."""
    cues: list[str]
    raw: list[str]
    people: list[str]
    asked: bool
    guess: str


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
        before, _, told = replies[unit.turn]
        each += _echo(read[i], told)
        _, after, _ = replies[unit.turn + 1]
        each += [f"r{min(unit.place, 1)}:{one}" for one in before]
        if unit.place == unit.of - 1:
            each += [f"a:{one}" for one in after]
        found.append(each)
    return found


def _read(reading: Reading, text: str) -> Sentence:
    words = reading.words(text)
    cues = find_cues(words)
    bare = [word for word in words if word[0].isalnum() or word[0] in "@'"]
    at = next((i for i, word in enumerate(bare) if word not in _LEAD), 0)
    core = bare[at:]
    asked = "?" in words or (core[:1] != [] and core[0] in WH and words[-1] not in {"!", "."} and len(core) > 1)
    people = persons(words)
    return Sentence(words, core, cues, _raw(text), people, asked, str(guess(cues, people, asked=asked, words=len(bare)) or "none"))


def _own(one: Sentence, vocabulary: Collection[str]) -> list[str]:
    words = [word if word in vocabulary or word[0] == "@" or not word[0].isalnum() else "@rare" for word in one.words]
    bare = [word for word in words if word[0].isalnum() or word[0] == "@" or word[0] == "'"] or ["@rare"]
    found = ["bias", *dict.fromkeys("w=" + word for word in words)]
    found += [f"b={a}_{b}" for a, b in dict.fromkeys(pairwise(words))]
    found += [
        "f1=" + bare[0],
        "f2=" + "_".join(bare[:2]),
        "f3=" + "_".join(bare[:3]),
        "l1=" + bare[-1],
        "l2=" + "_".join(bare[-2:]),
    ]
    core = [word if word in vocabulary or word[0] == "@" else "@rare" for word in one.core[:3]] or ["@rare"]
    found += ["c1=" + core[0], "c2=" + "_".join(core[:2]), "c3=" + "_".join(core)]
    found += ["g=" + one.guess, f"ga={one.guess}_{one.asked}"]
    found += ["k=" + cue for cue in one.cues]
    asks, auxiliary, subject = shape(one.words)
    found += [f"q={asks}", f"qs={asks}_{subject}", f"qas={asks}_{auxiliary}_{subject}", f"as={auxiliary}_{subject}"]
    who = one.people
    found += ["p=" + person for person in who] + ["ps=" + "+".join(who[:3]), "p1=" + (who[0] if who else "-")]
    mark = one.words[-1] if one.words and not one.words[-1][0].isalnum() else "-"
    question = one.asked
    fragment = _is_fragment(one)
    found += [
        f"frag={fragment}_{question}_{NUMBER in one.words}_{_length(len(bare))}",
        f"frag={fragment}_{question}_{NUMBER in one.words}",
    ]
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


def _reply(reading: Reading, said: str, vocabulary: Collection[str]) -> tuple[list[str], list[str], frozenset[str]]:
    """What a reply tells the sentence after it, and the one before it."""
    spans = sentences(said)
    if not spans:
        return ["none"], ["none"], frozenset()
    first, last = (_read(reading, said[one.start : one.end]) for one in (spans[0], spans[-1]))
    whole = reading.words(said)
    size = f"size={_length(len(whole) // 2)}"
    about = ["p=" + person for person in persons(whole)]
    before = [
        size,
        *about,
        *("l=" + cue for cue in last.cues),
        "end=" + last.words[-1][:1] if not last.words[-1][0].isalnum() else "end=cut",
    ]
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
    return before, after, frozenset(_raw(said))


def _plans(words: Sequence[str]) -> bool:
    return any(a in {"i", "we"} and b in {"will", "'d", "could", "can", "am", "would"} for a, b in pairwise(words))


def _mood(read: Sequence[Sentence]) -> list[str]:
    counts = Counter(cue for one in read for cue in one.cues)
    asked = sum(one.asked for one in read)
    guesses = Counter(one.guess for one in read)
    size = max(1, len(read))
    shares = {
        **{cue: counts[cue] / size for cue in _MOOD},
        "asked": asked / size,
        **{"g_" + move: guesses[move] / size for move in Move},
    }
    return [f"mood={cue}_{sum(share > step for step in _SHARES)}" for cue, share in shares.items()]


_EMPTY = word_set(
    "the a an of to in on at and is it that this so 's are was i you he she they we do does did what for with"
)


def _echo(one: Sentence, told: frozenset[str]) -> list[str]:
    """How much of a sentence repeats what it answers: an echo is no move, and a figure that is new may be one."""
    said = [word for word in one.raw if word not in _EMPTY]
    if not said:
        return ["echo=empty"]
    share = sum(word in told for word in said) / len(said)
    size = "all" if share == 1 else "most" if share >= 0.5 else "some" if share else "none"
    figures = [word for word in said if word[0].isdigit()]
    found = [f"echo={size}", f"echo={size}_{one.asked}_{_length(len(said))}"]
    if figures:
        found.append("figure=" + ("told" if all(word in told for word in figures) else "new"))
        found.append(found[-1] + f"_{one.asked}")
        lead = one.raw[0] if one.raw[0] in {"so", "then"} else "-"
        found.append(f"{found[-1]}_{lead}_{_is_fragment(one)}")
    return found


def _is_fragment(one: Sentence) -> bool:
    """Whether a sentence has neither subject nor verb that is known as one."""
    return not one.people and not any(word in VERBAL for word in one.words) and "imperative" not in one.cues


def _raw(text: str) -> list[str]:
    return [word for one in tokens(text) if (word := text[one.start : one.end].lower())[0].isalnum()]
