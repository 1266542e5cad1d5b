"""Use cases that answer, or fail, as a test wants."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace

from starlette.testclient import TestClient

from coach.domain import (
    Answer,
    Balance,
    Claim,
    Competency,
    Conversation,
    Coverage,
    DealNote,
    DealReview,
    Focus,
    Gap,
    Impression,
    Kind,
    ManagerReview,
    Move,
    Provenance,
    RepDiagnosis,
    RepPacket,
    RubricRef,
    Statement,
    Status,
    Verdict,
)
from coach.errors import InvalidInput
from coach.rubrics import load
from coach.service.manager_review import review_manager, seen_talk
from coach.service.rep_diagnosis import diagnose_rep
from coach.settings import Settings
from tests.service.scripted import Scripted

CANARY = "quinceblossom"
"""A word of a submitted note; no error and no log line may hold it."""


CALLS = "We agreed on ten calls by Friday and there were none"
DIARY = "Each time she tidied the CRM instead"
"""What the reader finds in a packet."""
ASKED, TOLD = "Did the quote go out?", "Put the clause on page one."
"""What the reader finds in a conversation."""
Start = Callable[..., TestClient]


@dataclass
class StandIn:
    """Use cases that review every note alike, and packets and conversations as they are, unless told to fail."""

    store: None = None
    settings: Settings = field(default_factory=lambda: Settings(_env_file=None))
    fails_with: Exception | None = None
    warm_up_fails_with: Exception | None = None
    later: tuple[Exception | str, ...] = ()
    """What comes after the first review of a stream: an engine's name, or a failure."""
    warm_ups: int = 0
    closed: int = 0
    seen: list[DealNote] = field(default_factory=list)
    reps: list[str | None] = field(default_factory=list)
    """Whose deal each note was said to be."""
    records: list[tuple[str, str] | None] = field(default_factory=list)
    """Which deal of the CRM."""
    asked: list[tuple[RepPacket | Conversation, date]] = field(default_factory=list)
    engine: Scripted = field(
        default_factory=lambda: Scripted(
            signals=[(CALLS, "undone", Competency.PROSPECTING), (DIARY, "avoided", Competency.PROSPECTING)],
            impressions=(Impression(competency=Competency.PROSPECTING, gap=Gap.WILL),),
            moves=[(ASKED, Move.SELLER_QUESTION), (TOLD, Move.TELL)],
        )
    )
    rubrics: tuple[SimpleNamespace, ...] = (
        SimpleNamespace(id="buyer_evidence", version=3, title="Evidence", changed="More of it.", sha256="ab" * 32),
        SimpleNamespace(id="skill_will", version=1, title="Skill or will", changed="First.", sha256="cd" * 32),
    )

    async def review_deal(
        self, note: DealNote, *, rep: str | None = None, record: tuple[str, str] | None = None
    ) -> DealReview:
        self.seen.append(note)
        self.reps.append(rep)
        self.records.append(record)
        if self.fails_with:
            raise self.fails_with
        return review_of(note)

    async def refuse_diagnosis_off(self) -> None:
        pass

    async def diagnose_rep(self, packet: RepPacket, as_of: date) -> RepDiagnosis:
        self.asked.append((packet, as_of))
        if self.fails_with:
            raise self.fails_with
        return await diagnose_rep(packet, engine=self.engine, rubric=load("skill_will"), as_of=as_of)

    async def review_manager(
        self,
        talk: Conversation,
        held_on: date,
        *,
        about: str | None = None,  # noqa: ARG002  it keeps nothing
    ) -> ManagerReview:
        self.asked.append((talk, held_on))
        if self.fails_with:
            raise self.fails_with
        given = seen_talk(talk)
        return await review_manager(talk, given, engine=self.engine, rubric=load("manager_moves"), held_on=held_on)

    def check_note(self, note: DealNote) -> None:
        if not note.note.strip():
            raise InvalidInput("the text is empty")

    async def reviews(
        self, note: DealNote, *, rep: str | None = None, record: tuple[str, str] | None = None
    ) -> AsyncIterator[DealReview]:
        yield await self.review_deal(note, rep=rep, record=record)
        for one in self.later:
            if isinstance(one, Exception):
                raise one
            yield review_of(note, one)

    async def checks(self) -> tuple[()]:
        return ()

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
