"""Makes a deal note untidy, as notes that are typed in haste or dictated are, while its labels still hold.

A character is only ever replaced by one character, or swapped with its neighbour. So the note keeps its length in code
points, and a gold span means the same words at the same offsets, written worse: what an engine loses on such a note, it
loses to the writing alone.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import Literal

from coach.evaluation.case import DealCase, LabelledCase

Spoiling = Literal["typos", "dictation"]
"""`typos`: letters in the wrong order; `dictation`: no capitals, next to no marks, and no lines."""

_WORDS_TO_A_TYPO = 12
# A neighbouring capital, digit or letter with an accent makes a word none of these.
_WORD = re.compile(r"(?<!\w)[a-z]{4,}(?!\w)")
_UNSPOKEN = re.compile(r'[\n\r\v\f\x85\u2028\u2029]|(?<!\d)[.,;:!?()"]|[.,;:!?()"](?!\d)')
"""Line breaks, and marks but for those between two digits: nobody dictates `$24,150` or `10:30` without them."""


def spoil(case: LabelledCase, how: Spoiling, seed: int) -> LabelledCase:
    """Give a deal case an untidy note with the same labels at the same offsets; any other case comes back as it is.

    The quotes of the gold statements are the new note's words. A quote may begin or end with a space where a mark was,
    so compare spans by characters that are not white space, as the figures do. An attack is left alone: its inserted
    text, and the note that it was inserted into, would no longer be the ones that it tells of.

    Args:
        case: It is not changed.
        how: In what way the note becomes untidy.
        seed: With the case's id, it decides on what is left to chance; the same two give the same note.
    """
    if not isinstance(case, DealCase):
        return case
    chance = random.Random(f"{seed} {case.id}")  # noqa: S311  a choice that anyone can repeat
    note = _mistyped(case.input.note, chance) if how == "typos" else _dictated(case.input.note)
    statements = tuple(replace(one, quote=note[one.start : one.end]) for one in case.expected.statements)
    return case.model_copy(
        update={
            "input": case.input.model_copy(update={"note": note}),
            "expected": case.expected.model_copy(update={"statements": statements}),
        }
    )


def _mistyped(note: str, chance: random.Random) -> str:
    """Swap two inner letters in about one word of twelve; offsets stay, as a word keeps its letters and its ends."""

    def mistype(word: re.Match[str]) -> str:
        letters = word[0]
        # To swap two that are the same would be no slip.
        places = [place for place in range(1, len(letters) - 2) if letters[place] != letters[place + 1]]
        if chance.randrange(_WORDS_TO_A_TYPO) or not places:
            return letters
        at = chance.choice(places)
        return letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]

    return _WORD.sub(mistype, note)


def _dictated(note: str) -> str:
    """Lower every letter, and put a space for each unspoken mark; offsets stay, as each gives way to one character."""
    lowered = (letter.lower() for letter in note)
    # `İ` would become two code points.
    kept = (low if len(low) == 1 else letter for low, letter in zip(lowered, note, strict=True))
    return _UNSPOKEN.sub(" ", "".join(kept))
