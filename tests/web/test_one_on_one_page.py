"""The 1-on-1's page in a real browser: import, prepare, agree, settle; what fails is said in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

HOSTILE = "<img src=x onerror=alert(1)> deal"
ROWS = (
    "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Create Date,Deal owner,Is Closed Won,Is Deal Closed?\n"
    f"1,{HOSTILE},Contract sent,64000,EUR,2026-12-10,2026-06-01,Ilse Brandt,false,false\n"
    "2,Borg rollout,Qualified to buy,30000,EUR,,2026-07-01,Ilse Brandt,false,false\n"
)
HOSTILE_REP = "<img src=x onerror=alert(2)> Brandt"
CUT_OFF = ROWS + "3,Cut off\n"
OTHER = "Opp,Worth,Seller\nAcme,10,Ilse Brandt\n"


def export(page: Page, content: str) -> None:
    page.locator("#file").set_input_files({"name": "deals.csv", "mimeType": "text/csv", "buffer": content.encode()})


def prepared(visit: Callable[..., Page], **options: Any) -> Page:
    page = visit("one-on-one", **options)
    page.fill("#as-of", "2026-11-27")
    export(page, ROWS)
    page.get_by_text("2 of 2 rows taken").wait_for()
    page.fill("#rep", "ilse brandt")
    page.click("#submit")
    page.locator("iframe.pack").wait_for()
    return page


def sign_off(page: Page) -> None:
    for name in ("Ilse Brandt", "Manager"):
        page.get_by_label(f"{name} agrees").check()


def test_a_manager_imports_prepares_and_agrees(visit: Callable[..., Page]) -> None:
    page = prepared(visit)
    assert "1-on-1 with Ilse Brandt" == page.inner_text("h1#verdict")
    pack = page.frame_locator("iframe.pack")
    pack.get_by_text("Closing within 30 days").first.wait_for()
    assert pack.get_by_text(HOSTILE).count()
    page.click("text=Add a step")
    page.locator(".agree .step").last.get_by_label("What").fill("Ask who signs")
    sign_off(page)
    page.get_by_role("button", name="Both agree").click()
    page.get_by_text("Kept, with the one step you agreed on").wait_for()


def test_what_was_agreed_comes_back_and_is_settled_with_its_proof(visit: Callable[..., Page]) -> None:
    page = prepared(visit)
    page.click("text=Add a step")
    page.locator(".agree .step").last.get_by_label("What").fill("Ask who signs")
    sign_off(page)
    page.get_by_role("button", name="Both agree").click()
    page.get_by_text("Kept, with the one step").wait_for()
    page.click("text=Back")
    page.fill("#as-of", "2026-12-27")
    page.click("#submit")
    row = page.locator(".carried .step").filter(has_text="Ask who signs").first
    row.get_by_label("What became of it").select_option("kept")
    row.get_by_role("button").click()
    row.get_by_text("needs a proof").wait_for()
    row.get_by_label("What shows it").fill("Priya signs")
    row.get_by_role("button").click()
    row.get_by_text("Saved.").wait_for()


def test_odd_rows_are_told_and_nobody_of_a_name_is_said_so(visit: Callable[..., Page]) -> None:
    page = visit("one-on-one")
    export(page, ROWS)
    page.get_by_text("an open deal without a close date").wait_for()
    page.click("#submit")
    assert "Say whose 1-on-1 it is." == page.inner_text("#error")
    page.fill("#rep", "Nobody Known")
    page.click("#submit")
    page.get_by_text("Rep: nobody of this name").wait_for()


def test_unknown_columns_are_imported_only_with_a_mapping_that_was_looked_over(visit: Callable[..., Page]) -> None:
    page = visit("one-on-one")
    export(page, OTHER)
    area = page.locator("#imported textarea")
    area.wait_for()
    assert "columns:" in area.input_value()
    area.fill("crm: ours\ncolumns: {name: Opp, amount: Worth, rep: Seller}\ncurrency: EUR\n")
    page.click("text=Import with this")
    page.get_by_text("1 of 1 rows taken").wait_for()


def test_a_mapping_that_fails_stays_to_be_put_right(visit: Callable[..., Page]) -> None:
    page = visit("one-on-one")
    export(page, OTHER)
    area = page.locator("#imported textarea")
    area.fill("columns: {nonsense: Opp}\n")
    page.click("text=Import with this")
    page.locator("#error:not([hidden])").wait_for()
    assert "columns: {nonsense: Opp}\n" == area.input_value()


def test_a_row_that_was_left_out_is_counted_and_named(visit: Callable[..., Page]) -> None:
    page = visit("one-on-one")
    export(page, CUT_OFF)
    page.get_by_text("2 of 3 rows taken").wait_for()
    assert page.get_by_text("One row was left out.").is_visible()
    assert page.get_by_text("Row 4").first.inner_text().endswith("(row left out)")


def test_names_that_are_markup_stay_text(visit: Callable[..., Page]) -> None:
    page = visit("one-on-one")
    page.fill("#as-of", "2026-11-27")
    export(page, ROWS.replace("Ilse Brandt", HOSTILE_REP))
    page.get_by_text("2 of 2 rows taken").wait_for()
    page.fill("#rep", HOSTILE_REP)
    page.click("#submit")
    page.locator("iframe.pack").wait_for()
    assert f"1-on-1 with {HOSTILE_REP}" == page.inner_text("h1#verdict")
    assert HOSTILE == page.locator(".agree .deal").first.input_value()
    pack = page.frame_locator("iframe.pack")
    pack.get_by_text(HOSTILE_REP).first.wait_for()
    assert 0 == page.locator("img[src=x]").count() + pack.locator("img").count()


def test_steps_agreed_on_stand_below_at_once_and_are_not_agreed_on_twice(visit: Callable[..., Page]) -> None:
    page = prepared(visit)
    offered = page.locator(".agree .step").count()
    page.click("text=Add a step")
    row = page.locator(".agree .step").last
    assert row.get_by_label("What").evaluate("one => one === document.activeElement")
    page.get_by_role("button", name="Both agree").click()
    page.get_by_text("Say what is to be done").wait_for()
    row.get_by_label("What").fill("Walk the contract through with legal")
    row.get_by_label("Who").select_option("manager")
    row.get_by_label("By").fill("2026-12-03")
    row.get_by_label("Deal").fill("Borg rollout")
    sign_off(page)
    page.get_by_role("button", name="Both agree").click()
    page.locator(".carried .step").get_by_text(
        "Manager, 3 December 2026: Walk the contract through with legal (Borg rollout)"
    ).wait_for()
    assert offered == page.locator(".agree .step").count()


def test_a_1_on_1_is_kept_only_once_both_have_signed_off(visit: Callable[..., Page]) -> None:
    page = prepared(visit)
    hold = page.get_by_role("button", name="Both agree")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    for name in ("Ilse Brandt", "Manager"):
        hold.click()
        page.get_by_text(f"{name} has not signed off yet").wait_for()
        box = page.get_by_label(f"{name} agrees")
        assert box.evaluate("one => one === document.activeElement")
        page.keyboard.press("Space")
    assert [] == [one for one in asked if one.endswith("/held")]
    hold.click()
    page.get_by_text("Kept, with").wait_for()
    assert not page.get_by_label("Manager agrees").is_checked()


def test_the_pack_is_handed_out_in_three_forms(visit: Callable[..., Page]) -> None:
    page = prepared(visit)
    for name, file in (("Markdown", "one-on-one.md"), ("Calendar", "next-one-on-one.ics"), ("JSON", "one-on-one.json")):
        with page.expect_download() as handed:
            page.locator(".actions").get_by_text(name, exact=True).click()
        assert file == handed.value.suggested_filename
        assert "Ilse Brandt" in handed.value.path().read_text(encoding="utf-8")


def test_the_page_fits_a_phone(visit: Callable[..., Page]) -> None:
    page = prepared(visit, viewport={"width": 375, "height": 800})
    assert 375 == page.evaluate("document.documentElement.scrollWidth")
