"""A pack cut to what two printed A4 pages hold, however many deals there are.

Rule: what is cut from a ranked list is counted in its `left_out`, with its amounts; counts and sums stay those of all.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import date

from coach.domain.commitment import Commitment, Kept
from coach.domain.money import Money
from coach.domain.one_on_one.closing import ClosingDeal
from coach.domain.one_on_one.deals import BuyerAct, DealLine, LeftOut
from coach.domain.one_on_one.ledger import ClaimLedger
from coach.domain.one_on_one.movement import MovedDeal, Movements, NewDeals
from coach.domain.one_on_one.pack import AgendaItem, ClosingDeals, NextSteps, OneOnOne, ProposedStep
from coach.pipeline.sums import total
from coach.text.dates.periods import add_months

MOST_NEW = 5
MOST_PRE_EXISTING = 6
MOST_CLOSING = 5
MOST_STEPS = 8
"""Carried, agreed and proposed steps together."""
LEAST_PROPOSED = 2
"""Places kept for proposed steps where none is agreed yet, however many are carried."""
QUOTES_CLOSING = 3
QUOTES_PRE_EXISTING = 2
OPEN_STEPS = 3
IMPROVEMENTS = 2
QUESTIONS = 2
MONTHS = 6
"""Months of evidence in the ledger, that of the 1-on-1 among them."""
QUOTE_LENGTH = 160
"""Characters of a quote, or of a person's own words."""
SENTENCE_LENGTH = 240
"""Characters of a sentence of ours that may repeat a name or a quote."""
NAME_LENGTH = 60


def fit(pack: OneOnOne) -> OneOnOne:
    """Cut a pack's lists and texts; one that has been cut stays as it is.

    The id stays that of the whole pack. Lists keep their order, so what is left out is what ranked last.
    """
    return pack.model_copy(
        update={
            "rep": _name(pack.rep),
            "manager": _name(pack.manager) if pack.manager else None,
            "team": _name(pack.team) if pack.team else None,
            "agenda": tuple(_agenda_item(one) for one in pack.agenda),
            "added": _new(pack.added),
            "pre_existing": _moved(pack.pre_existing),
            "closing": _closing(pack.closing),
            "next_steps": _steps(pack.next_steps),
            "ledger": _ledger(pack.ledger, pack.as_of),
        }
    )


def shortened(text: str, most: int) -> str:
    """Cut a text at a word's end, with an ellipsis; white space of any kind becomes one space.

    Args:
        text: Any text.
        most: Characters at most, the ellipsis among them; 2 or more.
    """
    cut = textwrap.shorten(text, width=most, placeholder="…")
    # Its first word alone is too long.
    return f"{text.strip()[: most - 1]}…" if cut == "…" and text.strip() != "…" else cut


def _name(name: str) -> str:
    return shortened(name, NAME_LENGTH)


def _quote(words: str) -> str:
    return shortened(words, QUOTE_LENGTH)


def _agenda_item(item: AgendaItem) -> AgendaItem:
    return item.model_copy(update={"deals": tuple(_name(one) for one in item.deals)})


def _new(added: NewDeals) -> NewDeals:
    shown = tuple(_line(one) for one in added.deals[:MOST_NEW])
    left_out = _left_out(added.left_out, [one.amount for one in added.deals[MOST_NEW:]])
    return added.model_copy(update={"deals": shown, "left_out": left_out})


def _moved(movements: Movements) -> Movements:
    shown = tuple(_moved_deal(one) for one in movements.deals[:MOST_PRE_EXISTING])
    left_out = _left_out(movements.left_out, [one.deal.amount for one in movements.deals[MOST_PRE_EXISTING:]])
    return movements.model_copy(update={"deals": shown, "left_out": left_out})


def _closing(closing: ClosingDeals) -> ClosingDeals:
    shown = tuple(_closing_deal(one) for one in closing.deals[:MOST_CLOSING])
    left_out = _left_out(closing.left_out, [one.deal.amount for one in closing.deals[MOST_CLOSING:]])
    return closing.model_copy(update={"deals": shown, "left_out": left_out})


