"""<deal-coach> on a page of another site that allows little: what it shows, says and keeps to itself."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

import coach as coach_package
from coach.api.app import create_app
from coach.domain.identity import MAIN, Role, Scope
from coach.wiring import Coach, build
from coach.wiring.entrance import opened
from tests.web.foreign import Foreign, foreign_site
from tests.web.serving import serving
from tests.web.steps import HOSTILE, PHONE, Visit, focused, no_sideways_scroll

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

EVENTS = ("coach-review", "coach-done", "coach-question-copied", "coach-correction", "coach-error")
REVIEW = {"written_on": "2026-05-19", "note": HOSTILE}


@pytest.fixture(scope="module")
def site(coach: Coach, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Foreign]:
    """Another site, which this Coach lets in."""
    with foreign_site() as site:
        folder = tmp_path_factory.mktemp("kept")
        settings = coach.settings.model_copy(update={"data_dir": folder, "cors_origins": site.origin})
        with serving(create_app(build(settings))) as address:
            site.coach = address
            yield site


@pytest.fixture
def shown(visit: Visit, site: Foreign) -> Callable[..., Page]:
    """Open the site's page with a body; `heard` on it is what its events said."""

    def load(body: str = "<deal-coach></deal-coach>", **options: Any) -> Page:
        site.page(body)
        page = visit(site.address, **options)
        page.evaluate(
            """names => { window.heard = []; for (const name of names)
                document.addEventListener(name, ({ detail }) => heard.push([name, detail])); }""",
            list(EVENTS),
        )
        return page

    return load


def set_on(page: Page, **properties: Any) -> None:
    page.evaluate("given => Object.assign(document.querySelector('deal-coach'), given)", properties)


def heard(page: Page, name: str) -> list[Any]:
    """What the events of a name said."""
    found: list[Any] = page.evaluate("name => heard.filter(([one]) => one === name).map(([, detail]) => detail)", name)
    return found


def wait_heard(page: Page, name: str) -> Any:
    page.wait_for_function("name => heard.some(([one]) => one === name)", arg=name)
    return heard(page, name)[-1]


def reviewed(site: Foreign, **more: Any) -> dict[str, Any]:
    """A review of Coach's, asked for by a program."""
    found: dict[str, Any] = httpx.post(f"{site.coach}v1/deal-reviews", json=REVIEW | more, timeout=30).json()
    return found


def test_it_reviews_a_note_that_the_host_sets(shown: Callable[..., Page]) -> None:
    page = shown()
    set_on(page, about={"written_on": "2026-05-19", "deal": {"name": "Brook"}}, note=HOSTILE)
    review = wait_heard(page, "coach-done")
    assert [review] == heard(page, "coach-review")
    assert ("coach.deal_review/1", "Brook") == (review["schema"], review["deal"]["name"])
    assert [one["quote"] for one in review["statements"]] == page.locator("mark").all_text_contents()
    assert review["claim"]["explanation"] in page.locator("deal-coach .verdict").inner_text()
    assert "" == page.locator("deal-coach [role=status]").inner_text()


def test_it_shows_a_review_that_the_host_has_and_asks_nobody(shown: Callable[..., Page], site: Foreign) -> None:
    review = reviewed(site)
    page = shown()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    set_on(page, review=review, note=HOSTILE)
    assert review == wait_heard(page, "coach-review")
    assert HOSTILE == page.locator("deal-coach .text").text_content()
    assert [] == asked


