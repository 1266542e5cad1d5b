"""A report and a comparison as Markdown, fit for a CI job's summary: what matters first, the rest folded away.

Words that come from cases are escaped: a note cannot draw a table, link to a place or load a picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from coach.evaluation.metrics import Metric
from coach.evaluation.render import compared, costs, figures
from coach.evaluation.report import Report
from coach.text.markdown import escaped

if TYPE_CHECKING:
    from coach.evaluation.comparison import Change, Comparison

_FIGURE_HEAD = ("figure", "value", "95 % interval", "cases")
_MOST_FLIPS, _MOST_CHANGES = 20, 50


def render_markdown(report: Report, comparison: Comparison | None = None) -> str:
    """The report as Markdown; what changed since another run comes first, where there is one."""
    lines = ["# Evaluation", "", escaped(figures.made_by(report)), ""]
    if seen := figures.seen(report):
        lines += [escaped(seen), ""]
    if comparison:
        lines += [*_verdict(comparison), *_flips(comparison)]
    for group in figures.headline_groups(report.metrics):
        lines += [f"## {figures.TITLES[group.task]}", "", *_metrics(group.metrics)]
    lines += _lists(report)
    lines += [
        "## Cost and time",
        "",
        *(f"- {name}: {value}" for name, value in costs.spending_rows(report.spending)),
        "",
    ]
    if comparison:
        lines += _folded("Whom it touches, and every difference", [*_changes(comparison), *_differences(comparison)])
    lines += _folded("Slices", _slices(report))
    lines += _folded("Repeats", _repeats(report))
    lines += _folded("Every other figure", _metrics(figures.other_figures(report.metrics)))
    lines += _folded(
        "Provenance", [*(f"- {name}: {escaped(str(value))}" for name, value in report.provenance.items()), ""]
    )
    return "\n".join(lines).rstrip() + "\n"


def render_comparison(comparison: Comparison) -> str:
    """The comparison as Markdown: the verdict and what it rests on, cases that flipped, whom it touches, figures."""
    lines = ["# Comparison", "", *_verdict(comparison), *_flips(comparison), *_changes(comparison)]
    lines += _differences(comparison)
    return "\n".join(lines).rstrip() + "\n"


def _verdict(comparison: Comparison) -> Iterator[str]:
    mark, word = compared.VERDICTS[comparison.verdict]
    runs = f"{escaped(comparison.before)} → {escaped(comparison.after)}"
    yield from (f"## {mark} {word}", "", f"{figures.plural(comparison.cases, 'case')}, {runs}", "")
    yield from _bullets(comparison.because)


def _flips(comparison: Comparison) -> Iterator[str]:
    counts = compared.flip_counts(comparison) if comparison.flips else "none"
    yield from (f"## Flipped cases: {counts}", "")
    for one in compared.flipped_checks(comparison):
        yield from (f"### {figures.words(one.check)}: {one.counts}", "")
        yield from (
            f"- {word}: {'; '.join(map(escaped, compared.shortened([*map(compared.flip_line, flips)], _MOST_FLIPS)))}"
            for word, flips in (("lost", one.lost), ("won", one.won))
            if flips
        )
        yield ""


def _changes(comparison: Comparison) -> Iterator[str]:
    if not comparison.changes:
        return
    yield from (f"## Whom it touches: {len(comparison.changes)}", "")
    for change in comparison.changes[:_MOST_CHANGES]:
        yield from _change(change)
    if len(comparison.changes) > _MOST_CHANGES:
        yield f"- and {len(comparison.changes) - _MOST_CHANGES} more"
    yield ""


def _change(change: Change) -> Iterator[str]:
    where = "" if change.who == change.case else f" ({escaped(change.case)})"
    yield f"- **{escaped(change.who)}**{where}: {escaped(compared.what(change))}"
    yield from (f"  - {escaped(one)}" for one in compared.shortened(change.why, compared.MOST_WHY))


def _differences(comparison: Comparison) -> Iterator[str]:
    for of_slices, rows in groupby(comparison.differences, key=lambda row: row.slice is not None):
        if of_slices:
            head = ("slice", *compared.ROW_HEAD)
            cells = [(escaped(row.slice or ""), *compared.difference_row(row)) for row in rows]
            yield from ("## Differences by slice", "", *_table(head, cells))
        else:
            yield from ("## Differences", "", *_table(compared.ROW_HEAD, map(compared.difference_row, rows)))
            yield from (compared.DETECTABLE, "")


def _lists(report: Report) -> Iterator[str]:
    if report.attacks:
        yield from (f"## {figures.plural(len(report.attacks), 'attack')} worked", "")
        yield from (f"- {escaped(id_)}: {', '.join(ways)}" for id_, ways in sorted(report.attacks.items()))
        yield ""
    if report.errors:
        yield from (f"## {figures.plural(len(report.errors), 'case')} failed, and count as wrong", "")
        for detail, ids in groupby(sorted(report.errors, key=report.errors.__getitem__), key=report.errors.__getitem__):
            yield f"- {escaped(detail)}: {', '.join(map(escaped, ids))}"
        yield ""


def _metrics(metrics: Mapping[str, Metric]) -> list[str]:
    rows = (
        (name, figures.number(one.value, name), figures.interval(one, name), str(one.n))
        for name, one in metrics.items()
    )
    return _table(_FIGURE_HEAD, rows) if metrics else []


def _slices(report: Report) -> Iterator[str]:
    for table in figures.slice_tables(report):
        head = (figures.TITLES[table.task], "cases", *map(figures.words, table.names))
        rows = [
            (escaped(name), str(table.cases(name)), *(_cell(table, name, figure) for figure in table.names))
            for name in table.rows
        ]
        yield from _table(head, rows)


def _cell(table: figures.SliceTable, name: str, figure: str) -> str:
    metric = table.rows[name].get(figure)
    shown = figures.number(metric.value if metric else None, figure)
    return f"**{shown}** worst" if table.worst.get(figure) == name else shown


def _repeats(report: Report) -> list[str]:
    if report.repeats is None:
        return []
    head = ("check", "cases", *(f"pass^{k + 1}" for k in range(report.repeats.k)), "flip rate")
    rows = [
        (figures.words(name), str(one.n), *(f"{share:.3f}" for share in one.pass_hat), f"{one.flip_rate:.3f}")
        for name, one in report.repeats.checks.items()
    ]
    unstable = ", ".join(map(escaped, report.repeats.unstable)) or "none"
    return [*_table(head, rows), f"Answered differently from repeat to repeat: {unstable}", ""]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    rule = "|".join(["---", *["--:"] * (len(head) - 1)])
    return [f"| {' | '.join(head)} |", f"|{rule}|", *(f"| {' | '.join(row)} |" for row in rows), ""]


def _folded(title: str, lines: Iterable[str]) -> list[str]:
    inside = list(lines)
    return [f"<details><summary>{title}</summary>", "", *inside, "</details>", ""] if inside else []


def _bullets(items: Iterable[str]) -> Iterator[str]:
    yield from (f"- {escaped(item)}" for item in items)
    yield ""
