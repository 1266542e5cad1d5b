"""Cross-validation: nobody reads a note that they were trained on, nor another note of the same deal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from coach.domain import Conversation, DealNote, RepPacket
from coach.engines.base import DealReading, PacketReading, Request, TalkReading, TaskName
from coach.evaluation.case import AttackCase, DealCase, LabelledCase, RepCase
from coach.evaluation.cross_validation import assign_folds, cross_validate
from coach.evaluation.evaluate import keep_run
from coach.evaluation.run import open_run
from coach.evaluation.spoil import spoil
from coach.wiring import Coach


class Trained:
    """Remembers what it was trained on, and refuses to read it."""

    name = "trained"

    def __init__(self, seen: Sequence[LabelledCase]) -> None:
        self.seen = {one.input.note for one in seen if isinstance(one, DealCase)}
        self.packets = {one.input.rep for one in seen if isinstance(one, RepCase)}

    def version_of(self, task: TaskName = "deal") -> str:
        del task
        return "1"

    def request(self, task: TaskName = "deal") -> Request:
        del task
        return Request()

    async def read_packet(self, packet: RepPacket) -> PacketReading:
        assert packet.rep not in self.packets
        return PacketReading(engine="trained", engine_version="1", signals=())

    async def read_talk(self, talk: Conversation) -> TalkReading:
        raise NotImplementedError

    async def read_deal(self, note: DealNote) -> DealReading:
        assert note.note not in self.seen
        return DealReading(engine="trained", engine_version="1", labels=())


def notes(case: DealCase, count: int) -> list[DealCase]:
    return [
        case.model_copy(
            update={
                "id": f"d-{place}",
                "cluster": f"deal {place // 2}",
                "input": case.input.model_copy(update={"note": case.input.note + " " * place}),
            }
        )
        for place in range(count)
    ]


async def test_every_note_is_read_once_by_an_engine_that_never_saw_it(
    told: Callable[..., Coach], deal_case: DealCase, attack_case: AttackCase, tmp_path: Path
) -> None:
    cases = notes(deal_case, 10)
    attack = attack_case.model_copy(update={"expected": attack_case.expected.model_copy(update={"base": "d-0"})})
    engines: list[Trained] = []

    def fit(seen: Sequence[LabelledCase]) -> Trained:
        engines.append(Trained(seen))
        return engines[-1]

    told_of: list[str] = []
    found = await cross_validate([*cases, attack], told({}), fit, folds=5, seed=7, progress=told_of.append)
    assert [*(case.id for case in cases), "a-1"] == list(found.predictions)
    assert [] == [one.error for repeats in found.predictions.values() for one in repeats if one.error]
    assert (5, 5) == (len(engines), len(told_of))
    # Both notes of a deal are in one fold: the engine that reads one saw neither.
    for engine in engines:
        unseen = [case.cluster for case in cases if case.input.note not in engine.seen]
        assert {2} == set(Counter(unseen).values())
    assert "5 folds by case, seed 7" == found.provenance["cross_validation"]
    assert "engine_version" not in found.provenance
    keep_run(*found, tmp_path / "run")
    assert found.predictions.keys() == open_run(tmp_path / "run").predictions.keys()


async def test_each_fold_has_its_share_of_each_task(
    told: Callable[..., Coach], deal_case: DealCase, rep_case: RepCase
) -> None:
    packets = [
        rep_case.model_copy(
            update={"id": f"r-{place}", "input": rep_case.input.model_copy(update={"rep": f"R{place}"})}
        )
        for place in range(5)
    ]
    engines: list[Trained] = []

    def fit(seen: Sequence[LabelledCase]) -> Trained:
        engines.append(Trained(seen))
        return engines[-1]

    cases = [*notes(deal_case, 10), *packets]
    found = await cross_validate(cases, told({}), fit, folds=5, seed=7, progress=lambda _: None)
    assert [case.id for case in cases] == list(found.predictions)
    assert [(8, 4)] * 5 == [(len(one.seen), len(one.packets)) for one in engines]
    assert [] == [one.error for repeats in found.predictions.values() for one in repeats if one.error]


async def test_the_engine_is_shown_the_spoiled_note_and_training_the_clean_one(
    told: Callable[..., Coach], deal_case: DealCase, rep_case: RepCase, attack_case: AttackCase, tmp_path: Path
) -> None:
    cases = [*notes(deal_case, 10), rep_case]
    attack = attack_case.model_copy(update={"expected": attack_case.expected.model_copy(update={"base": "d-0"})})
    trained: list[Sequence[LabelledCase]] = []
    read: list[str] = []

    class Reader(Trained):
        async def read_deal(self, note: DealNote) -> DealReading:
            read.append(note.note)
            return await super().read_deal(note)

    def fit(seen: Sequence[LabelledCase]) -> Trained:
        trained.append(seen)
        return Reader(seen)

    def shown(case: LabelledCase) -> LabelledCase:
        return spoil(case, "dictation", 7)

    found = await cross_validate([*cases, attack], told({}), fit, folds=5, seed=7, progress=lambda _: None, shown=shown)
    spoiled = [shown(case) for case in cases]
    # The attack was made from a note that nobody read.
    assert spoiled == list(found.cases)
    assert [case.id for case in cases] == list(found.predictions)
    notes_shown = [case.input.note for case in spoiled if isinstance(case, DealCase)]
    assert sorted(notes_shown) == sorted(read)
    assert [] == [note for note in read if note in {case.input.note for case in notes(deal_case, 10)}]
    assert [] == [one for seen in trained for one in seen if one not in cases]
    # The folds are those of the clean cases.
    with_spoiled, trained = trained, []
    await cross_validate(cases, told({}), fit, folds=5, seed=7, progress=lambda _: None)
    assert with_spoiled == trained
    keep_run(*found, tmp_path / "run")
    assert found.cases == open_run(tmp_path / "run").cases


@pytest.mark.parametrize("seed", [1, 2])
def test_folds_are_of_equal_size_and_can_be_made_again(seed: int) -> None:
    ids = [f"d-{place}" for place in range(23)]
    folds = assign_folds(ids, 5, seed)
    assert folds == assign_folds(list(reversed(ids)), 5, seed)
    assert {4, 5} == set(Counter(folds.values()).values())
