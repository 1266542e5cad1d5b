"""Thirty minutes: shares worked by hand, and the floors whatever comes."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from coach.domain.one_on_one import (
    AgendaItem,
    ClosingDeal,
    ClosingDeals,
    CustomerMove,
    MovedDeal,
    Movements,
    NewDeals,
    StageMove,
)
from coach.pipeline.agenda import FLOORS, agenda
from tests.pipeline.made import closing, line, moved, slip


def planned(
    near: tuple[ClosingDeal, ...] = (), far: tuple[MovedDeal, ...] = (), new: int = 0
) -> tuple[AgendaItem, ...]:
    added = NewDeals(deals=tuple(line(f"new {one}") for one in range(new)), count=new)
    return agenda(ClosingDeals(deals=near, count=len(near)), Movements(known=True, deals=far), added)


def minutes(near: tuple[ClosingDeal, ...] = (), far: tuple[MovedDeal, ...] = (), new: int = 0) -> list[int]:
    return [one.minutes for one in planned(near, far, new)]


def test_the_five_parts_come_in_their_order() -> None:
    assert [1, 2, 3, 4, 5] == [one.part for one in planned()]
    assert [
        "Status: results beside the team's",
        "New opportunities",
        "Pre-existing opportunities",
        "Closing within 30 days",
        "Next steps",
    ] == [one.title for one in planned()]


def test_with_no_deals_new_ones_and_next_steps_have_the_time() -> None:
    # Floors 3, 2, 2, 2, 5, and half of 16 each.
    assert [3, 10, 2, 2, 13] == minutes()


def test_in_a_first_month_new_deals_have_three_quarters_of_it() -> None:
    assert [3, 14, 2, 2, 9] == minutes(new=3)


def test_the_minutes_follow_the_value_at_risk() -> None:
    # 16 x 300 / 400 = 12 and 16 x 100 / 400 = 4.
    assert [3, 2, 6, 14, 5] == minutes((closing("a", 300),), (moved("b", 100),))
    assert [3, 2, 14, 6, 5] == minutes((closing("a", 100),), (moved("b", 300),))


def test_new_deals_share_by_count_up_to_a_half() -> None:
    # One of four: 4 of 16; the other 12 are halved.
    assert [3, 6, 8, 8, 5] == minutes((closing("a"), closing("b")), (moved("c", 200),), new=1)
    # Nine of ten would be 14.4; a half is 8.
    assert [3, 10, 2, 10, 5] == minutes((closing("a"),), new=9)


def test_parts_of_a_minute_go_to_the_largest_remainder() -> None:
    # 16 x 1/3 = 5.33 for part 2; of 10.67 part 3 has 1/10 = 1.07 and part 4 has 9.6: the 16th minute is part 4's.
    assert [3, 7, 3, 12, 5] == minutes((closing("a", 900),), (moved("b", 100),), new=1)


def test_of_equal_remainders_the_earlier_part_gains() -> None:
    # 16 x 1/32 = 0.5 and 15.5.
    assert [3, 2, 3, 17, 5] == minutes((closing("a", 31),), (moved("b", 1),))


def test_a_pre_existing_deal_counts_by_the_reps_odds_too() -> None:
    likely = moved("b").model_copy(update={"deal": line("b", 1000, probability=0.1)})

    # 100 of 400 against 300 of 400.
    assert [3, 2, 6, 14, 5] == minutes((closing("a", 300),), (likely,))


def test_currencies_are_not_added_up() -> None:
    near = (closing("a", 100), closing("b", 1, "USD"))
    far = (moved("c", 300), moved("d", 999_999_999, "JPY"))

    # Part 4 has 1/4 of the euros (2 deals), all dollars (1 deal), no yen (1 deal): (2/4 + 1 + 0) / 4 = 3/8 of 16.
    assert [3, 2, 12, 8, 5] == minutes(near, far)


def test_deals_without_an_amount_count_by_number() -> None:
    # Three of four near: 12 of 16.
    assert [3, 2, 6, 14, 5] == minutes(
        (closing("a", None), closing("b", None), closing("c", None)), (moved("d", None),)
    )


def test_an_amount_without_a_currency_is_no_missing_amount() -> None:
    # All of the nameless currency is near, all deals without an amount are far: a half each.
    assert [3, 2, 10, 10, 5] == minutes((closing("a", 500, None),), (moved("b", None),))


def test_where_nothing_is_at_risk_deals_count_by_number() -> None:
    # One near, three far: 4 and 12.
    far = tuple(moved(record, 0) for record in "bcd")

    assert [3, 2, 14, 6, 5] == minutes((closing("a", 0),), far)


def test_only_what_slipped_went_back_stood_still_or_stalled_is_at_risk_before_the_close() -> None:
    on = {"stage": StageMove.FORWARD, "customer": CustomerMove.ADVANCED}
    far = (
        moved("slipped", **(on | {"slip": slip(1, 9)})),
        moved("back", **(on | {"stage": StageMove.BACK})),
        moved("still", **(on | {"stage": StageMove.STILL})),
        moved("stalled", **(on | {"customer": CustomerMove.BOTH})),
        moved("forward", **on),
        moved("lost", stage=StageMove.LOST, slip=slip(3, 90), customer=CustomerMove.STALLED),
    )

    # 400 far and 400 near.
    assert [3, 2, 10, 10, 5] == minutes((closing("near", 400),), far)
    assert ("Deal slipped", "Deal back", "Deal still") == planned((closing("near", 400),), far)[2].deals


def test_a_deal_that_closes_soon_is_talked_about_there_alone() -> None:
    items = planned((closing("a", 400),), (moved("a", 9000), moved("b", 400)))

    assert [3, 2, 10, 10, 5] == [one.minutes for one in items]
    assert (("Deal b",), ("Deal a",)) == (items[2].deals, items[3].deals)


def test_three_deals_at_most_are_named_for_a_part() -> None:
    near = tuple(closing(record) for record in "abcd")

    items = planned(near, new=4)

    assert [
        (),
        ("Deal new 0", "Deal new 1", "Deal new 2"),
        (),
        ("Deal a", "Deal b", "Deal c"),
        (),
    ] == [one.deals for one in items]


amounts = st.one_of(st.none(), st.decimals(-10, 10**12, places=2, allow_nan=False))
currencies = st.sampled_from(["EUR", "USD", None])
values = st.lists(st.tuples(amounts, currencies), max_size=6)


@given(values, values, st.integers(0, 50))
def test_the_minutes_are_thirty_and_keep_the_floors(
    near: list[tuple[Decimal | None, str | None]], far: list[tuple[Decimal | None, str | None]], new: int
) -> None:
    found = minutes(
        tuple(closing(f"near {place}", *one) for place, one in enumerate(near)),
        tuple(moved(f"far {place}", *one) for place, one in enumerate(far)),
        new,
    )

    assert 30 == sum(found)
    assert all(share >= floor for share, floor in zip(found, FLOORS, strict=True))
    assert found[0] <= 5
