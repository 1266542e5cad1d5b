"""A deal review at a terminal: the verdict, the four questions, the note with its evidence, what to ask."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from coach.cli.terminal import closing, marks, plain, section, show
from coach.domain import Centre, DealReview, Direction, Question, Statement, Status, Verdict

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
    show(
        Group(
            _header(review),
            section("Does it close by then?", _claim(review)),
            section("What the customer has told us and done", _coverage(review)),
            section("The note", _marked(note, review.statements)),
            section("Evidence, strongest first", _evidence(review.statements)),
            section("Ask", _questions(review)),
            section("One thing to work on", _focus(review)),
            *closing(review.notices, review.provenance),
        )
    )


def _header(review: DealReview) -> Text:
    deal = review.deal
    facts = [deal.amount, deal.stage, f"closes by {deal.close_date}" if deal.close_date else "no close date"]
    about = " · ".join(plain(fact) for fact in facts if fact)
    return Text.assemble((plain(deal.name or "Deal"), "bold"), f"  {about}  (note of {review.written_on})")


def _claim(review: DealReview) -> RenderableType:
    claim = review.claim
    word = claim.verdict.replace("_", " ").upper()
    parts: list[RenderableType] = [
        Text.assemble((word, _VERDICT_STYLE[claim.verdict]), "  ", plain(claim.explanation), marks(claim.because))
    ]
    parts += [Text(f"would establish it: {plain(one)}", style="dim") for one in claim.would_establish]
    if claim.refuter:
        by = f" by {claim.refuter.by}" if claim.refuter.by else ""
        parts.append(Text(f"would refute it: {plain(claim.refuter.act)}{by}", style="dim"))
    parts.append(
        Text(f"statements: {review.balance.buyer} of the customer, {review.balance.seller} of ours", style="dim")
    )
    return Group(*parts)


def _coverage(review: DealReview) -> Table:
    table = Table.grid(padding=(0, 2))
    for question in Question:
        answer = review.coverage[question]
        mark = Text(f"{_STATUS_MARK[answer.status]} {answer.status}", style=_STATUS_STYLE[answer.status])
        table.add_row(question, mark, marks(answer.because))
    return table


def _marked(note: str, statements: tuple[Statement, ...]) -> Text:
    text = Text()
    at = 0
    for number, statement in enumerate(statements, start=1):
        text.append(plain(note[at : statement.start]))
        text.append(f"«{plain(statement.quote)}»", style=_STYLE[statement.centre])
        text.append(f"[{number}]", style="dim")
        at = statement.end
    text.append(plain(note[at:]))
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
            Text(plain(statement.who or "")),
            statement.when or "",
            Text("not sure" if statement.is_unsure else "", style="dim"),
        )
    return table


def _questions(review: DealReview) -> RenderableType:
    if not review.questions:
        return Text("nothing: every question is answered")
    table = Table.grid(padding=(0, 1))
    for number, question in enumerate(review.questions, start=1):
        table.add_row(f"{number}.", Text.assemble(plain(question.ask), marks(question.because)))
    return table


def _focus(review: DealReview) -> RenderableType:
    focus = review.focus
    return Group(Text(plain(focus.title), style="bold"), Text(plain(focus.why)), Text(plain(focus.do)))
