"""The schemas of all answers: valid, and in the subset that strict modes take."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from coach.domain import Gap
from coach.engines.llm.deals.wire import FORM as DEALS
from coach.engines.llm.packets.wire import form
from coach.engines.llm.talks.wire import FORM as TALKS
from tests.engines.llm.packets import made as packets
from tests.engines.llm.talks import made as talks

PACKETS = form(frozenset({"undone"}))
SCHEMAS = {"deals": DEALS.schema, "packets": PACKETS.schema, "talks": TALKS.schema}
each_schema = pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
TAKEN = {"$defs", "$ref", "type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf"}
"""Keywords of OpenAI's structured outputs that ours have; all others are refused there or of no use."""


def schemas(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A schema and all that it is made of."""
    yield schema
    inside = [*schema.get("$defs", {}).values(), *schema.get("properties", {}).values(), *schema.get("anyOf", [])]
    for one in (*inside, *([schema["items"]] if "items" in schema else [])):
        yield from schemas(one)


@each_schema
def test_a_schema_is_valid(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)


@each_schema
def test_a_schema_has_only_what_strict_modes_take(schema: dict[str, Any]) -> None:
    assert set() == {key for one in schemas(schema) for key in one} - TAKEN
    assert "object" == schema["type"]


@each_schema
def test_every_object_is_closed_and_all_its_fields_are_required(schema: dict[str, Any]) -> None:
    objects = [one for one in schemas(schema) if one.get("type") == "object"]
    assert len(objects) >= 2
    assert [False] * len(objects) == [one["additionalProperties"] for one in objects]
    assert [list(one["properties"]) for one in objects] == [one["required"] for one in objects]


@each_schema
def test_a_reference_stands_alone_and_leads_somewhere(schema: dict[str, Any]) -> None:
    references = [one for one in schemas(schema) if "$ref" in one]
    assert [{"$ref"}] * len(references) == [set(one) for one in references]
    assert {one["$ref"] for one in references} <= {f"#/$defs/{name}" for name in schema["$defs"]}


def test_a_good_answer_to_a_packet_keeps_to_its_schema_and_a_wrong_one_does_not() -> None:
    validator = Draft202012Validator(PACKETS.schema)
    good = json.loads(packets.answer(packets.signal("1"), findings=[packets.finding(sub_type="motive")]))
    assert validator.is_valid(good)
    assert validator.is_valid(good | {"findings": [packets.finding(gap=gap, rival=gap) for gap in Gap]})
    for wrong in (
        {"signals": [packets.signal("1", "undone", "charm")]},
        {"signals": [packets.signal(1)]},
        {"findings": [packets.finding(gap="lazy")]},
        {"findings": [packets.finding(sub_type="greed")]},
        {"findings": [packets.finding(confidence="certain")]},
        {"findings": [packets.finding(confidence=None)]},
        {"findings": [{name: value for name, value in packets.finding().items() if name != "rival"}]},
        {"findings": [packets.finding(why="more")]},
        {"findings": None},
        {"more": 1},
    ):
        assert not validator.is_valid(good | wrong), wrong


def test_a_good_answer_to_a_conversation_keeps_to_its_schema_and_a_wrong_one_does_not() -> None:
    validator = Draft202012Validator(TALKS.schema)
    good = json.loads(talks.answer(talks.move("1", "tell"), rewrites=[talks.rewrite("1", "What do they need?")]))
    assert validator.is_valid(good)
    for wrong in (
        {"moves": [talks.move("1", "praise")]},
        {"moves": [talks.move(1, "tell")]},
        {"rewrites": [talks.rewrite("1", None)]},
        {"rewrites": [{"quote": "1"}]},
        {"rewrites": None},
        {"suspected": [1]},
        {"more": 1},
    ):
        assert not validator.is_valid(good | wrong), wrong
