"""`coach deal` and `coach demo`: the report, the JSON of Contract 3, and every kind of bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

NOTE = (
    "Dana Ruiz (finance director) told me the month-end close eats nine days. Their counsel sent back redlines on the "
    "MSA Tuesday. I sent the proposal and followed up twice. They love us, should land this quarter."
)
DATED = ("--written-on", "2026-03-02", "--close-date", "2026-03-31")
CONTRACT_3 = {
    "schema", "id", "deal", "written_on", "statements", "coverage", "claim", "balance", "focus", "questions", "notices",
    "provenance",
}  # fmt: skip


def test_the_demo_needs_nothing(coach: Command) -> None:
    ended = coach("demo")
    assert ended.code == 0
    for section in ("Does it close by then?", "The note", "Evidence, strongest first", "Ask", "One thing to work on"):
        assert section in ended.out


def test_json_is_contract_3_and_nothing_else(coach: Command, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text(NOTE, "utf-8")
    ended = coach("deal", path, "--name", "Hallström", "--stage", "Proposal", "--amount", "EUR 60k", *DATED, "--json")
    assert (0, "") == (ended.code, ended.err)
    review = json.loads(ended.out)
    assert CONTRACT_3 == set(review)
    assert review["schema"] == "coach.deal_review/1"
    deal = {"name": "Hallström", "amount": "EUR 60k", "stage": "Proposal", "close_date": "2026-03-31"}
    assert deal == review["deal"]
    assert [one["quote"] for one in review["statements"]] == [
        NOTE[one["start"] : one["end"]] for one in review["statements"]
    ]
    assert {one["centre"] for one in review["statements"]} == {"buyer", "seller"}


def test_the_same_input_has_the_same_answer(coach: Command) -> None:
    first, second = (json.loads(coach("deal", "-", *DATED, "--json", stdin=NOTE.encode()).out) for _ in range(2))
    for review in (first, second):
        del review["provenance"]["duration_ms"]
    assert first == second
    later = json.loads(coach("deal", "-", "--written-on", "2026-03-03", "--json", stdin=NOTE.encode()).out)
    assert first["id"] != later["id"]


def test_the_report_marks_the_evidence_in_the_note(coach: Command) -> None:
    ended = coach("deal", "-", *DATED, stdin=NOTE.encode())
    assert ended.code == 0
    assert "«" in ended.out
    assert "[1]" in ended.out


def test_what_would_steer_a_terminal_is_not_printed(coach: Command) -> None:
    ended = coach("deal", "-", "--name", "\x1b[31mred\x07", *DATED, stdin=f"{NOTE} \x1b[2J \u202ereversed".encode())
    assert ended.code == 0
    assert not set(ended.out) & {"\x1b", "\x07", "\u202e"}
    assert "reversed" in ended.out


@pytest.mark.parametrize(
    ("stdin", "problem"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b" \n\t ", "empty", id="only space"),
        pytest.param(b"a" * 2_000_001, "", id="2 MB"),
        pytest.param(b"before\x00after", "NUL", id="NUL"),
        pytest.param(bytes(range(256)) * 8, "", id="binary"),
        pytest.param(NOTE.encode() + b"\x07", "control characters", id="a bell"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", "", id="an image"),
    ],
)
def test_bad_input_is_a_sentence_and_exit_2(coach: Command, stdin: bytes, problem: str) -> None:
    ended = coach("deal", "-", stdin=stdin)
    assert (2, "") == (ended.code, ended.out)
    assert ended.err.startswith("coach: ")
    assert problem in ended.err
    assert "Traceback" not in ended.err
    assert len(ended.err) < 400


@pytest.mark.parametrize(
    "stdin",
    [
        pytest.param("דנה שלחה את החוזה החתום ביום שלישי".encode(), id="right to left"),
        pytest.param("🎉 Dana 👩🏽\u200d💼 signed the order 🖊️ on Tuesday 🎉".encode(), id="emoji"),
        pytest.param(b"(" * 20_000, id="20,000 brackets"),
        pytest.param("Dana sent “redlines” \N{EN DASH} naïve café".encode("cp1252"), id="cp1252"),
        pytest.param("Dana signed the order.".encode("utf-16"), id="utf-16"),
        pytest.param("Dana signed\r\nthe order.\r".encode("utf-8-sig"), id="byte order mark and CRLF"),
    ],
)
def test_odd_input_has_a_correct_answer(coach: Command, stdin: bytes) -> None:
    ended = coach("deal", "-", *DATED, "--json", stdin=stdin)
    assert (0, "") == (ended.code, ended.err)
    assert CONTRACT_3 == set(json.loads(ended.out))


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("deal", "no-such-note.txt"), "cannot read 'no-such-note.txt': No such file"),
        (("deal", "-", "--close-date", "soon"), "'soon' is not a day; write it as YYYY-MM-DD"),
        (("deal", "-", "--name", "x" * 301), "--name"),
        (("deal",), "NOTE"),
        (("deal", "-", "--engine", "oracle"), "oracle"),
        (("nonsense",), "nonsense"),
    ],
)
def test_bad_usage_is_exit_2(coach: Command, arguments: tuple[str, ...], problem: str) -> None:
    ended = coach(*arguments, stdin=NOTE.encode())
    assert (2, "") == (ended.code, ended.out)
    assert problem in ended.err


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_an_absurd_date_is_refused_or_named(coach: Command, day: str) -> None:
    ended = coach("deal", "-", "--written-on", day, stdin=NOTE.encode())
    assert ended.code == 2
    assert f"written_on: {day} is not between 1990 and 2100" in ended.err


def test_a_bad_setting_is_named(coach: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_FISCAL_YEAR_START", "13")
    ended = coach("demo")
    assert ended.code == 2
    assert "COACH_FISCAL_YEAR_START" in ended.err
