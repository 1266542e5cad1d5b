"""The probes' report for people, in Markdown: the figures first, then every flip with its words."""

from __future__ import annotations

from collections.abc import Iterator

from coach.evaluation.comparison.changes import Change
from coach.evaluation.probes.report import ProbeReport, ProbeResult
from coach.text.markdown import escaped


def render_probes(report: ProbeReport) -> str:
    """Write the report as Markdown."""
    results = (*((report.again,) if report.again else ()), *report.results)
    lines = [
        "# Probes",
        "",
        f"{report.cases} cases, each changed in something that must not matter and asked again."
        + (f" {report.failed} of them failed unchanged and were not probed." if report.failed else ""),
        "",
        "| probe | what it changes | cases | flips | rate, 95 % interval | failed | expected |",
        "|---|---|--:|--:|---|--:|---|",
        *(_row(result) for result in results),
    ]
    for result in results:
        lines += _flips(result)
    lines += ["", "## Provenance", "", *(f"- {name}: {value}" for name, value in report.provenance.items())]
    return "\n".join(lines) + "\n"


def _row(result: ProbeResult) -> str:
    flips = str(len(result.flips))
    if result.strengthened is not None:
        flips += f", {len(result.strengthened)} stronger"
    rate = "-"
    if result.rate is not None:
        rate = f"{result.rate:.1%}, {result.low:.1%} to {result.high:.1%}"
    cells = (result.probe, result.changes, str(result.cases), flips, rate, str(result.failed), result.expects)
    return f"| {' | '.join(cells)} |"


def _flips(result: ProbeResult) -> Iterator[str]:
    if not result.flips:
        return
    yield from ("", f"## {result.probe}: {result.flipped} of {result.verdicts} verdicts flipped", "")
    stronger = result.strengthened or ()
    for change in sorted(result.flips, key=lambda one: one.case not in stronger):
        yield from _flip(change, stronger=change.case in stronger)


def _flip(change: Change, *, stronger: bool) -> Iterator[str]:
    where = "" if change.who == change.case else f" ({escaped(change.case)})"
    yield f"- {escaped(change.who)}{where}: {escaped(', '.join(change.what))}" + (" — **stronger**" if stronger else "")
    yield from (f"  - {escaped(why)}" for why in change.why)
