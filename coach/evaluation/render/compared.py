"""A comparison as people read it: what flipped by check, and each difference as a row; the same in every rendering."""

from __future__ import annotations

from collections import Counter, defaultdict
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
"""What `difference_row` gives."""
DETECTABLE = (
    "Detectable drop: the smallest one that these cases would have shown nine times in ten; a dash where none would, "
    "or where nothing varied."
)
"""What to read beside a table of differences."""
LEAST_P = 0.0001
"""What is smaller is only said to be smaller: a p of 0.0000 would claim to be impossible."""
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
    """Flips by check, the one that lost most first; of each, those that changed alike together, the most first."""
    often = Counter((flip.check, turn(flip)) for flip in comparison.flips)
    flips = sorted(comparison.flips, key=lambda flip: (-often[flip.check, turn(flip)], turn(flip)))
    found = [
        FlippedCheck(
            check,
            tuple(flip for flip in flips if flip.check == check and flip.lost),
            tuple(flip for flip in flips if flip.check == check and not flip.lost),
        )
        for check in dict.fromkeys(flip.check for flip in comparison.flips)
    ]
    return sorted(found, key=lambda one: -len(one.lost))


def flip_counts(comparison: Comparison) -> str:
    """How many checks of how many cases flipped."""
    lost = sum(flip.lost for flip in comparison.flips)
    touched = len({flip.case for flip in comparison.flips})
    return f"{lost} lost, {len(comparison.flips) - lost} won, in {plural(touched, 'case')}"


def flips_by_case(comparison: Comparison) -> dict[str, list[Flip]]:
    """The flips of each case that has any, lost ones first."""
    found: dict[str, list[Flip]] = defaultdict(list)
    for flip in sorted(comparison.flips, key=lambda one: not one.lost):
        found[flip.case].append(flip)
    return dict(found)


def flip_mark(flip: Flip) -> str:
    """What became of a check: `lost claim`, `won problem`."""
    return f"{'lost' if flip.lost else 'won'} {words(flip.check)}"


def turn(flip: Flip) -> str:
    """What each run said: `refuted → unproven`."""
    return words(f"{flip.before} → {flip.after}")


def flip_line(flip: Flip) -> str:
    """A flip in a line: its case, what each run said, and whom it is about."""
    return f"{flip.case} {turn(flip)}" + ("" if flip.who == flip.case else f" ({flip.who})")


def p_value(p: float) -> str:
    """Four decimals; `< 0.0001` for what is smaller."""
    return f"{p:.4f}" if p >= LEAST_P else f"< {LEAST_P:.4f}"


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
        p_value(row.adjusted),
        "-" if row.detectable is None else f"{row.detectable:.3f}",
        row.verdict,
    )


def what(change: Change) -> str:
    """Each verdict of a case that changed."""
    return words("; ".join(change.what))


def shortened(items: Sequence[str], most: int) -> list[str]:
    """The first few of many, and how many more there are."""
    more = len(items) - most
    return [*items[:most], f"and {more} more"] if more > 0 else list(items)
