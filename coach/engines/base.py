"""The protocol that every engine keeps."""

from __future__ import annotations

from typing import Literal, Protocol

from pydantic import Field, JsonValue

from coach.domain import (
    Conversation,
    DealNote,
    Impression,
    Label,
    MoveLabel,
    Notice,
    PromptRef,
    Question,
    RepPacket,
    Sent,
    SignalLabel,
    Status,
    Usage,
)
from coach.domain.base import Frozen
from coach.text.span import Span

TaskName = Literal["deal", "rep", "talk"]
"""What an engine can read: deal notes, rep packets, conversations."""


class Request(Frozen):
    """What an engine would ask of a model, besides the text itself; all empty where it asks none."""

    model: str | None = None
    prompt: PromptRef | None = None
    parameters: dict[str, JsonValue] = Field(default_factory=dict)
    """Every parameter that would be sent, and what else the answer depends on."""


class Outgoing(Frozen):
    """A call that would be put to a model: what would leave this machine."""

    model: str
    system: str
    """What is the same for every text."""
    text: str
    """The text at hand, or a part of it, as the model is shown it."""
    sha256: str
    """Of both, one after the other, in UTF-8."""
    redacted: dict[str, int]
    """How many were taken out of the whole text, by kind."""


class Reading(Frozen):
    """What an engine saw in a text, and how."""

    engine: str
    """Which engine read it, where one stood in for another."""
    engine_version: str
    request: Request = Request()
    """What was asked of the model that answered."""
    dropped: int = Field(default=0, ge=0)
    """Points of a model's answer that could not be used, because the text does not hold them or they are no labels."""
    notices: tuple[Notice, ...] = ()
    parameters: dict[str, JsonValue] | None = None
    """Every parameter that was really sent; None where no model was asked."""
    usage: Usage | None = None
    cost_usd: float | None = None
    sent: tuple[Sent, ...] = ()
    """What was put to models for it, by an engine that failed before it, too."""
    cached: bool = False
    """The answer was bought earlier."""


class DealReading(Reading):
    """What an engine saw in a deal note: labels over the note as it was given, in order, none overlapping."""

    labels: tuple[Label, ...]
    coverage: dict[Question, Status] | None = None
    """How far the reader thinks each question is answered; None where it does not say. Judgement has the last word."""
    suspected: tuple[Span, ...] = ()
    """Where the note seems to speak to its reader; no label is there."""


class PacketReading(Reading):
    """What an engine saw in a rep's material: signals in the order of its texts, none overlapping."""

    signals: tuple[SignalLabel, ...]
    impressions: tuple[Impression, ...] = ()
    """What the reader makes of each competency, that which the material is mostly about first; none where it does not
    say. Judgement has the last word."""
    suspected: int = Field(default=0, ge=0)
    """Stretches that seem to speak to the reader; no signal is there."""


class Rewrite(Frozen):
    """A question instead of a move."""

    start: int = Field(ge=0)
    """Where in the transcript the move stands."""
    end: int = Field(gt=0)
    ask: str = Field(min_length=1)


class TalkReading(Reading):
    """What an engine saw in a conversation: the manager's moves, in order, none overlapping."""

    moves: tuple[MoveLabel, ...]
    rewrites: tuple[Rewrite, ...] = ()
    """What a leader would have asked instead of some of them, where the reader can say."""
    suspected: tuple[Span, ...] = ()


class Kept(Protocol):
    """Keeps readings by a hash of everything they depend on; see `coach.store.readings`.

    Without `wait`, a method raises BlockingIOError where it would have to, and does nothing.
    """

    def get(self, key: str, *, wait: bool = True) -> str | None:
        """What was kept under a key."""

    def put(self, key: str, reading: str, *, wait: bool = True) -> None:
        """Keep a reading; the first that is kept under a key stays."""


class Engine(Protocol):
    """Reads text; judges nothing."""

    @property
    def name(self) -> str:
        """`local` or `llm`."""

    def version_of(self, task: TaskName = "deal") -> str:
        """Changes whenever the same text of this task could be read differently."""

    def request(self, task: TaskName = "deal") -> Request:
        """Say what reading a text of this task would ask of a model, besides the text, without asking it."""

    async def read_deal(self, note: DealNote) -> DealReading:
        """Read the statements of a deal note.

        Raises:
            EngineError: the engine could not answer.
            ArtefactError: the engine's model file is missing or damaged.
        """

    async def read_packet(self, packet: RepPacket) -> PacketReading:
        """Read the signals of a rep's material; raises as for a note."""

    async def read_talk(self, talk: Conversation) -> TalkReading:
        """Read what the manager says in a conversation; raises as for a note."""
