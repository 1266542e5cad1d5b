"""A rep's snapshots, reviews and agreements become the pack for a 1-on-1."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from coach.domain.commitment import Commitment, Kept
from coach.domain.one_on_one import NextSteps, OneOnOne, Results, Since
from coach.domain.opportunity import DealState, Opportunity, Rep, folded
from coach.errors import NotFound
from coach.pipeline.agenda import agenda
from coach.pipeline.closing import DealEvidence, closing_deals
from coach.pipeline.ledger import read_ledger
from coach.pipeline.missing import missing, unseen
from coach.pipeline.movement import movements, new_deals
from coach.pipeline.periods import previous_month, previous_quarter, year_to_date
from coach.pipeline.proposing import proposed
from coach.pipeline.results import charts, results
from coach.pipeline.warning import warnings
from coach.rubrics import BuyerEvidence
from coach.service.days import check_day
from coach.service.deal_evidence import Evidence, evidence_of
from coach.text.dates.periods import add_months

if TYPE_CHECKING:
    from coach.store.records import Records

_SATURDAY = 5
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judging:
    """What notes are judged by, and when the fiscal year begins."""

    rubric: BuyerEvidence
    fiscal_year_start: int = 1
    """Its first month, 1 to 12."""


@dataclass(frozen=True, slots=True)
class _Deals:
    """A rep's deals as they stand, and as they stood."""

    now: Sequence[Opportunity]
    before: Mapping[Key, Opportunity] | None
    history: Mapping[Key, Sequence[Opportunity]]
    notes: Mapping[Key, Evidence]


async def prepare(rep: str, as_of: date, *, kept: Records, data: Records, judging: Judging) -> OneOnOne:
    """Prepare the 1-on-1 of a rep; nothing is kept by it.

    Args:
        rep: The rep's name, in any case.
        as_of: The day of the 1-on-1: nothing that came later is looked at.
        kept: Where reviews and agreements are.
        data: Where snapshots, people and quotas are: the same, or one that was made of some files.
        judging: What notes are judged by.

    Raises:
        InvalidInput: there is no such rep, or the day is outside 1990 to 2100.
        StoreError: the store cannot be read.
    """
    check_day("as_of", as_of)
    who = await known(rep, data)
    since = await _since(who.name, as_of, kept, data)
    latest = await data.opportunities.latest(as_of)
    snapshot = max(latest.values(), default=None)
    deals = await _deals(who.name, as_of, since, kept, data)
    part1 = await _results(who, as_of, deals.now, data, judging.fiscal_year_start)
    added = new_deals(deals.now, since.day, deals.before)
    acts = {key: one.acts for key, one in deals.notes.items()}
    moved = movements(deals.now, deals.before, deals.history, since.day, acts)
    closing = closing_deals(deals.now, as_of, _for_current_dates(deals, judging))
    warned = warnings(deals.now, part1, moved, as_of, snapshot)
    agreed = [_as_known(one, as_of) for one in await kept.commitments.of(who.name, as_of, settled_since=since.day)]
    carried = tuple(one for one in agreed if one.agreed_on < as_of)
    next_on = _next(as_of)
    steps = NextSteps(
        carried=carried,
        agreed=tuple(one for one in agreed if one.agreed_on == as_of),
        proposed=proposed(closing, moved, added, warned, as_of=as_of, next_on=next_on, carried=agreed),
    )
    claims = await data.claims.of(who.name, as_of)
    shares = await kept.reviews.shares(who.name, as_of)
    return _named(
        OneOnOne(
            id="",
            rep=who.name,
            manager=who.manager,
            team=who.team,
            as_of=as_of,
            since=since,
            snapshot=snapshot,
            next_on=next_on,
            warnings=warned,
            agenda=agenda(closing, moved, added),
            results=part1,
            charts=charts(part1),
            added=added,
            pre_existing=moved,
            closing=closing,
            next_steps=steps,
            ledger=read_ledger(who.name, claims, shares, as_of),
            missing=missing(deals.now, deals.history, part1, who),
            notices=tuple(unseen(deals.now, latest)),
        )
    )


