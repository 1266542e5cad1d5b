"""What the sequence models are told of each sentence: strings, one for each thing that is so. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from coach.domain import Move
from coach.engines.local.moves.replies import echo, read_reply, step
from coach.engines.local.moves.sentence import Sentence, read_sentence, shape
from coach.engines.local.moves.units import Talk, Unit
from coach.engines.local.moves.words import NAME, NUMBER, RARE, REP, Reading

_MOOD = (
    *("character", "you_are_a", "i_contact", "hand_over", "imperative", "praise", "reflect", "activity", "reassure"),
    *("you_did", "wh", "theirs"),
)
"""Phrases by whose share in the whole conversation its manager is known."""
_SHARES = (0.0, 0.1, 0.2, 0.35)


def describe(text: str, talk: Talk, reading: Reading, vocabulary: Collection[str]) -> list[list[str]]:
    """Features of every sentence of the manager's, in order.

    Args:
        text: The transcript.
        talk: It, taken apart.
        reading: Reads its words.
        vocabulary: Words that may be features by themselves.
    """
    read = [read_sentence(reading, text[unit.span.start : unit.span.end]) for unit in talk.units]
    replies = [read_reply(reading, reply, vocabulary) for reply in talk.replies]
    mood = _mood(read)
    turns = len(talk.replies) - 1
    found = []
    for i, (unit, one) in enumerate(zip(talk.units, read, strict=True)):
        before, after = replies[unit.turn], replies[unit.turn + 1]
        each = [*describe_alone(one, vocabulary), *_place(unit, turns), *mood]
        each += _beside(talk.units, read, i)
        each += echo(one, before.said)
        each += [f"r{min(unit.place, 1)}:{told}" for told in before.before]
        if unit.place == unit.of - 1:
            each += [f"a:{told}" for told in after.after]
        found.append(each)
    return found


def describe_alone(one: Sentence, vocabulary: Collection[str]) -> list[str]:
    """Features of a sentence of which no context is known."""
    return ["bias", *_words(one, vocabulary), *_phrases(one), *_form(one)]


def _words(one: Sentence, vocabulary: Collection[str]) -> list[str]:
    def known(words: Sequence[str]) -> list[str]:
        return [word if word in vocabulary or not word[0].isalnum() else RARE for word in words]

    words = known(one.words)
    bare = known(one.bare) or [RARE]
    core = known(one.core[:3]) or [RARE]
    found = list(dict.fromkeys("w=" + word for word in words))
    found += [f"b={a}_{b}" for a, b in dict.fromkeys(pairwise(words))]
    found += ["f1=" + bare[0], "f2=" + "_".join(bare[:2]), "f3=" + "_".join(bare[:3])]
    found += ["l1=" + bare[-1], "l2=" + "_".join(bare[-2:])]
    return [*found, "c1=" + core[0], "c2=" + "_".join(core[:2]), "c3=" + "_".join(core)]


def _phrases(one: Sentence) -> list[str]:
    first = one.people[0] if one.people else "-"
    found = ["g=" + one.guess, f"ga={one.guess}_{one.asked}"]
    for phrase in one.phrases:
        found += ["k=" + phrase, f"kq={one.asked}_{phrase}", f"kp={first}_{phrase}"]
    found += ["p=" + person for person in one.people]
    return [*found, "ps=" + "+".join(one.people[:3]), "p1=" + first]


def _form(one: Sentence) -> list[str]:
    asks, auxiliary, subject = shape(one.words)
    found = [f"q={asks}", f"qs={asks}_{subject}", f"qas={asks}_{auxiliary}_{subject}", f"as={auxiliary}_{subject}"]
    last = one.words[-1]
    length = step(len(one.bare))
    figures = NUMBER in one.words
    found += [
        "m=" + ("-" if last[0].isalnum() else last),
        f"m=?{one.asked}",
        f"len={length}",
        f"lenq={length}_{one.asked}",
    ]
    found += [f"frag={one.is_fragment}_{one.asked}_{figures}", f"frag={one.is_fragment}_{one.asked}_{figures}_{length}"]
    return found + [f"m={word}" for word in (NAME, REP, NUMBER) if word in one.words]


def _place(unit: Unit, turns: int) -> list[str]:
    found = [f"in={min(unit.place, 3)}", f"from_end={min(unit.of - 1 - unit.place, 2)}", f"of={min(unit.of, 4)}"]
    found.append(f"turn={unit.turn * 4 // max(1, turns)}")
    signs = {"first": unit.turn == 0, "last": unit.turn == turns - 1}
    return found + [f"turn={sign}" for sign, holds in signs.items() if holds]


def _beside(units: Sequence[Unit], read: Sequence[Sentence], i: int) -> list[str]:
    """What the sentences before and after it in the turn would be by rules."""
    found = []
    for away in (-1, 1):
        j = i + away
        same = 0 <= j < len(units) and units[j].turn == units[i].turn
        found.append(f"{away}:{read[j].guess if same else 'turn'}")
    return found


def _mood(read: Sequence[Sentence]) -> list[str]:
    """What the manager does all through the conversation, as shares of the sentences."""
    size = max(1, len(read))
    phrases = Counter(phrase for one in read for phrase in one.phrases)
    guesses = Counter(one.guess for one in read)
    counts = {
        **{phrase: phrases[phrase] for phrase in _MOOD},
        "asked": sum(one.asked for one in read),
        **{f"g_{move}": guesses[move.value] for move in Move},
    }
    return [f"mood={sign}_{sum(count / size > share for share in _SHARES)}" for sign, count in counts.items()]
