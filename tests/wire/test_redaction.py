"""What a provider is sent of who people are: nothing; and what is shown of that."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from coach.api.app import create_app
from coach.cli.main import cli
from coach.cli.report import print_review
from coach.domain import Competency, Conversation, Deal, DealNote, RepPacket, SelfAssessment
from coach.testing.provider import Fault, Provider
from coach.wiring import build
from tests.wire.conftest import Wired
from tests.wire.test_faults import invented, misnamed
from tests.wire.wired import OPENAI, PROTOCOLS, answer, settings, shown

CANARIES = ("quillfeather.example", "7946 0958", "4111 1111", "3704 0044", "Ottoline", "Blackwood", "Bertrand")
WHO = "Bertrand (bertrand@quillfeather.example, +44 20 7946 0958)"
PAYS = "card 4111 1111 1111 1111, IBAN DE89 3704 0044 0532 0130 00"
both_protocols = pytest.mark.parametrize("model", PROTOCOLS.values(), ids=PROTOCOLS)
NOTE = DealNote(
    deal=Deal(name="Ottoline's rollout", stage="with Bertrand"),
    written_on="2026-03-02",  # type: ignore[arg-type]
    note=f"{WHO} countersigned order 7 yesterday. He paid by {PAYS}. I telephoned Ottoline about it",
    people=("Ottoline Blackwood", "Bertrand Ames"),
)


def clean(provider: Provider) -> bool:
    sent = [f"{one.user} {json.dumps(one.parameters)}" for one in provider.asked]
    return bool(sent) and not [
        canary for canary in CANARIES if any(canary.casefold() in one.casefold() for one in sent)
    ]


@both_protocols
async def test_of_a_note_nothing_reaches_the_provider_and_the_quotes_are_the_notes(
    wired: Wired, provider: Provider, model: str
) -> None:
    review = await wired(model, fallback=False).review_deal(NOTE)
    assert clean(provider)
    assert review.statements
    assert all(NOTE.note[one.start : one.end] == one.quote for one in review.statements)
    assert any("bertrand@quillfeather.example" in one.quote for one in review.statements)
    assert "Ottoline's rollout" == review.deal.name
    notice = next(one.text for one in review.notices if one.code == "redacted")
    assert "1 mail address" in notice
    assert "mentions of people" in notice


async def test_what_was_sent_is_told_with_its_hash_and_what_was_taken_out(wired: Wired, provider: Provider) -> None:
    review = await wired(OPENAI, fallback=False).review_deal(NOTE)
    (sent,) = review.provenance.sent
    asked = provider.asked[-1]
    said = (asked.system or "") + asked.user
    assert (hashlib.sha256(said.encode()).hexdigest(), len(said)) == (sent.sha256, sent.characters)
    assert {"card": 1, "email": 1, "iban": 1, "person": 4, "phone": 1} == sent.redacted
    assert (OPENAI, True) == (sent.model, sent.answered)
    assert review.provenance.usage is not None
    assert review.provenance.usage.prompt_tokens == sent.prompt_tokens


async def test_a_cached_answer_says_what_was_sent_for_it(wired: Wired) -> None:
    coach = wired(OPENAI, fallback=False)
    first, second = [await coach.review_deal(NOTE) for _ in range(2)]
    assert second.provenance.cached
    assert first.provenance.sent == second.provenance.sent
    assert first.statements == second.statements


async def test_what_a_failing_provider_was_sent_is_told_though_the_embedded_engine_reads(
    wired: Wired, provider: Provider
) -> None:
    provider.always(Fault.SERVER_ERROR)
    review = await wired(OPENAI, attempts=2).review_deal(NOTE)
    assert "local" == review.provenance.engine
    assert 2 == len(review.provenance.sent)
    assert not any(one.answered for one in review.provenance.sent)


@both_protocols
async def test_of_a_packet_nothing_reaches_the_provider_and_the_quotes_are_its_texts(
    wired: Wired, provider: Provider, model: str
) -> None:
    packet = RepPacket(
        rep="Ottoline Blackwood",
        self_assessment=SelfAssessment(ratings={Competency.DISCOVERY: 5}, text=f"Ottoline asked {WHO} about cost."),
        manager_observation=f"[aside] Ottoline promised ten calls. Blackwood rang {WHO.partition(' ')[2]} instead.",
        deal_notes=(f"Ottoline: {PAYS}. The buyer named no cost",),
    )
    found = await wired(model, fallback=False).diagnose_rep(packet, NOTE.written_on)
    # Bertrand is no part of a packet: only the rep is known by name.
    sent = " ".join(one.user for one in provider.asked)
    assert not [canary for canary in CANARIES[:-1] if canary.casefold() in sent.casefold()]
    texts = dict(packet.fields())
    assert all(one.quote in texts[one.field] for one in found.signals)
    assert "redacted" in {one.code for one in found.notices}


@both_protocols
async def test_of_a_conversation_nothing_reaches_the_provider_and_rewrites_name_people_again(
    wired: Wired, provider: Provider, model: str
) -> None:
    talk = Conversation(
        manager="Ottoline",
        rep="Bertrand",
        transcript="Ottoline: Did quote 7 go out, Bertrand?\nBertrand: To a@quillfeather.example.\n"
        "Ottoline: I will ring +44 20 7946 0958 myself.\nBertrand: Fine.",
    )
    review = await wired(model, fallback=False).review_manager(talk, NOTE.written_on)
    assert clean(provider)
    assert review.moves
    assert all(talk.transcript[one.start : one.end] == one.quote for one in review.moves)
    assert "PERSON_" not in review.model_dump_json()


async def test_whoever_speaks_is_known_by_name_and_a_role_is_no_name(wired: Wired, provider: Provider) -> None:
    talk = Conversation(
        rep="Bertrand Ames",
        transcript="Manager: Did quote 7 go out, Bertrand?\nBertrand: Ask Ottoline.\nOttoline: It did, Bertrand.\n"
        "Manager: I will ring the Manager there myself, Ottoline.\nBertrand: Fine.\nOttoline: Fine.",
    )
    review = await wired(OPENAI, fallback=False).review_manager(talk, NOTE.written_on)
    assert clean(provider)
    assert "Manager: I will ring the Manager there myself, PERSON_2." in provider.asked[-1].user
    assert {"person": 9} == review.provenance.sent[0].redacted


async def test_a_rewrite_that_names_somebody_stands_though_the_list_has_more_of_the_name(
    wired: Wired, provider: Provider
) -> None:
    talk = Conversation(
        manager="Ottoline",
        rep="Bertrand Ames",
        transcript="Ottoline: Did quote 7 go out?\nBertrand: Yes.\nOttoline: I will ring them myself.\nBertrand: Fine.",
    )
    provider._answer = lambda asked: answer(asked).replace("would you ask him", "would PERSON_2 ask him")
    review = await wired(OPENAI, fallback=False).review_manager(talk, NOTE.written_on)
    assert "What would Bertrand ask him yourself?" in {one.ask for one in review.rewrites}


@both_protocols
@pytest.mark.parametrize("spoil", [misnamed, invented])
async def test_repairs_are_veiled_too(
    wired: Wired, provider: Provider, model: str, spoil: Callable[[str], str]
) -> None:
    provider.always(Fault.WRONG_ENUM.of(spoil=spoil))
    review = await wired(model, fallback=False).review_deal(NOTE)
    assert [True, False] == [bool(asked.system) for asked in provider.asked]
    assert "EMAIL_1" in provider.asked[-1].user
    assert clean(provider)
    assert 2 == len(review.provenance.sent)


async def test_parts_are_veiled_too(wired: Wired, provider: Provider) -> None:
    long = NOTE.model_copy(update={"note": "\n\n".join(f"{number}. {NOTE.note}." for number in range(40))})
    await wired(OPENAI, fallback=False, max_tokens=600).review_deal(long)
    assert len(provider.asked) > 1
    assert clean(provider)


async def test_switched_off_the_note_is_sent_as_it_is(wired: Wired, provider: Provider) -> None:
    review = await wired(OPENAI, fallback=False, redact=False).review_deal(NOTE)
    assert "bertrand@quillfeather.example" in shown(provider.asked[-1])
    assert {} == review.provenance.sent[0].redacted
    assert "redacted" not in {one.code for one in review.notices}
    # Another text was read, so that it is another review.
    assert review.id != (await wired(OPENAI, fallback=False).review_deal(NOTE)).id


async def test_who_is_listed_and_not_in_the_note_changes_nothing_that_is_sent(wired: Wired, provider: Provider) -> None:
    plain = NOTE.model_copy(update={"note": "Their counsel signed yesterday. I telephoned about it", "deal": Deal()})
    nobody = plain.model_copy(update={"people": ()})
    coach = wired(OPENAI, fallback=False)
    reviews = [await coach.review_deal(one) for one in (nobody, plain)]
    assert [False, True] == [one.provenance.cached for one in reviews]
    assert 1 == len(provider.asked)


async def test_what_would_leave_is_what_leaves(wired: Wired, provider: Provider) -> None:
    coach = wired(OPENAI, fallback=False)
    (outgoing,) = coach.outgoing(NOTE)
    assert [] == provider.asked
    (sent,) = (await coach.review_deal(NOTE)).provenance.sent
    assert (sent.sha256, sent.redacted) == (outgoing.sha256, outgoing.redacted)
    assert outgoing.text == provider.asked[-1].user


def test_the_api_shows_it_and_sends_nothing(tmp_path: Path) -> None:
    body = {"deal": {"people": list(NOTE.people)}, "note": NOTE.note, "written_on": "2026-03-02"}
    with (
        Provider(answer) as provider,
        TestClient(
            create_app(build(settings(provider, tmp_path, fallback=False))), base_url="http://localhost"
        ) as client,
    ):
        (call,) = client.post("/v1/deal-reviews/outgoing", json=body).json()["calls"]
        assert [] == provider.asked
        assert [] == [canary for canary in CANARIES if canary in call["text"]]
        (sent,) = client.post("/v1/deal-reviews", json=body).json()["provenance"]["sent"]
    assert (call["sha256"], call["redacted"]) == (sent["sha256"], sent["redacted"])


async def test_the_terminal_says_what_was_sent_to_whom_without_what_at_what_cost(
    wired: Wired, capsys: pytest.CaptureFixture[str]
) -> None:
    coach = wired("gpt-4o-mini", fallback=False)
    for then in ("", " then"):
        review = await coach.review_deal(NOTE)
        print_review(review, NOTE.note)
        said = " ".join(capsys.readouterr().out.split())
        (sent,) = review.provenance.sent
        assert f"1 text to gpt-4o-mini (SHA-256 {sent.sha256[:12]}…); taken out: 1 card, 1 email, 1 iban" in said
        assert f"cost{then}: ${sent.cost_usd:.4f}" in said


def test_the_command_line_shows_it_and_sends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("note.txt").write_text(NOTE.note)
    given = ["deal", "note.txt", "--show-outgoing", "--json", "--person", "Ottoline Blackwood", "--person", "Bertrand"]
    shown_by = CliRunner().invoke(cli, [*given, "--model", "openai/none"])
    (call,) = json.loads(shown_by.stdout)["calls"]
    assert ("openai/none", 2) == (call["model"], call["redacted"]["person"])
    assert not [canary for canary in CANARIES if canary in call["text"]]
    local: dict[str, Any] = json.loads(CliRunner().invoke(cli, [*given, "--engine", "local"]).stdout)
    assert [] == local["calls"]
    plain = CliRunner().invoke(cli, ["deal", "note.txt", "--show-outgoing", "--engine", "local"])
    assert "Nothing leaves this machine: the embedded engine reads.\n" == plain.stdout
