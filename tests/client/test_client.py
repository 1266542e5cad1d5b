"""The Python client against an application that is really served."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import date

import httpx2
import pytest

from coach.client import (
    AsyncClient,
    Busy,
    Client,
    Conflict,
    Gone,
    NotAuthenticated,
    Refused,
    Unreachable,
    WrongInput,
    calls,
)
from coach.client.sending import Patience
from coach.domain import Conversation, Deal, DealReview, RepPacket, Verdict
from coach.domain.card import CardState
from coach.domain.identity import Role
from tests.client.conftest import DAY, Installation

NOTE = "Dana Ruiz's counsel sent back redlines on the MSA Tuesday. I followed up twice. They love us."
TALK = "Ruth: Did the quote go out?\nIlse: On Monday.\nRuth: Put the clause on page one."
PACKET = RepPacket(
    rep="Ilse Brandt",
    manager_observation="The call block was in her diary on four mornings, and each time she tidied the CRM instead.",
)
Served = Callable[..., Installation]


def test_every_result_is_of_the_domain_s_own_type(served: Served) -> None:
    there = served()
    with Client(there.address) as coach:
        deal = Deal(name="Hallstrom Foods", close_date=date(2026, 3, 31), amount="EUR 60k")
        review = coach.review_deal(NOTE, deal=deal, rep="Ilse Brandt", written_on=DAY, record=("hubspot", "71"))
        assert (deal, DAY) == (review.deal, review.written_on)
        assert [NOTE[one.start : one.end] for one in review.statements] == [one.quote for one in review.statements]
        assert review.statements
        assert review.claim.verdict is Verdict.UNPROVEN
        diagnosis = coach.diagnose_rep(PACKET, as_of=DAY)
        assert ("Ilse Brandt", DAY, (review.id,)) == (diagnosis.rep, diagnosis.as_of, diagnosis.deal_reviews)
        pack = coach.prepare_one_on_one("Ilse Brandt", as_of=DAY)
        assert ("Ruth Kerr", DAY, 1) == (pack.manager, pack.as_of, pack.closing.count)
        mirror = coach.review_conversation(Conversation(transcript=TALK, manager="Ruth"), held_on=DAY)
        assert ("Ruth", DAY) == (mirror.manager, mirror.held_on)
        page = coach.list_deal_reviews(rep="Ilse Brandt")
        assert ((review,), None) == (page.reviews, page.before)
        assert review == coach.read_deal_review(review.id)


def test_a_list_is_read_page_by_page(served: Served) -> None:
    with Client(served().address) as coach:
        made = [coach.review_deal(f"{NOTE} {n}", rep="Ilse Brandt", written_on=DAY).id for n in range(3)]
        found: list[str] = []
        before = None
        while page := coach.list_deal_reviews(before=before, limit=2):
            found += [one.id for one in page.reviews]
            before = page.before
            if before is None:
                break
        assert made[::-1] == found


def test_the_same_calls_can_be_awaited(served: Served) -> None:
    async def ask(address: str) -> DealReview:
        async with AsyncClient(address) as coach:
            return await coach.call(calls.review_deal(NOTE, written_on=DAY))

    there = served()
    with Client(there.address) as coach:
        assert coach.review_deal(NOTE, written_on=DAY).id == asyncio.run(ask(there.address)).id


def test_a_problem_is_an_error_with_its_stable_code(served: Served) -> None:
    there = served()
    rep_key = there.key(Role.REP, person="Ilse Brandt")
    with Client(there.address) as coach, pytest.raises(NotAuthenticated) as none:
        coach.review_deal(NOTE)
    with Client(there.address, rep_key) as coach:
        with pytest.raises(Refused) as refused:
            coach.diagnose_rep(PACKET)
        with pytest.raises(Gone) as gone:
            coach.list_deal_reviews(rep="Anand Rao")
        with pytest.raises(WrongInput) as wrong:
            coach.review_deal("   ")
    found = [one.value for one in (none, refused, gone, wrong)]
    assert ["not_authenticated", "not_allowed", "not_found", "invalid_input"] == [one.code for one in found]
    assert [401, 403, 404, 422] == [one.status_code for one in found]


def test_no_error_holds_what_was_sent(served: Served) -> None:
    with Client(served().address) as coach, pytest.raises(WrongInput) as wrong:
        coach.review_deal("zqx\x00", deal=Deal(name="zqx"))
    assert "zqx" not in repr((wrong.value.args, wrong.value.errors, wrong.value.detail))
    assert [("body", "note")] == [tuple(one["loc"]) for one in wrong.value.errors]


def test_who_asks_too_often_waits_as_long_as_is_said_and_no_more_often_than_allowed(served: Served) -> None:
    there = served(rate_limit="2/second")
    key = there.key(Role.ADMIN)
    with Client(there.address, key) as patient:
        assert [()] * 4 == [patient.list_deal_reviews().reviews for _ in range(4)]
    with Client(there.address, key, patience=Patience(attempts=1)) as hasty, pytest.raises(Busy) as busy:
        [hasty.list_deal_reviews() for _ in range(4)]
    assert ("too_many_requests", 429, 1.0) == (busy.value.code, busy.value.status_code, busy.value.retry_after_s)


def test_a_request_whose_answer_was_lost_is_sent_again_and_done_once(served: Served) -> None:
    class Losing(httpx2.HTTPTransport):
        def __init__(self) -> None:
            super().__init__()
            self.lost: list[bytes] = []
            self.keys: list[str] = []

        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            response = super().handle_request(request)
            self.keys.append(request.headers["idempotency-key"])
            if not self.lost:
                self.lost.append(response.read())
                raise httpx2.ReadError("lost")
            return response

    losing = Losing()
    with Client(served().address, transport=losing) as coach:
        review = coach.review_deal(NOTE, rep="Ilse Brandt", written_on=DAY)
    # The time that it took, too, is that of the first.
    assert DealReview.model_validate_json(losing.lost[0], extra="ignore") == review
    assert 1 == len(set(losing.keys)) < len(losing.keys)


def test_a_key_of_one_s_own_makes_a_request_the_same(served: Served) -> None:
    with Client(served().address) as coach:
        first, again = (coach.review_deal(NOTE, written_on=DAY, idempotency_key="one") for _ in range(2))
        assert first.provenance.duration_ms == again.provenance.duration_ms
        with pytest.raises(Conflict) as other:
            coach.review_deal(f"{NOTE} And more.", written_on=DAY, idempotency_key="one")
    assert "idempotency_mismatch" == other.value.code


@pytest.mark.parametrize(("status", "code"), [(409, "in_progress"), (429, "too_many_requests"), (503, "overloaded")])
def test_asking_again_has_an_end(status: int, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waited.append)
    problem = {"title": "t", "status": status, "detail": "later", "code": code, "type": "about:blank"}
    kind = {"content-type": "application/problem+json"}

    def client(**headers: str) -> Client:
        def answer(_: httpx2.Request) -> httpx2.Response:
            return httpx2.Response(status, json=problem, headers={**kind, **headers})

        return Client("http://coach.test", transport=httpx2.MockTransport(answer), patience=Patience(attempts=3))

    for headers, waits in (({"retry-after": "7"}, [7.0, 7.0]), ({}, []), ({"retry-after": "3600"}, [])):
        waited.clear()
        with client(**headers) as coach, pytest.raises(Busy):
            coach.list_deal_reviews()
        assert waits == waited


def test_a_card_is_read_as_the_domains_own(served: Served) -> None:
    with Client(served().address) as coach:
        coach.review_deal(NOTE, rep="Ilse Brandt", record=("hubspot", "71/a"), written_on=DAY)
        card = coach.read_card("hubspot", "71/a")
    assert (CardState.REVIEWED, "71/a", DAY) == (card.state, card.record, card.written_on)


def test_nobody_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waited.append)
    with Client("http://127.0.0.1:9") as coach, pytest.raises(Unreachable):
        coach.read_card("hubspot", "71")
    assert 3 == len(waited)


def test_what_a_newer_coach_says_besides_is_left_out(served: Served) -> None:
    with Client(served().address) as coach:
        review = coach.review_deal(NOTE, written_on=DAY)
    newer = review.model_dump(mode="json", by_alias=True) | {"more": 1}
    newer["deal"]["owner"] = newer["statements"][0]["tone"] = "new"
    assert review == calls.read_deal_review(review.id).read(json.dumps(newer).encode())


def test_an_id_is_one_segment_of_the_address_whatever_it_holds() -> None:
    assert "/v1/cards/a%2F..%3Fb/%2E%2E" == calls.read_card("a/..?b", "..").path
