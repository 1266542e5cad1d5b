"""A small document of 3.1 in 3.0: what becomes of operations, parameters, answers and failures."""

from __future__ import annotations

from typing import Any

from coach.api.older.openapi_3_0 import openapi_3_0

Document = dict[str, Any]
PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def document(**operation: Any) -> Document:
    """A document of one operation, which answers with a step unless it is given otherwise."""
    step = {"application/json": {"schema": {"$ref": "#/components/schemas/Step"}}}
    given = {"operationId": "readStep", "responses": {"200": {"description": "The step", "content": step}}}
    schemas = {
        "Step": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Step"}}},
        "Owner": {"type": "string", "enum": ["rep", "manager"]},
        "Problem": {"type": "object"},
        "Unused": {"type": "object"},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Steps", "summary": "Of steps.", "version": "1"},
        "paths": {"/steps": {"get": given | operation}},
        "components": {"schemas": schemas, "securitySchemes": {}},
    }


def test_the_summary_which_3_0_does_not_know_is_the_description() -> None:
    info = openapi_3_0(document())["info"]
    assert {"title": "Steps", "version": "1", "description": "Of steps."} == info


def test_schemas_that_nothing_refers_to_are_left_out() -> None:
    assert ["Step"] == list(openapi_3_0(document())["components"]["schemas"])


def test_an_operation_that_sends_or_answers_with_something_else_than_json_is_left_out_and_named() -> None:
    text = {"text/csv": {"schema": {"type": "string"}}}
    for given, why in (
        ({"requestBody": {"content": text}}, "takes text/csv"),
        ({"responses": {"200": {"description": "", "content": text}}}, "answers with text/csv"),
        ({"responses": {"200": {"description": ""}}}, "answers with a document"),
    ):
        made = openapi_3_0(document(**given))
        assert {} == made["paths"]
        assert f"readStep ({why})" in made["info"]["description"]


def test_an_answer_without_a_body_is_no_reason_to_leave_an_operation_out() -> None:
    made = openapi_3_0(document(responses={"204": {"description": "Gone"}}))
    assert {"204": {"description": "Gone"}} == made["paths"]["/steps"]["get"]["responses"]


def test_failures_of_one_kind_are_said_once_and_their_statuses_in_the_description() -> None:
    responses = document()["paths"]["/steps"]["get"]["responses"]
    failures = {code: {"description": f"It is {code}", "content": PROBLEM} for code in ("404", "500")}
    made = openapi_3_0(document(responses=responses | failures))
    assert ["200", "default"] == list(made["paths"]["/steps"]["get"]["responses"])
    assert PROBLEM == made["paths"]["/steps"]["get"]["responses"]["default"]["content"]
    assert "404: It is 404. 500: It is 500." in made["info"]["description"]


def test_failures_of_several_kinds_are_said_one_by_one() -> None:
    responses = document()["paths"]["/steps"]["get"]["responses"]
    failures: Document = {"404": {"description": "None", "content": PROBLEM}, "500": {"description": "Failed"}}
    made = openapi_3_0(document(responses=responses | failures))
    assert responses | failures == made["paths"]["/steps"]["get"]["responses"]


def test_a_parameter_that_may_be_null_is_one_that_may_be_left_out() -> None:
    owner = {"anyOf": [{"$ref": "#/components/schemas/Owner"}, {"type": "null"}]}
    made = openapi_3_0(document(parameters=[{"name": "owner", "in": "query", "required": False, "schema": owner}]))
    (parameter,) = made["paths"]["/steps"]["get"]["parameters"]
    assert {"type": "string", "enum": ["rep", "manager"]} == parameter["schema"]


def test_what_every_operation_asks_of_its_caller_is_said_once() -> None:
    given = document(security=[{"key": []}])
    given["paths"]["/healthz"] = {"get": document(operationId="health", security=[])["paths"]["/steps"]["get"]}
    given["paths"]["/more"] = {"get": document(operationId="more", security=[{"key": []}])["paths"]["/steps"]["get"]}
    made = openapi_3_0(given)
    assert [{"key": []}] == made["security"]
    asked = {path: item["get"].get("security") for path, item in made["paths"].items()}
    assert {"/steps": None, "/healthz": [], "/more": None} == asked
