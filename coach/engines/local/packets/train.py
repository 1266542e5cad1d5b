"""Trains the reader of rep packets; the same packets, cues and seed give the same artefact.

The only module of the reader that needs the training libraries, and it imports them when it is called.
"""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from coach.domain import Competency, Gap, RepPacket, SelfView, WillSubType
from coach.domain.base import Frozen
from coach.engines.local.packets.artefact import pack
from coach.engines.local.packets.cues import read_cues
from coach.engines.local.packets.decide import NOTHING, cheapest
from coach.engines.local.packets.features import (
    competency_features,
    motive_features,
    packet_features,
    self_features,
    sentence_features,
)
from coach.engines.local.packets.linear import Table, table
from coach.engines.local.packets.pages import Page, Pages, Sentence
from coach.engines.local.packets.weak import weak_signal


class QuotedSignal(Frozen):
    """A signal that an annotator marked."""

    field: str
    quote: str
    signal: str
    competency: Competency


class LabelledPacket(Frozen):
    """A packet and what annotators say of it."""

    packet: RepPacket
    competency: Competency
    gap: Gap
    sub_type: WillSubType | None = None
    self_view: SelfView
    key_quotes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    """Labels without behaviour."""
    signals: tuple[QuotedSignal, ...] = ()
    """None where nobody marked any: what its sentences say is then guessed from the key quotes and the cues."""
    for_cues: bool = False
    """Whether the cues were written in sight of it: what a classifier makes of it is then too good to calibrate by."""


_GAP_STRENGTH = 0.1
_STRENGTHS = {"competency": 1.0, "self_view": 0.5, "sub_type": 0.3, "signal": 0.05}
"""Inverse regularisation of the classifiers: many features, few packets."""
_FOLDS = 5
_TEMPERATURES = tuple(round(0.6 + 0.1 * step, 1) for step in range(15))
_WANTED = 0.65
"""How often the gap should be right where the reader does not abstain."""
_MOST_ABSTAINED = 0.4
_SMALLEST = 0.005
"""Weights below this change no answer worth their bytes."""
_COMMON = 2
"""Packets that must have a feature of sentences."""


class _Read(NamedTuple):
    """A training packet, taken apart."""

    labelled: LabelledPacket
    page: Page
    features: Mapping[str, float]


def fit(packets: Sequence[LabelledPacket], seed: int) -> bytes:
    """Train the classifiers.

    Args:
        packets: Labelled packets.
        seed: Of how they are dealt into the folds by which probabilities are calibrated.

    Returns:
        The artefact.
    """
    cues = read_cues()
    known = _known_words(packets)
    pages = Pages(cues, known)
    read = [_Read(one, page, packet_features(page)) for one in packets for page in [pages.read(one.packet)]]
    unseen = _unseen(read, seed)
    temperature = _temperature(read, unseen)
    gaps = [one.probabilities(each.features, temperature) for one, each in zip(unseen, read, strict=True)]
    tables = {
        "gap": _fit_gap(read),
        "competency": _fit_competency(read),
        "self_view": _fit_self_view(read, gaps),
        "sub_type": _fit_sub_type(read),
        "signal": _fit_signals(read),
    }
    return pack(
        {
            "cues": cues,
            "known_words": sorted(known),
            "tables": tables,
            "temperature": temperature,
            "threshold": _threshold(read, gaps),
            "packets": len(packets),
        }
    )


def _known_words(packets: Sequence[LabelledPacket]) -> frozenset[str]:
    counts: Counter[str] = Counter()
    for one in packets:
        counts.update({word for text in one.packet.texts() for word in re.findall(r"(?<![^\W\d_])[a-z][^\W\d_]*", text)})
    return frozenset(word for word, count in counts.items() if count >= _COMMON)


def _fit_gap(read: Sequence[_Read]) -> dict[str, Any]:
    return _fit([one.features for one in read], [str(one.labelled.gap) for one in read], _GAP_STRENGTH)


def _unseen(read: Sequence[_Read], seed: int) -> list[Table]:
    """For each packet, a classifier of the gap that was trained without it."""
    order = list(range(len(read)))
    random.Random(seed).shuffle(order)  # noqa: S311  a split that anyone can repeat
    fold_of = {index: place % _FOLDS for place, index in enumerate(order)}
    tables = [table(_fit_gap([one for i, one in enumerate(read) if fold_of[i] != fold])) for fold in range(_FOLDS)]
    return [tables[fold_of[index]] for index in range(len(read))]


