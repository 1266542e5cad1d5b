"""What came of a case: each output is its own type, and a value by the thousand is strict and light."""

from __future__ import annotations

from itertools import permutations
from typing import get_args

import pytest
from pydantic import BaseModel, ValidationError

from coach.evaluation.prediction import Output, PredictedMove


@pytest.mark.parametrize(("one", "other"), list(permutations(get_args(Output), 2)))
def test_no_output_can_be_taken_for_another(one: type[BaseModel], other: type[BaseModel]) -> None:
    required = {name for name, field in one.model_fields.items() if field.is_required()}
    assert required - set(other.model_fields)
    assert "forbid" == other.model_config["extra"]


def test_a_span_has_no_dictionary_and_refuses_the_unknown() -> None:
    move = PredictedMove(quote="Send it", start=0, end=7, move="tell")
    assert not hasattr(move, "__dict__")
    assert None is move.confidence
    with pytest.raises(ValidationError, match="mood"):
        PredictedMove(quote="Send it", start=0, end=7, move="tell", mood="good")
    with pytest.raises(ValidationError, match="positional"):
        PredictedMove(0.5, quote="Send it", start=0, end=7, move="tell")
    with pytest.raises(AttributeError):
        move.start = 1
