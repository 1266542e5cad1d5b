"""Trains the embedded engine on labelled notes; the same notes, lexicon and seed give the same artefact.

It imports the training libraries when it is called: they are not installed where Coach only reads.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from coach.domain import Centre, DealNote, Kind, Label
from coach.domain.base import Frozen
from coach.engines.local.artefact import pack
from coach.engines.local.attributes import ATTRIBUTES, Times, describe
from coach.engines.local.clauses import Clause, read_clauses
from coach.engines.local.encoder.example import Example
from coach.engines.local.encoder.views import view_note
from coach.engines.local.features import features
from coach.engines.local.lexicon import Lexicon
from coach.engines.local.tagger import OUTSIDE, Found
from coach.text.segment import tokens
from coach.text.span import Span


class LabelledNote(Frozen):
    """A note and what an annotator marked in it."""

    note: DealNote
    labels: tuple[Label, ...]


class _Model(NamedTuple):
    """How a sequence model is regularised."""

    l1: float
    l2: float
    least: int
    """How often a feature must occur."""


_MODELS = (_Model(0.0, 10.0, 2),)
"""One: on 1,570 notes three more changed no figure by a hundredth, and took 8 MB."""
_ITERATIONS = 100
_KNOWN = 2
"""A word is known once it was written in lower case this often."""
_STRENGTH = 0.02
"""Inverse regularisation of the attribute classifiers: many features, few statements."""
_BALANCED = frozenset({"direction"})
"""Attributes whose classes weigh the same however rare: a stall that is missed is what makes a claim look better."""
_SMALLEST = 0.02
"""Weights of attributes below this change no answer worth its bytes."""


class _Read(NamedTuple):
    """A training note, taken apart."""

    clauses: list[Clause]
    features: list[list[str]]
    owners: list[Label | None]
    times: Times


def fit(notes: Sequence[LabelledNote], lexicon: Mapping[str, Sequence[str]], seed: int) -> bytes:
    """Train the sequence models and the attribute classifiers.

    Args:
        notes: Labelled notes.
        lexicon: The rubric's words, by category.
        seed: Of what is random in the attribute classifiers.

    Returns:
        The artefact.
    """
    known = _known_words(notes)
    words = Lexicon(lexicon)
    read = [_take_apart(one, words, known) for one in notes]
    models = tuple(_fit_model(read, settings) for settings in _MODELS)
    return pack(known, models, _fit_attributes(read, seed), len(notes))


def _known_words(notes: Sequence[LabelledNote]) -> frozenset[str]:
    counts: Counter[str] = Counter()
    for one in notes:
        text = one.note.note
        for token in tokens(text):
            word = text[token.start : token.end]
            if word[0].islower():
                counts[word.lower().replace("’", "'").split("'")[0]] += 1
    return frozenset(word for word, count in counts.items() if count >= _KNOWN)


def _take_apart(one: LabelledNote, lexicon: Lexicon, known: frozenset[str]) -> _Read:
    clauses = read_clauses(one.note, lexicon, known)
    owners = [_owner(clause.span, one.labels) for clause in clauses]
    return _Read(clauses, features(clauses, lexicon), owners, Times(one.note))


def _owner(span: Span, labels: Sequence[Label]) -> Label | None:
    """The label that holds at least half of a clause."""
    best = max(labels, key=lambda label: _overlap(span, label), default=None)
    return best if best is not None and 2 * _overlap(span, best) >= span.end - span.start else None


def _overlap(span: Span, label: Label) -> int:
    return min(span.end, label.end) - max(span.start, label.start)


def _tags(owners: Sequence[Label | None]) -> list[str]:
    tags = []
    before: Label | None = None
    for owner in owners:
        tags.append(OUTSIDE if owner is None else f"{'I' if owner is before else 'B'}-{owner.kind}")
        before = owner
    return tags


def example(one: LabelledNote, lexicon: Mapping[str, Sequence[str]]) -> Example:
    """A labelled note as the encoder trains on it."""
    clauses = read_clauses(one.note, Lexicon(lexicon), ())
    owners = [_owner(clause.span, one.labels) for clause in clauses]
    targets = tuple(
        {"kind": tag, **({name: str(getattr(owner, name)) for name in ATTRIBUTES} if _is_buyers(owner) else {})}
        for tag, owner in zip(_tags(owners), owners, strict=True)
    )
    return Example(view_note(one.note, [clause.span for clause in clauses]), targets)


def _is_buyers(owner: Label | None) -> bool:
    return owner is not None and owner.kind.centre is Centre.BUYER


def _fit_model(read: Sequence[_Read], settings: _Model) -> bytes:
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params(
        {
            "c1": settings.l1,
            "c2": settings.l2,
            "max_iterations": _ITERATIONS,
            "feature.possible_transitions": True,
            "feature.minfreq": settings.least,
        }
    )
    for one in read:
        if one.clauses:
            trainer.append(pycrfsuite.ItemSequence(one.features), _tags(one.owners))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        trainer.train(str(path))
        return path.read_bytes()


def _fit_attributes(read: Sequence[_Read], seed: int) -> dict[str, Any]:
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    statements = [pair for one in read for pair in _statements(one)]
    vectorizer = CountVectorizer(analyzer=_as_is, binary=True, min_df=2)
    matrix = vectorizer.fit_transform([described for described, _ in statements])
    names = vectorizer.get_feature_names_out()
    tables: dict[str, Any] = {}
    for attribute in ATTRIBUTES:
        classes = [str(getattr(label, attribute)) for _, label in statements]
        weight = "balanced" if attribute in _BALANCED else None
        model = LogisticRegression(C=_STRENGTH, max_iter=2000, random_state=seed, class_weight=weight)
        model.fit(matrix, classes)
        tables[attribute] = _table(model, names)
    return tables


def _as_is(described: list[str]) -> list[str]:
    return described


def _statements(one: _Read) -> list[tuple[list[str], Label]]:
    pairs = []
    spans: dict[int, list[int]] = {}
    for index, owner in enumerate(one.owners):
        if owner is not None and _is_buyers(owner):
            spans.setdefault(id(owner), []).append(index)
    for indexes in spans.values():
        owner = one.owners[indexes[0]]
        if owner is not None:
            found = Found(Span(owner.start, owner.end), Kind(owner.kind), indexes[0], indexes[-1], 1.0)
            pairs.append((describe(found, one.features, one.times), owner))
    return pairs


def _table(model: Any, names: Sequence[str]) -> dict[str, Any]:  # noqa: ANN401  scikit-learn has no types
    classes = [str(one) for one in model.classes_]
    rows = model.coef_.tolist()
    bias = model.intercept_.tolist()
    if len(rows) == 1:  # two classes: scikit-learn keeps the second one's weights
        rows, bias = [[-one for one in rows[0]], rows[0]], [-bias[0], bias[0]]
    columns = zip(*rows, strict=True)
    weights = {
        str(name): [round(one, 3) for one in column]
        for name, column in zip(names, columns, strict=True)
        if max(abs(one) for one in column) >= _SMALLEST
    }
    return {"classes": classes, "bias": [round(one, 3) for one in bias], "weights": weights}
