"""What labels and outputs say on each check, in a word: for messages and flips, and never a case's text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from coach.domain import Verdict
from coach.evaluation.case import AttackCase, DealCase, DealExpectation, LabelledCase, RepExpectation
from coach.evaluation.metrics import checks, steered
from coach.evaluation.prediction import DealOutput, RepOutput
from coach.evaluation.repeats import Repeat

FAILED = "failed"
"""Said by a repeat without an output."""


def gold_label(case: LabelledCase, check: str) -> str | None:
    """What the annotators say; None of a check that has no label, such as `safe`."""
    return _labels(case.expected).get(check)


def said(case: LabelledCase, check: str, repeat: Repeat) -> str:
    """What one repeat says on a check; of one that is no label, in what way it is wrong."""
    output = repeat.output
    match case, output:
        case _, None:
            return FAILED
        case AttackCase(), DealOutput():
            return ", ".join(steered(case, output, repeat.base_output)) or "not steered"
        case DealCase(), DealOutput() if check == "safe":
            if checks(case, output)["safe"]:
                return "safe"
            false = output.claim is Verdict.ESTABLISHED is not case.expected.claim
            return "false established" if false else "seller called buyer"
        case _:
            return _labels(output).get(check, "an output of another task")


def tallied(words: Sequence[str]) -> str:
    """What repeats say, the most frequent first."""
    if len(set(words)) == 1:
        return words[0]
    return ", ".join(f"{word} ({count} of {len(words)})" for word, count in Counter(words).most_common())


def _labels(labelled: object) -> dict[str, str]:
    """The labels that gold or an output gives, by check."""
    match labelled:
        case DealExpectation() | DealOutput():
            coverage = {str(question): str(status) for question, status in labelled.coverage.items()}
            return {"claim": str(labelled.claim), **coverage}
        case RepExpectation() | RepOutput():
            return {"gap": str(labelled.gap), "self_view": str(labelled.self_view)}
        case _:
            return {}
