"""Reading a rep's material by a model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from coach.domain import Competency, RepPacket, SignalLabel
from coach.domain.base import Frozen
from coach.engines.base import PacketReading
from coach.engines.llm.packets.wire import SignalEntry, form, impressions_of
from coach.engines.llm.task import Read, Task, as_json, named, numbered, one_line, quoted
from coach.rubrics import SkillWill
from coach.rubrics.skill_will import PacketExample
from coach.text.joined import joined
from coach.text.span import Span


class Spot(Frozen):
    """A signal in the texts put together."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    signal: str
    competency: Competency


class PacketTask(Task[RepPacket, SignalEntry, Spot, PacketReading]):
    """The signals of a packet, and what they come to."""

    name = "packet_reading"
    reading_type = PacketReading
    # At most twenty signals, whatever the length.
    chars_a_token = 6

    def __init__(self, rubric: SkillWill) -> None:
        super().__init__(rubric)
        self._rubric = rubric
        self.form = form(frozenset(one.id for one in rubric.signals))

    def text(self, given: RepPacket) -> str:
        """The texts of the packet, under one another."""
        return joined(given).text

    def label(self, given: RepPacket, entry: SignalEntry, span: Span) -> Spot | str:
        """An entry at its place, which must lie in one of the texts."""
        if joined(given).part_of(span) is None:
            return "quote: must lie in one of the texts, without its heading"
        return Spot(start=span.start, end=span.end, signal=entry.signal, competency=entry.competency)

    def reading(self, given: RepPacket, read: Read[Spot], made: Mapping[str, Any]) -> PacketReading:
        """The signals, each in its text."""
        whole = joined(given)
        return PacketReading(
            **made,
            signals=tuple(_in_its_text(one, whole.part_of(Span(one.start, one.end))) for one in read.labels),
            # Of a part, what a model thinks is of that part; the rules judge the whole.
            impressions=impressions_of(read.besides[0]) if len(read.besides) == 1 else (),
            suspected=len(read.suspected),
        )

    def _slots(self) -> dict[str, str]:
        rubric = self._rubric
        return {
            **self._ids(),
            "competencies": "\n".join(f"- {one.id}: a rep {one.standard}." for one in rubric.competencies),
            "signals": "\n".join(f"- {one.id}: {one.is_} {quoted(one.examples)}" for one in rubric.signals),
            "gaps": "\n".join(f"- {one.id}: {one.test} Typical: {one.signs}." for one in rubric.gaps),
            "gap_ids": named(one.id for one in rubric.gaps),
            "rules": numbered(rubric.rules),
            "self_views": "\n".join(f"- {one.id}: {one.when}" for one in rubric.self_views),
            "self_view_ids": named(one.id for one in rubric.self_views),
            "examples": "\n\n".join(map(self._example, rubric.examples)),
        }

    def _ids(self) -> dict[str, str]:
        return {
            "signal_ids": named(one.id for one in self._rubric.signals),
            "competency_ids": named(one.id for one in self._rubric.competencies),
        }

    def _about(self, given: RepPacket) -> dict[str, str]:
        ratings = (f"{one.value} {rating}" for one, rating in given.self_assessment.ratings.items())
        results = (f"{one_line(name)} {value}" for name, value in (given.results or {}).items() if value is not None)
        return {
            "rep": one_line(given.rep) or "not named",
            "role": one_line(given.role) or "not given",
            "tenure": one_line(given.tenure) or "not given",
            "ratings": ", ".join(ratings) or "none",
            "results": ", ".join(map(one_line, results)) or "none",
        }

    def _example(self, example: PacketExample) -> str:
        about = self._about(example.packet)
        answer = {
            "signals": [one.model_dump(mode="json") for one in example.signals],
            "findings": [one.model_dump(mode="json") for one in example.findings],
            "suspected": [],
        }
        return (
            f"Rep: {about['rep']}\nRole: {about['role']}\nTenure: {about['tenure']}\nRatings: {about['ratings']}\n"
            f"Results: {about['results']}\n{joined(example.packet).text}\nAnswer:\n{as_json(answer)}"
        )


def _in_its_text(spot: Spot, part: Any) -> SignalLabel:  # noqa: ANN401  proved when it was placed
    return SignalLabel(
        field=part.field,
        start=spot.start - part.span.start,
        end=spot.end - part.span.start,
        signal=spot.signal,
        competency=spot.competency,
    )
