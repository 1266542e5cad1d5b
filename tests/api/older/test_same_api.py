"""Both documents describe the API that the 3.1 document describes: found by walking the documents side by side.

The walk knows nothing of how they were made: it starts at each operation's parameters, body and answers, follows the
references of either document, and compares what a value may be.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.older.side_by_side import alternatives, differences

Document = dict[str, Any]
JSON = "application/json"


def operations(document: Document) -> dict[str, tuple[str, str, Document]]:
    return {
        operation["operationId"]: (path, method, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }


def takes_and_gives_json(operation: Document) -> bool:
    bodies = [operation["requestBody"]] if "requestBody" in operation else []
    bodies += [one for code, one in operation["responses"].items() if code < "300"]
    return all(list(one.get("content", ())) == [JSON] for one in bodies)


@pytest.fixture(params=["older", "oldest"])
def described(request: pytest.FixtureRequest) -> Document:
    document: Document = request.getfixturevalue(request.param)
    return document


def schema_of(said: Document) -> Document:
    """The schema of a body or an answer, in any of the formats."""
    found: Document = said["schema"] if "schema" in said else said["content"][JSON]["schema"]
    return found


def is_an_automations(path: str) -> bool:
    """Whether it is neither an administrator's nor for one CRM alone."""
    return not path.startswith(("/v1/audit", "/v1/eval-runs", "/v1/keys", "/v1/privacy", "/v1/workspace", "/v1/crm/"))


def test_it_has_every_operation_of_an_automation_that_takes_and_gives_json(
    newest: Document, described: Document
) -> None:
    expected = {
        name: (path, method)
        for name, (path, method, operation) in operations(newest).items()
        if takes_and_gives_json(operation) and is_an_automations(path)
    }
    assert expected == {name: at[:2] for name, at in operations(described).items()}
    assert 25 < len(expected)


def test_it_says_which_operations_are_left_out_and_why(newest: Document, described: Document) -> None:
    left_out = set(operations(newest)) - set(operations(described))
    assert {"streamDealReviews", "importOpportunities", "importPeople", "readOneOnOneDocument"} <= left_out
    assert {
        "makeKey",
        "erasePerson",
        "changeWorkspace",
        "listAudit",
        "readEvalRun",
        "readHubspotCard",
        "readPipedrivePanel",
    } <= left_out
    for name in left_out:
        assert f"{name} (" in described["info"]["description"]
    assert "streamDealReviews (answers with text/event-stream)" in described["info"]["description"]


def test_its_parameters_are_the_same(newest: Document, described: Document) -> None:
    now = operations(newest)
    for name, (_, _, operation) in operations(described).items():
        expected = {(one["name"], one["in"], one.get("required", False)) for one in now[name][2].get("parameters", ())}
        given = {
            (one["name"], one["in"], one.get("required", False))
            for one in operation.get("parameters", ())
            if one["in"] != "body"
        }
        assert expected == given, name


def pairs(newest: Document, described: Document) -> Iterator[tuple[str, Document, Document]]:
    """Each schema of a parameter, a body or an answer, beside the other document's."""
    now = operations(newest)
    for name, (_, _, operation) in operations(described).items():
        before = now[name][2]
        parameters = {one["name"]: one for one in operation.get("parameters", ())}
        for one in before.get("parameters", ()):
            given = parameters[one["name"]]
            # A parameter that may be null is one that may be left out.
            kinds, _ = alternatives(newest, one["schema"])
            yield f"{name} {one['name']}", {"anyOf": kinds}, given.get("schema", given)
        if "requestBody" in before:
            body = operation["requestBody"] if "requestBody" in operation else parameters["body"]
            assert before["requestBody"]["required"] == body["required"]
            yield f"{name} body", schema_of(before["requestBody"]), schema_of(body)
        for code, one in before["responses"].items():
            if code < "400":
                yield f"{name} {code}", schema_of(one), schema_of(operation["responses"][code])


def test_its_schemas_have_the_same_fields_types_and_values(newest: Document, described: Document) -> None:
    found: list[str] = []
    seen: set[tuple[str, str]] = set()
    compared = 0
    for where, new, old in pairs(newest, described):
        compared += 1
        found += differences(newest, described, new, old, where, seen)
    assert [] == found
    assert 60 < compared
    # Most schemas that the operations refer to were looked at; the rest stand in unions.
    reached = {name for name, _ in seen}
    kept = [operations(newest)[name][2] for name in operations(described)]
    assert 0.8 * len(referred_to(newest, kept)) < len(reached)


def referred_to(newest: Document, said: Any) -> set[str]:
    """Every schema that something refers to, by way of others too."""
    found: set[str] = set()
    waiting = [said]
    while waiting:
        new = set(re.findall(r'"(#/components/schemas/[^"]+)"', json.dumps(waiting.pop()))) - found
        found |= new
        waiting += [newest["components"]["schemas"][one.rpartition("/")[2]] for one in new]
    return found


def test_a_failure_is_a_problem_in_the_body(newest: Document, described: Document) -> None:
    problem = newest["components"]["schemas"]["Problem"]
    for name, (_, _, operation) in operations(described).items():
        failed = operation["responses"]["default"]
        if "content" in failed:
            assert ["application/problem+json"] == list(failed["content"])
            failed = failed["content"]["application/problem+json"]
        else:
            assert ["application/json", "application/problem+json"] == operation["produces"]
        assert [] == differences(newest, described, problem, failed["schema"], name, set())
    for code in ("401", "422", "503"):
        text = newest["paths"]["/v1/deal-reviews"]["post"]["responses"][code]["description"]
        (said,) = re.findall(rf"\b{code}: ([^.]*)\.", described["info"]["description"])
        assert text in said.split("; ")


def test_all_but_what_shows_nothing_asks_for_a_key(newest: Document, described: Document) -> None:
    for name, (_, _, operation) in operations(described).items():
        assert operations(newest)[name][2]["security"] == operation.get("security", described["security"]), name
