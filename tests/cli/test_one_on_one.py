"""`coach one-on-one`, `agree`, `commitments`, `settle`, `claims`, after `coach import`; over a store of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.cli.conftest import Command

DAY = "2026-11-27"
REP = "Ilse Brandt"
WHO = ("--rep", REP, "--as-of", DAY)
HEADER = "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Create Date,Deal owner,Deal probability\n"
OCTOBER = HEADER + "1,Acme renewal,Contract sent,64000,EUR,2026-12-10,2026-06-01,Ilse Brandt,0.8\n"
NOVEMBER = HEADER + (
    "1,Acme renewal,Decision maker bought-in,64000,EUR,2026-12-20,2026-06-01,Ilse Brandt,0.8\n"
    "5,Egg works,Appointment scheduled,9000,EUR,2027-03-31,2026-11-12,Ilse Brandt,0.1\n"
)
STEP = ("--step", "rep", "2026-12-04", "Ask who signs")


@pytest.fixture(autouse=True)
def own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COACH_ENCODER", "false")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def exports(tmp_path: Path) -> tuple[Path, Path]:
    """What the CRM wrote in October and in November."""
    made = tmp_path / "october.csv", tmp_path / "november.csv"
    for path, content in zip(made, (OCTOBER, NOVEMBER), strict=True):
        path.write_text(content, "utf-8")
    return made


@pytest.fixture
def filled(coach: Command, exports: tuple[Path, Path]) -> Command:
    """`coach`, with two snapshots in the store."""
    for path, day in zip(exports, ("2026-10-26", DAY), strict=True):
        assert 0 == coach("import", path, "--as-of", day).code
    return coach


def agreed(coach: Command) -> list[dict[str, Any]]:
    """What the store has of agreements."""
    found: list[dict[str, Any]] = json.loads(coach("commitments", *WHO, "--json").out)
    return found


def test_help_names_the_commands_of_the_1_on_1(coach: Command) -> None:
    out = coach("--help").out
    assert [] == [
        one for one in ("import", "one-on-one", "agree", "commitments", "settle", "claims") if f"\n  {one} " not in out
    ]


def test_the_pack_at_a_terminal_has_all_five_parts(filled: Command) -> None:
    ended = filled("one-on-one", *WHO)
    assert (0, "") == (ended.code, ended.err)
    assert [] == [one for one in (REP, "Acme renewal", "Egg works", "64,000", DAY) if one not in ended.out]


def test_the_pack_as_json(filled: Command) -> None:
    pack = json.loads(filled("one-on-one", "--rep", "ilse BRANDT", "--as-of", DAY, "--format", "json").out)
    assert ("coach.one_on_one/1", REP, DAY) == (pack["schema"], pack["rep"], pack["as_of"])
    assert [("Acme renewal", "back", 10)] == [
        (one["deal"]["name"], one["stage"], one["slip"]["days"]) for one in pack["pre_existing"]["deals"]
    ]
    assert ["Egg works"] == [one["name"] for one in pack["added"]["deals"]]


def test_the_pack_as_documents(filled: Command) -> None:
    markdown = filled("one-on-one", *WHO, "--format", "md")
    assert (0, True, True) == (markdown.code, markdown.out.startswith("#"), "Acme renewal" in markdown.out)
    page = filled("one-on-one", *WHO, "--format", "html")
    assert (0, True, True) == (page.code, "<!doctype html>" in page.out[:20].lower(), "Acme renewal" in page.out)
    entry = filled("one-on-one", *WHO, "--format", "ics")
    (event,) = Calendar.from_ical(entry.out).walk("VEVENT")
    # 27 December is a Sunday.
    assert (0, "2026-12-28") == (entry.code, event.decoded("dtstart").isoformat()[:10])
    assert entry.out.endswith("END:VCALENDAR\r\n")


def test_another_format_is_bad_usage(filled: Command) -> None:
    ended = filled("one-on-one", *WHO, "--format", "pdf")
    assert (2, "") == (ended.code, ended.out)


def test_a_pack_of_files_needs_no_import_and_keeps_nothing(coach: Command, exports: tuple[Path, Path]) -> None:
    old, new = exports
    data = ("--data", f"{old}@2026-10-26", "--data", new)
    pack = json.loads(coach("one-on-one", *WHO, *data, "--format", "json").out)
    assert (True, "2026-10-26", DAY) == (pack["pre_existing"]["known"], pack["since"]["snapshot"], pack["snapshot"])
    assert [1] == [one["slip"]["times"] for one in pack["pre_existing"]["deals"]]
    ended = coach("one-on-one", *WHO)
    assert (2, "") == (ended.code, ended.out)
    assert "nobody of this name" in ended.err


def test_a_pack_of_files_does_not_see_the_store(filled: Command, tmp_path: Path) -> None:
    path = tmp_path / "other@home.csv"  # an @ that no day follows is of the name
    path.write_text(HEADER + "9,Fjord,Contract sent,500,EUR,2026-12-01,2026-11-20,Ilse Brandt,0.5\n", "utf-8")
    pack = json.loads(filled("one-on-one", *WHO, "--data", path, "--format", "json").out)
    assert (["Fjord"], DAY) == ([one["deal"]["name"] for one in pack["closing"]["deals"]], pack["snapshot"])


def test_a_file_of_other_columns_is_read_by_its_mapping(coach: Command, tmp_path: Path) -> None:
    path, mapping = tmp_path / "own.csv", tmp_path / "map.yaml"
    path.write_text("Deal No,Deal,Who,By\n1,Orrin,Ilse Brandt,2026-12-01\n", "utf-8")
    refused = coach("one-on-one", *WHO, "--data", path)
    assert (2, "") == (refused.code, refused.out)
    mapping.write_text("crm: ours\ncolumns: {record: Deal No, name: Deal, rep: Who, close_date: By}\n", "utf-8")
    pack = json.loads(coach("one-on-one", *WHO, "--data", path, "--mapping", mapping, "--format", "json").out)
    assert ["Orrin"] == [one["deal"]["name"] for one in pack["closing"]["deals"]]


def test_a_file_that_is_not_there_is_named(coach: Command) -> None:
    ended = coach("one-on-one", *WHO, "--data", "none.csv@2026-10-26")
    assert (2, "", "coach: cannot read 'none.csv': No such file or directory\n") == ended


def test_what_is_agreed_is_kept_once_and_listed(filled: Command) -> None:
    for _ in range(2):
        ended = filled("agree", *WHO, *STEP, "--step", "manager", "2026-12-01", "Call Dana", "--deal", "Acme renewal")
        assert (0, "") == (ended.code, ended.err)
    assert f"1-on-1 with {REP} on {DAY}: kept." in ended.out
    assert [
        ("manager", "2026-12-01", "Call Dana", "Acme renewal"),
        ("rep", "2026-12-04", "Ask who signs", "Acme renewal"),
    ] == [(one["owner"], one["due_on"], one["what"], one["deal"]) for one in agreed(filled)]
    shown = filled("commitments", *WHO).out.splitlines()
    assert [True, True] == [line.endswith("(Acme renewal)  [open]") for line in shown]
    following = filled("one-on-one", "--rep", REP, "--as-of", "2026-12-28", "--format", "json")
    pack = json.loads(following.out)
    assert (DAY, 2) == (pack["since"]["day"], len(pack["next_steps"]["carried"]))


def test_agree_answers_with_the_pack_as_json(filled: Command) -> None:
    pack = json.loads(filled("agree", *WHO, *STEP, "--json").out)
    assert ["Ask who signs"] == [one["what"] for one in pack["next_steps"]["agreed"]]


def test_where_nothing_was_agreed_that_is_said(filled: Command) -> None:
    assert (0, "Nothing was agreed yet.\n", "") == filled("commitments", *WHO)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (("customer", "2026-12-04", "Sign"), "OWNER is rep or manager"),
        (("rep", "Friday", "Ask"), "write it as OWNER DAY WHAT"),
        (("rep", "2026-12-04", "  "), "says nothing"),
        (("rep", "0001-01-01", "Ask"), "is not between 1990 and 2100"),
    ],
)
def test_a_step_that_cannot_be_read_is_refused_and_nothing_kept(
    filled: Command, step: tuple[str, str, str], said: str
) -> None:
    ended = filled("agree", *WHO, *STEP, "--step", *step)
    assert (2, "") == (ended.code, ended.out)
    assert "--step" in ended.err
    assert said in ended.err
    assert [] == agreed(filled)


def test_a_step_of_two_words_is_bad_usage(filled: Command) -> None:
    assert 2 == filled("agree", *WHO, "--step", "rep", "2026-12-04").code


def test_a_step_is_settled_with_what_shows_it(filled: Command) -> None:
    filled("agree", *WHO, *STEP)
    key = agreed(filled)[0]["id"]
    for proof in ((), ("--proof", "  ")):
        refused = filled("settle", key, "kept", *proof)
        assert (2, "", "coach: --proof: a step that was kept needs a proof: what shows it\n") == refused
    assert "open" == agreed(filled)[0]["kept"]
    ended = filled("settle", key, "kept", "--proof", "Dana named her")
    assert (0, True) == (ended.code, ended.out.endswith("Ask who signs  [kept: Dana named her]\n"))
    settled = agreed(filled)[0]
    assert ("kept", "Dana named her", True) == (settled["kept"], settled["proof"], settled["settled_on"] is not None)
    assert 0 == filled("settle", key, "open").code
    assert ("open", None) == (agreed(filled)[0]["kept"], agreed(filled)[0]["settled_on"])


def test_a_step_that_is_not_there_cannot_be_settled(filled: Command) -> None:
    assert (2, "", "coach: there is no commitment of this number in the store\n") == filled("settle", 9, "dropped")
    assert [2, 2] == [filled("settle", key, kept).code for key, kept in ((0, "dropped"), (9, "done"))]


def test_the_ledger(filled: Command) -> None:
    ledger = json.loads(filled("claims", *WHO, "--json").out)
    assert (REP, DAY, 0) == (ledger["rep"], ledger["as_of"], ledger["settled"])
    assert 3 == ledger["claims"]  # Acme by 10 and by 20 December, Egg works by the end of March
    shown = filled("claims", *WHO)
    assert (0, "", True) == (shown.code, shown.err, f"{REP}  claims until {DAY}" in shown.out)


@pytest.mark.parametrize("command", ["one-on-one", "agree", "claims"])
def test_nobody_of_a_name_is_bad_input(filled: Command, command: str) -> None:
    ended = filled(command, "--rep", "Nobody")
    assert (2, "") == (ended.code, ended.out)
    assert "nobody of this name" in ended.err


@pytest.mark.parametrize("command", ["one-on-one", "agree", "commitments", "claims"])
def test_without_a_rep_or_with_no_day_it_is_bad_usage(coach: Command, command: str) -> None:
    assert [2, 2] == [coach(command).code, coach(command, "--rep", REP, "--as-of", "soon").code]


def test_an_import_of_which_nothing_is_kept_ends_with_2_and_leaves_no_snapshot(coach: Command, tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    path.write_text(HEADER + ",A,Contract sent,1,EUR,2026-12-10,2026-06-01,Ilse Brandt,0.8\n", "utf-8")
    ended = coach("import", path, "--as-of", DAY)
    assert (2, True) == (ended.code, "(row left out)" in ended.out)
    assert "nobody of this name" in coach("one-on-one", *WHO).err


def test_a_roster_alone_is_enough_for_a_new_hire(coach: Command, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("rep,team,manager,started on\nZoe Lind,North,Ruth,2026-11-02\n", "utf-8")
    assert 0 == coach("import", path, "--people").code
    pack = json.loads(coach("one-on-one", "--rep", "zoe lind", "--as-of", DAY, "--format", "json").out)
    assert ("Zoe Lind", "North", "Ruth", False) == (
        pack["rep"],
        pack["team"],
        pack["manager"],
        pack["pre_existing"]["known"],
    )


def test_nothing_of_a_deal_can_move_the_cursor(coach: Command, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(HEADER + "1,A\x1b[2Jcme,x,1,EUR,2026-12-10,2026-06-01,Ilse Brandt,0.8\n", "utf-8")
    ended = coach("one-on-one", *WHO, "--data", path)
    assert (0, False, True) == (ended.code, "\x1b[2J" in ended.out, "cme" in ended.out)
