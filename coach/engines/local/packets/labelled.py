"""A rep packet as the reader trains on it."""

from __future__ import annotations

from coach.domain import Competency, Gap, RepPacket, SelfView, WillSubType
from coach.domain.base import Frozen


class QuotedSignal(Frozen):
    """A signal that an annotator marked."""

    field: str
    """As `RepPacket.fields` names it."""
    quote: str
    signal: str


class LabelledPacket(Frozen):
    """A packet and what annotators say of it."""

    packet: RepPacket
    competency: Competency
    gap: Gap
    sub_type: WillSubType | None = None
    self_view: SelfView
    key_quotes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    """Labels without behaviour."""
    signals: tuple[QuotedSignal, ...] = ()
    """None where nobody marked any: what its sentences say is then guessed from the key quotes and the cues."""
    for_cues: bool = False
    """Whether the cues were written in sight of it: what a classifier makes of it is then too good to calibrate by."""