def test_what_was_set_before_the_script_came_counts(shown: Callable[..., Page], site: Foreign, visit: Visit) -> None:
    review = reviewed(site)
    page = shown("")
    page.evaluate(
        """review => { const early = document.createElement("deal-coach"); early.id = "early";
            const plain = document.createElement("div"); document.body.append(plain);
            Object.assign(early, { review }); plain.append(early); }""",
        review,
    )
    page.locator("#early .verdict").wait_for()
    site.files["/late.js"] = (
        "const early = document.querySelector('deal-coach'); early.review = "
        f"{httpx.Response(200, json=review).text}; early.note = 'x';",
        "text/javascript",
    )
    site.files["/"] = (
        '<!doctype html><html lang=en><title>x</title><body><deal-coach></deal-coach><script src="/late.js"></script>'
        f'<script src="{site.coach}static/deal-coach.js"></script>',
        "text/html",
    )
    visit(site.address).locator("deal-coach .verdict").wait_for()


def test_without_the_note_its_quotes_stand_for_it(shown: Callable[..., Page], site: Foreign) -> None:
    review = reviewed(site)
    page = shown()
    set_on(page, review=review)
    wait_heard(page, "coach-review")
    assert "From the note" == page.locator("#note-title").inner_text()
    assert [one["quote"] for one in review["statements"]] == page.locator("deal-coach .text p").all_text_contents()


def test_it_shows_the_latest_review_of_a_deal_of_the_crm(shown: Callable[..., Page], site: Foreign) -> None:
    record = {"crm": "hubspot", "record": "a/7 ü"}
    latest = reviewed(site, rep="Ilse Brandt", record=record)
    reviewed(site, rep="Ilse Brandt", record=record, written_on="2026-05-01", note="Dana signed. I was there.")
    page = shown('<deal-coach crm="hubspot" record="a/7 ü"></deal-coach>')
    page.locator("deal-coach .verdict").wait_for()
    assert latest["statements"][0]["quote"] == page.locator("mark").first.inner_text()
    page.evaluate("document.querySelector('deal-coach').setAttribute('record', 'none')")
    page.locator("text=No review of this deal is kept yet.").wait_for()
    assert 0 == page.locator("deal-coach .verdict").count()


def test_a_review_that_is_taken_away_leaves_nothing_or_the_note_to_be_read(
    shown: Callable[..., Page], site: Foreign
) -> None:
    page = shown()
    set_on(page, review=reviewed(site))
    page.locator("deal-coach .verdict").wait_for()
    set_on(page, review=None)
    page.locator("deal-coach .verdict").wait_for(state="detached")
    set_on(page, review=None, note=HOSTILE)
    assert wait_heard(page, "coach-done")["statements"]


def test_hostile_text_stays_text(shown: Callable[..., Page], site: Foreign) -> None:
    review = reviewed(site)
    tag = "<img src=x onerror=alert(3)><b>x</b>"
    review["deal"]["name"] = review["claim"]["explanation"] = review["focus"]["title"] = review["questions"][0][
        "ask"
    ] = tag
    review["claim"]["would_establish"] = [tag]
    review["notices"] = [{"code": "x", "text": tag}]
    review["provenance"]["model"] = tag
    review["statements"][0]["who"] = tag
    page = shown()
    set_on(page, review=review, note=HOSTILE)
    wait_heard(page, "coach-review")
    page.focus("mark >> nth=0")
    assert tag in page.locator("#card").inner_text()
    assert 0 == page.locator("deal-coach :is(script, img, b)").count()
    assert tag == page.locator("deal-coach h1").inner_text()
    assert HOSTILE == page.locator("deal-coach .text").text_content()


