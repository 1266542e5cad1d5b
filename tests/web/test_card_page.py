"""The card in a sidebar of 300 pixels, in a real browser: what is shown, of whom, and to whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.api.test_identity import DEALS
from tests.web.kept import service
from tests.web.steps import error_of, focused, review_note

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIDEBAR = {"width": 300, "height": 900}
WINDOW = {"width": 1280, "height": 900}
NOTE = {
    "deal": {"name": "Vale & Söhne rollout", "close_date": "2026-03-31"},
    "rep": "Ada Wren",
    "record": {"crm": "hubspot", "record": "501"},
    "written_on": "2026-03-02",
    "note": "Dana Ruiz signed the data protection terms on 27 February. Their board decides on 14 April. I think we "
    "close this month. They love us.",
}
HOSTILE = "<img src=x onerror=alert(1)> Dana Ruiz sent back the signed order form on Monday."
Visit = Callable[..., "Page"]


@pytest.fixture
def reviewed(address: str) -> dict[str, Any]:
    answer = httpx.post(f"{address}v1/deal-reviews", json=NOTE)
    assert answer.is_success
    found: dict[str, Any] = httpx.get(f"{address}v1/cards/hubspot/501").json()
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_deal_is_shown_at_a_glance_in_300_pixels(visit: Visit, reviewed: dict[str, Any], scheme: str) -> None:
    page = visit("card/hubspot/501", viewport=SIDEBAR, color_scheme=scheme)
    page.get_by_role("heading", name="Vale & Söhne rollout").wait_for()
    judged = page.locator(".judged")
    assert "Refuted" in judged.inner_text()
    assert "Closes by 31 March 2026?" in judged.inner_text()
    assert reviewed["quote"]["quote"] == page.locator("blockquote").inner_text()
    assert "27 February 2026" in page.locator("figcaption").inner_text()
    assert len(reviewed["missing"]) == page.locator(".gaps li").count() > 0
    assert reviewed["ask"] == page.locator(".question").inner_text()
    assert re.search(rf"/deal\?id={reviewed['deal']}$", page.get_by_role("link").evaluate("link => link.href"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(28, 32, 38)"
    assert (scheme == "dark") is dark


def test_it_fits_240_pixels_too(visit: Visit, reviewed: dict[str, Any]) -> None:
    page = visit("card/hubspot/501", viewport={"width": 240, "height": 700})
    page.get_by_role("heading", name=reviewed["name"]).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_question_is_copied_by_the_keyboard_alone(visit: Visit, reviewed: dict[str, Any]) -> None:
    page = visit("card/hubspot/501", viewport=SIDEBAR, permissions=["clipboard-read", "clipboard-write"])
    page.locator(".question").wait_for()
    page.keyboard.press("Tab")
    assert "Copy the question" == page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    page.get_by_text("Copied", exact=True).wait_for()
    assert reviewed["ask"] == page.evaluate("navigator.clipboard.readText()")
    page.keyboard.press("Tab")
    assert "Open in Coach" == page.evaluate("document.activeElement.textContent")


def test_what_stands_in_a_note_is_text_and_never_markup(visit: Visit, address: str) -> None:
    sent = NOTE | {"record": {"crm": "hubspot", "record": "502"}, "note": HOSTILE, "deal": {"name": "<b>x</b>"}}
    assert httpx.post(f"{address}v1/deal-reviews", json=sent).is_success
    page = visit("card/hubspot/502", viewport=SIDEBAR)
    page.get_by_role("heading", name="<b>x</b>").wait_for()
    assert 0 == page.locator("main img, main b").count()


def test_another_close_date_in_the_crm_is_said_to_be_another(visit: Visit, reviewed: dict[str, Any]) -> None:
    page = visit()
    page.route("**/v1/cards/**", lambda route: route.fulfill(json=reviewed | {"crm_close_date": "2026-05-15"}))
    page.goto(f"{page.url}card/hubspot/501")
    page.get_by_text("The CRM now says 15 May 2026. The verdict is not about that day.").wait_for()


def test_a_deal_of_which_no_note_was_reviewed_says_what_to_do(visit: Visit, address: str) -> None:
    headers = {"content-type": "text/csv"}
    sent = httpx.post(f"{address}v1/opportunities?as_of=2026-03-01", content=DEALS.encode(), headers=headers)
    assert sent.is_success
    page = visit("card/hubspot/72", viewport=SIDEBAR)
    page.locator(".word", has_text="No note was reviewed yet").wait_for()
    assert page.get_by_text("Review the rep’s latest note").is_visible()
    assert "Closes by 30 March 2026?" == page.locator(".part .hint").inner_text()
    assert 0 == page.locator(".judged, blockquote, .question").count()


def test_the_note_that_is_reviewed_from_a_card_lands_on_that_card(visit: Visit, tmp_path: Path) -> None:
    with service(tmp_path / "data") as client:
        csv = {"content-type": "text/csv"}
        sent = client.post("v1/opportunities", params={"as_of": "2026-03-01"}, content=DEALS.encode(), headers=csv)
        assert sent.is_success
        card = visit(f"{client.base_url}card/hubspot/72", viewport=SIDEBAR)
        with card.context.expect_page() as opening:
            card.get_by_role("link", name="Review a note").click()
        form = opening.value
        form.get_by_text("The review goes to the deal 72 in HubSpot, and onto its card.").wait_for()
        assert ("Vale Buses", "2026-03-30") == (form.input_value("#name"), form.input_value("#close-date"))
        assert str(client.base_url) == form.url
        form.fill("#note", NOTE["note"])
        form.click("#submit")
        assert "Name the rep" in error_of(form)
        assert "rep" == focused(form, "id")
        # Whatever it is called there, it is this deal.
        review_note(form, NOTE["note"], rep="Anand Rao", name="The buses")
        card.reload()
        card.locator(".judged").wait_for()
        names = [one["name"] for one in client.get("v1/deals", params={"closed": True}).json()["deals"]]
    assert ["Vale Buses", "Hallström Foods"] == names


def test_a_form_that_a_card_led_to_is_freed_of_its_deal(visit: Visit) -> None:
    page = visit("./#crm=own&record=2026%2F7+%231&name=%3Cb%3Ex%3C%2Fb%3E", viewport=WINDOW)
    page.get_by_text("The review goes to the deal 2026/7 #1 in own, and onto its card.").wait_for()
    assert "<b>x</b>" == page.input_value("#name")
    page.get_by_role("button", name="It is of another deal").click()
    assert page.locator("#record").is_hidden()
    assert "name" == focused(page, "id")
    with page.expect_request("**/v1/deal-reviews/stream") as sent:
        review_note(page, NOTE["note"])
    assert None is sent.value.post_data_json["record"]


@pytest.mark.parametrize("given", ["crm=hubspot", "record=72", "crm=&record=72", "name=Vale"])
def test_what_names_no_deal_of_a_crm_fills_no_form(visit: Visit, given: str) -> None:
    page = visit(f"./#{given}", viewport=WINDOW)
    page.wait_for_function("document.activeElement.id === 'note'")
    assert page.locator("#record").is_hidden()
    assert not page.input_value("#name")


def test_an_unknown_deal_and_a_failure_are_told_apart(visit: Visit) -> None:
    page = visit("card/hubspot/999999", viewport=SIDEBAR)
    page.get_by_role("heading", name="Coach does not know this deal").wait_for()
    down = {"status": 503, "json": {"code": "overloaded", "detail": "Too much is asked at once."}}
    page.route("**/v1/cards/**", lambda route: route.fulfill(**down))
    page.reload()
    page.get_by_text("Too much is asked at once.").wait_for()
    page.unroute_all()
    page.get_by_role("button", name="Try again").click()
    page.get_by_role("heading", name="Coach does not know this deal").wait_for()


def test_a_record_with_a_slash_is_shown(visit: Visit, address: str) -> None:
    sent = NOTE | {"record": {"crm": "own", "record": "2026/7 #1"}}
    assert httpx.post(f"{address}v1/deal-reviews", json=sent).is_success
    link = httpx.post(f"{address}v1/card-links", json=sent["record"]).json()["address"]
    page = visit(link, viewport=SIDEBAR)
    page.get_by_role("heading", name="Vale & Söhne rollout").wait_for()


def test_a_site_that_is_not_named_may_not_frame_it(address: str, visit: Visit) -> None:
    policy = httpx.get(f"{address}card/hubspot/501").headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self'")
    assert "unsafe" not in policy
    page = visit("card/hubspot/999999")
    assert 0 == page.locator("script:not([src]), style, [style], [onclick]").count()
