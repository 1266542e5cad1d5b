"""A report as one page that stands by itself: no network, no font, no library, and it reads without JavaScript.

Its policy lets only its own style and script run, so that markup from a note could do nothing even if it got through.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from coach.evaluation.case import LabelledCase
from coach.evaluation.prediction import Predictions
from coach.evaluation.render import compared, figures
from coach.evaluation.render.casebook import case_book
from coach.evaluation.render.flips import comparison_sections
from coach.evaluation.render.judged import JudgedCase, judge_cases
from coach.evaluation.render.sections import provenance, report_sections
from coach.evaluation.report import Report

if TYPE_CHECKING:
    from coach.evaluation.comparison import Comparison

_LINKS = {
    "flips": "Flipped",
    "changes": "Whom it touches",
    "differences": "Every difference",
    "figures": "Figures",
    "confusions": "Confusions",
    "calibration": "Confidence",
    "slices": "Slices",
    "repeats": "Repeats",
    "cost": "Cost",
    "attacks": "Attacks",
    "failed": "Failed",
    "cases": "Cases",
}
"""What each section is called in the list at the top."""


def render_html(
    report: Report, cases: Sequence[LabelledCase], predictions: Predictions, comparison: Comparison | None = None
) -> str:
    """The report as one page, with every case in it, wrong ones first.

    Args:
        report: The figures.
        cases: The cases they were measured on.
        predictions: What came of each.
        comparison: What changed since another run; its verdict and flips come first.
    """
    return "".join(page_parts(report, judge_cases(cases, predictions), comparison))


def page_parts(report: Report, judged: Sequence[JudgedCase], comparison: Comparison | None = None) -> Iterator[str]:
    """Give the same, case by case: a page of many cases is never in memory as a whole."""
    cases = [one.case for one in judged]
    sections = [
        *(comparison_sections(comparison) if comparison else ()),
        *report_sections(report, {case.id for case in cases}),
    ]
    book = case_book(judged, compared.flips_by_case(comparison) if comparison else None)
    # The list of sections stands before them, and the opening of the case book says whether there is one.
    sections.append(next(book, ""))
    yield from _opening(report, cases, sections)
    yield from sections
    yield from book
    yield provenance(report)
    yield _closing()


def _opening(report: Report, cases: Sequence[LabelledCase], sections: Sequence[str]) -> Sequence[str]:
    counted = Counter(figures.TITLES[case.task].lower() for case in cases)
    many, seen = figures.plural(len(cases), "case"), figures.seen(report)
    about = " · ".join(filter(None, (figures.made_by(report), many)))
    title = ", ".join(filter(None, (str(report.provenance.get("engine", "")), many)))
    of = ", ".join(f"{count} {title}" for title, count in counted.items())
    there = [one for one in _LINKS if any(part.startswith(f'<section id="{one}"') for part in sections)]
    links = "".join(f'<a href="#{one}">{_LINKS[one]}</a>' for one in there)
    style, script = _resource("page.css"), _resource("page.js")
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src {_hash(style)};',
        f" script-src {_hash(script)}; base-uri 'none'; form-action 'none'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Evaluation: {escape(title)}</title><style>{style}</style></head><body>",
        f"<header><h1>Evaluation</h1><p>{escape(about)}</p>",
        f'<p class="notice">{escape(seen)}</p>' if seen else "",
        f'<p class="hint">{escape(of)}</p></header>',
        f'<nav aria-label="On this page">{links}</nav><main>',
    )


def _closing() -> str:
    return f"</main><script>{_resource('page.js')}</script></body></html>\n"


@cache
def _resource(name: str) -> str:
    return files("coach.evaluation.render").joinpath(name).read_text("utf-8")


def _hash(content: str) -> str:
    """A source of the policy: exactly this content, and no other."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
