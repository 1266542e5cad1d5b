"""A comparison as people read it: what flipped by check, and each difference as a row; the same in every rendering."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from coach.evaluation.render.figures import plural, words

if TYPE_CHECKING:
    from coach.evaluation.comparison import Change, Comparison, Difference, Flip

VERDICTS = {"pass": ("✓", "Pass"), "regressed": ("✗", "Regressed"), "inconclusive": ("?", "Inconclusive")}
"""A mark and a word for each verdict."""
ROW_HEAD = (
    "figure",
    "cases",
    "before",
    "after",
    "change",
    "95 % interval",
    "worse / better",
    "adjusted p",
    "detectable drop",
    "verdict",
)
"""What `difference_row` gives; `detectable drop` is the smallest one that these cases would have shown."""
MOST_WHY = 5
"""Reasons shown of a change, before the rest is only counted."""


class FlippedCheck(NamedTuple):
    """The cases that flipped on one check."""

    check: str
    lost: tuple[Flip, ...]
    won: tuple[Flip, ...]

    @property
    def counts(self) -> str:
        """How many, either way."""
        return f"{len(self.lost)} lost, {len(self.won)} won"


def flipped_checks(comparison: Comparison) -> list[FlippedCheck]:
    """Flips by check, the one that lost most first."""
    checks = dict.fromkeys(flip.check for flip in comparison.flips)
    found = [
        FlippedCheck(
            check,
            tuple(flip for flip in comparison.flips if flip.check == check and flip.lost),
            tuple(flip for flip in comparison.flips if flip.check == check and not flip.lost),
        )
        for check in checks
    ]
    return sorted(found, key=lambda one: -len(one.lost))


def flip_counts(comparison: Comparison) -> str:
    """How many checks of how many cases flipped."""
    lost = sum(flip.lost for flip in comparison.flips)
    touched = len({flip.case for flip in comparison.flips})
    return f"{lost} lost, {len(comparison.flips) - lost} won, in {plural(touched, 'case')}"


def difference_row(row: Difference) -> tuple[str, ...]:
    """One difference, as `ROW_HEAD` names its cells."""
    return (
        f"{row.task} {words(row.name)}" + (" (primary)" if row.primary else ""),
        str(row.n),
        f"{row.before:.3f}",
        f"{row.after:.3f}",
        f"{row.change:+.3f}",
        "-" if row.low is None or row.high is None else f"{row.low:+.3f} to {row.high:+.3f}",
        f"{row.worse} / {row.better}",
        f"{row.adjusted:.4f}",
        "none" if row.detectable is None else f"{row.detectable:.3f}",
        row.verdict,
    )


def what(change: Change) -> str:
    """Each verdict of a case that changed."""
    return words("; ".join(change.what))


def shortened(items: Sequence[str], most: int) -> list[str]:
    """The first few of many, and how many more there are."""
    more = len(items) - most
    return [*items[:most], f"and {more} more"] if more > 0 else list(items)
