"""A deal's card: which of the customer's words it shows, what it says is missing, and what it says of nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from coach.domain import Answer, Ask, Claim, DealNote, DealReview, Direction, Kind, Question, Statement, Status, Verdict
from coach.domain.card import CardGap, CardState, strongest
from coach.domain.identity import MAY, Principal, Role
from coach.errors import NotFound
from coach.service.access import Access
from coach.service.card import card_of, read_card
from coach.store.kept import KeptDeal, Key, Seen
from tests.api.standin import review_of

KEY = ("hubspot", "71")
WRITTEN = date(2026, 3, 2)
EMPTY = KeptDeal(id=7, name="Hallström Foods", owner="ilse brandt", close_date=date(2026, 3, 31), reviews=())


def said(quote: str, kind: Kind, start: int = 0, **more: Any) -> Statement:
    buyer = {"verifiable": True, "direction": Direction.ADVANCES, "informs": Question.ACTION}
    given = (buyer if kind.value.startswith("buyer") else {}) | more
    return Statement(start=start, end=start + len(quote), quote=quote, kind=kind, **given)


def review(*statements: Statement, **more: Any) -> DealReview:
    made = review_of(DealNote(note="x", written_on=WRITTEN))
    return made.model_copy(update={"id": "dr_00ff00ff00", "statements": statements, **more})


def kept(*reviews: DealReview | str) -> KeptDeal:
    contents = (one if isinstance(one, str) else one.model_dump_json(by_alias=True, round_trip=True) for one in reviews)
    return replace(EMPTY, reviews=tuple(contents))


SIGNED = said("Dana signed", Kind.BUYER_ACTION, who="Dana", when="2026-02-20")
SILENT = said("no reply from Dana since", Kind.BUYER_ACTION, direction=Direction.STALLS, when="2026-02-25")
PROMISED = said("Priya takes it to the board", Kind.BUYER_COMMITMENT, when="2026-05-12")
WORDS = said("month-end eats nine days", Kind.BUYER_STATEMENT, start=40)
HOPED = said("They love us", Kind.SELLER_OPINION)
ASKED = said("Priya asked for the price list", Kind.BUYER_ACTION)
"""Of the day of the note, as it gives none."""
LATER = said("nobody has the time", Kind.BUYER_STATEMENT, start=80)


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ((HOPED, WORDS, PROMISED), PROMISED),
        ((PROMISED, SIGNED, WORDS), SIGNED),
        ((SILENT, SIGNED), SILENT),
        ((SIGNED, SILENT), SILENT),
        ((ASKED, SILENT), ASKED),
        ((said("Dana signed", Kind.BUYER_ACTION, confidence=0.39), WORDS), WORDS),
        ((LATER, WORDS), LATER),
        ((HOPED,), None),
        ((), None),
    ],
)
def test_the_strongest_words_are_of_the_highest_grade_then_of_the_latest_day_then_what_stands_last(
    statements: tuple[Statement, ...], expected: Statement | None
) -> None:
    assert expected == strongest(review(*statements))


def test_a_card_is_the_latest_review_in_short() -> None:
    missing, partial, answered = (Answer(status=one) for one in (Status.MISSING, Status.PARTIAL, Status.ANSWERED))
    made = review(SIGNED, WORDS, HOPED)
    made = made.model_copy(
        update={
            "coverage": made.coverage.model_copy(
                update={"problem": partial, "criteria": missing, "action": answered, "process": missing}
            ),
            "claim": Claim(
                verdict=Verdict.UNPROVEN,
                close_date=date(2026, 2, 28),
                explanation="Nothing shows it.",
                would_establish=("They sign.", "They pay."),
            ),
            "questions": (Ask(ask="Who signs?", question=Question.PROCESS), Ask(ask="Why?", question=Question.PROBLEM)),
        }
    )
    card = card_of(KEY, kept(made, review(id="dr_0ld")))
    assert {
        "schema": "coach.card/1",
        "crm": "hubspot",
        "record": "71",
        "deal": 7,
        "name": "Hallström Foods",
        "state": "reviewed",
        "says": "Nothing shows it.",
        "verdict": "unproven",
        "close_date": "2026-02-28",
        "crm_close_date": "2026-03-31",
        "written_on": "2026-03-02",
        "quote": {
            "quote": "Dana signed",
            "who": "Dana",
            "on": "2026-02-20",
            "kind": "buyer_action",
            "direction": "advances",
            "grade": 5,
        },
        "missing": [
            {"question": "problem", "status": "partial"},
            {"question": "criteria", "status": "missing"},
            {"question": "process", "status": "missing"},
        ],
        "would_establish": "They sign.",
        "ask": "Who signs?",
        "review": "dr_00ff00ff00",
    } == card.model_dump(mode="json", by_alias=True)


def test_a_review_that_another_version_wrote_is_passed_over() -> None:
    assert "dr_00ff00ff00" == card_of(KEY, kept('{"schema": "coach.deal_review/9"}', review(SIGNED))).review


def test_a_deal_without_a_review_says_what_to_do() -> None:
    card = card_of(KEY, kept("{}"))
    assert (CardState.NOT_REVIEWED, None, None, (), None) == (
        card.state,
        card.verdict,
        card.quote,
        card.missing,
        card.review,
    )
    assert card.says.startswith("No note of this deal was reviewed yet. Review")
    assert date(2026, 3, 31) == card.close_date


def test_a_note_with_nothing_of_the_customers_has_no_quote_and_four_gaps() -> None:
    card = card_of(KEY, kept(review(HOPED)))
    assert card.quote is None
    assert [CardGap(question=one, status=Status.MISSING) for one in Question] == list(card.missing)


class One:
    """Keeps one deal; says whose reviews were asked for."""

    def __init__(self, deal: KeptDeal | None) -> None:
        self.deal = deal
        self.asked: Seen = None

    async def of(self, key: Key, *, seen: Seen = None) -> KeptDeal | None:
        self.asked = seen
        return self.deal if key == KEY else None


class Roster:
    async def of_manager(self, name: str) -> tuple[()]:  # noqa: ARG002  leads nobody
        return ()


def access(role: Role, person: str | None) -> Access:
    return Access(Principal(id="key:1", role=role, person=person, scopes=MAY[role]), Roster())


async def test_whose_deal_it_is_is_put_down_seen_or_not_and_a_foreign_deal_is_as_an_unknown_one() -> None:
    said_of = []
    for role, person, key in (
        (Role.REP, "Anand Rao", KEY),
        (Role.MANAGER, "Ruth Kerr", KEY),
        (Role.REP, "Ilse Brandt", ("hubspot", "99")),
    ):
        who = access(role, person)
        with pytest.raises(NotFound) as refused:
            await read_card(key, One(EMPTY), who)
        said_of.append((refused.value.detail, who.asked))
    assert [["ilse brandt"], ["ilse brandt"], []] == [asked for _, asked in said_of]
    assert 1 == len({detail for detail, _ in said_of})
    assert (await read_card(KEY, One(EMPTY), access(Role.ADMIN, None))).record == "71"


async def test_a_rep_sees_their_own_deal_and_reviews_of_their_own_alone() -> None:
    deals = One(kept(review(SIGNED)))
    assert CardState.REVIEWED == (await read_card(KEY, deals, access(Role.REP, "ILSE  Brandt"))).state
    assert frozenset({"ilse brandt"}) == deals.asked


async def test_a_deal_that_is_nobodys_is_seen_by_who_sees_a_note_of_it() -> None:
    nobodys = replace(EMPTY, owner=None)
    anand = access(Role.REP, "Anand Rao")
    with pytest.raises(NotFound):
        await read_card(KEY, One(nobodys), anand)
    noted = replace(kept(review(SIGNED)), owner=None)
    assert Verdict.NO_CLAIM == (await read_card(KEY, One(noted), anand)).verdict
