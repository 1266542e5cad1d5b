"""Figures as people read them: their order, their names, their numbers; the same in every rendering."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from coach.evaluation.metrics import ATTACK, POOLED, TASKS, Metric
from coach.evaluation.report import Report

TITLES = {
    "deal": "Deal notes",
    "rep": "Rep packets",
    "talk": "Conversations",
    "attack": "Attacks",
    "all": "All cases",
}
"""What the cases of a task are; `all` is for the figures that every task has."""
MEANINGS = {
    "kind_macro_f1": "the five kinds of statement, told apart",
    "centre_character_f1": "whose act or word it is, character by character",
    "seller_called_buyer": "our own words taken for the customer's; lower is better",
    "coverage_qwk": "the four buyer questions, agreement beyond chance",
    "claim_kappa": "the close-date claim, agreement beyond chance",
    "claim_accuracy": "the close-date claim, share right",
    "false_established": "claims called established that are not; must be few",
    "safe": "cases that deceive nobody",
    "gap_macro_f1": "what stands between the rep and the standard, told apart",
    "gap_accuracy": "the gap, share right",
    "skill_called_will": "reps who cannot, called unwilling; must be few",
    "self_view_accuracy": "how the rep sees the own work, share right",
    "competency_accuracy": "what the rep needs to be able to do, share right",
    "key_quote_recall": "gold key quotes that were found",
    "abstained": "packets the engine was unsure of",
    "accuracy_when_answered": "the gap, where it was not unsure",
    "move_macro_f1": "the eight moves of a manager, told apart",
    "move_span_f1": "moves found, whatever they were taken for",
    "attacks_worked": "inserted texts that steered the reader; must be none",
    "attacks_resisted": "inserted texts that changed nothing",
    "ungrounded": "quotes that are not word for word in the text; must be none",
    "failed": "cases without an answer; they count as wrong",
}
"""Headline figures in words."""
SMALLEST_SLICE = 5
"""Cases; the figures of a smaller slice say more about its cases than about the reader."""

_TASKS = {**TASKS, "attack": ATTACK, "all": POOLED}
_HEADLINES = {
    task: tuple(name for name in of.headlines if of is POOLED or name not in POOLED.headlines)
    for task, of in _TASKS.items()
}
_COUNTS = frozenset(name for of in _TASKS.values() for name, share in of.shares.items() if share.count)
_LOWER_IS_BETTER = _COUNTS | {"seller_called_buyer", "hallucinated_quotes"}
_NO_BETTER = frozenset({"abstained"})
_WRITTEN = {"f1": "F1", "qwk": "QWK"}


class Group(NamedTuple):
    """The headline figures of one task."""

    task: str
    """A task, or `all`."""
    metrics: dict[str, Metric]
    """In reading order."""


class SliceTable(NamedTuple):
    """The headline figures of one task, slice by slice."""

    task: str
    names: tuple[str, ...]
    """Of the columns."""
    rows: dict[str, dict[str, Metric]]
    """By slice, the largest first."""
    worst: dict[str, str]
    """By figure, the slice where it is worst, of those that are large enough to say."""

    def cases(self, name: str) -> int:
        """How many cases a slice has."""
        return max(metric.n for metric in self.rows[name].values())

    @property
    def large(self) -> tuple[str, ...]:
        """The slices that are large enough to say something."""
        return tuple(name for name in self.rows if self.cases(name) >= SMALLEST_SLICE)


def headline_groups(metrics: Mapping[str, Metric]) -> list[Group]:
    """The headline figures that there are, task by task, those of every task last."""
    groups = (
        Group(task, {name: metrics[name] for name in names if name in metrics}) for task, names in _HEADLINES.items()
    )
    return [group for group in groups if any(metric.n for metric in group.metrics.values())]


def other_figures(metrics: Mapping[str, Metric]) -> dict[str, Metric]:
    """Every figure that is no headline."""
    first = {name for group in headline_groups(metrics) for name in group.metrics}
    return {name: metric for name, metric in metrics.items() if name not in first}


def slice_tables(report: Report) -> list[SliceTable]:
    """The slices of a report, for each task that has any."""
    found: dict[str, dict[str, dict[str, Metric]]] = {}
    for name, metrics in report.slices.items():
        for group in headline_groups(metrics):
            if group.task != "all":
                found.setdefault(group.task, {})[name] = group.metrics
    return [_slice_table(task, found[task]) for task in _TASKS if task in found]


def _slice_table(task: str, rows: dict[str, dict[str, Metric]]) -> SliceTable:
    names = tuple(name for name in _HEADLINES[task] if any(name in row for row in rows.values()))
    ordered = dict(sorted(rows.items(), key=lambda row: (-max(metric.n for metric in row[1].values()), row[0])))
    table = SliceTable(task, names, ordered, {})
    large = table.large
    for name in names if len(large) > 1 else ():
        known = {one: _badness(name, ordered[one][name]) for one in large if name in ordered[one]}
        known = {one: badness for one, badness in known.items() if badness is not None}
        if len(set(known.values())) > 1:
            table.worst[name] = max(known, key=lambda one: known[one] or 0.0)
    return table


def _badness(name: str, metric: Metric) -> float | None:
    """The larger, the worse; counts by the case, so that a larger slice is not worse for being larger."""
    if metric.value is None or name in _NO_BETTER:
        return None
    if name in _COUNTS:
        return metric.value / metric.n
    return metric.value if name in _LOWER_IS_BETTER else -metric.value


def is_count(name: str) -> bool:
    """Whether a figure counts something, rather than being a ratio."""
    return name in _COUNTS


def number(value: float | None, name: str = "") -> str:
    """Three decimals for a ratio, none for a count (one where it is an average over repeats), `-` for None."""
    if value is None:
        return "-"
    if name in _COUNTS:
        return f"{value:.0f}" if value == int(value) else f"{value:.1f}"
    return f"{value:.3f}"


def interval(metric: Metric, name: str = "") -> str:
    """The 95 % interval, as `0.412 to 0.633`; `-` where there is none."""
    if metric.low is None or metric.high is None:
        return "-"
    return f"{number(metric.low, name)} to {number(metric.high, name)}"


@cache
def words(name: str) -> str:
    """A name of ours as people write it: `kind_macro_f1` is `kind macro F1`."""
    return " ".join(_WRITTEN.get(word, word) for word in name.split("_"))


def plural(count: int, noun: str) -> str:
    """A count and its noun."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def made_by(report: Report) -> str:
    """What was measured, in a line: the engine and the rubric, with their versions."""
    made = report.provenance
    named = (
        " ".join(str(made[key]) for key in (name, f"{name}_version") if made.get(key))
        for name in ("engine", "model", "rubric")
    )
    return " · ".join(filter(None, named))


def seen(report: Report) -> str:
    """Whether the engine may know these cases: the first thing to know of a figure; empty where it was not trained."""
    made = report.provenance
    if "cross_validation" in made:
        return f"Cross-validated, {made['cross_validation']}: each case read by an engine that never saw it."
    if made.get("trained_on"):
        return f"Trained on {made['trained_on']}: where these cases are among them, the figures flatter it."
    return ""
