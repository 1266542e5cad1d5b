"""The shape of Pipedrive's JSON panel, and the schema that its app is given."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coach.crm.pipedrive import panel_of
from coach.domain import Direction, Verdict
from coach.domain.card import Card, CardState
from tests.crm.test_hubspot_legacy import CARD as HUBSPOTS
from tests.crm.test_hubspot_legacy import QUOTE

FOLDER = Path(__file__).parents[2] / "coach" / "docs" / "crm" / "pipedrive"
CARD = HUBSPOTS.model_copy(update={"crm": "pipedrive"})
LINK = "https://coach.example/deal?id=7"
SCHEMA: dict[str, Any] = json.loads((FOLDER / "panel.json").read_text("utf-8"))
NOT_REVIEWED = {"state": CardState.NOT_REVIEWED, "verdict": None, "written_on": None, "quote": None, "missing": ()}
COLOURS = {"green", "red", "blue", "yellow", "purple", "grey"}
FITS = {
    "numerical": lambda value: isinstance(value, int),
    "header": lambda value: isinstance(value, str),
    "text": lambda value: isinstance(value, str),
    "date": lambda value: re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) is not None,
    "label": lambda value: set(value) == {"color", "label"} and value["color"] in COLOURS and len(value["label"]) <= 40,
    "tags": lambda value: all(isinstance(one, str) for one in value),
}
"""Pipedrive's definitions: what is sent of each."""


def shown(card: Card | None, link: str | None = LINK) -> dict[str, Any]:
    return panel_of(card, link).model_dump(mode="json")


def test_a_deal_is_one_object_with_a_button_to_its_page_and_no_action() -> None:
    expected = {
        "data": {
            "id": 71,
            "header": "Hallström Foods",
            "verdict": {"color": "yellow", "label": "Unproven"},
            "why": "Nothing shows it.",
            "closes": "2026-03-31",
            "other_date": None,
            "noted": "2026-03-02",
            "customer": "“Dana signed <b>it</b>” (Dana, 2026-02-20)",
            "against": None,
            "missing": ["criteria", "process (partly)"],
            "would_establish": "They sign.",
            "ask": "Who signs?",
        },
        "external_link": {"url": LINK, "label": "Open in Coach"},
    }
    assert expected == shown(CARD)


def test_the_schema_is_as_pipedrive_publishes_one() -> None:
    assert ("object", ["id", "header"]) == (SCHEMA["type"], SCHEMA["required"])
    assert {"type", "required", "properties"} == set(SCHEMA)
    for field in SCHEMA["properties"].values():
        assert field["$ref"].removeprefix("#/definitions/") in FITS
        assert {"$ref", "label"} >= set(field)
    # Beside the header.
    assert len(SCHEMA["properties"]) - 1 <= 20


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"quote": QUOTE.model_copy(update={"direction": Direction.STALLS})},
        {"crm_close_date": date(2026, 4, 30)},
        *({"verdict": verdict} for verdict in Verdict),
        {"close_date": None, "quote": None, "missing": (), "would_establish": None, "ask": None, "name": None},
        NOT_REVIEWED | {"ask": None, "would_establish": None},
    ],
)
def test_every_answer_has_the_fields_of_the_schema_and_their_forms(changed: dict[str, Any]) -> None:
    data = shown(CARD.model_copy(update=changed))["data"]
    assert list(SCHEMA["properties"]) == list(data)
    for name, value in data.items():
        form = SCHEMA["properties"][name]["$ref"].removeprefix("#/definitions/")
        assert value is None or FITS[form](value), name


@pytest.mark.parametrize(
    ("verdict", "word", "colour"),
    [
        (Verdict.ESTABLISHED, "Established", "green"),
        (Verdict.UNPROVEN, "Unproven", "yellow"),
        (Verdict.REFUTED, "Refuted", "red"),
        (Verdict.NO_CLAIM, "No claim", "grey"),
    ],
)
def test_each_verdict_has_its_word_and_colour(verdict: Verdict, word: str, colour: str) -> None:
    label = shown(CARD.model_copy(update={"verdict": verdict}))["data"]["verdict"]
    assert {"color": colour, "label": word} == label


def test_what_stalls_is_not_shown_as_if_it_spoke_for_the_deal() -> None:
    stalls = QUOTE.model_copy(update={"direction": Direction.STALLS, "who": None, "on": None})
    data = shown(CARD.model_copy(update={"quote": stalls}))["data"]
    assert (None, "“Dana signed <b>it</b>”") == (data["customer"], data["against"])


def test_where_the_crm_has_another_close_date_now_a_field_says_so() -> None:
    data = shown(CARD.model_copy(update={"crm_close_date": date(2026, 4, 30)}))["data"]
    said = "The CRM now says 2026-04-30. The verdict is not about that day."
    assert ("2026-03-31", said) == (data["closes"], data["other_date"])


def test_a_notes_words_are_plain_text_so_that_its_brackets_are_no_link() -> None:
    words = "[sign](https://evil.example) **now**"
    data = shown(CARD.model_copy(update={"quote": QUOTE.model_copy(update={"quote": words})}))["data"]
    assert f"“{words}” (Dana, 2026-02-20)" == data["customer"]


def test_a_deal_of_which_no_note_was_reviewed_says_so_and_of_an_unknown_one_there_is_nothing() -> None:
    data = shown(CARD.model_copy(update={**NOT_REVIEWED, "says": "No note yet."}))["data"]
    assert ("No note yet.", {"color": "grey", "label": "Not reviewed yet"}) == (data["why"], data["verdict"])
    assert {"data": {}} == shown(None, None)
