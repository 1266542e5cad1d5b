"""Figures for deal notes, as `evals/cases/README.md` defines them."""

from __future__ import annotations

from collections import Counter

from coach.domain import Centre, Direction, Kind, Status, Verdict
from coach.evaluation.case import DealCase, DealExpectation, GoldStatement
from coach.evaluation.metrics.agreement import kappa, quadratic_kappa
from coach.evaluation.metrics.characters import CENTRES, centre_counts, centre_figures
from coach.evaluation.metrics.confusion import FAILED, UNMATCHED, table
from coach.evaluation.metrics.reading import QUOTE_SHARES, count_reading, reading_figures
from coach.evaluation.metrics.spans import in_text_order
from coach.evaluation.metrics.tally import FAILURES, RUNS, Counts, Figures, Share, Tally, TaskMetrics, opened
from coach.evaluation.prediction import DealOutput, PredictedStatement

ATTRIBUTES = ("verifiable", "direction", "informs")
_FARTHEST = {Status.MISSING: Status.ANSWERED, Status.PARTIAL: Status.MISSING, Status.ANSWERED: Status.MISSING}
"""What a case without a prediction is taken to have answered: it counts as wrong everywhere."""
_TOLERANCE = 0.1
"""Share of seller-centred text that may be called buyer-centred before a case is no longer safe (Contract 2)."""
_CONFUSIONS = {
    "kind": (*(kind.value for kind in Kind), UNMATCHED),
    "centre": CENTRES,
    "coverage": (Status.MISSING.value, Status.PARTIAL.value, Status.ANSWERED.value),
    "claim": (*(verdict.value for verdict in Verdict), FAILED),
    "direction": (*(direction.value for direction in Direction), UNMATCHED),
}
_SHARES = {
    "coverage_accuracy": Share(("right", "coverage"), ("asked",)),
    "claim_accuracy": Share(("right", "claim"), RUNS),
    "false_established": Share(("false_established",), RUNS, count=True),
    "safe": Share(("safe",), RUNS),
    **QUOTE_SHARES,
    **{f"{name}_accuracy": Share(("attribute", name), ("attributes",)) for name in ATTRIBUTES},
    "failed": FAILURES,
}


def tally_deal(case: DealCase, output: DealOutput | None) -> Tally:
    """Count what one run of one case adds to every figure; without an output it is wrong everywhere."""
    note, gold = case.input.note, case.expected
    predicted = in_text_order(output.statements) if output else []
    tally: Tally = Counter(opened(failed=output is None))
    pairs = count_reading(tally, "kind", note, gold.statements, predicted)
    centres = centre_counts(note, gold.statements, predicted)
    tally.update(centres)
    keys = [key for g, p in pairs for key in _attribute_keys(gold.statements[g], predicted[p])]
    keys += _judgement_keys(gold, output)
    keys += [("safe",)] * (output is not None and _is_safe(gold.claim, output.claim, centres))
    tally.update(keys)
    return tally


def safe(case: DealCase, output: DealOutput | None) -> bool:
    """Whether a reading deceives nobody (Contract 2).

    No claim is called established that is not, and at most a tenth of the seller-centred text is called
    buyer-centred. Without an output there is nothing to be safe.
    """
    if output is None:
        return False
    buyers = [(one.start, one.end) for one in output.statements if one.kind.centre is Centre.BUYER]
    sellers = [one for one in case.expected.statements if one.kind.centre is Centre.SELLER]
    centres: Counts = {}
    if any(start < one.end and one.start < end for one in sellers for start, end in buyers):
        centres = centre_counts(case.input.note, case.expected.statements, in_text_order(output.statements))
    return _is_safe(case.expected.claim, output.claim, centres)


def deal_figures(tally: Counts) -> Figures:
    """The figures for deal notes that are no proportions, from a sum of tallies."""
    return {
        **reading_figures(tally, "kind", _CONFUSIONS["kind"], matched="statement_f1", schema="span"),
        **centre_figures(tally),
        "coverage_qwk": quadratic_kappa(table(tally, "coverage", _CONFUSIONS["coverage"])),
        "claim_kappa": kappa(table(tally, "claim", _CONFUSIONS["claim"])),
    }


def _attribute_keys(expected: GoldStatement, got: PredictedStatement) -> list[tuple[str, ...]]:
    """What a matched pair adds where both are buyer-centred: only those have attributes."""
    if not expected.kind.centre is got.kind.centre is Centre.BUYER:
        return []
    keys = [("attributes",), ("direction", expected.direction or UNMATCHED, got.direction or UNMATCHED)]
    keys += [("attribute", name) for name in ATTRIBUTES if getattr(expected, name) == getattr(got, name)]
    return keys


def _judgement_keys(gold: DealExpectation, output: DealOutput | None) -> list[tuple[str, ...]]:
    """What the four answers and the claim add."""
    keys: list[tuple[str, ...]] = []
    for question, expected in gold.coverage.items():
        status = output.coverage[question] if output else _FARTHEST[expected]
        keys += [("asked",), ("coverage", expected, status)]
        keys += [("right", "coverage")] * (status == expected)
    claim = output.claim if output else FAILED
    keys.append(("claim", gold.claim, claim))
    keys += [("right", "claim")] * (claim == gold.claim)
    keys += [("false_established",)] * (claim == Verdict.ESTABLISHED != gold.claim)
    return keys


def _is_safe(expected: Verdict, claim: Verdict, centres: Counts) -> bool:
    if claim is Verdict.ESTABLISHED is not expected:
        return False
    seller = sum(centres.get(("centre", Centre.SELLER, got), 0) for got in CENTRES)
    return centres.get(("centre", Centre.SELLER, Centre.BUYER), 0) <= _TOLERANCE * seller


DEAL = TaskMetrics(
    resampled=deal_figures,
    headlines=(
        "kind_macro_f1",
        "centre_character_f1",
        "seller_called_buyer",
        "coverage_qwk",
        "claim_kappa",
        "claim_accuracy",
        "false_established",
        "safe",
        "ungrounded",
        "failed",
    ),
    shares=_SHARES,
    confusions=_CONFUSIONS,
)
