"""The figures of a report as parts of the page: headlines, confusions, calibration, slices, repeats, cost, attacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from html import escape

from coach.evaluation.metrics import Confusion, Metric
from coach.evaluation.render import costs, figures
from coach.evaluation.render.pictures import coverage_curve, heat_map, interval_bar, reliability_diagram
from coach.evaluation.render.tags import bullets, case_link, folded, section, table
from coach.evaluation.report import Report

_FIGURE_HEAD = ("figure", "value", "0 to 1", "95 % interval", "cases")


def report_sections(report: Report, known: Set[str]) -> Iterator[str]:
    """Every section of figures, in reading order; `known` are the cases that the page holds."""
    yield section("figures", "Figures", *_headlines(report))
    yield section("confusions", "What was taken for what", *_confusions(report))
    yield section("calibration", "Confidence", *_calibration(report))
    yield section("slices", "Slices", *_slices(report))
    yield section("repeats", "Repeats", *_repeats(report))
    cost = [(name, escape(value)) for name, value in costs.spending_rows(report.spending)]
    yield section("cost", "Cost and time", table("Cost and time", ("", ""), cost, kind="pairs", said=True))
    yield section("attacks", "Attacks that worked", *_attacks(report))
    yield section("failed", "Cases without an answer", *_failed(report, known))


def provenance(report: Report) -> str:
    """What the run was made of."""
    rows = [(escape(name), f"<code>{escape(str(value))}</code>") for name, value in report.provenance.items()]
    return (
        section("provenance", "Provenance", table("Provenance", ("", ""), rows, kind="pairs", said=True))
        if rows
        else ""
    )


def _headlines(report: Report) -> Iterator[str]:
    for group in figures.headline_groups(report.metrics):
        yield _metrics(figures.TITLES[group.task], group.metrics)
    others = figures.other_figures(report.metrics)
    if others:
        yield folded(f"{len(others)} other figures", _metrics("Other figures", others))


def _metrics(caption: str, metrics: Mapping[str, Metric]) -> str:
    return table(caption, _FIGURE_HEAD, (_figure(name, one) for name, one in metrics.items()), kind="figures")


def _figure(name: str, metric: Metric) -> tuple[str, ...]:
    meaning = figures.MEANINGS.get(name)
    explained = f"<small>{escape(meaning)}</small>" if meaning else ""
    return (
        escape(figures.words(name)) + explained,
        f"<b>{figures.number(metric.value, name)}</b>",
        "" if figures.is_count(name) else interval_bar(metric),
        figures.interval(metric, name),
        f"{metric.n:,}",
    )


def _confusions(report: Report) -> Iterator[str]:
    yield _pictures(report.confusions)
    large = dict.fromkeys(name for of in figures.slice_tables(report) for name in of.large)
    drawn = ((name, _pictures(report.slice_confusions.get(name, {}))) for name in large)
    yield folded("Slice by slice", *(folded(name, pictures) for name, pictures in drawn))


def _pictures(confusions: Mapping[str, Confusion]) -> str:
    drawn = "".join(
        _picture(figures.words(name), heat_map(name, one))
        for name, one in confusions.items()
        if any(map(any, one.counts))
    )
    return f'<div class="pictures">{drawn}</div>' if drawn else ""


def _picture(title: str, picture: str) -> str:
    scroll = f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(title)}">{picture}</div>'
    return f'<figure class="picture"><figcaption>{escape(title)}</figcaption>{scroll}</figure>'


def _calibration(report: Report) -> Iterator[str]:
    drawn = []
    for task, one in report.calibration.items():
        title, curve = figures.TITLES[task], report.abstention.get(task)
        said = f"Brier {one.brier:.3f}, expected calibration error {one.ece:.3f}, {one.n:,} answers."
        drawn.append((f"{title}: confidence", said, reliability_diagram(one)))
        if curve:
            drawn.append(
                (f"{title}: surest answers", "How right they are, if only those are kept.", coverage_curve(curve))
            )
    pictures = "".join(
        f'<figure class="picture"><figcaption>{title}<small>{said}</small></figcaption>{picture}</figure>'
        for title, said, picture in drawn
    )
    yield f'<div class="pictures">{pictures}</div>' if drawn else ""


def _slices(report: Report) -> Iterator[str]:
    for of in figures.slice_tables(report):
        large = of.large
        small = [name for name in of.rows if name not in large]
        title = figures.TITLES[of.task]
        if large:
            yield _slice_table(f"{title}: slices of {figures.SMALLEST_SLICE} cases and more", of, large)
        if small:
            yield folded(
                f"{title}: {figures.plural(len(small), 'smaller slice')}",
                _slice_table(f"{title}: smaller slices", of, small),
            )


def _slice_table(caption: str, of: figures.SliceTable, names: Iterable[str]) -> str:
    rows = [
        (escape(name), f"{of.cases(name):,}", *(_slice_cell(of, name, figure) for figure in of.names)) for name in names
    ]
    return table(caption, ("slice", "cases", *map(figures.words, of.names)), rows, kind="slices")


def _slice_cell(of: figures.SliceTable, name: str, figure: str) -> str:
    metric = of.rows[name].get(figure)
    if metric is None:
        return "-"
    value = figures.number(metric.value, figure)
    worst = ' <span class="worst">worst</span>' if of.worst.get(figure) == name else ""
    return f'<span title="{figures.interval(metric, figure)}">{value}</span>{worst}'


def _repeats(report: Report) -> Iterator[str]:
    if report.repeats is None:
        return
    yield (
        "<p>pass^k is the chance that a case is right in each of k runs; the flip rate is the share of cases that are "
        "not answered alike every time.</p>"
    )
    head = ("check", "cases", *(f"pass^{k + 1}" for k in range(report.repeats.k)), "flip rate")
    rows = [
        (escape(figures.words(name)), f"{one.n:,}", *(f"{share:.3f}" for share in one.pass_hat), f"{one.flip_rate:.3f}")
        for name, one in report.repeats.checks.items()
    ]
    yield table(f"Over {report.repeats.k} repeats", head, rows)
    unstable = report.repeats.unstable
    if unstable:
        yield folded(f"{figures.plural(len(unstable), 'case')} answered differently", bullets(map(case_link, unstable)))


def _attacks(report: Report) -> Iterator[str]:
    if report.attacks:
        worked = sorted(report.attacks.items())
        yield bullets(f"{case_link(id_)}: {escape(', '.join(map(figures.words, ways)))}" for id_, ways in worked)
    elif "attacks_worked" in report.metrics:
        yield "<p>None.</p>"


def _failed(report: Report, known: Set[str]) -> Iterator[str]:
    why: dict[str, list[str]] = {}
    for id_, detail in sorted(report.errors.items()):
        # The note that an attack was made from may have failed, and is no case of the page.
        why.setdefault(detail, []).append(case_link(id_) if id_ in known else escape(id_))
    most_first = sorted(why.items(), key=lambda one: -len(one[1]))
    yield bullets(f"{escape(detail)}: {', '.join(links)}" for detail, links in most_first)
