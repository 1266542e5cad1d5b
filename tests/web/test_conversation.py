"""The conversation's page in a real browser: moves in their place, the balance, and better questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.web.staged import TALK
from tests.web.steps import (
    HOSTILE,
    PHONE,
    Visit,
    answer_with,
    drop,
    error_of,
    nameless,
    no_sideways_scroll,
    send,
    take_sample,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATH = "/v1/manager-reviews"
TELLING = {"tell", "takeover", "judgement"}


def mirror(page: Page) -> dict[str, Any]:
    take_sample(page)
    return send(page, PATH)


def test_the_empty_form_begins_with_the_transcript_and_names_every_control(visit: Visit) -> None:
    page = visit("manager")
    assert "How did you ask?" == page.locator("h1").inner_text()
    assert "transcript" == page.evaluate("document.activeElement.id")
    assert "Conversation" == page.locator("nav [aria-current=page]").inner_text()
    assert 0 == page.locator("[data-text]:empty").count()
    assert [] == nameless(page)


def test_moves_stand_in_the_whole_transcript_in_two_colours(visit: Visit) -> None:
    page = visit("manager")
    review = mirror(page)
    assert TALK["transcript"] == page.locator(".text").text_content()
    assert [one["quote"] for one in review["moves"]] == page.locator("mark").all_text_contents()
    sides = ["tell" if one["move"] in TELLING else "ask" for one in review["moves"]]
    assert sides == [mark.get_attribute("class") for mark in page.locator("mark").all()]
    assert {"ask", "tell"} == set(sides)
    ground = "(side) => getComputedStyle(document.querySelector(`mark.${side}`)).backgroundColor"
    assert page.evaluate(ground, "ask") != page.evaluate(ground, "tell")


def test_a_mark_tells_its_kind_on_hover_and_focus(visit: Visit) -> None:
    page = visit("manager")
    answer_with(page, lambda review: review["moves"][0].update(move="takeover"), path=PATH)
    mirror(page)
    page.hover("mark >> nth=0")
    page.locator("#card").wait_for(state="visible")
    assert "Taking over" in page.locator("#card").inner_text()
    page.hover("#review h1")
    page.locator("#card").wait_for(state="hidden")
    page.focus("mark >> nth=0")
    page.locator("#card").wait_for(state="visible")
    assert page.get_attribute("mark >> nth=0", "aria-label").startswith("Taking over: ")  # type: ignore[union-attr]


def test_the_balance_is_shown_in_numbers_and_as_a_bar(visit: Visit) -> None:
    page = visit("manager")
    counts = {
        "asked": 6, "told": 3, "buyer_questions": 3, "seller_questions": 2, "coaching_questions": 1, "tells": 1,
        "takeovers": 2, "judgements": 0, "supports": 4, "accountabilities": 5, "manager_words": 30, "other_words": 90,
    }  # fmt: skip
    answer_with(page, lambda review: review.update(balance=counts), path=PATH)
    mirror(page)
    shown = page.locator(".talk-balance").inner_text()
    for text in ("6 Asked", "3 Told", "3 about the customer", "2 about us", "2 taking over", "0 judging the person"):
        assert text in shown
    assert "support 4, commitments agreed or checked 5" in shown
    assert "You 25 %" in shown
    widths = [page.locator(f".talk-balance .bar >> nth=0 >> .{side}").bounding_box() for side in ("ask", "tell")]
    assert widths[0]["width"] == pytest.approx(2 * widths[1]["width"], rel=0.02)  # type: ignore[index]


def test_the_one_practice_and_the_rewrites_lead_to_what_was_said(visit: Visit, address: str) -> None:
    page = visit("manager")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    review = mirror(page)
    assert review["practice"]["title"] == page.locator("#verdict").inner_text()
    assert "verdict" == page.evaluate("document.activeElement.id")
    said = [review["moves"][one["move"]]["quote"] for one in review["rewrites"]]
    assert (3, said) == (len(said), page.locator(".was").all_inner_texts())
    assert [one["ask"] for one in review["rewrites"]] == page.locator(".better").all_inner_texts()
    page.click("role=button[name='Copy question 2']")
    page.wait_for_selector("text=Copied >> visible=true")
    assert review["rewrites"][1]["ask"] == page.evaluate("navigator.clipboard.readText()")
    page.click("role=button[name='See in the transcript: question 2']")
    assert said[1] == page.evaluate("document.activeElement.textContent")
    assert review["rewrites"][1]["ask"] in page.locator("#card").inner_text()
    page.keyboard.press("Escape")
    page.click(".focus .quote >> nth=0")
    first = review["moves"][review["practice"]["because"][0]]["quote"]
    assert first == page.evaluate("document.activeElement.textContent")


def test_earlier_conversations_are_a_trend_with_this_one_last(visit: Visit) -> None:
    page = visit("manager")
    take_sample(page)
    transcript = TALK["transcript"].replace("Ruth", "Ruthmarie")
    for day, more in (("2026-03-02", ""), ("2026-04-06", "\nRuthmarie: What has Greta done since?")):
        page.fill("#manager", "Ruthmarie")
        page.fill("#held-on", day)
        page.fill("#transcript", transcript + more)
        review = send(page, PATH)
        assert page.locator(".trend").count() == len(review["trend"])
        page.click("text=Edit")
        page.locator("#transcript").wait_for(state="visible")
    page.go_forward()
    assert ["2 Mar 2026", "6 Apr 2026, this one"] == page.locator(".trend h3").all_inner_texts()
    asked = review["balance"]["asked"]
    assert f"asked {asked}" in page.locator(".trend li").last.inner_text()


def test_notices_and_a_conversation_without_moves_are_told(visit: Visit) -> None:
    page = visit("manager")

    def nothing(review: dict[str, Any]) -> None:
        review["practice"]["because"] = []
        review.update(moves=[], rewrites=[], notices=[{"code": "manager_guessed", "text": "Name the manager."}])

    answer_with(page, nothing, path=PATH)
    mirror(page)
    assert "Name the manager." in page.locator(".notices").inner_text()
    assert "No question, advice" in page.locator(".note").inner_text()
    assert "Nothing here needs another question." in page.locator(".rewrites").inner_text()
    assert TALK["transcript"] == page.locator(".text").text_content()


def test_an_error_keeps_what_was_written(visit: Visit) -> None:
    page = visit("manager")
    page.click("#submit")
    assert "Paste a transcript" in error_of(page)
    page.fill("#transcript", TALK["transcript"])
    page.fill("#manager", "Bertram")
    page.fill("#rep", "Anand")
    page.click("#submit")
    page.wait_for_function("() => document.getElementById('error').textContent.includes('manager')")
    assert "What you wrote is still here." in error_of(page)
    assert (TALK["transcript"], "Bertram", "Anand") == tuple(
        page.input_value(field) for field in ("#transcript", "#manager", "#rep")
    )
    page.fill("#manager", "")
    send(page, PATH)
    assert page.locator("#error").is_hidden()


def test_dropped_captions_become_the_transcript(visit: Visit) -> None:
    page = visit("manager")
    captions = "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Ruth>Did the quote go out?\n\n"
    assert drop(page, "header", "call.vtt", captions + "00:02.000 --> 00:04.000\n<v Anand>On Monday.\n")
    page.wait_for_function("() => document.getElementById('transcript').value.includes('On Monday')")
    assert "Ruth: Did the quote go out?\nAnand: On Monday." == page.input_value("#transcript").strip()


def test_markup_in_a_transcript_stays_text(visit: Visit) -> None:
    page = visit("manager")
    transcript = f"Ruth: Did it go out? {HOSTILE.replace(chr(10), ' ')}\nAnand: On Monday.\nRuth: Give me the number."

    def everywhere(review: dict[str, Any]) -> None:
        review["practice"]["title"] = review["rep"] = HOSTILE
        review["rewrites"] = [{"move": 0, "ask": HOSTILE}]

    answer_with(page, everywhere, path=PATH)
    page.fill("#transcript", transcript)
    page.fill("#manager", "Ruth")
    send(page, PATH)
    page.focus("mark >> nth=0")
    assert 0 == page.locator("#review script, #review img").count()
    assert transcript == page.locator(".text").text_content()


def test_a_phone_is_wide_enough_and_shows_better_questions_before_the_transcript(visit: Visit) -> None:
    page = visit("manager", **PHONE)
    assert no_sideways_scroll(page)
    mirror(page)
    assert no_sideways_scroll(page)
    tops = [page.locator(which).bounding_box()["y"] for which in (".focus", ".talk-balance", ".rewrites", ".note")]  # type: ignore[index]
    assert sorted(tops) == tops
    page.locator("mark").first.tap()
    page.locator("#card").wait_for(state="visible")
    assert no_sideways_scroll(page)


def test_no_request_leaves_the_host_and_nothing_is_stored(visit: Visit, address: str) -> None:
    page = visit("manager")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    mirror(page)
    assert len(asked) > 10
    assert [] == [url for url in asked if not url.startswith(address)]
    assert 0 == page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length")


def test_the_pages_lead_to_one_another(visit: Visit) -> None:
    page = visit()
    for name, title in (("Rep", "What would help this rep?"), ("Conversation", "How did you ask?")):
        page.click(f"nav >> text={name}")
        page.wait_for_function("(title) => document.querySelector('h1').textContent === title", arg=title)
        assert name == page.locator("nav [aria-current=page]").inner_text()
    page.click("nav >> text=Deal note")
    page.wait_for_selector("#note")
