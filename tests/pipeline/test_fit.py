"""Cutting a pack to two pages: each limit, and nothing lost uncounted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.commitment import Commitment, Kept, Owner
from coach.domain.money import Money
from coach.domain.one_on_one import (
    AgendaItem,
    ClaimLedger,
    ClosingDeals,
    EvidenceShare,
    Figures,
    Frequency,
    LeftOut,
    Movements,
    NewDeals,
    NextSteps,
    OneOnOne,
    OpenStep,
    Optimism,
    PeriodResults,
    ProposedStep,
    Results,
    Since,
)
from coach.pipeline.fit import fit, shortened
from coach.pipeline.sums import total
from tests.pipeline.made import NEXT, TODAY, act, closing, day, eur, line, moved

NOTHING = Figures(wins=0, losses=0)
RESULTS = Results(
    periods=(
        PeriodResults(period="year_to_date", first=day(-300), last=TODAY, rep=NOTHING, team=NOTHING),
        PeriodResults(period="previous_quarter", first=day(-150), last=day(-60), rep=NOTHING, team=NOTHING),
        PeriodResults(period="previous_month", first=day(-60), last=day(-30), rep=NOTHING, team=NOTHING),
    ),
    team_reps=1,
)
LEDGER = ClaimLedger(
    rep="Ann",
    as_of=TODAY,
    claims=0,
    settled=0,
    all=Frequency(true=0, of=0, too_few=True),
    optimism=Optimism(claims=0, deals=0, too_few=True),
)


def pack(**more: Any) -> OneOnOne:
    """A pack without a deal, unless said otherwise."""
    given = {
        "id": "pack",
        "rep": "Ann",
        "as_of": TODAY,
        "since": Since(day=day(-30), by="month"),
        "next_on": NEXT,
        "agenda": (AgendaItem(part=1, title="Status", minutes=30),),
        "results": RESULTS,
        "added": NewDeals(),
        "pre_existing": Movements(known=False),
        "closing": ClosingDeals(),
        "next_steps": NextSteps(),
        "ledger": LEDGER,
    }
    return OneOnOne(**(given | more))


def step(what: str, kept: Kept = Kept.OPEN, **more: Any) -> Commitment:
    given = {"id": 1, "rep": "Ann", "owner": Owner.REP, "due_on": TODAY, "agreed_on": day(-30)}
    return Commitment(what=what, kept=kept, **(given | more))


def idea(what: str) -> ProposedStep:
    return ProposedStep(what=what, owner=Owner.REP, due_on=TODAY, why="Because.")


def test_an_empty_pack_stays_as_it_is() -> None:
    assert pack() == fit(pack())


def test_five_new_deals_are_shown_and_the_rest_is_counted() -> None:
    deals = tuple(line(str(one), one) for one in range(8, 1, -1))

    added = fit(pack(added=NewDeals(deals=deals, count=7, amounts=(eur(35),)))).added

    assert ["8", "7", "6", "5", "4"] == [one.record for one in added.deals]
    # 3 + 2 of 35.
    assert LeftOut(count=2, amounts=(eur(5),)) == added.left_out
    assert (7, (eur(35),)) == (added.count, added.amounts)


def test_six_pre_existing_deals_are_shown_with_two_quotes_each() -> None:
    acts = tuple(act(word, 5) for word in "abc")
    deals = tuple(moved(str(one), None if one else 10, acts=acts) for one in range(7, -1, -1))

    shown = fit(pack(pre_existing=Movements(known=True, still=8, deals=deals))).pre_existing

    assert list("765432") == [one.deal.record for one in shown.deals]
    assert [["a", "b"]] * 6 == [[one.quote for one in deal.acts] for deal in shown.deals]
    assert LeftOut(count=2, amounts=(eur(10),)) == shown.left_out
    assert 8 == shown.still


def test_five_closing_deals_are_shown_with_the_first_of_each_list() -> None:
    more = {
        "evidence": tuple(act(word, 5) for word in "abcd"),
        "open_steps": tuple(OpenStep(what=word) for word in "abcd"),
        "would_improve": ("a", "b", "c"),
        "questions": ("a", "b", "c"),
    }
    deals = (*(closing(str(one), **more) for one in range(5)), closing("5", 7, "USD"), closing("6", 3, None))

    shown = fit(pack(closing=ClosingDeals(deals=deals, count=7))).closing

    assert list("01234") == [one.deal.record for one in shown.deals]
    assert LeftOut(count=2, amounts=(eur(7, "USD"), eur(3, None))) == shown.left_out
    first = shown.deals[0]
    assert list("abc") == [one.quote for one in first.evidence]
    assert list("abc") == [one.what for one in first.open_steps]
    assert (("a", "b"), ("a", "b")) == (first.would_improve, first.questions)


def test_carried_steps_leave_two_places_for_proposed_ones() -> None:
    carried = tuple(step(str(one), Kept.KEPT if one in {0, 1, 2} else Kept.OPEN) for one in range(9))

    shown = fit(pack(next_steps=NextSteps(carried=carried, proposed=tuple(map(idea, "abc"))))).next_steps

    # Six open ones (3 to 8) come before three settled ones.
    assert list("345678") == [one.what for one in shown.carried]
    assert ["a", "b"] == [one.what for one in shown.proposed]
    assert 4 == shown.left_out


def test_settled_steps_keep_their_place_where_there_is_room() -> None:
    carried = (step("kept", Kept.KEPT), step("open"), step("dropped", Kept.DROPPED))

    shown = fit(pack(next_steps=NextSteps(carried=carried, proposed=tuple(map(idea, "abcdef"))))).next_steps

    assert ["kept", "open", "dropped"] == [one.what for one in shown.carried]
    assert (list("abcde"), 1) == ([one.what for one in shown.proposed], shown.left_out)


def test_agreed_steps_come_before_all_others() -> None:
    steps = NextSteps(
        agreed=tuple(map(step, "1234567")), carried=tuple(map(step, "ab")), proposed=tuple(map(idea, "xyz"))
    )

    shown = fit(pack(next_steps=steps)).next_steps

    assert (list("1234567"), ["a"], []) == tuple(
        [one.what for one in steps] for steps in (shown.agreed, shown.carried, shown.proposed)
    )
    assert 4 == shown.left_out


def test_the_ledger_shows_six_months_with_that_of_the_talk() -> None:
    months = [date(2026, 5, 1), date(2026, 6, 1), date(2026, 11, 1)]
    ledger = LEDGER.model_copy(
        update={"evidence": tuple(EvidenceShare(month=one, buyer=1, seller=1, notes=1) for one in months)}
    )

    assert months[1:] == [one.month for one in fit(pack(ledger=ledger)).ledger.evidence]


def test_long_names_and_words_are_cut_wherever_they_stand() -> None:
    name, words = "Name " * 20, "word " * 60
    deal = line("1", name=name, account=name, stage=name)
    one = closing("1", deal=deal, reason=words, evidence=(act(words, 5),), open_steps=(OpenStep(what=words),))
    whole = pack(
        rep=name,
        team=name,
        agenda=(AgendaItem(part=4, title="Closing", minutes=30, deals=(name,)),),
        closing=ClosingDeals(deals=(one.model_copy(update={"questions": (words,)}),), count=1),
        pre_existing=Movements(known=True, deals=(moved("1", stage_before=name, question=words),)),
        next_steps=NextSteps(carried=(step(words, deal=name, proof=words),), proposed=(idea(words),)),
    )

    cut = fit(whole)

    # Eleven times "Name " and four letters are 59, and the ellipsis is the 60th; "word" 32 times is 159 likewise.
    short, said = ("Name " * 12).strip() + "…", ("word " * 32).strip() + "…"
    assert (60, 160) == (len(short), len(said))
    shown = cut.closing.deals[0]
    assert {short} == {cut.rep, cut.team, *cut.agenda[0].deals, shown.deal.name, shown.deal.account, shown.deal.stage}
    assert {said} == {shown.reason, shown.evidence[0].quote, shown.open_steps[0].what}
    assert short == cut.pre_existing.deals[0].stage_before
    carried = cut.next_steps.carried[0]
    assert (said, short, said) == (carried.what, carried.deal, carried.proof)
    sentence = ("word " * 48).strip() + "…"
    assert [sentence] * 3 == [shown.questions[0], cut.pre_existing.deals[0].question, cut.next_steps.proposed[0].what]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("0123456789", "0123456789"),
        ("01234 56789", "01234…"),
        ("01234567890", "012345678…"),
        ("two\n words", "two words"),
        ("…", "…"),
    ],
)
def test_a_text_is_cut_at_a_words_end(text: str, expected: str) -> None:
    assert expected == shortened(text, 10)


@given(st.text(max_size=60), st.integers(2, 20))
def test_a_cut_text_is_never_too_long_and_not_cut_again(text: str, most: int) -> None:
    cut = shortened(text, most)

    assert len(cut) <= most
    assert cut == shortened(cut, most)
    assert bool(cut) == bool(text.strip())


amounts = st.lists(
    st.one_of(
        st.none(),
        st.builds(
            Money,
            amount=st.decimals(0, 10**9, places=2, allow_nan=False),
            currency=st.sampled_from(["EUR", "USD", None]),
        ),
    ),
    max_size=15,
)
counts = st.integers(0, 12)


def sums(monies: list[Money | None]) -> dict[str | None, Decimal]:
    return {one.currency: one.amount for one in total(money for money in monies if money)}


@given(amounts, amounts, amounts, counts, counts, counts)
def test_what_is_shown_and_what_is_left_out_are_all(
    new: list[Money | None],
    old: list[Money | None],
    near: list[Money | None],
    carried: int,
    agreed: int,
    proposed: int,
) -> None:
    def deal(place: int, money: Money | None) -> dict[str, Any]:
        return {"deal": line(str(place)).model_copy(update={"amount": money})}

    whole = pack(
        added=NewDeals(deals=tuple(deal(*one)["deal"] for one in enumerate(new)), count=len(new)),
        pre_existing=Movements(
            known=True, deals=tuple(moved(str(one[0])).model_copy(update=deal(*one)) for one in enumerate(old))
        ),
        closing=ClosingDeals(
            deals=tuple(closing(str(one[0])).model_copy(update=deal(*one)) for one in enumerate(near)), count=len(near)
        ),
        next_steps=NextSteps(
            carried=(step("carried"),) * carried, agreed=(step("agreed"),) * agreed, proposed=(idea("idea"),) * proposed
        ),
    )

    cut = fit(whole)

    lists = (
        (new, list(cut.added.deals), cut.added.left_out, 5),
        (old, [one.deal for one in cut.pre_existing.deals], cut.pre_existing.left_out, 6),
        (near, [one.deal for one in cut.closing.deals], cut.closing.left_out, 5),
    )
    for given_amounts, shown, left_out, most in lists:
        assert min(len(given_amounts), most) == len(shown)
        assert len(given_amounts) == len(shown) + left_out.count
        assert sums(given_amounts) == sums([*(one.amount for one in shown), *left_out.amounts])
    steps = cut.next_steps
    shown_steps = len(steps.carried) + len(steps.agreed) + len(steps.proposed)
    assert min(carried + agreed + proposed, 8) == shown_steps
    assert carried + agreed + proposed == shown_steps + steps.left_out
    assert cut == fit(cut)
