"""Fits linear classifiers and writes them as plain tables; imports the training libraries when called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_SMALLEST = 0.005
"""Weights below this change no answer worth their bytes."""


def fit_table(
    described: Sequence[Mapping[str, float]], classes: Sequence[str], strength: float, tolerance: float = 1e-4
) -> dict[str, Any]:
    """Fit a logistic regression.

    Args:
        described: Features of each case.
        classes: The class of each; of one class alone, the table always says that.
        strength: Inverse regularisation.
        tolerance: When to stop; a wide one regularises, too.

    Returns:
        What `linear.table` reads.
    """
    from sklearn.feature_extraction import DictVectorizer  # noqa: PLC0415  not installed at run time
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    if len(set(classes)) < 2:
        return {"classes": sorted(set(classes)), "bias": [0.0] * len(set(classes)), "weights": {}}
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(described)
    model = LogisticRegression(C=strength, max_iter=1000, tol=tolerance)
    model.fit(matrix, classes)
    rows, bias = model.coef_.tolist(), model.intercept_.tolist()
    if len(rows) == 1:  # two classes: scikit-learn keeps the second one's weights
        rows, bias = [[0.0] * len(rows[0]), rows[0]], [0.0, bias[0]]
    weights = {
        str(name): [round(one, 3) for one in column]
        for name, column in zip(vectorizer.get_feature_names_out(), zip(*rows, strict=True), strict=True)
        if max(abs(one) for one in column) >= _SMALLEST
    }
    return {
        "classes": [str(one) for one in model.classes_],
        "bias": [round(one, 3) for one in bias],
        "weights": weights,
    }


def blend(tables: Sequence[Mapping[str, Any]], shares: Sequence[float]) -> dict[str, Any]:
    """One table whose scores are the weighted mean of those of several; a class that one lacks counts as even."""
    classes = sorted({name for one in tables for name in one["classes"]})
    bias = dict.fromkeys(classes, 0.0)
    weights: dict[str, dict[str, float]] = {}
    for one, share in zip(tables, shares, strict=True):
        for name, value in zip(one["classes"], one["bias"], strict=True):
            bias[name] += share * value
        for feature, row in one["weights"].items():
            own = weights.setdefault(feature, dict.fromkeys(classes, 0.0))
            for name, value in zip(one["classes"], row, strict=True):
                own[name] += share * value
    return {
        "classes": classes,
        "bias": [round(bias[name], 4) for name in classes],
        "weights": {feature: [round(row[name], 4) for name in classes] for feature, row in weights.items()},
    }
