"""The form in a real browser: a note typed, chosen or dropped, what fails, and what is kept."""

from __future__ import annotations

import pytest

from tests.web.steps import HOSTILE, PHONE, Visit, drop, no_sideways_scroll, review_note


def test_the_empty_page_teaches_and_waits_for_the_note(visit: Visit) -> None:
    page = visit()
    assert "Coach" == page.title()
    assert "What has the customer done?" == page.locator("h1").inner_text()
    assert page.locator("#editor .lead").inner_text()
    assert "note" == page.evaluate("document.activeElement.id")
    assert 0 == page.locator("[data-text]:empty").count()


def test_an_empty_note_is_told_by_the_form_and_asked_of_nobody(visit: Visit) -> None:
    page = visit()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.fill("#note", " \n")
    page.click("#submit")
    error = page.locator("#error")
    error.wait_for(state="visible")
    assert "alert" == error.get_attribute("role")
    assert "empty" in error.inner_text()
    assert "note" == page.evaluate("document.activeElement.id")
    assert [] == [url for url in asked if "deal-reviews" in url]
    assert page.locator("#review").is_hidden()


def test_a_refused_field_is_marked_and_everything_written_is_kept(visit: Visit) -> None:
    page = visit()
    page.fill("#note", "Dana signed.\0" + HOSTILE)
    kept = page.input_value("#note")
    page.fill("#name", "Brook")
    page.click("#submit")
    page.locator("#error").wait_for(state="visible")
    assert "Your note is still here." in page.locator("#error").inner_text()
    assert "true" == page.get_attribute("#note", "aria-invalid")
    assert "note" == page.evaluate("document.activeElement.id")
    assert (kept, "Brook") == (page.input_value("#note"), page.input_value("#name"))
    review_note(page, "Dana signed on Tuesday.")
    assert page.locator("#error").is_hidden()


def test_a_server_that_is_gone_is_told_and_the_note_kept(visit: Visit) -> None:
    page = visit()
    page.route("**/v1/deal-reviews/stream", lambda route: route.abort())
    page.fill("#note", HOSTILE)
    page.keyboard.press("Control+Enter")
    page.locator("#error").wait_for(state="visible")
    assert "Coach does not answer" in page.locator("#error").inner_text()
    assert HOSTILE == page.input_value("#note")
    assert "Review note" == page.locator("#submit").inner_text()


def test_while_it_reads_the_form_says_so_and_sends_once(visit: Visit) -> None:
    page = visit()
    held = []
    page.route("**/v1/deal-reviews/stream", lambda route: held.append(route))  # noqa: PLW0108  playwright marks its handler
    page.fill("#note", HOSTILE)
    page.click("#submit")
    page.locator('#submit:text("Reading…")').wait_for()
    assert "true" == page.get_attribute("#submit", "aria-disabled")
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(100)
    assert 1 == len(held)
    held[0].continue_()
    page.wait_for_selector("#review:not([hidden])")


def test_back_and_edit_return_to_the_note_as_it_was(visit: Visit) -> None:
    page = visit()
    review_note(page, HOSTILE, name="Brook")
    page.go_back()
    page.locator("#note").wait_for(state="visible")
    assert (HOSTILE, "Brook") == (page.input_value("#note"), page.input_value("#name"))
    page.go_forward()
    page.locator("#review").wait_for(state="visible")
    page.click("text=Edit note")
    page.locator("#note").wait_for(state="visible")
    review_note(page, HOSTILE)
    page.click("text=New note")
    page.locator("#note").wait_for(state="visible")
    assert ("", "") == (page.input_value("#note"), page.input_value("#name"))
    assert page.input_value("#written-on")


def test_back_works_after_a_reload_on_a_review_too(visit: Visit) -> None:
    page = visit()
    review_note(page, HOSTILE)
    page.reload()
    page.locator("#note").wait_for(state="visible")
    review_note(page, HOSTILE)
    page.go_back()
    page.locator("#note").wait_for(state="visible")
    assert page.locator("#review").is_hidden()


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("note.txt", "Dana signed. 🎉".encode(), "Dana signed. 🎉"),
        ("note.md", b"# Brook\r\nDana signed.", "# Brook\nDana signed."),
    ],
)
def test_a_chosen_file_becomes_the_note(visit: Visit, name: str, content: bytes, text: str) -> None:
    page = visit()
    page.set_input_files("#file", {"name": name, "mimeType": "text/plain", "buffer": content})
    page.wait_for_function("() => document.getElementById('note').value.includes('Dana')")
    assert text == page.input_value("#note")


def test_a_file_dropped_anywhere_becomes_the_note_and_one_that_cannot_be_read_is_told(visit: Visit) -> None:
    page = visit()
    assert drop(page, "header", "note.txt", "Dana signed.")
    page.wait_for_function("() => document.getElementById('note').value === 'Dana signed.'")
    assert drop(page, "#note", "note.exe", "MZ")
    page.locator("#error").wait_for(state="visible")
    assert "Dana signed." == page.input_value("#note")


def test_dark_and_light_follow_the_system(visit: Visit) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light = visit(color_scheme="light").evaluate(ground)
    dark = visit(color_scheme="dark").evaluate(ground)
    assert ("rgb(250, 249, 247)", "rgb(20, 23, 27)") == (light, dark)


def test_a_phone_is_wide_enough_for_every_state(visit: Visit) -> None:
    page = visit(**PHONE)
    assert no_sideways_scroll(page)
    page.click("#submit")
    page.locator("#error").wait_for(state="visible")
    assert no_sideways_scroll(page)
    review_note(page, f"Dana signed https://{'long' * 60}.example and {'word' * 100}.", name="n" * 300)
    assert no_sideways_scroll(page)
    columns = page.locator(".columns").evaluate("one => getComputedStyle(one).gridTemplateColumns.split(' ').length")
    assert 1 == columns
