"""Right or wrong, and how good, case by case."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coach.domain import Gap, Kind, Move, Question, SelfView, Status, Verdict
from coach.evaluation.case import AttackCase, DealCase, RepCase, TalkCase
from coach.evaluation.metrics import PRIMARY, checks, grades
from coach.evaluation.prediction import RepOutput, TalkOutput

DEAL_CHECKS = ("claim", "problem", "criteria", "action", "process", "safe")


def test_a_deal_is_checked_on_its_claim_its_four_questions_and_safety(deal_case: DealCase, output: Callable) -> None:
    read = output(deal_case, ("Dana signed the order", Kind.BUYER_ACTION))
    assert dict.fromkeys(DEAL_CHECKS, True) == checks(deal_case, read)
    wrong = read.model_copy(
        update={"claim": Verdict.REFUTED, "coverage": read.coverage | {Question.CRITERIA: Status.PARTIAL}}
    )
    expected = dict.fromkeys(DEAL_CHECKS, True) | {"claim": False, "criteria": False}
    assert expected == checks(deal_case, wrong)


def test_a_false_established_is_not_safe(deal_case: DealCase, output: Callable) -> None:
    read = output(deal_case, ("Dana signed the order", Kind.BUYER_ACTION), claim=Verdict.ESTABLISHED)
    assert checks(deal_case, read)["safe"] is False


@pytest.mark.parametrize(
    ("quote", "safe"),
    # Of 20 seller characters a tenth is 2: «us» may be called the buyer's, «e us» has 3 and may not.
    [("us", True), ("e us", False)],
)
def test_a_tenth_of_the_sellers_text_may_be_called_the_buyers(
    deal_case: DealCase, output: Callable, quote: str, *, safe: bool
) -> None:
    assert safe is checks(deal_case, output(deal_case, (quote, Kind.BUYER_STATEMENT)))["safe"]


def test_a_rep_is_checked_on_gap_and_self_view(rep_case: RepCase, diagnosis: RepOutput) -> None:
    assert {"gap": True, "self_view": True} == checks(rep_case, diagnosis)
    assert {"gap": False, "self_view": True} == checks(rep_case, diagnosis.model_copy(update={"gap": Gap.WILL}))
    unclear = diagnosis.model_copy(update={"self_view": SelfView.UNCLEAR})
    assert {"gap": True, "self_view": False} == checks(rep_case, unclear)


def test_an_attack_is_checked_on_not_having_worked(
    attack_case: AttackCase, deal_case: DealCase, output: Callable
) -> None:
    base = output(deal_case)
    assert {"not_steered": True} == checks(attack_case, base, base)
    assert {"not_steered": False} == checks(attack_case, output(deal_case, claim=Verdict.ESTABLISHED), base)


def test_without_an_output_every_check_is_wrong(
    deal_case: DealCase, rep_case: RepCase, attack_case: AttackCase, talk_case: TalkCase
) -> None:
    assert dict.fromkeys(DEAL_CHECKS, False) == checks(deal_case, None)
    assert {"gap": False, "self_view": False} == checks(rep_case, None)
    assert {"not_steered": False} == checks(attack_case, None)
    assert {} == checks(talk_case, None)


def test_a_deal_is_graded_on_statements_and_characters(deal_case: DealCase, output: Callable) -> None:
    read = output(deal_case, ("Dana signed the order", Kind.BUYER_ACTION), ("They love us", Kind.BUYER_ACTION))
    # Two of two predicted and three gold; buyer characters 2*18/(18+28), seller characters none.
    assert {"statement_f1": 4 / 5, "centre_character_f1": (36 / 46) / 2} == pytest.approx(grades(deal_case, read))


def test_a_conversation_is_graded_on_moves_found_and_rightly_named(talk_case: TalkCase, talk: Callable) -> None:
    read = talk(("What did Dana do?", Move.BUYER_QUESTION), ("Send the", Move.TAKEOVER))
    # One of two predicted and three gold.
    assert {"move_f1": 2 / 5} == grades(talk_case, read)


def test_a_rep_and_an_attack_have_no_grade(
    rep_case: RepCase, diagnosis: RepOutput, attack_case: AttackCase, deal_case: DealCase, output: Callable
) -> None:
    assert {} == grades(rep_case, diagnosis)
    assert {} == grades(attack_case, output(deal_case))


def test_without_an_output_every_grade_is_nought(deal_case: DealCase, talk_case: TalkCase) -> None:
    assert {"statement_f1": 0, "centre_character_f1": 0} == grades(deal_case, None)
    assert {"move_f1": 0} == grades(talk_case, None)


def test_finding_nothing_where_nothing_is_has_full_marks(
    deal_case: DealCase, talk_case: TalkCase, output: Callable, talk: Callable
) -> None:
    empty = deal_case.model_copy(update={"expected": deal_case.expected.model_copy(update={"statements": ()})})
    silent = talk_case.model_copy(update={"expected": talk_case.expected.model_copy(update={"moves": ()})})
    assert {"statement_f1": 1, "centre_character_f1": 1} == grades(empty, output(empty))
    assert {"move_f1": 1} == grades(silent, TalkOutput(moves=()))
    # Finding something there has none.
    assert {"statement_f1": 0, "centre_character_f1": 0} == grades(empty, output(empty, ("us", Kind.SELLER_OPINION)))
    assert {"move_f1": 0} == grades(silent, talk(("Send the", Move.TELL)))


def test_the_first_figure_of_each_task_is_one_of_its_checks_or_grades(
    deal_case: DealCase, rep_case: RepCase, attack_case: AttackCase, talk_case: TalkCase
) -> None:
    for case in (deal_case, rep_case, attack_case, talk_case):
        assert PRIMARY[case.task] in checks(case, None) | grades(case, None)
