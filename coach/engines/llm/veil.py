"""What a model is shown: the material without what tells who somebody is; and its answer, as if it had seen it all.

Rule: everything outside this module works on the material as it was given; everything between here and the model on
what was veiled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from coach.domain import Conversation, DealNote, Notice, RepPacket
from coach.domain.base import Frozen
from coach.engines.base import DealReading, PacketReading, Reading, TalkReading
from coach.text.conversation import is_role, speakers, turns
from coach.text.redaction import Redacted, Redactor
from coach.text.span import Span

_LabelT = TypeVar("_LabelT", bound=Frozen)
_CALLED = {
    "email": ("mail address", "mail addresses"),
    "phone": ("phone number", "phone numbers"),
    "card": ("card number", "card numbers"),
    "iban": ("account number", "account numbers"),
    "id": ("identity number", "identity numbers"),
    "person": ("mention of a person", "mentions of people"),
}


class Veil(NamedTuple):
    """Material to show, and the way back."""

    given: Frozen
    counts: Mapping[str, int]
    """How many were taken out, by kind."""
    lift: Callable[[Reading], Reading]
    """A reading of it as one of the material as it was given."""


def veiled(given: Frozen) -> Veil:
    """Veil a note, a packet or a conversation; one with nothing to take out is shown as it is."""
    if isinstance(given, DealNote):
        return _note(given)
    if isinstance(given, RepPacket):
        return _packet(given)
    assert isinstance(given, Conversation)  # noqa: S101  there is nothing else to read
    return _talk(given)


def shown(given: Frozen) -> Veil:
    """Show it as it is."""
    return Veil(given, {}, lambda reading: reading)


def _note(given: DealNote) -> Veil:
    deal = given.deal
    redactor = Redactor(given.people, [given.note, *_texts(deal)])
    note = redactor.redact(given.note)
    fields = {name: _one(redactor, getattr(deal, name)) for name in ("name", "amount", "stage")}
    if not redactor.counts:
        return shown(given.model_copy(update={"people": ()}))
    # The list itself stays here.
    seen = given.model_copy(update={"note": note.text, "deal": deal.model_copy(update=fields), "people": ()})

    def lift(reading: Reading) -> Reading:
        assert isinstance(reading, DealReading)  # noqa: S101  of a note
        return _told(
            reading.model_copy(
                update={
                    "labels": tuple(_moved(one, note) for one in reading.labels),
                    "suspected": tuple(note.span(*one) for one in reading.suspected),
                }
            ),
            redactor,
        )

    return Veil(seen, redactor.found, lift)


def _packet(given: RepPacket) -> Veil:
    results_said = [one for pair in (given.results or {}).items() for one in pair if isinstance(one, str)]
    redactor = Redactor(_named(given.rep), [*given.texts(), *_texts(given), *results_said])
    texts = {field: redactor.redact(text) for field, text in given.fields()}

    def text(field: str, as_given: str | None) -> str | None:
        return texts[field].text if field in texts else as_given

    results = (
        None
        if given.results is None
        else {
            redactor.redact(name).text: redactor.redact(value).text if isinstance(value, str) else value
            for name, value in given.results.items()
        }
    )
    changed: dict[str, Any] = {
        "rep": redactor.redact(given.rep).text,
        "role": redactor.redact(given.role).text,
        "tenure": redactor.redact(given.tenure).text,
        "self_assessment": given.self_assessment.model_copy(
            update={"text": text("self_assessment", given.self_assessment.text)}
        ),
        "manager_observation": text("manager_observation", given.manager_observation),
        "ride_along": text("ride_along", given.ride_along),
        "deal_notes": tuple(text(f"deal_notes.{number}", note) for number, note in enumerate(given.deal_notes)),
        "results": results,
    }
    if not redactor.counts:
        return shown(given)

    def lift(reading: Reading) -> Reading:
        assert isinstance(reading, PacketReading)  # noqa: S101  of a packet
        signals = tuple(_moved(one, texts[one.field]) for one in reading.signals)
        return _told(reading.model_copy(update={"signals": signals}), redactor)

    return Veil(given.model_copy(update=changed), redactor.found, lift)


def _talk(given: Conversation) -> Veil:
    speaking = speakers(turns(given.transcript))
    people = dict.fromkeys(name for one in (given.manager, given.rep, *speaking) for name in _named(one))
    redactor = Redactor(tuple(people), [given.transcript, *_texts(given)])
    transcript = redactor.redact(given.transcript)
    changed = {name: redactor.redact(getattr(given, name)).text for name in ("setting", "manager", "rep")}
    if not redactor.counts:
        return shown(given)

    def lift(reading: Reading) -> Reading:
        assert isinstance(reading, TalkReading)  # noqa: S101  of a conversation
        rewrites = tuple(
            _moved(one, transcript).model_copy(update={"ask": redactor.put_back(one.ask)}) for one in reading.rewrites
        )
        return _told(
            reading.model_copy(
                update={
                    "moves": tuple(_moved(one, transcript) for one in reading.moves),
                    "rewrites": rewrites,
                    "suspected": tuple(transcript.span(*one) for one in reading.suspected),
                }
            ),
            redactor,
        )

    return Veil(given.model_copy(update={"transcript": transcript.text, **changed}), redactor.found, lift)


def _moved(label: _LabelT, text: Redacted) -> _LabelT:
    span = text.span(label.start, label.end)  # type: ignore[attr-defined]
    if span == Span(label.start, label.end):  # type: ignore[attr-defined]
        return label
    return label.model_copy(update={"start": span.start, "end": span.end})


def _told(reading: Reading, redactor: Redactor) -> Reading:
    counts = redactor.found
    if set(counts) <= {"person"}:
        # Names are left out as a rule; what was sent says so, and nobody need be told each time.
        return reading
    said = ", ".join(f"{count} {_CALLED[kind][count != 1]}" for kind, count in counts.items())
    text = f"The model was not shown {said}: placeholders stood in their place, and are put back here."
    return reading.model_copy(update={"notices": (*reading.notices, Notice(code="redacted", text=text))})


def _one(redactor: Redactor, text: str | None) -> str | None:
    return None if text is None else redactor.redact(text).text


def _named(name: str) -> tuple[str, ...]:
    """The name, unless it is a role, such as "Manager", that tells nobody who it is."""
    return (name,) if name.strip() and not is_role(name) else ()


def _texts(given: Frozen) -> Iterator[str]:
    """Every short text of it."""
    yield from (value for value in given.model_dump().values() if isinstance(value, str))
