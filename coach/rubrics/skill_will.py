"""The rubric by which a rep's material is read, `rubrics/skill_will/`: its type, and what must hold in it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from itertools import combinations
from typing import Literal

from pydantic import Field

from coach.domain import Competency, Gap, RepPacket, SelfView, WillSubType
from coach.domain.base import Frozen
from coach.rubrics.model import Name, Rubric, Words
from coach.rubrics.problem import Problem, once, repeats, wording

SLOTS = frozenset({"rep", "competency", "standard", "show", "practise", "watch", "proof", "by"})
"""What the texts of a remedy may speak of."""
UNDATED = SLOTS - {"by"}
"""What an observation and an assumption may speak of: neither has a date."""
CUES = frozenset({"personnel"})
SHOWN = "to_standard"
"""The signal that an answered question of a stored deal review is."""
PROMPT_SLOTS = {
    "system": frozenset(
        {"competencies", "signals", "gaps", "rules", "self_views", "examples"}
        | {"signal_ids", "competency_ids", "gap_ids", "self_view_ids"}
    ),
    "user": frozenset({"rep", "role", "tenure", "ratings", "results", "boundary", "note"}),
    "repair": frozenset({"signal_ids", "competency_ids", "wrong", "boundary", "note"}),
}


class Counts(StrEnum):
    """As what a signal counts."""

    BEHAVIOUR = "behaviour"
    """Something done or left undone that somebody could have seen."""
    CAUSE = "cause"
    """Somebody's account of why."""
    LABEL = "label"
    RESULT = "result"
    VIEW = "view"
    REQUEST = "request"

    @property
    def is_evidence(self) -> bool:
        """Whether a gap may rest on it: a label, a result and a view are none (codebook, section 4, rules 1 and 2)."""
        return self in {Counts.BEHAVIOUR, Counts.CAUSE}


class GapRule(Frozen):
    """What can stand between a rep and the standard, and the test of it."""

    id: Gap
    title: Words
    test: Words
    signs: Words


class SelfViewRule(Frozen):
    """When a self-view holds."""

    id: SelfView
    when: Words


class SignalRule(Frozen):
    """What to look for in the texts."""

    id: Name
    is_: Words = Field(alias="is")
    points_to: Gap | None = None
    """The gap that it speaks for."""
    rules_out: Gap | None = None
    sub_type: WillSubType | None = None
    new_conditions: bool = False
    """What was shown before was shown under other conditions, and rules nothing out."""
    counts: Counts
    examples: tuple[Words, ...] = Field(min_length=1)


class CompetencyRule(Frozen):
    """What a rep can be able to do, what good looks like, and how it is taught and seen; each half a sentence."""

    id: Competency
    title: Words
    standard: Words
    show: Words
    practise: Words
    watch: Words
    proof: Words


class Remedy(Frozen):
    """The codebook's prescription for a gap, with slots."""

    gap: Gap
    sub_type: WillSubType | None = None
    days: int = Field(ge=1, le=92)
    """Until when, in days."""
    title: Words
    next_one_on_one: tuple[Words, ...] = Field(min_length=1, max_length=4)
    practise: Words
    watch_for: Words
    shows_it_worked: Words
    manager_action: Words | None = None
    """What the manager or the company must mend."""


class Observation(Frozen):
    """The one observation that tells two gaps apart."""

    between: tuple[Gap, Gap]
    look: Words


class ExampleSignal(Frozen):
    """A signal of an example; `quote` is verbatim in one of its texts."""

    quote: Words
    signal: Name
    competency: Competency


class ExampleFinding(Frozen):
    """A finding of an example."""

    competency: Competency
    gap: Gap
    sub_type: WillSubType | None
    self_view: SelfView
    confidence: Literal["high", "medium", "low"]
    rival: Gap


class PacketExample(Frozen):
    """A short packet with its reading."""

    id: Name
    packet: RepPacket
    signals: tuple[ExampleSignal, ...] = Field(min_length=1)
    findings: tuple[ExampleFinding, ...] = Field(min_length=1)


