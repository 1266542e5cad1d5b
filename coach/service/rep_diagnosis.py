"""A rep's material becomes a diagnosis: the text layer makes it safe to read, the engine reads, the rules judge."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from coach.domain import DealReview, Finding, Gap, Impression, Notice, RepDiagnosis, RepPacket, Signal, SignalLabel
from coach.engines.base import Engine, PacketReading, Request
from coach.errors import InvalidInput, TooLarge
from coach.judgement.diagnosis import diagnose
from coach.observed import observed
from coach.rubrics import SkillWill
from coach.service import noticing
from coach.service.days import check_day
from coach.service.earlier import FIELD, records, signals_of
from coach.service.made import depends_on, provenance, review_id
from coach.text.documents import MAX_CHARS, check_text
from coach.text.joined import field_title
from coach.text.span import Span
from coach.text.untrusted import Readable, readable

_TYPED = ("rep", "role", "tenure")
"""What of a packet besides its texts is text that somebody typed."""


class SeenPacket(NamedTuple):
    """A packet as an engine is given it."""

    packet: RepPacket
    """Without what nobody can see, and without what seems to speak to the reader."""
    sources: Mapping[str, Readable]
    """Of each text, the way back to it as it came."""


async def diagnose_rep(
    packet: RepPacket, *, engine: Engine, rubric: SkillWill, as_of: date, earlier: Sequence[DealReview] = ()
) -> RepDiagnosis:
    """Diagnose a rep's material.

    The diagnosis' id is a hash of everything it depends on, so the same input has the same id and the same answer.

    Args:
        packet: The material.
        engine: Who reads it.
        rubric: What it is judged by.
        as_of: The day from which dates are counted.
        earlier: The rep's stored deal reviews, which are evidence, too.

    Raises:
        InvalidInput: there is no text in it, one is too long or binary, or `as_of` is outside 1990 to 2100.
        EngineError: the engine could not answer.
    """
    check_packet(packet)
    check_day("as_of", as_of)
    started = time.perf_counter()
    # Long texts take a while, and others are waiting.
    given = await asyncio.to_thread(seen_packet, packet)
    with observed("read", task="rep", engine=engine.name):
        reading = await engine.read_packet(given.packet)
    duration_ms = (time.perf_counter() - started) * 1000
    with observed("judge", task="rep"):
        return await asyncio.to_thread(
            diagnose_reading,
            packet,
            given,
            reading,
            rubric=rubric,
            as_of=as_of,
            duration_ms=duration_ms,
            earlier=earlier,
        )


def diagnose_reading(  # noqa: PLR0913  what a diagnosis is made of
    packet: RepPacket,
    given: SeenPacket,
    reading: PacketReading,
    *,
    rubric: SkillWill,
    as_of: date,
    duration_ms: float,
    earlier: Sequence[DealReview] = (),
) -> RepDiagnosis:
    """Judge what an engine read of a packet, wherever it was read; `given` is what `seen_packet(packet)` gives."""
    started = time.perf_counter()
    signals = [*_grounded(packet, given, reading, rubric), *signals_of(earlier, rubric)]
    found = diagnose(packet, signals, reading.impressions, rubric, as_of)
    if noticing.is_beyond("\n".join(packet.texts()), reading.engine):
        guesses = [_guess(one) for one in (found.primary, *found.others)]
        found = diagnose(packet, signals, guesses, rubric, as_of)
    made = _depends_on(packet, rubric, as_of, earlier, (reading.engine, reading.engine_version), reading.request)
    return RepDiagnosis(
        **found._asdict(),
        id=review_id("rd", made),
        rep=packet.rep,
        as_of=as_of,
        signals=tuple(signals),
        records=records(earlier),
        deal_reviews=tuple(one.id for one in earlier),
        notices=tuple(_notices(packet, given, reading, found.primary.gap, abstained=found.primary.abstained)),
        provenance=provenance(reading, rubric, duration_ms + (time.perf_counter() - started) * 1000),
    )


def seen_packet(packet: RepPacket) -> SeenPacket:
    """The packet as an engine is given it, and the way back to each of its texts."""
    sources = {field: readable(text) for field, text in packet.fields()}

    def text_of(field: str, text: str | None) -> str | None:
        return sources[field].text if field in sources else text

    assessment = packet.self_assessment
    seen = packet.model_copy(
        update={
            "self_assessment": assessment.model_copy(update={"text": text_of("self_assessment", assessment.text)}),
            "manager_observation": text_of("manager_observation", packet.manager_observation),
            "ride_along": text_of("ride_along", packet.ride_along),
            "deal_notes": tuple(text_of(f"deal_notes.{at}", note) for at, note in enumerate(packet.deal_notes)),
            "results": _seen_results(packet),
            **{name: readable(getattr(packet, name)).text for name in _TYPED},
        }
    )
    return SeenPacket(seen, sources)


def _seen_results(packet: RepPacket) -> dict[str, float | int | str | None] | None:
    if packet.results is None:
        return None
    return {
        readable(name).text: readable(value).text if isinstance(value, str) else value
        for name, value in packet.results.items()
    }


def _typed(packet: RepPacket) -> Iterator[str]:
    """What somebody typed besides the texts."""
    yield from (getattr(packet, name) for name in _TYPED)
    for name, value in (packet.results or {}).items():
        yield name
        if isinstance(value, str):
            yield value


def check_packet(packet: RepPacket) -> None:
    """Refuse what cannot be diagnosed.

    Raises:
        InvalidInput: there is no text in it, or one is too long or binary; the message names the text.
    """
    texts = list(packet.fields())
    if not texts:
        raise InvalidInput(
            "the packet has no text: give at least one of self_assessment.text, manager_observation, ride_along and "
            "deal_notes"
        )
    for field, text in texts:
        try:
            check_text(text)
        except InvalidInput as error:
            raise type(error)(f"{field}: {error.detail}") from None
    total = sum(len(text) for _, text in texts)
    if total > MAX_CHARS:
        raise TooLarge(f"the packet's texts have {total} characters, more than the {MAX_CHARS} that are read")


def diagnosis_depends_on(packet: RepPacket, *, engine: Engine, rubric: SkillWill, as_of: date) -> dict[str, Any]:
    """Everything that a diagnosis depends on, known before it is made; no stored reviews are taken in."""
    return _depends_on(packet, rubric, as_of, (), (engine.name, engine.version_of("rep")), engine.request("rep"))


def _grounded(packet: RepPacket, given: SeenPacket, reading: PacketReading, rubric: SkillWill) -> Iterator[Signal]:
    texts = dict(packet.fields())
    for one in reading.signals:
        rule = rubric.signal(one.signal)
        if rule is None:
            continue  # of another version of the rubric
        start, end = given.sources[one.field].original(one.start, one.end)
        fields = {name: getattr(one, name) for name in SignalLabel.model_fields} | {"start": start, "end": end}
        yield Signal(**fields, quote=texts[one.field][start:end], points_to=rule.points_to, counts=rule.counts)


def _guess(finding: Finding) -> Impression:
    """What a finding is worth where its reader does not know the language."""
    fields = {name: getattr(finding, name) for name in ("competency", "gap", "sub_type", "rival", "confidence")}
    return Impression(**fields, abstained=finding.gap is not Gap.INSUFFICIENT_EVIDENCE)


def _notices(
    packet: RepPacket, given: SeenPacket, reading: PacketReading, gap: Gap, *, abstained: bool
) -> Iterator[Notice]:
    yield from reading.notices
    for field, text in packet.fields():
        spans: list[Span] = list(given.sources[field].suspected)
        yield from noticing.suspected(text, spans, field_title(field), "of the rep's work")
    if any(readable(one).suspected for one in _typed(packet)):
        yield Notice(
            code="suspected_instruction",
            text="Something in the rep's name, role, tenure or figures seems to speak to whoever reads it. It was left "
            "out.",
        )
    if reading.suspected:
        yield Notice(
            code="suspected_instruction",
            text="The model took something in these texts for an attempt to steer it, and took nothing from it.",
        )
    yield from noticing.hidden("packet", *given.sources.values())
    yield from noticing.foreign("\n".join(packet.texts()), reading.engine, "packet")
    if abstained:
        yield Notice(
            code="abstained",
            text=f"The engine is not sure. Its best guess is {gap.value.replace('_', ' ')}; go and look first.",
        )
    if not reading.signals:
        yield Notice(code="nothing_found", text="Nothing in these texts shows what the rep did or left undone.")


def _depends_on(  # noqa: PLR0913, PLR0917  all of it counts
    packet: RepPacket,
    rubric: SkillWill,
    as_of: date,
    earlier: Sequence[DealReview],
    engine: tuple[str, str],
    request: Request,
) -> dict[str, Any]:
    return {
        **depends_on(packet, rubric, engine, request),
        "as_of": as_of.isoformat(),
        FIELD: [one.id for one in earlier],
    }
