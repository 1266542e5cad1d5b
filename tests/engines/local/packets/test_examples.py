"""The made-up packets that train beside the labelled ones are well-formed, and none is a text that measures."""

from __future__ import annotations

from pathlib import Path

from coach.domain import Gap, WillSubType
from coach.engines.local.packets.examples import read_examples
from coach.evaluation.case import RepCase, load_cases
from coach.rubrics import load

EVALS = Path(__file__).parents[4] / "evals"


def test_every_signal_is_the_rubrics_and_stands_in_its_text() -> None:
    known = {signal.id for signal in load("skill_will").signals}
    examples = read_examples()
    assert set(Gap) == {one.gap for one in examples}
    for one in examples:
        texts = dict(one.packet.fields())
        assert one.signals
        assert {signal.signal for signal in one.signals} <= known
        assert all(signal.quote in texts[signal.field] for signal in one.signals)
        assert one.sub_type is None or one.gap is Gap.WILL


def test_both_reasons_of_will_are_there() -> None:
    assert {*WillSubType, None} == {one.sub_type for one in read_examples() if one.gap is Gap.WILL}


def test_no_sentence_of_a_case_is_among_them() -> None:
    told = {signal.quote for one in read_examples() for signal in one.signals}
    cases = load_cases([EVALS / "cases" / "reps.jsonl", EVALS / "training" / "reps.jsonl"])
    texts = [text for case in cases if isinstance(case, RepCase) for text in case.input.texts()]
    assert [] == [quote for quote in told if len(quote) > 25 and any(quote in text for text in texts)]
