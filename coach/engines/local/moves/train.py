"""Trains the reader of moves on labelled conversations; the same conversations give the same artefact.

The codebook's own examples are trained on too: few conversations show every way to make a move.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pycrfsuite

from coach.domain import MoveLabel
from coach.engines.local.encoder.example import Example as Seen
from coach.engines.local.encoder.views import view_talk
from coach.engines.local.moves.artefact import pack
from coach.engines.local.moves.examples import Example, examples
from coach.engines.local.moves.features import describe, describe_alone
from coach.engines.local.moves.sentence import lower_words, read_sentence
from coach.engines.local.moves.tagger import OUTSIDE
from coach.engines.local.moves.units import Talk, take_apart
from coach.engines.local.moves.words import Reading, plain
from coach.text.segment import tokens
from coach.text.span import Span


class LabelledTalk(NamedTuple):
    """A conversation and what an annotator marked in it."""

    text: str
    """The transcript."""
    spans: Sequence[Span]
    """The manager's turns, without the labels of their lines."""
    moves: Sequence[MoveLabel]
    """Gold moves."""


class _Model(NamedTuple):
    """How one of the sequence models is regularised; they err differently, which is why they are averaged."""

    l1: float
    l2: float


_MODELS = (_Model(0.0, 1.0), _Model(1.0, 1.0), _Model(0.3, 0.3), _Model(0.0, 4.0))
_ITERATIONS = 100
_SPREAD = 2
"""A word is a feature by itself once the managers of this many conversations said it."""


def fit(conversations: Sequence[LabelledTalk], seed: int) -> bytes:
    """Train the sequence models.

    Args:
        conversations: Labelled conversations.
        seed: Taken so that every reader is trained alike; nothing in this training is random.

    Returns:
        The artefact.
    """
    del seed
    known = _known_words(conversations)
    talks = [take_apart(one.text, one.spans) for one in conversations]
    readings = [Reading(one.text, known, talk.reps) for one, talk in zip(conversations, talks, strict=True)]
    whole = list(zip(conversations, talks, readings, strict=True))
    vocabulary = _vocabulary(whole)
    sequences = [
        (describe(one.text, talk, reading, vocabulary), [_tag(unit.span, one.moves) for unit in talk.units])
        for one, talk, reading in whole
    ]
    sequences += [
        ([_described(one, known, vocabulary)], [one.move.value if one.move else OUTSIDE]) for one in examples()
    ]
    models = tuple(_fit_model(sequences, settings) for settings in _MODELS)
    return pack(known, vocabulary, models, len(conversations))


def example(one: LabelledTalk) -> Seen:
    """A labelled conversation as the encoder trains on it."""
    own = [unit.span for unit in take_apart(one.text, one.spans).units]
    view = view_talk(one.text, own)
    moves = {span: _tag(span, one.moves) for span in own}
    return Seen(view, tuple({"move": moves[span]} if span in moves else {} for span in view.spans))


def _known_words(conversations: Sequence[LabelledTalk]) -> frozenset[str]:
    return frozenset(
        plain(word).split("'")[0]
        for one in conversations
        for token in tokens(one.text)
        if (word := one.text[token.start : token.end])[0].islower()
    )


def _vocabulary(whole: Sequence[tuple[LabelledTalk, Talk, Reading]]) -> frozenset[str]:
    counts: Counter[str] = Counter()
    for one, talk, reading in whole:
        counts.update(
            {word for unit in talk.units for word in reading.words(one.text[unit.span.start : unit.span.end])}
        )
    return frozenset(word for word, count in counts.items() if count >= _SPREAD)


def _described(one: Example, known: frozenset[str], vocabulary: frozenset[str]) -> list[str]:
    """Features of an example, which has no names."""
    reading = Reading(one.text, known | frozenset(lower_words(one.text)), ())
    return describe_alone(read_sentence(reading, one.text), vocabulary)


def _tag(span: Span, moves: Sequence[MoveLabel]) -> str:
    """The move that shares most with a sentence, if that is half of the shorter of the two."""
    best = max(moves, key=lambda move: _overlap(span, move), default=None)
    if best is None or 2 * _overlap(span, best) < min(span.end - span.start, best.end - best.start):
        return OUTSIDE
    return best.move.value


def _overlap(span: Span, move: MoveLabel) -> int:
    return min(span.end, move.end) - max(span.start, move.start)


def _fit_model(sequences: Sequence[tuple[list[list[str]], list[str]]], settings: _Model) -> bytes:
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params(
        {
            "c1": settings.l1,
            "c2": settings.l2,
            "max_iterations": _ITERATIONS,
            "feature.possible_transitions": True,
        }
    )
    for features, tags in sequences:
        if tags:
            trainer.append(pycrfsuite.ItemSequence(features), tags)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        trainer.train(str(path))
        return path.read_bytes()
