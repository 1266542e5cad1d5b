"""The rep's page in a real browser: what was said, a reply, and what it changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from coach.api.app import create_app
from coach.domain.identity import Role
from coach.settings import Settings
from coach.wiring import build
from tests.api.test_identity import Installation, fill
from tests.browser import chromium
from tests.web.conftest import serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROOF = "On Friday Dana's CFO signed the order form. Dana set the kick-off for 16 March."
PRIVATE = "Only you, your manager"
NOTE = {"deal": {"name": "Borg rollout"}, "note": "Dana Ruiz asked for the import papers.", "written_on": "2026-03-02"}
HOSTILE = "<img src=x onerror=alert(1)> Dana's board approved the budget on Thursday."


@pytest.fixture
def signed_in(tmp_path: Path) -> Iterator[Page]:
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", engine="local", encoder=False)
    with serving(create_app(build(settings))) as address:
        with httpx.Client(base_url=address) as client:
            installation = Installation(client, settings)  # type: ignore[arg-type]
            admin = installation.key(Role.ADMIN)
            fill(lambda *given, **more: installation.ask(admin, *given, **more))
            rep = installation.key(Role.REP, person="Ilse Brandt")
        with chromium() as browser:
            page = browser.new_page()
            failed: list[str] = []
            page.on("pageerror", lambda error: failed.append(str(error)))
            page.goto(f"{address}login?next=/mine")
            page.fill("#key", rep)
            page.click("button")
            page.get_by_text("About Ilse Brandt").wait_for()
            yield page
            assert [] == failed


def test_a_rep_sees_what_was_said_about_them_and_replies(signed_in: Page) -> None:
    review = signed_in.locator(".about").filter(has_text="Hallström Foods")
    assert "Unproven" == review.locator(".tag").inner_text()
    assert 0 == signed_in.get_by_text("Vale Buses").count()
    review.get_by_label("What has it missed?").fill(PROOF)
    review.get_by_role("button", name="Reply").click()
    review.get_by_text("Your reply is kept").wait_for()
    assert review.locator(".changed q").filter(has_text="CFO signed the order form").count()
    assert 0 == review.locator("textarea").count()
    signed_in.reload()
    review.get_by_text("Made again with your reply").wait_for()


def test_what_is_written_stays_text(signed_in: Page) -> None:
    review = signed_in.locator(".about").filter(has_text="Hallström Foods")
    review.get_by_label("What has it missed?").fill(HOSTILE)
    review.get_by_role("button", name="Reply").click()
    review.get_by_text("Your reply is kept").wait_for()
    assert 0 == signed_in.locator("main img").count()


def test_a_diagnosis_can_be_replied_to_and_an_empty_reply_is_not_sent(signed_in: Page) -> None:
    told = signed_in.locator(".about").filter(has_text="What would help")
    told.get_by_role("button", name="Reply").click()
    assert told.get_by_label("What has it missed?").evaluate("box => box === document.activeElement")
    told.get_by_label("What has it missed?").fill("Nobody has shown me how to open such a call.")
    told.get_by_role("button", name="Reply").click()
    told.get_by_text("Your reply is kept").wait_for()


def test_where_nobody_signs_in_the_page_asks_whose(visit: Callable[..., Page], address: str) -> None:
    assert httpx.post(f"{address}v1/deal-reviews", json=NOTE | {"rep": "Ada Wren"}).is_success
    page = visit("mine", viewport={"width": 375, "height": 800})
    page.click("#submit")
    page.get_by_role("alert").filter(has_text="Say whose").wait_for()
    page.get_by_label("Your name").fill("ada wren")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Borg rollout").wait_for()
    assert 0 == page.get_by_text(PRIVATE).count()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("text=Another name")
    page.get_by_label("Your name").fill("Nobody At All")
    page.keyboard.press("Enter")
    page.get_by_text("Nothing was said yet").wait_for()


def test_where_diagnoses_are_off_the_deal_reviews_are_shown(visit: Callable[..., Page], address: str) -> None:
    assert httpx.post(f"{address}v1/deal-reviews", json=NOTE | {"rep": "Ada Wren"}).is_success
    page = visit("mine")
    off = {"status": 403, "json": {"code": "diagnosis_off", "detail": "off"}}
    page.route("**/v1/diagnoses?*", lambda route: route.fulfill(**off))
    page.get_by_label("Your name").fill("Ada Wren")
    page.click("#submit")
    page.get_by_role("heading", name="Borg rollout").wait_for()


def test_a_reply_that_fails_stays_in_its_box(visit: Callable[..., Page], address: str) -> None:
    assert httpx.post(f"{address}v1/deal-reviews", json=NOTE | {"rep": "Ada Finch"}).is_success
    page = visit("mine")
    failed = {"status": 503, "json": {"code": "provider_unavailable", "detail": "The model did not answer."}}
    page.route("**/reply", lambda route: route.fulfill(**failed))
    page.get_by_label("Your name").fill("Ada Finch")
    page.click("#submit")
    page.get_by_label("What has it missed?").fill(PROOF)
    page.get_by_role("button", name="Reply").click()
    page.get_by_text("The model did not answer.").wait_for()
    assert PROOF == page.get_by_label("What has it missed?").input_value()
    assert page.get_by_role("button", name="Reply").is_enabled()
