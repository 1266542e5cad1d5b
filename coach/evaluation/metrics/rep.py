"""Figures for rep packets: the gap above all, then what it rests on."""

from __future__ import annotations

from collections import Counter

from coach.domain import Competency, Gap, SelfView
from coach.evaluation.case import RepCase
from coach.evaluation.metrics.agreement import kappa
from coach.evaluation.metrics.confusion import FAILED, label_figures, table
from coach.evaluation.metrics.quotes import found, ungrounded
from coach.evaluation.metrics.reading import QUOTE_SHARES
from coach.evaluation.metrics.tally import FAILURES, RUNS, Counts, Figures, Share, Tally, TaskMetrics, mean, opened
from coach.evaluation.prediction import RepOutput

_CONFUSIONS = {
    "gap": (*(gap.value for gap in Gap), FAILED),
    "competency": (*(competency.value for competency in Competency), FAILED),
    "self_view": (*(view.value for view in SelfView), FAILED),
}
_SKILL_CALLED_WILL = ("gap", Gap.SKILL.value, Gap.WILL.value)
_SHARES = {
    "gap_accuracy": Share(("right", "gap"), RUNS),
    "skill_called_will": Share(_SKILL_CALLED_WILL, RUNS, count=True),
    "competency_accuracy": Share(("right", "competency"), RUNS),
    "self_view_accuracy": Share(("right", "self_view"), RUNS),
    "sub_type_accuracy": Share(("right", "sub_type"), ("sub_types",)),
    "key_quote_recall": Share(("key_quotes", "found"), ("key_quotes",)),
    **QUOTE_SHARES,
    "abstained": Share(("abstained",), RUNS),
    "accuracy_when_answered": Share(("right", "answered"), ("answered",)),
    "failed": FAILURES,
}


def tally_rep(case: RepCase, output: RepOutput | None) -> Tally:
    """Count what one run of one case adds to every figure; without an output it is wrong everywhere.

    The gap is compared whatever competency was named.
    """
    gold = case.expected
    tally: Tally = Counter(opened(failed=output is None))
    for name in _CONFUSIONS:
        expected, got = getattr(gold, name), getattr(output, name, FAILED)
        tally[name, expected, got] += 1
        tally["right", name] += got == expected
    if gold.sub_type is not None:
        tally["sub_types",] += 1
        tally["right", "sub_type"] += output is not None and output.sub_type is gold.sub_type
    tally["key_quotes",] += len(gold.key_quotes)
    # A run that failed did not abstain: it counts as answered, and wrong.
    tally["abstained" if output and output.abstained else "answered",] += 1
    if output:
        texts = tuple(case.input.texts())
        quotes = output.key_quotes + output.labels_without_behaviour
        tally["quotes",] += len(quotes)
        tally["ungrounded",] += ungrounded(texts, quotes)
        tally["key_quotes", "found"] += found(texts, gold.key_quotes, output.key_quotes)
        tally["right", "answered"] += not output.abstained and output.gap is gold.gap
    return tally


def rep_figures(tally: Counts) -> Figures:
    """The figures for rep packets that are no proportions, from a sum of tallies.

    `gap_macro_f1` leaves out a gap that neither gold nor prediction uses. Of the proportions, `skill_called_will`
    counts the packets of one run of every case whose gap is `skill` and was called `will`, the harsh error; `both` is
    neither.
    `sub_type_accuracy` is over the cases that have one. `key_quote_recall` is the share of gold key quotes that share
    at least half of the shorter with some predicted key quote. `ungrounded` quotes, key quotes and labels alike, are
    word for word in no text of the packet.
    """
    gaps = table(tally, "gap", _CONFUSIONS["gap"])
    scores, figures = label_figures(gaps, _CONFUSIONS["gap"][:-1])
    return {
        "gap_macro_f1": mean(scores),
        **figures,
        "gap_kappa": kappa(gaps),
        "self_view_kappa": kappa(table(tally, "self_view", _CONFUSIONS["self_view"])),
    }


REP = TaskMetrics(
    resampled=rep_figures,
    headlines=(
        "gap_macro_f1",
        "gap_accuracy",
        "skill_called_will",
        "self_view_accuracy",
        "competency_accuracy",
        "key_quote_recall",
        "abstained",
        "accuracy_when_answered",
        "ungrounded",
        "failed",
    ),
    shares=_SHARES,
    confusions=_CONFUSIONS,
)
