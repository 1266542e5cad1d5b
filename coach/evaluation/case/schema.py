"""The JSON Schema of a case, for editors: written to `evals/case.schema.json`, and kept true by a test."""

from __future__ import annotations

import json

from coach.evaluation.case.model import CASE

_LOCATED = ("GoldStatement", "GoldMove")
_FOUND_BY_US = {"start", "end"}


def case_schema() -> str:
    """The schema of one case, as JSON; offsets are optional, as the loader finds them where a quote comes once."""
    schema = CASE.json_schema()
    for name in _LOCATED:
        definition = schema["$defs"][name]
        definition["required"] = [field for field in definition["required"] if field not in _FOUND_BY_US]
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A labelled case of coach eval",
        **schema,
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
