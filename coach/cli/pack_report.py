"""A 1-on-1 pack at a terminal: warnings, the agenda, the five parts, the claims and what is missing.

Rule: it says what the page and the Markdown say, in their words (`coach.web.packs.wording`); nothing reaches the
terminal but printable characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from coach.cli.terminal import plain, rows, section, show
from coach.domain import Verdict
from coach.domain.commitment import Commitment, Kept
from coach.domain.one_on_one import BuyerAct, ClosingDeal, LeftOut, MovedDeal, OneOnOne, ProposedStep
from coach.pipeline.closing_wording import TITLES
from coach.web.packs.amounts import counted, left_out, money, monies, percent
from coach.web.packs.claims import claim_lines
from coach.web.packs.figures import PERIODS, customer_counts, movement_counts, result_rows, team_name, without_amount
from coach.web.packs.labels import CUSTOMER_MOVES, STATUS_MARKS, verdict
from coach.web.packs.printable import printable
from coach.web.packs.wording import Wording

_WORDS = Wording(date.isoformat)
_VERDICT_STYLE = {
    Verdict.ESTABLISHED: "bold green",
    Verdict.UNPROVEN: "bold yellow",
    Verdict.REFUTED: "bold red",
}
_KEPT_STYLE = {Kept.KEPT: "green", Kept.NOT_KEPT: "red"}


def print_pack(pack: OneOnOne) -> None:
    """Print a pack.

    Args:
        pack: The pack, cut to fit by `coach.pipeline.fit`.
    """
    show(Group(*_parts(printable(pack))))


def _parts(pack: OneOnOne) -> Iterator[RenderableType]:
    for one in pack.warnings:
        yield Text.assemble(("Warning: ", "bold yellow"), plain(one.text))
    yield Text.assemble((plain(pack.rep), "bold"), f"  1-on-1 of {pack.as_of}")
    yield rows((Text(name, style="dim"), Text(plain(value))) for name, value in _WORDS.header(pack))
    agenda = rows(
        (f"{item.minutes:2} min", Text(plain(f"{item.part}. {item.title}")), Text(plain(", ".join(item.deals)), "dim"))
        for item in pack.agenda
    )
    yield section("Agenda, 30 minutes", agenda)
    for part, (title, content) in enumerate(
        zip(TITLES, (_results(pack), _added(pack), _pre_existing(pack), _closing(pack), _steps(pack)), strict=True), 1
    ):
        yield section(f"{part}. {title}", Group(*content))
    yield section("Claims, and what came of them", Group(*(Text(plain(line)) for line in claim_lines(pack.ledger))))
    if pack.missing:
        yield section("Not in the data", Text(plain("; ".join(pack.missing))))
    for notice in pack.notices:
        yield Text.assemble(("\nNotice: ", "bold"), plain(notice.text))


def _results(pack: OneOnOne) -> Iterator[RenderableType]:
    """Period under period: six columns of money do not fit a terminal."""
    figures = list(result_rows(pack.results))
    table = Table.grid(padding=(0, 2))
    table.add_row("", *(Text(row.name.partition(" (")[0], style="dim") for row in figures))
    for place, one in enumerate(pack.results.periods):
        table.add_row(Text(PERIODS[one.period], style="bold"), *(Text(plain(row.cells[2 * place])) for row in figures))
        table.add_row(
            Text("  team", style="dim"), *(Text(plain(row.cells[2 * place + 1]), style="dim") for row in figures)
        )
    yield table
    yield Text(plain(f"team: {team_name(pack.results)}, the rep's own among it"), style="dim")
    if lacks := without_amount(pack.results):
        yield Text(plain(lacks), style="dim")
    for quota in pack.results.quotas:
        yield Text(plain(f"Quota {_WORDS.quota(quota)}"))
    if not pack.results.quotas:
        yield Text("Quota not known")


def _added(pack: OneOnOne) -> Iterator[RenderableType]:
    added = pack.added
    if not added.count:
        yield Text("No opportunity was added.")
        return
    without = f"; {added.without_amount} without an amount" if added.without_amount else ""
    yield _total(added.count, f"{monies(added.amounts, none='amount not known')}{without}")
    yield rows(
        (
            Text(plain(deal.name), style="bold"),
            Text(plain(_WORDS.deal(deal))),
            percent(deal.probability),
            f"created {_WORDS.optional_day(deal.created_on)}",
        )
        for deal in added.deals
    )
    yield from _rest(added.left_out)


def _pre_existing(pack: OneOnOne) -> Iterator[RenderableType]:
    moves = pack.pre_existing
    if not moves.known:
        yield Text(
            f"What moved is not known: there is no snapshot from {pack.since.day} or before to hold today's against."
        )
        return
    counts = (*movement_counts(moves), *customer_counts(moves))
    yield Text(", ".join(f"{one.number} {one.name}" for one in counts))
    if not moves.deals:
        yield Text("No opportunity was open at the last review.")
    for one in moves.deals:
        yield from _moved(one)
    yield from _rest(moves.left_out)


def _moved(one: MovedDeal) -> Iterator[RenderableType]:
    amount = money(one.deal.amount) if one.deal.amount else "amount not known"
    yield Text.assemble("\n", (plain(one.deal.name), "bold"), f"  {plain(amount)}")
    yield Text(plain(f"{_WORDS.stage(one)}; {_WORDS.moved_date(one)}; {CUSTOMER_MOVES[one.customer]}"))
    yield from map(_act, one.acts)
    if one.question:
        yield _ask(one.question)


def _closing(pack: OneOnOne) -> Iterator[RenderableType]:
    closing = pack.closing
    if not closing.count:
        yield Text("Nothing is said to close by then.")
        return
    yield _total(
        closing.count, f"{monies(closing.amounts, none='amount not known')}; at risk {monies(closing.at_risk)}"
    )
    for one in closing.deals:
        yield from _closing_deal(one)
    yield from _rest(closing.left_out)


def _closing_deal(one: ClosingDeal) -> Iterator[RenderableType]:
    amount = money(one.deal.amount) if one.deal.amount else "amount not known"
    facts = f"  {amount} · {one.deal.stage or 'stage not known'} · {_WORDS.closes(one)} · at risk {money(one.at_risk)}"
    yield Text.assemble("\n", (plain(one.deal.name), "bold"), plain(facts))
    style = _VERDICT_STYLE.get(one.verdict, "bold") if one.verdict else "bold"
    yield Text.assemble((verdict(one.verdict), style), "  ", plain(one.explanation))
    yield Text.assemble(("rep ", "magenta"), plain(_WORDS.odds(one)))
    if one.coverage:
        yield Text("  ".join(f"{STATUS_MARKS[status]} {name}" for name, status in _WORDS.coverage(one.coverage)))
    yield from map(_act, one.evidence)
    for step in one.open_steps:
        day = _WORDS.step_day(step)
        style = "red" if step.overdue or step.too_late else ""
        yield Text.assemble("open on their side: ", (f"{day}: " if day else "", style), plain(step.what))
    yield from (Text(plain(f"would improve it: {what}"), style="dim") for what in one.would_improve)
    if one.refuter:
        yield Text(plain(f"watch for, {_WORDS.refuter(one.refuter)}"), style="dim")
    yield from map(_ask, one.questions)


def _steps(pack: OneOnOne) -> Iterator[RenderableType]:
    steps = pack.next_steps
    lines: list[tuple[Commitment | ProposedStep, Text]] = [
        *(
            (one, Text(plain(f"carried over, {_WORDS.kept(one)}"), _KEPT_STYLE.get(one.kept, "")))
            for one in steps.carried
        ),
        *((one, Text(f"new, {_WORDS.agreed(one)}")) for one in steps.agreed),
        *((one, Text(plain(f"to agree: {one.why}"))) for one in steps.proposed),
    ]
    if not lines:
        yield Text("Nothing is carried over, and nothing is proposed.")
        return
    yield rows(
        (
            one.due_on.isoformat(),
            one.owner.value,
            Text(plain(f"{one.what} ({one.deal})" if one.deal else one.what)),
            stands,
        )
        for one, stands in lines
    )
    if steps.left_out:
        yield Text(f"and {steps.left_out} more, left out", style="dim")


def _act(act: BuyerAct) -> Text:
    return Text.assemble((f"{_WORDS.act(act)} ", "dim"), (plain(f"«{act.quote}»"), "cyan"))


def _ask(question: str) -> Text:
    return Text(plain(f"? {question}"), style="bold")


def _total(count: int, amounts: str) -> Text:
    return Text(plain(f"{counted(count, 'opportunity', 'opportunities')}, {amounts}"))


def _rest(rest: LeftOut) -> Iterator[Text]:
    if rest.count:
        yield Text(plain(left_out(rest)), style="dim")
