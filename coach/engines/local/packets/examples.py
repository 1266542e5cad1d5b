"""The made-up packets of `examples.yaml`, which train beside the labelled ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from coach.domain import RepPacket, SelfAssessment
from coach.engines.local.packets.features import NOTHING
from coach.engines.local.packets.labelled import LabelledPacket, QuotedSignal

EXAMPLES = Path(__file__).with_name("examples.yaml")
"""For people to read and to add to; only training reads it."""

_FIELDS = {"self": "self_assessment", "seen": "ride_along", "notes": "deal_notes.0"}


def read_examples(path: Path = EXAMPLES) -> list[LabelledPacket]:
    """Read a file of made-up packets, in the form that its head explains."""
    from coach.rubrics.strict_yaml import parse  # noqa: PLC0415  only training reads YAML

    content: Any = parse(path.read_bytes())
    return [_example(one) for one in content]


def _example(one: dict[str, Any]) -> LabelledPacket:
    texts: dict[str, str] = {}
    signals: list[QuotedSignal] = []
    for key, field in _FIELDS.items():
        lines = [line.partition(": ") for line in one.get(key, "").strip().splitlines()]
        texts[key] = "\n".join(words.strip() for _, _, words in lines)
        signals += [
            QuotedSignal(field=field, quote=words.strip(), signal=signal)
            for signal, _, words in lines
            if signal != NOTHING
        ]
    ratings = {one["competency"]: one["rating"]} if "rating" in one else {}
    packet = RepPacket(
        rep="",
        role=one.get("role", ""),
        self_assessment=SelfAssessment(ratings=ratings, text=texts["self"]),
        ride_along=texts["seen"] or None,
        deal_notes=(texts["notes"],) if texts["notes"] else (),
    )
    return LabelledPacket(
        packet=packet,
        competency=one["competency"],
        gap=one["gap"],
        sub_type=one.get("sub_type"),
        self_view=one["self_view"],
        signals=tuple(signals),
        for_cues=True,
    )
