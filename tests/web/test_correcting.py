"""A finding is corrected in two clicks, from the card of its mark, by mouse, touch or keyboard."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from coach.wiring import Coach
from tests.web.steps import HOSTILE, PHONE, Visit, focused, review_note

if TYPE_CHECKING:
    from playwright.sync_api import Page

REP = "Ilse Brandt"
VISITS = count(1)
"""A review is known by its text, and what was said of it is kept: each test has a note of its own."""


@pytest.fixture
def correctable(visit: Visit) -> Callable[..., tuple[Page, dict[str, Any]]]:
    """A review that was kept under its rep, on the page."""

    def reviewed(**options: Any) -> tuple[Page, dict[str, Any]]:
        page = visit(**options)
        page.evaluate("""() => { window.corrections = [];
            document.addEventListener("coach-correction", ({ detail }) => corrections.push(detail)); }""")
        # Who is signed in is asked at the start as well.
        page.wait_for_load_state("networkidle")
        with page.expect_response("**/v1/me"):
            review = review_note(page, f"{HOSTILE}\n\n{next(VISITS)}.", rep=REP)
        return page, review

    return reviewed


def stored(coach: Coach, review: str) -> list[tuple[Any, ...]]:
    """The corrections in the store: the finding's place, whether it is right, what it ought to be, and who says so."""
    query = """select f.position, c."right", c.should_be, c."by"
        from corrections c join findings f on f.id = c.finding_id join reviews r on r.id = f.review_id
        where r.review = ? order by c.id"""
    (path,) = Path(coach.settings.data_dir).glob("*.sqlite3")
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(query, [review]).fetchall()
    return [(place, bool(right), json.loads(labels or "null"), by) for place, right, labels, by in rows]


def open_card(page: Page, at: int) -> Any:
    page.locator("mark").nth(at).hover()
    card = page.locator("#card")
    card.locator("text=Not right").wait_for()
    return card


def test_two_clicks_correct_a_finding_in_the_store_and_on_the_page(
    correctable: Callable[..., tuple[Page, dict[str, Any]]], coach: Coach
) -> None:
    page, review = correctable()
    before = stored(coach, review["id"])
    assert "buyer" == review["statements"][0]["centre"]
    card = open_card(page, 0)
    card.locator("text=Not right?").click()
    card.get_by_role("button", name="Our opinion").click()
    card.locator("text=Corrected to: Our opinion").wait_for()
    added = stored(coach, review["id"])[len(before) :]
    assert [(0, False, {"kind": "seller_opinion"}, "local")] == added
    mark = page.locator("mark").first
    assert "seller corrected" == mark.get_attribute("class")
    assert f"Our opinion: {review['statements'][0]['quote']}" == mark.get_attribute("aria-label")
    told = {"finding": f"{review['id']}.0", "right": False, "should_be": {"kind": "seller_opinion"}}
    assert [told] == page.evaluate("corrections")
    assert "Corrected to: Our opinion" == page.locator("deal-coach #announcer").inner_text()
    page.hover("deal-coach h1")
    card.wait_for(state="hidden")
    open_card(page, 0)
    assert "Corrected to: Our opinion" in card.inner_text()


def test_what_is_no_finding_at_all_is_said_so(
    correctable: Callable[..., tuple[Page, dict[str, Any]]], coach: Coach
) -> None:
    page, review = correctable()
    before = stored(coach, review["id"])
    card = open_card(page, 1)
    card.locator("text=Not right?").click()
    card.get_by_role("button", name="No evidence at all").click()
    card.locator("text=Corrected to: No evidence at all").wait_for()
    assert [(1, False, None, "local")] == stored(coach, review["id"])[len(before) :]
    assert "none corrected" == page.locator("mark").nth(1).get_attribute("class")


def test_it_is_not_offered_what_the_finding_is_already(correctable: Callable[..., tuple[Page, dict[str, Any]]]) -> None:
    page, review = correctable()
    card = open_card(page, 0)
    card.locator("text=Not right?").click()
    kind = {"buyer_action": "Customer\u2019s act", "buyer_commitment": "Customer\u2019s commitment"}
    page.hover("deal-coach h1")
    page.wait_for_timeout(300)
    offered = card.locator(".kinds button").all_inner_texts()
    assert 5 == len(offered)
    assert kind.get(review["statements"][0]["kind"], "Customer\u2019s words") not in offered


def test_the_keyboard_does_it_too(correctable: Callable[..., tuple[Page, dict[str, Any]]], coach: Coach) -> None:
    page, review = correctable()
    before = stored(coach, review["id"])
    page.locator("mark").nth(0).focus()
    page.keyboard.press("Enter")
    assert "Not right?" == focused(page, "textContent")
    page.keyboard.press("Enter")
    first = focused(page, "textContent")
    page.keyboard.press("Tab")
    assert first != focused(page, "textContent")
    chosen = focused(page, "textContent")
    page.keyboard.press("Enter")
    page.locator(f"#card >> text=Corrected to: {chosen}").wait_for()
    assert 1 == len(stored(coach, review["id"])) - len(before)
    assert "Not right either?" == focused(page, "textContent")
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()
    assert "MARK" == focused(page, "tagName")


def test_a_tap_on_a_phone_does_it_too(correctable: Callable[..., tuple[Page, dict[str, Any]]]) -> None:
    page, _ = correctable(**PHONE)
    page.locator("mark").first.tap()
    card = page.locator("#card")
    card.locator("text=Not right?").tap()
    card.get_by_role("button", name="Our act").tap()
    card.locator("text=Corrected to: Our act").wait_for()
    page.wait_for_timeout(400)
    assert card.is_visible()
    page.locator("deal-coach h1").tap()
    card.wait_for(state="hidden")


def test_what_could_not_be_kept_is_told_on_the_card(correctable: Callable[..., tuple[Page, dict[str, Any]]]) -> None:
    page, _ = correctable()
    page.route("**/feedback", lambda route: route.abort())
    card = open_card(page, 0)
    card.locator("text=Not right?").click()
    card.get_by_role("button", name="Our opinion").click()
    card.locator("text=Coach does not answer").wait_for()
    assert "buyer" == page.locator("mark").first.get_attribute("class")
    assert [] == page.evaluate("corrections")
    assert card.locator("text=Not right?").is_visible()


def test_a_review_that_was_not_kept_offers_nothing_to_correct(visit: Visit) -> None:
    page = visit()
    review_note(page, HOSTILE)
    page.locator("mark").first.hover()
    page.locator("#card").wait_for(state="visible")
    page.wait_for_timeout(300)
    assert 0 == page.locator("#card button").count()
    assert "tooltip" == page.get_attribute("#card", "role")


@pytest.mark.parametrize("scopes", [[], ["reviews:read", "reviews:write", "replies:write"]])
def test_who_may_not_correct_is_offered_nothing(visit: Visit, scopes: list[str]) -> None:
    page = visit()
    page.route("**/v1/me", lambda route: route.fulfill(json={"id": "local", "role": "rep", "scopes": scopes}))
    with page.expect_response("**/v1/me"):
        review_note(page, HOSTILE, rep=REP)
    page.wait_for_timeout(300)
    page.locator("mark").first.hover()
    page.locator("#card").wait_for(state="visible")
    assert 0 == page.locator("#card button").count()
