"""The one thing to work on next: the gravest gap. Pure; the wording is the rubric's."""

from __future__ import annotations

from collections.abc import Sequence

from coach.domain import Focus
from coach.judgement.gaps import Gap
from coach.judgement.questions import slot_values
from coach.judgement.reading import Reading
from coach.rubrics import BuyerEvidence, FocusText
from coach.rubrics.slots import fill

_NOTHING_OPEN = Focus(
    title="Keep it moving",
    why="The four questions are answered and no date has been claimed.",
    do="Agree with the customer what they do next, and by which day.",
)


def focus_on(gaps: Sequence[Gap], reading: Reading, rubric: BuyerEvidence) -> Focus:
    """What to work on first, why, and how."""
    texts = {text.gap: text for text in rubric.focuses}
    for gap in gaps:
        if focus := _worded(texts.get(gap.gap), gap, reading):
            return focus
    return _NOTHING_OPEN


def _worded(text: FocusText | None, gap: Gap, reading: Reading) -> Focus | None:
    if text is None:
        return None
    values = slot_values(gap, reading)
    title, why, do = (fill(part, values) for part in (text.title, text.why, text.do))
    return Focus(title=title, why=why, do=do) if title and why and do else None
