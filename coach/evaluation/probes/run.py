"""A run of probes: the cases as they are, then every variant; stopped at any time, it goes on where it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from coach.errors import InvalidInput, NotMeasured
from coach.evaluation.case import Case, DealCase, LabelledCase, RepCase
from coach.evaluation.files import held, write_whole, writing_to
from coach.evaluation.prediction import DealOutput, Output, Prediction, Predictions
from coach.evaluation.probes.catalogue import PROBES
from coach.evaluation.probes.probe import Probe, Probed, Variant
from coach.evaluation.probes.render import render_probes
from coach.evaluation.probes.report import Compared, ProbeReport, ProbeResult, summarise
from coach.evaluation.probes.rewrite import aligned
from coach.evaluation.run import (
    AnswerCache,
    Journal,
    Runner,
    RunOptions,
    keep_cases,
    show_progress,
    start_run,
)
from coach.evaluation.subject import Subject

JSON, MARKDOWN, VARIANTS = "probes.json", "probes.md", "variants"

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
    overwrite: bool = False,
) -> ProbeReport:
    """Probe every deal and rep case, and write `probes.json` and `.md`, and every answer, into `out`.

    Conversations and attacks have no verdict to flip and are left out. Run again with the same `out`, it goes on where
    the last run stopped. `out` is also a run of the unchanged cases, which can be reported and compared; the changed
    ones and their answers are in `out/variants`.

    Args:
        cases: What to change and ask.
        subject: Who answers.
        out: Folder to write into.
        options: How to run; with more than one repeat, flips by chance are measured too.
        cache: Answers of earlier runs.
        probes: Which to run; all, where None.
        overwrite: Replace another run that `out` holds.

    Raises:
        InvalidInput: no case can be probed, or `out` cannot be written to, holds another run, or another run is
            writing to it.
        NotMeasured: no case was answered as it is.
    """
    probed = [case for case in cases if isinstance(case, DealCase | RepCase)]
    if not probed:
        raise InvalidInput("none of the cases is a deal or a rep; there is no verdict that a probe could flip")
    options = options or RunOptions()
    probes = PROBES if probes is None else probes
    made = subject.provenance()
    variants = out / VARIANTS
    with held(out), writing_to(out):
        start_run(out, probed, options.repeat, made, overwrite=overwrite)
        variants.mkdir(exist_ok=True)
        bases = await _ask(probed, subject, options, out, cache)
        if not any(one.output for repeats in bases.values() for one in repeats):
            raise NotMeasured(f"none of the {len(probed)} cases was answered as it is; there is nothing to probe")
        probings = _probings(probes, probed, bases)
        keep_cases(variants, [one.variant.case for one in probings])
        answers = await _ask([one.variant.case for one in probings], subject, options, variants, cache)
        report = _report(probes, probed, bases, probings, answers, made)
        write_whole(out / JSON, report.model_dump_json(by_alias=True, indent=1) + "\n")
        write_whole(out / MARKDOWN, render_probes(report))
    return report


async def _ask(
    cases: Sequence[Case], subject: Subject, options: RunOptions, folder: Path, cache: AnswerCache | None
) -> Predictions:
    with Journal(folder) as journal, show_progress(len(cases) * options.repeat) as progress:
        answers = await Runner(subject, options, journal, cache, progress).run(cases)
        journal.settle(chain.from_iterable(answers.values()))
    return answers


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
