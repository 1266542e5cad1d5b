"""Labelled cases as the embedded engine trains on them, and an engine made from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coach.domain import Competency, MoveLabel
from coach.domain.base import Frozen
from coach.engines.base import TaskName
from coach.engines.local import LocalEngine
from coach.engines.local.encoder import Encoder
from coach.engines.local.moves import MoveReader
from coach.engines.local.packets import PacketReader
from coach.evaluation.case import DealCase, LabelledCase, RepCase, TalkCase
from coach.evaluation.files import read_lines
from coach.text.conversation import managers_spans

if TYPE_CHECKING:
    from coach.engines.local.moves.train import LabelledTalk
    from coach.engines.local.train import LabelledNote

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
    encoder: bytes | None = None
    """Of deals and talks alike; None where it is left out, and the smaller readers read alone."""

    def engine(self, lexicon: Mapping[str, Sequence[str]]) -> LocalEngine:
        """The engine that reads by them."""
        return LocalEngine(
            lexicon,
            self.deal,
            encoder=None if self.encoder is None else Encoder(self.encoder),
            packets=PacketReader(self.rep),
            moves=MoveReader(self.talk),
        )


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

    notes = [labelled_note(case) for case in cases if isinstance(case, DealCase)]
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
    talks = [labelled_talk(case) for case in cases if isinstance(case, TalkCase) and not _is_for_encoder(case)]
    return Artefacts(
        deals.fit(notes, lexicon, seed) if notes else None,
        packets.fit(reps, seed) if reps else None,
        moves.fit(talks, seed) if talks else None,
    )


def _is_for_encoder(case: TalkCase) -> bool:
    """Whether a conversation trains the encoder alone.

    Those of the second lot name far more support than the gold ones, and cost the sequence models more than they give:
    `evals/training/README.md` has the figures.
    """
    return case.slices.get("lot") == "second"


def labelled_note(case: DealCase) -> LabelledNote:
    """A deal case as training takes it."""
    from coach.engines.local.train import LabelledNote  # noqa: PLC0415  as in `fit`

    labels = tuple(one.label() for one in case.expected.statements)
    return LabelledNote(note=case.input, labels=labels)


def labelled_talk(case: TalkCase) -> LabelledTalk:
    """A conversation as training takes it."""
    from coach.engines.local.moves.train import LabelledTalk  # noqa: PLC0415  as in `fit`

    gold = [MoveLabel(start=one.start, end=one.end, move=one.move) for one in case.expected.moves]
    return LabelledTalk(case.input.transcript, managers_spans(case.input), gold)
