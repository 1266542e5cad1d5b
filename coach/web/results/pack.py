"""A 1-on-1's pack as a message: warnings, the agenda, the five parts and the claims, in the words of `coach.web.packs`.

What a message leaves out, the page and the Markdown have.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from coach.domain.commitment import Commitment
from coach.domain.one_on_one import BuyerAct, ClosingDeal, LeftOut, MovedDeal, OneOnOne, ProposedStep
from coach.pipeline.closing_wording import TITLES
from coach.web.packs.amounts import counted, left_out, money, monies
from coach.web.packs.claims import claim_lines
from coach.web.packs.figures import PERIODS, customer_counts, movement_counts, result_rows, team_name
from coach.web.packs.labels import CUSTOMER_MOVES, STATUS_MARKS, verdict
from coach.web.packs.wording import Wording
from coach.web.results.closing import closing
from coach.web.results.parts import Document, Part, Said, Section, Tone, Words, facts, faint, points, said, strong

_WORDS = Wording(date.isoformat)
_NO_AMOUNT = "amount not known"


def pack_document(pack: OneOnOne) -> Document:
    """What a message says of a 1-on-1.

    Args:
        pack: The pack, cut to fit by `coach.pipeline.fit`.
    """
    return Document(
        title=Words(f"1-on-1: {pack.rep}"), about=Words(f"as of {pack.as_of}"), sections=tuple(_sections(pack))
    )


def _sections(pack: OneOnOne) -> Iterator[Section]:
    if pack.warnings:
        yield Section("Warnings", points(said(strong(one.text)) for one in pack.warnings))
    yield Section("Who and when", facts((name, said(value)) for name, value in _WORDS.header(pack)))
    agenda = ((item, faint(", ".join(item.deals))) for item in pack.agenda)
    rows = ((f"{item.minutes} min", said(f"{item.part}. {item.title}", deals)) for item, deals in agenda)
    yield Section("Agenda, 30 minutes", facts(rows))
    yield _titled(1, *_results(pack))
    yield _titled(2, *_added(pack))
    yield _titled(3, *_moved(pack))
    yield _titled(4, *_total(pack))
    for one in pack.closing.deals:
        yield Section(f"Closing: {Words(one.deal.name).text}", tuple(_closing(one)))
    yield _titled(5, *_steps(pack))
    yield Section("Claims, and what came of them", points(said(line) for line in claim_lines(pack.ledger)))
    if pack.missing:
        yield Section("Not in the data", points(said(text) for text in pack.missing))
    yield from closing(pack.notices)


def _titled(part: int, *parts: Part) -> Section:
    return Section(f"{part}. {TITLES[part - 1]}", parts)


def _results(pack: OneOnOne) -> Iterator[Part]:
    results = pack.results
    for place, period in enumerate(results.periods):
        yield said(strong(PERIODS[period.period]), faint(f"{period.first} to {period.last}"))
        at = 2 * place
        yield from facts(
            (row.name, said(row.cells[at], faint(f"team {row.cells[at + 1]}"))) for row in result_rows(results)
        )
    yield said(faint(f"Team: {team_name(results)}, the rep's own among it"))
    yield from facts(("Quota", said(_WORDS.quota(one))) for one in results.quotas)


def _added(pack: OneOnOne) -> Iterator[Part]:
    added = pack.added
    if not added.count:
        yield said("No opportunity was added.")
        return
    total = counted(added.count, "opportunity", "opportunities")
    yield said(strong(total), monies(added.amounts, none=_NO_AMOUNT))
    yield from points(said(strong(deal.name), _WORDS.deal(deal)) for deal in added.deals)
    yield from _rest(added.left_out)


def _moved(pack: OneOnOne) -> Iterator[Part]:
    moves = pack.pre_existing
    if not moves.known:
        yield said(f"What moved is not known: there is no snapshot from {pack.since.day} or before.")
        return
    yield said(", ".join(f"{one.number} {one.name}" for one in (*movement_counts(moves), *customer_counts(moves))))
    yield from points(line for one in moves.deals for line in _moved_deal(one))
    yield from _rest(moves.left_out)


def _moved_deal(one: MovedDeal) -> Iterator[Said]:
    amount = money(one.deal.amount) if one.deal.amount else _NO_AMOUNT
    facts_ = f"{amount}; {_WORDS.stage(one)}; {_WORDS.moved_date(one)}; {CUSTOMER_MOVES[one.customer]}"
    yield said(strong(one.deal.name), facts_)
    yield from (_act(act) for act in one.acts[:1])
    if one.question:
        yield said(faint("Ask:"), one.question)


def _total(pack: OneOnOne) -> Iterator[Part]:
    closing_ = pack.closing
    if not closing_.count:
        yield said("Nothing is said to close by then.")
        return
    total = counted(closing_.count, "opportunity", "opportunities")
    yield said(strong(total), monies(closing_.amounts, none=_NO_AMOUNT))
    yield said(faint("At risk, counted on and not borne out by the customer:"), monies(closing_.at_risk))
    yield from _rest(closing_.left_out)


def _closing(one: ClosingDeal) -> Iterator[Part]:
    deal = one.deal
    amount = money(deal.amount) if deal.amount else _NO_AMOUNT
    yield said(f"{amount}, {deal.stage or 'stage not known'}, {_WORDS.closes(one)}, at risk {money(one.at_risk)}")
    yield said(strong(verdict(one.verdict)), one.explanation)
    yield said(f"The rep {_WORDS.odds(one)}")
    if one.coverage:
        answers = (f"{STATUS_MARKS[status]} {name} {status}" for name, status in _WORDS.coverage(one.coverage))
        yield said(", ".join(answers))
    yield from points(_act(act) for act in one.evidence)
    steps = ((_WORDS.step_day(step), step.what) for step in one.open_steps)
    rows = [("Open on their side", said(what, faint(day))) for day, what in steps]
    rows += [("Would improve it", said(what)) for what in one.would_improve]
    rows += [("Watch for", said(_WORDS.refuter(one.refuter)))] if one.refuter else []
    yield from facts([*rows, *(("Ask", said(question)) for question in one.questions)])


def _act(act: BuyerAct) -> Said:
    return said(Words(act.quote, Tone.BUYER), faint(_WORDS.act(act)))


def _steps(pack: OneOnOne) -> Iterator[Part]:
    steps = pack.next_steps
    lines = [
        *(_step(one, pack, f"carried over, {_WORDS.kept(one)}") for one in steps.carried),
        *(_step(one, pack, f"new, {_WORDS.agreed(one)}") for one in steps.agreed),
        *(_step(one, pack, f"to agree: {one.why}") for one in steps.proposed),
    ]
    yield from points(lines) or (said("Nothing is carried over, and nothing is proposed."),)
    if steps.left_out:
        yield said(faint(f"and {steps.left_out} more, left out"))


def _step(step: Commitment | ProposedStep, pack: OneOnOne, stands: str) -> Said:
    about = f"({step.deal})" if step.deal else ""
    return said(strong(step.what), about, f"{_WORDS.owner(step.owner, pack)}, by {step.due_on}", faint(stands))


def _rest(rest: LeftOut) -> Iterator[Part]:
    if rest.count:
        yield said(faint(left_out(rest)))
