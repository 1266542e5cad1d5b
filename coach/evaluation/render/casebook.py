"""Every case, to be read: what the annotators marked beside what was predicted, flipped ones first, then wrong ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from coach.domain import Deal, Kind, Move
from coach.evaluation.case import AttackCase, DealCase, RepCase, TalkCase
from coach.evaluation.metrics import steered
from coach.evaluation.prediction import DealOutput, PredictedMove, PredictedStatement, RepOutput, TalkOutput
from coach.evaluation.render.answers import COLUMNS, deal_answers, flips_beside
from coach.evaluation.render.judged import JudgedCase, Trial
from coach.evaluation.render.marking import Mark, agreement, legend, marked, move_marks, statement_marks
from coach.evaluation.render.packet import packet_view
from coach.evaluation.render.summary import MARKS, state_of, summary
from coach.evaluation.render.tags import CLOSING, anchor_of, bullets, opening

if TYPE_CHECKING:
    from coach.evaluation.comparison import Flip


def case_book(judged: Sequence[JudgedCase], flips: Mapping[str, Sequence[Flip]] | None = None) -> Iterator[str]:
    """The section with every case, part by part; nothing without any.

    Args:
        judged: The cases.
        flips: By case, what flipped since another run; None where it is compared with none.
    """
    if not judged:
        return
    flipped = flips or {}
    ordered = sorted(judged, key=lambda one: _place(one, flipped.get(one.case.id, ())))
    tasks = {one.case.task for one in judged}
    labels = [*Kind] * bool(tasks & {"deal", "attack"}) + [*Move] * ("talk" in tasks)
    yield opening("cases", f"Cases ({len(judged)})")
    yield _filter([*["flipped"] * (flips is not None), *MARKS])
    if any(len(one.trials) > 1 for one in judged):
        yield _REPEATED
    if labels:
        yield legend(labels)
    yield from (_case(one, flipped.get(one.case.id, ())) for one in ordered)
    yield CLOSING


_REPEATED = '<p class="hint">1/3 is right in one of three repeats; a check must be right in more than half of them.</p>'


def _place(judged: JudgedCase, flips: Sequence[Flip]) -> tuple[bool, bool, int, int]:
    lost = any(flip.lost for flip in flips)
    return not flips, not lost, list(MARKS).index(state_of(judged)), -len(judged.wrong)


def _filter(states: Iterable[str]) -> str:
    """Shown by the script; without one, every case is there."""
    options = "".join(f"<option>{state}</option>" for state in states)
    select = f'<select name="state"><option value="">all</option>{options}</select>'
    return (
        f'<form id="filter" hidden><label>Show {select}</label>'
        '<label>Find <input name="find" type="search" placeholder="id, name, tag, check"></label>'
        '<output aria-live="polite"></output></form>'
    )


def _case(judged: JudgedCase, flips: Sequence[Flip]) -> str:
    return (
        f'<details class="case" id="{anchor_of(judged.case.id)}" data-state="{state_of(judged)}"'
        f"{' data-flipped' * bool(flips)}>{summary(judged, flips)}{''.join(_inside(judged, flips))}</details>"
    )


def _inside(judged: JudgedCase, flips: Sequence[Flip]) -> Iterator[str]:
    case, trial = judged.case, judged.trials[judged.telling]
    output = trial.prediction.output if trial.prediction else None
    for failure in dict.fromkeys((one.code, one.detail) for one in judged.failures):
        yield f'<p class="error"><b>No answer.</b> {escape(failure[1])} <code>{escape(failure[0])}</code></p>'
    name = "predicted" if len(judged.trials) == 1 else f"predicted, repeat {judged.telling + 1} of {len(judged.trials)}"
    match case:
        case DealCase():
            yield _facts(case.input.deal, str(case.input.written_on))
            yield from _deal(case, output if isinstance(output, DealOutput) else None, name, flips)
        case AttackCase():
            yield _facts(case.input.deal, str(case.input.written_on))
            yield from _attack(case, trial, output if isinstance(output, DealOutput) else None, name)
            yield flips_beside(flips)
        case TalkCase():
            yield from _talk(case, output if isinstance(output, TalkOutput) else None, name)
        case RepCase():
            yield from packet_view(case, output if isinstance(output, RepOutput) else None, name, flips)
    if case.source:
        yield f'<p class="hint">Source: {escape(case.source)}</p>'


def _facts(deal: Deal, written_on: str) -> str:
    closes = f"closes by {deal.close_date}" if deal.close_date else "no close date"
    facts = (deal.amount, deal.stage, closes, f"note of {written_on}")
    return f'<p class="hint">{escape(" · ".join(fact for fact in facts if fact))}</p>'


def _deal(case: DealCase, output: DealOutput | None, name: str, flips: Sequence[Flip]) -> Iterator[str]:
    note, gold = case.input.note, case.expected
    predicted = output.statements if output else ()
    ours, theirs = agreement(gold.statements, predicted, "kind")
    left = marked(note, statement_marks(gold.statements, ours))
    yield _sides(("gold", left), (name, marked(note, statement_marks(predicted, theirs)) if output else None))
    yield from _ungrounded(note, predicted)
    yield deal_answers("Coverage and claim", [("gold", gold), ("predicted", output)], flips)
    yield flips_beside(flips, COLUMNS)


def _attack(case: AttackCase, trial: Trial, output: DealOutput | None, name: str) -> Iterator[str]:
    note, gold = case.input.note, case.expected
    base = trial.base.output if trial.base and isinstance(trial.base.output, DealOutput) else None
    start = note.index(gold.inserted.strip(), note.index(gold.inserted))
    inserted = marked(note, [Mark(start, start + len(gold.inserted.strip()), "inserted", "inserted text")])
    every = set(range(len(output.statements))) if output else set()
    right = marked(note, statement_marks(output.statements, every)) if output else None
    yield _sides(("inserted text", inserted), (name, right))
    answers = [("without the text", base), ("with the text", output)]
    yield deal_answers("Coverage and claim, without and with the inserted text", answers)
    ways = ", ".join(way.replace("_", " ") for way in steered(case, output, base)) or "in no way"
    yield bullets(
        [
            f"{'Harmless control' if gold.benign else 'Attack'} on {escape(gold.base)}; it steered: {escape(ways)}",
            f"What must hold: {escape(gold.invariant)}",
            *([f"Must not be shown: {escape(', '.join(gold.must_not_appear))}"] if gold.must_not_appear else ()),
        ]
    )


def _talk(case: TalkCase, output: TalkOutput | None, name: str) -> Iterator[str]:
    text, gold = case.input.transcript, case.expected.moves
    predicted = output.moves if output else ()
    ours, theirs = agreement(gold, predicted, "move")
    yield f'<p class="hint">{escape(case.input.setting)}</p>'
    right = marked(text, move_marks(predicted, theirs)) if output else None
    yield _sides(("gold", marked(text, move_marks(gold, ours))), (name, right))
    yield from _ungrounded(text, predicted)
    found = f"{len(ours)} of {len(gold)} gold moves were found"
    yield f"<p>{found}; {len(theirs)} of {len(predicted)} predicted ones are right.</p>"


def _sides(left: tuple[str, str], right: tuple[str, str | None]) -> str:
    """Two readings of a text beside each other, each with its name; None for one that there is not."""
    columns = "".join(
        f"<figure><figcaption>{escape(name)}</figcaption>"
        + (f'<div class="text">{text}</div>' if text is not None else '<p class="hint">nothing</p>')
        + "</figure>"
        for name, text in (left, right)
    )
    return f'<div class="sides">{columns}</div>'


def _ungrounded(text: str, predicted: Iterable[PredictedStatement | PredictedMove]) -> Iterator[str]:
    lost = [one.quote for one in predicted if text[one.start : one.end] != one.quote]
    if lost:
        yield '<p class="error"><b>Quotes that are not in the text where they are said to be:</b></p>'
        yield bullets(f"«{escape(one)}»" for one in lost)
