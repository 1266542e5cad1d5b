"""The notation of the cues, and the file that ships."""

from __future__ import annotations

import pytest

from coach.domain import Competency
from coach.engines.local.packets.cues import Cues, Fields, read_cues


@pytest.mark.parametrize(
    ("cue", "words", "expected"),
    [
        ("no point", "there is no point in it", 1),
        ("no point", "no points", 0),
        ("point*", "pointless points", 2),
        ("nobody|none showed", "nobody showed and none showed", 2),
        ("nobody .. showed", "nobody here has ever really showed me", 1),
        ("nobody .. showed", "nobody one two three four five showed", 0),
        ("N % off", "gave N % off", 1),
        ("? ?", "next ? ?", 1),
    ],
)
def test_a_cue_finds_what_it_says(cue: str, words: str, expected: int) -> None:
    assert expected == Cues({"sign": [cue]}).count(words.split()).get("sign", 0)


def test_a_word_may_be_of_several_fields() -> None:
    fields = Fields({"fear": ["afraid", "shak*"], "fact": ["shake"]})
    assert {"fear": 3, "fact": 1} == fields.count(["afraid", "shake", "shaking", "shop"])


def test_the_cues_that_ship_are_whole() -> None:
    cues = read_cues()
    assert {"signs", "competencies", "fields"} == set(cues)
    assert {competency.value for competency in Competency} == set(cues["competencies"])
    assert all(each for one in cues.values() for each in one.values())
    Cues(cues["signs"])
    # What YAML would take for a comment or for a truth value is no cue any more.
    every = [cue for one in cues.values() for each in one.values() for cue in each]
    assert [] == [cue for cue in every if "#" in cue or cue in {"True", "False", "None"} or cue != cue.strip()]
