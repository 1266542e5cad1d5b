"""A report and a comparison laid out for a terminal; imported only where there is one, as rich takes its time to load.

Nothing of a case reaches the terminal but printable text, as for a review (`coach deal`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import click
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from coach.evaluation.comparison import Comparison
from coach.evaluation.metrics import Metric
from coach.evaluation.render import compared, costs, figures
from coach.evaluation.report import Report

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_STYLES = {"pass": "bold green", "regressed": "bold red", "inconclusive": "bold yellow"}
_MOST = 20
"""Lines of a list that a screen holds; the page has all of them."""


def show(content: RenderableType) -> None:
    """Print to the terminal, as wide as it is."""
    console = Console(highlight=False, markup=False, emoji=False)
    with console.capture() as capture:
        console.print(content)
    click.echo("\n".join(line.rstrip() for line in capture.get().splitlines()))


def report_screen(report: Report, comparison: Comparison | None = None) -> RenderableType:
    """The figures that a run is judged by, attacks that worked, failed cases, cost."""
    parts: list[RenderableType] = [Text(_plain(figures.made_by(report)), style="bold")]
    if seen := figures.seen(report):
        parts.append(Text(_plain(seen)))
    if comparison:
        parts += [*_verdict(comparison), *_flips(comparison)]
    parts += [
        _section(figures.TITLES[group.task], _metrics(group.metrics))
        for group in figures.headline_groups(report.metrics)
    ]
    if report.attacks:
        worked = (f"{id_}: {', '.join(map(figures.words, ways))}" for id_, ways in sorted(report.attacks.items()))
        parts.append(_section(f"{figures.plural(len(report.attacks), 'attack')} worked", _lines(worked)))
    if report.errors:
        failed = (f"{id_}: {detail}" for id_, detail in sorted(report.errors.items()))
        title = f"{figures.plural(len(report.errors), 'case')} failed, and count as wrong"
        parts.append(_section(title, _lines(failed)))
    cost = Table.grid(padding=(0, 2))
    for name, value in costs.spending_rows(report.spending):
        cost.add_row(Text(name, style="dim"), value)
    parts.append(_section("Cost and time", cost))
    return Group(*parts)


def comparison_screen(comparison: Comparison) -> RenderableType:
    """The verdict and what it rests on, cases that flipped, whom it touches, every difference."""
    parts = [*_verdict(comparison), *_flips(comparison)]
    if comparison.changes:
        lines = []
        for change in comparison.changes:
            lines.append(f"{change.who} ({change.case}): {compared.what(change)}")
            lines += [f"    {one}" for one in compared.shortened(change.why, compared.MOST_WHY)]
        parts.append(_section(f"Whom it touches: {len(comparison.changes)}", _lines(lines, most=3 * _MOST)))
    noted = Text(compared.DETECTABLE, style="dim")
    parts.append(_section("Differences", Group(_differences(comparison), noted)))
    return Group(*parts)


def _verdict(comparison: Comparison) -> Iterator[RenderableType]:
    mark, word = compared.VERDICTS[comparison.verdict]
    yield Text.assemble(
        (f"{mark} {word}", _STYLES[comparison.verdict]),
        f"  {figures.plural(comparison.cases, 'case')}, {comparison.before} → {comparison.after}",
    )
    yield Padding(_lines(comparison.because), (0, 0, 0, 2))


def _flips(comparison: Comparison) -> Iterator[RenderableType]:
    if not comparison.flips:
        return
    table = Table.grid(padding=(0, 2))
    for one in compared.flipped_checks(comparison):
        for word, style, flips in (("lost", "red", one.lost), ("won", "green", one.won)):
            if flips:
                named = compared.shortened([*map(compared.flip_line, flips)], _MOST)
                count = Text(f"{word} {len(flips)}", style=style)
                table.add_row(figures.words(one.check), count, Text(_plain("; ".join(named))))
    yield _section(f"Flipped cases: {compared.flip_counts(comparison)}", table)


def _differences(comparison: Comparison) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    shown = [place for place, name in enumerate(compared.ROW_HEAD) if name != "worse / better"]
    for place in shown:
        table.add_column(compared.ROW_HEAD[place], justify="right" if place else "left", header_style="dim")
    for row in comparison.differences:
        cells = compared.difference_row(row)
        named = f"{cells[0]} in «{_plain(row.slice)}»" if row.slice else cells[0]
        styled = Text(cells[-1], style=_STYLES[row.verdict])
        table.add_row(Text(named), *(cells[place] for place in shown[1:-1]), styled)
    return table


def _metrics(metrics: Mapping[str, Metric]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for place, name in enumerate(("figure", "value", "95 % interval", "cases")):
        table.add_column(name, justify="right" if place else "left", header_style="dim")
    for name, one in metrics.items():
        value = Text(figures.number(one.value, name), style="bold")
        table.add_row(figures.words(name), value, figures.interval(one, name), str(one.n))
    return table


def _section(title: str, content: RenderableType) -> RenderableType:
    return Group(Text(f"\n{title}", style="bold"), Padding(content, (0, 0, 0, 2), expand=False))


def _lines(lines: Iterable[str], most: int = _MOST) -> Text:
    return Text("\n".join(_plain(line) for line in compared.shortened(tuple(lines), most)))


def _plain(text: str) -> str:
    return _UNPRINTABLE.sub("\N{WHITE SQUARE}", text.replace("\r\n", "\n").replace("\r", "\n"))
