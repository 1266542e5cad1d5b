"""The card in a frame of another site, as a CRM shows it, in a real browser."""

from __future__ import annotations

from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from coach.api.app import create_app
from coach.domain.identity import Role
from coach.settings import Settings
from coach.wiring import build
from tests.api.test_identity import Installation, fill
from tests.browser import chromium
from tests.web.conftest import serving


async def crm(request: Request) -> Response:
    """A page of a CRM's that frames what it is asked for."""
    frames = (
        f'<iframe title="{name}" src="{source}" width="300" height="900"></iframe>'
        for name, source in request.query_params.items()
    )
    return HTMLResponse("<!doctype html>" + "".join(frames))


def test_a_pass_shows_the_card_and_without_one_it_says_how_to_sign_in(tmp_path: Path) -> None:
    with serving(Starlette(routes=[Route("/deal", crm)])) as other:  # type: ignore[arg-type]
        # By another name than Coach's: another site.
        outside = other.replace("127.0.0.1", "localhost")
        settings = Settings(
            _env_file=None,
            data_dir=tmp_path / "data",
            engine="local",
            encoder=False,
            frame_ancestors=f"'self' {outside.rstrip('/')}",
        )
        with serving(create_app(build(settings))) as address:
            with httpx.Client(base_url=address) as client:
                installation = Installation(client, settings)  # type: ignore[arg-type]
                admin = installation.key(Role.ADMIN)
                fill(lambda *given, **more: installation.ask(admin, *given, **more))
                record = {"crm": "hubspot", "record": "71"}
                link = installation.ask(admin, "POST", "/v1/card-links", json=record).json()["address"]
            card = f"{address}card/hubspot/71"
            shown = {"passed": address.rstrip("/") + link, "bare": card, "over": f"{card}#pass=cp_x"}
            with chromium() as browser:
                page = browser.new_page(viewport={"width": 1000, "height": 900})
                refused: list[str] = []
                page.on("console", lambda one: refused.append(one.text) if "Policy" in one.text else None)
                page.set_default_timeout(5000)
                page.goto(str(httpx.URL(f"{outside}deal", params=shown)))
                passed, bare, over = (page.frame_locator(f'[title="{name}"]') for name in shown)
                passed.get_by_role("heading", name="Hallström Foods").wait_for()
                assert passed.locator(".judged .word").is_visible()
                bare.get_by_role("heading", name="You are not signed in to Coach").wait_for()
                assert bare.get_by_role("link", name="Sign in").is_visible()
                assert 0 == bare.locator(".judged").count()
                over.get_by_role("heading", name="This view has ended").wait_for()
                assert [] == refused
                # From a site that is not named, nothing is shown at all.
                page.goto(str(httpx.URL(f"{other}deal", params={"passed": shown["passed"]})))
                page.wait_for_timeout(500)
                assert 0 == page.frame_locator('[title="passed"]').locator("main").count()
