"""`/openapi-3.0.json` and `/swagger-2.0.json`: the description for tools that do not read `/openapi.json`."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response

from coach.api.older.openapi_3_0 import openapi_3_0
from coach.api.older.swagger_2_0 import swagger_2_0

router = APIRouter(include_in_schema=False)


@router.get("/openapi-3.0.json")
async def in_openapi_3_0(request: Request) -> Response:
    """The description in OpenAPI 3.0, for Salesforce External Services."""
    return _document(request.app, "openapi-3.0")


@router.get("/swagger-2.0.json")
async def in_swagger_2_0(request: Request) -> Response:
    """The description in Swagger 2.0, for custom connectors of Power Platform."""
    return _document(request.app, "swagger-2.0")


def _document(app: FastAPI, name: str) -> Response:
    """One of the two, as text; they are made when the first is asked for, and kept."""
    documents: dict[str, str] | None = getattr(app.state, "older", None)
    if documents is None:
        older = openapi_3_0(app.openapi(), app.state.coach.settings.public_url)
        documents = app.state.older = {"openapi-3.0": _text(older), "swagger-2.0": _text(swagger_2_0(older))}
    return Response(documents[name], media_type="application/json")


def _text(document: dict[str, Any]) -> str:
    """As short as it can be said: Salesforce counts the characters."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
