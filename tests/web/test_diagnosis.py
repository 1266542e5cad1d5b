"""The diagnosis in a real browser: what it rests on, what to do, and what is handed back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest

from tests.web.staged import SAMPLE, SIGNALS
from tests.web.steps import HOSTILE, PHONE, Visit, answer_with, nameless, no_sideways_scroll, send, take_sample

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATH = "/v1/diagnoses"


@pytest.fixture
def staged(visit: Visit, staged_address: str) -> Visit:
    """Open the page where the sample is read as `SIGNALS` has it."""

    def opened(**options: Any) -> Page:
        return visit(urljoin(staged_address, "rep"), **options)

    return opened


def diagnose(page: Page) -> dict[str, Any]:
    take_sample(page)
    return send(page, PATH)


def test_the_sample_becomes_a_diagnosis_with_its_quotes(visit: Visit) -> None:
    page = visit("rep")
    found = diagnose(page)
    assert SAMPLE["rep"] == page.locator("#review h1").inner_text()
    assert "verdict" == page.evaluate("document.activeElement.id")
    because = {found["signals"][index]["quote"] for index in found["primary"]["because"]}
    assert because
    assert because <= set(page.locator(".because blockquote").all_text_contents())
    shown = page.locator(".remedy").inner_text()
    assert found["prescription"]["title"] in shown
    assert len(found["prescription"]["next_one_on_one"]) == page.locator(".remedy input[type=checkbox]").count()
    assert [] == nameless(page)


def test_the_headline_names_gap_and_competency_and_what_would_tell_the_rival_apart(staged: Visit) -> None:
    page = staged()
    found = diagnose(page)
    assert "A gap of will in access to decision makers" == page.locator("#verdict").inner_text()
    finding = page.locator(".finding").inner_text()
    for text in ("a matter of confidence", "Skill: Marit Aldersen could not", found["primary"]["look"]):
        assert text in finding
    assert "A gap of will" in page.title()
    assert "A gap of will" in page.locator("#announcer").inner_text()


def test_quotes_stand_under_the_text_they_are_from(staged: Visit) -> None:
    page = staged()
    diagnose(page)
    groups = page.locator(".because > .from")
    titles = ["The rep’s own words", "What you saw", "Ride-along", "Deal note 1", "Deal note 2"]
    assert titles == groups.locator("h3").all_inner_texts()
    of_access = [quote for field, quote, signal, _ in SIGNALS if field == "deal_notes.0" and signal == "shown_before"]
    assert of_access == groups.nth(3).locator("blockquote").all_inner_texts()
    assert "2 other things that were read" == page.locator(".because > details > summary").inner_text()


def test_of_many_quotes_from_one_text_the_surest_stand_and_the_rest_is_folded(staged: Visit) -> None:
    page = staged()

    def four_of_one_text(found: dict[str, Any]) -> None:
        first = found["signals"][0]
        found["signals"] = [
            first | {"quote": f"quote {number}", "confidence": sure} for number, sure in enumerate((0.3, 0.9, 0.2, 0.8))
        ]
        found["primary"]["because"] = [0, 1, 2, 3]
        found.update(contrast=None, assumptions=[], self_assessment=[], others=[], further=[])

    answer_with(page, four_of_one_text, path=PATH)
    diagnose(page)
    quotes = page.locator(".because blockquote")
    assert ["quote 1", "quote 3"] == [one.inner_text() for one in quotes.all() if one.is_visible()]
    page.click("text=2 more from this text")
    assert 4 == sum(one.is_visible() for one in quotes.all())


def test_one_who_is_not_sure_says_so_calmly(staged: Visit) -> None:
    page = staged()
    answer_with(page, lambda found: found["primary"].update(abstained=True, sub_type=None), path=PATH)
    diagnose(page)
    assert "Not sure: perhaps a gap of will in access to decision makers" == page.locator("#verdict").inner_text()
    assert "Look once more" in page.locator(".finding").inner_text()


def test_the_plan_can_be_ticked_off_and_copied_as_plain_text(staged: Visit, staged_address: str) -> None:
    page = staged()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=staged_address)
    by = "2026-12-10"
    prescription = {
        "competency": "stakeholder_access", "gap": "environment", "title": "Remove the obstacle", "bring": [0],
        "next_one_on_one": ["Say that it is yours.", f"Agree on a way round it until {by}."],
        "practise": "Nothing.", "watch_for": "Whether it comes back.", "by": by,
        "shows_it_worked": f"By {by}: the owner was met.", "manager_action": "Have the price approved in two days.",
    }  # fmt: skip
    answer_with(page, lambda found: found.update(prescription=prescription), path=PATH)
    diagnose(page)
    assert "Have the price approved in two days." in page.locator(".remedy .yours").inner_text()
    page.get_by_label("Say that it is yours.").check()
    page.click(".remedy >> text=Copy the plan")
    page.wait_for_selector("text=Copied >> visible=true")
    brought = page.locator(".remedy q").all_inner_texts()
    assert 1 == len(brought)
    assert brought[0] in page.locator(".because").inner_text()
    assert page.evaluate("navigator.clipboard.readText()") == (
        "Marit Aldersen, access to decision makers: Remove the obstacle\n\n"
        "Yours to mend first: Have the price approved in two days.\n\n"
        f"Bring these words\n“{brought[0]}”\n\n"
        "In the next 1-on-1\n[ ] Say that it is yours.\n[ ] Agree on a way round it until 10 December 2026.\n\n"
        "Practise: Nothing.\nWatch for: Whether it comes back.\nBy: 10 December 2026\nIt worked if: The owner was met."
    )


def test_contrast_assumptions_self_view_and_later_have_their_place(staged: Visit) -> None:
    page = staged()
    found = diagnose(page)
    pair = found["contrast"]
    quotes = [found["signals"][pair[side]]["quote"] for side in ("missing", "shown")]
    assert quotes == page.locator(".contrast blockquote").all_inner_texts()
    assert ["she is just not hungry enough"] == page.locator(".assumptions blockquote").all_inner_texts()
    assert found["assumptions"][0]["ask"] in page.locator(".assumptions").inner_text()
    rows = [row.locator("> *").all() for row in page.locator("tbody tr").all()]
    assert [["Access to decision makers", "3 of 5"], ["Discovery", "4 of 5"]] == [
        [cell.inner_text() for cell in row[:2]] for row in rows
    ]
    assert ["Higher than the texts show", "Matches the texts"] == [row[3].inner_text() for row in rows]
    assert "negotiation (4)" in page.locator(".self > .hint").inner_text()
    later = page.locator(".later details")
    assert later.get_attribute("open") is None
    assert "Recognise it and stretch it: discovery" == later.locator("summary").inner_text()


def test_what_is_declined_stands_first_and_what_was_held_back_is_told(staged: Visit) -> None:
    page = staged()

    def more(found: dict[str, Any]) -> None:
        found["primary"]["capped"] = {"gap": "skill", "why": "It was shown before."}
        found["notices"] = [{"code": "degraded", "text": "The model did not answer."}]
        found["deal_reviews"] = ["dr_1", "dr_2"]
        found["records"] = [{"question": "problem", "counts": {"answered": 1, "partial": 0, "missing": 1}}]

    answer_with(page, more, path=PATH)
    take_sample(page)
    page.fill("#ride-along", "Should we let her go?")
    found = send(page, PATH)
    assert found["declined"]["reason"] in page.locator("#review > section >> nth=0").inner_text()
    assert "Held back. First read as: A gap of skill in access to decision makers. It was shown before." == (
        page.locator(".capped").inner_text()
    )
    assert "The model did not answer." in page.locator(".notices").inner_text()
    assert "Problem: answered in 1, partly in 0, missing in 1" in page.locator(".records").inner_text()
    assert "embedded engine" in page.locator(".provenance").inner_text()


def test_nothing_to_go_by_is_told_without_quotes(visit: Visit) -> None:
    page = visit("rep")

    def nothing(found: dict[str, Any]) -> None:
        found["primary"] |= {"gap": "insufficient_evidence", "abstained": False, "because": [], "rival": "skill"}
        found["prescription"]["bring"] = []
        found.update(signals=[], contrast=None, assumptions=[], self_assessment=[], others=[], further=[])

    answer_with(page, nothing, path=PATH)
    diagnose(page)
    assert "Too little to go by" in page.locator("#verdict").inner_text()
    assert "No quote in these texts" in page.locator(".because").inner_text()


def test_markup_in_a_packet_stays_text(visit: Visit) -> None:
    page = visit("rep")
    tag = "<b>Marit</b><img src=x onerror=alert(2)>"

    def everywhere(found: dict[str, Any]) -> None:
        found["signals"][0] |= {"quote": HOSTILE, "signal": tag, "field": f"{tag}.x"}
        found["primary"] |= {"because": [0], "look": tag}
        found["prescription"] |= {"title": tag, "practise": tag, "manager_action": tag}

    answer_with(page, everywhere, path=PATH)
    page.fill("#rep", tag)
    page.fill("#observation", HOSTILE)
    page.fill("#note-1", "She opened with the price, twice, and was shown out. " + tag)
    send(page, PATH)
    assert 0 == page.locator("#review script, #review img, #review b").count()
    assert tag == page.locator("#review h1").inner_text()
    assert HOSTILE in page.locator(".because blockquote").all_text_contents()


def test_no_red_and_no_figure_of_the_readers_is_set_against_a_person(staged: Visit) -> None:
    page = staged()
    answer_with(page, lambda found: found["primary"].update(confidence=0.8137), path=PATH)
    diagnose(page)
    red = "getComputedStyle(document.documentElement).getPropertyValue('--bad')"
    assert page.evaluate(red).startswith("light-dark(#a0372a,")
    colours = """[...document.querySelectorAll("#review *")].map((one) => getComputedStyle(one))
        .flatMap((style) => [style.color, style.backgroundColor, style.borderLeftColor])"""
    assert "rgb(160, 55, 42)" not in page.evaluate(colours)
    assert "81" not in page.locator("#review").inner_text()


def test_a_phone_is_wide_enough_and_leads_to_what_to_do(staged: Visit) -> None:
    page = staged(**PHONE)
    answer_with(page, lambda found: found["signals"][0].update(quote="long" * 90), path=PATH)
    diagnose(page)
    for details in page.locator("details").all():
        details.evaluate("(one) => { one.open = true; }")
    assert no_sideways_scroll(page)
    page.tap("text=Go to what to do")
    assert "remedy" == page.evaluate("document.activeElement.id")
    assert page.locator("#review").is_visible()


def test_no_request_leaves_the_host_and_nothing_is_stored(visit: Visit, address: str) -> None:
    page = visit("rep")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    diagnose(page)
    assert len(asked) > 10
    assert [] == [url for url in asked if not url.startswith(address)]
    assert 0 == page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length")
