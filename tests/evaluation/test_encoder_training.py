"""Training the encoder: the scale of its confidence, and what is said where it cannot be trained."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from coach.engines.local.encoder.labels import PRETRAINED
from coach.engines.local.encoder.scale import Scale, log_odds
from coach.errors import NotMeasured
from coach.evaluation.encoder_training import EncoderTraining, scale_of
from coach.evaluation.metrics.calibration import Point

NEEDED = ("onnx", "torch", "transformers", PRETRAINED)


def answers(confidence: float, right: int, wrong: int) -> list[Point]:
    return [Point(confidence, right=True)] * right + [Point(confidence, right=False)] * wrong


def test_an_engine_too_sure_of_itself_is_made_as_sure_as_it_is_right() -> None:
    scale = scale_of(answers(0.9, 75, 25) + answers(0.6, 50, 50))
    # The line through (log-odds of 0.9, log-odds of 0.75) and (log-odds of 0.6, 0).
    slope = log_odds(0.75) / (log_odds(0.9) - log_odds(0.6))
    assert pytest.approx((slope, -slope * log_odds(0.6)), abs=2e-3) == scale
    assert pytest.approx((0.75, 0.5), abs=2e-3) == (scale(0.9), scale(0.6))
    assert slope < 1


def test_an_engine_too_unsure_of_itself_is_made_surer() -> None:
    scale = scale_of(answers(0.7, 90, 10) + answers(0.4, 20, 80))
    assert pytest.approx((0.9, 0.2), abs=2e-3) == (scale(0.7), scale(0.4))
    assert scale.slope > 1


def test_an_engine_that_is_as_sure_as_it_is_right_stays_so() -> None:
    scale = scale_of(answers(0.9, 90, 10) + answers(0.6, 60, 40) + answers(0.2, 20, 80))
    assert pytest.approx(Scale(), abs=2e-3) == scale


def test_on_average_the_scaled_confidence_is_the_share_that_is_right() -> None:
    told = answers(0.99, 60, 30) + answers(0.8, 20, 5) + answers(0.5, 10, 40) + answers(1.0, 8, 2) + answers(0.0, 1, 9)
    scale = scale_of(told)
    assert scale != Scale()
    assert pytest.approx(99 / 185, abs=2e-3) == sum(scale(one.confidence) for one in told) / len(told)


@pytest.mark.parametrize(
    "told",
    [
        pytest.param([], id="no answer"),
        pytest.param(answers(0.9, 25, 24), id="too few"),
        pytest.param(answers(0.9, 200, 0), id="all right"),
        pytest.param(answers(0.9, 0, 200), id="all wrong"),
    ],
)
def test_answers_that_tell_nothing_leave_the_confidence_as_it_is(told: list[Point]) -> None:
    assert Scale() == scale_of(told)
    assert pytest.approx(0.9) == scale_of(told)(0.9)


def test_fifty_answers_are_enough() -> None:
    assert pytest.approx(0.5, abs=2e-3) == scale_of(answers(0.9, 25, 25))(0.9)


@pytest.mark.parametrize("missing", NEEDED)
def test_what_is_missing_for_training_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    for name in NEEDED:
        monkeypatch.setitem(sys.modules, name, None if name == missing else ModuleType(name))
    with pytest.raises(NotMeasured) as raised:
        EncoderTraining((), {}, 7, None, print)
    expected = (
        f"the encoder cannot be trained, since {missing} is not installed; install the dependency group "
        "encoder-training (CONTRIBUTING says how), or leave the encoder out with --no-encoder"
    )
    assert expected == str(raised.value)
    # What is raised is the message alone, without the import's own traceback.
    assert raised.value.__suppress_context__


def test_to_prepare_trains_nothing_and_writes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in NEEDED:
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    told: list[str] = []
    EncoderTraining((), {}, 7, tmp_path / "work", told.append)
    assert ([], []) == (told, list(tmp_path.iterdir()))
