"""On the rep's page, how much of the notes is the customer's over time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.web.kept import keep, service
from tests.web.steps import PHONE, Visit, no_sideways_scroll, send

if TYPE_CHECKING:
    from playwright.sync_api import Page

MONTHS = ["September 2026", "October 2026", "November 2026"]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with service(tmp_path_factory.mktemp("shares")) as client:
        keep(client)
        yield client


def diagnose(page: Page, rep: str, as_of: str = "2026-11-20") -> None:
    page.fill("#rep", rep)
    page.fill("#as-of", as_of)
    page.fill("#observation", "We agreed on ten calls by Friday and there were none.")
    with page.expect_response("**/v1/claims?*"):
        send(page, "/v1/diagnoses")


def test_each_month_has_a_bar_and_the_same_in_words(visit: Visit, filled: httpx.Client) -> None:
    ledger = filled.get("v1/claims", params={"rep": "Ilse Brandt", "as_of": "2026-11-20"}).json()
    page = visit(f"{filled.base_url}rep")
    diagnose(page, "ilse brandt")
    page.locator(".share-trend").wait_for()
    assert MONTHS == page.locator(".share-trend h3").all_inner_texts()
    for month, row in zip(ledger["evidence"], page.locator(".share-trend li").all(), strict=True):
        count = f"{month['buyer']} of {month['buyer'] + month['seller']} statements"
        assert count in row.inner_text()
        assert f"{round(100 * month['share'])} %" in row.inner_text()
    ours = page.locator(".share-trend .bar").nth(1)
    widths = [ours.locator(f".{side}").bounding_box()["width"] for side in ("buyer", "seller")]  # type: ignore[index]
    october = ledger["evidence"][1]
    assert pytest.approx(october["buyer"] / october["seller"], rel=0.05) == widths[0] / widths[1]


def test_one_month_is_no_trend_yet_and_says_so(visit: Visit, filled: httpx.Client) -> None:
    page = visit(f"{filled.base_url}rep")
    diagnose(page, "Ilse Brandt", "2026-09-15")
    page.get_by_text("One month so far").wait_for()
    assert MONTHS[:1] == page.locator(".share-trend h3").all_inner_texts()


def test_of_a_rep_of_whom_nothing_is_kept_there_is_no_panel_and_no_error(visit: Visit, filled: httpx.Client) -> None:
    page = visit(f"{filled.base_url}rep")
    diagnose(page, "Nobody Known")
    assert page.locator("#verdict").is_visible()
    assert 0 == page.locator(".share-trend").count()
    assert page.locator("#error").is_hidden()


def test_it_fits_a_phone(visit: Visit, filled: httpx.Client) -> None:
    page = visit(f"{filled.base_url}rep", **PHONE)
    diagnose(page, "Ilse Brandt")
    page.locator(".share-trend").wait_for()
    assert no_sideways_scroll(page)
