"""The rules measured alone: gold statements in, coverage and claim out, against the gold coverage and claim."""

from __future__ import annotations

from collections.abc import Sequence

from coach.errors import InvalidInput
from coach.evaluation.case import Case, DealCase
from coach.evaluation.metrics import deal_metrics, measure, tally_deal
from coach.evaluation.prediction import judged_from_gold
from coach.evaluation.report import Report
from coach.evaluation.run import provenance
from coach.wiring import Coach

_OF_JUDGEMENT = ("coverage_qwk", "claim_kappa", "false_established")


def judgement_report(cases: Sequence[Case], coach: Coach) -> Report:
    """Measure the rules on every deal case.

    Raises:
        InvalidInput: no deal case is among the cases.
    """
    deals = [case for case in cases if isinstance(case, DealCase)]
    if not deals:
        raise InvalidInput("nothing to measure: none of the cases is a deal note")
    tallies = [tally_deal(case, judged_from_gold(case, coach)) for case in deals]
    metrics = measure(tallies, deal_metrics)
    return Report(
        metrics={name: metrics[name] for name in _OF_JUDGEMENT},
        slices={},
        attacks={},
        errors={},
        provenance={**provenance(deals, coach), "engine": "gold statements"},
    )
