"""The review in a real browser: evidence in its place, the verdict, and a question worth asking."""

from __future__ import annotations

from typing import Any

import pytest

from coach.domain.evidence import UNSURE
from tests.web.steps import (
    HOSTILE,
    PHONE,
    Visit,
    answer_with,
    focused,
    frame,
    no_sideways_scroll,
    review_note,
    review_sample,
)


def test_marks_hold_exactly_the_quotes_and_the_note_is_whole(visit: Visit) -> None:
    page = visit()
    review = review_note(page, HOSTILE)
    marks = page.locator("mark").all_text_contents()
    assert [one["quote"] for one in review["statements"]] == marks
    assert len(marks) >= 2
    centres = [mark.get_attribute("class") for mark in page.locator("mark").all()]
    assert [one["centre"] for one in review["statements"]] == centres
    assert HOSTILE == page.locator(".text").text_content()


def test_offsets_after_emoji_are_code_points(visit: Visit) -> None:
    page = visit()
    points = list(HOSTILE)
    spans = [(0, 4), (HOSTILE.index("🎉"), HOSTILE.index("🎉") + 1), (len(points) - 5, len(points))]

    def three_marks(review: dict[str, Any]) -> None:
        first = review["statements"][0]
        review["statements"] = [
            first | {"start": start, "end": end, "quote": HOSTILE[start:end]} for start, end in spans
        ]

    answer_with(page, three_marks)
    review_note(page, HOSTILE)
    assert [HOSTILE[start:end] for start, end in spans] == page.locator("mark").all_text_contents()


def test_markup_in_a_note_stays_text(visit: Visit) -> None:
    page = visit()
    review_note(page, HOSTILE, name="<b>Brook</b><img src=x onerror=alert(2)>")
    assert 0 == page.locator("#review script, #review img, #review b").count()
    assert "<b>Brook</b><img src=x onerror=alert(2)>" == page.locator("#review h1").inner_text()


def test_no_request_leaves_the_host_and_nothing_is_stored(visit: Visit, address: str) -> None:
    page = visit()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.click("#sample")
    review_sample(page)
    assert len(asked) > 8
    assert [] == [url for url in asked if not url.startswith(address)]
    stored = "localStorage.length + sessionStorage.length + document.cookie.length"
    assert 0 == page.evaluate(stored)


def test_skipping_the_note_stays_on_the_review(visit: Visit) -> None:
    page = visit()
    review_sample(page)
    page.focus(".skip")
    page.keyboard.press("Enter")
    assert "asks" == focused(page, "id")
    assert page.locator("#review").is_visible()


def test_a_mark_tells_why_it_counts_on_hover_focus_and_tap(visit: Visit) -> None:
    page = visit()
    detail = {
        "kind": "buyer_action", "centre": "buyer", "grade": 5, "verifiable": True, "direction": "stalls",
        "informs": "process", "who": "Dana Ito", "when": "2026-05-12",
    }  # fmt: skip
    answer_with(page, lambda review: review["statements"][0].update(detail))
    review_sample(page)
    page.hover("mark >> nth=0")
    card = page.locator("#card")
    card.wait_for(state="visible")
    shown = card.inner_text()
    for text in (
        "Customer\u2019s act",
        "Strength 5 of 5",
        "Dana Ito",
        "12 May 2026",
        "Counts against the deal",
        "Process",
    ):
        assert text in shown
    page.hover("#card")
    page.wait_for_timeout(300)
    assert card.is_visible()
    page.hover("#review h1")
    card.wait_for(state="hidden")
    page.focus("mark >> nth=0")
    card.wait_for(state="visible")


def test_a_tap_on_a_phone_opens_the_card_inside_the_window(visit: Visit) -> None:
    page = visit(**PHONE)
    review_sample(page)
    for mark in page.locator("mark").all()[:4]:
        mark.tap()
        card = frame(page, "#card")
        assert card["x"] >= 0
        assert card["x"] + card["width"] <= 375
        page.locator("#card").tap()
        page.locator("#card").wait_for(state="hidden")
    assert no_sideways_scroll(page)


def test_a_question_of_the_strip_leads_to_its_evidence(visit: Visit) -> None:
    page = visit()
    answer_with(page, lambda review: review["coverage"]["process"].update(because=[1, 2]))
    review = review_sample(page)
    page.click(".strip .cell >> nth=3")
    assert review["statements"][1]["quote"] == focused(page, "textContent")
    lit = page.locator("mark.lit").all_text_contents()
    assert [one["quote"] for one in review["statements"][1:3]] == lit


