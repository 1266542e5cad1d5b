"""Trains the reader of rep packets; the same packets, cues, examples and seed give the same artefact.

The only module of the reader that needs the training libraries, and it imports them when it is called. Two floors: one
classifier says of each sentence which signal it bears, and others what the signals, cues and figures of a packet come
to. What the upper floor learns from is what the lower one says of packets that it was not trained on.
"""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from coach.domain import Competency, Gap
from coach.engines.local.packets.artefact import pack
from coach.engines.local.packets.cues import cue_words, read_cues
from coach.engines.local.packets.decide import cheapest
from coach.engines.local.packets.examples import read_examples
from coach.engines.local.packets.features import (
    NOTHING,
    competency_features,
    evidence_features,
    motive_features,
    packet_features,
    self_features,
    sentence_features,
)
from coach.engines.local.packets.fitting import blend, fit_table
from coach.engines.local.packets.labelled import LabelledPacket
from coach.engines.local.packets.linear import Table, table
from coach.engines.local.packets.pages import Page, Pages, Sentence
from coach.engines.local.packets.weak import weak_signal


class _Voter(NamedTuple):
    """One of the classifiers of the gap; they err differently, which is why their scores are averaged."""

    sees: tuple[str, ...]
    """How the names of the features begin that it is told of."""
    strength: float
    """Inverse regularisation."""
    share: float
    examples: bool
    """Whether it trains on made-up packets, too: they have the sentences of real ones, and not the shape."""


_EVIDENCE = ("e:", "x:")
_VOTERS = (
    _Voter(_EVIDENCE, 2.0, 0.4, examples=True),
    _Voter((*_EVIDENCE, "s:", "r:"), 1.0, 0.3, examples=False),
    _Voter((*_EVIDENCE, "s:", "r:", "c:", "f:"), 0.3, 0.3, examples=False),
)
_STRENGTHS = {"competency": 2.0, "self_view": 1.0, "sub_type": 1.0, "signal": 0.15}
"""Inverse regularisation of the other classifiers: many features, few packets."""
_FOLDS = 4
_TEMPERATURES = tuple(round(0.5 + 0.1 * step, 1) for step in range(16))
_WANTED, _MOST_ABSTAINED = 0.75, 0.15
"""How often the gap should be right where the reader does not abstain, and the share that it may abstain from."""
_LEAST_PACKETS, _LEAST_SENTENCES = 2, 3
"""How many packets have a word that counts as known, and how many sentences a feature that counts."""
_DOUBT = 2.0
"""Packets by which the lift of a signal is drawn towards none."""


class _Read(NamedTuple):
    """A training packet, taken apart."""

    labelled: LabelledPacket
    page: Page
    is_example: bool
    described: Sequence[Mapping[str, float]]
    """Its sentences."""
    signals: Sequence[str]
    """Of its sentences."""


