"""The official client starts `coach mcp` as a process, lists its tools, calls each, and is refused what it may not."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2
import jsonschema
import pytest

from coach.api.app import create_app
from coach.domain import Deal, DealNote
from coach.domain.identity import Role
from coach.mcp.tools import TOOLS
from coach.service.workspace import change
from coach.settings import Settings
from coach.store.audit import Audit, Recorded
from coach.wiring import build
from coach.wiring.auditing import audit_of
from tests.client.conftest import made_key
from tests.mcp.conftest import Call, Session, Talk, machine, talk
from tests.web.conftest import serving

NOTE = "Dana Ruiz's counsel sent back redlines on the MSA Tuesday. I followed up twice. They love us. zqx"
TALK = "Ruth: Did the quote go out?\nIlse: On Monday.\nRuth: Put the clause on page one."
SEEN = "The call block was in her diary on four mornings, and each time she tidied the CRM instead."
DAY = "2026-03-02"
REVIEW: Call = (
    "review_deal",
    {"note": NOTE, "rep": "Ilse Brandt", "written_on": DAY, "deal": {"close_date": "2026-03-31"}},
)
DIAGNOSIS: Call = ("diagnose_rep", {"rep": "Ilse Brandt", "manager_observation": SEEN, "as_of": DAY})
CALLS: tuple[Call, ...] = (
    REVIEW,
    DIAGNOSIS,
    ("prepare_one_on_one", {"rep": "Ilse Brandt", "as_of": DAY}),
    ("review_conversation", {"transcript": TALK, "manager": "Ruth", "held_on": DAY}),
    ("list_deal_reviews", {"rep": "Ilse Brandt"}),
    ("read_deal_review", {"id": "dr_of the review"}),
)
WRONG: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("review_deal", {}, "note: this field is required (invalid_input)"),
    ("review_deal", {"note": " "}, "(invalid_input)"),
    ("review_deal", {"note": "zqx\x00"}, "note: the text holds a NUL character; send plain text (invalid_input)"),
    ("review_deal", {"note": "zqx", "zqx": 1}, "there is no such field (invalid_input)"),
    ("review_deal", {"note": "zqx " * 600_000}, "(too_large)"),
    ("diagnose_rep", {"rep": "Ilse", "self_assessment": {"ratings": {"zqx": 9}}}, "(invalid_input)"),
    ("prepare_one_on_one", {"rep": "Ilse", "as_of": "zqx"}, "as_of: expected a day as YYYY-MM-DD (invalid_input)"),
    ("list_deal_reviews", {"limit": 1000}, "at limit: Input should be less than or equal to 100 (invalid_input)"),
    ("list_deal_reviews", {"zqx": 1}, "there is no such field; there are rep, before, limit (invalid_input)"),
    ("read_deal_review", {"id": "../audit?zqx"}, "(not_found)"),
    ("read_deal_review", {"id": "dr_0123456789abcdef"}, "(not_found)"),
    ("no_such_tool", {"note": "zqx"}, "(not_found)"),
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Talk:
    """Every tool called by whoever has the machine, with all that is logged."""
    folder = tmp_path_factory.mktemp("whole")
    settings = machine(folder)
    review = create_review_id(settings)
    calls = [(name, {"id": review} if name == "read_deal_review" else given) for name, given in CALLS]
    return talk(settings, folder / "stderr", calls, {"COACH_LOG_LEVEL": "debug"})


def create_review_id(settings: Settings) -> str:
    """The id that the review will have: the same input has the same answer."""
    given = REVIEW[1]
    coach = build(settings.model_copy(update={"keep_reviews": False}))
    note = DealNote(
        deal=Deal(**given["deal"]), note=given["note"], written_on=given["written_on"], people=("Ilse Brandt",)
    )
    return asyncio.run(coach.review_deal(note)).id


def test_every_tool_is_listed_and_answers(whole: Talk) -> None:
    assert [name for name, _ in CALLS] == [one.name for one in whole.tools] == list(TOOLS)
    assert [False] * len(CALLS) == [one.is_error for one in whole.answers], [one.text for one in whole.answers]
    for tool, answer in zip(whole.tools, whole.answers, strict=True):
        assert tool.output_schema
        jsonschema.validate(answer.structure, tool.output_schema)
    review, diagnosis, pack, mirror, page, again = (one.structure for one in whole.answers)
    schemas = [f"coach.{name}/1" for name in ("deal_review", "rep_diagnosis", "one_on_one", "manager_review")]
    assert schemas == [one["schema"] for one in (review, diagnosis, pack, mirror)]
    assert review == again
    assert [review] == page["reviews"]
    assert [review["id"]] == diagnosis["deal_reviews"]


def test_every_quote_stands_in_what_was_given(whole: Talk) -> None:
    review, diagnosis, _, mirror, *_ = (one.structure for one in whole.answers)
    statements, moves = review["statements"], mirror["moves"]
    assert [one["quote"] for one in statements] == [NOTE[one["start"] : one["end"]] for one in statements]
    assert [one["quote"] for one in moves] == [TALK[one["start"] : one["end"]] for one in moves]
    # The rep's kept notes are material of the diagnosis, too.
    assert [] == [one for one in diagnosis["signals"] if one["quote"] not in SEEN and one["quote"] not in NOTE]
    assert (3, True, True) == (len(statements), bool(moves), bool(diagnosis["signals"]))


def test_the_text_says_in_short_what_the_structure_holds(whole: Talk) -> None:
    review, text = whole.answers[0].structure, whole.answers[0].text
    assert review["claim"]["explanation"] in text
    assert all(f"“{one['quote']}”" in text for one in review["statements"])
    assert all(one["ask"] in text for one in review["questions"])
    assert f"{review['id']}: a deal without a name, note of {DAY}, unproven" == whole.answers[4].text


def test_the_log_has_nothing_of_what_was_given(whole: Talk) -> None:
    lines = [json.loads(line) for line in whole.log.splitlines()]
    assert len(CALLS) == sum(one["event"] == "request" for one in lines)
    assert all(word not in whole.log for word in ("zqx", "redlines", "Ilse", "Brandt", "diary", "clause"))


def test_the_answer_is_that_of_the_api_here_and_by_a_service_s_address(session: Session, settings: Settings) -> None:
    def timeless(review: dict[str, Any]) -> dict[str, Any]:
        return {**review, "provenance": {**review["provenance"], "duration_ms": 0}}

    mine = session(REVIEW).answers[0].structure
    with serving(create_app(build(settings))) as address:
        theirs = httpx2.post(f"{address}v1/deal-reviews", json=REVIEW[1]).json()
        far = session(REVIEW, COACH_URL=address).answers[0].structure
    assert timeless(theirs) == timeless(mine) == timeless(far)


def test_what_the_key_may_not_do_its_tools_may_not(session: Session, settings: Settings) -> None:
    key = made_key(settings, Role.REP, person="Ilse Brandt")
    made, scope, other = session(REVIEW, DIAGNOSIS, ("prepare_one_on_one", {"rep": "Anand Rao"}), COACH_KEY=key).answers
    assert [False, True, True] == [made.is_error, scope.is_error, other.is_error]
    assert "This key may not do this: it needs the scope diagnoses:write. (not_allowed)" == scope.text
    assert other.text.endswith("(not_found)")
    entries, log = logged(settings)
    who = (f"key:{key.split('_')[2]}", "rep")
    assert [
        (*who, "reviewDeal", log.pseudonym("Ilse Brandt"), 200),
        (*who, "diagnoseRep", None, 403),
        (*who, "prepareOneOnOne", log.pseudonym("Anand Rao"), 404),
    ] == [(one.actor, one.role, one.action, one.person, one.detail["status"]) for one in entries]
    assert made.structure["id"] == entries[0].detail["made"]


def test_a_workspace_that_has_diagnosis_off_has_it_off_here(session: Session, settings: Settings) -> None:
    async def switch_off() -> None:
        coach = build(settings)
        await change(coach.pipeline.records.workspace_settings, {"diagnosis": "off"})
        await coach.close()

    asyncio.run(switch_off())
    (refused,) = session(DIAGNOSIS).answers
    assert (True, True) == (refused.is_error, refused.text.endswith("(diagnosis_off)"))
    entries, _ = logged(settings)
    assert [("mcp", "admin", "diagnoseRep", 403)] == [
        (one.actor, one.role, one.action, one.detail["status"]) for one in entries
    ]


def logged(settings: Settings) -> tuple[list[Recorded], Audit]:
    async def read() -> tuple[list[Recorded], Audit]:
        log = audit_of(settings)
        entries = [one async for one in log.all()]
        await log.close()
        return entries, log

    return asyncio.run(read())


def test_what_is_wrong_is_said_in_plain_words(session: Session) -> None:
    said = session(*((name, given) for name, given, _ in WRONG))
    assert [True] * len(WRONG) == [one.is_error for one in said.answers]
    assert [] == [
        (one.text, expected)
        for one, (*_, expected) in zip(said.answers, WRONG, strict=True)
        if expected not in one.text
    ]
    for nothing in ("Traceback", "pydantic", "zqx"):
        assert nothing not in said.log + "".join(one.text for one in said.answers)


def test_a_key_that_opens_nothing_is_said(session: Session, settings: Settings) -> None:
    made_key(settings, Role.ADMIN)
    (refused,) = session(("list_deal_reviews", {}), COACH_KEY="ck_main_000000000000_" + "x" * 43).answers
    assert (True, True) == (refused.is_error, refused.text.endswith("(not_authenticated)"))


def test_nothing_but_the_protocol_is_on_stdout(settings: Settings, tmp_path: Path) -> None:
    greeting = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    call = {"name": "review_deal", "arguments": REVIEW[1]}
    sent: list[Any] = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": greeting},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": call},
    ]
    process = subprocess.Popen(
        [sys.executable, "-m", "coach.cli", "mcp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env={"COACH_DATA_DIR": str(settings.data_dir), "COACH_ENCODER": "off"},
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write("this is no JSON zqx\n" + "".join(f"{json.dumps(one)}\n" for one in sent))
    process.stdin.flush()
    answers = []
    while not any(one.get("id") == 2 for one in answers):
        answers.append(json.loads(process.stdout.readline()))
    rest, log = process.communicate(timeout=20)
    assert ("", 0) == (rest, process.returncode)
    assert {"2.0"} == {one["jsonrpc"] for one in answers}
    assert "zqx" not in log


def test_a_setting_that_is_wrong_ends_it_before_it_begins(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "coach.cli", "mcp"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={"COACH_URL": "coach.example"},
    )
    assert (2, "") == (ended.returncode, ended.stdout)
    assert ended.stderr.startswith("coach: COACH_URL: ")


def test_every_field_of_every_tool_says_what_it_is() -> None:
    for tool in TOOLS.values():
        for schema in (tool.takes, *tool.takes.get("$defs", {}).values()):
            unsaid = [name for name, one in schema.get("properties", {}).items() if "description" not in one]
            assert [] == unsaid, tool.name


def test_a_deal_note_on_the_command_line_loads_nothing_of_it() -> None:
    code = "import sys, coach.cli.main; print({'mcp', 'fastapi', 'httpx2'} & set(sys.modules))"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "set()" == ended.stdout.strip()
