"""Training, end to end on a few packets: repeatable, and it learns what it is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.engines.local.packets import PacketReader
from coach.engines.local.packets.fitting import blend, fit_table
from coach.engines.local.packets.labelled import LabelledPacket
from coach.engines.local.packets.linear import table
from coach.engines.local.packets.train import fit
from coach.evaluation.case import RepCase, load_cases

CASES = Path(__file__).parents[4] / "evals" / "cases" / "reps.jsonl"


def some_packets(count: int) -> list[LabelledPacket]:
    return [
        LabelledPacket(
            packet=case.input,
            competency=case.expected.competency,
            gap=case.expected.gap,
            sub_type=case.expected.sub_type,
            self_view=case.expected.self_view,
            key_quotes=case.expected.key_quotes,
            labels=case.expected.labels_without_behaviour,
        )
        for case in load_cases([CASES])[:count]
        if isinstance(case, RepCase)
    ]


def test_training_is_repeatable_and_learns_its_packets() -> None:
    packets = some_packets(12)
    raw = fit(packets, seed=7)
    assert raw == fit(packets, seed=7)
    reader = PacketReader(raw)
    assert 12 == reader.packets
    read = [reader.read(one.packet).impressions[0] for one in packets]
    assert 12 == sum(one.competency is gold.competency for one, gold in zip(read, packets, strict=True))
    assert 9 <= sum(one.gap is gold.gap for one, gold in zip(read, packets, strict=True))


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
