"""A run of probes: the cases as they are, then every variant; stopped at any time, it goes on where it was."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from coach.errors import InvalidInput
from coach.evaluation.case import Case, DealCase, LabelledCase, RepCase
from coach.evaluation.prediction import DealOutput, Output, Prediction, Predictions
from coach.evaluation.probes.catalogue import PROBES
from coach.evaluation.probes.probe import Probe, Probed, Variant
from coach.evaluation.probes.render import render_probes
from coach.evaluation.probes.report import Compared, ProbeReport, ProbeResult, summarise
from coach.evaluation.probes.rewrite import aligned
from coach.evaluation.run.cache import AnswerCache
from coach.evaluation.run.folder import start_folder
from coach.evaluation.run.journal import Journal
from coach.evaluation.run.progress import show_progress
from coach.evaluation.run.runner import Runner, RunOptions
from coach.evaluation.subject import Subject

JSON, MARKDOWN, VARIANTS = "probes.json", "probes.md", "variants.jsonl"

_AGAIN = Probe(
    name="again",
    changes="Nothing: the case is asked once more.",
    expects="What flips here flips by chance; a probe has to flip more to have found something.",
    make=lambda _case, _output: None,
)


@dataclass(frozen=True, slots=True)
class _Probing:
    """A case under a probe."""

    probe: Probe
    case: Probed
    variant: Variant


async def run_probes(  # noqa: PLR0913  each is a choice of the caller's
    cases: Sequence[LabelledCase],
    subject: Subject,
    out: Path,
    *,
    options: RunOptions | None = None,
    cache: AnswerCache | None = None,
    probes: Sequence[Probe] | None = None,
    provenance: Mapping[str, str | int] | None = None,
) -> ProbeReport:
    """Probe every deal and rep case, and write `predictions.jsonl`, `variants.jsonl`, `probes.json` and `.md` to `out`.

    Conversations and attacks have no verdict to flip and are left out. Run again with the same `out`, it goes on where
    the last run stopped. `out` is also a run of the unchanged cases, which can be reported and compared.

    Args:
        cases: What to change and ask.
        subject: Who answers.
        out: Folder to write into.
        options: How to run; with more than one repeat, flips by chance are measured too.
        cache: Answers of earlier runs.
        probes: Which to run; all, where None.
        provenance: What to record beside what the subject says of itself.

    Raises:
        InvalidInput: no case can be probed, or `out` cannot be written to, or another run is writing to it.
    """
    probed = [case for case in cases if isinstance(case, DealCase | RepCase)]
    if not probed:
        raise InvalidInput("none of the cases is a deal or a rep; there is no verdict that a probe could flip")
    options = options or RunOptions()
    made = {**subject.provenance(), **(provenance or {})}
    try:
        start_folder(out, probed, options.repeat, made)
        with Journal(out) as journal:
            bases = await _ask(probed, subject, options, journal, cache)
            probings = _probings(PROBES if probes is None else probes, probed, bases)
            _write_variants(out / VARIANTS, probings)
            variants = [one.variant.case for one in probings]
            answers = await _ask(variants, subject, options, journal, cache)
            journal.settle(chain.from_iterable((*bases.values(), *answers.values())))
        report = _report(PROBES if probes is None else probes, probed, bases, probings, answers, made)
        (out / JSON).write_text(report.model_dump_json(by_alias=True, indent=1) + "\n", "utf-8")
        (out / MARKDOWN).write_text(render_probes(report), "utf-8")
    except OSError as error:
        raise InvalidInput(f"cannot write to {out}: {os.strerror(error.errno or 0)}") from None
    return report


async def _ask(
    cases: Sequence[Case], subject: Subject, options: RunOptions, journal: Journal, cache: AnswerCache | None
) -> Predictions:
    with show_progress(len(cases) * options.repeat) as progress:
        runner = Runner(subject=subject, journal=journal, cache=cache, options=options, progress=progress)
        return await runner.run(cases)


def _probings(probes: Sequence[Probe], cases: Sequence[Probed], bases: Predictions) -> list[_Probing]:
    """Every case that offers a probe something to change and was answered as it is."""
    found = []
    for probe in probes:
        for case in cases:
            output = next((one.output for one in bases[case.id] if one.output), None)
            variant = probe.make(case, output) if output else None
            if variant:
                found.append(_Probing(probe, case, variant))
    return found


def _write_variants(path: Path, probings: Sequence[_Probing]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(one.variant.case.model_dump_json() + "\n" for one in probings)


def _report(  # noqa: PLR0913, PLR0917  everything a run has come to
    probes: Sequence[Probe],
    cases: Sequence[Probed],
    bases: Predictions,
    probings: Sequence[_Probing],
    answers: Predictions,
    provenance: Mapping[str, str | int],
) -> ProbeReport:
    compared: dict[str, list[Compared]] = {probe.name: [] for probe in probes}
    for one in probings:
        after = [_aligned(each.output, one.variant) for each in answers[one.variant.case.id]]
        compared[one.probe.name].append(Compared(one.case, _outputs(bases[one.case.id]), after))
    return ProbeReport(
        cases=len(cases),
        failed=sum(not any(_outputs(bases[case.id])) for case in cases),
        again=_again(cases, bases),
        results=tuple(summarise(probe, compared[probe.name]) for probe in probes),
        provenance=dict(provenance),
    )


def _again(cases: Sequence[Probed], bases: Predictions) -> ProbeResult | None:
    """Each answer against the next one to the same question."""
    outputs = {case.id: _outputs(bases[case.id]) for case in cases}
    if max(map(len, outputs.values())) < 2:
        return None
    return summarise(
        _AGAIN,
        [Compared(case, outputs[case.id][:-1], outputs[case.id][1:]) for case in cases if any(outputs[case.id])],
    )


def _outputs(predictions: Sequence[Prediction]) -> list[Output | None]:
    return [one.output for one in predictions]


def _aligned(output: Output | None, variant: Variant) -> Output | None:
    return aligned(output, variant.note) if isinstance(output, DealOutput) and variant.note else output
