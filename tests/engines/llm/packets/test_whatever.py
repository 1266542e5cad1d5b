"""Whatever a model says of a packet: each signal is words of its text, and none overlap within a text."""

from __future__ import annotations

import asyncio
import json
import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain import Competency, Gap, RepPacket, SelfAssessment
from coach.engines.base import PacketReading
from coach.engines.llm.packets.task import PacketTask
from coach.errors import BadAnswer
from coach.rubrics import load
from coach.text.joined import joined
from tests.engines.llm.packets.made import BUDGET, FINE, LAZY, LOST, PACKET, RODE, UNDONE, finding, read, signal
from tests.engines.llm.scripted import Script, said

RUBRIC = load("skill_will")
TASK = PacketTask(RUBRIC)
KNOWN = {one.id for one in RUBRIC.signals}
WHOLE = joined(PACKET).text

_QUOTES = st.sampled_from(
    [FINE, LAZY, UNDONE, BUDGET, RODE, LOST, f"{LAZY}. {UNDONE}", "ten calls", "[ride-along]", "nothing", "observation"]
) | st.builds(lambda start, size: WHOLE[start : start + size], st.integers(0, len(WHOLE)), st.integers(0, 60))
_SIGNALS = st.builds(
    signal,
    _QUOTES | st.text(max_size=5),
    st.sampled_from(["undone", "avoided", "label", "idle"]),
    st.sampled_from([*Competency, "charm"]),
)
_FINDINGS = st.builds(finding, st.sampled_from([*Competency, "charm"]), st.sampled_from([*Gap, "lazy"]))
_ANSWERS = st.builds(
    lambda signals, findings, suspected: json.dumps({"signals": signals, "findings": findings, "suspected": suspected}),
    st.lists(_SIGNALS, max_size=12),
    st.lists(_FINDINGS, max_size=5) | st.none(),
    st.lists(_QUOTES, max_size=2),
)


def is_sound(reading: PacketReading, packet: RepPacket) -> None:
    texts = dict(packet.fields())
    for one in reading.signals:
        assert one.signal in KNOWN
        assert 0 <= one.start < one.end <= len(texts[one.field])
        assert re.search(r"[^\W_]", texts[one.field][one.start : one.end])
    order = [(list(texts).index(one.field), one.start, one.end) for one in reading.signals]
    assert sorted(order) == order
    assert all(first[0] < second[0] or first[2] <= second[1] for first, second in pairwise(order))
    competencies = [one.competency for one in reading.impressions]
    assert len(competencies) == len(set(competencies)) <= 3


@settings(deadline=None, max_examples=150)
@given(_ANSWERS | st.text(), st.one_of(_ANSWERS, st.text()))
def test_signals_are_words_of_their_texts_apart_or_it_is_an_error_of_ours(text: str, repair: str) -> None:
    ask = Script(lambda call: said(text if call.system else repair))
    try:
        reading = asyncio.run(read(TASK, ask))
    except BadAnswer:
        return
    is_sound(reading, PACKET)
    assert (reading.dropped > 0) == bool(reading.notices)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=4), st.text(max_size=30), st.data())
def test_of_any_texts_what_is_quoted_from_them_is_found_in_one_of_them(
    notes: list[str], own: str, data: st.DataObject
) -> None:
    packet = RepPacket(rep="Ilse", self_assessment=SelfAssessment(text=own), deal_notes=tuple(notes))
    whole = joined(packet).text
    cuts = st.tuples(st.integers(0, len(whole)), st.integers(0, len(whole)))
    given_ = [signal(whole[min(cut) : max(cut)]) for cut in data.draw(st.lists(cuts, max_size=6))]
    ask = Script(lambda _: said(json.dumps({"signals": given_, "findings": [], "suspected": []})))
    is_sound(asyncio.run(read(TASK, ask, packet)), packet)
