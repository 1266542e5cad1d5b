"""The shape of HubSpot's older cards."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from coach.crm.hubspot import legacy_cards
from coach.domain import Direction, Kind, Question, Status, Verdict
from coach.domain.card import Card, CardGap, CardQuote, CardState

QUOTE = CardQuote(
    quote="Dana signed <b>it</b>",
    who="Dana",
    on=date(2026, 2, 20),
    kind=Kind.BUYER_ACTION,
    direction=Direction.ADVANCES,
    grade=5,
)
CARD = Card(
    crm="hubspot",
    record="71",
    deal=7,
    name="Hallström Foods",
    state=CardState.REVIEWED,
    says="Nothing shows it.",
    verdict=Verdict.UNPROVEN,
    close_date=date(2026, 3, 31),
    crm_close_date=date(2026, 3, 31),
    written_on=date(2026, 3, 2),
    quote=QUOTE,
    missing=(
        CardGap(question=Question.CRITERIA, status=Status.MISSING),
        CardGap(question=Question.PROCESS, status=Status.PARTIAL),
    ),
    would_establish="They sign.",
    ask="Who signs?",
    review="dr_00ff00ff00",
)
LINK = "https://coach.example/deal?id=7"


def shown(card: Card | None) -> dict[str, Any]:
    return legacy_cards(card, LINK).model_dump(mode="json", exclude_none=True)


def lines(card: Card) -> dict[str, str]:
    return {one["label"]: one["value"] for one in shown(card)["results"][0]["properties"]}


def test_a_deal_is_one_object_with_a_line_for_each_thing_and_no_action() -> None:
    expected = {
        "results": [
            {
                "objectId": 71,
                "title": "Hallström Foods",
                "link": LINK,
                "properties": [
                    {"label": "Verdict", "dataType": "STATUS", "value": "Unproven", "optionType": "WARNING"},
                    {"label": "Why", "dataType": "STRING", "value": "Nothing shows it."},
                    {"label": "It closes by", "dataType": "DATE", "value": "2026-03-31"},
                    {"label": "Note of", "dataType": "DATE", "value": "2026-03-02"},
                    {
                        "label": "The customer",
                        "dataType": "STRING",
                        "value": "“Dana signed <b>it</b>” (Dana, 2026-02-20)",
                    },
                    {"label": "Missing", "dataType": "STRING", "value": "criteria, process (partly)"},
                    {"label": "Would establish it", "dataType": "STRING", "value": "They sign."},
                    {"label": "Ask", "dataType": "STRING", "value": "Who signs?"},
                ],
            }
        ]
    }
    assert expected == shown(CARD)


@pytest.mark.parametrize(
    ("verdict", "word", "tone"),
    [
        (Verdict.ESTABLISHED, "Established", "SUCCESS"),
        (Verdict.UNPROVEN, "Unproven", "WARNING"),
        (Verdict.REFUTED, "Refuted", "DANGER"),
        (Verdict.NO_CLAIM, "No claim", "DEFAULT"),
    ],
)
def test_each_verdict_has_its_word_and_colour(verdict: Verdict, word: str, tone: str) -> None:
    first = shown(CARD.model_copy(update={"verdict": verdict}))["results"][0]["properties"][0]
    assert (word, tone) == (first["value"], first["optionType"])


def test_what_stalls_is_not_shown_as_if_it_spoke_for_the_deal() -> None:
    stalls = QUOTE.model_copy(update={"direction": Direction.STALLS, "who": None, "on": None})
    found = lines(CARD.model_copy(update={"quote": stalls}))
    assert "“Dana signed <b>it</b>”" == found["Against the deal, the customer"]
    assert "The customer" not in found


def test_where_the_crm_has_another_close_date_now_a_line_says_so() -> None:
    found = lines(CARD.model_copy(update={"crm_close_date": date(2026, 4, 30)}))
    said = "The CRM now says 2026-04-30. The verdict is not about that day."
    assert ("2026-03-31", said) == (found["It closes by"], found["Another close date"])


def test_what_is_not_known_has_no_line() -> None:
    bare = {
        "close_date": None,
        "crm_close_date": None,
        "quote": None,
        "missing": (),
        "would_establish": None,
        "ask": None,
        "name": None,
    }
    card = CARD.model_copy(update=bare)
    assert ["Verdict", "Why", "Note of"] == list(lines(card))
    assert "Deal 71" == shown(card)["results"][0]["title"]


def test_a_deal_of_which_no_note_was_reviewed_says_so_and_of_an_unknown_one_there_is_nothing() -> None:
    card = CARD.model_copy(update={"state": CardState.NOT_REVIEWED, "verdict": None, "says": "No note yet."})
    assert {"Coach": "No note yet."} == lines(card)
    assert {"results": []} == shown(None)
