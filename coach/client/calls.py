"""Each operation as a call: what is sent, and what its answer is read as. Nothing is sent here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar
from urllib.parse import quote

from pydantic import BaseModel

from coach.domain import Conversation, Deal, DealReview, ManagerReview, RepDiagnosis, RepPacket
from coach.domain.card import Card
from coach.domain.one_on_one import OneOnOne
from coach.domain.review import DealReviewPage

_Answer = TypeVar("_Answer")
_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Call(Generic[_Answer]):
    """A request, and how its answer is read."""

    method: str
    path: str
    read: Callable[[bytes], _Answer]
    body: Mapping[str, Any] | None = None
    params: Mapping[str, str] = field(default_factory=dict)


def review_deal(  # noqa: PLR0913  what may be said of a note
    note: str,
    *,
    deal: Deal | None = None,
    rep: str | None = None,
    record: tuple[str, str] | None = None,
    written_on: date | None = None,
    people: Sequence[str] = (),
) -> Call[DealReview]:
    """`POST /v1/deal-reviews`."""
    fields = (deal or Deal()).model_dump(mode="json", exclude_none=True) | ({"people": list(people)} if people else {})
    named = None if record is None else {"crm": record[0], "record": record[1]}
    return _post("deal-reviews", DealReview, deal=fields, rep=rep, record=named, written_on=written_on, note=note)


def diagnose_rep(packet: RepPacket, *, as_of: date | None = None) -> Call[RepDiagnosis]:
    """`POST /v1/diagnoses`."""
    return _post("diagnoses", RepDiagnosis, **packet.model_dump(mode="json"), as_of=as_of)


def prepare_one_on_one(rep: str, *, as_of: date | None = None) -> Call[OneOnOne]:
    """`POST /v1/one-on-ones`."""
    return _post("one-on-ones", OneOnOne, rep=rep, as_of=as_of)


def review_conversation(talk: Conversation, *, held_on: date | None = None) -> Call[ManagerReview]:
    """`POST /v1/manager-reviews`."""
    return _post("manager-reviews", ManagerReview, **talk.model_dump(mode="json"), held_on=held_on)


def list_deal_reviews(
    *, rep: str | None = None, before: int | None = None, limit: int | None = None
) -> Call[DealReviewPage]:
    """`GET /v1/deal-reviews`."""
    return _get("deal-reviews", _reader(DealReviewPage), rep=rep, before=before, limit=limit)


def read_deal_review(id_: str) -> Call[DealReview]:
    """`GET /v1/deal-reviews/{id}`."""
    return _get(f"deal-reviews/{_segment(id_)}", _reader(DealReview))


def read_card(crm: str, record: str) -> Call[Card]:
    """`GET /v1/cards/{crm}/{record}`."""
    return _get(f"cards/{_segment(crm)}/{_segment(record)}", _reader(Card))


def post(path: str, model: type[_Model], body: Mapping[str, Any]) -> Call[_Model]:
    """`POST /v1/…` of a body as it is, whose answer is read as `model`."""
    return Call("POST", f"/v1/{path}", _reader(model), body=body)


def _post(path: str, model: type[_Model], **fields: Any) -> Call[_Model]:  # noqa: ANN401
    return post(
        path,
        model,
        {name: str(one) if isinstance(one, date) else one for name, one in fields.items() if one is not None},
    )


def _get(path: str, read: Callable[[bytes], _Answer], **params: object) -> Call[_Answer]:
    given = {name: str(one) for name, one in params.items() if one is not None}
    return Call("GET", f"/v1/{path}", read, params=given)


def _reader(model: type[_Model]) -> Callable[[bytes], _Model]:
    # Schemas only ever grow: what a newer Coach says besides is left out.
    return lambda content: model.model_validate_json(content, extra="ignore")


def _segment(text: str) -> str:
    """One segment of a path, whatever is in it."""
    return quote(text, safe="").replace(".", "%2E") if text in {".", ".."} else quote(text, safe="")
