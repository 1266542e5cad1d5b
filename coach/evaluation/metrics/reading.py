"""What the labelled spans that a reader found in a text add to a tally: the same for statements and for moves."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Protocol

from coach.evaluation.metrics.confusion import UNMATCHED, label_figures, table
from coach.evaluation.metrics.schemas import Span, schema_counts, schema_figures
from coach.evaluation.metrics.spans import Stretch, overlaps, pair
from coach.evaluation.metrics.tally import Counts, Figures, Share, Tally, mean, ratio

QUOTE_SHARES = {
    "ungrounded": Share(("ungrounded",), ("quotes",), count=True),
    "hallucinated_quotes": Share(("ungrounded",), ("quotes",)),
}
"""Predicted quotes that are not in the text, word for word and where they are said to be: how many, and their share."""


class Quoted(Stretch, Protocol):
    """A stretch of a text with its words."""

    @property
    def quote(self) -> str:
        """Verbatim, or so the reader says."""


def count_reading(
    tally: Tally, name: str, text: str, gold: Sequence[Quoted], predicted: Sequence[Quoted]
) -> list[tuple[int, int]]:
    """Count which label was taken for which, the spans under every schema, and quotes that are not in the text.

    Args:
        tally: What to add to.
        name: The field that holds a span's label, and the name of the confusion table.
        text: The text.
        gold: Gold spans, in text order.
        predicted: Predicted spans, in text order.

    Returns:
        Pairs of (index in gold, index in predicted) that stand for each other.
    """
    label = attrgetter(name)
    expected = [Span(one.start, one.end, label(one)) for one in gold]
    got = [Span(one.start, one.end, label(one)) for one in predicted]
    shared = overlaps(expected, got)
    pairs = pair(expected, got, shared)
    missed, spurious = dict(enumerate(expected)), dict(enumerate(got))
    keys: list[tuple[str, ...]] = [(name, missed.pop(g).label, spurious.pop(p).label) for g, p in pairs]
    keys += [(name, one.label, UNMATCHED) for one in missed.values()]
    keys += [(name, UNMATCHED, one.label) for one in spurious.values()]
    keys += [("quotes",)] * len(predicted)
    keys += [("ungrounded",) for one in predicted if text[one.start : one.end] != one.quote]
    tally.update(keys)
    tally.update(schema_counts(expected, got, shared))
    return pairs


def reading_figures(tally: Counts, name: str, labels: Sequence[str], *, matched: str, schema: str) -> Figures:
    """F1 per label and averaged, F1 of spans matched whatever their label, and the four schemas.

    Args:
        tally: A sum of tallies.
        name: The confusion table.
        labels: Its labels, with `none` last.
        matched: What to call the F1 of matched spans.
        schema: What the names of the schemas begin with.
    """
    counts = table(tally, name, labels)
    scores, figures = label_figures(counts, labels[:-1])
    pairs = sum(sum(row[:-1]) for row in counts[:-1])
    spans = tally.get(("spans", "gold"), 0) + tally.get(("spans", "predicted"), 0)
    return {
        f"{name}_macro_f1": mean(scores),
        **figures,
        matched: ratio(2 * pairs, spans),
        **{f"{schema}_{one}": value for one, value in schema_figures(tally).items()},
    }
