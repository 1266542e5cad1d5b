"""What a manager does on the page, for the tests that need a browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from coach.samples import sample

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

Visit = Callable[..., "Page"]

STREAM = "/v1/deal-reviews/stream"
PHONE = {"viewport": {"width": 375, "height": 720}, "has_touch": True, "is_mobile": True}
HOSTILE = (
    "👩‍💼 Dana Ito (CFO) signed the order form on Tuesday 🎉.\n\n<script>alert('x')</script> "
    '<img src=x onerror="alert(1)">\n\nDana said the old tool costs them 9 days a month 💸. '
    "I think they love us 😍😍 and it should close this month. مرحبا"
)


def review_note(page: Page, note: str, **fields: str) -> dict[str, Any]:
    """Fill the form and send it; the review as the server gave it."""
    page.fill("#note", note)
    for name, value in fields.items():
        page.fill(f"#{name.replace('_', '-')}", value)
    with page.expect_response(f"**{STREAM}") as response:
        page.click("#submit")
    page.wait_for_selector("#review:not([hidden])")
    reviews = [data for name, data in events(response.value.text()) if name == "review"]
    review: dict[str, Any] = reviews[-1]
    return review


def review_sample(page: Page) -> dict[str, Any]:
    note = sample()
    return review_note(page, note.note, close_date=str(note.deal.close_date), written_on=str(note.written_on))


def events(body: str) -> list[tuple[str, Any]]:
    """The events of a stream, each with its name and its data."""
    fields = [dict(line.split(": ", 1) for line in block.splitlines()) for block in body.split("\n\n") if block.strip()]
    return [(one["event"], json.loads(one["data"])) for one in fields if "event" in one]


def answer_with(page: Page, change: Callable[[dict[str, Any]], object], *, path: str = STREAM) -> None:
    """Have the server's answers changed on their way to the page."""

    def changed(route: Route) -> None:
        response = route.fetch()
        if path != STREAM:
            review = response.json()
            change(review)
            route.fulfill(response=response, json=review)
            return
        found = events(response.text())
        for name, data in found:
            if name == "review":
                change(data)
        route.fulfill(
            response=response, body="".join(f"event: {name}\ndata: {json.dumps(data)}\n\n" for name, data in found)
        )

    page.route(f"**{path}", changed)


def drop(page: Page, target: str, name: str, text: str) -> bool:
    """Drop a file on an element; whether the page keeps the browser from opening it."""
    script = """([target, name, text]) => {
        const carried = new DataTransfer();
        carried.items.add(new File([text], name));
        const event = new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true });
        document.querySelector(target).dispatchEvent(event);
        return event.defaultPrevented;
    }"""
    return bool(page.evaluate(script, [target, name, text]))


def take_sample(page: Page) -> None:
    """Fill the form with the page's sample."""
    page.click("#sample")
    page.wait_for_function("() => document.activeElement.id === 'submit'")


def send(page: Page, path: str) -> dict[str, Any]:
    """Send the form; what the server gave, as it came to the page."""
    with page.expect_response(f"**{path}") as response:
        page.click("#submit")
    page.wait_for_selector("#review:not([hidden])")
    result: dict[str, Any] = response.value.json()
    return result


def error_of(page: Page) -> str:
    """What the form says is wrong."""
    page.locator("#error").wait_for(state="visible")
    return page.locator("#error").inner_text()


def nameless(page: Page) -> list[str]:
    """Controls that people who listen to the page hear no name of."""
    script = """() => [...document.querySelectorAll("input, textarea, button, select, a, summary")]
        .filter((one) => one.checkVisibility())
        .filter((one) => !(one.ariaLabel || [...(one.labels ?? [])].some((label) => label.textContent.trim())
            || (one.matches("button, a, summary") && one.textContent.trim())))
        .map((one) => one.outerHTML)"""
    found: list[str] = page.evaluate(script)
    return found


def focused(page: Page, what: str) -> Any:
    """Something of the element that has the focus, as JavaScript has it after a point; in the component, too."""
    deepest = "let at = document.activeElement; while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;"
    return page.evaluate(f"() => {{ {deepest} return at.{what}; }}")


def frame(page: Page, which: str) -> Any:
    return page.locator(which).bounding_box()


def no_sideways_scroll(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
