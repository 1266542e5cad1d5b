"""Packs made by hand: the fullest that fits, a usual one, a new hire's and a first month's. Companies are invented."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from coach.domain import Answer, Coverage, Direction, Kind, Refuter, Status, Verdict
from coach.domain.commitment import Commitment, Kept, Owner
from coach.domain.money import Money
from coach.domain.one_on_one import (
    AgendaItem,
    Bin,
    BuyerAct,
    Charted,
    ClaimLedger,
    ClosingDeal,
    ClosingDeals,
    CustomerMove,
    DealLine,
    EvidenceShare,
    Figures,
    Frequency,
    Hits,
    LeftOut,
    MovedDeal,
    Movements,
    NewDeals,
    NextSteps,
    OneOnOne,
    OpenStep,
    Optimism,
    PeriodResults,
    ProposedStep,
    QuotaResult,
    Results,
    Since,
    Slip,
    StageMove,
    Warned,
)
from coach.domain.review import Notice
from coach.pipeline.closing_wording import TITLES

TODAY = date(2026, 11, 27)


def eur(amount: int | str) -> Money:
    return Money(amount=Decimal(amount), currency="EUR")


def padded(words: str, length: int) -> str:
    """Words made up to a length, as `coach.pipeline.fit` leaves the longest."""
    more = " and the plant managers of the three northern sites with their own controllers, who all want it in writing"
    text = (words + more * 3)[: length - 1].rstrip()
    return text + "…"


def deal(record: str, name: str, amount: int | None = 64_000, **facts: Any) -> DealLine:
    given: dict[str, Any] = {
        "stage": "Proposal",
        "close_date": date(2026, 12, 18),
        "probability": 0.6,
        "created_on": date(2026, 8, 3),
    }
    return DealLine(
        crm="hubspot", record=record, name=name, amount=eur(amount) if amount is not None else None, **(given | facts)
    )


def act(quote: str, grade: int = 5, on: date | None = date(2026, 11, 12), **facts: Any) -> BuyerAct:
    kind = {5: Kind.BUYER_ACTION, 4: Kind.BUYER_ACTION, 3: Kind.BUYER_COMMITMENT}.get(grade, Kind.BUYER_STATEMENT)
    given: dict[str, Any] = {"kind": kind, "direction": Direction.ADVANCES, "noted_on": date(2026, 11, 14)}
    return BuyerAct(quote=quote, grade=grade, on=on, review="r-1", **(given | facts))


def coverage(*statuses: Status) -> Coverage:
    problem, criteria, action, process = (Answer(status=status) for status in statuses)
    return Coverage(problem=problem, criteria=criteria, action=action, process=process)


def figures(revenue: int, wins: int, losses: int, *, average: str, cycle: float) -> Figures:
    return Figures(
        revenue=(eur(revenue),),
        wins=wins,
        losses=losses,
        win_rate=wins / (wins + losses),
        win_rate_low=max(0, wins / (wins + losses) - 0.14),
        win_rate_high=wins / (wins + losses) + 0.18,
        cycle_days=cycle,
        cycle_of=wins,
        average_deal=(eur(average),),
    )


NOTHING = Figures(wins=0, losses=0)


def periods(*pairs: tuple[Figures, Figures]) -> tuple[PeriodResults, ...]:
    days = (
        ("year_to_date", date(2026, 1, 1), TODAY),
        ("previous_quarter", date(2026, 7, 1), date(2026, 9, 30)),
        ("previous_month", date(2026, 10, 1), date(2026, 10, 31)),
    )
    return tuple(
        PeriodResults(period=period, first=first, last=last, rep=rep, team=team)  # type: ignore[arg-type]
        for (period, first, last), (rep, team) in zip(days, pairs, strict=True)
    )


def agenda(minutes: tuple[int, ...], deals: tuple[tuple[str, ...], ...]) -> tuple[AgendaItem, ...]:
    return tuple(
        AgendaItem(part=part, title=title, minutes=count, deals=named)
        for part, (title, count, named) in enumerate(zip(TITLES, minutes, deals, strict=True), start=1)
    )


def frequency(true: int, of: int, low: float | None = None, high: float | None = None) -> Frequency:
    return Frequency(true=true, of=of, share=true / of if of else None, low=low, high=high, too_few=of < 10)


def commitment(number: int, what: str, owner: Owner = Owner.REP, **facts: Any) -> Commitment:
    given: dict[str, Any] = {
        "due_on": date(2026, 11, 20),
        "agreed_on": date(2026, 10, 30),
        "agreed_by_rep": True,
        "agreed_by_manager": True,
    }
    return Commitment(id=number, rep="Mara Lindqvist", what=what, owner=owner, **(given | facts))


RESULTS = Results(
    periods=periods(
        (
            figures(412_000, 9, 20, average="45777.78", cycle=74.2),
            figures(3_104_500, 71, 149, average="43725.35", cycle=66.8),
        ),
        (figures(96_000, 2, 6, average="48000", cycle=81), figures(803_000, 19, 44, average="42263.16", cycle=69.5)),
        (figures(64_000, 1, 3, average="64000", cycle=55), figures(288_000, 7, 12, average="41142.86", cycle=70.1)),
    ),
    team="North",
    team_reps=7,
    quotas=(
        QuotaResult(
            first=date(2026, 7, 1),
            last=date(2026, 12, 31),
            quota=eur(300_000),
            won=eur(180_000),
            attainment=0.6,
        ),
    ),
)
CHARTS = (
    Charted(label="Won, year to date", unit="EUR", rep=412_000, team=443_500),
    Charted(label="Win rate", unit="%", rep=31.03, team=32.27),
    Charted(label="Days from creation to winning", unit="days", rep=74.2, team=66.8),
    Charted(label="Average deal", unit="EUR", rep=45_777.78, team=43_725.35),
)
LEDGER = ClaimLedger(
    rep="Mara Lindqvist",
    as_of=TODAY,
    claims=61,
    settled=47,
    all=frequency(19, 47, 0.27, 0.55),
    by_verdict=(
        Hits(verdict=Verdict.ESTABLISHED, hits=frequency(12, 14, 0.6, 0.96)),
        Hits(verdict=Verdict.UNPROVEN, hits=frequency(5, 20, 0.11, 0.47)),
        Hits(verdict=Verdict.REFUTED, hits=frequency(0, 6)),
        Hits(without_note=True, hits=frequency(2, 7)),
    ),
    by_grade=(
        Hits(grade=5, hits=frequency(11, 15, 0.48, 0.89)),
        Hits(grade=3, hits=frequency(4, 11, 0.15, 0.65)),
        Hits(grade=0, hits=frequency(2, 14, 0.04, 0.4)),
    ),
    optimism=Optimism(
        brier=0.214,
        brier_low=0.16,
        brier_high=0.27,
        claims=44,
        deals=29,
        too_few=False,
        bias=0.18,
        bias_low=0.05,
        bias_high=0.31,
        leaning="optimistic",
        curve=(
            Bin(low=0.2, high=0.4, stated=0.3, hits=frequency(3, 11, 0.1, 0.57)),
            Bin(low=0.4, high=0.6, stated=0.52, hits=frequency(5, 14, 0.16, 0.61)),
            Bin(low=0.6, high=0.8, stated=0.7, hits=frequency(6, 12, 0.25, 0.75)),
            Bin(low=0.8, high=1, stated=0.9, hits=frequency(5, 7)),
        ),
        won_early=1,
    ),
    evidence=tuple(
        EvidenceShare(
            month=date(2026, month, 1), notes=notes, buyer=buyer, seller=seller, share=buyer / (buyer + seller)
        )
        for month, notes, buyer, seller in (
            (6, 7, 14, 31),
            (7, 9, 21, 34),
            (8, 4, 10, 19),
            (9, 8, 25, 27),
            (10, 9, 31, 24),
            (11, 6, 22, 15),
        )
    ),
)

_NAMES = (
    "Aldergate Foods: recipe control for three plants, phase 2",
    "Brandvik Marine: spare-parts planning, whole fleet, 5 years",
    "Corvane Energy: turbine inspection records and archive",
    "Dunmore Textiles: dye-house scheduling, two sites, pilot on",
    "Estermann Optik: lens traceability for the regulator's audit",
    "Fjellheim Dairies: cold-chain alarms in all of the depots",
)


def fullest() -> OneOnOne:
    """Forty deals cut to the limits of `fit`, with every text as long as it lets it be."""
    closing = tuple(_long_closing(number, name[:60]) for number, name in enumerate(_NAMES[:5]))
    moved = tuple(_long_moved(number, padded(name, 60)) for number, name in enumerate(_NAMES))
    return OneOnOne(
        id="full",
        rep="Mara Lindqvist",
        manager="Ruth Abanda",
        team="North",
        as_of=TODAY,
        since=Since(day=date(2026, 10, 30), by="one_on_one", snapshot=date(2026, 10, 29)),
        snapshot=date(2026, 11, 18),
        next_on=date(2026, 12, 28),
        warnings=(
            Warned(
                code="thin_pipeline",
                text="Still to win by 31 December: EUR 120,000. Open by then: EUR 200,000; at your rep's own "
                "win rate of 31 % (9 of 29) that is EUR 62,000: half of what is needed.",
            ),
            Warned(
                code="standing_pipeline",
                text="The pipeline is not moving: of 18 opportunities that were open at the last review 11 "
                "stood still, and in those the customer did nothing that the notes tell of.",
            ),
            Warned(
                code="old_snapshot", text="The data are 9 days old: what has changed in the CRM since is not in here."
            ),
        ),
        agenda=agenda(
            (3, 3, 7, 12, 5),
            ((), _NAMES[:3], _NAMES[1:4], _NAMES[:3], ()),
        ),
        results=RESULTS,
        charts=CHARTS,
        added=NewDeals(
            deals=tuple(
                deal(f"n-{number}", padded(name, 60), 90_000 - 7_000 * number, created_on=date(2026, 11, 3 + number))
                for number, name in enumerate(_NAMES[:5])
            ),
            count=17,
            amounts=(eur(720_000),),
            without_amount=2,
            left_out=LeftOut(count=12, amounts=(eur(340_000),)),
        ),
        pre_existing=Movements(
            known=True,
            forward=4,
            still=9,
            back=1,
            changed=1,
            won=2,
            lost=1,
            slipped=6,
            customer_advanced=5,
            customer_stalled=3,
            no_note=6,
            deals=moved,
            left_out=LeftOut(count=12, amounts=(eur(611_500), Money(amount=Decimal(48_000), currency="USD"))),
        ),
        closing=ClosingDeals(
            deals=closing,
            count=9,
            amounts=(eur(612_000),),
            at_risk=(eur("287400"),),
            left_out=LeftOut(count=4, amounts=(eur(96_000),)),
        ),
        next_steps=_long_steps(),
        ledger=LEDGER,
        missing=("probability of 3 deals", "stage history", "the day of creation of 4 deals", "quota of the year"),
        notices=(Notice(code="degraded", text="Two notes were read by the embedded engine, since no model answered."),),
    )


def _long_closing(number: int, name: str) -> ClosingDeal:
    verdict = (Verdict.REFUTED, Verdict.UNPROVEN, Verdict.UNPROVEN, None, Verdict.ESTABLISHED)[number]
    return ClosingDeal(
        deal=deal(
            f"c-{number}",
            name,
            140_000 - 17_000 * number,
            stage="Contract negotiation",
            close_date=TODAY + timedelta(days=9 * number - 6),
        ),
        days_left=9 * number - 6,
        reason=padded("The managing director told me on the phone that we are as good as in, and", 160),
        reason_from="note",
        verdict=verdict,
        explanation="The customer's own timetable contradicts the date: Henrike Aldergate-Sommerfeld speaks "
        "of 14 January 2027; the rep says 18 December. Some of what they did or said points the other way.",
        evidence=(
            act(
                padded("Henrike sent back the redlined framework agreement with eleven comments of their counsel", 160)
            ),
            act(padded("their board has put the purchase on the agenda of 14 January, after the audit", 160), grade=3),
            act(
                padded("she says the line stands still nine hours a month for want of the right recipe", 160),
                grade=2,
                on=None,
                direction=Direction.NEUTRAL,
            ),
        ),
        coverage=coverage(Status.ANSWERED, Status.PARTIAL, Status.ANSWERED, Status.MISSING),
        open_steps=(
            OpenStep(
                what=padded("Henrike takes the signed data-protection annex to their works council", 120),
                by=date(2026, 11, 20),
                overdue=True,
            ),
            OpenStep(
                what=padded("the board of Aldergate decides on the purchase", 120), by=date(2027, 1, 14), too_late=True
            ),
            OpenStep(what="Somebody there names a day of their own for the deciding step, on or before 18 December."),
        ),
        would_improve=(
            "Each person there whose yes is needed says by what they will choose.",
            "Somebody there says what the problem costs them, in figures of their own.",
        ),
        refuter=Refuter(
            act="Nobody there has started an approval, a contract review or an order.", by=date(2026, 12, 8)
        ),
        questions=(
            "Henrike Aldergate-Sommerfeld speaks of 14 January. What happens on their side between today and that day?",
            "Which steps come before a signature there, who takes each of them, and by what day?",
        ),
        at_risk=eur(84_000 - 9_000 * number) if verdict is not Verdict.ESTABLISHED else eur(0),
        noted_on=date(2026, 11, 14) if verdict else None,
    )


def _long_moved(number: int, name: str) -> MovedDeal:
    stage, customer = (
        (StageMove.STILL, CustomerMove.STALLED),
        (StageMove.BACK, CustomerMove.BOTH),
        (StageMove.STILL, CustomerMove.NO_NOTE),
        (StageMove.FORWARD, CustomerMove.NOTHING),
        (StageMove.FORWARD, CustomerMove.ADVANCED),
        (StageMove.CHANGED, CustomerMove.ADVANCED),
    )[number]
    acts = () if customer in {CustomerMove.NO_NOTE, CustomerMove.NOTHING} else _long_acts()
    return MovedDeal(
        deal=deal(f"m-{number}", name, 120_000 - 11_000 * number, stage="Contract negotiation"),
        stage=stage,
        stage_before="Contract negotiation" if stage is StageMove.STILL else "Technical evaluation",
        close_date_before=date(2026, 11, 30),
        slip=Slip(times=2, days=18, times_ever=4, days_ever=93),
        customer=customer,
        acts=acts,
        question="The close date has moved 4 times, by 93 days in all. What has the customer said that fits "
        "the new one?",
    )


def _long_acts() -> tuple[BuyerAct, ...]:
    return (
        act(
            padded(
                "no reply from their head of purchasing since the plant visit, and the slot in May was cancelled", 160
            ),
            direction=Direction.STALLS,
        ),
        act("their counsel asked for the annex", grade=4),
    )


def _long_steps() -> NextSteps:
    what = padded("Get from Henrike the names and the criteria of everybody on the board whose yes is needed", 120)
    return NextSteps(
        carried=(
            commitment(1, what, deal=_NAMES[0], kept=Kept.KEPT, proof=padded("their list of 12 November", 80)),
            commitment(2, what, deal=_NAMES[1], kept=Kept.NOT_KEPT),
            commitment(3, what, owner=Owner.MANAGER),
        ),
        agreed=(commitment(4, what, deal=_NAMES[2], due_on=date(2026, 12, 4), agreed_on=TODAY, agreed_by_rep=False),),
        proposed=tuple(
            ProposedStep(
                what=what,
                owner=Owner.MANAGER if number == 3 else Owner.REP,
                due_on=date(2026, 12, 4 + number),
                deal=_NAMES[number],
                why=padded("It is the most at risk of what closes this month", 110),
            )
            for number in range(4)
        ),
        left_out=3,
    )


def middle() -> OneOnOne:
    """A usual month: a few deals, one of them well proved and one not."""
    good = ClosingDeal(
        deal=deal("c-1", "Aldergate Foods", 64_000, stage="Contract", close_date=date(2026, 12, 11), probability=0.9),
        days_left=14,
        reason="Counsel is through, the order form is with Henrike",
        reason_from="note",
        verdict=Verdict.ESTABLISHED,
        explanation="The customer has put a deciding step of their own before 11 December, has done 3 things "
        "that can be checked on the way to it, and nothing holds it up.",
        evidence=(
            act("Their counsel sent back redlines on the MSA on the 19th", on=date(2026, 11, 19)),
            act("Henrike will sign at the board meeting of 9 December", grade=3, on=date(2026, 12, 9)),
        ),
        coverage=coverage(Status.ANSWERED, Status.ANSWERED, Status.ANSWERED, Status.PARTIAL),
        open_steps=(OpenStep(what="Henrike will sign at the board meeting", by=date(2026, 12, 9)),),
        refuter=Refuter(
            act="Their deciding step is moved past the date, or does not take place.", by=date(2026, 12, 11)
        ),
        questions=("What could still keep the board from it on the 9th?",),
        at_risk=eur(0),
        noted_on=date(2026, 11, 20),
    )
    late = ClosingDeal(
        deal=deal("c-2", "Brandvik Marine", 120_000, close_date=date(2026, 11, 20), probability=None),
        days_left=-7,
        reason="Call Jon again",
        reason_from="next_step",
        explanation="No note was reviewed, so nothing is known of what the customer did.",
        questions=(
            "The close date went by 7 days ago. What day has somebody there named since, and for what?",
            "What has somebody there done for this purchase so far, who was it, and on what day?",
        ),
        at_risk=eur(120_000),
    )
    return OneOnOne(
        id="middle",
        rep="Mara Lindqvist",
        manager="Ruth Abanda",
        team="North",
        as_of=TODAY,
        since=Since(day=date(2026, 10, 30), by="one_on_one", snapshot=date(2026, 10, 29)),
        snapshot=date(2026, 11, 27),
        next_on=date(2026, 12, 28),
        warnings=(
            Warned(
                code="thin_pipeline",
                text="Still to win by 31 December: EUR 120,000. Open by then: EUR 200,000; at your rep's own "
                "win rate of 31 % (9 of 29) that is EUR 62,000: half of what is needed.",
            ),
        ),
        agenda=agenda((3, 2, 6, 13, 6), ((), ("Fjellheim Dairies",), ("Dunmore Textiles",), ("Brandvik Marine",), ())),
        results=RESULTS,
        charts=CHARTS,
        added=NewDeals(
            deals=(deal("n-1", "Fjellheim Dairies", None, stage=None, close_date=None, created_on=date(2026, 11, 9)),),
            count=1,
            without_amount=1,
        ),
        pre_existing=Movements(
            known=True,
            forward=1,
            still=1,
            slipped=1,
            customer_advanced=1,
            no_note=1,
            deals=(
                MovedDeal(
                    deal=deal("m-1", "Dunmore Textiles", 38_500, stage="Evaluation", close_date=date(2027, 1, 29)),
                    stage=StageMove.STILL,
                    stage_before="Evaluation",
                    close_date_before=date(2026, 12, 18),
                    slip=Slip(times=1, days=42, times_ever=3, days_ever=104),
                    customer=CustomerMove.NO_NOTE,
                    question="The close date has moved 3 times, by 104 days in all. What has the customer "
                    "said that fits the new one?",
                ),
                MovedDeal(
                    deal=deal("m-2", "Aldergate Foods", 64_000, stage="Contract", close_date=date(2026, 12, 11)),
                    stage=StageMove.FORWARD,
                    stage_before="Proposal",
                    close_date_before=date(2026, 12, 11),
                    slip=Slip(times=0, days=0, times_ever=0, days_ever=0),
                    customer=CustomerMove.ADVANCED,
                    acts=(act("Their counsel sent back redlines on the MSA on the 19th", on=date(2026, 11, 19)),),
                    question="The customer moved it on. Which act have they agreed to now, who does it, and "
                    "by which day?",
                ),
            ),
        ),
        closing=ClosingDeals(deals=(late, good), count=2, amounts=(eur(184_000),), at_risk=(eur(120_000),)),
        next_steps=NextSteps(
            carried=(
                commitment(
                    1,
                    "Get the names of the board",
                    deal="Aldergate Foods",
                    kept=Kept.KEPT,
                    proof="Henrike's mail of 12 November",
                    settled_on=date(2026, 11, 12),
                ),
                commitment(2, "Ask Jon what he has done since the offer", deal="Brandvik Marine", kept=Kept.NOT_KEPT),
                commitment(3, "Have the price list approved", owner=Owner.MANAGER),
            ),
            proposed=(
                ProposedStep(
                    what="Agree a day with Jon, or move the close date",
                    owner=Owner.REP,
                    due_on=date(2026, 12, 4),
                    deal="Brandvik Marine",
                    why="The close date has gone by",
                ),
            ),
        ),
        ledger=LEDGER,
        missing=("stage history",),
    )


def new_hire() -> OneOnOne:
    """A rep of three days: no deal, no snapshot, no claim."""
    return OneOnOne(
        id="new",
        rep="Tomasz Oyelaran",
        as_of=TODAY,
        since=Since(day=date(2026, 10, 27), by="month"),
        next_on=date(2026, 12, 28),
        agenda=agenda((2, 12, 2, 2, 12), ((),) * 5),
        results=Results(periods=periods(*(((NOTHING, NOTHING),) * 3)), team_reps=1),
        charts=(
            Charted(label="Won, year to date", unit=""),
            Charted(label="Win rate", unit="%"),
        ),
        added=NewDeals(),
        pre_existing=Movements(known=False),
        closing=ClosingDeals(),
        next_steps=NextSteps(),
        ledger=ClaimLedger(
            rep="Tomasz Oyelaran",
            as_of=TODAY,
            claims=0,
            settled=0,
            all=frequency(0, 0),
            optimism=Optimism(claims=0, deals=0, too_few=True),
        ),
        missing=("quota", "probability", "stage history"),
    )


def first_month() -> OneOnOne:
    """Deals there are, but no snapshot of the last review: what moved is not known; too few claims to say."""
    return middle().model_copy(
        update={
            "id": "first",
            "since": Since(day=date(2026, 10, 27), by="month"),
            "pre_existing": Movements(known=False),
            "warnings": (),
            "next_steps": NextSteps(),
            "ledger": ClaimLedger(
                rep="Mara Lindqvist",
                as_of=TODAY,
                claims=5,
                settled=4,
                all=frequency(3, 4),
                by_verdict=(Hits(verdict=Verdict.UNPROVEN, hits=frequency(3, 4)),),
                optimism=Optimism(claims=4, deals=4, too_few=True),
            ),
        }
    )
