"""The deals' pages in a real browser: found, opened and read, with the keyboard alone, on a phone, and while empty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.web.kept import HOSTILE, NOTES, keep, service
from tests.web.steps import PHONE, Visit, answer_with, nameless, no_sideways_scroll, review_note

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with service(tmp_path_factory.mktemp("deals")) as client:
        keep(client)
        yield client


def at(filled: httpx.Client, path: str) -> str:
    return f"{filled.base_url}{path}"


def number(filled: httpx.Client, name: str) -> int:
    found = filled.get("v1/deals", params={"find": name, "closed": True}).json()["deals"]
    return int(found[0]["id"])


def listed(page: Page) -> list[str]:
    page.locator("#list[aria-busy=false]").wait_for()
    return page.locator("tbody a").all_inner_texts()


@pytest.fixture
def opened(visit: Visit, filled: httpx.Client) -> Page:
    page = visit(at(filled, f"deal?id={number(filled, 'Fridges')}"))
    page.get_by_role("heading", name="Fridges").wait_for()
    return page


def test_the_list_has_the_latest_note_first_and_what_it_says(visit: Visit, filled: httpx.Client) -> None:
    page = visit(at(filled, "deals"))
    assert [HOSTILE, "Fridges"] == listed(page)
    row = page.locator("tr", has_text="Fridges").inner_text()
    for words in (
        "Hallström Foods",
        "Ilse Brandt",
        "€72,000",
        "Proposal",
        "18 Dec 2099",
        "Unproven",
        "2 notes, the latest of 14 Oct 2026",
    ):
        assert words in row
    assert "Deals" == page.locator("nav [aria-current=page]").inner_text()
    assert "find" == page.evaluate("document.activeElement.id")
    assert 0 == page.locator("[data-text]:empty").count()
    assert [] == nameless(page)


def test_typing_finds_and_the_address_keeps_what_was_looked_for(visit: Visit, filled: httpx.Client) -> None:
    page = visit(at(filled, "deals"))
    page.keyboard.type("hallstr")
    page.wait_for_url("**/deals?find=hallstr")
    assert ["Fridges"] == listed(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Fridges").wait_for()
    page.go_back()
    assert ("hallstr", ["Fridges"]) == (page.input_value("#find"), listed(page))


def test_won_and_lost_deals_are_asked_for(visit: Visit, filled: httpx.Client) -> None:
    page = visit(at(filled, "deals?find=vale"))
    page.get_by_role("heading", name="No deal matches “vale”").wait_for()
    page.get_by_label("Won and lost").check()
    page.get_by_text("Rosters").wait_for()
    assert "Won, Proposal" in page.locator("tr", has_text="Rosters").inner_text()
    assert page.url.endswith("?find=vale&closed=true")


def test_more_deals_come_by_a_button_and_the_focus_goes_to_the_first_of_them(
    visit: Visit, filled: httpx.Client
) -> None:
    page = visit(at(filled, "mine"))
    page.route("**/v1/deals?*", lambda route: route.continue_(url=f"{route.request.url}&limit=1"))
    page.goto(at(filled, "deals"))
    assert [HOSTILE] == listed(page)
    page.get_by_role("button", name="Show more").click()
    page.get_by_text("Fridges").wait_for()
    assert [HOSTILE, "Fridges"] == listed(page)
    assert "Fridges" == page.evaluate("document.activeElement.textContent")


def test_a_list_that_fails_says_so_in_words(visit: Visit, filled: httpx.Client) -> None:
    page = visit(at(filled, "deals"))
    listed(page)
    failed: dict[str, Any] = {"status": 503, "json": {"code": "store_failed", "detail": "The store does not answer."}}
    page.route("**/v1/deals?*", lambda route: route.fulfill(**failed))
    page.fill("#find", "x")
    page.get_by_role("alert").filter(has_text="The store does not answer.").wait_for()


def test_with_nothing_kept_the_page_teaches_how_deals_come_here(visit: Visit, tmp_path: Any) -> None:
    with service(tmp_path / "data") as client:
        page = visit(f"{client.base_url}deals")
        page.get_by_role("heading", name="No deals yet").wait_for()
        assert "coach deal note.txt --rep" in page.locator(".empty code").inner_text()
        page.get_by_role("link", name="import one").click()
        page.wait_for_url("**/one-on-one")


def test_a_deal_shows_its_notes_over_time_the_latest_first(opened: Page) -> None:
    days = opened.locator(".timeline h3 > span:first-child").all_inner_texts()
    assert ["14 October 2026", "10 September 2026"] == days
    first = opened.locator(".timeline > li").first.inner_text()
    for words in (
        "Unproven",
        "closes by 31 October 2026",
        "Dana Ruiz signed the order form on Monday",
        "strength 5 of 5",
        "Criteria missing",
    ):
        assert words in first


def test_a_note_opens_into_its_whole_review_by_the_keyboard(opened: Page) -> None:
    note = opened.locator(".timeline > li").first
    note.locator("summary").focus()
    opened.keyboard.press("Enter")
    note.get_by_role("heading", name="What to ask").wait_for()
    assert "They love us" in note.locator("mark.seller").all_inner_texts()
    assert note.get_by_role("button", name="Copy question 1").is_visible()


def correct(page: Page, at: int, kind: str) -> None:
    """Say of a mark what it is, by the mouse."""
    page.locator("mark").nth(at).hover()
    card = page.locator("#card")
    card.get_by_role("button", name="Not right?").click()
    card.get_by_role("button", name=kind).click()
    card.get_by_text(f"Corrected to: {kind}").wait_for()


def test_a_review_that_is_opened_is_shown_as_corrected_and_is_corrected_there(visit: Visit, tmp_path: Any) -> None:
    with service(tmp_path / "data") as client:
        page = visit(str(client.base_url))
        review = review_note(page, NOTES[1][3], name="Fridges", rep="Ilse Brandt")
        correct(page, 0, "Our opinion")
        page.goto(f"{client.base_url}deal?id={number(client, 'Fridges')}")
        page.locator("summary").click()
        first = page.locator("mark.corrected")
        assert f"Our opinion: {review['statements'][0]['quote']}" == first.get_attribute("aria-label")
        correct(page, 1, "No evidence at all")
        assert 2 == page.locator("mark.corrected").count()
        kept = client.get(f"v1/reviews/{review['id']}/corrections").json()["corrections"]
    right = {"finding": f"{review['id']}.1", "right": False, "should_be": None}
    assert [f"{review['id']}.0", right] == [kept[0]["finding"], {name: kept[1][name] for name in right}]


def test_what_shows_a_review_is_loaded_once_the_first_one_is_opened(visit: Visit, filled: httpx.Client) -> None:
    page = visit(at(filled, "mine"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(at(filled, f"deal?id={number(filled, 'Fridges')}"))
    page.get_by_role("heading", name="Fridges").wait_for()
    assert [] == [one for one in asked if "deal-coach" in one]
    for opened, summary in enumerate(page.locator("summary").all(), 1):
        summary.click()
        page.locator("deal-coach #verdict").nth(opened - 1).wait_for()
        assert 1 == page.locator("details[open]").count()
    assert [at(filled, "static/deal-coach.js")] == [one for one in asked if "deal-coach" in one]
    assert 2 == page.locator("deal-coach").count()


def test_where_what_shows_a_review_does_not_come_it_is_said(opened: Page) -> None:
    opened.route("**/deal-coach.js", lambda route: route.abort())
    note = opened.locator(".timeline > li").first
    note.locator("summary").click()
    note.get_by_role("status").filter(has_text="Coach does not answer.").wait_for()
    assert 0 == note.locator("deal-coach").count()


def test_it_shows_who_was_heard_and_who_is_only_named(opened: Page) -> None:
    people = opened.locator(".people")
    heard, never = people.locator(".people-list").all()
    assert "Dana Ruiz" in heard.inner_text()
    assert "last 14 Oct 2026" in heard.inner_text()
    assert "Olle Nyberg finance manager" in never.inner_text()
    assert "Dana" not in never.inner_text()


def test_who_does_not_answer_is_shown_as_silent_with_the_notes_words(opened: Page) -> None:
    heard, never = opened.locator(".people-list").all()
    assert "lawyer" not in heard.inner_text()
    silent = never.locator("li", has_text="Their lawyer")
    assert "named 14 Oct 2026, silent" == silent.locator(".hint").inner_text()
    assert "Their lawyer has not replied to my mails since 6 October" == silent.locator("q").inner_text()
    assert 0 == never.locator("li", has_text="Olle Nyberg").locator("q").count()


def test_it_shows_what_came_of_each_close_date_and_how_often_it_was_pushed(opened: Page) -> None:
    panel = opened.locator(".close-date")
    assert "Pushed 2 times" in panel.inner_text()
    tags = {
        one.locator("strong").inner_text(): one.locator(".tag").inner_text()
        for one in panel.locator(".claims li").all()
    }
    assert {"18 December 2099": "Still open", "31 October 2026": "Not kept", "30 September 2026": "Not kept"} == tags
    assert ["later by 31 days"] == panel.locator(".snapshots li", has_text="30 Sept").locator(".tag").all_inner_texts()


def test_what_is_markup_in_a_name_or_a_note_stays_text(visit: Visit, filled: httpx.Client) -> None:
    def spoil(history: dict[str, Any]) -> None:
        said = {"quote": HOSTILE, "who": HOSTILE, "kind": "buyer_action", "direction": "stalls", "grade": 5, "on": None}
        history["notes"][0]["strongest"] = [said]
        person = {"who": HOSTILE, "role": HOSTILE, "first_on": "2026-11-03", "last_on": "2026-11-03"}
        history["heard"] = [person | {"statements": 2, "quote": HOSTILE}]
        history["unheard"] = [person | {"quote": HOSTILE}]
        history["snapshots"][0]["stage"] = HOSTILE

    page = visit(at(filled, "mine"))
    answer_with(page, spoil, path="/v1/deals/*")
    page.goto(at(filled, f"deal?id={number(filled, 'Söhne')}"))
    page.get_by_role("heading", name=HOSTILE).wait_for()
    for place in ("h1", ".said", ".people-list", ".never", ".snapshots"):
        assert HOSTILE in page.locator(place).first.inner_text()
    assert 0 == page.locator("main img").count()


def test_a_deal_without_a_note_says_how_one_comes_here(visit: Visit, filled: httpx.Client) -> None:
    page = visit(at(filled, f"deal?id={number(filled, 'Rosters')}"))
    code = page.locator(".notes code")
    code.wait_for()
    assert "coach deal note.txt --rep 'Anand Rao' --name 'Rosters'" == code.inner_text()
    assert 0 == page.locator(".people").count()


def test_a_deal_that_is_not_there_leads_to_the_list_and_so_does_no_number(visit: Visit, filled: httpx.Client) -> None:
    page = visit(at(filled, "deal?id=999999"))
    page.get_by_role("alert").filter(has_text="There is no deal of this number here, or not for you.").wait_for()
    page.get_by_role("link", name="All deals").click()
    assert [HOSTILE, "Fridges"] == listed(page)
    page.goto(at(filled, "deal"))
    page.wait_for_url("**/deals")


@pytest.mark.parametrize("path", ["deals", "deal?id={}"])
def test_the_pages_fit_a_phone(visit: Visit, filled: httpx.Client, path: str) -> None:
    page = visit(at(filled, path.format(number(filled, "Fridges"))), **PHONE)
    page.get_by_text("Fridges").first.wait_for()
    assert no_sideways_scroll(page)
    assert [] == nameless(page)
