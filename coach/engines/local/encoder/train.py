"""Fine-tunes the encoder on labelled texts; seeded, and resumable from the last finished epoch.

Only `coach engine train` imports it: it needs the dependency group `encoder-training`.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

from coach.engines.local.encoder.artefact import FORMAT
from coach.engines.local.encoder.example import Example
from coach.engines.local.encoder.labels import HEADS, KINDS, Head
from coach.engines.local.encoder.network import Network, vocabulary
from coach.engines.local.encoder.pieces import PLAIN, Pieces
from coach.engines.local.encoder.windows import Window, arrays, windows

_IGNORED = -100
_WEIGHTS = {"kind": 1.0, "verifiable": 0.15, "direction": 0.3, "informs": 0.25, "move": 1.0}
"""What an error of each head counts for."""
_BLOTTED, _LOWERED = 0.12, 0.1
"""Share of the words that are hidden at each step, and of the texts that lose their capitals."""
_BLOT, _LAST_MARK = 103, 999
"""The piece that hides a word; pieces up to the other are no words."""
_PROMISE = 1.5
"""What an error on a clause of a commitment counts for: it is rare."""
_SMOOTH = frozenset({"kind", "move"})
_SMOOTHED = 0.05
"""Share of their labels that is spread over the others: about one in twenty is wrong."""
_BATCH = 6
_WARM_UP = 0.08
_LAYERS = 6
_DECAY = 0.85
"""By how much each layer nearer to the words learns less."""
_HEADS_RATE = 1e-3


_SETTINGS = (_WEIGHTS, _BLOTTED, _LOWERED, _PROMISE, _SMOOTHED, _BATCH, _WARM_UP, _DECAY)


class Course(NamedTuple):
    """How long and how fast to learn."""

    epochs: int
    rate: float
    """Of the uppermost layer of the encoder."""
    heads_rate: float = _HEADS_RATE


FIRST = Course(epochs=5, rate=2e-4)
"""From the pretrained weights, on the texts that only ever train."""
SECOND = Course(epochs=3, rate=1e-4, heads_rate=3e-4)
"""From there on, with the cases that measure."""


class _Item(NamedTuple):
    window: Window
    targets: tuple[Mapping[str, str], ...]


State = dict[str, Any]
"""The weights of a network."""


def fit(  # noqa: PLR0913  each is a choice of the caller's
    examples: Sequence[Example],
    course: Course,
    seed: int,
    *,
    start: State | None = None,
    kept: Path | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> State:
    """Fine-tune.

    Args:
        examples: Labelled texts.
        course: How long and how fast.
        seed: Of the order of the texts, of new weights, and of what is dropped.
        start: Weights to go on from; the pretrained ones, with new heads, where None.
        kept: File of the last finished epoch: written after each, and gone on from where it is of this very training.
        progress: Told of each epoch.

    Returns:
        The weights. The same texts, course, seed and machine give the same; other machines add in another order.
    """
    torch.manual_seed(seed)
    network = Network()
    if start is not None:
        network.load_state_dict(start)
    items = _items(examples)
    batches = math.ceil(len(items) / _BATCH)
    optimiser = torch.optim.AdamW(_groups(network, course))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, _Slope(course.epochs * batches))
    mark = _mark(examples, course, seed, start)
    done = _resume(kept, mark, network, optimiser, schedule)
    network.train()
    for epoch in range(done, course.epochs):
        torch.manual_seed(seed * 1000 + epoch)
        losses = [_step(network, batch, optimiser, schedule) for batch in _batches(items, seed * 1000 + epoch)]
        progress(f"epoch {epoch + 1} of {course.epochs}: loss {sum(losses) / len(losses):.3f}")
        if kept is not None:
            states = [network.state_dict(), optimiser.state_dict(), schedule.state_dict()]
            # Beside it and then in its place: what is there is always whole.
            torch.save({"mark": mark, "epoch": epoch + 1, "states": states}, kept.with_suffix(".new"))
            kept.with_suffix(".new").replace(kept)
    return {name: value.clone() for name, value in network.state_dict().items()}


class _Slope:
    """Rises over the first steps, then falls to nothing."""

    def __init__(self, steps: int) -> None:
        self._steps = steps

    def __call__(self, step: int) -> float:
        return min(1.0, (step + 1) / (_WARM_UP * self._steps)) * max(0.0, 1 - step / self._steps)


def _items(examples: Sequence[Example]) -> list[_Item]:
    pieces = Pieces(Tokenizer.from_str(vocabulary()))
    found = []
    for view, targets in examples:
        sheet = pieces.read(*view)
        found += [_Item(window, tuple(targets[placed.unit] for placed in window.units)) for window in windows(sheet)]
    return [one for one in found if any(one.targets)]


def _groups(network: Network, course: Course) -> list[dict[str, Any]]:
    groups = []
    for name, parameter in network.named_parameters():
        if name.startswith("encoder.encoder.layer."):
            rate = course.rate * _DECAY ** (_LAYERS - 1 - int(name.split(".")[3]))
        elif name.startswith("encoder."):
            rate = course.rate * _DECAY**_LAYERS
        else:
            rate = course.heads_rate
        groups.append({"params": [parameter], "lr": rate, "weight_decay": 0.01 if parameter.dim() > 1 else 0.0})
    return groups


def _batches(items: Sequence[_Item], seed: int) -> list[list[_Item]]:
    """Shuffled, and of windows of like length: less is padded."""
    dice = random.Random(seed)  # noqa: S311  an order that anyone can repeat
    order = list(items)
    dice.shuffle(order)
    far = 10 * _BATCH
    sorted_within = [
        sorted(order[at : at + far], key=lambda one: len(one.window.ids)) for at in range(0, len(order), far)
    ]
    batches = [lot[at : at + _BATCH] for lot in sorted_within for at in range(0, len(lot), _BATCH)]
    dice.shuffle(batches)
    return batches


def _step(
    network: Network,
    batch: Sequence[_Item],
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
) -> float:
    fed = {name: torch.from_numpy(array) for name, array in arrays([one.window for one in batch]).items()}
    _blot(fed)
    with torch.autocast("cpu", torch.bfloat16):
        scores = network(**fed, counts=torch.tensor([len(one.window.units) for one in batch]))
    loss = torch.zeros(())
    for head, score in zip(HEADS, scores, strict=True):
        weight = _class_weights() if head.name == "kind" else None
        wanted = _wanted([one.targets for one in batch], head, score.shape[1])
        loss = loss + _WEIGHTS[head.name] * _loss(score.flatten(0, 1), wanted, weight, smooth=head.name in _SMOOTH)
    optimiser.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    schedule.step()
    return float(loss.detach())


def _blot(fed: dict[str, torch.Tensor]) -> None:
    """Hide some words, and in some texts all capitals: nothing learned must hang on a single word or on tidiness."""
    ids, capitals = fed["ids"], fed["capitals"]
    hidden = (torch.rand(ids.shape) < _BLOTTED) & (ids > _LAST_MARK)
    ids[hidden] = _BLOT
    capitals[torch.rand(len(capitals)) < _LOWERED] = PLAIN


def _loss(
    score: torch.Tensor, wanted: torch.Tensor, weight: torch.Tensor | None = None, *, smooth: bool
) -> torch.Tensor:
    if bool((wanted == _IGNORED).all()):
        return torch.zeros(())
    return functional.cross_entropy(
        score.float(), wanted, weight, ignore_index=_IGNORED, label_smoothing=_SMOOTHED if smooth else 0.0
    )


def _wanted(targets: Sequence[Sequence[Mapping[str, str]]], head: Head, width: int) -> torch.Tensor:
    """The column of each unit, row by row."""
    wanted = np.full((len(targets), width), _IGNORED, np.int64)
    for row, units in enumerate(targets):
        for place, target in enumerate(units):
            if head.name in target:
                wanted[row, place] = head.classes.index(target[head.name])
    return torch.from_numpy(wanted.reshape(-1))


def _class_weights() -> torch.Tensor:
    return torch.tensor([_PROMISE if name.endswith("buyer_commitment") else 1.0 for name in KINDS])


def _mark(examples: Sequence[Example], course: Course, seed: int, start: State | None) -> str:
    """What tells one training from another."""
    said = json.dumps([FORMAT, _SETTINGS, examples, course, seed], default=str)
    weights = b"".join(value.numpy().tobytes() for value in start.values()) if start else b""
    return hashlib.sha256(said.encode() + weights).hexdigest()


def _resume(kept: Path | None, mark: str, *stateful: Any) -> int:  # noqa: ANN401  network, optimiser, schedule
    """Load the last finished epoch of this training; returns how many are done."""
    if kept is None or not kept.exists():
        return 0
    saved = torch.load(kept, weights_only=True)
    if saved["mark"] != mark:
        return 0
    for one, state in zip(stateful, saved["states"], strict=True):
        one.load_state_dict(state)
    return int(saved["epoch"])