def _left_out(before: LeftOut, rest: Sequence[Money | None]) -> LeftOut:
    """What was left out already, and the rest of a list; a deal without an amount counts as a deal."""
    if not rest:
        return before
    amounts = total([*before.amounts, *(one for one in rest if one)])
    return LeftOut(count=before.count + len(rest), amounts=amounts)


def _line(deal: DealLine) -> DealLine:
    names = ("name", "account", "stage", "forecast_category")
    return deal.model_copy(update={field: _name(text) for field in names if (text := getattr(deal, field))})


def _acts(acts: Sequence[BuyerAct], most: int) -> tuple[BuyerAct, ...]:
    return tuple(one.model_copy(update={"quote": _quote(one.quote)}) for one in acts[:most])


def _moved_deal(moved: MovedDeal) -> MovedDeal:
    return moved.model_copy(
        update={
            "deal": _line(moved.deal),
            "stage_before": _name(moved.stage_before) if moved.stage_before else None,
            "acts": _acts(moved.acts, QUOTES_PRE_EXISTING),
            "question": shortened(moved.question, SENTENCE_LENGTH) if moved.question else None,
        }
    )


def _closing_deal(closing: ClosingDeal) -> ClosingDeal:
    steps = (one.model_copy(update={"what": _quote(one.what)}) for one in closing.open_steps[:OPEN_STEPS])
    return closing.model_copy(
        update={
            "deal": _line(closing.deal),
            "reason": _quote(closing.reason) if closing.reason else None,
            "explanation": shortened(closing.explanation, SENTENCE_LENGTH),
            "evidence": _acts(closing.evidence, QUOTES_CLOSING),
            "open_steps": tuple(steps),
            "would_improve": closing.would_improve[:IMPROVEMENTS],
            "questions": tuple(shortened(one, SENTENCE_LENGTH) for one in closing.questions[:QUESTIONS]),
        }
    )


def _steps(steps: NextSteps) -> NextSteps:
    """What was agreed at this 1-on-1 first, then what is carried and open, what is carried and settled, and proposed.

    While nothing is agreed yet, proposed steps have some places for themselves.
    """
    agreed = steps.agreed[:MOST_STEPS]
    places = MOST_STEPS - len(agreed)
    kept_free = 0 if agreed else min(LEAST_PROPOSED, len(steps.proposed))
    carried = _first_open(steps.carried, places - kept_free)
    shown = steps.proposed[: places - len(carried)]
    listed = len(steps.agreed) + len(steps.carried) + len(steps.proposed)
    return NextSteps(
        carried=tuple(_commitment(one) for one in carried),
        agreed=tuple(_commitment(one) for one in agreed),
        proposed=tuple(_proposed(one) for one in shown),
        left_out=steps.left_out + listed - len(agreed) - len(carried) - len(shown),
    )


def _first_open(carried: Sequence[Commitment], most: int) -> Sequence[Commitment]:
    """As many as there is room for, the open ones before the settled, in the order they came in."""
    ranked = sorted(range(len(carried)), key=lambda place: carried[place].kept is not Kept.OPEN)
    return [carried[place] for place in sorted(ranked[:most])]


def _commitment(step: Commitment) -> Commitment:
    return step.model_copy(
        update={
            "rep": _name(step.rep),
            "deal": _name(step.deal) if step.deal else None,
            "what": _quote(step.what),
            "proof": _quote(step.proof) if step.proof else None,
        }
    )


def _proposed(step: ProposedStep) -> ProposedStep:
    return step.model_copy(
        update={
            "what": shortened(step.what, SENTENCE_LENGTH),
            "deal": _name(step.deal) if step.deal else None,
            "why": shortened(step.why, SENTENCE_LENGTH),
        }
    )


def _ledger(ledger: ClaimLedger, as_of: date) -> ClaimLedger:
    first = add_months(as_of.replace(day=1), 1 - MONTHS) or date.min
    evidence = tuple(one for one in ledger.evidence if one.month >= first)
    return ledger.model_copy(update={"rep": _name(ledger.rep), "evidence": evidence})