def test_it_is_styled_where_no_style_is_allowed_and_the_page_does_not_reach_in(
    shown: Callable[..., Page], site: Foreign
) -> None:
    page = shown()
    set_on(page, review=reviewed(site), note=HOSTILE)
    wait_heard(page, "coach-review")
    assert "grid" == page.locator("deal-coach .strip").evaluate("one => getComputedStyle(one).display")
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet(); document.adoptedStyleSheets = [sheet];
            sheet.replaceSync("* { color: red } body { font: 40px serif; text-align: end } h1 { display: none }"); }"""
    )
    assert page.locator("deal-coach h1").is_visible()
    style = "one => [getComputedStyle(one).color, getComputedStyle(one).fontSize, getComputedStyle(one).textAlign]"
    assert ["rgb(28, 33, 39)", "16px", "start"] == page.locator("deal-coach .focus .act").evaluate(style)
    assert [] == page.evaluate("[...document.querySelector('deal-coach').shadowRoot.querySelectorAll('style, link')]")
    page.focus("mark >> nth=0")
    assert page.locator("#card").bounding_box()["y"] > 0


def test_the_host_sets_its_theme_its_colours_and_its_parts(shown: Callable[..., Page], site: Foreign) -> None:
    page = shown('<deal-coach theme="dark"></deal-coach>', color_scheme="light")
    set_on(page, review=reviewed(site), note=HOSTILE)
    wait_heard(page, "coach-review")
    ground = (
        "getComputedStyle(document.querySelector('deal-coach').shadowRoot.querySelector('.ground')).backgroundColor"
    )
    assert "rgb(20, 23, 27)" == page.evaluate(ground)
    page.evaluate("document.querySelector('deal-coach').removeAttribute('theme')")
    assert "rgb(250, 249, 247)" == page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    assert "rgb(20, 23, 27)" == page.evaluate(ground)
    page.evaluate("document.querySelector('deal-coach').setAttribute('theme', 'light')")
    assert "rgb(250, 249, 247)" == page.evaluate(ground)
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet(); document.adoptedStyleSheets = [sheet];
            sheet.replaceSync(`deal-coach { --coach-page: rgb(1, 2, 3); --coach-accent: rgb(4, 5, 6); }
                deal-coach::part(verdict) { border-radius: 7px; }`); }"""
    )
    assert "rgb(1, 2, 3)" == page.evaluate(ground)
    assert "rgb(4, 5, 6)" == page.locator(".copy").first.evaluate("one => getComputedStyle(one).color")
    assert "7px" == page.locator("deal-coach .verdict").evaluate("one => getComputedStyle(one).borderRadius")


def test_a_question_that_was_copied_is_told(shown: Callable[..., Page], site: Foreign) -> None:
    page = shown()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.origin)
    review = reviewed(site)
    set_on(page, review=review, note=HOSTILE)
    wait_heard(page, "coach-review")
    page.click(".asks li >> nth=0 >> text=Copy")
    assert {"text": review["questions"][0]["ask"]} == wait_heard(page, "coach-question-copied")
    assert review["questions"][0]["ask"] == page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize(("note", "code"), [(" ", "invalid_input"), ("Dana signed.\0", "invalid_input")])
def test_what_is_refused_is_told_and_holds_nothing_of_the_note(
    shown: Callable[..., Page], note: str, code: str
) -> None:
    page = shown()
    set_on(page, note=note + "quinceblossom" if note.strip() else note)
    told = wait_heard(page, "coach-error")
    assert code == told["code"]
    assert "quinceblossom" not in str(told)
    assert page.locator("deal-coach [role=alert]").inner_text()


def test_a_coach_that_is_not_there_is_told(shown: Callable[..., Page]) -> None:
    page = shown()
    page.route("**/v1/**", lambda route: route.abort())
    set_on(page, note="Dana signed.")
    assert "Coach does not answer" in wait_heard(page, "coach-error")["message"]
    assert "Coach does not answer" in page.locator("deal-coach [role=alert]").inner_text()


def test_a_site_that_coach_does_not_let_in_gets_nothing(browser: Browser, site: Foreign, address: str) -> None:
    own, site.coach = site.coach, address
    try:
        site.page("<deal-coach></deal-coach>")
        page = browser.new_page()
        page.goto(site.address)
        page.evaluate("document.querySelector('deal-coach').note = 'Dana signed.'")
        page.locator("deal-coach [role=alert]", has_text="does not answer").wait_for()
        page.close()
    finally:
        site.coach = own


