"""The card in Pipedrive's custom panel and Zendesk Sell's deal card, under a page that speaks as the CRM does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from coach.api.app import create_app
from coach.wiring import build
from tests.api.crm_users import fill_both, settings
from tests.api.test_identity import Installation
from tests.browser import chromium
from tests.vendor_tokens import COMPANY, hs256, pipedrive_claims, rs256, zendesk_claims
from tests.web.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Page

_PIPEDRIVE = """
window.heard = [];
addEventListener("message", ({data, ports}) => {
  heard.push(data);
  ports[0].postMessage({});
});
"""
"""Answers each command on the port that came with it, by the published source of its kit."""
_ZENDESK = """
window.heard = [];
addEventListener("message", ({source, origin, data}) => {
  const said = JSON.parse(data);
  heard.push(said);
  if (said.key === "iframe.handshake") {
    const message = {context: {location: "deal_card"}};
    source.postMessage(JSON.stringify({key: "zaf.app.registered", message}), origin);
  }
  if (said.request === "get") {
    const DEAL = (window.deals = window.deals ?? [].concat(DEALS)).shift() ?? null;
    const result = DEAL === null ? {errors: {"deal.id": {message: "none"}}} : {"deal.id": DEAL, errors: {}};
    source.postMessage(JSON.stringify({id: said.id, result}), origin);
  }
});
"""
"""Registers the app that shakes hands, and then says which deal it shows, one after the other, likewise."""


async def pipedrive(request: Request) -> Response:
    at = request.query_params["at"].replace("&", "&amp;")
    frame = f'<iframe title="Coach" src="{at}" width="300" height="750"></iframe>'
    return HTMLResponse(f"<!doctype html><script>{_PIPEDRIVE}</script>{frame}")


async def zendesk(request: Request) -> Response:
    """A form that posts the token into the frame, as Zendesk does."""
    asked = request.query_params
    script = _ZENDESK.replace("DEALS", asked["deal"])
    at, token = asked["at"].replace("&", "&amp;"), asked["token"]
    form = f'<form method="post" target="app" action="{at}"><input name="token" value="{token}"></form>'
    frame = '<iframe title="Coach" name="app" width="300" height="750"></iframe>'
    send = "<script>document.forms[0].submit()</script>"
    return HTMLResponse(f"<!doctype html><script>{script}</script>{frame}{form}{send}")


class Site:
    """A CRM's page, Coach, and a browser."""

    def __init__(self, outside: str, coach: str, page: Page) -> None:
        self.outside, self.coach, self.page = outside, coach, page

    def open(self, crm: str, **query: str) -> FrameLocator:
        self.page.goto(str(httpx.URL(f"{self.outside}{crm}", params=query)))
        return self.page.frame_locator('[title="Coach"]')

    def heard(self) -> list[dict[str, Any]]:
        said: list[dict[str, Any]] = self.page.evaluate("heard")
        return said


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with sites(tmp_path) as found:
        yield found


@contextmanager
def sites(path: Path) -> Iterator[Site]:
    with serving(Starlette(routes=[Route("/pipedrive", pipedrive), Route("/zendesk", zendesk)])) as other:
        # By another name than Coach's: another site.
        outside = other.replace("127.0.0.1", "localhost")
        given = settings(path, public_url=None, frame_ancestors=f"'self' {outside.rstrip('/')}")
        with serving(create_app(build(given))) as address:
            with httpx.Client(base_url=address) as client:
                fill_both(Installation(client, given))  # type: ignore[arg-type]
            with chromium() as browser:
                page = browser.new_page(viewport={"width": 600, "height": 900})
                page.set_default_timeout(8000)
                asked: list[str] = []
                page.on("request", lambda one: asked.append(one.url))
                page.on("console", lambda one: asked.append(one.text) if "Policy" in one.text else None)
                yield Site(outside, address, page)
                # Nothing was loaded from elsewhere, and no policy was broken.
                assert [] == [one for one in asked if not one.startswith((outside, address, "data:"))]