class SkillWill(Rubric):
    """The rubric by which a rep's material is read."""

    gaps: tuple[GapRule, ...]
    rules: tuple[Words, ...] = Field(min_length=1)
    self_views: tuple[SelfViewRule, ...]
    signals: tuple[SignalRule, ...] = Field(min_length=1)
    competencies: tuple[CompetencyRule, ...]
    remedies: tuple[Remedy, ...]
    observations: tuple[Observation, ...]
    assumption: Words
    """What is asked back where a text has a label and no behaviour."""
    declined: Words
    """What is said of a request for a decision on hiring, firing, pay or discipline."""
    cues: dict[Name, tuple[Words, ...]]
    examples: tuple[PacketExample, ...] = Field(min_length=1)

    def signal(self, signal_id: str) -> SignalRule | None:
        """The rule of a signal, where there is one of this id."""
        return next((one for one in self.signals if one.id == signal_id), None)

    def competency(self, competency: Competency) -> CompetencyRule:
        """The rule of a competency."""
        return next(one for one in self.competencies if one.id is competency)

    def remedy(self, gap: Gap, sub_type: WillSubType | None) -> Remedy:
        """The remedy of a gap, that of its sub-type where there is one."""
        fitting = [one for one in self.remedies if one.gap is gap]
        return next((one for one in fitting if one.sub_type is sub_type), fitting[0])

    def observation(self, gap: Gap, rival: Gap) -> str:
        """What would tell two gaps apart."""
        return next(one.look for one in self.observations if set(one.between) == {gap, rival})


def incoherences(rubric: SkillWill) -> Iterator[Problem]:
    """Everything in the rubric that does not fit together."""
    yield from once("gaps", [one.id for one in rubric.gaps], Gap)
    yield from once("self_views", [one.id for one in rubric.self_views], SelfView)
    yield from once("competencies", [one.id for one in rubric.competencies], Competency)
    yield from repeats("rubric.yaml", "signals", [one.id for one in rubric.signals])
    if rubric.signal(SHOWN) is None:
        message = f"{SHOWN!r} is missing: a question that a stored deal review has answered counts as it"
        yield Problem("rubric.yaml", "signals", message)
    yield from _remedies(rubric)
    yield from _examples(rubric)
    for name in sorted(CUES ^ rubric.cues.keys()):
        message = "is missing" if name in CUES else "is read by no rule; take it out or correct its name"
        yield Problem("cues.yaml", name, message)


def _remedies(rubric: SkillWill) -> Iterator[Problem]:
    named = [f"{one.gap} {one.sub_type or ''}".strip() for one in rubric.remedies]
    yield from once("remedies", named, Gap, "remedies.yaml")
    for at, remedy in enumerate(rubric.remedies):
        texts = (*remedy.next_one_on_one, remedy.practise, remedy.watch_for, remedy.shows_it_worked)
        for text in (*texts, remedy.manager_action or ""):
            yield from wording(f"remedies.{at}", text, SLOTS, "remedies.yaml")
        if (remedy.manager_action is None) is (remedy.gap is Gap.ENVIRONMENT):
            message = "manager_action belongs to environment, and only there"
            yield Problem("remedies.yaml", f"remedies.{at}", message)
    pairs = ["/".join(sorted(one.between)) for one in rubric.observations]
    yield from once("observations", pairs, ["/".join(sorted(pair)) for pair in combinations(Gap, 2)], "remedies.yaml")
    for at, observation in enumerate(rubric.observations):
        yield from wording(f"observations.{at}", observation.look, UNDATED, "remedies.yaml")
    yield from wording("assumption", rubric.assumption, UNDATED, "remedies.yaml")


def _examples(rubric: SkillWill) -> Iterator[Problem]:
    yield from repeats("examples.yaml", "", [one.id for one in rubric.examples])
    for at, example in enumerate(rubric.examples):
        texts = tuple(example.packet.texts())
        for number, one in enumerate(example.signals):
            path = f"{at}.signals.{number}"
            if not any(one.quote in text for text in texts):
                yield Problem("examples.yaml", f"{path}.quote", "stands in no text of the packet word for word")
            if rubric.signal(one.signal) is None:
                yield Problem("examples.yaml", f"{path}.signal", "is no signal of rubric.yaml")
