"""Labelled cases as the embedded engine trains on them, and an engine made from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from coach.domain import Competency, MoveLabel
from coach.domain.base import Frozen
from coach.engines.base import TaskName
from coach.engines.local import LocalEngine
from coach.engines.local.moves import MoveReader
from coach.engines.local.packets import PacketReader
from coach.evaluation.case import DealCase, LabelledCase, RepCase, TalkCase
from coach.evaluation.files import read_lines
from coach.text.conversation import managers_spans
from coach.text.span import Span

TASKS: tuple[TaskName, ...] = ("deal", "rep", "talk")


class MarkedSignal(Frozen):
    """A signal of a packet; `quote` is verbatim in the text that `field` names."""

    field: str
    quote: str
    signal: str
    competency: Competency


class MarkedPacket(Frozen):
    """One line of `evals/signals/reps.jsonl`."""

    id: str
    """Of the case whose packet it is."""
    signals: tuple[MarkedSignal, ...]


Marks = Mapping[str, tuple[MarkedSignal, ...]]
"""Signals by case."""


class Artefacts(NamedTuple):
    """What training made, by task; None of a task that was left out, whose artefact is the one that ships."""

    deal: bytes | None
    rep: bytes | None
    talk: bytes | None

    def engine(self, lexicon: Mapping[str, Sequence[str]]) -> LocalEngine:
        """The engine that reads by them."""
        return LocalEngine(lexicon, self.deal, packets=PacketReader(self.rep), moves=MoveReader(self.talk))


def read_marks(path: Path) -> Marks:
    """Read a file of signals.

    Raises:
        InvalidInput: it cannot be read, or a line is no packet's.
    """
    return {one.id: one.signals for _, one in read_lines(path, MarkedPacket)}


def fit(
    cases: Sequence[LabelledCase],
    lexicon: Mapping[str, Sequence[str]],
    seed: int,
    marks: Marks,
) -> Artefacts:
    """Train each task that there are cases of; the same cases, lexicon, marks and seed give the same artefacts.

    Args:
        cases: Deal, rep and talk cases, in any order.
        lexicon: The rubric's words, by category.
        seed: Of what is random.
        marks: Signals of rep cases.
    """
    # Here, because training needs libraries that reading does not.
    from coach.engines.local import train as deals  # noqa: PLC0415
    from coach.engines.local.moves import train as moves  # noqa: PLC0415
    from coach.engines.local.packets import train as packets  # noqa: PLC0415
    from coach.engines.local.packets.labelled import LabelledPacket, QuotedSignal  # noqa: PLC0415

    notes = [
        deals.LabelledNote(note=case.input, labels=tuple(one.label() for one in case.expected.statements))
        for case in cases
        if isinstance(case, DealCase)
    ]
    reps = [
        LabelledPacket(
            packet=case.input,
            competency=case.expected.competency,
            gap=case.expected.gap,
            sub_type=case.expected.sub_type,
            self_view=case.expected.self_view,
            key_quotes=case.expected.key_quotes,
            labels=case.expected.labels_without_behaviour,
            signals=tuple(
                QuotedSignal(field=one.field, quote=one.quote, signal=one.signal) for one in marks.get(case.id, ())
            ),
            for_cues=case.split == "train",
        )
        for case in cases
        if isinstance(case, RepCase)
    ]
    talks = [moves.LabelledTalk(*_taken_apart(case)) for case in cases if isinstance(case, TalkCase)]
    return Artefacts(
        deals.fit(notes, lexicon, seed) if notes else None,
        packets.fit(reps, seed) if reps else None,
        moves.fit(talks, seed) if talks else None,
    )


def _taken_apart(case: TalkCase) -> tuple[str, list[Span], list[MoveLabel]]:
    gold = [MoveLabel(start=one.start, end=one.end, move=one.move) for one in case.expected.moves]
    return case.input.transcript, managers_spans(case.input), gold
