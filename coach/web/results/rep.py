"""A diagnosis as a message: the gap, what it rests on, what to do, how the rep sees it, what to check."""

from __future__ import annotations

from collections.abc import Iterator

from coach.domain import Finding, Gap, Prescription, RepDiagnosis
from coach.text.joined import field_title
from coach.web.results.closing import closing
from coach.web.results.parts import (
    Document,
    Part,
    Said,
    Section,
    Tone,
    Words,
    facts,
    faint,
    first,
    points,
    said,
    strong,
)

_MOST = 12


def rep_document(found: RepDiagnosis) -> Document:
    """What a message says of a rep's material."""
    return Document(
        title=Words(found.rep),
        about=Words(f"skill, will or neither · as of {found.as_of}"),
        sections=tuple(_sections(found)),
    )


def _sections(found: RepDiagnosis) -> Iterator[Section]:
    if found.declined:
        yield Section("Declined", (said(found.declined.reason),))
    yield Section("Skill, will or neither", tuple(_finding(found.primary)))
    yield Section("What to do", tuple(_prescription(found.prescription, found)))
    signals = [_signal(found, index) for index in range(len(found.signals))]
    nothing = (said("Nothing that the rep did or left undone."),)
    yield Section("What it rests on", points(first(signals, _MOST, "quote")) or nothing)
    if found.contrast:
        rows = (("missing here", found.contrast.missing), ("done here", found.contrast.shown))
        yield Section("The same rep, elsewhere", facts((name, said(_words_of(found, at))) for name, at in rows))
    if found.self_assessment:
        yield Section("How the rep sees it, and what the texts show", facts(_self_view(found)))
    if found.assumptions:
        asks = (said(_words_of(found, one.signal), one.ask) for one in found.assumptions)
        yield Section("Assumptions to check", points(asks))
    if found.others:
        yield Section("Besides", tuple(part for one in found.others for part in _finding(one)))
    for later in found.further:
        yield Section(f"Later: {later.title} ({_spaced(later.competency)})", tuple(_prescription(later, found)))
    yield from closing(found.notices, found.provenance)


def _finding(one: Finding) -> Iterator[Part]:
    gap = _spaced(one.gap).upper() + (f" ({_spaced(one.sub_type)})" if one.sub_type else "")
    sure = "" if one.confidence is None else f"{one.confidence:.0%} sure"
    unsure = "NOT SURE, BEST GUESS " if one.abstained else ""
    yield said(strong(unsure + gap), f"in {_spaced(one.competency)}", faint(sure))
    yield said(faint(f"What else fits: {_spaced(one.rival)}. To tell them apart:"), one.look)
    if one.capped:
        yield said(faint(f"Not {_spaced(one.capped.gap)}: {one.capped.why}"))


def _prescription(one: Prescription, found: RepDiagnosis) -> Iterator[Part]:
    rows: list[tuple[str, Said]] = [("Remedy", said(strong(one.title)))]
    if one.manager_action:
        rows.append(("Yours to mend", said(one.manager_action)))
    rows += [("Bring", said(_words_of(found, index))) for index in one.bring]
    rows += [("Next 1-on-1", said(step)) for step in one.next_one_on_one]
    rows += [("Practise", said(one.practise)), ("Watch for", said(one.watch_for)), ("By", said(one.by.isoformat()))]
    yield from facts([*rows, ("It worked if", said(one.shows_it_worked))])


def _signal(found: RepDiagnosis, index: int) -> Said:
    one = found.signals[index]
    return said(_words_of(found, index), faint(f"{_spaced(one.signal)}, {field_title(one.field)}"))


def _words_of(found: RepDiagnosis, index: int) -> Words:
    one = found.signals[index]
    return Words(one.quote, Tone.BUYER if one.points_to in {Gap.NONE, None} else Tone.SELLER)


def _self_view(found: RepDiagnosis) -> Iterator[tuple[str, Said]]:
    for one in found.self_assessment:
        rating = f"{one.rating} of 5" if one.rating else "not rated"
        yield _spaced(one.competency), said(f"{rating}; the texts show {_spaced(one.shows)}: {_spaced(one.self_view)}")


def _spaced(name: str) -> str:
    return name.replace("_", " ")
