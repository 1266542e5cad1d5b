"""The page as the server gives it: its files, its sample, and the text of a file that is dropped on it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

import coach.web
from coach.samples import sample

STATIC = Path(coach.web.__file__).parent / "static"
SCRIPTS = sorted(STATIC.glob("*.js"))


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app)


def test_the_page_and_all_it_names_are_there(client: TestClient) -> None:
    page = client.get("/")
    assert "text/html; charset=utf-8" == page.headers["content-type"]
    named = set(re.findall(r'(?:href|src)="([^"]+)"', page.text))
    assert {"static/style.css", "static/main.js"} <= named
    assert dict.fromkeys(named, 200) == {path: client.get(f"/{path}").status_code for path in named}


def test_scripts_are_served_as_scripts_whatever_the_system_says(client: TestClient) -> None:
    assert {"text/javascript; charset=utf-8"} == {
        client.get(f"/static/{path.name}").headers["content-type"] for path in SCRIPTS
    }


def test_an_update_of_coach_reaches_the_browser(client: TestClient) -> None:
    first = client.get("/static/main.js")
    assert "no-cache" == first.headers["cache-control"]
    again = client.get("/static/main.js", headers={"if-none-match": first.headers["etag"]})
    assert 304 == again.status_code


def test_the_first_page_is_under_60_kb_compressed() -> None:
    files = [path for path in STATIC.iterdir() if path.is_file()]
    assert len(files) >= 9
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) < 60_000


def test_nothing_names_another_host() -> None:
    addresses = {
        address
        for path in STATIC.iterdir()
        for address in re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", path.read_text("utf-8"))
    }
    assert addresses <= {"http://www.w3.org"}


def test_the_page_needs_no_inline_script_or_style() -> None:
    page = (STATIC / "index.html").read_text("utf-8")
    assert [] == re.findall(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", page)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_script_makes_markup_from_text(script: Path) -> None:
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|localStorage|indexedDB"
    assert [] == re.findall(forbidden, script.read_text("utf-8"))


def test_the_sample_is_a_payload_that_the_api_takes(client: TestClient) -> None:
    payload = client.get("/page/sample").json()
    assert payload["note"] == sample().note
    review = client.post("/v1/deal-reviews", json=payload)
    assert 200 == review.status_code
    assert {"buyer", "seller"} == {one["centre"] for one in review.json()["statements"]}


def test_the_text_of_a_file_comes_back(client: TestClient) -> None:
    response = client.post("/page/text?name=note.txt", content="Dana signed. 🎉".encode())
    assert {"text": "Dana signed. 🎉"} == response.json()


@pytest.mark.parametrize("name", ["note.exe", "note", ""])
def test_a_file_that_coach_does_not_read_is_a_problem(client: TestClient, name: str) -> None:
    response = client.post("/page/text", params={"name": name}, content=b"MZ\x00\x01")
    assert response.status_code in {415, 422}
    assert "application/problem+json" == response.headers["content-type"]


def test_a_file_over_the_limit_is_a_problem(client: TestClient) -> None:
    response = client.post("/page/text?name=note.txt", content=b"a" * 2_000_001)
    assert (413, "too_large") == (response.status_code, response.json()["code"])
