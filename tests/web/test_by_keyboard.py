"""The main job by the keyboard alone, from the opened page to a question on the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.samples import sample
from tests.web.steps import Visit, answer_with, focused

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOST_STOPS = 20
"""More often than that nobody presses Tab."""


def tab_to(page: Page, name: str) -> None:
    """Go on by Tab until what is called so has the focus."""
    passed = []
    while (at := focused(page, "ariaLabel") or focused(page, "textContent")) != name:
        passed.append(at)
        assert len(passed) < MOST_STOPS, passed
        page.keyboard.press("Tab")


def test_from_the_opened_page_to_a_question_on_the_clipboard(visit: Visit) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    page.wait_for_function("() => document.activeElement.id === 'note'")
    page.keyboard.insert_text(sample().note)
    tab_to(page, "Review note")
    page.keyboard.press("Enter")
    page.wait_for_selector("#review:not([hidden])")
    tab_to(page, "Skip the note")
    page.keyboard.press("Enter")
    tab_to(page, "Copy question 1")
    page.keyboard.press("Enter")
    page.get_by_text("Copied", exact=True).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("?")
    assert page.locator("#asks li").first.inner_text().startswith(copied)


def test_a_sample_s_verdict_leads_to_its_evidence_and_back(visit: Visit) -> None:
    page = visit()
    answer_with(page, lambda review: review["claim"].update(because=[len(review["statements"]) - 1]))
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'submit'")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#review:not([hidden])")
    assert "verdict" == focused(page, "id")
    page.keyboard.press("Tab")
    quote = focused(page, "textContent")
    page.keyboard.press("Enter")
    assert "MARK" == focused(page, "tagName")
    assert quote == focused(page, "textContent")
    assert page.locator("#card").is_visible()
    assert "card" == focused(page, "getAttribute('aria-describedby')")
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()
    assert focused(page, "className").startswith("quote")
