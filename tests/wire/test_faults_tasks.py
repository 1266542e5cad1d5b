"""Some faults of a provider where a packet or a conversation is read: none is lost, and every quote is its own."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from coach.domain import ManagerReview, RepDiagnosis, RepPacket
from coach.errors import AnswerRefused, BadAnswer, EngineError, NotAuthorised, ProviderUnavailable, RateLimited
from coach.testing.provider import Fault, Injection, Provider
from tests.wire.conftest import Wired
from tests.wire.wired import OPENAI, PROTOCOLS, packet, talk

DAY = date(2026, 3, 2)
both_protocols = pytest.mark.parametrize("model", PROTOCOLS.values(), ids=PROTOCOLS)


def misnamed(content: str) -> str:
    return content.replace("done_wrong", "clumsy").replace("takeover", "help")


def misheaded(content: str) -> str:
    """Every quote with the heading of its text, or with the speaker of another turn."""
    answer = json.loads(content)
    for one in answer.get("signals", []):
        one["quote"] = f"[ride-along]\n{one['quote']}"
    return json.dumps(answer)


def invented(content: str) -> str:
    answer = json.loads(content)
    for one in answer.get("signals", answer.get("moves", [])):
        one["quote"] = "Nobody ever wrote anything quite like that"
    return json.dumps(answer)


def doubled(content: str) -> str:
    answer = json.loads(content)
    return json.dumps({name: value * 2 for name, value in answer.items()})


def check_packet(given: RepPacket, found: RepDiagnosis) -> None:
    texts = dict(given.fields())
    assert [one.quote for one in found.signals] == [texts[one.field][one.start : one.end] for one in found.signals]


FAILING = [
    (Fault.RATE_LIMITED.of(), RateLimited),
    (Fault.SERVER_ERROR.of(), ProviderUnavailable),
    (Fault.AUTH.of(), NotAuthorised),
    (Fault.RESET.of(), ProviderUnavailable),
    (Fault.REFUSAL.of(), AnswerRefused),
    (Fault.EMPTY.of(), BadAnswer),
    (Fault.WRONG_SCHEMA.of(), BadAnswer),
]
each_failure = pytest.mark.parametrize(
    ("injected", "fails_as"), FAILING, ids=lambda one: str(one.fault) if isinstance(one, Injection) else ""
)


@each_failure
@both_protocols
async def test_where_the_model_fails_the_embedded_engine_reads_and_says_why(
    wired: Wired, provider: Provider, model: str, injected: Injection, fails_as: type[EngineError]
) -> None:
    provider.always(injected)
    coach = wired(model)
    diagnosis, mirror = await coach.diagnose_rep(packet(), DAY), await coach.review_manager(talk(), DAY)
    check_packet(packet(), diagnosis)
    for found in (diagnosis, mirror):
        reasons = [one.text for one in found.notices if one.code == "degraded"]
        assert ("local", 1) == (found.provenance.engine, len(reasons))
        assert f"({fails_as.code})." in reasons[0]
        assert [] == [word for word in ("Ottoline", "slide", "Pell", "Ruth") if word in reasons[0]]


@each_failure
@both_protocols
async def test_without_a_stand_in_it_is_the_error(
    wired: Wired, provider: Provider, model: str, injected: Injection, fails_as: type[EngineError]
) -> None:
    provider.always(injected)
    coach = wired(model, fallback=False)
    for reading in (coach.diagnose_rep(packet(), DAY), coach.review_manager(talk(), DAY)):
        with pytest.raises(fails_as) as raised:
            await reading
        assert [] == [word for word in ("Ottoline", "slide", "Pell", "Ruth") if word in raised.value.detail]


@pytest.mark.parametrize(
    "injected", [Fault.RATE_LIMITED.of(seconds=0.01), Fault.BAD_GATEWAY.of(), Fault.CUT.of()], ids=str
)
@both_protocols
async def test_one_failure_is_asked_again(wired: Wired, provider: Provider, model: str, injected: Injection) -> None:
    provider.script(injected)
    found = await wired(model, fallback=False).diagnose_rep(packet(), DAY)
    assert (2, 2) == (len(found.signals), provider.received)


@both_protocols
async def test_prose_around_the_answer_does_no_harm(wired: Wired, provider: Provider, model: str) -> None:
    provider.always(Fault.PROSE.of())
    coach = wired(model, fallback=False)
    diagnosis, mirror = await coach.diagnose_rep(packet(), DAY), await coach.review_manager(talk(), DAY)
    assert (2, 2, 2) == (len(diagnosis.signals), len(mirror.moves), provider.received)


@both_protocols
async def test_of_an_answer_that_breaks_off_only_the_rest_is_asked_for(
    wired: Wired, provider: Provider, model: str
) -> None:
    provider.script(Fault.TRUNCATED.of(spoil=lambda content: content[: content.index("}") + 3]))
    found = await wired(model, fallback=False).diagnose_rep(packet(), DAY)
    assert (2, 2) == (len(found.signals), provider.received)
    assert "showed slide" not in re.sub(r".*PACKET", "", provider.asked[1].user)
    assert found.primary.confidence is None


@pytest.mark.parametrize(
    ("spoil", "requests", "left"), [(misnamed, 2, 2), (misheaded, 2, 2), (invented, 1, 0), (doubled, 1, 2)]
)
@both_protocols
async def test_a_spoiled_answer_is_mended_or_left_out_and_counted(
    wired: Wired, provider: Provider, model: str, spoil: object, requests: int, left: int
) -> None:
    provider.script(Fault.WRONG_ENUM.of(spoil=spoil))
    one = packet()
    mended = provider._answer

    def answer(asked: object) -> str:
        return mended(asked) if asked.system else _by_sentences(asked.user)

    provider._answer = answer
    found = await wired(model, fallback=False).diagnose_rep(one, DAY)
    check_packet(one, found)
    assert (left, requests) == (len(found.signals), provider.received)
    assert (2 if left == 0 else 0) == found.provenance.dropped


def _by_sentences(user: str) -> str:
    """The repair: the sentences that are shown, each as a signal."""
    shown = re.findall(r"^PACKET \w+\n(.*?)\nPACKET", user, re.DOTALL | re.MULTILINE)[0]
    return json.dumps(
        {
            "signals": [
                {"quote": line, "signal": "done_wrong", "competency": "discovery"} for line in shown.splitlines()
            ],
            "findings": [],
            "suspected": [],
        }
    )


async def test_wrong_moves_that_are_not_mended_are_counted_and_told(wired: Wired, provider: Provider) -> None:
    provider.always(Fault.WRONG_ENUM.of(spoil=misnamed))
    found: ManagerReview = await wired(OPENAI, fallback=False).review_manager(talk(), DAY)
    assert ["Did quote 0 go out?"] == [one.quote for one in found.moves]
    assert (1, True) == (found.provenance.dropped, "ungrounded" in [one.code for one in found.notices])