def test_where_people_sign_in_it_needs_a_key_which_cannot_be_read_back(
    visit: Visit, site: Foreign, tmp_path: Any, coach: Coach
) -> None:
    settings = coach.settings.model_copy(update={"data_dir": tmp_path, "cors_origins": site.origin})

    async def made() -> str:
        async with opened(settings, MAIN, make=True) as ring:
            return (await ring.create("crm", Role.SERVICE, scopes=(Scope.WRITE_REVIEWS,))).shown

    with ThreadPoolExecutor(1) as apart:
        # The browser's event loop runs in this thread.
        key = apart.submit(lambda: asyncio.run(made())).result()
    own = site.coach
    with serving(create_app(build(settings))) as address:
        site.coach = address
        try:
            site.page("<deal-coach></deal-coach>")
            page = visit(site.address)
            set_on(page, note="Dana signed.")
            page.locator("deal-coach [role=alert]", has_text="sign").wait_for()
            set_on(page, key=key, note="Dana signed on Tuesday.")
            page.locator("deal-coach .verdict").wait_for()
            assert page.evaluate("document.querySelector('deal-coach').key === undefined")
            assert key not in page.content()
        finally:
            site.coach = own


def test_in_a_sidebar_of_300_pixels_nothing_is_cut_off(shown: Callable[..., Page], site: Foreign) -> None:
    page = shown(**PHONE)
    page.set_viewport_size({"width": 300, "height": 700})
    set_on(page, review=reviewed(site), note=HOSTILE)
    wait_heard(page, "coach-review")
    assert no_sideways_scroll(page)
    page.focus("mark >> nth=1")
    card = page.locator("#card").bounding_box()
    assert card["x"] >= 0
    assert card["x"] + card["width"] <= 300


def test_the_keyboard_reaches_all_of_it(shown: Callable[..., Page], site: Foreign) -> None:
    page = shown()
    review = reviewed(site)
    review["claim"]["because"] = [1]
    set_on(page, review=review, note=HOSTILE)
    wait_heard(page, "coach-review")
    page.keyboard.press("Tab")
    assert review["statements"][1]["quote"] == focused(page, "textContent")
    page.keyboard.press("Enter")
    assert "MARK" == focused(page, "tagName")
    assert page.locator("#card").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()
    assert focused(page, "className").startswith("quote")


def test_taken_off_the_page_it_asks_no_more(shown: Callable[..., Page]) -> None:
    page = shown()
    held = []
    page.route("**/v1/deal-reviews/stream", lambda route: held.append(route))  # noqa: PLW0108  playwright marks its handler
    set_on(page, note="Dana signed.")
    with page.expect_event("requestfailed") as failed:
        page.wait_for_function(
            "() => document.querySelector('deal-coach').shadowRoot.querySelector('[role=status]').textContent"
        )
        page.wait_for_timeout(100)
        page.evaluate("document.querySelector('deal-coach').remove()")
    assert "ERR_ABORTED" in str(failed.value.failure)
    assert [] == heard(page, "coach-error")


def test_the_example_of_the_guide_does_as_it_says(visit: Visit, site: Foreign) -> None:
    guide = (Path(coach_package.__file__).parent / "docs" / "component.md").read_text("utf-8")
    html, script = (re.findall(rf"^```{kind}\n(.*?)^```", guide, re.M | re.S)[0] for kind in ("html", "js"))
    for path, text, kind in (("/", html, "text/html"), ("/deal.js", script, "text/javascript")):
        site.files[path] = (text.replace("http://127.0.0.1:8000", site.coach.rstrip("/")), kind)
    logged: list[str] = []
    page = visit("about:blank")
    page.on("console", lambda message: logged.append(message.text))
    page.goto(site.address)
    page.locator("deal-coach .verdict").wait_for()
    assert "Hallström Foods" == page.locator("deal-coach h1").inner_text()
    assert ["unproven"] == logged