def fit(packets: Sequence[LabelledPacket], seed: int, examples: Sequence[LabelledPacket] | None = None) -> bytes:
    """Train the classifiers.

    Args:
        packets: Labelled packets.
        seed: Of how packets are dealt into folds inside.
        examples: Made-up packets that train beside them; those of `examples.yaml` where None.

    Returns:
        The artefact.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # noqa: PLC0415  as scikit-learn

    cues = read_cues()
    examples = read_examples() if examples is None else examples
    known = _known_words([*packets, *examples]) | cue_words(cues)
    pages = Pages(cues, known)
    read = [_take_apart(one, pages, is_example=False) for one in packets]
    read += [_take_apart(one, pages, is_example=True) for one in examples]
    # Sums of floats depend on how threads share them.
    with threadpool_limits(1):
        content = _fit_all(read, seed)
    return pack({**content, "cues": cues, "known_words": sorted(known), "packets": len(packets)})


def _known_words(packets: Sequence[LabelledPacket]) -> frozenset[str]:
    counts: Counter[str] = Counter()
    for one in packets:
        counts.update(
            {word for text in one.packet.texts() for word in re.findall(r"(?<![^\W\d_])[a-z][^\W\d_]*", text)}
        )
    return frozenset(word for word, count in counts.items() if count >= _LEAST_PACKETS)


def _take_apart(one: LabelledPacket, pages: Pages, *, is_example: bool) -> _Read:
    page = pages.read(one.packet)
    described = [sentence_features(page, index) for index in range(len(page.sentences))]
    return _Read(one, page, is_example, described, [_signal(one, sentence) for sentence in page.sentences])


def _signal(one: LabelledPacket, sentence: Sentence) -> str:
    text = dict(one.packet.fields())[sentence.field]
    if one.signals:
        marked = [(mark.quote, mark.signal) for mark in one.signals if mark.field == sentence.field]
        return next((signal for quote, signal in marked if _covers(text, quote, sentence)), NOTHING)
    is_key = any(_covers(text, quote, sentence) for quote in one.key_quotes)
    is_label = any(_covers(text, quote, sentence) for quote in one.labels)
    return weak_signal(sentence, one.gap, is_key=is_key, is_label=is_label)


def _covers(text: str, quote: str, sentence: Sentence) -> bool:
    """Whether a quote and a sentence share at least half of the shorter one."""
    start = text.find(quote)
    if start < 0:
        return False
    shared = min(start + len(quote), sentence.end) - max(start, sentence.start)
    return 2 * shared >= min(len(quote), sentence.end - sentence.start)


def _fit_all(read: Sequence[_Read], seed: int) -> dict[str, Any]:
    folds = _deal(len(read), seed)
    described = _described(read, folds)
    real = [(one, each) for one, each in zip(read, described, strict=True) if not one.is_example]
    unseen = _unseen(read, described, folds)
    scored = [(one, classifier, each) for (one, each), classifier in zip(real, unseen, strict=True)]
    judged = [one for one in scored if not one[0].labelled.for_cues] or scored
    temperature = min(_TEMPERATURES, key=lambda degrees: _loss(judged, degrees))
    gaps = [classifier.probabilities(each, temperature) for _, classifier, each in scored]
    return {
        "tables": {
            "gap": _fit_gap(read, described),
            "competency": _fit_competency(read),
            "self_view": _fit_self_view([one for one, _ in real], gaps),
            "sub_type": _fit_sub_type(read, described),
            "signal": _fit_signals(read),
        },
        "lifts": _lifts(read),
        "temperature": temperature,
        "threshold": _threshold(judged, temperature),
    }


def _deal(count: int, seed: int) -> list[int]:
    order = list(range(count))
    random.Random(seed).shuffle(order)  # noqa: S311  a split that anyone can repeat
    fold_of = {index: place % _FOLDS for place, index in enumerate(order)}
    return [fold_of[index] for index in range(count)]


def _described(read: Sequence[_Read], folds: Sequence[int]) -> list[dict[str, float]]:
    """The features of every packet, its evidence as a classifier of sentences sees it that did not train on it."""
    tables = [
        table(_fit_signals([one for one, own in zip(read, folds, strict=True) if own != fold]))
        for fold in range(_FOLDS)
    ]
    found = []
    for one, own in zip(read, folds, strict=True):
        likely = [tables[own].probabilities(each) for each in one.described]
        found.append({**packet_features(one.page), **evidence_features(likely)})
    return found


def _fit_signals(read: Sequence[_Read]) -> dict[str, Any]:
    described = [each for one in read for each in one.described]
    signals = [signal for one in read for signal in one.signals]
    counts = Counter(name for features in described for name in features)
    kept = [{name: value for name, value in one.items() if counts[name] >= _LEAST_SENTENCES} for one in described]
    return fit_table(kept, signals, _STRENGTHS["signal"], tolerance=1e-2)


def _fit_gap(read: Sequence[_Read], described: Sequence[Mapping[str, float]]) -> dict[str, Any]:
    tables = []
    for voter in _VOTERS:
        pairs = [
            ({name: value for name, value in each.items() if name.startswith(voter.sees)}, str(one.labelled.gap))
            for one, each in zip(read, described, strict=True)
            if voter.examples or not one.is_example
        ]
        tables.append(fit_table([each for each, _ in pairs], [gap for _, gap in pairs], voter.strength))
    return blend(tables, [voter.share for voter in _VOTERS])


def _unseen(read: Sequence[_Read], described: Sequence[Mapping[str, float]], folds: Sequence[int]) -> list[Table]:
    """For each real packet, a classifier of the gap that did not train on it."""
    tables = []
    for fold in range(_FOLDS):
        seen = [index for index, own in enumerate(folds) if own != fold]
        tables.append(table(_fit_gap([read[index] for index in seen], [described[index] for index in seen])))
    return [tables[own] for one, own in zip(read, folds, strict=True) if not one.is_example]


_Scored = tuple[_Read, Table, Mapping[str, float]]


def _loss(judged: Sequence[_Scored], temperature: float) -> float:
    likely = (
        classifier.probabilities(each, temperature).get(one.labelled.gap, 0.0) for one, classifier, each in judged
    )
    return -sum(math.log(max(one, 1e-9)) for one in likely)


def _threshold(judged: Sequence[_Scored], temperature: float) -> float:
    """The lowest probability from which on the gap is right often enough, within what may be abstained."""
    answers = []
    for one, classifier, each in judged:
        gaps = classifier.probabilities(each, temperature)
        gap = cheapest(gaps)
        answers.append((gaps[gap], gap is one.labelled.gap))
    answers.sort()
    most = int(_MOST_ABSTAINED * len(answers))
    for place in range(most):
        left = answers[place:]
        if sum(right for _, right in left) >= _WANTED * len(left):
            return round(answers[place][0], 4)
    return round(answers[most][0], 4)


def _fit_competency(read: Sequence[_Read]) -> dict[str, Any]:
    described = [competency_features(one.page, competency) for one in read for competency in Competency]
    right = [str(int(competency is one.labelled.competency)) for one in read for competency in Competency]
    return fit_table(described, right, _STRENGTHS["competency"])


def _fit_self_view(read: Sequence[_Read], gaps: Sequence[Mapping[str, float]]) -> dict[str, Any]:
    described = [self_features(one.page, one.labelled.competency, each) for one, each in zip(read, gaps, strict=True)]
    return fit_table(described, [str(one.labelled.self_view) for one in read], _STRENGTHS["self_view"])


def _fit_sub_type(read: Sequence[_Read], described: Sequence[Mapping[str, float]]) -> dict[str, Any]:
    unwilling = [(one, each) for one, each in zip(read, described, strict=True) if one.labelled.gap is Gap.WILL]
    types = [str(one.labelled.sub_type or NOTHING) for one, _ in unwilling]
    return fit_table([motive_features(one.page, each) for one, each in unwilling], types, _STRENGTHS["sub_type"])


def _lifts(read: Sequence[_Read]) -> dict[str, dict[str, float]]:
    """By gap and signal, how much oftener the signal is found in packets with the gap than in all."""
    overall = Counter(signal for one in read for signal in one.signals)
    total = sum(overall.values())
    lifts: dict[str, dict[str, float]] = {}
    for gap in Gap:
        own = Counter(signal for one in read if one.labelled.gap is gap for signal in one.signals)
        count = sum(own.values())
        lifts[gap] = {
            signal: round((own[signal] + _DOUBT) / (overall[signal] * count / total + _DOUBT), 3)
            for signal in sorted(overall)
        }
    return lifts
