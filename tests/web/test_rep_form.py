"""The form for a rep in a real browser: written, dropped or chosen, what fails, and what is kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.staged import SAMPLE
from tests.web.steps import PHONE, Visit, drop, error_of, nameless, no_sideways_scroll, send, take_sample

if TYPE_CHECKING:
    from playwright.sync_api import Page

PACKET: dict[str, Any] = {
    "rep": "Ilse",
    "role": "Account executive",
    "tenure": "8 months",
    "self_assessment": {"ratings": {"discovery": 2, "value_case": 5}, "text": "I find the first minute hard."},
    "manager_observation": "She opened with the price on 3 June.",
    "ride_along": "Two visits.",
    "deal_notes": ["One.", "Two."],
    "results": {"Quota": 71, "Trend": "up"},
}


def written(page: Page) -> dict[str, Any]:
    """The packet that the form sends, without its day."""
    with page.expect_request("**/v1/diagnoses") as request:
        page.click("#submit")
    packet: Any = request.value.post_data_json
    return {name: value for name, value in packet.items() if name != "as_of"}


def test_the_empty_form_begins_with_the_name_and_names_every_control(visit: Visit) -> None:
    page = visit("rep")
    assert "What would help this rep?" == page.locator("h1").inner_text()
    assert "rep" == page.evaluate("document.activeElement.id")
    assert "Rep" == page.locator("nav [aria-current=page]").inner_text()
    assert 0 == page.locator("[data-text]:empty").count()
    assert 48 == page.locator("#ratings input").count()
    page.click("#add-note")
    page.click("#add-figure")
    assert [] == nameless(page)


def test_the_form_sends_what_was_written(visit: Visit) -> None:
    page = visit("rep")
    page.fill("#rep", "Ilse")
    page.fill("#role", PACKET["role"])
    page.fill("#tenure", PACKET["tenure"])
    page.fill("#observation", PACKET["manager_observation"])
    page.fill("#ride-along", PACKET["ride_along"])
    page.get_by_label("How the rep sees it, in their own words").fill("I find the first minute hard.")
    page.get_by_role("group", name="Discovery").get_by_label("2").check()
    page.get_by_role("group", name="The value case").get_by_label("5, strong").check()
    page.get_by_label("Deal note 1", exact=True).fill("One.")
    page.click("#add-note")
    page.keyboard.type("Two.")
    page.fill("#figure-name-1", "Quota")
    page.fill("#figure-value-1", "71")
    page.click("#add-figure")
    page.keyboard.type("Trend")
    page.fill("#figure-value-2", "up")
    assert PACKET == written(page)


def test_what_is_left_out_is_sent_as_nothing(visit: Visit) -> None:
    page = visit("rep")
    page.fill("#rep", "Ilse")
    page.fill("#note-1", "Dana signed.")
    empty = {"role": "", "tenure": "", "self_assessment": {"ratings": {}, "text": ""}, "results": None}
    assert {
        "rep": "Ilse", "manager_observation": None, "ride_along": None, "deal_notes": ["Dana signed."], **empty,
    } == written(page)  # fmt: skip


def test_notes_and_figures_can_be_taken_away(visit: Visit) -> None:
    page = visit("rep")
    page.fill("#note-1", "One.")
    page.click("#add-note")
    page.fill("#note-2", "Two.")
    page.click("role=button[name='Remove deal note 1']")
    assert "note-1" == page.evaluate("document.activeElement.id")
    assert "Two." == page.input_value("#note-1")
    page.click("role=button[name='Remove deal note 1']")
    assert "add-note" == page.evaluate("document.activeElement.id")
    assert "" == page.input_value("#note-1")
    page.fill("#figure-name-1", "Quota")
    page.click("role=button[name='Remove figure 1']")
    assert "" == page.input_value("#figure-name-1")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("packet.json", json.dumps(PACKET)),
        ("packet.yaml", json.dumps(PACKET, indent=2)),
    ],
)
def test_a_dropped_packet_fills_the_form(visit: Visit, name: str, content: str) -> None:
    page = visit("rep")
    page.fill("#note-1", "Of before.")
    page.get_by_role("group", name="Prospecting").get_by_label("4").check()
    assert drop(page, "h1", name, content)
    page.wait_for_function("() => document.activeElement.id === 'submit'")
    assert PACKET == written(page)


def test_a_chosen_packet_fills_the_form(visit: Visit) -> None:
    page = visit("rep")
    content = b"rep: Ilse\ndeal_notes: [One., Two.]\n"
    page.set_input_files("#file", {"name": "p.yml", "mimeType": "text/yaml", "buffer": content})
    page.wait_for_function("() => document.getElementById('rep').value === 'Ilse'")
    assert ["One.", "Two."] == written(page)["deal_notes"]


def test_a_dropped_note_goes_where_it_was_dropped_or_becomes_a_deal_note(visit: Visit) -> None:
    page = visit("rep")
    drop(page, "#observation", "seen.txt", "She opened with the price.")
    page.wait_for_function("() => document.getElementById('observation').value !== ''")
    drop(page, "#observation", "one.txt", "One.")
    page.wait_for_function("() => document.getElementById('note-1').value !== ''")
    drop(page, "header", "two.txt", "Two.")
    page.wait_for_selector("#note-2")
    notes = [page.input_value(f"#note-{number}") for number in (1, 2)]
    assert ("She opened with the price.", ["One.", "Two."]) == (page.input_value("#observation"), notes)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("packet.json", '{"rep": "Ilse", "mood": "bad"}', "mood"),
        ("packet.json", '{"rep": ', "line 1"),
        ("note.exe", "MZ", ".exe"),
    ],
)
def test_a_file_that_is_no_packet_is_told_and_what_was_written_kept(
    visit: Visit, name: str, content: str, said: str
) -> None:
    page = visit("rep")
    page.fill("#rep", "Marit")
    page.fill("#observation", "She waited.")
    drop(page, "main", name, content)
    error = error_of(page)
    assert said in error
    assert "What you wrote is still here." in error
    assert ("Marit", "She waited.") == (page.input_value("#rep"), page.input_value("#observation"))


def test_what_is_missing_is_told_at_its_field(visit: Visit) -> None:
    page = visit("rep")
    page.click("#submit")
    assert "Say who the rep is" in error_of(page)
    assert "rep" == page.evaluate("document.activeElement.id")
    page.fill("#rep", "Ilse")
    page.click("#submit")
    page.wait_for_function("() => document.activeElement.id === 'observation'")
    assert "nothing to read" in error_of(page)
    page.fill("#observation", "She waited.")
    page.fill("#figure-value-1", "71 %")
    page.click("#submit")
    page.wait_for_function("() => document.activeElement.id === 'figure-name-1'")
    assert "no name" in error_of(page)


def test_a_refusal_of_the_server_is_told_at_its_field_and_everything_kept(visit: Visit) -> None:
    page = visit("rep")
    page.fill("#rep", "Ilse")
    page.click("#add-note")
    page.fill("#note-2", "Dana \0 signed.")
    kept = page.input_value("#note-2")
    page.get_by_role("group", name="Discovery").get_by_label("3").check()
    page.click("#submit")
    assert "What you wrote is still here." in error_of(page)
    assert ["note-2", "true"] == page.evaluate("[document.activeElement.id, document.activeElement.ariaInvalid]")
    assert (kept, True) == (page.input_value("#note-2"), page.locator("[name=discovery][value='3']").is_checked())
    page.fill("#note-2", "Dana signed.")
    send(page, "/v1/diagnoses")
    assert page.locator("#error").is_hidden()


def test_a_server_that_is_gone_is_told(visit: Visit) -> None:
    page = visit("rep")
    page.route("**/v1/diagnoses", lambda route: route.abort())
    take_sample(page)
    page.keyboard.press("Control+Enter")
    assert "Coach does not answer" in error_of(page)
    assert SAMPLE["manager_observation"] == page.input_value("#observation")
    assert "Prepare the 1-on-1" == page.locator("#submit").inner_text()


def test_back_returns_to_the_form_as_it_was_and_another_rep_empties_it(visit: Visit) -> None:
    page = visit("rep")
    take_sample(page)
    send(page, "/v1/diagnoses")
    page.go_back()
    page.locator("#rep").wait_for(state="visible")
    assert SAMPLE["deal_notes"][1] == page.input_value("#note-2")
    page.go_forward()
    page.click("text=Another rep")
    page.locator("#rep").wait_for(state="visible")
    assert ["", "", 8] == [
        page.input_value("#rep"),
        page.input_value("#note-1"),
        page.locator("#ratings input[value='']:checked").count(),
    ]
    assert 0 == page.locator("#note-2").count()


def test_a_rating_is_given_by_keyboard(visit: Visit) -> None:
    page = visit("rep")
    page.focus("[name=discovery][value='']")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert page.locator("[name=discovery][value='4']").is_checked()
    page.keyboard.press("Tab")
    assert "qualification" == page.evaluate("document.activeElement.name")


def test_a_phone_is_wide_enough_for_the_form(visit: Visit) -> None:
    page = visit("rep", **PHONE)
    assert no_sideways_scroll(page)
    take_sample(page)
    page.fill("#figure-name-1", "n" * 100)
    page.fill("#observation", "word" * 100)
    assert no_sideways_scroll(page)
    page.fill("#rep", "")
    page.click("#submit")
    error_of(page)
    assert no_sideways_scroll(page)
