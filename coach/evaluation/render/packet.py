"""A rep's packet, to be read: the diagnosis of the annotators beside the predicted one, and the quotes they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from coach.domain import RepPacket
from coach.evaluation.case import RepCase, RepExpectation
from coach.evaluation.prediction import RepOutput
from coach.evaluation.render.answers import before
from coach.evaluation.render.marking import Mark, marked
from coach.evaluation.render.tags import differing, table

if TYPE_CHECKING:
    from coach.evaluation.comparison import Flip

_FIELDS = ("competency", "gap", "sub_type", "self_view", "prescription")
_QUOTES = ("key_quotes", "labels_without_behaviour")


def packet_view(case: RepCase, output: RepOutput | None, name: str, flips: Sequence[Flip] = ()) -> Iterator[str]:
    """The diagnosis, then the texts with their quotes marked."""
    packet, gold = case.input, case.expected
    about = " · ".join(one for one in (packet.role, packet.tenure) if one)
    yield f'<p class="hint">{escape(about)}</p>'
    yield _diagnosis(gold, output, name, flips)
    gold_quotes, predicted_quotes = (one.key_quotes if one else () for one in (gold, output))
    for title, text in _texts(packet):
        if text:
            yield f'<h4>{title}</h4><div class="text">{marked(text, _marks(text, gold_quotes, predicted_quotes))}</div>'
    yield _given(packet)


def _diagnosis(gold: RepExpectation, output: RepOutput | None, name: str, flips: Sequence[Flip]) -> str:
    sides: list[RepExpectation | RepOutput] = [gold, output] if output else [gold]
    rows = [[field.replace("_", " "), *_values(sides, field)] for field in _FIELDS]
    rows += [[field.replace("_", " "), *(_listed(getattr(one, field)) for one in sides)] for field in _QUOTES]
    if output:
        stated = "" if output.confidence is None else f", confidence {output.confidence:.2f}"
        rows.append(["abstained", "", ("yes" if output.abstained else "no") + stated])
    head = ["", "gold", name][: len(sides) + 1]
    if flips:
        head.insert(2, "before")
        for field, row in zip((*_FIELDS, *[""] * len(rows)), rows, strict=False):
            row.insert(2, before(field, flips))
    return table("Diagnosis", head, rows, kind="diagnosis", said=True)


def _values(sides: Sequence[RepExpectation | RepOutput], field: str) -> list[str]:
    values = [escape(str(getattr(one, field) or "none").replace("_", " ")) for one in sides]
    if len(values) > 1 and values[0] != values[1]:
        values[1] = differing(values[1])
    return values


def _listed(quotes: Sequence[str]) -> str:
    return "<br>".join(f"«{escape(quote)}»" for quote in quotes) or "none"


def _texts(packet: RepPacket) -> Iterator[tuple[str, str]]:
    yield "Self-assessment", packet.self_assessment.text
    yield "Manager’s observation", packet.manager_observation or ""
    yield "Ride-along", packet.ride_along or ""
    yield from ((f"Deal note {number}", note) for number, note in enumerate(packet.deal_notes, start=1))


def _marks(text: str, gold: Sequence[str], predicted: Sequence[str]) -> list[Mark]:
    """Quotes of one side, then of the other, then what both quote."""
    both = [quote for quote in gold if quote in predicted]
    sides = (
        (gold, "gold", "key quote, gold"),
        (predicted, "predicted", "key quote, predicted"),
        (both, "both", "key quote of both"),
    )
    return [
        Mark(start, start + len(quote), kind, title)
        for quotes, kind, title in sides
        for quote in quotes
        if quote and (start := text.find(quote)) >= 0
    ]


def _given(packet: RepPacket) -> str:
    rated = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in packet.self_assessment.ratings.items())
    results = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in (packet.results or {}).items())
    said = [
        f"{title}: {escape(text)}" for title, text in (("Own ratings, 1 to 5", rated), ("Results", results)) if text
    ]
    return f'<p class="hint">{"<br>".join(said)}</p>' if said else ""
