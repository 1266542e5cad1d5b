"""Every page of the router, empty and filled: axe-core finds nothing, it fits 375 pixels, all controls are named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Route
from starlette.testclient import TestClient

import coach.web
from tests.web.every_page import ADDRESSES, Site, empty, filled, has_form, send_form
from tests.web.sample_team import DAY, REP
from tests.web.steps import nameless, no_sideways_scroll
from tests.web.test_accessible import PROBED, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS = (1280, 375)
COLOURS = ["color-contrast", "link-in-text-block"]
STATIC = Path(coach.web.__file__).parent / "static"


@pytest.fixture(scope="module")
def nothing_kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with empty(tmp_path_factory.mktemp("empty")) as site:
        yield site


@pytest.fixture(scope="module")
def teams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with filled(tmp_path_factory.mktemp("filled")) as site:
        yield site


@pytest.fixture(scope="module")
def unsigned_page(browser: Browser, nothing_kept: Site) -> Page:
    return nothing_kept.window(browser, **PROBED).new_page()


@pytest.fixture(scope="module")
def signed_page(browser: Browser, teams: Site) -> Page:
    return teams.window(browser, **PROBED).new_page()


def faults(page: Page) -> dict[str, list[str]]:
    """What is wrong in each look that has something wrong; in the dark only colours are other ones."""
    found: dict[str, list[str]] = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="light")
        found[f"light, {width} pixels"] = violations(page)
        page.emulate_media(color_scheme="dark")
        found[f"dark, {width} pixels"] = violations(page, runOnly=COLOURS)
        if not no_sideways_scroll(page):
            found[f"{width} pixels"] = ["wider than the window"]
    found["names"] = nameless(page)
    return {look: wrong for look, wrong in found.items() if wrong}


def test_every_page_of_the_service_is_opened_here(app: FastAPI) -> None:
    """A page is what answers with HTML, apart from documents of the API and what leads a CRM on to a page."""
    with TestClient(app, base_url="http://localhost") as client:
        pages = {
            one.path
            for one in app.router.routes
            if isinstance(one, Route)
            and not isinstance(one, APIRoute)
            and "GET" in (one.methods or ())
            and not one.path.startswith("/crm/")
            and client.get(re.sub(r"\{.*?\}", "1", one.path)).headers["content-type"].startswith("text/html")
        }
    assert len(pages) >= 11
    assert pages == set(ADDRESSES)


@pytest.mark.parametrize("address", ADDRESSES)
def test_with_nothing_kept(unsigned_page: Page, nothing_kept: Site, address: str) -> None:
    nothing_kept.open(unsigned_page, address)
    assert {} == faults(unsigned_page)


@pytest.mark.parametrize("address", ADDRESSES)
def test_with_a_teams_deals(signed_page: Page, teams: Site, address: str) -> None:
    teams.open(signed_page, address)
    if has_form(signed_page):
        send_form(signed_page)
        assert not has_form(signed_page)
    assert {} == faults(signed_page)


def test_the_pack_inside_the_page_of_the_1_on_1(signed_page: Page, teams: Site) -> None:
    signed_page.goto(f"{teams.base}v1/one-on-ones/document?rep={REP}&as_of={DAY}&form=html")
    assert {} == faults(signed_page)


def test_nothing_but_colours_changes_with_the_scheme() -> None:
    """So a page need not be loaded again to be looked at in both, and what has no colour is the same in either."""
    assert {"index.html", "main.js", "style.css"} <= {one.name for one in STATIC.iterdir()}
    assert [] == [one.name for one in STATIC.iterdir() if "prefers-color-scheme" in one.read_text("utf-8")]
