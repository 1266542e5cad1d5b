"""`coach manager`: the report, the JSON, the trend, and every kind of bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from coach.domain import ManagerReview
from tests.cli.conftest import Command

CANARY = "quinceblossom"
TALK = (
    "Ruth: Did the crane-hire quote go out?\n"
    "Anand: On Monday, I think.\n"
    "Ruth: What has Mr Pell done with it?\n"
    "Anand: Nothing yet. He wanted two crews.\n"
    "Ruth: Put the deposit clause on page one. If he wavers, I'll ring him.\n"
    "Anand: I will. 🎉\n"
)
RUTH = ("--manager", "Ruth")


@pytest.fixture(autouse=True)
def own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))


def test_json_is_one_document_by_the_published_schema(coach: Command, tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(TALK, "utf-8")
    ended = coach("manager", path, *RUTH, "--rep", "Anand", "--held-on", "2026-03-02", "--json")
    assert (0, "") == (ended.code, ended.err)
    found = json.loads(ended.out)
    schema = ManagerReview.model_json_schema(by_alias=True, mode="serialization")
    assert [] == [one.json_path for one in Draft202012Validator(schema).iter_errors(found)]
    assert ("coach.manager_review/1", "Ruth", "named", "Anand", "2026-03-02") == (
        found["schema"],
        found["manager"],
        found["found_by"],
        found["rep"],
        found["held_on"],
    )
    assert found["moves"]
    assert [one["quote"] for one in found["moves"]] == [TALK[one["start"] : one["end"]] for one in found["moves"]]
    assert all(one["ask"].endswith("?") for one in found["rewrites"])


def test_the_report_shows_the_balance_what_to_ask_and_one_thing_to_practise(coach: Command) -> None:
    ended = coach("manager", "-", *RUTH, "--held-on", "2026-03-02", stdin=TALK.encode())
    assert 0 == ended.code
    assert ended.out.startswith("Ruth  2026-03-02\n")
    for words in ("The balance", "% of the words are yours", "One thing to practise next time", "What you said", "«"):
        assert words in ended.out
    assert "Over time" not in ended.out
    assert "$" not in ended.out


def test_captions_are_read(coach: Command, tmp_path: Path) -> None:
    path = tmp_path / "talk.vtt"
    lines = [line.partition(": ") for line in TALK.splitlines()]
    cues = [
        f"00:00:{at:02}.000 --> 00:00:{at + 1:02}.000\n<v {name}>{words}</v>"
        for at, (name, _, words) in enumerate(lines)
    ]
    path.write_text("WEBVTT\n\n" + "\n\n".join(cues) + "\n", "utf-8")
    ended = coach("manager", path, *RUTH, "--json")
    assert 0 == ended.code
    assert "What has Mr Pell done with it?" in {one["quote"] for one in json.loads(ended.out)["moves"]}


def test_who_is_the_manager_is_found_and_said(coach: Command) -> None:
    found = json.loads(coach("manager", "-", "--rep", "anand", "--json", stdin=TALK.encode()).out)
    assert ("Ruth", "by elimination") == (found["manager"], found["found_by"])


def test_earlier_conversations_are_a_trend_and_a_second_run_is_none(coach: Command) -> None:
    def held_on(day: str, talk: str = TALK) -> list[str]:
        ended = coach("manager", "-", *RUTH, "--held-on", day, "--json", stdin=talk.encode())
        return [one["held_on"] for one in json.loads(ended.out)["trend"]]

    second, third, fourth = (TALK.replace("Monday", day) for day in ("Tuesday", "Thursday", "Friday"))
    assert [] == held_on("2026-03-05")
    assert [] == held_on("2026-03-05")
    assert [] == held_on("2026-03-03", second)
    assert ["2026-03-03"] == held_on("2026-03-04", third.replace("Ruth", "RUTH"))
    assert ["2026-03-03", "2026-03-04", "2026-03-05"] == held_on("2026-03-06", fourth)
    assert ["2026-03-03", "2026-03-04", "2026-03-06"] == held_on("2026-03-07")
    again = TALK.replace("Monday", "Sunday").encode()
    shown = coach("manager", "-", *RUTH, "--held-on", "2026-03-07", stdin=again).out
    assert "Over time" in shown
    assert shown.index("2026-03-03  asked") < shown.index("2026-03-06  asked") < shown.index("2026-03-07  asked")


def test_nothing_is_kept_where_that_is_off(coach: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_KEEP_REVIEWS", "off")
    assert 0 == coach("manager", "-", *RUTH, stdin=TALK.encode()).code
    assert not (tmp_path / "data").exists()


def test_what_would_steer_a_terminal_is_not_printed(coach: Command) -> None:
    talk = TALK.replace("two crews", "two \u202ecrews").replace("deposit clause", "deposit \u202eclause")
    ended = coach("manager", "-", *RUTH, "--rep", "\x1b[31mAnand", stdin=talk.encode())
    assert 0 == ended.code
    assert not set(ended.out) & {"\x1b", "\u202e"}


@pytest.mark.parametrize(
    ("stdin", "arguments", "problem"),
    [
        (b"", (), "is empty"),
        (b"quinceblossom went out.", (), "no speakers could be told apart in this transcript"),
        (TALK.replace("Ruth", "Quinceblossom").encode(), ("--manager", "Siobhan"), "2 people speak in this transcript"),
        (b"Ruth: quinceblossom\x00", (), "NUL"),
        (b"Ruth: quinceblossom. " * 20_000, (), "more than the 200000 that are read"),
        (TALK.encode(), ("--manager", "quinceblossom" * 20), "--manager: String should have at most 200 characters"),
        (TALK.encode(), ("--held-on", "soon"), "'soon' is not a day"),
        (TALK.encode(), (*RUTH, "--held-on", "1989-01-01"), "held_on: 1989-01-01 is not between"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_bad_input_is_a_sentence_and_exit_2(
    coach: Command, stdin: bytes, arguments: tuple[str, ...], problem: str
) -> None:
    ended = coach("manager", "-", *arguments, stdin=stdin)
    assert (2, "") == (ended.code, ended.out)
    assert problem in ended.err
    for word in (CANARY, "Quinceblossom", "Anand", "Siobhan", "crane"):
        assert word not in ended.err


def test_a_model_that_may_not_be_asked_is_exit_3_where_no_fallback_is_allowed(
    coach: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_BUDGET_REQUEST_TOKENS", "1")
    ended = coach("manager", "-", *RUTH, "--model", "openai/none", "--no-fallback", stdin=TALK.encode())
    assert (3, "") == (ended.code, ended.out)
    assert "crane" not in ended.err