def _temperature(read: Sequence[_Read], unseen: Sequence[Table]) -> float:
    """The temperature at which the true gaps of packets that were not seen are likeliest."""
    judged = [(one, each) for one, each in zip(read, unseen, strict=True) if not one.labelled.for_cues]
    judged = judged or list(zip(read, unseen, strict=True))

    def loss(temperature: float) -> float:
        found = (each.probabilities(one.features, temperature).get(one.labelled.gap, 0.0) for one, each in judged)
        return -sum(math.log(max(one, 1e-9)) for one in found)

    return min(_TEMPERATURES, key=loss)


def _threshold(read: Sequence[_Read], gaps: Sequence[Mapping[str, float]]) -> float:
    """The lowest probability from which on the gap is right often enough, within what may be abstained."""
    judged = [(one, each) for one, each in zip(read, gaps, strict=True) if not one.labelled.for_cues]
    judged = judged or list(zip(read, gaps, strict=True))
    answers = sorted((each[cheapest(each)], cheapest(each) is one.labelled.gap) for one, each in judged)
    for place in range(int(_MOST_ABSTAINED * len(answers)) + 1):
        left = answers[place:]
        if sum(right for _, right in left) >= _WANTED * len(left):
            break
    return round(answers[place][0], 4)


def _fit_competency(read: Sequence[_Read]) -> dict[str, Any]:
    described, right = [], []
    for one in read:
        for competency in Competency:
            described.append(competency_features(one.page, competency))
            right.append(str(int(competency is one.labelled.competency)))
    return _fit(described, right, _STRENGTHS["competency"])


def _fit_self_view(read: Sequence[_Read], gaps: Sequence[Mapping[str, float]]) -> dict[str, Any]:
    described = [
        self_features(one.page, one.labelled.competency, each) for one, each in zip(read, gaps, strict=True)
    ]
    return _fit(described, [str(one.labelled.self_view) for one in read], _STRENGTHS["self_view"])


def _fit_sub_type(read: Sequence[_Read]) -> dict[str, Any]:
    unwilling = [one for one in read if one.labelled.gap is Gap.WILL]
    described = [motive_features(one.page) for one in unwilling]
    return _fit(described, [str(one.labelled.sub_type or NOTHING) for one in unwilling], _STRENGTHS["sub_type"])


def _fit_signals(read: Sequence[_Read]) -> dict[str, Any]:
    described, signals = [], []
    for one in read:
        for index, sentence in enumerate(one.page.sentences):
            described.append(sentence_features(one.page, index, one.labelled.gap))
            signals.append(_signal(one, sentence))
    counts = Counter(name for features in described for name in features)
    kept = [{name: value for name, value in one.items() if counts[name] >= _COMMON + 1} for one in described]
    return _fit(kept, signals, _STRENGTHS["signal"])


def _signal(one: _Read, sentence: Sentence) -> str:
    text = dict(one.labelled.packet.fields())[sentence.field]
    if one.labelled.signals:
        marked = [(mark.quote, mark.signal) for mark in one.labelled.signals if mark.field == sentence.field]
        return next((signal for quote, signal in marked if _covers(text, quote, sentence)), NOTHING)
    is_key = any(_covers(text, quote, sentence) for quote in one.labelled.key_quotes)
    is_label = any(_covers(text, quote, sentence) for quote in one.labelled.labels)
    return weak_signal(sentence, one.labelled.gap, is_key=is_key, is_label=is_label)


def _covers(text: str, quote: str, sentence: Sentence) -> bool:
    """Whether a quote and a sentence share at least half of the shorter one."""
    start = text.find(quote)
    if start < 0:
        return False
    shared = min(start + len(quote), sentence.end) - max(start, sentence.start)
    return 2 * shared >= min(len(quote), sentence.end - sentence.start)


def _fit(described: Sequence[Mapping[str, float]], classes: Sequence[str], strength: float) -> dict[str, Any]:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(described)
    model = LogisticRegression(C=strength, max_iter=2000)
    model.fit(matrix, classes)
    names = [str(one) for one in model.classes_]
    rows, bias = model.coef_.tolist(), model.intercept_.tolist()
    if len(rows) == 1:  # two classes: scikit-learn keeps the second one's weights
        rows, bias = [[0.0] * len(rows[0]), rows[0]], [0.0, bias[0]]
    weights = {
        str(name): [round(one, 3) for one in column]
        for name, column in zip(vectorizer.get_feature_names_out(), zip(*rows, strict=True), strict=True)
        if max(abs(one) for one in column) >= _SMALLEST
    }
    return {"classes": names, "bias": [round(one, 3) for one in bias], "weights": weights}


