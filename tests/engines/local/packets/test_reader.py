"""The reader of packets: keeps its promises on any packet, and is blind to who the rep is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain import Competency, Gap, RepPacket, SelfAssessment, SelfView
from coach.engines.local.packets import PacketRead, PacketReader
from coach.evaluation.case import RepCase, load_cases
from coach.evaluation.prediction import RepOutput
from coach.evaluation.probes.catalogue import choose_probes
from coach.rubrics import load

EVALS = Path(__file__).parents[4] / "evals"
NEVER_SHOWN = RepPacket(
    rep="Ines Amadi",
    role="Account executive",
    self_assessment=SelfAssessment(
        ratings={Competency.NEGOTIATION: 2},
        text="Negotiation 2. I prepare for hours and then I give in again. Nobody ever showed me how it is done, and "
        "there was no course. Could somebody sit in and tell me what I do wrong?",
    ),
    deal_notes=(
        "They asked for eight percent. Gave eight. They asked for free transport, gave that too. Got nothing.",
    ),
)
BLOCKED = RepPacket(
    rep="Ines Amadi",
    self_assessment=SelfAssessment(
        ratings={Competency.NEGOTIATION: 4},
        text="Negotiation 4. Everything below list goes to the approval board, which sits once a month. Two deals went "
        "stale in that queue. The commission plan was changed in April and pays on volume only.",
    ),
    deal_notes=("Asked why ten; gave three against a second year and prepayment. Board postponed again.",),
)
NO_BEHAVIOUR = RepPacket(
    rep="Ines Amadi",
    self_assessment=SelfAssessment(ratings={Competency.DISCOVERY: 3}, text="Discovery 3, as last year."),
    manager_observation="Discovery: needs improvement. Score 2.5 of 5, rank 7 of 11. Overall a solid performer.",
)
_TEXTS = st.text(max_size=120) | st.sampled_from(
    [
        "She asked who signs.\n- next: call",
        "No point... 🎉 \u202e",
        "(((",
        "Nobody told me how?? 14 yrs",
        "\n\n",
        "He: 5/5.",
    ]
)
_PACKETS = st.builds(
    RepPacket,
    rep=st.text(max_size=20),
    self_assessment=st.builds(
        SelfAssessment,
        ratings=st.dictionaries(st.sampled_from(Competency), st.integers(1, 5), max_size=3),
        text=_TEXTS,
    ),
    manager_observation=st.none() | _TEXTS,
    results=st.none()
    | st.dictionaries(st.text(max_size=9), st.none() | st.integers() | st.text(max_size=3), max_size=3),
    deal_notes=st.lists(_TEXTS, max_size=2).map(tuple),
    ride_along=st.none() | _TEXTS,
)


@pytest.fixture(scope="module")
def reader() -> PacketReader:
    return PacketReader()


@pytest.mark.parametrize(
    ("packet", "gap", "competency"),
    [
        (NEVER_SHOWN, Gap.SKILL, Competency.NEGOTIATION),
        (BLOCKED, Gap.ENVIRONMENT, Competency.NEGOTIATION),
        (NO_BEHAVIOUR, Gap.INSUFFICIENT_EVIDENCE, Competency.DISCOVERY),
    ],
)
def test_it_reads_packets_it_has_never_seen(
    reader: PacketReader, packet: RepPacket, gap: Gap, competency: Competency
) -> None:
    first = reader.read(packet).impressions[0]
    assert (gap, competency) == (first.gap, first.competency)
    assert first.rival is not gap
    assert first.sub_type is None


def test_a_low_rating_for_poor_work_is_accurate(reader: PacketReader) -> None:
    assert SelfView.ACCURATE is reader.read(NEVER_SHOWN).impressions[0].self_view


def test_a_packet_without_words_has_nothing_to_show(reader: PacketReader) -> None:
    ratings = SelfAssessment(ratings={Competency.DISCOVERY: 3})
    assert PacketRead((), ()) == reader.read(RepPacket(rep="Ines Amadi", self_assessment=ratings, results={"quota": 4}))


def test_the_same_packet_is_read_the_same_by_every_thread(reader: PacketReader) -> None:
    fresh = PacketReader()
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(fresh.read, [NEVER_SHOWN, BLOCKED] * 8))
    assert [reader.read(NEVER_SHOWN), reader.read(BLOCKED)] * 8 == found
    assert reader.version == fresh.version


@settings(max_examples=100, deadline=None)
@given(packet=_PACKETS)
def test_signals_are_ordered_apart_inside_and_of_the_rubric(packet: RepPacket) -> None:
    read = _READER.read(packet)
    texts = dict(packet.fields())
    fields = list(texts)
    assert read.signals == tuple(sorted(read.signals, key=lambda one: (fields.index(one.field), one.start)))
    for before, after in pairwise(read.signals):
        assert before.field != after.field or before.end <= after.start
    for one in read.signals:
        quote = texts[one.field][one.start : one.end]
        assert quote
        assert quote == quote.strip()
        assert one.signal in _SIGNALS
    assert len(read.impressions) == (1 if texts else 0) or not read.signals


@pytest.mark.parametrize(
    # Hardly anybody's age is told.
    ("name", "folder"),
    [("name", "cases"), ("gender", "cases"), ("tenure", "cases"), ("age", "training")],
)
def test_who_the_rep_is_changes_nothing(reader: PacketReader, name: str, folder: str) -> None:
    (probe,) = choose_probes([name])
    probed = 0
    for case in load_cases([EVALS / folder / "reps.jsonl"]):
        assert isinstance(case, RepCase)
        read = reader.read(case.input)
        variant = probe.make(case, _output(read))
        if variant is None:
            continue
        assert isinstance(variant.case.input, RepPacket)
        probed += 1
        again = reader.read(variant.case.input)
        assert read.impressions == again.impressions, case.id
        assert [(one.field, one.signal, one.confidence) for one in read.signals] == [
            (one.field, one.signal, one.confidence) for one in again.signals
        ], case.id
    assert probed


def test_another_tenure_alone_changes_nothing(reader: PacketReader) -> None:
    assert reader.read(NEVER_SHOWN) == reader.read(NEVER_SHOWN.model_copy(update={"tenure": "31 years"}))


def _output(read: PacketRead) -> RepOutput:
    first = read.impressions[0]
    return RepOutput(
        competency=first.competency,
        gap=first.gap,
        sub_type=first.sub_type,
        self_view=first.self_view,
        key_quotes=(),
        labels_without_behaviour=(),
        prescription="",
    )


_READER = PacketReader()
_SIGNALS = {signal.id for signal in load("skill_will").signals}
