"""The encoder votes with the smaller readers: neither has the only say."""

from __future__ import annotations

from datetime import date

import pytest

from coach.domain import DealNote, Direction, Kind, Move, Question
from coach.engines.local.artefact import load
from coach.engines.local.attributes import Attributes, Times
from coach.engines.local.clauses import Clause, read_clauses
from coach.engines.local.encoder import Odds
from coach.engines.local.encoder.labels import HEADS
from coach.engines.local.features import features
from coach.engines.local.lexicon import Lexicon
from coach.engines.local.moves.artefact import load as load_moves
from coach.engines.local.moves.tagger import Tagger as MoveTagger
from coach.engines.local.tagger import Tagger
from coach.rubrics import load as load_rubric
from coach.settings import Settings
from coach.wiring import build

NOTE = DealNote(written_on=date(2026, 3, 2), note="Dana signed the order on Monday.")
LEXICON = Lexicon(load_rubric("buyer_evidence").lexicon)


def odds(**sure: str) -> Odds:
    """All of the probability on these classes, and an even share over those of the other heads."""
    return {
        head.name: {
            name: (float(sure[head.name] == name) if head.name in sure else 1 / len(head.classes))
            for name in head.classes
        }
        for head in HEADS
    }


@pytest.fixture(scope="module")
def clauses() -> list[Clause]:
    return read_clauses(NOTE, LEXICON, load().known_words)


def test_a_clause_is_what_both_make_of_it(clauses: list[Clause]) -> None:
    tagger, described = Tagger(load().models), features(clauses, LEXICON)
    alone = tagger.find(NOTE.note, clauses, described)
    assert [Kind.BUYER_ACTION] == [one.kind for one in alone]
    for kind in Kind:
        found = tagger.find(NOTE.note, clauses, described, [odds(kind=f"B-{kind}")] * len(clauses))
        assert [kind] == [one.kind for one in found]
        assert (0.5 <= found[0].confidence <= 1.0, found[0].span) == (True, alone[0].span)
    assert [] == tagger.find(NOTE.note, clauses, described, [odds(kind="O")] * len(clauses))


def test_the_encoder_weighs_more_on_attributes(clauses: list[Clause]) -> None:
    described = features(clauses, LEXICON)
    found = Tagger(load().models).find(NOTE.note, clauses, described)[0]
    attributes, times = Attributes(load().attributes), Times(NOTE)
    for direction in Direction:
        seen = [odds(direction=direction, informs="criteria", verifiable="False")] * len(clauses)
        label = attributes.label(found, described, times, seen)
        assert (direction, Question.CRITERIA, False) == (label.direction, label.informs, label.verifiable)


def test_a_sentence_is_the_move_that_both_make_of_it() -> None:
    tagger = MoveTagger(load_moves().models)
    for move in Move:
        found = tagger.find([["bias"]], [odds(move=move)])[0]
        assert found is not None
        assert move is found.move
    assert [] == tagger.find([], [])


def test_the_setting_leaves_the_encoder_out() -> None:
    versions = [build(Settings(encoder=encoder)).local.version_of() for encoder in (True, False)]
    assert ["+" in version for version in versions] == [True, False]
    assert versions[0].startswith(versions[1])
