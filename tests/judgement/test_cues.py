"""Finding words and phrases in a quote."""

from __future__ import annotations

import pytest

from coach.judgement.cues import Matcher, matcher

CATEGORIES = {"approval": ["approv*", "board's minute"], "silence": ["no reply", "isn't in"], "short": ["po"]}


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("They APPROVED it", {"approval"}),
        ("the approvals came", {"approval"}),
        ("the board\u2019s minute is signed", {"approval"}),
        ("no  reply\nsince Monday", {"silence"}),
        ("she isn't in, no reply", {"silence"}),
        ("the report is a post", set()),
        ("**PO** raised", {"short"}),
        ("no repl", set()),
        ("", set()),
        ("\u202e\x00 🎉", set()),
    ],
)
def test_categories_found_in_a_quote(quote: str, found: set[str]) -> None:
    assert Matcher(CATEGORIES).find(quote) == found


def test_the_matcher_of_one_rubric_is_made_once() -> None:
    assert matcher({"a": ("x",)}) is matcher({"a": ("x",)})


def test_an_empty_list_of_cues_finds_nothing() -> None:
    assert Matcher({}).find("anything") == frozenset()
