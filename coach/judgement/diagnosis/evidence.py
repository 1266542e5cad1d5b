"""The signals of one competency, and what they are worth as evidence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from coach.domain import Competency, Gap, Signal
from coach.rubrics import SkillWill
from coach.rubrics.skill_will import Counts, SignalRule
from coach.text.segment import sentences
from coach.text.span import Span

_FEWEST_WORDS = 3
_WORD = re.compile(r"[^\W\d_]+")
_SAID = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Seen:
    """A signal, its place in the list, and what the rubric says of it."""

    index: int
    signal: Signal
    rule: SignalRule
    occasion: str
    """Its sentence: two signals of one sentence are one occasion."""

    @property
    def points_to(self) -> Gap | None:
        """The gap that it speaks for."""
        return self.rule.points_to

    @property
    def is_evidence(self) -> bool:
        """Whether a gap may rest on it."""
        return self.rule.counts.is_evidence and self.points_to is not None and self._says_something

    @property
    def _says_something(self) -> bool:
        """A word or two ("lazy", "62 %", "ok") tell of no behaviour, whatever a reader makes of them."""
        return len(_WORD.findall(self.signal.quote)) >= _FEWEST_WORDS


@dataclass(frozen=True, slots=True)
class Evidence:
    """What there is on one competency."""

    competency: Competency
    seen: tuple[Seen, ...]

    @property
    def behaviours(self) -> tuple[Seen, ...]:
        """What was done or left undone."""
        return tuple(one for one in self.usable if one.rule.counts is Counts.BEHAVIOUR)

    @property
    def usable(self) -> tuple[Seen, ...]:
        """What a gap may rest on."""
        return tuple(one for one in self.seen if one.is_evidence)

    def speaking_for(self, *gaps: Gap) -> tuple[Seen, ...]:
        """The evidence for some gaps."""
        return tuple(one for one in self.usable if one.points_to in gaps)

    @property
    def lapses(self) -> tuple[Seen, ...]:
        """The evidence for `will`, but for what only shows that it was done once."""
        return tuple(one for one in self.speaking_for(Gap.WILL) if one.rule.rules_out is None)

    def occasions(self, gap: Gap) -> int:
        """On how many occasions something speaks for a gap."""
        return len({one.occasion for one in self.speaking_for(gap)})

    @property
    def shown_before(self) -> tuple[Seen, ...]:
        """What shows the ability under like conditions; none where the rep is new to what is asked now."""
        if any(one.rule.new_conditions for one in self.seen):
            return ()
        return tuple(one for one in self.usable if one.rule.rules_out is Gap.SKILL)


def evidence_of(
    signals: Sequence[Signal], rubric: SkillWill, texts: Mapping[str, str], *, leaving_out: Collection[int] = ()
) -> dict[Competency, Evidence]:
    """Group signals by competency; the competency with most evidence comes first.

    Args:
        signals: The signals.
        rubric: What they speak for.
        texts: The packet's texts by field, from which the sentence of a signal is taken.
        leaving_out: Indexes of signals that are none, whatever a reader says.
    """
    borders = {field: sentences(text) for field, text in texts.items()}
    groups: dict[Competency, list[Seen]] = {}
    for index, signal in enumerate(signals):
        rule = rubric.signal(signal.signal)
        if rule is not None and index not in leaving_out:
            groups.setdefault(signal.competency, []).append(
                Seen(index, signal, rule, _occasion(signal, texts, borders))
            )
    found = [Evidence(competency, tuple(seen)) for competency, seen in groups.items()]
    found.sort(key=lambda one: -len(one.usable))
    return {one.competency: one for one in found}


def _occasion(signal: Signal, texts: Mapping[str, str], borders: Mapping[str, Sequence[Span]]) -> str:
    whole = next((one for one in borders.get(signal.field, ()) if one.start <= signal.start < one.end), None)
    said = texts[signal.field][whole.start : whole.end] if whole else signal.quote
    return " ".join(_SAID.findall(said.casefold()))  # a copy may have lost its full stop


def indexes(seen: Iterable[Seen]) -> tuple[int, ...]:
    """Their places in the list of signals, in order."""
    return tuple(sorted(one.index for one in seen))
