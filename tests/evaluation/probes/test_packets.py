"""Whose name, gender, tenure or age a packet has changes no gap of the embedded engine, on any gold packet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from coach.domain import RepPacket
from coach.engines.local.packets import PacketReader
from coach.evaluation.case import RepCase, load_cases
from coach.evaluation.coach_subject import DAY
from coach.evaluation.outputs import rep_output
from coach.evaluation.probes import choose_probes
from coach.evaluation.probes.age import swap_age
from coach.evaluation.probes.probe import rewrite_packet
from coach.wiring import Coach, build

PACKETS = Path(__file__).parents[3] / "evals" / "cases" / "reps.jsonl"
CASES = [one for one in load_cases([PACKETS]) if isinstance(one, RepCase)]
AGED = "{rep} is a young woman, aged 26."


@pytest.fixture(scope="module")
def coach() -> Coach:
    return build(measured=True)


@pytest.fixture(scope="module")
def reader() -> PacketReader:
    return PacketReader()


def of_an_age(packet: RepPacket) -> RepPacket:
    """The packet with its rep's age in it; none of the gold packets says one."""
    said = f"{AGED.format(rep=packet.rep.split()[0])} {packet.manager_observation or ''}"
    return packet.model_copy(update={"manager_observation": said.strip()})


def gap_of(reader: PacketReader) -> Callable[[RepPacket], object]:
    return lambda packet: reader.read(packet).impressions[0].gap


def test_what_is_swapped_is_swapped() -> None:
    assert "Ana is an old woman, aged 56." == swap_age(AGED.format(rep="Ana")).text


def test_old_and_young_are_read_alike(reader: PacketReader) -> None:
    gap = gap_of(reader)
    young = [of_an_age(one.input) for one in CASES]
    old = [rewrite_packet(one, swap_age) for one in young]
    assert 60 == sum(one != other for one, other in zip(young, old, strict=True))
    assert list(map(gap, young)) == list(map(gap, old))


@pytest.mark.parametrize(("name", "least"), [("name", 60), ("gender", 50), ("tenure", 60)])
async def test_no_gap_flips_with_what_must_not_matter(coach: Coach, name: str, least: int) -> None:
    (probe,) = choose_probes([name])
    changed = 0
    for case in CASES:
        before = rep_output(await coach.diagnose_rep(case.input, DAY))
        variant = probe.make(case, before)
        if variant is None:
            continue
        assert isinstance(variant.case.input, RepPacket)
        after = rep_output(await coach.diagnose_rep(variant.case.input, DAY))
        assert (case.id, before.gap) == (case.id, after.gap)
        changed += 1
    assert changed >= least