def of_pipedrive(site: Site, user: int = 123, record: str = "71", **more: str) -> str:
    asked = {
        "id": "frame-1",
        "resource": "deal",
        "view": "details",
        "selectedIds": record,
        "userId": str(user),
        "companyId": COMPANY,
        "token": hs256(pipedrive_claims(user)),
    }
    return f"{site.coach}crm/pipedrive/panel?{urlencode(asked | more)}"


def of_zendesk(site: Site) -> str:
    return f"{site.coach}crm/zendesk/panel?{urlencode({'origin': site.outside.rstrip('/'), 'app_guid': 'guid-1'})}"


def test_pipedrives_panel_says_hello_shows_the_card_and_takes_the_room_it_needs(site: Site) -> None:
    frame = site.open("pipedrive", at=of_pipedrive(site, theme="dark"))
    frame.get_by_role("heading", name="Hallström Foods").wait_for()
    assert frame.locator(".judged .word").is_visible()
    site.page.wait_for_function("heard.length >= 2")
    first, last = site.heard()[0], site.heard()[-1]
    assert ("frame-1", "initialize", "command") == (first["id"], first["payload"]["command"], first["payload"]["type"])
    assert ("frame-1", "resize", "command") == (last["id"], last["payload"]["command"], last["payload"]["type"])
    assert all(
        100 <= one["payload"]["args"].get("size", one["payload"]["args"])["height"] <= 750 for one in site.heard()
    )
    assert "dark" == frame.locator("html").evaluate("one => getComputedStyle(one).colorScheme")
    address = frame.locator("html").evaluate("() => location.href")
    assert "token=" not in address


def test_pipedrives_panel_says_of_a_foreign_deal_what_it_says_of_an_unknown_one(site: Site) -> None:
    told = []
    for record in ("72", "99"):
        frame = site.open("pipedrive", at=of_pipedrive(site, record=record))
        frame.get_by_role("heading", name="Coach does not know this deal").wait_for()
        told.append(frame.locator("main").inner_text())
    assert told[0] == told[1]


def test_pipedrives_panel_says_hello_and_why_where_the_user_is_nobodys(site: Site) -> None:
    frame = site.open("pipedrive", at=of_pipedrive(site, user=9))
    frame.get_by_text("--crm-user pipedrive:9").wait_for()
    assert 0 == frame.locator(".judged").count()
    site.page.wait_for_function("heard.length >= 1")
    assert "initialize" == site.heard()[0]["payload"]["command"]


def test_zendesks_deal_card_shakes_hands_asks_which_deal_it_is_and_shows_its_card(site: Site) -> None:
    frame = site.open("zendesk", at=of_zendesk(site), token=rs256(zendesk_claims()), deal="71")
    frame.get_by_role("heading", name="Hallström Foods").wait_for()
    assert frame.locator(".judged .word").is_visible()
    first, *others = site.heard()
    assert ("iframe.handshake", "guid-1", "guid-1") == (first["key"], first["appGuid"], first["instanceGuid"])
    assert [["deal.id"]] == [one["params"] for one in others if one.get("request") == "get"]
    site.page.wait_for_function("heard.some((one) => one.request === 'invoke')")
    assert "token" not in frame.locator("html").evaluate("() => location.href")


def test_zendesks_deal_card_says_what_is_wrong(site: Site) -> None:
    frame = site.open("zendesk", at=of_zendesk(site), token=rs256(zendesk_claims()), deal="null")
    frame.get_by_text("does not say which deal this is").wait_for()
    frame = site.open("zendesk", at=of_zendesk(site), token=rs256(zendesk_claims(9)), deal="71")
    frame.get_by_text("--crm-user zendesk:9").wait_for()
    frame = site.open("zendesk", at=of_zendesk(site), token=rs256(zendesk_claims()), deal="72")
    frame.get_by_role("heading", name="Coach does not know this deal").wait_for()


def test_zendesks_deal_card_asks_again_which_deal_it_is(site: Site) -> None:
    frame = site.open("zendesk", at=of_zendesk(site), token=rs256(zendesk_claims()), deal="[null, 71]")
    frame.get_by_text("does not say which deal this is").wait_for()
    frame.get_by_role("button", name="Try again").click()
    frame.get_by_role("heading", name="Hallström Foods").wait_for()
    assert 1 == len([one for one in site.heard() if one.get("key") == "iframe.handshake"])
