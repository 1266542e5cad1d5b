"""Whatever a reader says: what holds of every diagnosis, and of every text that Coach adds."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.domain import (
    Competency,
    Finding,
    Gap,
    Impression,
    Prescription,
    RepPacket,
    SelfAssessment,
    Signal,
    WillSubType,
)
from coach.judgement.diagnosis import Diagnosed, diagnose
from coach.judgement.diagnosis.prescribing import filled, prescribe, slot_values
from tests.judgement.diagnosis.conftest import AS_OF, RUBRIC, concluded, grounded, signal

CANARY = "quinceblossom"
"""Stands in every text of a packet; nothing that Coach adds may hold it."""
_SENTENCES = tuple(f"{CANARY} {day} went by" for day in ("Monday", "Tuesday", "Friday"))
_FIELDS = ("self_assessment", "ride_along", "deal_notes.0")
_STORED = "deal_review.dr_1"
_FORBIDDEN = re.compile(
    r"\b(?:hopeless|lazy|lazi|scores?|scored|scoring|fire|fired|firing|sack|sacked|dismiss\w*|terminat\w*|demot\w*|rank\w*"
    r"|loser|failure|stupid|incompetent|useless|untalented|talent\w*|attitude|personality|character|born|weakness\w*"
    r"|bad rep|poor performer|underperform\w*|c-player|a-player|salary|bonus|warning)\b",
    re.IGNORECASE,
)
_EVIDENCE = {"behaviour", "cause"}

_competencies = st.sampled_from(list(Competency)[:3])
_signals = st.lists(
    st.builds(
        signal,
        st.sampled_from([one.id for one in RUBRIC.signals]),
        _competencies,
        field=st.sampled_from(_FIELDS),
        # A whole sentence, half of one, or no more than a word of it.
        quote=st.sampled_from([*_SENTENCES, _SENTENCES[0][:-5], CANARY]),
    )
    # All that a stored review is evidence of.
    | st.builds(
        signal, st.just("to_standard"), _competencies, field=st.just(_STORED), quote=st.sampled_from(_SENTENCES)
    ),
    max_size=8,
)
_impressions = st.lists(
    st.builds(
        Impression,
        competency=_competencies,
        gap=st.sampled_from(Gap),
        sub_type=st.none() | st.sampled_from(WillSubType),
        rival=st.none() | st.sampled_from(Gap),
        confidence=st.none() | st.floats(0, 1),
        abstained=st.booleans(),
    ),
    max_size=3,
)
_ratings = st.dictionaries(_competencies, st.integers(1, 5), max_size=3)
_days = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_signals, _impressions, _ratings, _days)
def test_whatever_a_reader_says_the_codebook_holds(
    signals: list[Signal], says: list[Impression], ratings: dict[Competency, int], as_of: date
) -> None:
    text = ". ".join(_SENTENCES)
    packet = RepPacket(
        rep="Ilse",
        self_assessment=SelfAssessment(ratings=ratings, text=text),
        manager_observation=f"{CANARY} fire him",
        deal_notes=(text,),
        ride_along=text,
    )
    signals = grounded(signals, dict(packet.fields()))
    found = diagnose(packet, signals, says, RUBRIC, as_of)
    impressions = {one.competency: one for one in says}
    for one in (found.primary, *found.others):
        _holds(one, [each for each in signals if each.competency is one.competency], impressions.get(one.competency))
        assert all(signals[index].competency is one.competency for index in one.because)
    here = {one.competency for one in signals if one.field != _STORED}
    assert {one.competency for one in found.others} <= here | impressions.keys()
    _fits(found, as_of)
    places = [*found.prescription.bring, *(index for one in found.further for index in one.bring)]
    places += [*(one.signal for one in found.assumptions), *(found.declined.because if found.declined else ())]
    places += [index for one in found.self_assessment for index in one.because]
    places += [found.contrast.missing, found.contrast.shown] if found.contrast else []
    assert all(0 <= place < len(signals) for place in places)
    assert CANARY not in repr(found)


def _holds(found: Finding, seen: list[Signal], impression: Impression | None) -> None:
    """The caps that no reader overrides."""
    evidence = [one for one in seen if one.counts in _EVIDENCE and one.quote != CANARY]
    speaking = [one.points_to for one in evidence]
    ids = {one.signal for one in evidence}
    assert found.gap is not found.rival
    assert (found.sub_type is None) or found.gap is Gap.WILL
    match found.gap:
        case Gap.SKILL:
            assert Gap.SKILL in speaking
            assert "shown_before" not in ids or "new_to_it" in {one.signal for one in seen}
        case Gap.WILL:
            sentences = {one.quote[: len(_SENTENCES[0]) - 5] for one in evidence if one.points_to is Gap.WILL}
            assert len(sentences) >= 2
            assert ids & {"avoided", "undone", "no_reason", "dread"}
        case Gap.BOTH:
            assert {Gap.SKILL, Gap.WILL} <= set(speaking)
        case Gap.ENVIRONMENT:
            assert Gap.ENVIRONMENT in speaking
        case Gap.NONE:
            assert ids & {"to_standard", "shown_before"}
    if impression is None or found.gap is impression.gap:
        assert found.capped is None
        return
    assert found.capped
    assert impression.gap is found.capped.gap
    assert found.capped.why
    assert Gap.NONE is not found.gap
    assert (None, False) == (found.confidence, found.abstained)


def _fits(found: Diagnosed, as_of: date) -> None:
    """The remedies go with the findings."""
    first, primary = found.prescription, found.primary
    assert primary.competency is first.competency
    assert (Gap.INSUFFICIENT_EVIDENCE if primary.abstained else primary.gap) is first.gap
    gaps = {(one.competency, one.gap) for one in (primary, *found.others)}
    assert len(found.further) <= 3
    guess = found.primary.gap
    for one in (first, *found.further):
        assert one.by > as_of
        assert (one.manager_action is not None) is ((guess if one is first else one.gap) is Gap.ENVIRONMENT)
        assert len(one.bring) <= 2
        assert one.gap is not Gap.INSUFFICIENT_EVIDENCE or not one.bring
        assert one is first or (one.competency, one.gap) in gaps


def _texts(one: Prescription) -> tuple[str, ...]:
    texts = (
        one.title,
        *one.next_one_on_one,
        one.practise,
        one.watch_for,
        one.shows_it_worked,
        one.manager_action or "",
    )
    return tuple(filter(None, texts))


_COMBINATIONS = list(product(Gap, (None, *WillSubType)))


@pytest.mark.parametrize("competency", Competency)
def test_no_text_that_coach_adds_judges_the_person_or_leaves_a_slot_open(competency: Competency) -> None:
    texts = [
        text
        for gap, sub_type in _COMBINATIONS
        for text in _texts(prescribe(RUBRIC, "Ilse", competency, gap, sub_type, AS_OF))
    ]
    values = slot_values(RUBRIC, "Ilse", competency)
    texts += [filled(RUBRIC.observation(gap, rival), values) for gap, rival in product(Gap, Gap) if gap is not rival]
    texts += [one.ask for one in concluded(signal("label", competency)).assumptions]
    assert len(texts) > 100
    for text in texts:
        assert _FORBIDDEN.search(text) is None, text
        assert "$" not in text
        assert ".." not in text
        assert text[0].isupper()


def test_the_reasons_of_every_cap_judge_nobody() -> None:
    reasons = set()
    for gap, first in product(Gap, ["avoided", "done_wrong", "obstacle", "to_standard", "label"]):
        found = concluded(first, says=(Impression(competency=Competency.DISCOVERY, gap=gap),)).primary
        reasons |= {found.capped.why} if found.capped else set()
    assert len(reasons) == 6
    assert [] == [why for why in reasons if _FORBIDDEN.search(why)]


def test_every_remedy_has_a_date_in_its_words() -> None:
    for gap, sub_type in _COMBINATIONS:
        one = prescribe(RUBRIC, "Ilse", Competency.DISCOVERY, gap, sub_type, AS_OF)
        assert AS_OF < one.by <= AS_OF + timedelta(days=92)
        assert one.by.isoformat() in one.shows_it_worked
