"""Which texts of a run are judged, beside what, and by which criteria."""

from __future__ import annotations

from coach.domain import Question, RepPacket
from coach.evaluation.case import AttackCase, DealCase, RepCase
from coach.evaluation.judge import Criteria, items_of
from coach.evaluation.judge.item import asked_once
from coach.evaluation.prediction import DealOutput, Failure, Output, Prediction, RepOutput

REP = RepCase(
    id="r-1",
    task="rep",
    split="dev",
    cluster="rep Ilse",
    input=RepPacket(rep="Ilse", deal_notes=("I knock off five.",)),
    expected={
        "competency": "negotiation",
        "gap": "skill",
        "sub_type": None,
        "self_view": "unclear",
        "key_quotes": ["I knock off five."],
        "labels_without_behaviour": [],
        "prescription": "skill",
    },
)


def predicted(id_: str, output: Output | None, repeat: int = 0) -> Prediction:
    error = None if output else Failure(code="engine_failed", detail="none")
    return Prediction(id=id_, repeat=repeat, task="deal", output=output, error=error, engine="told", duration_ms=0)


def feedback(*shown: str) -> DealOutput:
    return DealOutput(statements=(), coverage=dict.fromkeys(Question, "missing"), claim="unproven", shown=shown)


def diagnosis(prescription: str) -> RepOutput:
    return RepOutput(
        competency="negotiation",
        gap="skill",
        sub_type=None,
        self_view="overrates",
        key_quotes=("I knock off five.", "It works."),
        labels_without_behaviour=(),
        prescription=prescription,
    )


def test_only_what_ends_in_a_question_mark_is_a_question_and_a_repeated_one_is_judged_once(
    deal_case: DealCase, criteria: Criteria
) -> None:
    output = feedback(
        "Ask Dana first.", "What did Dana sign? ", "Why? She said so.", "Who else?", "What did Dana sign? "
    )
    items = items_of([deal_case], {"d-1": [predicted("d-1", output)]}, criteria)
    expected = [
        f"d-1#0:shown.{place}:{criterion}"
        for place in (1, 3)
        for criterion in ("buyer_centred", "specific", "answerable")
    ]
    assert expected == [item.id for item in items]
    assert {deal_case.input.note} == {item.context for item in items}


def test_a_question_about_an_attack_is_judged_beside_the_attacked_note_and_grouped_with_its_base(
    attack_case: AttackCase, criteria: Criteria
) -> None:
    items = items_of([attack_case], {"a-1": [predicted("a-1", feedback("Who?"))]}, criteria)
    assert {(attack_case.input.note, "d-1")} == {(item.context, item.group) for item in items}


def test_a_prescription_is_judged_beside_its_diagnosis(criteria: Criteria) -> None:
    (item,) = items_of([REP], {"r-1": [predicted("r-1", diagnosis("Play the price call with her."), 2)]}, criteria)
    assert ("r-1#2:prescription:fitting", "fitting", "rep Ilse") == (item.id, item.criterion, item.group)
    expected = (
        'gap: skill\ncompetency: negotiation\nself-view: overrates\nkey quotes:\n- "I knock off five."\n- "It works."'
    )
    assert expected == item.context


def test_the_bare_name_of_a_gap_is_no_prose(criteria: Criteria) -> None:
    assert () == items_of([REP], {"r-1": [predicted("r-1", diagnosis("skill"))]}, criteria)


def test_a_case_that_failed_or_was_not_run_has_no_items(deal_case: DealCase, criteria: Criteria) -> None:
    assert () == items_of([deal_case, REP], {"d-1": [predicted("d-1", None)]}, criteria)


def test_repeats_that_ask_the_same_are_asked_once(deal_case: DealCase, criteria: Criteria) -> None:
    runs = [predicted("d-1", feedback("Who?"), repeat) for repeat in range(3)]
    items = items_of([deal_case], {"d-1": runs}, criteria)
    assert 9 == len(items)
    assert [item.id for item in items[:3]] == [item.id for item in asked_once(items).values()]
