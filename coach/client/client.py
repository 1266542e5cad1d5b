"""The clients: the same calls, awaited or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx2
from tenacity import AsyncRetrying, Retrying

from coach.client import calls
from coach.client.calls import Call
from coach.client.sending import Patience, arguments_of, content_of, headers_of, read, unreachable
from coach.domain import Conversation, Deal, DealReview, ManagerReview, RepDiagnosis, RepPacket
from coach.domain.card import Card
from coach.domain.one_on_one import OneOnOne
from coach.domain.review import DealReviewPage

_Answer = TypeVar("_Answer")
_TIMEOUT_S = 150.0
"""Longer than the service gives a request by itself."""


class Client:
    """Calls Coach's API, one call after the other. Close it, or use it in a `with`.

    Args:
        url: Where Coach is served, such as `http://127.0.0.1:8000`.
        key: An API key, `ck_…`; none where no key was ever made.
        patience: How often to ask again after 409, 429 or 503 with `Retry-After`, or where nobody answered.
        timeout_s: Seconds that one answer may take.
        transport: What carries requests, for tests.

    Every method raises `ApiError`, `Unreachable` or `Unreadable`; see `coach.client.failures`.
    """

    def __init__(
        self,
        url: str,
        key: str | None = None,
        *,
        patience: Patience | None = None,
        timeout_s: float = _TIMEOUT_S,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        self._patience = patience or Patience()
        self._http = httpx2.Client(base_url=url, headers=headers_of(key), timeout=timeout_s, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close its connections."""
        self._http.close()

    def call(self, call: Call[_Answer], *, idempotency_key: str | None = None) -> _Answer:
        """Make any call of `coach.client.calls`; the methods below are each one of them."""
        request = arguments_of(call, self._patience, idempotency_key)
        return read(call, Retrying(**self._patience.retrying())(self._content, request))

    def _content(self, request: dict[str, Any]) -> bytes:
        try:
            return content_of(self._http.request(**request))
        except httpx2.TransportError as error:
            raise unreachable(error) from None

    def review_deal(  # noqa: PLR0913  what may be said of a note
        self,
        note: str,
        *,
        deal: Deal | None = None,
        rep: str | None = None,
        record: tuple[str, str] | None = None,
        written_on: date | None = None,
        people: Sequence[str] = (),
        idempotency_key: str | None = None,
    ) -> DealReview:
        """Review a note about a deal.

        Args:
            note: The note.
            deal: What the CRM says of the deal.
            rep: Whose deal it is; where it is said, note and review are kept.
            record: The CRM and the deal's id there.
            written_on: The day the note was written; today where not given.
            people: Who is in the deal, by name: a model is shown the note without their names.
            idempotency_key: A name for this request; sent again with it within a day, it is done once.
        """
        call = calls.review_deal(note, deal=deal, rep=rep, record=record, written_on=written_on, people=people)
        return self.call(call, idempotency_key=idempotency_key)

    def diagnose_rep(
        self, packet: RepPacket, *, as_of: date | None = None, idempotency_key: str | None = None
    ) -> RepDiagnosis:
        """Tell whether a gap is one of skill, of will, or of neither."""
        return self.call(calls.diagnose_rep(packet, as_of=as_of), idempotency_key=idempotency_key)

    def prepare_one_on_one(
        self, rep: str, *, as_of: date | None = None, idempotency_key: str | None = None
    ) -> OneOnOne:
        """Prepare the 1-on-1 with a rep; nothing is kept by it."""
        return self.call(calls.prepare_one_on_one(rep, as_of=as_of), idempotency_key=idempotency_key)

    def review_conversation(
        self, talk: Conversation, *, held_on: date | None = None, idempotency_key: str | None = None
    ) -> ManagerReview:
        """Hold up a mirror to a manager's conversation."""
        return self.call(calls.review_conversation(talk, held_on=held_on), idempotency_key=idempotency_key)

    def list_deal_reviews(
        self, *, rep: str | None = None, before: int | None = None, limit: int | None = None
    ) -> DealReviewPage:
        """List the deal reviews that were kept, the latest first."""
        return self.call(calls.list_deal_reviews(rep=rep, before=before, limit=limit))

    def read_deal_review(self, id_: str) -> DealReview:
        """Read a deal review that was kept."""
        return self.call(calls.read_deal_review(id_))

    def read_card(self, crm: str, record: str) -> Card:
        """Read the card of a deal, as a CRM's sidebar shows it; no model is called for it."""
        return self.call(calls.read_card(crm, record))


class AsyncClient:
    """The same for asynchronous programs, as `await coach.call(calls.review_deal(note))`; see `coach.client.calls`."""

    def __init__(
        self,
        url: str,
        key: str | None = None,
        *,
        patience: Patience | None = None,
        timeout_s: float = _TIMEOUT_S,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self._patience = patience or Patience()
        self._http = httpx2.AsyncClient(base_url=url, headers=headers_of(key), timeout=timeout_s, transport=transport)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close its connections."""
        await self._http.aclose()

    async def call(self, call: Call[_Answer], *, idempotency_key: str | None = None) -> _Answer:
        """Make any call of `coach.client.calls`."""
        return read(call, await self.content(call, idempotency_key=idempotency_key))

    async def content(self, call: Call[Any], *, idempotency_key: str | None = None) -> bytes:
        """Make a call; its answer as it came."""
        request = arguments_of(call, self._patience, idempotency_key)
        content: bytes = await AsyncRetrying(**self._patience.retrying())(self._content, request)
        return content

    async def _content(self, request: dict[str, Any]) -> bytes:
        try:
            return content_of(await self._http.request(**request))
        except httpx2.TransportError as error:
            raise unreachable(error) from None
