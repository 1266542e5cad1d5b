"""How much a stretch sounds like speech to whoever reads a note, not like news of a deal: learned from passages.

A linear model over words, pairs of words, their beginnings and ends, and the marks in a stretch; what trained it is in
`evals/passages/training.jsonl`, and `coach engine train-register` trains it again.
"""

from __future__ import annotations

import json
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

ARTEFACT = Path(__file__).with_name("register.bin")

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
# Scripts that put no space between words are read in pairs of letters.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]+")
_SHORT, _LONG = 4, 6


class _Model(NamedTuple):
    weights: Mapping[str, tuple[float, float]]
    """For each feature, how rare it is and how much it weighs."""
    bias: float
    threshold: float


def score(form: str, kinds: Iterable[str]) -> float:
    """How much a stretch sounds so: from 0 on it is suspected, and each point more is e times the odds.

    Args:
        form: The stretch, folded.
        kinds: Kinds of the marks in it.
    """
    model = _model()
    total = norm = 0.0
    for feature, count in Counter(filter(model.weights.__contains__, features(form, kinds))).items():
        rarity, weight = model.weights[feature]
        value = (1 + math.log(count)) * rarity
        norm += value * value
        total += value * weight
    return (total / math.sqrt(norm) if norm else 0.0) + model.bias - model.threshold


def features(form: str, kinds: Iterable[str]) -> Iterator[str]:
    """What the model looks at, each as often as it occurs."""
    before = ""
    for word in _TOKEN.findall(form):
        token = "#" if word.isdigit() else word
        yield token
        if before:
            yield f"{before} {token}"
        if len(token) > _SHORT:
            yield f"{token[:_SHORT]}*"
            yield f"*{token[-_SHORT:]}"
            if len(token) > _LONG:
                yield f"{token[:_LONG]}*"
        before = token
    for run in _UNSPACED.findall(form):
        yield from (run[at : at + 2] for at in range(len(run) - 1))
    yield from (f"<{kind}>" for kind in kinds)


def packed(weights: Mapping[str, tuple[float, float]], bias: float, threshold: float) -> bytes:
    """The artefact of a trained model."""
    rows = {name: [round(rarity, 2), round(weight, 2)] for name, (rarity, weight) in sorted(weights.items())}
    content = {"bias": round(bias, 4), "threshold": round(threshold, 4), "weights": rows}
    return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 9)


@cache
def _model() -> _Model:
    content = json.loads(zlib.decompress(ARTEFACT.read_bytes()))
    weights = {name: (rarity, weight) for name, (rarity, weight) in content["weights"].items()}
    return _Model(weights, content["bias"], content["threshold"])
