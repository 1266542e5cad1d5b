"""Training, end to end on a few packets: repeatable, and it learns what it is shown."""

from __future__ import annotations

import pytest

from coach.domain import RepPacket, SelfAssessment
from coach.engines.local.packets import PacketReader
from coach.engines.local.packets.examples import read_examples
from coach.engines.local.packets.fitting import blend, fit_table
from coach.engines.local.packets.labelled import LabelledPacket
from coach.engines.local.packets.linear import table
from coach.engines.local.packets.train import fit


def test_training_is_repeatable_and_learns_its_packets() -> None:
    packets = read_examples()[::3]
    raw = fit(packets, 7, [])
    assert raw == fit(packets, 7, [])
    reader = PacketReader(raw)
    assert len(packets) == reader.packets
    read = [reader.read(one.packet) for one in packets]
    first = [one.impressions[0] for one in read]
    competencies = [one.competency is gold.competency for one, gold in zip(first, packets, strict=True)]
    assert sum(competencies) >= 0.9 * len(packets)
    # Two floors, and the upper one sees only what the lower one says of packets it was not shown: forty are few.
    gaps = [one.gap is gold.gap for one, gold in zip(first, packets, strict=True)]
    assert sum(gaps) >= 0.4 * len(packets)
    marked = [(mark.quote, mark.signal) for one in packets for mark in one.signals]
    found = {
        (dict(one.packet.fields())[label.field][label.start : label.end], label.signal)
        for one, each in zip(packets, read, strict=True)
        for label in each.signals
    }
    assert sum(mark in found for mark in marked) >= 0.5 * len(marked)


def test_what_nobody_marked_is_guessed_from_key_quotes_and_labels() -> None:
    """A packet without signals trains, too."""
    text = "Nobody ever showed me. It rained. She is lazy."
    packet = RepPacket(rep="Ines", self_assessment=SelfAssessment(text=text))
    about = {"competency": "discovery", "gap": "skill", "self_view": "accurate", "packet": packet}
    unmarked = LabelledPacket.model_validate(
        {**about, "key_quotes": ["Nobody ever showed me."], "labels": ["She is lazy"]}
    )
    others = read_examples()[:12]
    marks = [
        {"field": "self_assessment", "quote": "Nobody ever showed me.", "signal": "never_shown"},
        {"field": "self_assessment", "quote": "She is lazy.", "signal": "label"},
    ]
    marked = LabelledPacket.model_validate({**about, "signals": marks})
    assert fit([marked, *others], 7, []) == fit([unmarked, *others], 7, [])


def test_a_table_says_what_it_was_shown() -> None:
    described = [{"rain": 1.0}, {"sun": 1.0}, {"snow": 1.0}] * 4
    shown = table(fit_table(described, ["wet", "dry", "cold"] * 4, 100.0))
    likely = [shown.probabilities(one) for one in described[:3]]
    assert ["wet", "dry", "cold"] == [max(one, key=lambda name: one[name]) for one in likely]
    assert [1.0] * 3 == [pytest.approx(sum(one.values())) for one in likely]
    # A temperature makes it less sure, of the same thing.
    assert likely[0]["wet"] > shown.probabilities(described[0], 3.0)["wet"] > 1 / 3


def test_of_two_classes_and_of_one() -> None:
    shown = table(fit_table([{"a": 1.0}, {"b": 1.0}] * 3, ["yes", "no"] * 3, 10.0))
    assert shown.probabilities({"a": 1.0})["yes"] > 0.5 > shown.probabilities({"b": 1.0})["yes"]
    assert {"yes": 1.0} == table(fit_table([{"a": 1.0}], ["yes"], 1.0)).probabilities({"a": 1.0})


def test_blended_tables_score_as_their_mean() -> None:
    one = {"classes": ["a", "b"], "bias": [1.0, 0.0], "weights": {"x": [2.0, 0.0]}}
    other = {"classes": ["a", "b"], "bias": [0.0, 2.0], "weights": {"y": [0.0, 4.0]}}
    assert [2.5, 2.0] == table(blend([one, other], [0.5, 0.5])).scores({"x": 2.0, "y": 0.5})
