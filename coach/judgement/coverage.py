"""How far the four buyer questions are answered: codebook, section 2. Pure; each rule quotes its codebook line."""

from __future__ import annotations

import re
from typing import NamedTuple

from coach.domain import Question, Status
from coach.judgement.names import name_of
from coach.judgement.reading import Reading, Seen, merged
from coach.judgement.timeline import gives_time

_MONEY = re.compile(r"[$€£¥₹₦₱]\s?\d")


class Finding(NamedTuple):
    """The status of a question and the statements that show it."""

    status: Status
    because: tuple[Seen, ...] = ()


def cover(reading: Reading) -> dict[Question, Finding]:
    """The status of each of the four questions."""
    return {
        Question.PROBLEM: problem(reading),
        Question.CRITERIA: criteria(reading),
        Question.ACTION: action(reading),
        Question.PROCESS: process(reading),
    }


def problem(reading: Reading) -> Finding:
    """What problems does this customer have that we can solve?

    Answered: somebody there stated a problem and what it costs or causes. Partial: stated without its impact, or only
    our side's reading. Missing: nothing.
    """
    stated = tuple(one for one in reading.informing(Question.PROBLEM) if not one.has("praise"))
    checked = tuple(one for one in stated if one.is_verifiable)
    if len(checked) >= 3 or any(one.has("impact") or _MONEY.search(one.quote) for one in checked):
        return Finding(Status.ANSWERED, stated)
    if stated:
        return Finding(Status.PARTIAL, stated)
    ours = tuple(one for one in reading.seen if _reads_a_problem(one))
    return Finding(Status.PARTIAL, ours) if ours else Finding(Status.MISSING)


def _reads_a_problem(one: Seen) -> bool:
    if not one.is_opinion:
        return False
    return one.has("pain") or (one.has("problem_reading") and one.has("about_them", "inference"))


def criteria(reading: Reading) -> Finding:
    """What are each decision maker's buying criteria?

    Answered: every decision maker the note names has stated criteria of their own. Partial: some have, or criteria with
    no owner. Missing: nothing.
    """
    stated = tuple(one for one in reading.informing(Question.CRITERIA) if _is_criterion(one))
    if not stated:
        return Finding(Status.MISSING)
    own = tuple(one for one in stated if one.is_verifiable and one.has("demand"))
    all_owned = all(one.is_verifiable for one in stated)
    if len(own) >= 2 and all_owned and not _somebody_unheard(reading, stated):
        return Finding(Status.ANSWERED, own)
    return Finding(Status.PARTIAL, stated)


def _somebody_unheard(reading: Reading, stated: tuple[Seen, ...]) -> bool:
    """Whether the note says that we have not heard somebody, or names one who decides and has stated no criterion."""
    if any(one.has("unheard") for one in reading.seen):
        return True
    owners = {name for one in stated if (name := name_of(one))}
    deciding = {name for one in reading.informing(Question.PROCESS) if one.has("decides") and (name := name_of(one))}
    return bool(owners and deciding - owners)


def _is_criterion(one: Seen) -> bool:
    return not one.has("praise", "says_nothing") and not (one.is_action and one.stalls)


def action(reading: Reading) -> Finding:
    """What specific actions has the customer taken so far in evaluating this decision?

    Answered: at least one verifiable buyer action that advances. Partial: only unverifiable, neutral or adverse acts
    (chose a rival, cancelled, sent our papers back), or only commitments. Missing: only what we did, silence, no-shows
    and undone tasks, or trifles (took a card, opened a mail, let us in).
    """
    acts = tuple(one for one in reading.buyer if one.is_action)
    strong = tuple(reading.proofs)
    if strong:
        return Finding(Status.ANSWERED, strong)
    weak = merged((one for one in acts if _counts(one)), (one for one in reading.buyer if one.is_commitment))
    return Finding(Status.PARTIAL, weak) if weak else Finding(Status.MISSING, acts)


def _counts(one: Seen) -> bool:
    if one.advances:
        return True
    if one.stalls:
        return not one.is_omission
    return not one.has("trifle")


def process(reading: Reading) -> Finding:
    """What is their timeline and process for reaching the decision?

    Answered: their date, duration or trigger and their steps (what happens there, by whom, before signature). Partial:
    one of the two. Missing: only our close date, a bare mention of who signs or decides, or nothing.
    """
    told = tuple(one for one in reading.informing(Question.PROCESS) if _tells_process(one))
    dated = tuple(one for one in told if gives_time(one, reading.written_on))
    steps = tuple(one for one in told if _is_step(one, alone=len(told) == 1))
    papers = tuple(one for one in reading.buyer if _moves_paper(one))
    if any(one.has("signature") and one.has("document") and one.is_verifiable for one in papers):
        return Finding(Status.ANSWERED, papers)
    if dated and (steps or len(papers) >= 2):
        return Finding(Status.ANSWERED, merged(dated, steps or papers))
    if found := dated or steps or papers:
        return Finding(Status.PARTIAL, found)
    return Finding(Status.MISSING)


def _tells_process(one: Seen) -> bool:
    if one.is_action and (one.is_neutral or one.has("silence", "undone")):
        return False
    if one.stalls and one.has("money_gone", "sponsor_gone", "put_off"):
        return False
    return not one.has("absence")


def _is_step(one: Seen, *, alone: bool) -> bool:
    if one.has("body"):
        return True
    if alone:
        return False
    return one.has("step") or (one.has("decides") and one.is_commitment)


def _moves_paper(one: Seen) -> bool:
    return one.is_action and one.advances and one.has("approved", "contract_done", "ordered")
