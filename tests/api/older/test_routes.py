"""The two documents over HTTP: valid, open to who has no key, made once, and no operations of the API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV2SpecValidator, OpenAPIV30SpecValidator
from starlette.testclient import TestClient

from coach.api.app import create_app
from coach.api.older import routes
from coach.domain.identity import Role
from coach.settings import Settings
from coach.wiring import build
from tests.api.standin import StandIn
from tests.api.test_identity import Installation

Document = dict[str, Any]
PATHS = ["/openapi-3.0.json", "/swagger-2.0.json"]


def test_the_one_is_valid_openapi_3_0(older: Document) -> None:
    assert "3.0.3" == older["openapi"]
    assert [] == [error.message for error in OpenAPIV30SpecValidator(older).iter_errors()]


def test_the_other_is_valid_swagger_2_0(oldest: Document) -> None:
    assert "2.0" == oldest["swagger"]
    assert [] == [error.message for error in OpenAPIV2SpecValidator(oldest).iter_errors()]


@pytest.mark.parametrize("path", PATHS)
def test_who_has_no_key_may_read_it_where_keys_are_asked_for(path: str, tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", engine="local", encoder=False)
    with TestClient(create_app(build(settings, serving=False)), base_url="http://localhost") as client:
        Installation(client, settings).key(Role.ADMIN)
        assert 401 == client.get("/v1/rubrics").status_code
        answer = client.get(path)
    assert (200, "application/json") == (answer.status_code, answer.headers["content-type"])


@pytest.mark.parametrize("path", PATHS)
def test_it_is_no_operation_of_the_api(path: str, newest: Document, older: Document, oldest: Document) -> None:
    assert [] == [one["paths"].get(path) for one in (newest, older, oldest) if path in one["paths"]]
    assert [] == [one for one in (newest, older, oldest) if "/openapi.json" in one["paths"]]


@pytest.mark.parametrize("path", PATHS)
def test_it_is_made_once(path: str, coach: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    real = routes.openapi_3_0

    def counted(*given: Any) -> Document:
        made.append("3.0")
        return real(*given)

    monkeypatch.setattr(routes, "openapi_3_0", counted)
    client = TestClient(create_app(coach), base_url="http://localhost")  # type: ignore[arg-type]
    assert client.get(path).content == client.get(path).content
    assert ["3.0"] == made


def test_the_address_is_named_where_the_settings_have_one(coach: StandIn) -> None:
    coach.settings = Settings(_env_file=None, public_url="https://coach.example:8443")
    client = TestClient(create_app(coach), base_url="http://localhost")  # type: ignore[arg-type]
    document = client.get("/swagger-2.0.json").json()
    assert ("coach.example:8443", "/", ["https"]) == tuple(document[key] for key in ("host", "basePath", "schemes"))
    assert [{"url": "https://coach.example:8443"}] == client.get("/openapi-3.0.json").json()["servers"]


def test_the_address_is_left_to_the_reader_where_they_have_none(older: Document, oldest: Document) -> None:
    assert set() == {"servers"} & older.keys()
    assert set() == {"host", "basePath", "schemes"} & oldest.keys()
