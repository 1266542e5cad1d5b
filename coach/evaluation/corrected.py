"""What managers said of findings that a workspace keeps becomes cases; what they do not mention, they let stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from coach.domain import DealReview, Gap, ManagerReview, RepDiagnosis, RepPacket
from coach.errors import InvalidInput
from coach.evaluation.case.correction import LABELS, SPLIT, TAGS, Feedback
from coach.evaluation.case.model import CASE, LabelledCase
from coach.evaluation.outputs import rep_output

Said = Mapping[int, Mapping[str, Any] | None]
"""Of each finding that is wrong, by its place: the labels that it ought to have, None where it is no finding."""


class Corrected(NamedTuple):
    """What came of corrections."""

    cases: tuple[LabelledCase, ...]
    left_out: tuple[str, ...]
    """Ids of reviews whose labels do not fit together, that another version wrote, or that were right after all."""


def cases_of(corrected: Iterable[Mapping[str, Any]]) -> Corrected:
    """Make a case of every review whose findings a manager has corrected.

    Args:
        corrected: As `coach.store.feedback.Feedback.corrected` gives them: what was said last of a finding counts.

    Raises:
        InvalidInput: there is nothing to make a case of.
    """
    by_review: dict[str, dict[int, Mapping[str, Any]]] = {}
    for one in corrected:
        if one["kind"] in _CASES:
            by_review.setdefault(one["review"], {})[one["position"]] = one
    if not by_review:
        raise InvalidInput("no finding was corrected; `POST /v1/findings/{id}/feedback` corrects one")
    made = {review: _case_of(found) for review, found in by_review.items()}
    return Corrected(
        cases=tuple(case for case in made.values() if case),
        left_out=tuple(review for review, case in made.items() if case is None),
    )


def _case_of(found: Mapping[int, Mapping[str, Any]]) -> LabelledCase | None:
    row = next(iter(found.values()))
    wrong = {position: one["should_be"] for position, one in found.items() if not one["right"]}
    if not wrong:
        return None
    try:
        return _CASES[row["kind"]](row["content"], row["text"], wrong)
    except (ValidationError, IndexError):
        return None


def _deal(content: str, text: str, wrong: Said) -> LabelledCase:
    review = DealReview.model_validate_json(content)
    shown = [
        {name: value for name, value in one.model_dump(mode="json").items() if name in LABELS}
        for one in review.statements
    ]
    given = {
        "review_id": review.id,
        "input": {"deal": review.deal.model_dump(), "written_on": review.written_on, "note": text},
        "shown": review.model_dump(mode="json"),
        "correction": {
            "statements": [_relabelled(shown[place], labels) for place, labels in wrong.items() if labels],
            "removed": [
                {name: shown[place][name] for name in ("quote", "start", "end")}
                for place, labels in wrong.items()
                if not labels
            ],
        },
    }
    return Feedback.model_validate(given).case()


def _relabelled(shown: Mapping[str, Any], labels: Mapping[str, Any]) -> dict[str, Any]:
    """A statement with other labels: what is ours has none of those that only what is the customer's has."""
    whole = {**shown, **labels}
    if str(whole["kind"]).startswith("seller"):
        return whole | dict.fromkeys(("verifiable", "direction", "informs"))
    return whole


def _talk(content: str, text: str, wrong: Said) -> LabelledCase:
    review = ManagerReview.model_validate_json(content)
    moves = [
        {"quote": one.quote, "start": one.start, "end": one.end, "move": one.move} | dict(wrong.get(place) or {})
        for place, one in enumerate(review.moves)
        if wrong.get(place, True)
    ]
    given = {"manager": review.manager, "rep": review.rep or "", "transcript": text}
    return _whole("talk", review.id, given, {"moves": moves})


def _rep(content: str, text: str, wrong: Said) -> LabelledCase:
    diagnosis = RepDiagnosis.model_validate_json(content)
    packet = RepPacket.model_validate_json(text)
    told = rep_output(diagnosis).model_dump(mode="json", exclude={"abstained", "confidence"})
    gone = {diagnosis.signals[place].quote for place in wrong}
    for name in ("key_quotes", "labels_without_behaviour"):
        told[name] = [one for one in told[name] if one not in gone]
    for labels in wrong.values():
        told |= dict(labels or {})
    if told["gap"] != Gap.WILL:
        told["sub_type"] = None
    return _whole("rep", diagnosis.id, packet.model_dump(), told | {"prescription": told["gap"]})


def _whole(task: str, review: str, given: Mapping[str, Any], expected: Mapping[str, Any]) -> LabelledCase:
    return CASE.validate_python(
        {
            "id": f"{SPLIT}-{review}",
            "task": task,
            "split": SPLIT,
            "tags": TAGS,
            "source": f"a manager's correction of review {review}",
            "input": given,
            "expected": expected,
        }
    )


_CASES: Mapping[str, Callable[[str, str, Said], LabelledCase]] = {
    DealReview.model_fields["schema_"].default: _deal,
    ManagerReview.model_fields["schema_"].default: _talk,
    RepDiagnosis.model_fields["schema_"].default: _rep,
}
"""How a case is made, by the kind of review."""
