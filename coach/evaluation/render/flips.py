"""A comparison as the first parts of the page: the verdict, cases that flipped, whom it touches, every difference."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from coach.evaluation.render import compared, figures
from coach.evaluation.render.pictures import change_bar
from coach.evaluation.render.tags import bullets, case_link, folded, section, table

if TYPE_CHECKING:
    from coach.evaluation.comparison import Change, Comparison, Difference, Flip

_CHANGE = compared.ROW_HEAD.index("change")
_CHANGES_FIRST = 10
"""Changes that are shown before the rest is folded away."""


def comparison_sections(comparison: Comparison) -> Iterator[str]:
    """What comes before the figures of the later run."""
    yield _banner(comparison)
    yield section("flips", f"Flipped cases: {compared.flip_counts(comparison)}", *_flips(comparison))
    yield section("changes", f"Whom it touches: {len(comparison.changes)}", *_changes(comparison))
    yield section("differences", "Every difference", *_differences(comparison))


def _banner(comparison: Comparison) -> str:
    mark, word = compared.VERDICTS[comparison.verdict]
    return (
        f'<section class="banner {comparison.verdict}" aria-labelledby="verdict">'
        f'<h2 id="verdict"><span aria-hidden="true">{mark}</span> {word}</h2>'
        f"<p>{figures.plural(comparison.cases, 'case')}, <code>{escape(comparison.before)}</code> → "
        f"<code>{escape(comparison.after)}</code></p>{bullets(map(escape, comparison.because))}</section>"
    )


def _flips(comparison: Comparison) -> Iterator[str]:
    for one in compared.flipped_checks(comparison):
        yield f"<h3>{escape(figures.words(one.check))}: {one.counts}</h3>"
        for word, flips in (("lost", one.lost), ("won", one.won)):
            if flips:
                items = "".join(map(_flip, flips))
                yield f'<div class="flips"><b class="{word}">{word}</b><ul>{items}</ul></div>'


def _flip(flip: Flip) -> str:
    """A narrow column cuts the name short, and never what changed; the whole of it is the tooltip."""
    whole = compared.flip_line(flip) + (f", gold {figures.words(flip.gold)}" if flip.gold else "")
    who = "" if flip.who == flip.case else f'<span class="who">{escape(flip.who)}</span> '
    turn = escape(compared.turn(flip))
    return f'<li title="{escape(whole)}">{case_link(flip.case)} {who}<span class="turn">· {turn}</span></li>'


def _changes(comparison: Comparison) -> Iterator[str]:
    drawn = [_change(one) for one in comparison.changes]
    yield "".join(drawn[:_CHANGES_FIRST])
    yield folded(f"{len(drawn) - _CHANGES_FIRST} more", *drawn[_CHANGES_FIRST:])


def _change(change: Change) -> str:
    why = compared.shortened([escape(one) for one in change.why], compared.MOST_WHY)
    named = case_link(change.case) + ("" if change.who == change.case else f" {escape(change.who)}")
    what = f"<p><b>{named}</b> {escape(compared.what(change))}</p>"
    return f'<div class="change">{what}{folded(f"{len(change.why)} read differently", bullets(why))}</div>'


def _differences(comparison: Comparison) -> Iterator[str]:
    rows = comparison.differences
    if not rows:
        return
    reach = max(abs(end) for row in rows for end in (row.change, row.low, row.high) if end is not None)
    whole = [_row(row, reach) for row in rows if row.slice is None]
    slices = [(escape(row.slice), *_row(row, reach)) for row in rows if row.slice is not None]
    yield table("Differences", _head(), whole, kind="differences", said=True)
    yield f'<p class="hint">{escape(compared.DETECTABLE)}</p>'
    if slices:
        by_slice = table("Differences by slice", ("slice", *_head()), slices, kind="differences", said=True)
        yield folded(f"{len(slices)} differences by slice", by_slice)


def _head() -> tuple[str, ...]:
    figure, *before = compared.ROW_HEAD[:_CHANGE]
    *after, verdict = compared.ROW_HEAD[_CHANGE + 2 :]
    return (figure, verdict, *before, "change, 95 % interval", "", *after)


def _row(row: Difference, reach: float) -> tuple[str, ...]:
    cells = [escape(cell) for cell in compared.difference_row(row)]
    (figure, *before), (*after, verdict) = cells[:_CHANGE], cells[_CHANGE + 2 :]
    verdict = f'<span class="{row.verdict}">{compared.VERDICTS[row.verdict][0]} {verdict}</span>'
    change = f"{cells[_CHANGE]}<small>{cells[_CHANGE + 1]}</small>"
    return (figure, verdict, *before, change, change_bar(row, reach), *after)
