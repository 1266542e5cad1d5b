"""The pages as the server gives them: their files, their samples, and what is in a file that is dropped on them."""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

import coach.web
from coach.samples import sample
from coach.service.packet_file import read_packet
from coach.web.page import FreshFiles
from tests.web.every_page import ADDRESSES, LOGIN

STATIC = Path(coach.web.__file__).parent / "static"
SCRIPTS = sorted(STATIC.glob("*.js"))
PAGES = {
    "/": "index.html",
    "/deals": "deals.html",
    "/deal": "deal.html",
    "/rep": "rep.html",
    "/manager": "manager.html",
    "/one-on-one": "one_on_one.html",
    "/mine": "mine.html",
    "/settings": "settings.html",
    "/evals": "evals.html",
}
ENTRIES = {
    address: "static/main.js" if address == "/" else f"static/{file.removesuffix('.html')}.js"
    for address, file in PAGES.items()
}
LINKS = {"./", "deals", "rep", "manager", "one-on-one", "mine", "settings"}


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    """In one event loop for all, and closed at the end: what is kept is kept by a database."""
    with TestClient(app, base_url="http://localhost") as client:
        yield client


@pytest.mark.parametrize("address", PAGES)
def test_a_page_and_all_it_names_are_there(client: TestClient, address: str) -> None:
    page = client.get(address)
    assert "text/html; charset=utf-8" == page.headers["content-type"]
    assert "no-cache" == page.headers["cache-control"]
    named = set(re.findall(r'(?:href|src)="([^"]+)"', page.text))
    assert {"static/style.css", ENTRIES[address], *LINKS} <= named
    assert dict.fromkeys(named, 200) == {path: client.get(f"/{path}").status_code for path in named}


@pytest.mark.parametrize("address", PAGES)
def test_one_header_leads_from_every_page_to_every_other_and_says_which_this_is(
    client: TestClient, address: str
) -> None:
    page = client.get(address).text
    header = page[page.index("<header") : page.index("</header>")]
    bare = re.sub(r' aria-current="page"| hidden', "", header)
    assert re.sub(r' aria-current="page"| hidden', "", client.get("/").text).count(bare) == 1
    current = {"/": "./", "/deal": "deals", "/evals": "settings"}.get(address, address.removeprefix("/"))
    assert [current] == re.findall(r'href="([^"]+)" aria-current="page"', header)
    assert (address == "/mine") is ("hidden" not in header)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_at_once_for_every_script_that_it_will_need(client: TestClient, address: str) -> None:
    page = client.get(address).text
    needed: set[str] = set()
    waiting = [ENTRIES[address].removeprefix("static/")]
    while waiting:
        name = waiting.pop()
        found = set(re.findall(r'from "\./([a-z_]+\.js)"', (STATIC / name).read_text("utf-8"))) - needed
        needed |= found
        waiting.extend(found)
    assert needed == set(re.findall(r'modulepreload" href="static/([a-z_]+\.js)"', page))


def test_scripts_are_served_as_scripts_whatever_the_system_says(client: TestClient) -> None:
    assert {"text/javascript; charset=utf-8"} == {
        client.get(f"/static/{path.name}").headers["content-type"] for path in SCRIPTS
    }


def test_an_update_of_coach_reaches_the_browser(client: TestClient) -> None:
    first = client.get("/static/main.js")
    assert "no-cache" == first.headers["cache-control"]
    again = client.get("/static/main.js", headers={"if-none-match": first.headers["etag"]})
    assert 304 == again.status_code


async def test_a_file_that_changed_is_served_as_it_is_now(tmp_path: Path) -> None:
    file = tmp_path / "deals.js"
    tags = []
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(FreshFiles(directory=tmp_path)), base_url="http://c"
    ) as asking:
        for number, text in enumerate(("first", "other")):
            file.write_text(text, encoding="utf-8")
            os.utime(file, (number, number))
            answer = await asking.get("/deals.js")
            assert text == answer.text
            tags.append(answer.headers["etag"])
        assert "no-cache" == (await asking.head("/deals.js")).headers["cache-control"]
    assert 2 == len(set(tags))


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_under_60_kb_compressed_with_all_that_it_loads(client: TestClient, address: str) -> None:
    page = client.get(re.sub(r"\{.*?\}", "1", address))
    named = {f"/{path}" for path in re.findall(r'(?:href|src)="(?:\.\./)*(static/[^"]+)"', page.text)}
    named.add("/static/review.css")
    assert len(named) >= (5 if address == LOGIN else 9)
    loaded = [page, *(client.get(path) for path in sorted(named))]
    assert sum(len(gzip.compress(one.content)) for one in loaded) < 60_000


def test_nothing_names_another_host() -> None:
    addresses = {
        address
        for path in STATIC.iterdir()
        for address in re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", path.read_text("utf-8"))
    }
    assert addresses <= {"http://www.w3.org"}


@pytest.mark.parametrize("file", PAGES.values())
def test_a_page_needs_no_inline_script_or_style(file: str) -> None:
    page = (STATIC / file).read_text("utf-8")
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


def test_the_sample_packet_is_one_that_the_api_takes(client: TestClient) -> None:
    packet = client.get("/static/sample_packet.json")
    assert read_packet(packet.content, "sample_packet.json").rep == packet.json()["rep"]
    diagnosis = client.post("/v1/diagnoses", json=packet.json())
    assert 200 == diagnosis.status_code
    assert diagnosis.json()["signals"]


def test_the_sample_conversation_is_one_that_the_api_takes(client: TestClient) -> None:
    review = client.post("/v1/manager-reviews", json=client.get("/static/sample_talk.json").json())
    assert 200 == review.status_code
    assert 3 == len(review.json()["rewrites"])


@pytest.mark.parametrize(
    ("name", "content"),
    [("p.json", b'{"rep": "Ilse", "results": {"Quota": 71}}'), ("p.yaml", b"rep: Ilse\nresults: {Quota: 71}")],
)
def test_a_packet_file_comes_back_as_a_packet(client: TestClient, name: str, content: bytes) -> None:
    response = client.post("/page/packet", params={"name": name}, content=content)
    assert "application/json" == response.headers["content-type"]
    assert {
        "rep": "Ilse", "role": "", "tenure": "", "self_assessment": {"ratings": {}, "text": ""},
        "manager_observation": None, "results": {"Quota": 71}, "deal_notes": [], "ride_along": None,
    } == response.json()  # fmt: skip


def test_a_figure_that_is_no_number_comes_back_as_none(client: TestClient) -> None:
    response = client.post("/page/packet?name=p.json", content=b'{"rep": "Ilse", "results": {"Quota": NaN}}')
    assert {"Quota": None} == response.json()["results"]


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("p.docx", b"PK", 415),
        ("p.json", b'{"rep": "quinceblossom"', 422),
        ("p.json", b'{"rep": "Ilse", "quinceblossom": 1}', 422),
        ("p.yaml", b"- quinceblossom", 422),
        ("p.json", b"\xff", 422),
        ("p.json", b" " * 2_000_001, 413),
    ],
)
def test_a_file_that_is_no_packet_is_a_problem(client: TestClient, name: str, content: bytes, status: int) -> None:
    response = client.post("/page/packet", params={"name": name}, content=content)
    assert (status, "application/problem+json") == (response.status_code, response.headers["content-type"])


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