def _as_known(step: Commitment, as_of: date) -> Commitment:
    """A step as it stood on a day: what was settled later was open then."""
    if step.settled_on is None or step.settled_on <= as_of:
        return step
    return step.model_copy(update={"kept": Kept.OPEN, "proof": None, "settled_on": None})


async def known(rep: str, data: Records) -> Rep:
    """A rep by name.

    Raises:
        InvalidInput: there is nobody of that name.
        StoreError: the store cannot be read.
    """
    found = await data.people.rep(rep)
    if found is None:
        raise NotFound(
            "rep: nobody of this name is in the data or in the store; write it as the CRM does (owner), and "
            "import the deals first with `coach import`, or give them with --data"
        )
    return found


async def _since(rep: str, as_of: date, kept: Records, data: Records) -> Since:
    held = await kept.one_on_ones.last_before(rep, as_of)
    day = held or add_months(as_of, -1) or as_of
    snapshot = max((await data.opportunities.latest(day)).values(), default=None)
    return Since(day=day, by="one_on_one" if held else "month", snapshot=snapshot)


async def _deals(rep: str, as_of: date, since: Since, kept: Records, data: Records) -> _Deals:
    now = await data.opportunities.of_rep(rep, as_of)
    before = None
    if since.snapshot is not None:
        before = await data.opportunities.standing([one.key for one in now], since.day)
    earlier = (before or {}).values()
    keys = {one.key for one in (*now, *earlier) if one.state is DealState.OPEN}
    history = await data.opportunities.history(keys, as_of)
    interesting = [one for one in now if one.key in keys]
    return _Deals(now, before, history, await _notes(rep, as_of, interesting, kept))


async def _notes(rep: str, as_of: date, deals: Sequence[Opportunity], kept: Records) -> dict[Key, Evidence]:
    """What the notes of some deals show; a note of a deal known by name alone goes to the one deal of that name."""
    found = dict(await kept.reviews.of_deals([one.key for one in deals], as_of))
    by_name: dict[str, list[Opportunity]] = {}
    for one in deals:
        if one.name and one.key not in found:
            by_name.setdefault(folded(one.name), []).append(one)
    for name, contents in (await kept.reviews.of_names(rep, by_name, as_of)).items():
        if len(by_name[name]) == 1:
            found[by_name[name][0].key] = contents
    return {key: evidence for key, contents in found.items() if (evidence := evidence_of(contents))}


def _for_current_dates(deals: _Deals, judging: Judging) -> dict[Key, DealEvidence]:
    """What the notes of open deals say of the close dates that the CRM has now."""
    return {
        one.key: deals.notes[one.key].for_close_date(one.close_date, judging.rubric, judging.fiscal_year_start)
        for one in deals.now
        if one.state is DealState.OPEN and one.close_date is not None and one.key in deals.notes
    }


async def _results(rep: Rep, as_of: date, now: Sequence[Opportunity], data: Records, fiscal_year_start: int) -> Results:
    named = {one.currency for one in now if one.amount is not None}
    # One that names no currency is measured against nothing where the deals name theirs.
    quotas = [one for one in await data.people.quotas(rep.name, as_of) if one.currency or named <= {None}]
    spans = (year_to_date(as_of, fiscal_year_start), previous_quarter(as_of, fiscal_year_start), previous_month(as_of))
    first = min(span.earliest for span in spans)
    return results(
        now,
        await data.opportunities.closed_by_team(rep.team, first, as_of),
        as_of=as_of,
        fiscal_year_start=fiscal_year_start,
        quotas=quotas,
        team_name=rep.team,
        team_reps=await data.people.count(rep.team),
    )


def _next(as_of: date) -> date:
    """The same day a month on, or the Monday after it, where it falls on a weekend."""
    day = add_months(as_of, 1) or as_of + timedelta(days=30)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= _SATURDAY else 0)


def _named(pack: OneOnOne) -> OneOnOne:
    """The pack with its id: a hash of all that it says."""
    content = pack.model_dump_json(by_alias=True)
    return pack.model_copy(update={"id": f"oo_{hashlib.sha256(content.encode()).hexdigest()[:24]}"})
