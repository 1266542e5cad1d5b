"""A pack as Markdown, to be read as it stands, mailed or pasted.

Rule: whatever comes from people or a CRM is escaped (`coach.text.markdown`), and days are in ISO form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from coach.domain.commitment import Commitment
from coach.domain.one_on_one import BuyerAct, ClosingDeal, ClosingDeals, LeftOut, MovedDeal, OneOnOne, ProposedStep
from coach.pipeline.closing_wording import TITLES
from coach.text.markdown import escaped
from coach.web.packs.amounts import charted, counted, left_out, money, monies, percent
from coach.web.packs.claims import claim_lines
from coach.web.packs.figures import PERIODS, customer_counts, movement_counts, result_rows, team_name, without_amount
from coach.web.packs.labels import ARROWS, CUSTOMER_MOVES, STATUS_MARKS, verdict
from coach.web.packs.printable import printable
from coach.web.packs.wording import Wording

_WORDS = Wording(date.isoformat)


def to_markdown(pack: OneOnOne) -> str:
    """Write a pack as Markdown with GitHub's tables, which reads well as plain text too.

    Args:
        pack: The pack, cut to fit by `coach.pipeline.fit`.
    """
    shown = printable(pack)
    lines = [
        *_top(shown),
        *_results(shown),
        *_added(shown),
        *_pre_existing(shown),
        *_closing(shown.closing),
        *_next_steps(shown),
        *_end(shown),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _top(pack: OneOnOne) -> Iterator[str]:
    for one in pack.warnings:
        yield from (f"> **Warning:** {escaped(one.text)}", "")
    yield from (f"# 1-on-1: {escaped(pack.rep)}", "")
    yield from (f"- {name}: {escaped(value)}" for name, value in _WORDS.header(pack))
    yield from ("", "## Agenda, 30 minutes", "")
    yield from _table(
        ("part", "minutes", "for"),
        (
            (f"{item.part}. {escaped(item.title)}", str(item.minutes), escaped(", ".join(item.deals)))
            for item in pack.agenda
        ),
    )


def _results(pack: OneOnOne) -> Iterator[str]:
    results = pack.results
    yield from _heading(1)
    head = [f"{PERIODS[one.period].lower()}, {who}" for one in results.periods for who in ("rep", "team")]
    yield from _table(("", *head), ((row.name, *map(escaped, row.cells)) for row in result_rows(results)))
    spans = (f"{PERIODS[one.period].lower()} {one.first} to {one.last}" for one in results.periods)
    yield f"- Periods: {', '.join(spans)}"
    yield f"- Team: {escaped(team_name(results))}, the rep's own among it"
    for chart in pack.charts:
        rep, team = charted(chart, chart.rep), charted(chart, chart.team)
        yield f"- {escaped(chart.label)}: {escaped(rep)}; the team's average rep: {escaped(team)}"
    if lacks := without_amount(results):
        yield f"- {lacks}"
    yield from (f"- Quota: {escaped(_WORDS.quota(one))}" for one in results.quotas)
    if not results.quotas:
        yield "- Quota: not known"
    yield ""


def _added(pack: OneOnOne) -> Iterator[str]:
    added = pack.added
    yield from _heading(2)
    if not added.count:
        yield from ("No opportunity was added.", "")
        return
    without = f"; {added.without_amount} without an amount" if added.without_amount else ""
    yield from (f"{_total(added.count, monies(added.amounts, none='amount not known'))}{without}", "")
    rows = (
        (
            escaped(deal.name),
            escaped(deal.stage or "not known"),
            escaped(money(deal.amount)),
            percent(deal.probability),
            _WORDS.optional_day(deal.created_on),
            _WORDS.end(deal),
        )
        for deal in added.deals
    )
    yield from _table(("opportunity", "stage", "amount", "odds", "created", "closes"), rows)
    yield from _rest(added.left_out)


def _pre_existing(pack: OneOnOne) -> Iterator[str]:
    moves = pack.pre_existing
    yield from _heading(3)
    if not moves.known:
        yield f"What moved is not known: there is no snapshot from {pack.since.day} or before to hold today's against."
        yield ""
        return
    counts = (*movement_counts(moves), *customer_counts(moves))
    yield from (", ".join(f"{one.number} {one.name}" for one in counts), "")
    for one in moves.deals:
        yield from _moved(one)
    yield from ("",) if moves.deals else ("No opportunity was open at the last review.", "")
    yield from _rest(moves.left_out)


def _moved(one: MovedDeal) -> Iterator[str]:
    amount = money(one.deal.amount) if one.deal.amount else "amount not known"
    yield f"- **{escaped(one.deal.name)}**, {escaped(amount)}"
    said = f"{_WORDS.stage(one)}; {_WORDS.moved_date(one)}; {CUSTOMER_MOVES[one.customer]}"
    yield f"  - {escaped(said)}"
    yield from (f"  - {_act(act)}" for act in one.acts)
    if one.question:
        yield f"  - Ask: {escaped(one.question)}"


def _closing(closing: ClosingDeals) -> Iterator[str]:
    yield from _heading(4)
    if not closing.count:
        yield from ("Nothing is said to close by then.", "")
        return
    yield f"- {_total(closing.count, monies(closing.amounts, none='amount not known'))}"
    yield f"- At risk, counted on and not borne out by the customer: {escaped(monies(closing.at_risk))}"
    yield from (f"- Evidence: {ARROWS}", "")
    for one in closing.deals:
        yield from _closing_deal(one)
    yield from _rest(closing.left_out)


def _closing_deal(one: ClosingDeal) -> Iterator[str]:
    deal = one.deal
    yield from (f"### {escaped(deal.name)}", "")
    amount = money(deal.amount) if deal.amount else "amount not known"
    facts = f"{amount}, {deal.stage or 'stage not known'}, {_WORDS.closes(one)}, at risk {money(one.at_risk)}"
    yield f"- {escaped(facts)}"
    noted = f" (note of {one.noted_on})" if one.noted_on else ""
    yield f"- **{verdict(one.verdict)}**: {escaped(one.explanation)}{noted}"
    yield f"- The rep {escaped(_WORDS.odds(one))}"
    if one.coverage:
        answers = (f"{STATUS_MARKS[status]} {name} {status}" for name, status in _WORDS.coverage(one.coverage))
        yield f"- The four questions: {', '.join(answers)}"
    yield from (f"- {_act(act)}" for act in one.evidence)
    for step in one.open_steps:
        day = _WORDS.step_day(step)
        yield f"- Open on their side{f', {day}' if day else ''}: {escaped(step.what)}"
    yield from (f"- Would improve it: {escaped(what)}" for what in one.would_improve)
    if one.refuter:
        yield f"- Watch for, {escaped(_WORDS.refuter(one.refuter))}"
    yield from (f"- Ask: {escaped(question)}" for question in one.questions)
    yield ""


def _act(act: BuyerAct) -> str:
    return f"{_WORDS.act(act)}: “{escaped(act.quote)}”"


def _next_steps(pack: OneOnOne) -> Iterator[str]:
    steps = pack.next_steps
    yield from _heading(5)
    rows = [
        *((*_step(one, pack), f"carried over, {escaped(_WORDS.kept(one))}") for one in steps.carried),
        *((*_step(one, pack), f"new, {_WORDS.agreed(one)}") for one in steps.agreed),
        *((*_step(one, pack), f"to agree: {escaped(one.why)}") for one in steps.proposed),
    ]
    if rows:
        yield from _table(("what", "who", "by", "how it stands"), rows)
    else:
        yield from ("Nothing is carried over, and nothing is proposed.", "")
    if steps.left_out:
        yield from (f"and {steps.left_out} more, left out", "")


def _step(step: Commitment | ProposedStep, pack: OneOnOne) -> tuple[str, str, str]:
    about = f" ({escaped(step.deal)})" if step.deal else ""
    return f"{escaped(step.what)}{about}", escaped(_WORDS.owner(step.owner, pack)), step.due_on.isoformat()


def _end(pack: OneOnOne) -> Iterator[str]:
    yield from ("## Claims, and what came of them", "")
    yield from (f"- {escaped(line)}" for line in claim_lines(pack.ledger))
    months = ", ".join(f"{one.month:%Y-%m} {percent(one.share)}" for one in pack.ledger.evidence)
    if months:
        yield f"- The customer's share of the statements in the notes: {months}"
    yield ""
    for title, texts in (("Not in the data", pack.missing), ("Notices", [one.text for one in pack.notices])):
        if texts:
            yield from (f"## {title}", "", *(f"- {escaped(text)}" for text in texts), "")


def _heading(part: int) -> tuple[str, str]:
    return f"## {part}. {TITLES[part - 1]}", ""


def _total(count: int, amounts: str) -> str:
    return f"{counted(count, 'opportunity', 'opportunities')}, {escaped(amounts)}"


def _rest(rest: LeftOut) -> Iterator[str]:
    if rest.count:
        yield from (escaped(left_out(rest)), "")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""
