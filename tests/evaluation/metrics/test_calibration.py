"""Whether confidence keeps its word, by hand and against scikit-learn."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from sklearn.metrics import brier_score_loss

from coach.domain import Gap, Kind, Move, Verdict
from coach.errors import NotMeasured
from coach.evaluation.case import AttackCase, DealCase, RepCase, TalkCase
from coach.evaluation.metrics import Point, calibrate, points
from coach.evaluation.metrics.calibration import Bin
from coach.evaluation.prediction import DealOutput, RepOutput


def test_a_statement_is_right_where_it_is_matched_to_one_of_its_kind(deal_case: DealCase, statement: Callable) -> None:
    note = deal_case.input.note
    read = DealOutput(
        statements=(
            statement(note, "They love us", Kind.BUYER_ACTION, 0.4),
            statement(note, "Dana signed the order", Kind.BUYER_ACTION, 0.9),
            statement(note, "I sent a deck", Kind.SELLER_ACTION),
            statement(note, ". T", Kind.SELLER_OPINION, 0.2),
        ),
        coverage=deal_case.expected.coverage,
        claim=Verdict.UNPROVEN,
        shown=(),
    )
    # In text order: right; no confidence; overlaps «They love us» by one of three; another kind.
    assert (Point(0.9, True), Point(0.2, False), Point(0.4, False)) == points(deal_case, read)


def test_a_gap_and_a_move_are_points_too(
    rep_case: RepCase, diagnosis: RepOutput, talk_case: TalkCase, talk: Callable
) -> None:
    assert () == points(rep_case, diagnosis)
    sure = diagnosis.model_copy(update={"confidence": 0.7})
    assert (Point(0.7, True),) == points(rep_case, sure)
    assert (Point(0.7, False),) == points(rep_case, sure.model_copy(update={"gap": Gap.WILL}))
    read = talk(("What did Dana do?", Move.BUYER_QUESTION), ("Send the", Move.TAKEOVER), confidence=0.5)
    assert (Point(0.5, True), Point(0.5, False)) == points(talk_case, read)


def test_without_an_output_and_for_an_attack_there_is_no_point(
    deal_case: DealCase, attack_case: AttackCase, output: Callable
) -> None:
    assert () == points(deal_case, None)
    assert () == points(attack_case, output(deal_case))


def test_calibration_worked_by_hand() -> None:
    found = calibrate([Point(0.9, True), Point(0.95, False), Point(1.0, True), Point(0.3, False), Point(0.0, False)])
    # Squared errors 0.01, 0.9025, 0, 0.09, 0.
    assert pytest.approx(1.0025 / 5) == found.brier
    # The last bin: mean confidence 0.95, accuracy 2/3, 3 of 5; 0.3 against 0; 0 against 0.
    assert pytest.approx(3 / 5 * (0.95 - 2 / 3) + 1 / 5 * 0.3) == found.ece
    assert found.n == 5
    assert [1, 0, 0, 1, 0, 0, 0, 0, 0, 3] == [one.n for one in found.bins]
    assert Bin(low=0.3, high=0.4, n=1, confidence=0.3, accuracy=0.0) == found.bins[3]
    assert Bin(low=0.4, high=0.5, n=0, confidence=None, accuracy=None) == found.bins[4]
    assert pytest.approx(0.95) == found.bins[9].confidence
    assert pytest.approx(2 / 3) == found.bins[9].accuracy


def test_errors_that_cancel_out_in_a_bin_are_no_error_of_calibration() -> None:
    # Half of the answers at fifty per cent are right, though none of them could be told from the others.
    found = calibrate([Point(0.5, True), Point(0.5, False)])
    assert (0, 0.25) == (found.ece, found.brier)


def test_the_brier_score_is_scikit_learns() -> None:
    rng = random.Random(2)  # noqa: S311  statistics, not secrets
    answers = [Point(confidence, rng.random() < confidence) for confidence in (rng.random() for _ in range(300))]
    confidence, right = zip(*answers, strict=True)
    assert pytest.approx(brier_score_loss(right, confidence)) == calibrate(answers).brier


def test_an_engine_that_keeps_its_word_is_calibrated_and_a_boaster_is_not() -> None:
    rng = random.Random(4)  # noqa: S311  statistics, not secrets
    drawn = [rng.random() for _ in range(5000)]
    assert calibrate([Point(p, rng.random() < p) for p in drawn]).ece < 0.03
    assert pytest.approx(0.5, abs=0.03) == calibrate([Point(1.0, rng.random() < 0.5) for _ in drawn]).ece


def test_without_a_confidence_there_is_nothing_to_measure() -> None:
    with pytest.raises(NotMeasured, match="confidence"):
        calibrate([])
