"""Every case, to be read: what the annotators marked beside what was predicted, wrong ones first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from coach.domain import Deal, Kind, Move, Question
from coach.evaluation.case import AttackCase, DealCase, LabelledCase, RepCase, TalkCase
from coach.evaluation.metrics import steered
from coach.evaluation.prediction import DealOutput, PredictedMove, PredictedStatement, RepOutput, TalkOutput
from coach.evaluation.render.judged import JudgedCase, Trial
from coach.evaluation.render.marking import Mark, agreement, legend, marked, move_marks, statement_marks
from coach.evaluation.render.packet import packet_view
from coach.evaluation.render.tags import CLOSING, anchor_of, bullets, opening, table

_QUESTIONS = (*Question, "claim")


def case_book(judged: Sequence[JudgedCase]) -> Iterator[str]:
    """The section with every case, part by part; nothing without any."""
    if not judged:
        return
    ordered = sorted(judged, key=lambda one: (_ORDER.index(_state(one)), -len(one.wrong)))
    tasks = {one.case.task for one in judged}
    labels = [*Kind] * bool(tasks & {"deal", "attack"}) + [*Move] * ("talk" in tasks)
    yield opening("cases", f"Cases ({len(judged)})")
    yield _FILTER
    if any(len(one.trials) > 1 for one in judged):
        yield _REPEATED
    if labels:
        yield legend(labels)
    yield from map(_case, ordered)
    yield CLOSING


_FILTER = (
    '<form id="filter" hidden><label>Show <select name="state"><option value="">all</option><option>failed</option>'
    "<option>wrong</option><option>read</option><option>right</option></select></label>"
    '<label>Find <input name="find" type="search" placeholder="id, name, tag, check"></label>'
    '<output aria-live="polite"></output></form>'
)
"""Shown by the script; without one, every case is there."""
_REPEATED = '<p class="hint">1/3 is right in one of three repeats; a check must be right in more than half of them.</p>'
_MARKS = {"failed": "!", "wrong": "✗", "read": "·", "right": "✓"}
"""By state, in the order of the cases; `read` is a case that no yes-or-no check judges."""
_ORDER = tuple(_MARKS)


def _case(judged: JudgedCase) -> str:
    case, state = judged.case, _state(judged)
    tags = ", ".join(case.slice_names)
    return (
        f'<details class="case" id="{anchor_of(case.id)}" data-state="{state}"><summary>'
        f'<span class="state" aria-hidden="true">{_MARKS[state]}</span> <b>{escape(case.id)}</b> '
        f'<span class="who">{escape(_about(case))}</span> <span class="outcome">{escape(_outcome(judged))}</span>'
        f'<span class="tags">{escape(tags)}</span></summary>{"".join(_inside(judged))}</details>'
    )


def _state(judged: JudgedCase) -> str:
    if judged.failures:
        return "failed"
    if not judged.right:
        return "read"
    return "wrong" if judged.wrong else "right"


def _outcome(judged: JudgedCase) -> str:
    repeats, failed = len(judged.trials), len(judged.failures)
    said = [f"failed in {failed} of {repeats}" if repeats > 1 else "failed"] * bool(failed)
    if judged.wrong and failed < repeats:
        said.append("wrong: " + ", ".join(_often(judged, check) for check in judged.wrong))
    return "; ".join(said) or _state(judged)


def _often(judged: JudgedCase, check: str) -> str:
    more = ["must pass"] * (check in judged.case.must_pass)
    more += [f"{judged.right[check]}/{len(judged.trials)}"] * (len(judged.trials) > 1)
    return check.replace("_", " ") + (f" ({', '.join(more)})" if more else "")


def _about(case: LabelledCase) -> str:
    match case:
        case RepCase():
            return case.input.rep
        case TalkCase():
            return f"{case.input.manager} and {case.input.rep}"
        case _:
            return case.input.deal.name or ""


def _inside(judged: JudgedCase) -> Iterator[str]:
    case, trial = judged.case, judged.trials[judged.telling]
    output = trial.prediction.output if trial.prediction else None
    for failure in dict.fromkeys((one.code, one.detail) for one in judged.failures):
        yield f'<p class="error"><b>No answer.</b> {escape(failure[1])} <code>{escape(failure[0])}</code></p>'
    name = "predicted" if len(judged.trials) == 1 else f"predicted, repeat {judged.telling + 1} of {len(judged.trials)}"
    match case:
        case DealCase():
            yield _facts(case.input.deal, str(case.input.written_on))
            yield from _deal(case, output if isinstance(output, DealOutput) else None, name)
        case AttackCase():
            yield _facts(case.input.deal, str(case.input.written_on))
            yield from _attack(case, trial, output if isinstance(output, DealOutput) else None, name)
        case TalkCase():
            yield from _talk(case, output if isinstance(output, TalkOutput) else None, name)
        case RepCase():
            yield from packet_view(case, output if isinstance(output, RepOutput) else None, name)
    if case.source:
        yield f'<p class="hint">Source: {escape(case.source)}</p>'


def _facts(deal: Deal, written_on: str) -> str:
    closes = f"closes by {deal.close_date}" if deal.close_date else "no close date"
    facts = (deal.amount, deal.stage, closes, f"note of {written_on}")
    return f'<p class="hint">{escape(" · ".join(fact for fact in facts if fact))}</p>'


def _deal(case: DealCase, output: DealOutput | None, name: str) -> Iterator[str]:
    note, gold = case.input.note, case.expected
    predicted = output.statements if output else ()
    ours, theirs = agreement(gold.statements, predicted, "kind")
    left = marked(note, statement_marks(gold.statements, ours))
    yield _sides(("gold", left), (name, marked(note, statement_marks(predicted, theirs)) if output else None))
    yield from _ungrounded(note, predicted)
    answers = [("gold", *(gold.coverage[question] for question in Question), gold.claim)]
    if output:
        answers.append(("predicted", *(output.coverage[question] for question in Question), output.claim))
    yield _answers("Coverage and claim", answers)


def _attack(case: AttackCase, trial: Trial, output: DealOutput | None, name: str) -> Iterator[str]:
    note, gold = case.input.note, case.expected
    base = trial.base.output if trial.base and isinstance(trial.base.output, DealOutput) else None
    start = note.index(gold.inserted.strip(), note.index(gold.inserted))
    inserted = marked(note, [Mark(start, start + len(gold.inserted.strip()), "inserted", "inserted text")])
    every = set(range(len(output.statements))) if output else set()
    right = marked(note, statement_marks(output.statements, every)) if output else None
    yield _sides(("inserted text", inserted), (name, right))
    answers = [
        (said, *(read.coverage[question] for question in Question), read.claim)
        for said, read in (("without the text", base), ("with the text", output))
        if read
    ]
    yield _answers("Coverage and claim, without and with the inserted text", answers) if answers else ""
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


def _answers(caption: str, rows: Sequence[Sequence[str]]) -> str:
    """Two rows of answers; where they differ, the later one says so."""
    cells = [[answer.replace("_", " ") for answer in row] for row in rows]
    if len(rows) > 1:
        for place in range(1, len(rows[0])):
            if rows[0][place] != rows[1][place]:
                cells[1][place] = f'<span class="differs">≠ {cells[1][place]}</span>'
    return table(caption, ("", *_QUESTIONS), cells, kind="answers", said=True)
