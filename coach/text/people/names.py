"""Names of people, told from companies, products and places by the words beside them.

Rule: a capital is no proof. A name is taken for a person's only with a title, a role, an act of speech or mind, a place
in a list of people or a line of their own in a conversation; once taken, its words are that person's all through the
note.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.text.people.evidence import acts, listed, role_beside
from coach.text.people.runs import Run, runs_of
from coach.text.people.speakers import speakers
from coach.text.people.vocabulary import PARTICLES
from coach.text.people.words import Word, is_dictated

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A person's name; `start` takes the title in, `words` do not."""

    start: int
    end: int
    words: tuple[str, ...]
    role: str | None = None


def find_names(text: str, words: Sequence[Word], ours: frozenset[str]) -> list[NameSpan]:
    """Every name of a person, in order; the words of `ours` are known for names beforehand."""
    dictated = is_dictated(text)
    runs = [run for run in runs_of(text, words, dictated=dictated) if run.words]
    voices = speakers(text)
    known = set(ours) - {"me", "myself", "i"}
    sure: list[NameSpan] = []
    for run in runs:
        role = role_beside(text, run)
        if (
            run.titled
            or role
            or acts(text, run, dictated=dictated)
            or listed(text, run)
            or " ".join(run.folded) in voices
        ):
            sure.append(NameSpan(run.start, run.end, run.folded, role))
            known |= {word for word in run.folded if len(word) > 1 and word not in PARTICLES}
    taken = {span.start for span in sure}
    again = [
        NameSpan(run.start, run.end, run.folded) for run in runs if run.start not in taken and _is_known(run, known)
    ]
    if dictated:
        again += _lower_again(words, known, [*sure, *again])
    return sorted([*sure, *again], key=lambda span: span.start)


def _is_known(run: Run, known: set[str]) -> bool:
    """Whether a run is made of the words of known names."""
    parts = [word for word in run.folded if word not in PARTICLES and len(word) > 1]
    return bool(parts) and all(part in known for part in parts)


def _lower_again(words: Sequence[Word], known: set[str], found: Sequence[NameSpan]) -> list[NameSpan]:
    """Known names in dictation, where no capital shows them."""
    covered = {word_start for span in found for word_start in range(span.start, span.end)}
    return [
        NameSpan(word.start, word.end, (word.folded,))
        for word in words
        if word.folded in known and word.start not in covered
    ]
