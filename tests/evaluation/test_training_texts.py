"""The training texts are apart from the cases and from each other, and the second annotator read the same texts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from coach.evaluation.agreement import agreement_report
from coach.evaluation.case import AttackCase, DealCase, LabelledCase, RepCase, TalkCase, load_cases

EVALS = Path(__file__).parents[2] / "evals"
RUN = 5
"""Words in a row that two texts may share by chance."""
COMMON = 30
"""A run that so many texts have is a way of speaking."""


def words_of(case: LabelledCase) -> list[str]:
    match case:
        case DealCase():
            text = case.input.note
        case TalkCase():
            text = case.input.transcript
        case RepCase():
            text = "\n".join(case.input.texts())
        case _:
            text = ""
    return re.findall(r"\w+", text.lower())


def test_no_text_is_nearly_another() -> None:
    cases = [case for case in load_cases([EVALS / "cases", EVALS / "training"]) if not isinstance(case, AttackCase)]
    runs = {
        case.id: {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
        for case in cases
        for words in [words_of(case)]
    }
    assert len(cases) == len(runs)
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for id_, own in runs.items():
        for run in own:
            holders[run].append(id_)
    shared = Counter(pair for ids in holders.values() if 1 < len(ids) < COMMON for pair in combinations(sorted(ids), 2))
    alike = {pair: count for pair, count in shared.items() if count > 0.2 * min(len(runs[id_]) for id_ in pair)}
    assert {} == alike


@pytest.mark.parametrize(("name", "count"), [("deals", 150), ("reps", 12), ("talks", 10)])
def test_the_second_annotator_labelled_the_same_texts(name: str, count: int) -> None:
    first, second = (load_cases([EVALS / folder / f"{name}.jsonl"]) for folder in ("training", "agreement"))
    report = agreement_report(first, second)
    assert count == len(second) == report.metrics["failed"].n
    assert report.metrics["ungrounded"].value == 0
    figure = {"deals": "kind_macro_f1", "reps": "gap_accuracy", "talks": "move_macro_f1"}[name]
    assert (report.metrics[figure].value or 0) > 0.9
