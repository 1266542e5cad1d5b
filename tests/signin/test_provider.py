"""Signing in by a real OpenID provider, in a plain client and in a real browser."""

from __future__ import annotations

import asyncio
import html
import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import httpx
import pytest

from coach.domain.identity import Role
from coach.service.members import Circle
from coach.wiring.entrance import existing
from tests.api.test_identity import Installation
from tests.browser import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Page

RUTH = "ruth.kerr@example.com"


def add(installation: Installation, email: str, role: Role, person: str | None) -> None:
    async def done() -> None:
        async with existing(installation.settings, "main") as store:
            await Circle("main", store.records.members).add(email, role, person)

    asyncio.run(done())


def remove(installation: Installation, email: str) -> None:
    async def done() -> None:
        async with existing(installation.settings, "main") as store:
            await Circle("main", store.records.members).remove(email)

    asyncio.run(done())


@pytest.fixture
def ready(installation: Installation) -> Installation:
    installation.key(Role.ADMIN)
    add(installation, "Ruth.Kerr@Example.com", Role.MANAGER, "Ruth Kerr")
    return installation


def sign_in(client: httpx.Client, base: str, email: str, path: str = "/one-on-one") -> httpx.Response:
    """What a browser does: along the redirects, through the provider's two forms, back."""
    answer = client.get(f"{base}/auth/oidc?next={path}")
    for _ in range(2):
        action = re.search(r'<form[^>]* action="([^"]+)"', answer.text)
        assert action is not None, answer.text[:500]
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)"', answer.text))
        form = hidden | ({"login": email, "password": "any"} if 'name="login"' in answer.text else {})
        answer = client.post(urljoin(str(answer.url), html.unescape(action[1])), data=form)
    return answer


def test_a_member_signs_in_sees_what_is_theirs_and_signs_out(ready: Installation) -> None:
    base = str(ready.settings.public_url)
    with httpx.Client(follow_redirects=True) as client:
        landed = sign_in(client, base, RUTH)
        assert 'content="0;url=/one-on-one"' in landed.text
        cookie = next(one for one in landed.headers.get_list("set-cookie") if one.startswith("coach_session="))
        assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
        me = client.get(f"{base}/v1/me").json()
        assert ("manager", "Ruth Kerr") == (me["role"], me["person"])
        assert 200 == client.get(f"{base}/one-on-one").status_code
        client.post(f"{base}/auth/out", headers={"origin": base})
        assert 401 == client.get(f"{base}/v1/me").status_code


@pytest.mark.parametrize("email", ["nobody@example.com", f"unverified-{RUTH}"])
def test_nobody_else_comes_in_and_is_not_told_who_could(ready: Installation, email: str) -> None:
    add(ready, f"unverified-{RUTH}", Role.MANAGER, "Ruth Kerr")
    base = str(ready.settings.public_url)
    with httpx.Client(follow_redirects=True) as client:
        landed = sign_in(client, base, email)
        assert "have no access to Coach here" in landed.text
        assert email not in landed.text
        assert 401 == client.get(f"{base}/v1/me").status_code


def test_a_member_who_is_removed_is_out_at_once(ready: Installation) -> None:
    base = str(ready.settings.public_url)
    with httpx.Client(follow_redirects=True) as client:
        sign_in(client, base, RUTH)
        assert 200 == client.get(f"{base}/v1/me").status_code
        remove(ready, RUTH)
        assert 401 == client.get(f"{base}/v1/me").status_code


def test_a_way_back_that_did_not_begin_here_is_refused(ready: Installation) -> None:
    base = str(ready.settings.public_url)
    with httpx.Client(follow_redirects=True) as client:
        assert "The sign-in did not work out" in client.get(f"{base}/auth/callback?code=x&state=y").text
        client.get(f"{base}/auth/oidc", follow_redirects=False)
        assert "The sign-in did not work out" in client.get(f"{base}/auth/callback?code=x&state=y").text


def filled(page: Page, email: str) -> None:
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", "any")
    page.click("button[type=submit]")
    page.click("button[type=submit]")


def test_in_a_browser_the_page_says_who_is_signed_in(ready: Installation) -> None:
    base = str(ready.settings.public_url)
    with chromium() as browser:
        page = browser.new_page()
        page.goto(f"{base}/one-on-one")
        page.get_by_role("link", name="Sign in with Example Inc").click()
        filled(page, RUTH)
        page.get_by_text("Ruth Kerr").wait_for()
        assert f"{base}/one-on-one" == page.url
        assert not page.context.cookies()[0]["name"].startswith("coach_state")
        page.get_by_role("button", name="Sign out").click()
        page.get_by_text("You have signed out.").wait_for()
        page.goto(f"{base}/")
        assert page.url.startswith(f"{base}/login")


def test_a_link_from_another_site_finds_somebody_signed_in(ready: Installation) -> None:
    base = str(ready.settings.public_url)
    with chromium() as browser:
        page = browser.new_page()
        page.goto(f"{base}/one-on-one")
        page.get_by_role("link", name="Sign in with Example Inc").click()
        filled(page, RUTH)
        page.get_by_text("Ruth Kerr").wait_for()
        # To a browser, another name of this machine is another site.
        page.goto(f"{base.replace('127.0.0.1', 'localhost')}/static/icon.svg")
        page.evaluate("address => location.assign(address)", f"{base}/rep")
        page.get_by_text("Ruth Kerr").wait_for()
        assert f"{base}/rep" == page.url


def test_in_a_browser_a_key_signs_in_and_calls_the_api_until_it_is_revoked(ready: Installation) -> None:
    base = str(ready.settings.public_url)
    key = ready.key(Role.MANAGER, person="Ruth Kerr")
    with chromium() as browser:
        page = browser.new_page()
        page.goto(f"{base}/login")
        page.get_by_label("API key").fill("ck_main_wrong")
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_text("This key opens nothing here").wait_for()
        assert "ck_main_wrong" not in page.content()
        page.get_by_label("API key").fill(key)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_text("Ruth Kerr").wait_for()
        page.get_by_label("Deal note").fill("Dana's counsel sent redlines on Tuesday.")
        page.get_by_role("button", name="Review note").click()
        page.get_by_role("button", name="Edit note").wait_for()
        assert "" == page.evaluate("document.cookie")
        # The browser's driver has an event loop in this thread.
        with ThreadPoolExecutor(1) as aside:
            aside.submit(ready.end, key).result()
        page.get_by_role("button", name="Edit note").click()
        page.get_by_role("button", name="Review note").click()
        page.locator("#error", has_text="Your sign-in has ended.").wait_for()
        assert "redlines" in page.get_by_label("Deal note").input_value()
