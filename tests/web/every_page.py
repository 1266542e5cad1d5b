"""Every page, as somebody meets it: with nothing kept yet, and with a team's deals in it.

Rule: the addresses come from the router, so that a page that is added is opened, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
from starlette.routing import Route

from coach.api.app import create_app
from coach.domain.identity import Role
from coach.samples import sample
from coach.settings import Settings
from coach.web import page_routes
from coach.wiring import build
from tests.client.conftest import made_key
from tests.made_runs import write_run
from tests.web.sample_team import DAY, RECORD, REP, keep
from tests.web.serving import serving
from tests.web.steps import take_sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CARD = "/card/{crm}/{record:path}"
LOGIN = "/login"
ADDRESSES = (
    *(one.path for one in page_routes(sample()) if isinstance(one, Route) and not one.path.startswith("/page/")),
    LOGIN,
)
_NOTHING = {"/deal": "deal?id=1", CARD: "card/hubspot/1"}
_SOMETHING = {CARD: f"card/hubspot/{RECORD}", LOGIN: "login?why=key&next=/deals"}
MORE = {"/evals": {"evals.run": "evals?run=prompt-5", "evals.pair": "evals?run=prompt-4&with=prompt-5"}}
"""Of a page, what else it shows, by what a picture of it is called."""
# What is asked for once the page itself is there.
_LAST = {"/settings": ".keys tbody"}
_RUN_AT_S = 1_779_120_000
"""18 May 2026."""
_RESTS = "() => !document.querySelector('[aria-busy=true]')"


@dataclass(frozen=True)
class Site:
    """A service whose pages are opened: where each of them is, and the cookies of whoever is signed in."""

    base: str
    at: dict[str, str]
    cookies: tuple[Any, ...] = ()
    last: dict[str, str] = field(default_factory=dict)

    def address(self, page: str) -> str:
        """Where a page is here."""
        return self.base + self.at.get(page, page.removeprefix("/"))

    def window(self, browser: Browser, **options: Any) -> BrowserContext:
        """A window of its own, signed in."""
        window = browser.new_context(**options)
        window.add_cookies(self.cookies)
        return window

    def open(self, page: Page, address: str) -> None:
        """Open a page, and wait for all that it shows."""
        page.goto(self.address(address))
        page.wait_for_function(_RESTS)
        if address in self.last:
            page.locator(self.last[address]).wait_for()
        if self.cookies and page.locator("header.top").count():
            page.locator("form.who").wait_for()


@contextmanager
def empty(folder: Path) -> Iterator[Site]:
    """A service in which nothing is kept, and nobody signs in."""
    with serving(create_app(build(_settings(folder)))) as base:
        yield Site(base, _NOTHING)


@contextmanager
def filled(folder: Path, *, encoder: bool = False) -> Iterator[Site]:
    """A service with a team's deals, to which an administrator is signed in, by a key or by the company's account."""
    settings = _settings(folder, encoder=encoder, oidc_issuer="https://login.example", oidc_client_id="coach")
    with ThreadPoolExecutor(1) as apart:
        # Where a browser is open, its event loop is in the way in this thread.
        key = apart.submit(made_key, settings, Role.ADMIN).result()
    write_run(settings.eval_runs, "prompt-4", written=_RUN_AT_S)
    changed = {"claim_accuracy": {"value": 0.915, "low": 0.855, "high": 0.952}}
    write_run(settings.eval_runs, "prompt-5", written=_RUN_AT_S + 86_400, metrics=changed)
    with (
        serving(create_app(build(settings))) as base,
        httpx.Client(base_url=base, timeout=60, headers={"authorization": f"Bearer {key}"}) as client,
    ):
        keep(client)
        (deal,) = (one["id"] for one in client.get("v1/deals").json()["deals"] if one["name"] == sample().deal.name)
        with httpx.Client(base_url=base) as browser:
            browser.post("auth/key", data={"key": key}, headers={"origin": base.rstrip("/")})
            cookies = tuple({"name": one.name, "value": one.value, "url": base} for one in browser.cookies.jar)
        assert cookies
        yield Site(base, _SOMETHING | {"/deal": f"deal?id={deal}"}, cookies, _LAST)


def has_form(page: Page) -> bool:
    """Whether the page shows what it has only once its form is sent."""
    return page.locator("form#editor").is_visible()


def send_form(page: Page) -> None:
    """Send the page's form with its sample, or for the team's rep, and wait for what comes of it."""
    if page.locator("#sample").count():
        take_sample(page)
    else:
        page.fill("#rep", REP)
    if page.locator("#as-of").count():
        page.fill("#as-of", DAY)
    page.click("#submit")
    page.locator("#review:not([hidden])").wait_for()
    page.wait_for_function(_RESTS)
    if page.locator("iframe").count():
        page.frame_locator("iframe").locator("#part-5").wait_for()


def _settings(folder: Path, *, encoder: bool = False, **more: Any) -> Settings:
    given = {"data_dir": folder, "eval_runs": folder / "runs", "engine": "local", "encoder": encoder}
    return Settings(_env_file=None, **given | more)
