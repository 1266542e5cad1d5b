"""`coach rep`: the report, the JSON, and every kind of bad input."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from coach.cli.rep_report import print_diagnosis
from coach.domain import Competency, Gap, Impression, RepDiagnosis, RepPacket
from coach.rubrics import load
from coach.service.rep_diagnosis import diagnose_rep
from tests.cli.conftest import Command
from tests.service.scripted import Scripted

CANARY = "quinceblossom"
PACKET: dict[str, Any] = {
    "rep": "Ilse Brandt",
    "self_assessment": {"ratings": {"prospecting": 4}, "text": "Prospecting is fine, the market is just slow."},
    "manager_observation": (
        "The call block was in her diary on four mornings and each time she tidied the CRM instead. We agreed on ten "
        "calls by Friday and there were none. 🎉"
    ),
    "deal_notes": ["In March, for the hospital tender, she had eleven first meetings in two weeks."],
}
DAY = ("--as-of", "2026-03-02")
NOTE = "Dana Ruiz told me the close eats nine days. Their counsel sent back redlines on the MSA Tuesday."


@pytest.fixture(autouse=True)
def own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "ilse.json"
    path.write_text(json.dumps(PACKET), "utf-8")
    return path


def test_json_is_one_document_by_the_published_schema(coach: Command, path: Path) -> None:
    ended = coach("rep", path, *DAY, "--json")
    assert (0, "") == (ended.code, ended.err)
    found = json.loads(ended.out)
    schema = RepDiagnosis.model_json_schema(by_alias=True, mode="serialization")
    assert [] == [one.json_path for one in Draft202012Validator(schema).iter_errors(found)]
    assert ("coach.rep_diagnosis/1", "Ilse Brandt", "2026-03-02") == (found["schema"], found["rep"], found["as_of"])
    texts = {
        "self_assessment": PACKET["self_assessment"]["text"],
        "manager_observation": PACKET["manager_observation"],
        "deal_notes.0": PACKET["deal_notes"][0],
    }
    assert found["signals"]
    assert [one["quote"] for one in found["signals"]] == [
        texts[one["field"]][one["start"] : one["end"]] for one in found["signals"]
    ]


def test_the_same_packet_has_the_same_answer_from_a_file_and_from_standard_input(coach: Command, path: Path) -> None:
    ended = [coach("rep", path, *DAY, "--json"), coach("rep", "-", *DAY, "--json", stdin=path.read_bytes())]
    first, second = (json.loads(one.out) for one in ended)
    for found in (first, second):
        del found["provenance"]["duration_ms"]
    assert first == second
    later = json.loads(coach("rep", path, "--as-of", "2026-03-03", "--json").out)
    assert first["id"] != later["id"]


def test_the_report_names_the_gap_what_it_rests_on_and_what_to_do(coach: Command, path: Path) -> None:
    ended = coach("rep", path, *DAY)
    assert 0 == ended.code
    assert ended.out.startswith("Ilse Brandt  as of 2026-03-02\n")
    for words in ("Skill, will or neither", "in prospecting", "What to do", "It worked if", "What it rests on", "«"):
        assert words in ended.out
    assert "$" not in ended.out
    assert "4 of 5" in ended.out


async def test_the_report_has_the_words_to_bring_and_how_sure_the_reader_is(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    calls, diary = "We agreed on ten calls by Friday", "each time she tidied the CRM"
    engine = Scripted(
        signals=[(calls, "undone", Competency.PROSPECTING), (diary, "avoided", Competency.PROSPECTING)],
        impressions=(Impression(competency=Competency.PROSPECTING, gap=Gap.WILL, confidence=0.72),),
    )
    packet = RepPacket.model_validate(PACKET)
    print_diagnosis(await diagnose_rep(packet, engine=engine, rubric=load("skill_will"), as_of=date(2026, 3, 2)))
    shown = capfdbinary.readouterr().out.decode()
    assert "WILL  in prospecting  (72% sure)" in shown
    what_to_do = shown[shown.index("What to do") : shown.index("Next 1-on-1")]
    assert "Bring " in what_to_do
    assert what_to_do.index(f"«{calls}»") < what_to_do.index(f"«{diary}»")


def test_a_request_on_personnel_is_declined_at_the_top(coach: Command) -> None:
    packet = PACKET | {"ride_along": "Should we let her go?"}
    ended = coach("rep", "-", *DAY, stdin=json.dumps(packet).encode())
    assert 0 == ended.code
    assert "\nDeclined: Coach does not advise on hiring, firing, pay or" in ended.out


def test_what_would_steer_a_terminal_is_not_printed(coach: Command) -> None:
    packet = PACKET | {"rep": "\x1b[31mIlse\x07", "ride_along": "She asked \x1b[2J the price \u202efirst."}
    ended = coach("rep", "-", *DAY, stdin=json.dumps(packet).encode())
    assert 0 == ended.code
    assert not set(ended.out) & {"\x1b", "\x07", "\u202e"}


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.json", b"", "the packet is not valid JSON"),
        ("a.json", b'{"rep": "quinceblossom"', "the packet is not valid JSON: line 1"),
        ("a.json", b'["quinceblossom"]', "the packet must be one object"),
        ("a.json", b'{"rep": "quinceblossom"}', "the packet has no text"),
        ("a.json", b'{"rep": "x", "ride_along": "\\u0000quinceblossom"}', "ride_along: the text holds NUL"),
        ("a.json", b'{"rep": "x", "self_assessment": {"ratings": {"prospecting": 6}}}', "ratings.prospecting: "),
        ("a.json", b'{"rep": "x", "quinceblossom said": 1}', "at (unnamed): "),
        ("a.yaml", b"rep: x\nride_along: [quinceblossom", "the packet is not valid YAML: line "),
        ("a.yaml", b"[" * 500_000, "nested too deeply"),
        ("a.txt", b"quinceblossom", "files that end in .txt are no packets"),
        ("a.json", b'{"rep": "x", "ride_along": "' + b"x" * 2_000_000 + b'"}', "more than the 2000000 that are read"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_bad_input_is_a_sentence_and_exit_2(
    coach: Command, tmp_path: Path, name: str, content: bytes, problem: str
) -> None:
    (tmp_path / name).write_bytes(content)
    ended = coach("rep", tmp_path / name)
    assert (2, "") == (ended.code, ended.out)
    assert ended.err.startswith("coach: ")
    assert problem in ended.err
    assert CANARY not in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("rep",), "PACKET"),
        (("rep", "no-such-packet.json"), "cannot read 'no-such-packet.json': No such file"),
        (("rep", "-", "--as-of", "soon"), "'soon' is not a day; write it as YYYY-MM-DD"),
        (("rep", "-", "--as-of", "9999-12-31"), "as_of: 9999-12-31 is not between 1990 and 2100"),
        (("rep", "-", "--engine", "oracle"), "oracle"),
        (("rep", "-", "--engine", "llm"), "COACH_MODEL"),
    ],
)
def test_bad_usage_is_exit_2(coach: Command, arguments: tuple[str, ...], problem: str) -> None:
    ended = coach(*arguments, stdin=json.dumps(PACKET).encode())
    assert (2, "") == (ended.code, ended.out)
    assert problem in ended.err


def test_a_model_that_may_not_be_asked_is_exit_3_where_no_fallback_is_allowed(
    coach: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_BUDGET_REQUEST_TOKENS", "1")
    asked = ("rep", "-", *DAY, "--model", "openai/none", "--json")
    ended = coach(*asked, "--no-fallback", stdin=json.dumps(PACKET).encode())
    assert (3, "") == (ended.code, ended.out)
    assert "Prospecting" not in ended.err
    answered = coach(*asked, stdin=json.dumps(PACKET).encode())
    assert 0 == answered.code
    found = json.loads(answered.out)
    assert "local" == found["provenance"]["engine"]
    assert "degraded" in {one["code"] for one in found["notices"]}


def test_reviews_of_the_reps_deals_are_evidence(coach: Command, path: Path) -> None:
    """See tests/service/test_kept_reviews.py."""
    for number in (1, 2):
        dated = ("--written-on", f"2026-03-0{number}")
        note = f"{NOTE} Visit {number} of mine."
        assert 0 == coach("deal", "-", "--rep", " ilse  BRANDT", *dated, stdin=note.encode()).code
        assert 0 == coach("deal", "-", "--rep", "Ilse Brandt", *dated, stdin=note.encode()).code
    found = json.loads(coach("rep", path, *DAY, "--json").out)
    assert 2 == len(found["deal_reviews"])
    assert {"deal_review"} <= {one["field"].partition(".")[0] for one in found["signals"]}
    assert "Over 2 stored deal reviews" in coach("rep", path, *DAY).out
    assert "Over 1 stored deal review\n" in coach("rep", path, "--as-of", "2026-03-01").out


def test_nothing_is_kept_where_that_is_off(
    coach: Command, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_KEEP_REVIEWS", "off")
    assert 0 == coach("deal", "-", "--rep", "Ilse Brandt", *("--written-on", "2026-03-01"), stdin=NOTE.encode()).code
    assert not (tmp_path / "data").exists()
    monkeypatch.delenv("COACH_KEEP_REVIEWS")
    assert [] == json.loads(coach("rep", path, *DAY, "--json").out)["deal_reviews"]
