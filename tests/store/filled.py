"""A database with something of everybody in each table, and words to look for."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

from coach.domain.commitment import Commitment, Owner
from coach.domain.identity import MAY, Role
from coach.domain.judgement import Verdict
from coach.domain.opportunity import DealState, Opportunity, Quota, Rep
from coach.store.answers import Answer
from coach.store.kept import Claimed, Found, Kept
from coach.store.keys import StoredKey
from coach.store.records import Records

ILSE, ANAND, RUTH = "Ilse Brandt", "Anand Rao", "Ruth Kerr"
DANA = "Dana Quinceblossom"
"""A customer's contact."""
DAY = date(2026, 3, 2)
OF_ILSE = ("Ilse Brandt", "ilse brandt", "ilsewords", "ilsequote", "ilsewhy", "ilsereply", "ilsepack", "ilsestep")
"""What is nowhere to be found once she is erased, but where others' texts name her."""
OF_DANA = ("Dana Quinceblossom", "Quinceblossom")


async def fill(records: Records) -> None:
    """Keep something of two reps, their manager and a contact."""
    roster = [Rep(name=name, team="North", manager=RUTH, started_on=DAY) for name in (ILSE, ANAND)]
    quotas = [Quota(rep=name, first=DAY, last=DAY, amount=Decimal(9), currency="EUR") for name in (ILSE, ANAND)]
    await records.people.put(roster, quotas)
    async with records.opportunities.importing(crm="hubspot", as_of=DAY, source="deals.csv", sha256="0" * 64) as into:
        await into.write([_deal("71", ILSE, f"{ILSE} calls {DANA}"), _deal("72", ANAND, f"{ILSE} calls back")])
        await into.write([_deal("73", ANAND, None, DealState.WON)])
    for rep, words in ((ILSE, "ilse"), (ANAND, "anand")):
        text = f"{words}words of {rep}. {DANA} signed on Tuesday." if rep == ILSE else f"{words}words alone."
        await records.reviews.put(_review(f"dr_{words}", rep, text, f"{words}quote", deal=f"{words} note deal"))
        await records.feedback.correct(f"dr_{words}", 0, right=False, should_be={"kind": "x"}, why=f"{words}why")
        await records.feedback.reply(f"dr_{words}", f"{words}reply")
        step = Commitment(id=0, rep=rep, what=f"{words}step", owner=Owner.REP, due_on=DAY, agreed_on=DAY)
        await records.one_on_ones.put(rep, DAY, json.dumps({"rep": rep, "said": f"{words}pack"}), [step])
    await records.reviews.put(_review("dr_other", ANAND, f"Lunch with {DANA}.", "a quote", deal=None))
    await records.feedback.reply("dr_anand", f"{ILSE} was there, too.")
    talk = _review("mr_ruth", RUTH, "Ruth: ruthwords", "ruthquote", deal=None)
    await records.reviews.put(talk)
    for number, (name, role) in enumerate({ILSE: Role.REP, RUTH: Role.MANAGER}.items()):
        key = StoredKey(
            id=f"{number:012}",
            name=f"{name}'s key",
            role=role,
            person=name.upper(),
            scopes=MAY[role],
            digest="secretdigest",
            made_at=datetime.now(UTC),
        )
        await records.keys.put(key)
    await records.members.put("ilse@coach.example", Role.REP, ILSE, "pipedrive:7100042")
    taken = await records.answers.take("key:x", "k", "f")
    assert taken.holder
    body = f"ilsewords {DANA}".encode()
    await records.answers.keep("key:x", "k", taken.holder, Answer(status=200, headers={}, body=body))


def _deal(record: str, rep: str, step: str | None, state: DealState = DealState.OPEN) -> Opportunity:
    return Opportunity(
        crm="hubspot",
        record=record,
        as_of=DAY,
        name=f"Deal {record} of {rep}" if rep == ILSE else f"Deal {record}",
        rep=rep,
        state=state,
        close_date=DAY if state is DealState.OPEN else None,
        closed_on=None if state is DealState.OPEN else DAY,
        next_step=step,
    )


def _review(review: str, about: str, text: str, quote: str, deal: str | None) -> Kept:
    is_talk = review.startswith("mr")
    return Kept(
        kind="coach.manager_review/1" if is_talk else "coach.deal_review/1",
        review=review,
        about=about,
        role="manager" if is_talk else "rep",
        text=text,
        day=DAY,
        content=json.dumps({"id": review, "quotes": [text, quote]}),
        findings=[Found(label="buyer_action", quote=quote)],
        deal=deal,
        claim=Claimed(close_date=DAY, verdict=Verdict.UNPROVEN, grade=2) if deal else None,
    )
