"""What counts as a verdict, and what never does."""

from __future__ import annotations

import pytest

from coach.evaluation.judge.verdict import JudgeVerdict, Unscored, parse_reply

YES = '{"verdict": "yes", "reason": "it names Ana"}'


@pytest.mark.parametrize(
    ("reply", "verdict", "reason"),
    [
        pytest.param(YES, "yes", "it names Ana", id="the object alone"),
        pytest.param(f"```json\n{YES}\n```", "yes", "it names Ana", id="fenced"),
        pytest.param(f"Here you are.\n\n{YES}\nI hope that helps.", "yes", "it names Ana", id="prose around it"),
        pytest.param('{"reason": "a stock question", "verdict": "no"}', "no", "a stock question", id="reason first"),
        pytest.param('{"verdict": "no"}', "no", "", id="no reason"),
        pytest.param('{"verdict": "no", "reason": 7}', "no", "", id="a reason that is no text"),
        pytest.param('{"verdict": "no", "reason": "it says {x}"}', "no", "it says {x}", id="braces in the reason"),
    ],
)
def test_a_verdict_on_the_menu_is_read(reply: str, verdict: str, reason: str) -> None:
    assert (JudgeVerdict(verdict), None, reason) == parse_reply(reply)


@pytest.mark.parametrize(
    "verdict", ['"cannot_tell"', '"maybe"', '"Yes"', '"yes "', '"yes/no"', '""', "true", "1", "null", '["yes"]', "{}"]
)
def test_a_verdict_off_the_menu_is_unscored_not_guessed(verdict: str) -> None:
    reply = parse_reply(f'{{"verdict": {verdict}, "reason": "clearly a yes"}}')
    assert (None, Unscored.OFF_MENU) == (reply.verdict, reply.unscored)


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param("", id="nothing"),
        pytest.param("Yes, it is specific.", id="prose alone"),
        pytest.param('"yes"', id="no object"),
        pytest.param('{"answer": "yes"}', id="another key"),
        pytest.param('{"result": {"verdict": "yes"}}', id="a verdict one level down"),
        pytest.param('{"verdict": "yes", "reason": "it na', id="cut short"),
        pytest.param('{"draft": {"verdict": "yes"}, "verdict": "n', id="cut short after a draft"),
        pytest.param(f'{YES}\n{{"verdict": "no", "reason": "or not"}}', id="two objects"),
        pytest.param(f"{YES} {YES}", id="the same twice"),
        pytest.param('{"verdict": "yes", "verdict": "no"}', id="two verdicts in one"),
        pytest.param(f"The text says {{yes}}. {YES}", id="braces in the prose"),
        pytest.param("} {", id="braces the wrong way round"),
        pytest.param('{"verdict": ' + "[" * 100_000 + "}", id="nested without end"),
    ],
)
def test_a_reply_that_is_not_one_object_with_a_verdict_is_unscored(reply: str) -> None:
    read = parse_reply(reply)
    assert (None, Unscored.UNPARSABLE) == (read.verdict, read.unscored)


def test_what_was_off_the_menu_is_told_in_short() -> None:
    assert parse_reply(f'{{"verdict": "{"x" * 500}"}}').reason == 'the verdict is "' + "x" * 39
