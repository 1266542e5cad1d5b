"""axe-core finds nothing on a form's error, on a correction and on the component, light and dark, wide and on a phone.

Every page as it opens, and with what it has to show, is held to it in `test_every_page`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.web.foreign import foreign_site
from tests.web.steps import HOSTILE, PHONE, Visit, review_note

if TYPE_CHECKING:
    from playwright.sync_api import Page

# axe-core tries styles on, which the pages' policy forbids; that they keep to it is shown elsewhere.
PROBED = {"bypass_csp": True}
LOOKS = [
    pytest.param({"color_scheme": scheme, **window, **PROBED}, id=f"{scheme}-{name}")
    for scheme in ("light", "dark")
    for name, window in (("wide", {"viewport": {"width": 1280, "height": 900}}), ("phone", PHONE))
]


def violations(page: Page, **only: Any) -> list[str]:
    """What axe-core has against a page, by all of its rules or only some: the rule, and the elements that break it."""
    axe = pytest.importorskip(
        "axe_playwright_python.base", reason="axe-playwright-python is not installed (group `browser`)"
    )
    if page.evaluate("!window.axe"):
        page.evaluate(axe.AXE_SCRIPT)
    # What is in a frame is looked at by itself.
    options = {"resultTypes": ["violations"], "iframes": False} | only
    found: list[dict[str, Any]] = page.evaluate("async (options) => (await axe.run(options)).violations", options)
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]


def test_it_would_find_something(visit: Visit) -> None:
    page = visit(**PROBED)
    page.evaluate("document.querySelector('label[for=note]').remove()")
    assert any(one.startswith("label:") for one in violations(page))


@pytest.mark.parametrize("look", LOOKS)
def test_the_error_of_a_form(visit: Visit, look: dict[str, Any]) -> None:
    page = visit(**look)
    page.click("#submit")
    page.locator("#error").wait_for(state="visible")
    assert [] == violations(page)


@pytest.mark.parametrize("look", LOOKS)
def test_the_review_with_an_open_card_and_a_correction(visit: Visit, look: dict[str, Any]) -> None:
    page = visit(**look)
    # Who is signed in is asked at the start as well.
    page.wait_for_load_state("networkidle")
    with page.expect_response("**/v1/me"):
        review_note(page, HOSTILE, rep="Ilse Brandt")
    assert [] == violations(page)
    page.locator("mark").first.focus()
    page.keyboard.press("Enter")
    page.locator("#card >> text=Not right").wait_for()
    assert [] == violations(page)
    page.keyboard.press("Enter")
    assert [] == violations(page)
    page.keyboard.press("Enter")
    page.locator("#card >> text=Corrected to").wait_for()
    assert [] == violations(page)


@pytest.mark.parametrize("look", LOOKS)
def test_the_component_on_a_page_of_another_site(visit: Visit, look: dict[str, Any], address: str) -> None:
    with foreign_site() as site:
        site.coach = address
        site.page("<main><h1>Brook</h1><deal-coach></deal-coach></main>")
        page = visit(site.address, **look)
        review = page.request.post(f"{address}v1/deal-reviews", data={"note": HOSTILE}).json()
        page.evaluate("review => Object.assign(document.querySelector('deal-coach'), { review })", review)
        page.locator("deal-coach .verdict").wait_for()
        assert [] == violations(page)
        page.route("**/v1/**", lambda route: route.abort())
        page.evaluate("() => Object.assign(document.querySelector('deal-coach'), { review: null, note: 'x' })")
        page.locator("deal-coach [role=alert]:not(:empty)").wait_for()
        assert [] == violations(page)
