"""`--format`: each result as a message, and what stays as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

NOTE = b"Dana's counsel sent back redlines on Tuesday. They love us & <b>want it</b>."
PACKET = b'{"rep": "Ilse Brandt", "manager_observation": "Each morning she tidied the CRM instead of calling."}'
TALK = b"Ruth: Did the quote go out?\nIlse: On Monday.\nRuth: Put the clause on page one."
DEALS = (
    "Record ID,Deal Name,Deal owner,Deal Stage,Amount,Close Date,Create Date\n"
    "71,Hallstrom,Ilse Brandt,Proposal,60000,2026-03-31,2026-01-10\n"
)
COMMANDS = [(("deal", "-"), NOTE), (("rep", "-"), PACKET), (("manager", "-", "--manager", "Ruth"), TALK)]


@pytest.mark.parametrize(("command", "stdin"), COMMANDS)
def test_each_result_is_a_message_for_slack_or_mail(coach: Command, command: tuple[str, ...], stdin: bytes) -> None:
    slack = coach(*command, "--format", "slack", stdin=stdin)
    mail = coach(*command, "--format", "email", stdin=stdin)
    assert [(0, ""), (0, "")] == [(slack.code, slack.err), (mail.code, mail.err)]
    assert slack.out.startswith("*")
    assert "\n\n*" in slack.out
    assert mail.out.startswith("<!doctype html>")
    assert mail.out.rstrip().endswith("</html>")
    assert "<b>want it</b>" not in slack.out + mail.out


@pytest.mark.parametrize(("command", "stdin"), COMMANDS)
def test_json_has_a_long_name_too(coach: Command, command: tuple[str, ...], stdin: bytes) -> None:
    short, long = (coach(*command, *form, stdin=stdin) for form in (("--json",), ("--format", "json")))
    assert json.loads(short.out)["schema"] == json.loads(long.out)["schema"]
    assert coach(*command, stdin=stdin).out[:1] != "{"


def test_two_forms_at_once_are_one_too_many(coach: Command) -> None:
    ended = coach("deal", "-", "--json", "--format", "slack", stdin=NOTE)
    assert (2, "") == (ended.code, ended.out)
    assert "give one of them" in ended.err


@pytest.mark.parametrize(("form", "start"), [("slack", "*1-on-1: Ilse Brandt*\n"), ("email", "<!doctype html>")])
def test_a_pack_is_a_message_too(coach: Command, tmp_path: Path, form: str, start: str) -> None:
    data = tmp_path / "deals.csv"
    data.write_text(DEALS)
    options = ("--rep", "Ilse Brandt", "--as-of", "2026-03-02", "--data", data)
    ended = coach("one-on-one", *options, "--format", form)
    assert (0, start) == (ended.code, ended.out[: len(start)])
    assert "Hallstrom" in ended.out
