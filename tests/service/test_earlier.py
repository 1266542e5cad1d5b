"""A rep's stored deal reviews as evidence: what is answered counts, what is not is only counted."""

from __future__ import annotations

from datetime import date

import pytest

from coach.domain import (
    Answer,
    Balance,
    Claim,
    Competency,
    Coverage,
    Deal,
    DealReview,
    Direction,
    Focus,
    Gap,
    Kind,
    Provenance,
    Question,
    RepPacket,
    RubricRef,
    Statement,
    Status,
    Verdict,
)
from coach.rubrics import load
from coach.service.earlier import records, signals_of
from coach.service.rep_diagnosis import diagnose_rep
from tests.service.scripted import Scripted

RUBRIC = load("skill_will")
DAY = date(2026, 3, 2)
QUOTE = "Dana says the close eats nine days"


def review(review_id: str = "dr_1", **statuses: str) -> DealReview:
    """A review with one statement, on which every question rests that is answered or partial."""
    answers = {
        question.value: Answer(
            status=Status(status := statuses.get(question.value, "missing")),
            because=() if status == "missing" else (1,),
        )
        for question in Question
    }
    ours = Statement(start=0, end=4, quote="Ours", kind=Kind.SELLER_ACTION)
    theirs = Statement(
        start=6,
        end=6 + len(QUOTE),
        quote=QUOTE,
        kind=Kind.BUYER_STATEMENT,
        verifiable=True,
        direction=Direction.NEUTRAL,
        informs=Question.PROBLEM,
    )
    return DealReview(
        id=review_id,
        deal=Deal(),
        written_on=DAY,
        statements=(ours, theirs),
        coverage=Coverage(**answers),
        claim=Claim(verdict=Verdict.NO_CLAIM, explanation="No date is claimed."),
        balance=Balance(buyer=1, seller=1),
        focus=Focus(title="t", why="w", do="d"),
        questions=(),
        provenance=Provenance(
            engine="local", engine_version="1", rubric=RubricRef(id="r", version=1, sha256="0"), duration_ms=1
        ),
    )


@pytest.mark.parametrize(
    ("question", "competency"),
    [
        ("problem", Competency.DISCOVERY),
        ("criteria", Competency.STAKEHOLDER_ACCESS),
        ("action", Competency.QUALIFICATION),
        ("process", Competency.DECISION_PROCESS),
    ],
)
def test_an_answered_question_is_an_instance_to_standard_in_the_customers_words(
    question: str, competency: Competency
) -> None:
    (found,) = signals_of([review(**{question: "answered"})], RUBRIC)
    assert ("to_standard", competency, Gap.NONE, "behaviour") == (
        found.signal,
        found.competency,
        found.points_to,
        found.counts,
    )
    assert ("deal_review.dr_1", 6, QUOTE) == (found.field, found.start, found.quote)


def test_what_a_note_leaves_out_does_not_show_why() -> None:
    assert [] == list(signals_of([review(problem="partial", action="missing")], RUBRIC))


def test_every_review_is_counted_under_each_question() -> None:
    found = records([review(problem="answered"), review(problem="answered", action="partial"), review()])
    assert {
        Question.PROBLEM: {Status.ANSWERED: 2, Status.PARTIAL: 0, Status.MISSING: 1},
        Question.CRITERIA: {Status.ANSWERED: 0, Status.PARTIAL: 0, Status.MISSING: 3},
        Question.ACTION: {Status.ANSWERED: 0, Status.PARTIAL: 1, Status.MISSING: 2},
        Question.PROCESS: {Status.ANSWERED: 0, Status.PARTIAL: 0, Status.MISSING: 3},
    } == {one.question: one.counts for one in found}


def test_without_reviews_there_is_no_record() -> None:
    assert () == records([])


async def test_a_diagnosis_names_the_reviews_it_took_in_and_its_id_hangs_on_them() -> None:
    packet = RepPacket(rep="Ilse", manager_observation="He drives a red van.")
    earlier = [review("dr_1", problem="answered"), review("dr_2")]

    async def diagnosed(taken: list[DealReview]) -> tuple[str, ...]:
        found = await diagnose_rep(packet, engine=Scripted(), rubric=RUBRIC, as_of=DAY, earlier=taken)
        assert tuple(one.id for one in taken) == found.deal_reviews
        assert [QUOTE for one in taken if one.id == "dr_1"] == [one.quote for one in found.signals]
        return (found.id,)

    ids = {await diagnosed(taken) for taken in ([], earlier, earlier[:1], earlier[1:])}
    assert 4 == len(ids)


async def test_reviews_alone_make_no_finding() -> None:
    packet = RepPacket(rep="Ilse", manager_observation="He drives a red van.")
    found = await diagnose_rep(
        packet, engine=Scripted(), rubric=RUBRIC, as_of=DAY, earlier=[review(problem="answered", action="answered")]
    )
    assert (Gap.INSUFFICIENT_EVIDENCE, ()) == (found.primary.gap, found.others)
    assert [(Competency.DISCOVERY, "to_standard"), (Competency.QUALIFICATION, "to_standard")] == [
        (one.competency, one.shows) for one in found.self_assessment
    ]


async def test_reviews_are_evidence_beside_the_packets_own_and_come_after_it() -> None:
    packet = RepPacket(rep="Ilse", ride_along="She opened with the price.")
    engine = Scripted(signals=[("She opened with the price", "done_wrong", Competency.DISCOVERY)])
    found = await diagnose_rep(
        packet, engine=engine, rubric=RUBRIC, as_of=DAY, earlier=[review(problem="answered"), review("dr_2")]
    )
    assert ["ride_along", "deal_review.dr_1"] == [one.field for one in found.signals]
    assert "mixed" == found.self_assessment[0].shows
    assert found.contrast
    assert (0, 1) == (found.contrast.missing, found.contrast.shown)
