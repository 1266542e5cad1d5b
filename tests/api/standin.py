"""Use cases that answer, or fail, as a test wants."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from types import SimpleNamespace

from starlette.testclient import TestClient

from coach.domain import (
    Answer,
    Balance,
    Claim,
    Coverage,
    DealNote,
    DealReview,
    Focus,
    Kind,
    Provenance,
    RubricRef,
    Statement,
    Status,
    Verdict,
)
from coach.errors import InvalidInput

CANARY = "quinceblossom"
"""A word of a submitted note; no error and no log line may hold it."""


Start = Callable[..., TestClient]


@dataclass
class StandIn:
    """Use cases that review every note alike, unless told to fail."""

    fails_with: Exception | None = None
    warm_up_fails_with: Exception | None = None
    later: tuple[Exception | str, ...] = ()
    """What comes after the first review of a stream: an engine's name, or a failure."""
    warm_ups: int = 0
    closed: int = 0
    seen: list[DealNote] = field(default_factory=list)
    rubric: SimpleNamespace = field(
        default_factory=lambda: SimpleNamespace(
            id="buyer_evidence", version=3, title="Evidence", changed="More of it.", sha256="ab" * 32
        )
    )

    async def review_deal(self, note: DealNote) -> DealReview:
        self.seen.append(note)
        if self.fails_with:
            raise self.fails_with
        return review_of(note)

    def check_note(self, note: DealNote) -> None:
        if not note.note.strip():
            raise InvalidInput("the note is empty")

    async def reviews(self, note: DealNote) -> AsyncIterator[DealReview]:
        yield await self.review_deal(note)
        for one in self.later:
            if isinstance(one, Exception):
                raise one
            yield review_of(note, one)

    async def close(self) -> None:
        self.closed += 1

    async def start(self) -> None:
        self.warm_ups += 1
        if self.warm_up_fails_with:
            raise self.warm_up_fails_with


def review_of(note: DealNote, engine: str = "local") -> DealReview:
    missing = Answer(status=Status.MISSING)
    return DealReview(
        id=f"dr_{engine}",
        deal=note.deal,
        written_on=note.written_on,
        statements=(Statement(start=0, end=1, quote=note.note[0], kind=Kind.SELLER_OPINION),),
        coverage=Coverage(problem=missing, criteria=missing, action=missing, process=missing),
        claim=Claim(verdict=Verdict.NO_CLAIM, explanation="No date is claimed."),
        balance=Balance(buyer=0, seller=1),
        focus=Focus(title="t", why="w", do="d"),
        questions=(),
        provenance=Provenance(
            engine=engine, engine_version="1", rubric=RubricRef(id="r", version=1, sha256="0"), duration_ms=1.5
        ),
    )
