"""Starting the application."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from coach.errors import ArtefactError
from tests.api.standin import StandIn, Start


def test_the_engine_is_loaded_once_at_start(client: TestClient, coach: StandIn) -> None:
    for _ in range(2):
        client.get("/healthz")
    assert 1 == coach.warm_ups


def test_an_engine_that_does_not_load_is_logged_and_the_server_still_answers(
    start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    with start(warm_up_fails_with=ArtefactError("the model file is damaged")) as client:
        assert 200 == client.get("/healthz").status_code
    assert "the engine did not load: bad_artefact: the model file is damaged" in caplog.text


def test_a_large_answer_is_compressed_where_the_client_takes_it(client: TestClient) -> None:
    assert "gzip" == client.get("/static/style.css").headers["content-encoding"]
    assert "content-encoding" not in client.get("/static/style.css", headers={"accept-encoding": "identity"}).headers
