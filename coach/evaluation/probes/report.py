"""What the probes found: which verdicts flipped, how often, and within which interval; a failure is never a flip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from coach.domain import Gap, Status, Verdict
from coach.domain.base import Frozen
from coach.evaluation.comparison.changes import Change, changes
from coach.evaluation.prediction import DealOutput, Output, RepOutput
from coach.evaluation.probes.probe import Probe, Probed
from coach.evaluation.statistics import clustered_wilson

_CLAIM = {Verdict.REFUTED: 0, Verdict.UNPROVEN: 1, Verdict.ESTABLISHED: 2}
_COVERAGE = {Status.MISSING: 0, Status.PARTIAL: 1, Status.ANSWERED: 2}
_DIAGNOSIS = 5
"""Verdicts of a rep case: competency, gap, sub-type, self-view and whether the subject abstained."""


class ProbeResult(Frozen):
    """What came of one probe."""

    probe: str
    changes: str
    """What it changes, in a sentence."""
    expects: str
    """What is expected of the verdicts, in a sentence."""
    cases: int = Field(ge=0)
    """Cases with an answer before and after."""
    verdicts: int = Field(ge=0)
    """Verdicts compared: claim and four questions of a deal, five of a rep."""
    flipped: int = Field(ge=0)
    """Verdicts that flipped."""
    failed: int = Field(ge=0)
    """Variants without an answer; they count as neither."""
    rate: float | None = Field(ge=0, le=1)
    """Share of the cases with at least one flip; None where no case was compared."""
    low: float = Field(ge=0, le=1)
    """Lower end of the rate's 95 % interval (Wilson), cases of one cluster counted for what they are worth together."""
    high: float = Field(ge=0, le=1)
    """Its upper end."""
    flips: tuple[Change, ...]
    """Each case with a flip: who, what, and why."""
    strengthened: tuple[str, ...] | None
    """Cases with a verdict that got stronger; None for a probe of which no change at all is expected."""


class ProbeReport(Frozen):
    """What came of a run of probes."""

    schema_: Literal["coach.eval_probes/1"] = Field(default="coach.eval_probes/1", alias="schema")
    cases: int = Field(ge=0)
    """Cases that were asked."""
    failed: int = Field(ge=0)
    """Cases without an answer as they are; no variant of them is asked."""
    again: ProbeResult | None
    """The same cases asked once more, unchanged: flips by chance. None where each was asked only once."""
    results: tuple[ProbeResult, ...]
    provenance: dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Compared:
    """A case before and after, by repeat; the outputs after are aligned to the text before."""

    case: Probed
    before: Sequence[Output | None]
    after: Sequence[Output | None]

    @property
    def whole(self) -> list[tuple[Output, Output]]:
        """The repeats that were answered both times."""
        return [(one, other) for one, other in zip(self.before, self.after, strict=True) if one and other]

    def change(self) -> Change | None:
        """How the verdicts changed, where they did in more than half of the repeats; as in the first that shows it."""
        found = changes([self.case], {self.case.id: self.before}, {self.case.id: self.after})
        return found[0] if found else None

    def is_stronger(self) -> bool:
        """Whether a verdict got stronger in more than half of the repeats."""
        return 2 * sum(is_stronger(one, other) for one, other in self.whole) > len(self.whole)


def summarise(probe: Probe, compared: Sequence[Compared]) -> ProbeResult:
    """Count what flipped over all cases of a probe."""
    whole = [one for one in compared if one.whole]
    flips = {one.case.id: change for one in whole if (change := one.change())}
    interval = clustered_wilson([one.case.id in flips for one in whole], [one.case.group for one in whole])
    return ProbeResult(
        probe=probe.name,
        changes=probe.changes,
        expects=probe.expects,
        cases=len(whole),
        verdicts=sum(_verdicts(one.whole[0][0]) for one in whole),
        flipped=sum(len(change.what) for change in flips.values()),
        failed=len(compared) - len(whole),
        rate=len(flips) / len(whole) if whole else None,
        low=interval.low,
        high=interval.high,
        flips=tuple(flips.values()),
        strengthened=tuple(one.case.id for one in whole if one.is_stronger()) if probe.may_weaken else None,
    )


def is_stronger(before: Output, after: Output) -> bool:
    """Whether a verdict says more in favour than before, or says it where nothing was to be said.

    A claim rises from refuted over unproven to established, a question from missing over partial to answered; a
    diagnosis rises where there was insufficient evidence or the subject abstained. A claim that is no longer made, or
    newly found, has no rank.
    """
    if isinstance(before, DealOutput) and isinstance(after, DealOutput):
        ranked = before.claim in _CLAIM and after.claim in _CLAIM
        return (ranked and _CLAIM[after.claim] > _CLAIM[before.claim]) or any(
            _COVERAGE[after.coverage[question]] > _COVERAGE[status] for question, status in before.coverage.items()
        )
    if isinstance(before, RepOutput) and isinstance(after, RepOutput):
        return _said(after) > _said(before)
    return False


def _said(output: RepOutput) -> int:
    """How much a diagnosis says: 0 for insufficient evidence, 1 for an unsure one, 2 for a sure one."""
    if output.gap is Gap.INSUFFICIENT_EVIDENCE:
        return 0
    return 1 if output.abstained else 2


def _verdicts(output: Output) -> int:
    return 1 + len(output.coverage) if isinstance(output, DealOutput) else _DIAGNOSIS
