"""Trains the register: which words speak to a reader, and which tell of a deal. Needs scikit-learn.

What is ordinary is learned from notes and conversations, unit by unit; what speaks to a reader, and what only looks so,
from passages. The threshold lets a few ordinary units through, counted out of fold by note, so that it is no flattery.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from coach.text.untrusted.clean import cleaned
from coach.text.untrusted.folding import folded
from coach.text.untrusted.marks import marks_in
from coach.text.untrusted.register import features, packed
from coach.text.untrusted.units import units_of

_FEATURES = 12_000
_FALSE_ALARMS = 5
"""Ordinary units above the threshold, of all that training sees, each scored by a model that did not see its note."""
_WEIGHTS = {"attack": 6.0, "lookalike": 3.0, "ordinary": 4.0}
"""Passages are few, ordinary units many."""
_FOLDS = 5

_Item = tuple[str, list[str]]


class Trained(NamedTuple):
    """The artefact, and what was found out of fold."""

    artefact: bytes
    recall: float
    """The share of attacks above the threshold."""
    lookalikes_suspected: float
    """The share of look-alikes above it."""


def fit(attacks: Sequence[str], lookalikes: Sequence[str], ordinary: Sequence[str], seed: int = 3) -> Trained:
    """Train on passages that speak to a reader, on passages that only look so, and on ordinary texts."""
    import numpy as np  # noqa: PLC0415  not installed at run time
    from sklearn.model_selection import GroupKFold  # noqa: PLC0415

    items: list[_Item] = [_item(cleaned(text).text.strip()) for text in (*attacks, *lookalikes)]
    groups = list(range(len(items)))
    weights = [_WEIGHTS["attack"]] * len(attacks) + [_WEIGHTS["lookalike"]] * len(lookalikes)
    for number, text in enumerate(ordinary):
        for unit in _units(text):
            items.append(unit)
            groups.append(len(attacks) + len(lookalikes) + number)
            weights.append(_WEIGHTS["ordinary"])
    is_attack = np.arange(len(items)) < len(attacks)
    scores = np.zeros(len(items))
    folds = GroupKFold(_FOLDS, shuffle=True, random_state=seed)
    for seen, left in folds.split(items, is_attack, groups):
        vectorizer, model = _fit([items[at] for at in seen], is_attack[seen], np.array(weights)[seen])
        scores[left] = model.decision_function(vectorizer.transform([items[at] for at in left]))
    passages = len(attacks) + len(lookalikes)
    threshold = float(np.sort(scores[passages:])[::-1][_FALSE_ALARMS])
    vectorizer, model = _fit(items, is_attack, np.array(weights))
    learned = {
        name: (float(vectorizer.idf_[column]), float(model.coef_[0][column]))
        for name, column in vectorizer.vocabulary_.items()
    }
    return Trained(
        packed(learned, float(model.intercept_[0]), threshold),
        recall=float(np.mean(scores[: len(attacks)] >= threshold)),
        lookalikes_suspected=float(np.mean(scores[len(attacks) : passages] >= threshold)),
    )


def _fit(items: Sequence[_Item], is_attack: Any, weights: Any) -> tuple[Any, Any]:  # noqa: ANN401  arrays
    """Fit twice: with every feature, and again with those that weighed most."""
    import numpy as np  # noqa: PLC0415
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    every = TfidfVectorizer(analyzer=_analysed, min_df=2, sublinear_tf=True)
    model = LogisticRegression(C=20, max_iter=3000).fit(every.fit_transform(items), is_attack, sample_weight=weights)
    heaviest = np.argsort(-np.abs(model.coef_[0]))[:_FEATURES]
    kept = TfidfVectorizer(
        analyzer=_analysed, sublinear_tf=True, vocabulary=sorted(every.get_feature_names_out()[heaviest])
    )
    again = LogisticRegression(C=20, max_iter=3000).fit(kept.fit_transform(items), is_attack, sample_weight=weights)
    return kept, again


def _analysed(item: _Item) -> list[str]:
    return list(features(*item))


def _units(text: str) -> Iterable[_Item]:
    clean = cleaned(text).text
    return [_item(clean[start:end]) for start, end, _ in units_of(clean) if clean[start:end].strip()]


def _item(text: str) -> _Item:
    form = folded(text)
    return form, [mark.kind for mark in marks_in(text, form)]