def test_a_question_without_evidence_leads_to_what_to_ask(visit: Visit) -> None:
    page = visit()

    def nothing_heard(review: dict[str, Any]) -> None:
        review["coverage"]["problem"] = {"status": "missing", "because": [], "ask": ["What hurts?"]}
        review["coverage"]["criteria"] = {"status": "missing", "because": [], "ask": []}
        review["questions"] = [{"ask": "What hurts?", "question": "problem", "because": []}]

    answer_with(page, nothing_heard)
    review_sample(page)
    cells = page.locator(".strip .cell")
    cells.nth(0).click()
    assert "ask-0" == focused(page, "id")
    assert cells.nth(1).is_disabled()
    assert "Missing" in cells.nth(1).inner_text()


def test_every_question_can_be_copied(visit: Visit, address: str) -> None:
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    asks: list[dict[str, Any]] = [
        {"ask": "What has Dana done?", "question": "action", "because": [0]},
        {"ask": "Who signs?", "question": "process", "because": []},
    ]
    answer_with(page, lambda review: review.update(questions=asks))
    review_sample(page)
    assert [one["ask"] for one in asks] == page.locator(".asks li > p:first-child").all_inner_texts()
    page.click("text=Copy >> nth=1")
    page.wait_for_selector("text=Copied >> visible=true")
    assert "What has Dana done?" == page.evaluate("navigator.clipboard.readText()")
    page.click("text=Copy all")
    page.wait_for_selector("text=Copied >> nth=1")
    assert "1. What has Dana done?\n2. Who signs?" == page.evaluate("navigator.clipboard.readText()")
    page.click(".asks li >> nth=0 >> text=See in note")
    assert "0" == focused(page, "dataset.index")


@pytest.mark.parametrize(
    ("verdict", "word", "icon"),
    [
        ("established", "Established", "✓"),
        ("unproven", "Unproven", "?"),
        ("refuted", "Refuted", "✕"),
        ("no_claim", "No claim", "\u2013"),
    ],
)
def test_each_verdict_has_a_word_and_an_icon_beside_its_colour(
    visit: Visit, verdict: str, word: str, icon: str
) -> None:
    page = visit()
    claim = {
        "verdict": verdict, "close_date": None if verdict == "no_claim" else "2026-06-30", "because": [],
        "explanation": "So it is.", "would_establish": ["A signature."],
        "refuter": {"act": "The board says no", "by": "2026-06-12"},
    }  # fmt: skip
    notice = {"code": "not_english", "text": "This does not read as English."}
    answer_with(page, lambda review: review.update(claim=claim, notices=[notice]))
    review_sample(page)
    assert [icon, *word.split()] == page.locator("#verdict").inner_text().split()
    panel = page.locator(".verdict").inner_text()
    assert (verdict != "no_claim") == ("30 June 2026" in panel)
    for text in ("So it is.", "A signature.", "The board says no", "By 12 June 2026"):
        assert text in panel
    assert notice["text"] in page.locator(".notices").inner_text()
    assert word in page.locator("deal-coach #announcer").inner_text()


@pytest.mark.parametrize(("confidence", "said"), [(UNSURE - 0.01, True), (UNSURE, False), (None, False)])
def test_a_card_says_where_the_reader_is_not_sure(visit: Visit, confidence: float | None, said: bool) -> None:
    page = visit()
    answer_with(page, lambda review: review["statements"][0].update(confidence=confidence))
    review_sample(page)
    page.locator("mark").first.hover()
    page.locator("#card").wait_for(state="visible")
    assert said == ("Not sure" in page.locator("#card").inner_text())


def test_on_a_wide_screen_the_note_and_the_coaching_stand_side_by_side(visit: Visit) -> None:
    page = visit(viewport={"width": 1360, "height": 900})
    review_sample(page)
    note, coaching = frame(page, ".note"), frame(page, ".coaching")
    assert note["y"] == coaching["y"]
    assert note["x"] + note["width"] <= coaching["x"]


def test_print_leaves_the_buttons_out(visit: Visit) -> None:
    page = visit(color_scheme="dark")
    review_sample(page)
    page.emulate_media(media="print")
    assert 0 == page.locator(".actions:visible, .copy:visible, #editor:visible").count()
    assert (
        page.evaluate(
            "getComputedStyle(document.querySelector('deal-coach').shadowRoot.querySelector('.panel.note')).backgroundColor"
        )
        == "rgb(255, 255, 255)"
    )
