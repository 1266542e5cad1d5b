"""What must hold between the parts of `buyer_evidence`, beyond the types of its fields: content in, problems out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from pydantic import ValidationError

from coach.domain import Kind, Label, Question, Verdict
from coach.rubrics.cues import CUES
from coach.rubrics.forbidden import is_forbidden
from coach.rubrics.gaps import EvidenceGap
from coach.rubrics.model import BankQuestion, BuyerEvidence, Example, ExampleStatement
from coach.rubrics.problem import Problem, once, repeats, wording
from coach.rubrics.slots import ALWAYS, KNOWN, is_well_formed, slots


def incoherences(rubric: BuyerEvidence) -> Iterator[Problem]:
    """Everything in a rubric that does not fit together."""
    yield from once("kinds", [kind.id for kind in rubric.kinds], Kind)
    yield from once("questions", [question.id for question in rubric.questions], Question)
    yield from once("verdicts", [verdict.id for verdict in rubric.verdicts], Verdict)
    yield from once("focuses", [focus.gap for focus in rubric.focuses], EvidenceGap)
    for at, kind in enumerate(rubric.kinds):
        if kind.centre is not kind.id.centre:
            yield Problem("rubric.yaml", f"kinds.{at}.centre", f"{kind.id} is {kind.id.centre}-centred")
    yield from _bank(rubric.question_bank)
    for at, focus in enumerate(rubric.focuses):
        for field in ("title", "why", "do"):
            yield from wording(f"focuses.{at}.{field}", getattr(focus, field), ALWAYS)
    yield from _words("lexicon.yaml", rubric.lexicon)
    yield from _words("cues.yaml", rubric.cues)
    for name in sorted(CUES ^ rubric.cues.keys()):
        message = "is missing" if name in CUES else "is read by no rule; take it out or correct its name"
        yield Problem("cues.yaml", name, message)
    yield from repeats("examples.yaml", "", [example.id for example in rubric.examples])
    for at, example in enumerate(rubric.examples):
        yield from _example(at, example)


def _bank(bank: Sequence[BankQuestion]) -> Iterator[Problem]:
    yield from repeats("rubric.yaml", "question_bank", [entry.id for entry in bank])
    for at, entry in enumerate(bank):
        yield from wording(f"question_bank.{at}.ask", entry.ask, KNOWN)
        if entry.question is not entry.gap.question:
            message = f"a question about {entry.gap} belongs to {entry.gap.question}"
            yield Problem("rubric.yaml", f"question_bank.{at}.question", message)
        if is_forbidden(entry.ask):
            message = "asks about our forecast or activity, or is a stock question; ask what the customer did or said"
            yield Problem("rubric.yaml", f"question_bank.{at}.ask", message)
    for gap in EvidenceGap:
        if not any(entry.gap is gap and slots(entry.ask) <= ALWAYS for entry in bank if is_well_formed(entry.ask)):
            message = f"{gap} has no question without slots (other than {', '.join(sorted(ALWAYS))})"
            yield Problem("rubric.yaml", "question_bank", message)


def _words(file: str, categories: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    for name, words in categories.items():
        for at, word in enumerate(words):
            if word != word.lower():
                yield Problem(file, f"{name}.{at}", f"{word!r} must be lower case")


def _example(at: int, example: Example) -> Iterator[Problem]:
    checks: tuple[tuple[Callable[[str, ExampleStatement], str | None], str], ...] = (
        (_verbatim, "quote"),
        (_label_rule, "kind"),
    )
    for number, statement in enumerate(example.statements):
        for check, field in checks:
            if message := check(example.note, statement):
                yield Problem("examples.yaml", f"{at}.statements.{number}.{field}", message)


def _verbatim(note: str, statement: ExampleStatement) -> str | None:
    return None if statement.quote in note else "the quote does not stand in the note word for word"


def _label_rule(_note: str, statement: ExampleStatement) -> str | None:
    try:
        Label(start=0, end=1, **statement.model_dump(exclude={"quote", "why"}))
    except ValidationError as error:
        return str(error.errors(include_url=False, include_input=False)[0]["msg"]).removeprefix("Value error, ")
    return None
