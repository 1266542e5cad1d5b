"""What a model answers to a rep's material: signals, a finding for each competency, and what it suspects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import ValidationError, create_model

from coach.domain import Competency, Gap, Impression, SelfView, WillSubType
from coach.engines.llm.form import TIDY, Form, Wire, Wrong, read_as

_MOST_FINDINGS = 3
_SURE = {"high": 0.9, "medium": 0.7, "low": 0.5}
"""What a model's word for its sureness counts for; a rough scale, not calibrated."""


class SignalEntry(Wire):
    """A signal: its words, copied from one of the texts."""

    quote: str
    signal: Annotated[str, TIDY]
    competency: Annotated[Competency, TIDY]


class _Finding(Wire):
    competency: Annotated[Competency, TIDY]
    gap: Annotated[Gap, TIDY]
    sub_type: Annotated[WillSubType | None, TIDY]
    self_view: Annotated[SelfView, TIDY]
    confidence: Annotated[Literal["high", "medium", "low"], TIDY]
    rival: Annotated[Gap, TIDY]


class _Understood(_Finding):
    """As it is taken: but for competency and gap, what cannot be read is left open."""

    sub_type: Annotated[WillSubType | None, TIDY] = None
    self_view: Annotated[SelfView, TIDY] = SelfView.UNCLEAR
    confidence: Annotated[Literal["high", "medium", "low"] | None, TIDY] = None  # type: ignore[assignment]
    rival: Annotated[Gap | None, TIDY] = None  # type: ignore[assignment]


def form(signal_ids: frozenset[str]) -> Form[SignalEntry]:
    """The form of an answer; the signals are the rubric's."""

    def read_entry(content: dict[str, Any]) -> SignalEntry | Wrong:
        entry = read_as(SignalEntry.model_validate, content)
        if isinstance(entry, SignalEntry) and entry.signal not in signal_ids:
            return Wrong(content, f"signal is not one of {', '.join(sorted(signal_ids))}")
        return entry

    named: Any = Literal[tuple(sorted(signal_ids))]  # a schema of its own for each rubric
    entry_type: Any = create_model("SignalEntry", __base__=SignalEntry, signal=(named, ...))
    whole = create_model(
        "Whole",
        __base__=Wire,
        signals=(list[entry_type], ...),
        findings=(list[_Finding], ...),
        suspected=(list[str], ...),
    )
    return Form("signals", read_entry, whole)


def impressions_of(besides: Mapping[str, Any]) -> tuple[Impression, ...]:
    """What the model makes of each competency, that which it names first before all; none twice."""
    found: dict[Competency, Impression] = {}
    for one in _findings(besides.get("findings")):
        found.setdefault(
            one.competency,
            Impression(
                competency=one.competency,
                gap=one.gap,
                sub_type=one.sub_type if one.gap is Gap.WILL else None,
                self_view=one.self_view,
                rival=one.rival if one.rival is not one.gap else None,
                confidence=_SURE.get(one.confidence or ""),
            ),
        )
    return tuple(found.values())[:_MOST_FINDINGS]


def _findings(content: object) -> Iterator[_Understood]:
    for one in content if isinstance(content, list) else ():
        try:
            yield _Understood.model_validate(one)
        except ValidationError as error:
            wrong = {part["loc"][0] for part in error.errors(include_url=False) if part["loc"]}
            if isinstance(one, dict) and not wrong & {"competency", "gap"}:
                yield _Understood.model_validate({name: value for name, value in one.items() if name not in wrong})
