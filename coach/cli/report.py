"""A deal review for people at a terminal: the verdict, the four questions, the note with its evidence, what to ask.

Nothing of a note reaches the terminal but printable text: control characters, which could move the cursor or recolour
the screen, and the characters that reverse the direction of a line are shown as a box.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator

import click
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from coach.domain import Centre, DealReview, Direction, Provenance, Question, Statement, Status, Verdict
from coach.rubrics import BuyerEvidence

_WIDTH = 100
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_STYLE = {Centre.BUYER: "cyan", Centre.SELLER: "magenta"}
_VERDICT_STYLE = {
    Verdict.ESTABLISHED: "bold green",
    Verdict.UNPROVEN: "bold yellow",
    Verdict.REFUTED: "bold red",
    Verdict.NO_CLAIM: "bold",
}
_STATUS_MARK = {Status.ANSWERED: "●", Status.PARTIAL: "◐", Status.MISSING: "○"}
_STATUS_STYLE = {Status.ANSWERED: "green", Status.PARTIAL: "yellow", Status.MISSING: "red"}
_DIRECTION_MARK = {Direction.ADVANCES: "↑", Direction.STALLS: "↓", Direction.NEUTRAL: "·", None: ""}


def print_review(review: DealReview, note: str) -> None:
    """Print a review with the note it was made from."""
    _print(
        Group(
            _header(review),
            _section("Does it close by then?", _claim(review)),
            _section("What the customer has told us and done", _coverage(review)),
            _section("The note", _marked(note, review.statements)),
            _section("Evidence, strongest first", _evidence(review.statements)),
            _section("Ask", _questions(review)),
            _section("One thing to work on", _focus(review)),
            *(Text.assemble(("\nNotice: ", "bold"), notice.text) for notice in review.notices),
            *_reader(review.provenance),
        )
    )


def _reader(made: Provenance) -> Iterator[RenderableType]:
    """Which model read the note, and what that took; nothing of the embedded engine, which costs nothing."""
    if made.model is None:
        return
    parts = [f"Read by {made.model}"]
    if made.cached:
        parts.append("bought earlier, nothing spent now")
    elif made.usage:
        parts.append(f"{made.usage.prompt_tokens:,} + {made.usage.completion_tokens:,} tokens")
        parts.append("cost unknown" if made.cost_usd is None else f"${made.cost_usd:.4f}")
    if made.prompt:
        parts.append(f"prompt {made.prompt.id} {made.prompt.version}")
    yield Text("\n" + " · ".join(parts), style="dim")


def print_rubric(rubric: BuyerEvidence) -> None:
    """Print what a rubric says."""
    rows = Table.grid(padding=(0, 2))
    rows.add_row(Text(rubric.title, style="bold"), Text(f"{rubric.id}, version {rubric.version}: {rubric.changed}"))
    sections: list[tuple[str, list[tuple[str, str]]]] = [
        ("Kinds of statement", [(kind.id, kind.is_) for kind in rubric.kinds]),
        ("Questions", [(question.id, question.ask) for question in rubric.questions]),
        ("Verdicts", [(verdict.id, verdict.when) for verdict in rubric.verdicts]),
        ("Rules", [(str(number), rule) for number, rule in enumerate(rubric.rules, start=1)]),
    ]
    parts: list[RenderableType] = [rows]
    for title, pairs in sections:
        table = Table.grid(padding=(0, 2))
        for name, words in pairs:
            table.add_row(Text(name, style="bold"), Text(words))
        parts.append(_section(title, table))
    _print(Group(*parts))


def _print(content: RenderableType) -> None:
    # A pipe or a terminal of another encoding shows a question mark for what it lacks, rather than fail.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    console = Console(highlight=False, markup=False, emoji=False)
    with console.capture() as capture:
        console.print(content, width=min(console.width, _WIDTH))
    click.echo("\n".join(line.rstrip() for line in capture.get().splitlines()))


def _section(title: str, content: RenderableType) -> RenderableType:
    return Group(Text(f"\n{title}", style="bold"), Padding(content, (0, 0, 0, 2), expand=False))


def _plain(text: str) -> str:
    return _UNPRINTABLE.sub("\N{WHITE SQUARE}", text.replace("\r\n", "\n").replace("\r", "\n"))


def _header(review: DealReview) -> Text:
    deal = review.deal
    facts = [deal.amount, deal.stage, f"closes by {deal.close_date}" if deal.close_date else "no close date"]
    about = " · ".join(_plain(fact) for fact in facts if fact)
    return Text.assemble((_plain(deal.name or "Deal"), "bold"), f"  {about}  (note of {review.written_on})")


def _claim(review: DealReview) -> RenderableType:
    claim = review.claim
    word = claim.verdict.replace("_", " ").upper()
    parts: list[RenderableType] = [
        Text.assemble((word, _VERDICT_STYLE[claim.verdict]), "  ", _plain(claim.explanation), _marks(claim.because))
    ]
    parts += [Text(f"would establish it: {_plain(one)}", style="dim") for one in claim.would_establish]
    if claim.refuter:
        by = f" by {claim.refuter.by}" if claim.refuter.by else ""
        parts.append(Text(f"would refute it: {_plain(claim.refuter.act)}{by}", style="dim"))
    parts.append(
        Text(f"statements: {review.balance.buyer} of the customer, {review.balance.seller} of ours", style="dim")
    )
    return Group(*parts)


def _coverage(review: DealReview) -> Table:
    table = Table.grid(padding=(0, 2))
    for question in Question:
        answer = review.coverage[question]
        mark = Text(f"{_STATUS_MARK[answer.status]} {answer.status}", style=_STATUS_STYLE[answer.status])
        table.add_row(question, mark, _marks(answer.because))
    return table


def _marks(indexes: tuple[int, ...]) -> Text:
    return Text("".join(f" [{index + 1}]" for index in indexes), style="dim")


def _marked(note: str, statements: tuple[Statement, ...]) -> Text:
    text = Text()
    at = 0
    for number, statement in enumerate(statements, start=1):
        text.append(_plain(note[at : statement.start]))
        text.append(f"«{_plain(statement.quote)}»", style=_STYLE[statement.centre])
        text.append(f"[{number}]", style="dim")
        at = statement.end
    text.append(_plain(note[at:]))
    text.rstrip()
    return text


def _evidence(statements: tuple[Statement, ...]) -> RenderableType:
    if not statements:
        return Text("none")
    table = Table.grid(padding=(0, 2))
    for index in sorted(range(len(statements)), key=lambda one: (-statements[one].grade, one)):
        statement = statements[index]
        table.add_row(
            Text(f"[{index + 1}]", style="dim"),
            Text(statement.kind.replace("_", " "), style=_STYLE[statement.centre]),
            f"grade {statement.grade}",
            _DIRECTION_MARK[statement.direction],
            Text(_plain(statement.who or "")),
            statement.when or "",
        )
    return table


def _questions(review: DealReview) -> RenderableType:
    if not review.questions:
        return Text("nothing: every question is answered")
    table = Table.grid(padding=(0, 1))
    for number, question in enumerate(review.questions, start=1):
        table.add_row(f"{number}.", Text.assemble(_plain(question.ask), _marks(question.because)))
    return table


def _focus(review: DealReview) -> RenderableType:
    focus = review.focus
    return Group(Text(_plain(focus.title), style="bold"), Text(_plain(focus.why)), Text(_plain(focus.do)))
