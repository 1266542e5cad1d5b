"""What a tool takes and gives back, as JSON schemas: those of the API, with a word on each field for who calls it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

_FIELDS: Mapping[str, str] = {
    "amount": "As the source has it, currency included: EUR 60k.",
    "as_of": "The day from which dates are counted, YYYY-MM-DD; today where not given.",
    "before": "Where the next page goes on: `before` of the page before it.",
    "close_date": "The day the rep says it closes by, YYYY-MM-DD.",
    "crm": "The CRM that the deal is in, such as hubspot.",
    "deal": "What the CRM says of the deal; leave out what is not known.",
    "deal_notes": "The rep's notes of calls and meetings, each whole and word for word.",
    "held_on": "The day of the conversation, YYYY-MM-DD; today where not given.",
    "id": "The id of a review that was kept, such as dr_0123456789abcdef.",
    "limit": "How many at most, 1 to 100.",
    "manager": "As the transcript calls the manager; found out where not given.",
    "manager_observation": "What the manager saw and heard the rep do, in the manager's words.",
    "name": "What the deal is called.",
    "note": "The note, whole and word for word: every quote that comes back is taken from it.",
    "people": "Who is in the deal, by name: a language model is shown the note without their names.",
    "ratings": "The rep's own ratings by competency, 1 (weak) to 5 (strong).",
    "record": "Which deal of the CRM it is, where that is known.",
    "rep": "The rep's name, as the roster or the transcript has it.",
    "results": "Figures by name, as the source has them.",
    "ride_along": "What was seen on a joint call.",
    "role": "The rep's role.",
    "self_assessment": "How the rep sees their own work.",
    "setting": "What kind of conversation it is, such as pipeline call.",
    "stage": "The deal's stage in the CRM.",
    "tenure": "How long the rep has been in the role.",
    "text": "In the rep's own words.",
    "transcript": "The conversation, whole and word for word, each line as `Name: words`.",
    "written_on": "The day the note was written, YYYY-MM-DD; 'by Friday' counts from it. Today where not given.",
}
_KEEPS = "Whose deal it is, by name; where it is said, note and review are kept for the rep's diagnosis and 1-on-1s."


def input_schema(model: type[BaseModel], *, keeps: bool = False) -> dict[str, Any]:
    """What a tool takes.

    Args:
        model: What the API takes.
        keeps: Whether naming a rep keeps what is sent.
    """
    schema = model.model_json_schema()
    for one in (schema, *schema.get("$defs", {}).values()):
        for name, field in one.get("properties", {}).items():
            field.pop("title", None)
            if name in _FIELDS:
                field["description"] = _FIELDS[name]
    if keeps:
        schema["properties"]["rep"]["description"] = _KEEPS
    return schema


def output_schema(model: type[BaseModel]) -> dict[str, Any]:
    """What a tool gives back: open to what a newer Coach says besides, for schemas only ever grow."""
    schema = model.model_json_schema(by_alias=True, mode="serialization")
    for one in (schema, *schema.get("$defs", {}).values()):
        one.pop("additionalProperties", None) if one.get("additionalProperties") is False else None
    return schema
