"""Running a 1-on-1 by the clock, in a real browser whose time the test sets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.steps import PHONE, Visit, nameless, no_sideways_scroll
from tests.web.test_one_on_one_page import ROWS, export

if TYPE_CHECKING:
    from playwright.sync_api import Page

Prepared = Callable[..., "tuple[Page, list[int]]"]


@pytest.fixture
def prepared(visit: Visit) -> Prepared:
    """A prepared 1-on-1, and the minutes of its parts; time stands still until the test moves it."""

    def opened(**options: Any) -> tuple[Page, list[int]]:
        page = visit("one-on-one", **(options or {"viewport": {"width": 1200, "height": 800}}))
        page.clock.install(time="2026-11-27T09:00:00Z")
        page.goto(page.url)
        page.fill("#as-of", "2026-11-27")
        export(page, ROWS)
        page.get_by_text("2 of 2 rows taken").wait_for()
        page.fill("#rep", "ilse brandt")
        with page.expect_response("**/v1/one-on-ones") as response:
            page.click("#submit")
        page.frame_locator("iframe.pack").locator("#part-5").wait_for()
        page.clock.pause_at("2026-11-27T10:00:00Z")
        return page, [item["minutes"] for item in response.value.json()["agenda"]]

    return opened


def current(page: Page) -> str:
    return page.locator(".part[aria-current=step]").inner_text()


def clock(page: Page) -> str:
    return page.locator(".clock").inner_text()


def test_five_parts_have_thirty_minutes_and_the_clock_stands_until_it_is_started(prepared: Prepared) -> None:
    page, minutes = prepared()
    assert (5, 30) == (len(minutes), sum(minutes))
    assert [f"{count}:00 left" for count in minutes] == page.locator(".part .left").all_inner_texts()
    page.clock.run_for(60_000)
    assert "0:00 of 30 minutes" == clock(page)
    assert [] == nameless(page)


def test_time_runs_in_the_current_part_and_a_pause_stops_it(prepared: Prepared) -> None:
    page, minutes = prepared()
    page.get_by_role("button", name="Start the clock").click()
    page.clock.run_for(65_000)
    assert "1:05 of 30 minutes" == clock(page)
    assert f"{minutes[0] - 2}:55 left" in current(page)
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(600_000)
    assert "1:05 of 30 minutes" == clock(page)
    page.get_by_role("button", name="Go on").click()
    page.clock.run_for(5_000)
    assert "1:10 of 30 minutes" == clock(page)


def test_a_part_that_has_had_its_minutes_says_so_and_goes_on(prepared: Prepared) -> None:
    page, minutes = prepared()
    page.get_by_role("button", name="Start the clock").click()
    page.clock.run_for(minutes[0] * 60_000 + 90_000)
    assert "1:30 over" in current(page)
    assert f"The {minutes[0]} minutes of part 1 are up." == page.locator("#announcer").inner_text()
    assert f"{minutes[1]}:00 left" == page.locator(".part .left").nth(1).inner_text()


def test_the_keyboard_runs_it_and_the_pack_turns_to_the_part(prepared: Prepared) -> None:
    page, minutes = prepared()
    page.get_by_role("button", name="Start the clock").focus()
    page.keyboard.press("Enter")
    page.clock.run_for(10_000)
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.clock.run_for(20_000)
    assert current(page).startswith("3.")
    assert "0:30 of 30 minutes" == clock(page)
    left = page.locator(".part .left").all_inner_texts()
    assert [f"{minutes[0] - 1}:50 left", f"{minutes[1]}:00 left"] == left[:2]
    assert f"{minutes[2] - 1}:40 left" == left[2]
    top = page.frame_locator("iframe.pack").locator("#part-3").evaluate("one => one.getBoundingClientRect().top")
    seen = page.locator("iframe.pack").evaluate("one => one.clientHeight")
    assert 0 <= round(top) < seen
    page.keyboard.press("ArrowLeft")
    assert current(page).startswith("2.")


def test_the_last_part_leads_to_the_next_steps_and_stops_the_clock(prepared: Prepared) -> None:
    page, _ = prepared()
    page.get_by_role("button", name="Start the clock").click()
    page.locator(".part").nth(4).click()
    page.get_by_role("button", name="To the next steps").click()
    assert "agree-title" == page.evaluate("document.activeElement.getAttribute('aria-labelledby')")
    page.clock.run_for(60_000)
    assert "0:00 of 30 minutes" == clock(page)


def test_it_fits_a_phone_and_is_not_printed(prepared: Prepared) -> None:
    page, _ = prepared(**PHONE)
    assert no_sideways_scroll(page)
    page.emulate_media(media="print")
    assert page.locator(".run").is_hidden()
