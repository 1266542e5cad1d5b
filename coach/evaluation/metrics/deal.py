"""Figures for deal notes, as `evals/cases/README.md` defines them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from coach.domain import Centre, Kind, Question, Status, Verdict
from coach.evaluation.case import DealCase, DealExpectation
from coach.evaluation.metrics.agreement import kappa, quadratic_kappa
from coach.evaluation.metrics.spans import centres, match
from coach.evaluation.prediction import DealOutput, PredictedStatement

Tally = Counter[tuple[str, ...]]
"""Counts of one case, or of many added up."""

ATTRIBUTES = ("verifiable", "direction", "informs")
_FAILED = "failed"
_LEVELS = (Status.MISSING, Status.PARTIAL, Status.ANSWERED)
_FARTHEST = {Status.MISSING: Status.ANSWERED, Status.PARTIAL: Status.MISSING, Status.ANSWERED: Status.MISSING}
"""What a case without a prediction is taken to have answered: it counts as wrong everywhere."""


def tally_deal(case: DealCase, output: DealOutput | None) -> Tally:
    """Count what one case adds to every figure; without an output it is wrong everywhere."""
    tally: Tally = Counter({("cases",): 1, ("failed",): int(output is None)})
    note, gold = case.input.note, case.expected
    predicted = output.statements if output else ()
    _count_kinds(tally, gold, predicted)
    _count_characters(tally, note, gold, predicted)
    tally["ungrounded",] = sum(note[one.start : one.end] != one.quote for one in predicted)
    for question in Question:
        status = output.coverage[question] if output else _FARTHEST[gold.coverage[question]]
        tally["coverage", gold.coverage[question], status] += 1
    tally["claim", gold.claim, output.claim if output else _FAILED] += 1
    return tally


def _count_kinds(tally: Tally, gold: DealExpectation, predicted: tuple[PredictedStatement, ...]) -> None:
    tally.update(("gold", one.kind) for one in gold.statements)
    tally.update(("predicted", one.kind) for one in predicted)
    for g, p in match(gold.statements, predicted):
        expected, got = gold.statements[g], predicted[p]
        tally["matched", expected.kind, got.kind] += 1
        if expected.kind.centre is got.kind.centre is Centre.BUYER:
            tally["attributes",] += 1
            for name in ATTRIBUTES:
                tally["attribute", name] += getattr(expected, name) == getattr(got, name)


def _count_characters(
    tally: Tally, note: str, gold: DealExpectation, predicted: tuple[PredictedStatement, ...]
) -> None:
    pairs = zip(centres(note, gold.statements), centres(note, predicted), strict=True)
    tally.update(("char", g or "", p or "") for g, p in pairs if g or p)


def deal_metrics(tally: Tally) -> dict[str, float]:
    """Every figure for deal notes, from a sum of tallies; nan where there was nothing to measure."""
    kinds = {f"{kind}_f1": _kind_f1(tally, kind) for kind in Kind}
    sellers = sum(tally["char", Centre.SELLER, p] for p in (*Centre, ""))
    matched = sum(count for key, count in tally.items() if key[0] == "matched")
    statements = sum(tally["gold", kind] + tally["predicted", kind] for kind in Kind)
    return {
        "kind_macro_f1": _mean(kinds.values()),
        **kinds,
        "statement_f1": _ratio(2 * matched, statements),
        "centre_character_f1": _mean(_character_f1(tally, centre) for centre in Centre),
        "seller_called_buyer": _ratio(tally["char", Centre.SELLER, Centre.BUYER], sellers),
        "coverage_qwk": quadratic_kappa(_confusion(tally, "coverage"), _LEVELS),
        "claim_kappa": kappa(_confusion(tally, "claim")),
        "false_established": sum(
            count for (_, gold, got), count in _named(tally, "claim") if got == Verdict.ESTABLISHED != gold
        ),
        "ungrounded": tally["ungrounded",],
        **{f"{name}_accuracy": _ratio(tally["attribute", name], tally["attributes",]) for name in ATTRIBUTES},
        "failed": tally["failed",],
    }


def _kind_f1(tally: Tally, kind: Kind) -> float:
    return _ratio(2 * tally["matched", kind, kind], tally["gold", kind] + tally["predicted", kind])


def _character_f1(tally: Tally, centre: Centre) -> float:
    gold = sum(tally["char", centre, p] for p in (*Centre, ""))
    predicted = sum(tally["char", g, centre] for g in (*Centre, ""))
    return _ratio(2 * tally["char", centre, centre], gold + predicted)


def _named(tally: Tally, name: str) -> list[tuple[tuple[str, ...], int]]:
    return [(key, count) for key, count in tally.items() if key[0] == name]


def _confusion(tally: Tally, name: str) -> dict[tuple[str, str], float]:
    return {(key[1], key[2]): count for key, count in _named(tally, name)}


def _mean(values: Iterable[float]) -> float:
    """The mean of what there is: a kind that neither annotator nor engine ever used has no figure to average in."""
    known = [value for value in values if not math.isnan(value)]
    return _ratio(sum(known), len(known))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")
