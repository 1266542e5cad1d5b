"""What a probe is: a change to a case that must not matter, and the unlabelled case that comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from coach.domain import RepPacket
from coach.evaluation.case import DealCase, NoteCase, PacketCase, RepCase
from coach.evaluation.prediction import Output
from coach.evaluation.probes.rewrite import Rewrite

Probed = DealCase | RepCase
Rewriter = Callable[[str], Rewrite]


@dataclass(frozen=True, slots=True)
class Variant:
    """A changed case."""

    case: NoteCase | PacketCase
    note: Rewrite | None = None
    """How the note was changed; None for a packet."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A change that must not matter."""

    name: str
    changes: str
    """What it changes, in a sentence."""
    expects: str
    """What is expected of the verdicts, in a sentence."""
    make: Callable[[Probed, Output], Variant | None]
    """Makes the variant from the case and the subject's own reading of it; None where there is nothing to change."""
    may_weaken: bool = False
    """Whether a verdict may get weaker, and only a stronger one is wrong."""


def note_variant(case: DealCase, probe: str, note: Rewrite) -> Variant | None:
    """The case with the changed note; None where nothing changed."""
    if note.text == case.input.note:
        return None
    changed = case.input.model_copy(update={"note": note.text})
    return Variant(NoteCase(id=f"{case.id}~{probe}", input=changed, **_shared(case)), note)


def packet_variant(case: RepCase, probe: str, packet: RepPacket) -> Variant | None:
    """The case with the changed packet; None where nothing changed."""
    if packet == case.input:
        return None
    return Variant(PacketCase(id=f"{case.id}~{probe}", input=packet, **_shared(case)))


def rewrite_all(case: Probed, probe: str, rewrite: Rewriter) -> Variant | None:
    """The case with every text of it rewritten."""
    if isinstance(case, DealCase):
        return note_variant(case, probe, rewrite(case.input.note))
    return packet_variant(case, probe, rewrite_packet(case.input, rewrite))


def rewrite_packet(packet: RepPacket, rewrite: Rewriter) -> RepPacket:
    """The packet with its texts and the rep's role rewritten."""

    def new(text: str) -> str:
        return rewrite(text).text

    return packet.model_copy(
        update={
            "role": new(packet.role),
            "self_assessment": packet.self_assessment.model_copy(update={"text": new(packet.self_assessment.text)}),
            "manager_observation": packet.manager_observation and new(packet.manager_observation),
            "ride_along": packet.ride_along and new(packet.ride_along),
            "deal_notes": tuple(new(text) for text in packet.deal_notes),
        }
    )


def _shared(case: Probed) -> dict[str, object]:
    return {
        "split": case.split,
        "tags": case.tags,
        "slices": case.slices,
        "cluster": case.group,
        "source": case.source,
    }
