"""Trains the encoder in two courses: on the texts that only ever train, once; then on the cases of each fold.

So a cross-validation costs one long training and, for each fold, a short one.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from coach.engines.base import TaskName
from coach.engines.local.encoder.labels import PRETRAINED
from coach.engines.local.encoder.scale import Scale, log_odds
from coach.errors import NotMeasured
from coach.evaluation.case import DealCase, LabelledCase, TalkCase
from coach.evaluation.metrics.calibration import Point, span_points
from coach.evaluation.training import fit, labelled_note, labelled_talk

if TYPE_CHECKING:
    from coach.engines.local import LocalEngine
    from coach.engines.local.encoder.example import Example
    from coach.engines.local.encoder.train import State

_TASKS: tuple[TaskName, ...] = ("deal", "talk")
"""What the encoder reads."""
_FEWEST = 50
"""Answers that a scale needs."""


class EncoderTraining:
    """One run of `coach engine train`."""

    def __init__(
        self,
        training: Sequence[LabelledCase],
        lexicon: Mapping[str, Sequence[str]],
        seed: int,
        kept: Path | None,
        progress: Callable[[str], None],
    ) -> None:
        """Prepare, without training anything.

        Args:
            training: Texts that only ever train.
            lexicon: The rubric's words, by category.
            seed: Of what is random.
            kept: Folder to keep unfinished work in, and to go on from; nothing is kept where None.
            progress: Told of each epoch.

        Raises:
            NotMeasured: what it trains with is not installed.
        """
        try:
            import onnx  # noqa: F401, PLC0415
            import torch  # noqa: F401, PLC0415
            import transformers  # noqa: F401, PLC0415

            import_module(PRETRAINED)
        except ImportError as error:
            raise NotMeasured(
                f"the encoder cannot be trained, since {error.name} is not installed; install the dependency group "
                "encoder-training (CONTRIBUTING says how), or leave the encoder out with --no-encoder"
            ) from None
        self._training = training
        self._lexicon = lexicon
        self._seed = seed
        self._kept = kept
        self._progress = progress
        self._made = 0
        """How many artefacts were asked for: the same command asks for them in the same order."""

    def artefact(self, cases: Sequence[LabelledCase]) -> bytes:
        """Train on the texts that only ever train, and then on cases, with as many of those texts again."""
        from coach.engines.local.encoder.export import export  # noqa: PLC0415  needs what reading does not
        from coach.engines.local.encoder.train import SECOND  # noqa: PLC0415
        from coach.engines.local.encoder.train import fit as fine_tune  # noqa: PLC0415

        own = [one for one in cases if one.task in _TASKS]
        again = [one for one in self._training if one.task in _TASKS]
        random.Random(self._seed).shuffle(again)  # noqa: S311  a choice that anyone can repeat
        examples = self._examples([*own, *again[: len(own)]])
        self._made += 1
        kept = self._kept_as(f"second-{self._made}.pt")
        state = fine_tune(examples, SECOND, self._seed, start=self._base, kept=kept, progress=self._progress)
        scales: dict[str, Scale] = {task: scale_of(list(self._unseen(task, cases))) for task in _TASKS}
        return export(state, self._texts(cases), scales)

    @cached_property
    def _base(self) -> State:
        from coach.engines.local.encoder.train import FIRST  # noqa: PLC0415
        from coach.engines.local.encoder.train import fit as fine_tune  # noqa: PLC0415

        kept = self._kept_as("first.pt")
        return fine_tune(self._examples(self._training), FIRST, self._seed, kept=kept, progress=self._progress)

    def _kept_as(self, name: str) -> Path | None:
        """Where a course keeps what it has done; None where nothing is kept."""
        if self._kept is None:
            return None
        self._kept.mkdir(parents=True, exist_ok=True)
        return self._kept / name

    @cached_property
    def _first(self) -> LocalEngine:
        """An engine that has seen no case: what it is sure of tells how sure one may be."""
        from coach.engines.local.encoder.export import export  # noqa: PLC0415

        small = fit([one for one in self._training if one.task in _TASKS], self._lexicon, self._seed, {})
        return small._replace(encoder=export(self._base, self._texts(()), {})).engine(self._lexicon)

    def _unseen(self, task: str, cases: Sequence[LabelledCase]) -> Iterator[Point]:
        """What an engine that has seen no case was how sure of, and whether it was right."""
        for case in cases:
            if task == "deal" and isinstance(case, DealCase):
                yield from span_points("kind", case.expected.statements, self._first.read(case.input).labels)
            elif task == "talk" and isinstance(case, TalkCase):
                yield from span_points("move", case.expected.moves, self._first.read_moves(case.input))

    def _texts(self, cases: Sequence[LabelledCase]) -> dict[str, int]:
        return Counter(str(one.task) for one in [*cases, *self._training] if one.task in _TASKS)

    def _examples(self, cases: Sequence[LabelledCase]) -> list[Example]:
        from coach.engines.local import train as deals  # noqa: PLC0415
        from coach.engines.local.moves import train as moves  # noqa: PLC0415

        found = [deals.example(labelled_note(case), self._lexicon) for case in cases if isinstance(case, DealCase)]
        return found + [moves.example(labelled_talk(case)) for case in cases if isinstance(case, TalkCase)]


def scale_of(answers: Sequence[Point]) -> Scale:
    """The scale on which these answers would have been as sure as they were right; as it is where they are too few."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  needs what reading does not

    right = [one.right for one in answers]
    if len(answers) < _FEWEST or len(set(right)) < 2:
        return Scale()
    model = LogisticRegression(C=1e6).fit([[log_odds(one.confidence)] for one in answers], right)
    return Scale(round(float(model.coef_[0][0]), 3), round(float(model.intercept_[0]), 3))
