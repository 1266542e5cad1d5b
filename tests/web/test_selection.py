"""The bookmarklet: what is selected on another site's page stands in Coach's form, and on no server's log."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from coach.api.app import create_app
from coach.domain.identity import Role
from coach.settings import Settings
from coach.wiring import build
from tests.client.conftest import made_key
from tests.web.conftest import serving
from tests.web.steps import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

NOTE = "Dana Ito’s counsel sent redlines on Tuesday & signed «page 3» 🎉 #1, 100 % sure.\nשלום <b>zqx</b>"
_POLICIES = {"none": "", "strict": "default-src 'none'; script-src 'none'; connect-src 'none'; form-action 'none'"}


@pytest.fixture(scope="module", params=_POLICIES)
def foreign(request: pytest.FixtureRequest) -> Iterator[str]:
    """A page of another site, with the note in it and in a field, under a policy."""
    policy = _POLICIES[request.param]

    class Crm(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            escaped = NOTE.replace("&", "&amp;").replace("<", "&lt;")
            body = f'<!doctype html><meta charset="utf-8"><title>CRM</title><pre id="n">{escaped}</pre>'
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            if policy:
                self.send_header("content-security-policy", policy)
            self.end_headers()
            self.wfile.write(f"{body}<textarea id=t>{escaped}</textarea>".encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Crm)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    # By a name, and so another site than the address that Coach is served at.
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


def bookmarklet_of(page: Page) -> str:
    return str(page.get_attribute("#bookmarklet", "href"))


def use(page: Page, bookmarklet: str) -> None:
    """Run a bookmarklet as the browser runs one: as a navigation of the browser's own, and not of the page's."""
    page.context.new_cdp_session(page).send("Page.navigate", {"url": bookmarklet})


def opened_by(page: Page, bookmarklet: str) -> Page:
    with page.context.expect_page() as opening:
        use(page, bookmarklet)
    opened = opening.value
    opened.wait_for_selector("#editor, .login form")
    return opened


def noted(page: Page) -> str:
    """The note, once there is one; what waits in the page itself its policy does not let in."""
    page.wait_for_selector("#note")
    for _ in range(400):
        if note := page.input_value("#note"):
            return note
        page.wait_for_timeout(50)
    return ""


def select(page: Page) -> None:
    page.evaluate("getSelection().selectAllChildren(document.getElementById('n'))")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    context.set_default_timeout(20_000)
    yield context
    context.close()


def test_what_is_selected_on_another_site_s_page_is_in_the_form(
    context: BrowserContext, address: str, foreign: str
) -> None:
    page = context.new_page()
    page.goto(f"{address}selection")
    bookmarklet = bookmarklet_of(page)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    page.goto(foreign)
    select(page)
    coach = opened_by(page, bookmarklet)
    assert NOTE == noted(coach)
    # It is in the address no longer, nor where Back goes; nothing is sent until somebody says so.
    assert (address, 1) == (coach.url, coach.evaluate("history.length"))
    assert "submit" == coach.evaluate("document.activeElement.id")
    assert coach.evaluate("window.opener === null && document.referrer === ''")
    sent = [one.partition("#")[0] for one in asked]
    assert [] == [one for one in sent if "zqx" in one or "Dana" in one]
    assert {address, foreign} == {one for one in sent if not one.startswith(f"{address}static/")} - {
        one for one in sent if "favicon" in one or "/v1/me" in one
    }
    coach.click("#submit")
    marks = coach.locator("mark")
    marks.first.wait_for()
    assert all(one in NOTE for one in marks.all_inner_texts())


def test_what_is_selected_in_a_field_counts_too(context: BrowserContext, address: str, foreign: str) -> None:
    page = context.new_page()
    page.goto(f"{address}selection")
    bookmarklet = bookmarklet_of(page)
    page.goto(foreign)
    page.evaluate("t.focus(); t.setSelectionRange(0, 8)")
    coach = opened_by(page, bookmarklet)
    assert "Dana Ito" == noted(coach)


def test_nothing_selected_is_said_and_nothing_is_opened(context: BrowserContext, address: str, foreign: str) -> None:
    page = context.new_page()
    page.goto(f"{address}selection")
    bookmarklet = bookmarklet_of(page)
    page.goto(foreign)
    with page.expect_event("dialog") as dialog:
        page.once("dialog", lambda one: one.dismiss())
        use(page, bookmarklet)
    assert "Select the note first" in dialog.value.message
    assert 1 == len(context.pages)


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Where a key is asked for, and a key."""
    folder = tmp_path_factory.mktemp("signed")
    settings = Settings(_env_file=None, data_dir=folder, engine="local", encoder=False)
    with ThreadPoolExecutor() as beside:
        # The browser's event loop is in the way in this one.
        key = beside.submit(made_key, settings, Role.ADMIN).result()
    with serving(create_app(build(settings))) as address:
        yield address, key


def test_the_note_comes_along_through_the_sign_in_and_for_who_is_signed_in(
    context: BrowserContext, signed: tuple[str, str], foreign: str
) -> None:
    address, key = signed
    page = context.new_page()
    page.goto(foreign)
    select(page)
    bookmarklet = f"javascript:void open({address!r}+'#note='+encodeURIComponent(getSelection()),'_blank','noopener')"
    coach = opened_by(page, bookmarklet)
    coach.fill("#key", "ck_wrong")
    coach.click("button")
    coach.wait_for_selector(".message")
    coach.fill("#key", key)
    coach.click("button")
    assert (NOTE, address) == (noted(coach), coach.url)
    again = opened_by(page, bookmarklet)
    assert (NOTE, address) == (noted(again), again.url)


@pytest.mark.parametrize(("given", "note"), [("%E0%A4%A", ""), ("", ""), ("%20", ""), (quote("a\nb"), "a\nb")])
def test_an_address_that_somebody_cut_breaks_nothing(visit: Visit, given: str, note: str) -> None:
    page = visit("selection")
    page = visit(f"./#note={given}")
    page.wait_for_function("!location.hash")
    assert note == page.input_value("#note")


def test_another_fragment_is_left_alone(visit: Visit) -> None:
    visit("selection")
    page = visit("./#other")
    page.wait_for_function("document.getElementById('written-on').value")
    assert ("#other", "") == (page.evaluate("location.hash"), page.input_value("#note"))


def test_the_deal_notes_page_leads_to_the_bookmarklet(visit: Visit) -> None:
    page = visit("")
    page.get_by_role("link", name="by a bookmark").click()
    page.wait_for_selector("#bookmarklet[href^='javascript:']")


@pytest.mark.parametrize("window", [{}, {"viewport": {"width": 375, "height": 720}}])
def test_the_page_of_the_bookmarklet_says_all_of_it(visit: Visit, window: dict[str, Any]) -> None:
    page = visit("selection", **window)
    page.wait_for_function("document.getElementById('bookmarklet').href.startsWith('javascript:')")
    assert 0 == page.locator("[data-text]:empty").count()
    page.click("#bookmarklet")
    assert "Drag it" in page.locator("#said").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
